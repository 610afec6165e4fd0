//! The ledger as lists: filters, words, pages.

use std::collections::BTreeSet;

use gongjian_testkit::{App, difficulty, opinion, path_of, suggestion};
use serde_json::{Value, json};

fn titles(rows: &[Value]) -> BTreeSet<&str> {
    rows.iter().map(|row| row["title"].as_str().unwrap()).collect()
}

const SCHOOLING: &str = "引进博士子女入学难";
const BICYCLES: &str = "建议增设共享单车停放区";
const BUSES: &str = "公交线路调整通知不及时";

/// A difficulty in progress at the bureau, a suggestion registered, an opinion submitted from another street.
async fn three(app: &App) -> (gongjian_testkit::Cast, gongjian_testkit::TestUnit) {
    let cast = app.cast().await;
    let progressed = cast.in_progress().await;
    assert_eq!(progressed["title"], SCHOOLING);
    app.at("2026-11-23 10:00");
    let second = cast.representative.submits(suggestion()).await.created();
    let classified = json!({ "goal": "g5", "committee_code": "C5", "level": "zone", "urgency": "urgent" });
    cast.office.acts(&second, "register", classified).await.is(200);
    let elsewhere = app.member_unit_in("990106009", "青禾出租汽车公司").await;
    app.representative_of(&elsewhere).await.submits(opinion()).await.is(201);
    (cast, elsewhere)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_filter_finds_what_it_names() {
    let app = App::start().await;
    let (cast, elsewhere) = three(&app).await;
    for (query, found) in [
        (String::new(), vec![SCHOOLING, BICYCLES, BUSES]),
        ("status=in_progress".into(), vec![SCHOOLING]),
        ("status=registered,submitted".into(), vec![BICYCLES, BUSES]),
        ("light=yellow".into(), vec![BICYCLES]),
        ("light=green,yellow".into(), vec![SCHOOLING, BICYCLES]),
        ("light=red,white,grey".into(), vec![]),
        ("kind=opinion".into(), vec![BUSES]),
        ("kind=difficulty,suggestion".into(), vec![SCHOOLING, BICYCLES]),
        ("urgency=urgent".into(), vec![BICYCLES]),
        ("category=%E4%BA%BA%E6%89%8D%E6%9C%8D%E5%8A%A1".into(), vec![SCHOOLING]),
        ("level=zone".into(), vec![BICYCLES]),
        ("goal=g5".into(), vec![BICYCLES]),
        ("street_code=990106009".into(), vec![BUSES]),
        ("committee_code=C5".into(), vec![BICYCLES]),
        (format!("unit_id={}", elsewhere.id), vec![BUSES]),
        (format!("lead_unit_id={}", cast.bureau.id), vec![SCHOOLING]),
        (format!("assisting_unit_id={}", cast.school.id), vec![SCHOOLING]),
        ("number=YJ-2026-0001".into(), vec![SCHOOLING]),
        ("number=SL-2026-0003".into(), vec![BUSES]),
        ("submitted_on_gte=2026-11-23".into(), vec![BICYCLES, BUSES]),
        ("submitted_on_lte=2026-11-22".into(), vec![SCHOOLING]),
        ("registered_on_gte=2026-11-21".into(), vec![BICYCLES]),
        ("registered_on_lte=2026-11-20".into(), vec![SCHOOLING]),
        ("due_on_gte=2026-12-01".into(), vec![SCHOOLING]),
        ("due_on_lte=2026-11-30".into(), vec![BICYCLES]),
        ("closed_on_gte=2026-01-01".into(), vec![]),
        ("closed_on_lte=2026-12-31".into(), vec![]),
        ("kind=difficulty&goal=g5".into(), vec![]),
        ("sort=due_on".into(), vec![BICYCLES, SCHOOLING]),
        ("sort=created_at".into(), vec![SCHOOLING, BICYCLES, BUSES]),
    ] {
        let rows = cast.office.get(&format!("/v1/issues?{query}")).await.rows();
        assert_eq!(titles(&rows), found.iter().copied().collect(), "{query}");
        if query.starts_with("sort") {
            let order: Vec<_> = rows.iter().map(|row| row["title"].as_str().unwrap()).collect();
            assert_eq!(order, found, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn words_of_two_characters_are_found() {
    let app = App::start().await;
    let (cast, _) = three(&app).await;
    for (words, found) in [
        ("入学", vec![SCHOOLING]),
        ("学位", vec![SCHOOLING]),
        ("单车", vec![BICYCLES]),
        ("地铁口", vec![BICYCLES]),
        ("车", vec![BICYCLES, BUSES]),
        ("公交 通知", vec![BUSES]),
        ("公交 单车", vec![]),
        ("12", vec![SCHOOLING]),
        ("学入", vec![]),
        ("\" OR 1=1 --", vec![]),
        ("NEAR(入学", vec![]),
        ("*", vec![]),
    ] {
        let query = format!("/v1/issues?q={}", encoded(words));
        assert_eq!(titles(&cast.office.get(&query).await.rows()), found.into_iter().collect(), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_a_draft_says_is_found_once_it_is_submitted() {
    let app = App::start().await;
    let cast = app.cast().await;
    let kept = cast.representative.submits(gongjian_testkit::draft(difficulty())).await.created();
    let kept = cast.representative.edits(&kept, json!({ "title": "实验室危废清运" })).await.ok();
    cast.representative.submits_draft(&kept).await.is(200);
    let found = |words: &str| cast.office.get(&format!("/v1/issues?q={}", encoded(words)));
    assert_eq!(found("危废").await.rows().len(), 1);
    assert_eq!(found("入学").await.rows().len(), 0, "the words of before are gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_hundred_and_twenty_issues_come_once_each() {
    let app = App::start().await;
    let cast = app.cast().await;
    for n in 0..120 {
        let mut submission = difficulty();
        submission["title"] = json!(format!("第{n}件"));
        let issue = cast.representative.submits(submission).await.created();
        if n % 2 == 0 {
            cast.office.registers(&issue).await.is(200);
        }
    }
    for (query, expected) in [("limit=7", 120), ("limit=50&sort=created_at", 120), ("limit=11&sort=due_on", 60)] {
        let (mut path, mut seen) = (format!("/v1/issues?{query}"), Vec::new());
        loop {
            let page = cast.office.get(&path).await;
            seen.extend(page.rows().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
            let link = page.header("link").to_owned();
            assert_eq!(page.body["has_more"], json!(!link.is_empty()));
            assert_eq!(page.body["next_cursor"].is_null(), link.is_empty());
            let Some(next) = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")) else {
                break;
            };
            path = next.to_owned();
            // What is submitted meanwhile moves nothing.
            if query == "limit=7" && seen.len() == 7 {
                cast.liaison.submits(opinion()).await.is(201);
            }
        }
        let once: BTreeSet<_> = seen.iter().collect();
        let meanwhile = usize::from(query.contains("sort=created_at"));
        assert_eq!((seen.len(), once.len()), (expected + meanwhile, expected + meanwhile), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn pages_have_their_limits_and_cursors_their_filter() {
    let app = App::start().await;
    let cast = app.cast().await;
    for _ in 0..3 {
        cast.submitted().await;
    }
    for limit in ["0", "201", "-1", "x", "1.5", "", "99999999999999999999"] {
        let refused = cast.office.get(&format!("/v1/issues?limit={limit}")).await;
        assert_eq!(refused.refused(400, "invalid_parameter").faults()[0].0, "limit", "{limit}");
    }
    assert_eq!(cast.office.get("/v1/issues?limit=200").await.rows().len(), 3);
    let page = cast.office.get("/v1/issues?limit=1").await;
    let cursor = page.body["next_cursor"].as_str().unwrap().to_owned();
    assert_eq!(cast.office.get(&format!("/v1/issues?limit=2&cursor={cursor}")).await.rows().len(), 2);
    let mut changed = cursor.clone().into_bytes();
    changed[5] = if changed[5] == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8(changed).unwrap();
    for (query, cursor) in [
        ("", changed.as_str()),
        ("", &cursor[1..]),
        ("", "eyJ2IjoxfQ"),
        ("", "%F0%9F%99%82"),
        ("status=submitted&", cursor.as_str()),
        ("sort=created_at&", cursor.as_str()),
    ] {
        let refused = cast.office.get(&format!("/v1/issues?{query}cursor={cursor}")).await;
        refused.refused(400, "invalid_cursor");
    }
    let elsewhere = path_of(cast.submitted().await.id(), "events");
    cast.office.get(&format!("{elsewhere}?cursor={cursor}")).await.refused(400, "invalid_cursor");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn parameters_that_nobody_knows_are_refused() {
    let app = App::start().await;
    let office = app.secretariat().await;
    for (query, code) in [
        ("colour=red", "unknown_parameter"),
        ("Status=draft", "unknown_parameter"),
        ("light=blue", "invalid_parameter"),
        ("status=open,draft", "invalid_parameter"),
        ("status=", "invalid_parameter"),
        ("unit_id=1", "invalid_parameter"),
        ("due_on_gte=2026-13-01", "invalid_parameter"),
        ("due_on_gte=2026-11-20T00:00:00Z", "invalid_parameter"),
        ("kind=opinion&kind=opinion", "invalid_parameter"),
        ("sort=title", "invalid_parameter"),
        ("q=", "invalid_parameter"),
        ("q=a%00b", "invalid_parameter"),
    ] {
        office.get(&format!("/v1/issues?{query}")).await.refused(400, code);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_list_shows_to_each_what_is_theirs() {
    let app = App::start().await;
    let (cast, elsewhere) = three(&app).await;
    let seen = async |who: &gongjian_testkit::Persona| who.get("/v1/issues").await.rows().len();
    assert_eq!(seen(&cast.office).await, 3);
    assert_eq!(seen(&cast.representative).await, 2);
    assert_eq!(seen(&cast.helper).await, 1);
    assert_eq!(seen(&cast.handler).await, 2, "a department sees what is on the ledger");
    assert_eq!(seen(&app.representative_of(&elsewhere).await).await, 1);
    assert_eq!(seen(&app.branch("990106009").await).await, 1);
    assert_eq!(seen(&app.outsider().await).await, 0);
    app.administrator().await.get("/v1/issues").await.refused(403, "forbidden");
    // What a row says is what the issue says.
    for row in cast.office.get("/v1/issues").await.rows() {
        let whole = cast.office.get(&format!("/v1/issues/{}", row["id"].as_str().unwrap())).await.ok();
        for (member, value) in row.as_object().unwrap() {
            let same = match member.as_str() {
                "replied_on" => &whole["reply"]["replied_on"],
                _ => &whole[member.as_str()],
            };
            assert_eq!(value, same, "{member}");
        }
    }
}

fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
