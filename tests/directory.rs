//! The directory of Articles 8 and 9(2): every member finds every other, the secretariat puts many on file
//! at once, nobody takes away more than he may see.

use std::time::Instant;

use gongjian_testkit::{App, Persona, Reply};
use serde_json::json;

mod files;

use files::{GB18030, HEADER, book, csv, line, with};

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn finds(who: &Persona, q: &str) -> Vec<String> {
    let rows = who.get(&format!("/v1/units?q={}", encoded(q))).await.rows();
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

async fn imports(who: &Persona, mode: &str, file: Vec<u8>) -> Reply {
    who.call(reqwest::Method::POST, &format!("/v1/units/imports?mode={mode}"))
        .bytes("application/octet-stream", file)
        .await
}

async fn units(app: &App) -> i64 {
    app.count("SELECT count(*) FROM unit").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_is_found_by_any_part_of_its_name_and_by_its_initials() {
    let app = App::start().await;
    for name in ["青禾区教育局", "重庆银行青禾支行", "厦门大厦物业公司", "第101中学", "100%_好公司", "ＩＢＭ中国公司"]
    {
        app.member_unit(name).await;
    }
    let member = app.outsider().await;
    for (q, found) in [
        ("教育", "青禾区教育局"),
        ("禾区教育", "青禾区教育局"),
        ("育", "青禾区教育局"),
        ("青禾区教育局", "青禾区教育局"),
        ("qhqjyj", "青禾区教育局"),
        ("jyj", "青禾区教育局"),
        ("JYJ", "青禾区教育局"),
        ("ｊｙｊ", "青禾区教育局"),
        ("cqyh", "重庆银行青禾支行"),
        ("zqyh", "重庆银行青禾支行"),
        ("qyhqhzh", "重庆银行青禾支行"),
        ("xmds", "厦门大厦物业公司"),
        ("mds", "厦门大厦物业公司"),
        ("101", "第101中学"),
        ("d101zx", "第101中学"),
        ("%_", "100%_好公司"),
        ("%", "100%_好公司"),
        ("_", "100%_好公司"),
        ("ibm", "ＩＢＭ中国公司"),
        ("ibmzg", "ＩＢＭ中国公司"),
    ] {
        assert_eq!(finds(&member, q).await, [found], "{q}");
    }
    for q in ["育教", "jyq", "%%", "\\", "'", "__", "*", "\"", "()", "区 局", "abcdefgh", "龘"] {
        assert!(finds(&member, q).await.is_empty(), "{q}");
    }
    assert_eq!(finds(&member, "青 禾").await.len(), 2, "spaces do not tell units apart");
    assert_eq!(finds(&member, "g").await.len(), 4, "one letter works");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_is_found_by_the_beginning_of_its_numbers() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let file = csv(&[
        line("甲研究所", "91350100M000100Y43"),
        line("乙研究所", "11990106107345172X"),
        with(line("丙研究所", "91990106MF37QH697Q"), &[("会员编号", "QH-0917")]),
    ]);
    imports(&office, "commit", file).await.is(200);
    for (q, found) in [
        ("91", &["甲研究所", "丙研究所"][..]),
        ("913501", &["甲研究所"]),
        ("9135010", &["甲研究所"]),
        ("91350100M000100Y43", &["甲研究所"]),
        ("91990106mf37", &["丙研究所"]),
        ("119", &["乙研究所"]),
        ("qh-09", &["丙研究所"]),
        ("QH-0917", &["丙研究所"]),
        ("0917", &[]),
        ("HY-00", &["甲研究所", "乙研究所"]),
        ("M000100Y43", &[]),
        ("91%", &[]),
    ] {
        assert_eq!(finds(&office, q).await, found, "{q}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_search_is_narrowed_and_paged_and_its_cursor_is_its_own() {
    let app = App::start().await;
    for n in 0..5 {
        app.member_unit_in(if n < 3 { "990106003" } else { "990106004" }, &format!("青禾第{n}小学")).await;
    }
    app.department_unit("青禾区教育局").await;
    let member = app.outsider().await;
    let page = |query: &str| member.get(&format!("/v1/units?{query}"));
    let q = format!("q={}", encoded("青禾"));
    assert_eq!(page(&format!("{q}&street_code=990106004")).await.rows().len(), 2);
    assert_eq!(page(&format!("{q}&handles_issues=true")).await.rows()[0]["name"], "青禾区教育局");
    assert_eq!(page(&format!("{q}&unit_type=research&status=active")).await.rows().len(), 5);
    assert_eq!(page(&format!("{q}&status=withdrawn")).await.rows().len(), 0);
    let (mut seen, mut next) = (Vec::new(), String::new());
    loop {
        let reply = page(&format!("q=qh&limit=2{next}")).await;
        seen.extend(reply.rows().into_iter().map(|row| row["member_no"].as_str().unwrap().to_owned()));
        let Some(cursor) = reply.body["next_cursor"].as_str() else { break };
        page(&format!("{q}&limit=2&cursor={cursor}")).await.refused(400, "invalid_cursor");
        next = format!("&cursor={cursor}");
    }
    assert!(seen.len() == 6 && seen.is_sorted(), "{seen:?}");
    let before = Instant::now();
    member.get(&format!("/v1/units?q={}", "a".repeat(20_000))).await.is(431);
    member.get(&format!("/v1/units?q={}", "a".repeat(5_000))).await.is(400);
    member.get(&format!("/v1/units?q={}", encoded(&"青".repeat(100)))).await.is(200);
    assert!(before.elapsed().as_secs() < 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn units_that_were_there_before_the_index_are_found_after_the_next_start() {
    let app = App::start().await;
    app.member_unit("青禾区教育局").await;
    app.sql("DELETE FROM unit_term").await.unwrap();
    app.sql("DELETE FROM unit_search").await.unwrap();
    let member = app.outsider().await;
    assert!(finds(&member, "jyj").await.is_empty());
    for _ in 0..2 {
        gongjian_membership::directory::seed(app.store()).await.unwrap();
        assert_eq!(finds(&member, "jyj").await, ["青禾区教育局"]);
    }
    let terms = app.count("SELECT count(*) FROM unit_term").await;
    app.sql("UPDATE unit_search SET edition = 0").await.unwrap();
    gongjian_membership::directory::seed(app.store()).await.unwrap();
    assert_eq!(app.count("SELECT count(*) FROM unit_term").await, terms);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_preview_names_every_fault_and_writes_nothing() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let file = csv(&[
        line("甲研究所", "91350100M000100Y43"),
        with(line("乙研究所", "91350100M000100Y44"), &[("单位类型", "行星"), ("入会意愿依据", "")]),
        with(line("丙研究所", ""), &[("免填代码理由", "部队"), ("单位类型", "部队"), ("党员人数", "很多")]),
        line("甲 研究所", "91110000600037341L"),
        with(
            line("丁研究所", "91110000600037341L"),
            &[("街道代码", "1"), ("联络人电话", "123"), ("申请日期", "2026-13-01")],
        ),
    ]);
    let report = imports(&office, "preview", file.clone()).await.ok();
    let faults: Vec<_> = report["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (&fault["row"], &fault["column"], &fault["code"]))
        .collect();
    let expected = [
        (3, "单位类型", "unknown_word"),
        (3, "入会意愿依据", "required"),
        (3, "统一社会信用代码", "credit_code_check_digit"),
        (4, "党员人数", "invalid_number"),
        (5, "单位名称", "duplicate_row"),
        (6, "街道代码", "too_short"),
        (6, "申请日期", "invalid_date"),
        (6, "联络人电话", "phone_number"),
    ]
    .map(|(row, column, code)| (json!(row), json!(column), json!(code)));
    assert_eq!(faults, expected.iter().map(|(row, column, code)| (row, column, code)).collect::<Vec<_>>());
    assert_eq!(
        (&report["fault_count"], &report["added_count"], &report["row_count"]),
        (&json!(8), &json!(0), &json!(5))
    );
    let refused = imports(&office, "commit", file).await;
    let refused = refused.refused(422, "import_has_faults");
    assert!(refused.has_fault("#/rows/3/unit_type", "unknown_word") && refused.body["article"] == 8);
    assert_eq!((units(&app).await, app.count("SELECT count(*) FROM person WHERE phone IS NOT NULL").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_file_is_imported_once_whatever_its_form() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let lines = [line("甲研究所", "91350100M000100Y43"), line("乙研究所", "11990106107345172X")];
    let report = imports(&office, "preview", csv(&lines)).await.ok();
    assert_eq!((&report["added_count"], units(&app).await), (&json!(2), 0));
    let report = imports(&office, "commit", csv(&lines)).await.ok();
    assert_eq!((&report["added_count"], &report["unchanged_count"]), (&json!(2), &json!(0)));
    for file in [csv(&lines), GB18030.encode(&String::from_utf8(csv(&lines)).unwrap()).0.into_owned(), book(&lines)] {
        for mode in ["preview", "commit"] {
            let report = imports(&office, mode, file.clone()).await.ok();
            assert_eq!((&report["added_count"], &report["unchanged_rows"]), (&json!(0), &json!([2, 3])), "{mode}");
        }
    }
    assert_eq!(units(&app).await, 2);
    let unit = office.get("/v1/units?q=jyjs").await.rows()[0].clone();
    let unit = office.get(&format!("/v1/units/{}", unit["id"].as_str().unwrap())).await.ok();
    assert_eq!((&unit["unit_type"], &unit["party_member_count"]), (&json!("research"), &json!(186)));
    assert_eq!(unit["representative"]["phone"], "138****0001");
    let imported = "SELECT count(*) FROM audit_event WHERE kind = 'unit.imported'";
    assert_eq!(app.count(imported).await, 3, "one for each file, none for a file sent again");
    assert_eq!(app.count("SELECT count(*) FROM membership_period WHERE consent_basis = '入会申请书'").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn units_on_file_stay_as_they_are_and_others_do_not_take_their_place() {
    let app = App::start().await;
    let office = app.secretariat().await;
    imports(&office, "commit", csv(&[with(line("甲研究所", "91350100M000100Y43"), &[("会员编号", "QH-1")])]))
        .await
        .is(200);
    for (other, column, code) in [
        (line("甲研究所", "11990106107345172X"), "单位名称", "unit_name_taken"),
        (line("乙研究所", "91350100M000100Y43"), "统一社会信用代码", "unit_credit_code_taken"),
        (with(line("乙研究所", "11990106107345172X"), &[("会员编号", "QH-1")]), "会员编号", "unit_member_no_taken"),
    ] {
        let report = imports(&office, "preview", csv(&[other])).await.ok();
        assert_eq!((&report["faults"][0]["column"], &report["faults"][0]["code"]), (&json!(column), &json!(code)));
    }
    let moved = with(line("甲研究所", "91350100M000100Y43"), &[("地址", "新址")]);
    let report = imports(&office, "commit", csv(&[moved, line("乙研究所", "11990106107345172X")])).await.ok();
    assert_eq!((&report["added_count"], &report["unchanged_rows"]), (&json!(1), &json!([2])));
    assert_eq!(app.count("SELECT count(*) FROM unit WHERE address = '新址'").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn ten_imports_of_one_file_at_once_add_its_units_once() {
    let app = App::start().await;
    let (office, twin) = (app.secretariat().await, app.another_instance());
    let lines: Vec<_> =
        (0..20).map(|n| with(line(&format!("第{n}研究所"), ""), &[("免填代码理由", "筹建期间尚未取得")])).collect();
    let file = csv(&lines);
    let at = |n: usize| if n.is_multiple_of(2) { office.clone() } else { office.on(&twin) };
    let answers =
        futures_util::future::join_all((0..10).map(async |n| imports(&at(n), "commit", file.clone()).await)).await;
    let added: i64 = answers
        .iter()
        .filter(|answer| answer.status == 200)
        .map(|answer| answer.body["added_count"].as_i64().unwrap())
        .sum();
    assert_eq!((added, units(&app).await), (20, 20));
    assert!(answers.iter().all(|answer| [200, 503].contains(&answer.status)), "{answers:?}");
    imports(&office, "commit", file).await.is(200);
    assert_eq!(units(&app).await, 20);
    let numbers =
        app.count("SELECT count(DISTINCT member_no) FROM unit WHERE member_no BETWEEN 'HY-0001' AND 'HY-0020'").await;
    assert_eq!(numbers, 20, "numbers without a gap");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn files_that_are_none_are_refused() {
    let app = App::start().await;
    let office = app.secretariat().await;
    for (file, status) in [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 encrypted".to_vec(), 422),
        (b"PK\x03\x04 damaged".to_vec(), 422),
        (b"<html></html>\0".to_vec(), 422),
        (Vec::new(), 422),
        (vec![b'a'; 4 * 1024 * 1024 + 1], 413),
        (csv(&vec![line("甲研究所", ""); 5_001]), 422),
    ] {
        let before = Instant::now();
        assert_eq!(imports(&office, "commit", file).await.status, status);
        assert!(before.elapsed().as_secs() < 5);
    }
    let unknown = format!("{HEADER},密级\r\n").into_bytes();
    let report = imports(&office, "preview", unknown).await.ok();
    assert_eq!(report["faults"][0]["code"], "unknown_column");
    let report = imports(&office, "preview", "单位名称\r\n甲\r\n".as_bytes().to_vec()).await.ok();
    assert!(report["faults"].as_array().unwrap().iter().all(|fault| fault["code"] == "missing_column"));
    let json = office.call(reqwest::Method::POST, "/v1/units/imports").json(&json!({})).await;
    json.refused(415, "unsupported_media_type");
    imports(&office, "destroy", csv(&[])).await.refused(400, "invalid_parameter");
    assert_eq!(units(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_the_secretariat_imports_and_only_the_council_exports() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let file = csv(&[line("甲研究所", "91350100M000100Y43")]);
    for (who, import, export) in [
        (app.secretariat().await, 200, 200),
        (app.secretary_general().await, 200, 200),
        (app.president().await, 403, 200),
        (app.representative_of(&unit).await, 403, 403),
        (app.liaison_of(&unit).await, 403, 403),
        (app.administrator().await, 403, 403),
        (app.auditor().await, 403, 403),
        (app.anonymous(), 401, 401),
    ] {
        assert_eq!(imports(&who, "preview", file.clone()).await.status, import, "{who:?}");
        assert_eq!(who.get("/v1/units/import-template").await.status, import, "{who:?}");
        for format in ["xlsx", "csv"] {
            assert_eq!(who.get(&format!("/v1/units/export?format={format}")).await.status, export, "{who:?}");
        }
    }
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'unit.exported'").await, 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_export_holds_what_the_list_shows_and_no_formula_and_no_phone() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let evil = ["=1+1研究所", "+1研究所", "-1研究所", "@研究所", "＝1研究所"];
    let lines: Vec<_> =
        evil.iter().map(|name| with(line(name, ""), &[("免填代码理由", "=cmd|' /C calc'!A0")])).collect();
    imports(&office, "commit", csv(&lines)).await.is(200);
    app.department_unit("青禾区教育局").await;
    let reply =
        office.get(&format!("/v1/units/export?format=csv&q={}", encoded("研究所"))).header("accept", "text/csv").await;
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
    let name = format!("attachment; filename=\"units.csv\"; filename*=UTF-8''{}.csv", encoded("会员单位名册"));
    assert_eq!(reply.header("content-disposition"), name);
    let text = reply.is(200).body.as_str().unwrap().to_owned();
    for name in evil {
        assert!(text.contains(&format!(",'{name},")), "{name} in {text}");
    }
    assert!(text.contains("'=cmd") && text.contains("138****0001") && !text.contains("13800000001"), "{text}");
    assert!(!text.contains("青禾区教育局") && text.lines().count() == 6, "{text}");
    let book = office.get("/v1/units/export").await;
    assert!(book.is(200).header("content-type").ends_with("spreadsheetml.sheet"));
    assert_eq!(office.get("/v1/units/export?limit=5").await.status, 400);
    let taken = "SELECT count(*) FROM audit_event WHERE kind = 'unit.exported' AND data LIKE '%\"row_count\":5%'";
    assert_eq!(app.count(taken).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_template_is_a_file_that_can_be_imported() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let template = office.get("/v1/units/import-template?format=csv").await;
    let header = template.is(200).body.as_str().unwrap().trim_start_matches('\u{FEFF}').trim().replace('*', "");
    assert_eq!(header, HEADER);
    let report = imports(&office, "preview", format!("{header}\r\n").into_bytes()).await.ok();
    assert_eq!((&report["fault_count"], &report["row_count"]), (&json!(0), &json!(0)));
}
