//! Assigned with recusal, answered by each alone, in time.

use gongjian_testkit::App;
use serde_json::json;

use super::{OTHER_STREET, acts, answers, asks, assigns, expert, question, reads};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_expert_answers_alone_and_nobody_reads_before_all_have() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (asker, office) = (app.liaison_of(&unit).await, app.secretariat().await);
    let ((one, first), (two, second)) = (expert(&app, "one", None, &[]).await, expert(&app, "two", None, &[]).await);
    let (third, other) = expert(&app, "third", None, &[]).await;
    let asked = asks(&asker, "asker").await.created();
    assert_eq!(
        (&asked["number"], &asked["asker_unit"]["name"]),
        (&json!("ZX-2026-0001"), &json!("云栖材料科学研究院"))
    );
    assert_eq!((&asked["light"], &asked["due_on"]), (&json!(null), &json!(null)));
    reads(&one, &asked).await.refused(404, "enquiry_not_found");
    assigns(&asker, &asked, &[&first]).await.refused(403, "forbidden");
    let given = assigns(&office, &asked, &[&first, &second]).await.ok();
    assert_eq!(
        (&given["status"], &given["due_on"], &given["light"]),
        (&json!("assigned"), &json!("2026-12-04"), &json!("green"))
    );

    reads(&third, &given).await.refused(404, "enquiry_not_found");
    answers(&third, &given, "可以联建。").await.refused(404, "enquiry_not_found");
    answers(&asker, &given, "可以联建。").await.refused(403, "forbidden");
    assert_eq!(one.get("/v1/enquiries").await.rows().len(), 1);
    assert!(third.get("/v1/enquiries").await.rows().is_empty());
    let half = answers(&one, &given, "可由街道分会牵头组建联合党支部。").await.ok();
    assert_eq!(half["status"], "assigned");
    let twice = answers(&one, &given, "再说一遍。").await;
    assert_eq!(twice.refused(409, "assignment_not_open").body["article"], 15);
    let said = |thing: &gongjian_testkit::Thing, name: &str| {
        let parts = thing["assignments"].as_array().unwrap().iter();
        parts.filter(|part| part["name"] == format!("人员 {name}")).map(|part| part["opinion"].clone()).next().unwrap()
    };
    assert_eq!(said(&half, "one"), "可由街道分会牵头组建联合党支部。", "his own");
    for reader in [&two, &asker, &office] {
        assert_eq!(said(&reads(reader, &given).await.ok(), "one"), json!(null), "nobody else's yet");
    }
    app.at("2026-12-02 10:00");
    assert_eq!(reads(&office, &given).await.ok()["light"], "yellow");
    app.at("2026-12-07 10:00");
    assert_eq!(reads(&office, &given).await.ok()["light"], "red");
    assert_eq!(office.get("/v1/enquiries?overdue=true").await.rows().len(), 1);
    let done = answers(&two, &given, "宜先摸底再组建。").await.ok();
    assert_eq!((&done["status"], &done["light"]), (&json!("answered"), &json!("grey")));
    assert!(office.get("/v1/enquiries?overdue=true").await.rows().is_empty());
    for reader in [&one, &two, &asker, &office] {
        let read = reads(reader, &given).await.ok();
        assert_eq!(said(&read, "two"), "宜先摸底再组建。");
    }
    answers(&two, &given, "再说一遍。").await.refused(409, "enquiry_not_open");
    assert_eq!(office.get(&format!("/v1/enquiries?expert_id={}&field=基层治理", first.id())).await.rows().len(), 1);
    assert!(office.get(&format!("/v1/enquiries?expert_id={}", other.id())).await.rows().is_empty());
    assert_eq!(office.get(&format!("/v1/enquiries?asker_unit_id={}&status=answered", unit.id)).await.rows().len(), 1);
    app.outsider().await.get(&format!("/v1/enquiries/{}", given.id())).await.refused(404, "enquiry_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_is_or_was_with_the_asker_is_recused() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (asker, office) = (app.representative_of(&unit).await, app.secretariat().await);
    let asked = asks(&asker, "asker").await.created();
    let (_, employed) = expert(&app, "employed", Some(&unit), &[]).await;
    let (_, former) = expert(&app, "former", None, &[&unit]).await;
    // He was the unit's liaison once; his profile says nothing of it.
    let liaison = app.liaison_of(&unit).await;
    let person = super::person_of(&app, &liaison).await;
    let seen = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let successor = json!({ "name": "新联络员", "post": "干事" });
    office.post(&format!("/v1/units/{}/liaison", unit.id), successor).seen(&seen).await.is(200);
    let filed = office.post("/v1/experts", super::profile(&person, None, &[])).await.created();
    for recused in [&employed, &former, &filed] {
        let refused = assigns(&office, &asked, &[recused]).await;
        assert_eq!(refused.refused(409, "expert_recused").body["article"], 15);
    }
    let (scholar, free) = expert(&app, "scholar", None, &[]).await;
    assigns(&office, &asked, &[&free, &employed]).await.refused(409, "expert_recused");
    assert_eq!(app.count("SELECT count(*) FROM enquiry_assignment").await, 0, "all or none");
    let given = assigns(&office, &asked, &[&free]).await.ok();
    let decline = json!({ "ground": "interest", "reason": "本人担任该单位的顾问。" });
    let url = format!("/v1/enquiries/{}/decline", given.id());
    scholar.post(&url, json!({ "ground": "interest" })).await.refused(422, "validation_failed");
    let back = scholar.post(&url, decline).await.ok();
    assert_eq!((&back["status"], &back["due_on"]), (&json!("submitted"), &json!(null)), "to be assigned anew");
    reads(&scholar, &given).await.refused(404, "enquiry_not_found");
    let next = asks(&asker, "asker").await.created();
    let again = assigns(&office, &next, &[&free]).await;
    again.refused(409, "expert_recused");
    let (late, known) = expert(&app, "late", None, &[]).await;
    let next = assigns(&office, &next, &[&known]).await.ok();
    let tie = json!({ "unit_id": unit.id, "tie": "former" });
    late.post(&format!("/v1/experts/{}/declare", known.id()), tie).seen(&known).await.is(200);
    answers(&late, &next, "可以联建。").await.refused(409, "expert_recused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_past_his_term_or_away_is_assigned() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (asker, office) = (app.representative_of(&unit).await, app.secretariat().await);
    let asked = asks(&asker, "asker").await.created();
    let scholar = gongjian_testkit::Persona::open(&app, "scholar", &[], false).await;
    let mut limited = super::profile(&super::person_of(&app, &scholar).await, None, &[]);
    limited["until"] = json!("2026-11-25");
    let limited = office.post("/v1/experts", limited).await.created();
    let given = assigns(&office, &asked, &[&limited]).await.ok();
    app.at("2026-11-25 09:00");
    answers(&scholar, &given, "可以联建。").await.refused(404, "enquiry_not_found");
    let next = asks(&asker, "asker").await.created();
    let late = assigns(&office, &next, &[&limited]).await;
    assert_eq!(late.refused(409, "expert_out_of_term").body["article"], 15);
    let (_, away) = expert(&app, "away", None, &[]).await;
    let change = json!({ "is_available": false });
    office.patch(&format!("/v1/experts/{}", away.id()), change).seen(&away).await.is(200);
    assigns(&office, &next, &[&away]).await.refused(409, "expert_unavailable");
    let released = json!({ "expert_id": limited.id(), "reason": "聘期届满。" });
    let free = acts(&office, &given, "release", released.clone()).await.ok();
    assert_eq!(free["status"], "submitted");
    acts(&office, &free, "release", released).await.refused(409, "enquiry_not_open");
    let unknown = json!({ "expert_ids": ["0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff"] });
    acts(&office, &free, "assign", unknown).await.refused(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_enquiry_and_an_opinion_are_returned_for_clarification() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (asker, office) = (app.liaison_of(&unit).await, app.secretariat().await);
    let (scholar, filed) = expert(&app, "scholar", None, &[]).await;
    let asked = asks(&asker, "asker").await.created();
    let back = acts(&office, &asked, "return", json!({ "reason": "请说明企业规模。" })).await.ok();
    assert_eq!(back["remark"], "请说明企业规模。");
    assigns(&office, &back, &[&filed]).await.refused(409, "enquiry_not_open");
    let clear = json!({ "question": "百人以下的非公企业党组织如何与街道分会联建？" });
    acts(&office, &back, "clarify", clear.clone()).await.refused(403, "forbidden");
    let asked = acts(&asker, &back, "clarify", clear).await.ok();
    let given = assigns(&office, &asked, &[&filed]).await.ok();
    answers(&scholar, &given, "可以联建。").await.is(200);
    let done = reads(&office, &given).await.ok();
    app.at("2026-11-27 10:00");
    let why = json!({ "expert_id": filed.id(), "reason": "请说明所引政策的依据。" });
    let again = acts(&office, &done, "return-opinion", why).await.ok();
    assert_eq!((&again["status"], &again["due_on"]), (&json!("assigned"), &json!("2026-12-11")));
    let said = answers(&scholar, &again, "依据《条例》，可以联建。").await.ok();
    assert_eq!(said["assignments"][0]["earlier_opinions"], json!(["可以联建。"]), "no opinion is lost");
    assert_eq!(said["assignments"][0]["opinion"], "依据《条例》，可以联建。");
    acts(&asker, &said, "withdraw", json!({ "reason": "不再需要。" })).await.refused(409, "enquiry_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn units_branches_and_the_secretariat_ask_each_for_itself() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let branch = app.branch(OTHER_STREET).await;
    let of_branch = asks(&branch, "members").await.created();
    assert_eq!((&of_branch["asker_kind"], &of_branch["asker_street_code"]), (&json!("branch"), &json!(OTHER_STREET)));
    app.branch(&unit.street)
        .await
        .get(&format!("/v1/enquiries/{}", of_branch.id()))
        .await
        .refused(404, "enquiry_not_found");
    let own = asks(&office, "asker").await.created();
    assert_eq!(own["asker_kind"], "secretariat");
    let representative = app.representative_of(&unit).await;
    let mut for_another = question("asker");
    for_another["asker"] = json!({ "kind": "unit", "unit_id": app.member_unit("青禾实验学校").await.id });
    assert_eq!(representative.post("/v1/enquiries", for_another).await.refused(403, "forbidden").body["article"], 15);
    for nobody in [app.president().await, expert(&app, "scholar", None, &[]).await.0] {
        asks(&nobody, "asker").await.refused(403, "forbidden");
        nobody.post("/v1/enquiries", json!({})).await.refused(403, "forbidden");
    }
    let asked = asks(&representative, "asker").await.created();
    acts(&office, &asked, "withdraw", json!({ "reason": "不再需要。" })).await.refused(403, "forbidden");
    let gone = acts(&representative, &asked, "withdraw", json!({ "reason": "不再需要。" })).await.ok();
    acts(&representative, &gone, "withdraw", json!({ "reason": "不再需要。" })).await.refused(409, "enquiry_not_open");
    let mut bad = question("body");
    bad["field"] = json!("");
    representative.post("/v1/enquiries", bad).await.refused(422, "validation_failed");
    let nameless = asks(&representative, "body").await;
    assert!(nameless.refused(422, "validation_failed").has_fault("#/agreement/body_id", "required"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_assignments_or_answers_at_once_one_stands() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let ((one, first), (two, second)) = (expert(&app, "one", None, &[]).await, expert(&app, "two", None, &[]).await);
    let asked = asks(&app.representative_of(&unit).await, "asker").await.created();
    let him = [&first];
    let (a, b) = tokio::join!(assigns(&office, &asked, &him), assigns(&general, &asked, &him));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    assert_eq!(app.count("SELECT count(*) FROM enquiry_assignment").await, 1);
    let given = reads(&office, &asked).await.ok();
    assigns(&office, &given, &[&first]).await.refused(409, "expert_already_assigned");
    let given = assigns(&office, &given, &[&second]).await.ok();
    let (a, b) = tokio::join!(answers(&one, &given, "甲。。"), answers(&two, &given, "乙。。"));
    assert_eq!((a.status, b.status), (200, 200), "neither is in the other's way");
    assert_eq!(reads(&office, &given).await.ok()["status"], "answered");
    let next = asks(&app.representative_of(&unit).await, "asker").await.created();
    let next = assigns(&office, &next, &[&first]).await.ok();
    let (a, b) = tokio::join!(answers(&one, &next, "甲。。"), answers(&one, &next, "乙。。"));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "one opinion");
}

/// Article 15: what somebody said who then stood aside is nobody's advice.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_stands_aside_is_not_heard() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (asker, office) = (app.liaison_of(&unit).await, app.secretariat().await);
    let ((one, first), (two, second)) = (expert(&app, "one", None, &[]).await, expert(&app, "two", None, &[]).await);
    let asked = asks(&asker, "asker").await.created();
    let given = assigns(&office, &asked, &[&first, &second]).await.ok();
    answers(&one, &given, "可以联建。").await.is(200);
    let done = answers(&two, &given, "宜先摸底再组建。").await.ok();
    let why = json!({ "expert_id": first.id(), "reason": "请说明与该单位的关系。" });
    let again = acts(&office, &reads(&office, &done).await.ok(), "return-opinion", why).await.ok();
    let decline = json!({ "ground": "interest", "reason": "本人担任该单位的顾问。" });
    one.post(&format!("/v1/enquiries/{}/decline", again.id()), decline).await.is(200);
    let read = reads(&asker, &again).await.ok();
    assert_eq!(read["status"], "answered");
    for part in read["assignments"].as_array().unwrap() {
        let is_first = part["expert_id"] == json!(first.id());
        assert_eq!((part["opinion"].is_null(), &part["earlier_opinions"]), (is_first, &json!([])));
    }
}
