//! Article 11(1): the general meeting alone makes and amends the charter. One version is in force on any day; what
//! rests on an article is one request.

use futures_util::future::join_all;
use gongjian_testkit::{App, Persona, Reply, Thing};
use serde_json::{Value, json};

const COUNCIL: &str = "01980000-0000-7000-8000-000000000013";
const GENERAL_MEETING: &str = "01980000-0000-7000-8000-000000000011";
const VERSIONS: &str = "/v1/charter/versions";

/// An issued decision on paper.
pub(super) async fn decided(office: &Persona, matter: &str, effective_from: Option<&str>) -> String {
    let general = ["charter_amendment", "work_report", "annual_plan", "general_other"].contains(&matter);
    let mut new = json!({
        "body_id": if general { GENERAL_MEETING } else { COUNCIL }, "matter": matter, "title": "关于通过文稿的决议",
        "text": "会议决定：同意。", "method": "document", "document_ref": "青党促〔2026〕7号", "adopted_on": "2026-11-20",
    });
    if let Some(day) = effective_from {
        new["effective_from"] = json!(day);
    }
    let made = office.post("/v1/decisions", new).await.created();
    let issue = office.post(&format!("/v1/decisions/{}/issue", made.id()), json!({})).seen(&made).await.ok();
    issue.id().to_owned()
}

async fn drafts(office: &Persona) -> Thing {
    office.post(VERSIONS, json!({ "note": "增设数据安全一条。" })).await.created()
}

async fn acts(who: &Persona, version: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("{VERSIONS}/{}/{action}", version.id()), body).seen(version).await
}

fn article_28() -> Value {
    json!({
        "number": 28, "chapter": 5, "chapter_title": { "zh": "附则", "en": "Supplementary provisions" },
        "title": { "zh": "数据安全", "en": "Data security" },
        "digest": { "zh": "数据由秘书处保管。", "en": "The secretariat keeps the data." },
        "clauses": [
            { "paragraph": 1, "digest": { "zh": "保管。", "en": "Keeping." } },
            { "paragraph": 1, "item": 1, "digest": { "zh": "加密。", "en": "Encrypted." } },
        ],
    })
}

async fn submitted(office: &Persona) -> Thing {
    let draft = drafts(office).await;
    let written = acts(office, &draft, "articles", article_28()).await.ok();
    acts(office, &written, "submit", json!({})).await.ok()
}

