//! A line that is wrong can be disputed; what was said stays on record.

use futures_util::future::join_all;
use gongjian_testkit::App;
use serde_json::{Value, json};

use super::{acts, gives, latest, passbook, research};

fn reason() -> Value {
    json!({ "reason": "研究成果共两项，只记录了一项。" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secretariat_explains_corrects_or_strikes_what_the_unit_disputes() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, office) = (app.representative_of(&unit).await, app.secretariat().await);
    gives(&representative, research("新材料产业研究报告")).await.is(201);
    let line = latest(&representative, &unit).await;
    assert_eq!(line["allowed_actions"], json!(["dispute"]));
    let disputed = acts(&representative, &line, "dispute", reason()).await.ok();
    assert_eq!((&disputed["status"], &disputed["allowed_actions"]), (&json!("disputed"), &json!([])));
    assert_eq!(passbook(&office, &unit).await["duties"][0]["disputed_count"], 1);
    assert_eq!(office.get("/v1/standing-lines?status=disputed").await.rows().len(), 1);
    let seen = office.get(&format!("/v1/standing-lines/{}", line.id())).await.ok();
    assert_eq!(seen["allowed_actions"], json!(["explain", "correct", "strike"]));

    let explain = json!({ "outcome": "explained", "answer": "两项为同一课题，按一项记录。" });
    let explained = acts(&office, &seen, "answer", explain.clone()).await.ok();
    assert_eq!((&explained["status"], &explained["disputes"][0]["outcome"]), (&json!("valid"), &json!("explained")));
    acts(&office, &explained, "answer", explain).await.refused(409, "standing_not_open");

    let disputed = acts(&representative, &explained, "dispute", reason()).await.ok();
    let correct = json!({ "outcome": "corrected", "answer": "经核实为两项。", "quantity": 2 });
    let corrected = acts(&office, &disputed, "answer", correct).await.ok();
    assert_eq!((&corrected["status"], &corrected["line"]["quantity"]), (&json!("corrected"), &json!(2)));
    assert_eq!(passbook(&office, &unit).await["duties"][0]["quantity"], 2);

    let disputed = acts(&representative, &corrected, "dispute", json!({ "reason": "并非本单位成果。" })).await.ok();
    let strike = json!({ "outcome": "struck", "answer": "异议成立。" });
    let struck = acts(&office, &disputed, "answer", strike).await.ok();
    assert_eq!((&struck["status"], struck["disputes"].as_array().unwrap().len()), (&json!("withdrawn"), 3));
    assert_eq!(passbook(&office, &unit).await["duties"], json!([]));
    let again = acts(&representative, &struck, "dispute", reason()).await;
    assert_eq!(again.refused(409, "standing_not_open").body["article"], 10);
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind LIKE 'standing.%'").await, 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_representative_disputes_and_the_secretariat_answers() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, office) = (app.representative_of(&unit).await, app.secretariat().await);
    gives(&representative, research("新材料产业研究报告")).await.is(201);
    let line = latest(&representative, &unit).await;
    for reader in [app.liaison_of(&unit).await, office.clone(), app.president().await] {
        assert_eq!(acts(&reader, &line, "dispute", reason()).await.refused(403, "forbidden").body["article"], 9);
    }
    for stranger in [app.outsider().await, app.administrator().await] {
        stranger.get(&format!("/v1/standing-lines/{}", line.id())).await.refused(404, "standing_line_not_found");
        acts(&stranger, &line, "dispute", reason()).await.refused(404, "standing_line_not_found");
        acts(&stranger, &line, "answer", json!({})).await.refused(404, "standing_line_not_found");
    }
    acts(&representative, &line, "dispute", json!({ "reason": "错" })).await.refused(422, "validation_failed");
    let disputed = acts(&representative, &line, "dispute", reason()).await.ok();
    acts(&representative, &line, "dispute", reason()).await.refused(412, "version_mismatch");
    acts(&representative, &disputed, "dispute", reason()).await.refused(409, "standing_not_open");
    let answer = json!({ "outcome": "explained", "answer": "已核对。" });
    acts(&representative, &disputed, "answer", answer.clone()).await.refused(403, "forbidden");
    acts(&office, &line, "answer", answer).await.refused(412, "version_mismatch");
    for (body, at, code) in [
        (json!({ "outcome": "corrected", "answer": "已更正。" }), "#/quantity", "required"),
        (json!({ "outcome": "corrected", "answer": "已更正。", "quantity": 0 }), "#/quantity", "out_of_range"),
        (json!({ "outcome": "corrected", "answer": "已更正。", "day": "2027-01-01" }), "#/day", "in_future"),
        (json!({ "outcome": "explained", "answer": "已核对。", "quantity": 2 }), "#/quantity", "not_allowed"),
        (json!({ "outcome": "lapsed", "answer": "已核对。" }), "#/outcome", "not_allowed"),
    ] {
        let refused = acts(&office, &disputed, "answer", body).await;
        assert!(refused.refused(422, "validation_failed").has_fault(at, code), "{:?}", refused.faults());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_disputes_at_once_one_is_open() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, twin) = (app.representative_of(&unit).await, app.another_instance());
    gives(&representative, research("新材料产业研究报告")).await.is(201);
    let line = latest(&representative, &unit).await;
    let at = |n: usize| if n.is_multiple_of(2) { representative.clone() } else { representative.on(&twin) };
    let url = format!("/v1/standing-lines/{}/dispute", line.id());
    let answers = join_all((0..6).map(async |n| at(n).post(&url, reason()).header("if-match", "*").await)).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    assert_eq!(app.count("SELECT count(*) FROM standing_dispute WHERE answered_at IS NULL").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_dispute_lapses_when_the_source_is_taken_back() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let given = gives(&representative, research("新材料产业研究报告")).await.created();
    let line = latest(&representative, &unit).await;
    acts(&representative, &line, "dispute", reason()).await.is(200);
    let back = format!("/v1/contributions/{}/withdraw", given.id());
    representative.post(&back, json!({ "reason": "不再提供。" })).seen(&given).await.is(200);
    let line = latest(&representative, &unit).await;
    assert_eq!((&line["status"], &line["disputes"][0]["outcome"]), (&json!("withdrawn"), &json!("lapsed")));
}
