//! The outcome is told to whom it concerns, never more widely than the asker agreed to.

use gongjian_testkit::{App, Persona, Thing};
use serde_json::{Value, json};

use super::{acts, answers, asks, assigns, expert, question, reads};

const GENERAL_MEETING: &str = "01980000-0000-7000-8000-000000000011";
const COUNCIL: &str = "01980000-0000-7000-8000-000000000013";

async fn concluded(app: &App, asker: &Persona, agreement: Value) -> Thing {
    let office = app.secretariat().await;
    let (scholar, filed) = expert(app, "scholar", None, &[]).await;
    let mut new = question("asker");
    new["agreement"] = agreement;
    let asked = asker.post("/v1/enquiries", new).await.created();
    let given = assigns(&office, &asked, &[&filed]).await.ok();
    let early = acts(&office, &given, "conclude", json!({ "conclusion": "按意见推进。" })).await;
    assert_eq!(early.refused(409, "enquiry_not_open").body["article"], 15);
    answers(&scholar, &given, "可以联建。").await.is(200);
    let done = reads(&office, &given).await.ok();
    acts(&office, &done, "conclude", json!({ "conclusion": "按意见推进。" })).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_is_told_more_widely_than_the_asker_agreed_to() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (asker, office, outsider) = (app.representative_of(&unit).await, app.secretariat().await, app.outsider().await);
    let done = concluded(&app, &asker, json!({ "publicity": "asker" })).await;
    let seen = reads(&asker, &done).await.ok();
    assert_eq!(
        (&seen["conclusion"], &seen["assignments"][0]["name"]),
        (&json!("按意见推进。"), &json!("人员 scholar"))
    );
    assert_eq!(seen["assignments"][0]["opinion"], "可以联建。", "who answered, and what");
    for wider in [json!({ "publicity": "members" }), json!({ "publicity": "body", "body_id": COUNCIL })] {
        let refused = acts(&office, &done, "publish", wider).await;
        assert_eq!(refused.refused(409, "wider_than_agreed").body["article"], 15);
    }
    let members = json!({ "publicity": "members" });
    acts(&office, &done, "agree", members.clone()).await.refused(403, "forbidden");
    acts(&asker, &done, "publish", members.clone()).await.refused(403, "forbidden");
    let agreed = acts(&asker, &done, "agree", members.clone()).await.ok();
    reads(&outsider, &agreed).await.refused(404, "enquiry_not_found");
    let told = acts(&office, &agreed, "publish", members.clone()).await.ok();
    assert_eq!((&told["status"], &told["published_to"]), (&json!("published"), &json!("members")));
    assert_eq!(reads(&outsider, &told).await.ok()["conclusion"], "按意见推进。");
    assert_eq!(outsider.get("/v1/enquiries?status=published").await.rows().len(), 1);
    acts(&asker, &told, "agree", json!({ "publicity": "asker" })).await.refused(409, "enquiry_not_open");
    acts(&office, &told, "publish", members).await.refused(409, "enquiry_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_told_to_a_body_is_told_to_those_who_have_a_voice_in_it() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (asker, office, outsider) = (app.liaison_of(&unit).await, app.secretariat().await, app.outsider().await);
    let body = json!({ "publicity": "body", "body_id": GENERAL_MEETING });
    let done = concluded(&app, &asker, body.clone()).await;
    let council = json!({ "publicity": "body", "body_id": COUNCIL });
    acts(&office, &done, "publish", council).await.refused(409, "wider_than_agreed");
    let nameless = acts(&office, &done, "publish", json!({ "publicity": "body" })).await;
    assert!(nameless.refused(422, "validation_failed").has_fault("#/body_id", "required"));
    acts(&office, &done, "publish", body).await.is(200);
    reads(&outsider, &done).await.is(200);
    let came = app.member_unit("新入会的研究所").await;
    let newcomer = app.representative_of(&came).await;
    reads(&newcomer, &done).await.refused(404, "enquiry_not_found");
    assert!(newcomer.get("/v1/enquiries").await.rows().is_empty());
    assert_eq!(outsider.get("/v1/enquiries").await.rows().len(), 1);
    let page = asks(&asker, "asker").await.created();
    let first = office.get("/v1/enquiries?limit=1").await;
    assert_eq!(first.rows()[0]["id"], page["id"]);
    let next = first.body["next_cursor"].as_str().unwrap();
    assert_eq!(office.get(&format!("/v1/enquiries?limit=1&cursor={next}")).await.rows()[0]["id"], done["id"]);
}