async fn in_force(who: &Persona, day: &str) -> Value {
    who.get(&format!("/v1/charter?as_of={day}")).await.ok()["number"].clone()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_is_signed_in_reads_the_charter_in_our_digest() {
    let app = App::start().await;
    let nobody = Persona::open(&app, "nobody", &[], false).await;
    let charter = nobody.get("/v1/charter").await.ok();
    let told = (&charter["number"], &charter["status"], &charter["standing"], &charter["brought_along"]);
    assert_eq!(told, (&json!(1), &json!("adopted"), &json!("in_force"), &json!(true)));
    assert_eq!(charter["allowed_actions"], json!([]));
    let articles = list(&charter["contents"]["articles"]);
    let numbers: Vec<i64> = articles.iter().map(|article| article["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=27).collect::<Vec<i64>>());
    assert!(articles.iter().all(|article| article["text"].is_null()), "the official text is the association's to load");
    assert_eq!(articles[22]["title"]["en"], "The issue ledger");
    assert!(!charter.body.to_string().contains('{'.to_string().as_str().repeat(2).as_str()));
    let of_24 = articles[23]["digest"]["zh"].as_str().unwrap();
    assert!(of_24.contains("党建促进会") && !of_24.contains('{'), "names are the association's: {of_24}");
    assert_eq!(list(&articles[12]["clauses"]).len(), 10, "Article 13 has three paragraphs and seven items");

    let found = nobody.get("/v1/charter/articles?q=%E5%A4%87%E6%A1%88").await.rows();
    assert!(found.iter().any(|article| article["number"] == 25), "备案 is found");
    let found = nobody.get("/v1/charter/articles?q=LEDGER%20number").await.rows();
    assert_eq!(found.iter().map(|article| article["number"].clone()).collect::<Vec<_>>(), [json!(23)]);
    let page = nobody.get("/v1/charter/articles?limit=20").await;
    assert_eq!(page.rows().len(), 20);
    let next = page.body["next_cursor"].as_str().unwrap();
    let rest = nobody.get(&format!("/v1/charter/articles?limit=20&cursor={next}")).await.rows();
    assert_eq!((rest.len(), &rest[0]["number"]), (7, &json!(21)));
    app.anonymous().get("/v1/charter").await.refused(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_rests_on_an_article_is_one_request() {
    let app = App::start().await;
    let member = app.outsider().await;
    let article = member.get("/v1/charter/articles/23").await.ok();
    let names = |kind: &str, name: &str| -> Vec<String> {
        list(&article[kind]).iter().map(|it| it[name].as_str().unwrap().to_owned()).collect()
    };
    assert!(names("permissions", "name").contains(&"issue.register".to_owned()));
    assert!(names("events", "name").contains(&"issue.registered".to_owned()));
    assert!(names("operations", "operation_id").contains(&"registerIssue".to_owned()));
    assert!(!names("refusals", "name").is_empty());
    let register = |article: &Thing| {
        let known = list(&article["operations"]).iter().find(|it| it["operation_id"] == "registerIssue").unwrap();
        (known["method"].clone(), known["path"].clone(), known["label"].clone())
    };
    let (method, path, label) = register(&article);
    assert_eq!((method, path), (json!("POST"), json!("/v1/issues/{issue_id}/register")));
    let english = member.get("/v1/charter/articles/23").header("accept-language", "en").await.ok();
    assert_ne!(register(&english).2, label);
    assert_eq!(english["article"]["digest"], article["article"]["digest"], "digests are data, in both languages");
    // Every permission that names an article is found under it.
    for permission in gongjian_api::authority::permissions() {
        let Some(number) = permission.article else { continue };
        let article = member.get(&format!("/v1/charter/articles/{number}")).await.ok();
        let found = list(&article["permissions"]).iter().any(|it| it["name"] == permission.name);
        assert!(found, "{} under Article {number}", permission.name);
    }
    for obligation in gongjian_governance::compliance::obligations() {
        let article = member.get(&format!("/v1/charter/articles/{}", obligation.article)).await.ok();
        assert!(list(&article["obligations"]).iter().any(|it| it["key"] == obligation.key), "{}", obligation.key);
    }
    for unknown in ["28", "0", "-1", "x"] {
        let refused = member.get(&format!("/v1/charter/articles/{unknown}")).await;
        refused.refused(404, "charter_article_not_found");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_general_meeting_puts_a_version_into_force_from_a_day_on() {
    let app = App::start().await;
    let (office, member) = (app.secretariat().await, app.outsider().await);
    let draft = drafts(&office).await;
    assert_eq!(
        (&draft["status"], &draft["number"], &draft["standing"]),
        (&json!("draft"), &json!(null), &json!("not_adopted"))
    );
    let version = acts(
        &office,
        &submitted(&office).await,
        "enact",
        json!({
            "decision_id": decided(&office, "charter_amendment", None).await, "effective_from": "2027-01-01",
        }),
    )
    .await
    .ok();
    let told = (&version["number"], &version["standing"], &version["effective_from"], &version["allowed_actions"]);
    assert_eq!(told, (&json!(2), &json!("upcoming"), &json!("2027-01-01"), &json!([])));
    assert_eq!((in_force(&member, "2026-12-31").await, in_force(&member, "2027-01-01").await), (json!(1), json!(2)));
    assert_eq!(in_force(&member, "1999-01-01").await, json!(1));
    member.get("/v1/charter/articles/28").await.refused(404, "charter_article_not_found");
    app.at("2027-01-01 00:00");
    let added = member.get("/v1/charter/articles/28").await.ok();
    assert_eq!((&added["article"]["founding_number"], &added["permissions"]), (&json!(null), &json!([])));
    member.get("/v1/charter/articles/28?as_of=2026-12-31").await.refused(404, "charter_article_not_found");
    let all = member.get(VERSIONS).await.rows();
    let told: Vec<_> =
        all.iter().map(|it| (it["number"].clone(), it["standing"].clone(), it["effective_until"].clone())).collect();
    assert_eq!(
        told,
        [(json!(2), json!("in_force"), json!(null)), (json!(1), json!("superseded"), json!("2027-01-01"))]
    );
    let url = format!("{VERSIONS}/{}/differences", version.id());
    let differences = member.get(&url).await.ok();
    let changed = list(&differences["articles"]);
    assert_eq!((changed.len(), &changed[0]["change"], &changed[0]["before"]), (1, &json!("added"), &json!(null)));
    assert_eq!(changed[0]["after"]["title"]["zh"], "数据安全");
    let first = all[1]["id"].as_str().unwrap();
    let back = member.get(&format!("{VERSIONS}/{first}/differences?from={}", version.id())).await.ok();
    assert_eq!(list(&back["articles"])[0]["change"], "removed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn neither_the_council_nor_nobody_changes_the_charter() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let version = submitted(&office).await;
    let enact = async |decision: &str| acts(&office, &version, "enact", json!({ "decision_id": decision })).await;
    let by_council = enact(&decided(&office, "council_other", None).await).await;
    assert_eq!(by_council.refused(409, "decision_on_another_matter").body["article"], 11);
    // The council cannot decide the matter at all.
    let of_council = json!({
        "body_id": COUNCIL, "matter": "charter_amendment", "title": "修改章程", "text": "修改章程。",
        "method": "document", "document_ref": "青党促〔2026〕7号", "adopted_on": "2026-11-20",
    });
    assert_eq!(office.post("/v1/decisions", of_council).await.is(409).body["article"], 11);
    let early = enact(&decided(&office, "charter_amendment", Some("2026-12-01")).await).await;
    assert_eq!(early.refused(409, "decision_not_effective").body["article"], 11);
    enact("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01").await.refused(422, "validation_failed");
    acts(&office, &version, "enact", json!({})).await.refused(422, "validation_failed");
    let decision = decided(&office, "charter_amendment", None).await;
    let past = json!({ "decision_id": decision, "effective_from": "2026-11-19" });
    assert!(acts(&office, &version, "enact", past).await.has_fault("#/effective_from", "in_the_past"));
    for who in [app.president().await, app.representative_of(&app.member_unit("青禾实验学校").await).await] {
        let tried = acts(&who, &version, "enact", json!({ "decision_id": decision })).await;
        assert!([403, 404].contains(&tried.status), "{}", tried.status);
    }
    assert_eq!(in_force(&office, "2027-12-31").await, json!(1));

    let adopted = enact(&decision).await.ok();
    assert_eq!((&adopted["number"], &adopted["standing"]), (&json!(2), &json!("in_force")));
    // The decision is good once, and what is adopted never changes.
    let next = submitted_without_article(&office).await;
    let tomorrow = json!({ "decision_id": decision, "effective_from": "2026-11-21" });
    let twice = acts(&office, &next, "enact", tomorrow).await;
    assert_eq!(twice.refused(409, "decision_used_already").body["article"], 11);
    for (action, body) in [
        ("articles", article_28()),
        ("submit", json!({})),
        ("return", json!({ "reason": "改一改" })),
        ("discard", json!({ "reason": "不要了" })),
        ("enact", json!({ "decision_id": decision })),
        ("load-text", json!({ "document": "青党促〔2026〕9号", "articles": [{ "number": 1, "text": "正文" }] })),
    ] {
        let refused = acts(&office, &adopted, action, body).await;
        assert_eq!(refused.refused(409, "charter_not_open").body["article"], 11, "{action}");
    }
}

async fn submitted_without_article(office: &Persona) -> Thing {
    acts(office, &drafts(office).await, "submit", json!({})).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_lies_before_the_meeting_does_not_change() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let version = submitted(&office).await;
    acts(&office, &version, "articles", article_28()).await.refused(409, "charter_not_open");
    acts(&office, &version, "discard", json!({ "reason": "不要了" })).await.refused(409, "charter_not_open");
    let back = acts(&office, &version, "return", json!({ "reason": "请补充条文。" })).await.ok();
    assert_eq!((&back["status"], &back["reason"]), (&json!("draft"), &json!("请补充条文。")));
    acts(&office, &version, "submit", json!({})).await.refused(412, "version_mismatch");
    let decision = decided(&office, "charter_amendment", None).await;
    let early = acts(&office, &back, "enact", json!({ "decision_id": decision })).await;
    assert!(early.refused(409, "charter_not_open").allowed_actions().contains(&"submit"));
    let gone = acts(&office, &back, "discard", json!({ "reason": "不再修订。" })).await.ok();
    assert_eq!((&gone["status"], &gone["allowed_actions"]), (&json!("discarded"), &json!([])));
    // A text that was submitted after the vote is not what was voted on.
    app.at("2026-11-21 10:00");
    let late = submitted(&office).await;
    app.sql("UPDATE decision SET method = 'ballot', ballot_id = id, document_ref = NULL").await.unwrap();
    let voted = async |at: &str| {
        app.sql(&format!("UPDATE decision SET adopted_on = '2026-11-21', concluded_at = '{at}'")).await.unwrap();
        acts(&office, &late, "enact", json!({ "decision_id": decision })).await
    };
    let refused = voted("2026-11-21 01:59:59+00:00").await;
    assert_eq!(refused.refused(409, "charter_draft_after_decision").body["article"], 11, "also on the same day");
    voted("2026-11-21 02:00:01+00:00").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn articles_and_clauses_are_in_order() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let draft = drafts(&office).await;
    let refused = async |change: &dyn Fn(&mut Value), at: &str, code: &str| {
        let mut article = article_28();
        change(&mut article);
        let reply = acts(&office, &draft, "articles", article).await;
        assert!(reply.has_fault(at, code), "{at}: {:?}", reply.refused(422, "validation_failed").faults());
    };
    refused(&|it| it["number"] = json!(29), "#/number", "out_of_order").await;
    refused(&|it| it["chapter"] = json!(7), "#/chapter", "out_of_order").await;
    refused(&|it| it["chapter_title"]["zh"] = json!("另一章"), "#/chapter_title", "inconsistent").await;
    refused(&|it| it["founding_number"] = json!(3), "#/founding_number", "duplicate").await;
    refused(&|it| it["founding_number"] = json!(28), "#/founding_number", "out_of_range").await;
    refused(&|it| it["clauses"][1]["item"] = json!(2), "#/clauses/1", "out_of_order").await;
    refused(&|it| it["clauses"][0]["item"] = json!(1), "#/clauses/0", "out_of_order").await;
    refused(&|it| it["clauses"][1]["paragraph"] = json!(3), "#/clauses/1", "out_of_order").await;
    refused(&|it| it["digest"]["zh"] = json!("  "), "#/digest/zh", "blank").await;
    // The first article is removed, the others move up and stay themselves.
    let mut articles = list(&draft["contents"]["articles"]).to_vec();
    articles.remove(0);
    for (at, article) in articles.iter_mut().enumerate() {
        article["number"] = json!(at + 1);
        article["chapter"] = json!(article["chapter"].as_i64().unwrap() - 1);
        article.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        for clause in article["clauses"].as_array_mut().unwrap() {
            clause.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        }
    }
    let url = format!("{VERSIONS}/{}", draft.id());
    let mut gap = articles.clone();
    gap.remove(3);
    let put =
        |articles: Vec<Value>| office.put(&format!("{url}/articles"), json!({ "articles": articles })).seen(&draft);
    assert!(put(gap).await.has_fault("#/articles/3/number", "out_of_order"));
    let written = put(articles).await.ok();
    assert_eq!(list(&written["contents"]["articles"]).len(), 26);
    put(vec![article_28()]).await.refused(412, "version_mismatch");
    let differences = office.get(&format!("{url}/differences")).await.ok();
    let count = |change: &str| list(&differences["articles"]).iter().filter(|it| it["change"] == change).count();
    assert_eq!((count("changed"), count("removed"), count("added")), (26, 1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_text_of_the_first_version_is_loaded_once() {
    let app = App::start().await;
    let (office, member) = (app.secretariat().await, app.outsider().await);
    let charter = office.get("/v1/charter").await.ok();
    let version = office.get(&format!("{VERSIONS}/{}", charter.id())).await.ok();
    assert!(version.allows("load_text"));
    let text = |until: i64| {
        let articles: Vec<Value> =
            (1..=until).map(|number| json!({ "number": number, "text": format!("第{number}条的正文。") })).collect();
        json!({ "document": "青党促〔2013〕1号", "preamble": "序言的正文。", "articles": articles })
    };
    assert_eq!(acts(&member, &version, "load-text", text(27)).await.refused(403, "forbidden").body["article"], 13);
    app.administrator()
        .await
        .post(&format!("{VERSIONS}/{}/load-text", version.id()), text(27))
        .seen(&version)
        .await
        .refused(404, "charter_version_not_found");
    assert!(acts(&office, &version, "load-text", text(26)).await.has_fault("#/articles", "incomplete"));
    assert!(
        acts(&office, &version, "load-text", text(28))
            .await
            .has_fault("#/articles/27/number", "charter_article_not_found")
    );
    let mut undocumented = text(27);
    undocumented.as_object_mut().unwrap().remove("document");
    assert!(acts(&office, &version, "load-text", undocumented).await.has_fault("#/document", "required"));
    let mut with_clause = text(27);
    with_clause["articles"][12]["clauses"] = json!([{ "paragraph": 3, "item": 7, "text": "项的正文。" }]);
    let loaded = acts(&office, &version, "load-text", with_clause).await.ok();
    let (before, after) = (list(&version["contents"]["articles"]), list(&loaded["contents"]["articles"]));
    assert_eq!((&after[10]["text"], &after[10]["digest"]), (&json!("第11条的正文。"), &before[10]["digest"]));
    assert_eq!(after[12]["clauses"][9]["text"], "项的正文。");
    assert_eq!((&loaded["text_document"], &loaded["number"]), (&json!("青党促〔2013〕1号"), &json!(1)));
    assert!(!loaded.allows("load_text"));
    let again = acts(&office, &loaded, "load-text", text(27)).await;
    assert_eq!(again.refused(409, "charter_text_loaded_already").body["article"], 11);
    assert_eq!(
        member.get("/v1/charter/articles?q=%E7%AC%AC3%E6%9D%A1%E7%9A%84").await.rows().len(),
        1,
        "texts are searched"
    );
    let recorded = app.count("SELECT count(*) FROM audit_event WHERE kind = 'charter.text_loaded'").await;
    assert_eq!(recorded, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_drafts_for_the_same_day_one_comes_into_force() {
    let app = App::start().await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let (one, two) = (submitted(&office).await, submitted(&office).await);
    let (first, second) =
        (decided(&office, "charter_amendment", None).await, decided(&office, "charter_amendment", None).await);
    let enact = |who: &Persona, version: &Thing, decision: &str| {
        let (who, version) = (who.clone(), version.clone());
        let body = json!({ "decision_id": decision, "effective_from": "2027-01-01" });
        async move { acts(&who, &version, "enact", body).await }
    };
    let both = join_all([enact(&office, &one, &first), enact(&general, &two, &second)]).await;
    let won = both.iter().filter(|reply| reply.status == 200).count();
    let lost = both.iter().find(|reply| reply.status != 200).unwrap();
    assert_eq!(won, 1);
    assert_eq!(lost.refused(409, "charter_day_taken").body["article"], 11);
    assert_eq!(app.count("SELECT count(*) FROM charter_version WHERE number IS NOT NULL").await, 2);
    assert_eq!(app.count("SELECT count(*) FROM charter_version WHERE number > 2").await, 0, "numbers have no gap");
    // Nor on a later day: it would undo what has just been adopted.
    let (loser, decision) = if both[0].status == 200 { (&two, &second) } else { (&one, &first) };
    let later = json!({ "decision_id": decision, "effective_from": "2027-02-01" });
    let refused = acts(&office, loser, "enact", later).await;
    assert_eq!(refused.refused(409, "charter_base_superseded").body["article"], 11);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn drafts_are_read_by_those_who_deliberate() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let draft = drafts(&office).await;
    let url = format!("{VERSIONS}/{}", draft.id());
    let (president, member) = (app.president().await, app.outsider().await);
    for who in [&president, &member] {
        who.get(&url).await.refused(404, "charter_version_not_found");
        who.get(&format!("{url}/differences")).await.refused(404, "charter_version_not_found");
        assert_eq!(who.get(VERSIONS).await.rows().len(), 1);
        who.post(VERSIONS, json!({ "note": "修改章程。" })).await.refused(403, "forbidden");
    }
    acts(&office, &draft, "submit", json!({})).await.is(200);
    president.get(&url).await.is(200);
    member.get(&url).await.refused(404, "charter_version_not_found");
    assert_eq!(president.get(&format!("{VERSIONS}?status=submitted")).await.rows().len(), 1);
    let tried = president.post(&format!("{url}/discard"), json!({ "reason": "不需要" })).header("if-match", "*").await;
    tried.refused(403, "forbidden");
    let unknown = json!({ "note": "修改章程。", "based_on_id": draft.id() });
    assert!(office.post(VERSIONS, unknown).await.has_fault("#/based_on_id", "charter_version_not_found"));
}
