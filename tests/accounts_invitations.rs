//! How the people whom a unit has on file (Article 25) come to their accounts.

use chrono::Duration;
use futures_util::future::join_all;
use gongjian_testkit::{App, PASSWORD, Persona, Reply, TestUnit};
use serde_json::{Value, json};

const NAME: &str = "云栖材料科学研究院";

/// Who speaks for the unit now.
async fn contact(app: &App, unit: &TestUnit, kind: &str) -> Value {
    let unit = app.secretariat().await.get(&format!("/v1/units/{}", unit.id)).await.ok();
    unit[kind]["person_id"].clone()
}

async fn invites(who: &Persona, person: &Value) -> Reply {
    who.post("/v1/invitations", json!({ "person_id": person })).await
}

async fn redeems(app: &App, code: &str, username: &str, password: &str) -> Reply {
    let chosen = json!({ "code": code, "username": username, "password": password, "device_name": "办公室电脑" });
    app.anonymous().post("/v1/auth/invitations/redeem", chosen).await
}

fn code(reply: &Reply) -> String {
    reply.is(201).body["code"].as_str().unwrap().to_owned()
}

async fn succeeds(app: &App, unit: &TestUnit, kind: &str) {
    let office = app.secretariat().await;
    let seen = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let filing = json!({ "name": "周继任", "post": "党建专员" });
    office.post(&format!("/v1/units/{}/{kind}", unit.id), filing).seen(&seen).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_is_on_file_opens_his_account_with_a_code_and_acts_for_the_unit() {
    let app = App::start().await;
    let unit = app.member_unit(NAME).await;
    let person = contact(&app, &unit, "representative").await;
    let invited = invites(&app.secretariat().await, &person).await;
    let code = code(&invited);
    assert_eq!(invited.header("cache-control"), "no-store");
    assert!(code.replace('-', "").len() * 5 >= 128);
    let account = invited.body["invitation"]["account_id"].as_str().unwrap().to_owned();
    let administrator = app.administrator().await;
    assert_eq!(administrator.get(&format!("/v1/accounts/{account}")).await.ok()["state"], "invited");
    let typed = code.to_lowercase().replace('-', " ");
    let signed_in = redeems(&app, &typed, "yunqi.daibiao", PASSWORD).await;
    let token = signed_in.is(200).body["access_token"].as_str().unwrap().to_owned();
    let representative = Persona::with_token(&app, token);
    let me = representative.get("/v1/me").await.ok();
    assert_eq!((me["username"].clone(), me["must_change_password"].clone()), (json!("yunqi.daibiao"), json!(false)));
    assert_eq!(me["units"][0]["name"], NAME);
    representative.submits(gongjian_testkit::difficulty()).await.is(201);
    assert_eq!(administrator.get(&format!("/v1/accounts/{account}")).await.ok()["state"], "active");
    let listed = app.secretariat().await.get("/v1/invitations?state=redeemed").await.rows();
    assert_eq!(listed.len(), 1);
    assert!(!listed[0].to_string().contains("code"));
    invites(&app.secretariat().await, &person).await.refused(409, "person_has_account");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_representative_invites_the_people_of_his_own_unit_and_nobody_else() {
    let app = App::start().await;
    let (unit, other) = (app.member_unit(NAME).await, app.member_unit("青禾区第一小学").await);
    let representative = app.representative_of(&unit).await;
    let liaison = contact(&app, &unit, "liaison").await;
    let invited = invites(&representative, &liaison).await;
    code(&invited);
    let foreign = invites(&representative, &contact(&app, &other, "liaison").await).await;
    let nobody = invites(&representative, &json!("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff")).await;
    let told = |reply: &Reply| (reply.status, reply.body["code"].clone(), reply.body["detail"].clone());
    assert_eq!(told(&foreign), told(&nobody), "who is on file elsewhere is not told");
    foreign.refused(422, "invitee_not_found");
    // The other representative stands beside nobody; a liaison invites nobody at all.
    invites(&representative, &contact(&app, &other, "representative").await).await.refused(422, "invitee_not_found");
    let path = format!("/v1/invitations/{}", invited.body["invitation"]["id"].as_str().unwrap());
    let stranger = app.representative_of(&other).await;
    stranger.get(&path).await.refused(404, "invitation_not_found");
    stranger.post(&format!("{path}/revoke"), json!({})).await.refused(404, "invitation_not_found");
    assert!(stranger.get("/v1/invitations").await.rows().is_empty());
    assert_eq!(representative.get("/v1/invitations").await.rows().len(), 1);
    let liaison_of_other = app.liaison_of(&other).await;
    invites(&liaison_of_other, &liaison).await.refused(403, "forbidden");
    liaison_of_other.get("/v1/invitations").await.refused(403, "forbidden");
    invites(&app.security().await, &liaison).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_bad_code_is_answered_alike() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut units = Vec::new();
    for name in [NAME, "青禾区第一小学", "青禾区中心医院", "青禾区图书馆"] {
        units.push(app.member_unit(name).await);
    }
    let mut codes = Vec::new();
    for unit in &units {
        let invited = invites(&office, &contact(&app, unit, "liaison").await).await;
        codes.push((code(&invited), invited.body["invitation"]["id"].as_str().unwrap().to_owned()));
    }
    let revoke = format!("/v1/invitations/{}/revoke", codes[0].1);
    office.post(&revoke, json!({})).await.is(200);
    office.post(&revoke, json!({})).await.refused(409, "invitation_ended");
    redeems(&app, &codes[1].0, "yixiao.lianluo", PASSWORD).await.is(200);
    succeeds(&app, &units[2], "liaison").await;
    let replaced = codes[3].0.clone();
    let again = invites(&office, &contact(&app, &units[3], "liaison").await).await;
    let latest = code(&again);
    let unknown = "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA";
    let mut answers = Vec::new();
    for bad in [unknown, "x", &codes[0].0, &codes[1].0, &codes[2].0, &replaced] {
        let answer = redeems(&app, bad, "xin.yonghu", PASSWORD).await;
        answer.refused(401, "invalid_code");
        answers.push((answer.body["title"].clone(), answer.body["detail"].clone()));
        // No word about the rest of the body either, before the code is good.
        redeems(&app, bad, "secretariat", "password").await.refused(401, "invalid_code");
    }
    app.passes(Duration::days(7));
    let late = redeems(&app, &latest, "xin.yonghu", PASSWORD).await;
    answers.push((late.refused(401, "invalid_code").body["title"].clone(), late.body["detail"].clone()));
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_fifty_who_redeem_one_code_at_once_one_succeeds() {
    let app = App::start().await;
    let twin = app.another_instance();
    let unit = app.member_unit(NAME).await;
    let code = code(&invites(&app.secretariat().await, &contact(&app, &unit, "liaison").await).await);
    let at = |n: usize| if n.is_multiple_of(2) { &app } else { &twin };
    let names: Vec<String> = (0..50).map(|n| format!("lianluo{n}")).collect();
    let answers = join_all(names.iter().enumerate().map(|(n, name)| redeems(at(n), &code, name, PASSWORD))).await;
    let with = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((with(200), with(401)), (1, 49));
    assert_eq!(app.count("SELECT count(*) FROM account WHERE username LIKE 'lianluo%'").await, 1);
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'account.invitation_redeemed'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_bad_choice_leaves_the_code_good() {
    let app = App::start().await;
    let unit = app.member_unit(NAME).await;
    let code = code(&invites(&app.secretariat().await, &contact(&app, &unit, "liaison").await).await);
    for taken in ["secretariat", "SECRETARIAT", "ｓｅｃｒｅｔａｒｉａｔ"] {
        redeems(&app, &code, taken, PASSWORD).await.refused(409, "username_taken");
    }
    for posing in ["管理员", "系统管理员", "admin2", "ＡＤＭＩＮ"] {
        assert!(redeems(&app, &code, posing, PASSWORD).await.is(422).has_fault("#/username", "reserved_username"));
    }
    // Zero-width joiner, soft hyphen, Cyrillic, right-to-left mark, fullwidth space within.
    for alike in ["管理\u{200D}员", "lian\u{AD}luo2", "liаnluo", "lianluo\u{200F}", "lian\u{3000}luo"] {
        let refused = redeems(&app, &code, alike, PASSWORD).await;
        assert_eq!(refused.is(422).faults()[0].0, "#/username", "{alike:?}");
    }
    for (weak, fault) in [
        ("12345678", "too_short"),
        ("Password1!", "too_short"),
        (&format!("{NAME}{NAME}"), "weak_password"),
        ("yunqi.lianluo.yunqi.lianluo", "weak_password"),
        ("aaaaaaaaaaaaaaaaaaaa", "weak_password"),
    ] {
        let refused = redeems(&app, &code, "yunqi.lianluo", weak).await;
        assert!(refused.is(422).has_fault("#/password", fault), "{weak}: {:?}", refused.faults());
    }
    redeems(&app, &code, "yunqi.lianluo", PASSWORD).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_invitation_that_is_sent_again_shows_no_code_again_and_none_is_kept() {
    let app = App::start().await;
    let unit = app.member_unit(NAME).await;
    let person = contact(&app, &unit, "liaison").await;
    let office = app.secretariat().await;
    let invite = || office.post("/v1/invitations", json!({ "person_id": person })).key("invite-1");
    let first = invite().await;
    let again = invite().await;
    assert_eq!(again.is(201).body["code"], Value::Null);
    assert_eq!(again.body["invitation"]["id"], first.body["invitation"]["id"]);
    let code = code(&first);
    for (table, column) in [("invitation", "code_hash"), ("audit_event", "data"), ("idempotency_key", "answer")] {
        for kept in [code.clone(), code.replace('-', "")] {
            let found = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{kept}%'");
            assert_eq!(app.count(&found).await, 0, "{table}.{column}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_who_invite_the_same_person_at_once_leave_one_good_code() {
    let app = App::start().await;
    let unit = app.member_unit(NAME).await;
    let twin = app.another_instance();
    let person = contact(&app, &unit, "liaison").await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await.on(&twin));
    let answers = join_all((0..10).map(|n| invites(if n % 2 == 0 { &office } else { &general }, &person))).await;
    let codes: Vec<String> = answers.iter().map(code).collect();
    assert_eq!(app.count("SELECT count(*) FROM invitation WHERE state = 'open'").await, 1);
    assert_eq!(app.count("SELECT count(*) FROM account WHERE state = 'invited'").await, 1);
    let mut good = 0;
    for code in &codes {
        good += usize::from(redeems(&app, code, "yunqi.lianluo", PASSWORD).await.status == 200);
    }
    assert_eq!(good, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_office_invites_a_member_of_the_council_but_no_officer() {
    let app = App::start().await;
    let (office, unit) = (app.secretariat().await, app.council_unit(NAME).await);
    let posts = office.get(&format!("/v1/posts?unit_id={}", unit.id)).await.rows();
    let holder = json!({ "person": { "name": "沈院长" }, "basis": "云科院干〔2026〕3号" });
    let path = format!("/v1/posts/{}", posts[0]["id"].as_str().unwrap());
    let post =
        office.post(&format!("{path}/holders"), holder).seen(&office.get(&path).await.ok()).await.ok().body.clone();
    invites(&office, &post["holder"]["person_id"]).await.is(201);
    let president = app.president().await;
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", president.account().0)).await.ok();
    invites(&office, &account["person"]["id"]).await.refused(422, "invitee_not_found");
}
