//! Article 10(3): information, research results, resources to share, suggestions.

use gongjian_testkit::App;
use serde_json::json;

use super::{gives, latest, passbook, research};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_contribution_enters_the_passbook_and_leads_back_to_itself() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&unit).await);
    let office = app.secretariat().await;
    for kind in ["information", "research", "resource", "suggestion"] {
        let what = json!({ "kind": kind, "title": "新材料产业", "detail": "可供各会员单位使用。", "unit_id": unit.id });
        gives(&liaison, what).await.is(201);
    }
    let given = gives(&representative, research("新材料产业研究报告")).await.created();
    let book = passbook(&representative, &unit).await;
    let duties = book["duties"].as_array().unwrap();
    let count = |kind: &str| duties.iter().find(|duty| duty["kind"] == kind).unwrap()["line_count"].clone();
    assert_eq!((duties.len(), count("contributed_research"), count("contributed_resource")), (4, json!(2), json!(1)));
    assert!(duties.iter().all(|duty| duty["article"] == 10));
    let line = &book["lines"][0];
    assert_eq!((&line["title"], &line["side"], &line["day"]), (&given["title"], &json!("duty"), &json!("2026-11-20")));
    let source = representative.get(line["source"]["path"].as_str().unwrap()).await.ok();
    assert_eq!(source["id"], given["id"]);

    let url = format!("/v1/contributions/{}", given.id());
    let noted =
        office.post(&format!("{url}/acknowledge"), json!({ "note": "已转有关委员会。" })).seen(&given).await.ok();
    assert_eq!((&noted["status"], &noted["allowed_actions"]), (&json!("acknowledged"), &json!([])));
    office.post(&format!("{url}/acknowledge"), json!({})).seen(&given).await.refused(412, "version_mismatch");
    let twice = office.post(&format!("{url}/acknowledge"), json!({})).seen(&noted).await;
    assert_eq!(twice.refused(409, "contribution_not_open").body["article"], 10);

    let why = json!({ "reason": "内容有误，修改后再提交。" });
    let back = liaison.post(&format!("{url}/withdraw"), why.clone()).seen(&noted).await.ok();
    assert_eq!(back["status"], "withdrawn");
    liaison.post(&format!("{url}/withdraw"), why).seen(&back).await.refused(409, "contribution_not_open");
    assert_eq!(latest(&representative, &unit).await["status"], "withdrawn", "the line stays visible");
    let book = passbook(&representative, &unit).await;
    let research = book["duties"].as_array().unwrap().iter().find(|duty| duty["kind"] == "contributed_research");
    assert_eq!(research.unwrap()["line_count"], 1, "and counts no more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_a_units_own_people_give_for_it() {
    let app = App::start().await;
    let (unit, other) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let representative = app.representative_of(&unit).await;
    let mut for_another = research("报告");
    for_another["unit_id"] = json!(other.id);
    assert_eq!(gives(&representative, for_another).await.refused(403, "forbidden").body["article"], 10);
    for nobody in [app.secretariat().await, app.president().await, app.administrator().await] {
        gives(&nobody, research("报告")).await.refused(403, "forbidden");
        gives(&nobody, json!({})).await.refused(403, "forbidden");
    }
    let bad = json!({ "kind": "money", "title": "报", "detail": "", "status": "acknowledged" });
    gives(&representative, bad).await.refused(422, "validation_failed");
    assert_eq!(app.count("SELECT count(*) FROM contribution").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM standing_line").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn contributions_of_others_are_not_seen() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let given = gives(&representative, research("新材料产业研究报告")).await.created();
    let url = format!("/v1/contributions/{}", given.id());
    for stranger in [app.outsider().await, app.administrator().await] {
        stranger.get(&url).await.refused(404, "contribution_not_found");
        for action in ["acknowledge", "withdraw"] {
            let body = json!({ "reason": "不需要" });
            let tried = stranger.post(&format!("{url}/{action}"), body).header("if-match", "*").await;
            tried.refused(404, "contribution_not_found");
        }
    }
    assert!(app.outsider().await.get("/v1/contributions").await.rows().is_empty());
    app.administrator().await.get("/v1/contributions").await.refused(403, "forbidden");
    assert_eq!(app.president().await.get("/v1/contributions?kind=research").await.rows().len(), 1);
    let denied = representative.post(&format!("{url}/acknowledge"), json!({})).seen(&given).await;
    denied.refused(403, "forbidden");
    let withdraw = json!({ "reason": "不需要" });
    app.secretariat().await.post(&format!("{url}/withdraw"), withdraw).seen(&given).await.refused(403, "forbidden");
}
