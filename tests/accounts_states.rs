//! Whether an account can be used is asked on every path, also when it changes between two steps.

use gongjian_testkit::{App, PASSWORD, Persona, Reply};
use serde_json::{Value, json};

async fn login(app: &App, username: &str) -> Reply {
    app.anonymous().post("/v1/auth/login", json!({ "username": username, "password": PASSWORD })).await
}

fn told(reply: &Reply) -> (u16, Value, Value, Value) {
    (reply.status, reply.body["code"].clone(), reply.body["title"].clone(), reply.body["detail"].clone())
}

async fn acts(who: &Persona, account: &str, action: &str) -> Reply {
    who.post(&format!("/v1/accounts/{account}/{action}"), json!({})).header("if-match", "*").await
}

async fn refresh(app: &App, signed_in: &Reply) -> Reply {
    let token = signed_in.is(200).body["refresh_token"].clone();
    app.anonymous().post("/v1/auth/refresh", json!({ "refresh_token": token })).await
}

async fn asks_for_reset(app: &App, username: &str) -> Reply {
    app.anonymous().post("/v1/auth/password-resets", json!({ "username": username })).await
}

async fn reset_code(app: &App, username: &str) -> String {
    asks_for_reset(app, username).await.no_content();
    let security = app.security().await;
    let open = security.get("/v1/password-resets?state=requested").await.rows();
    let request = open.iter().find(|request| request["username"] == username).unwrap();
    let issue = format!("/v1/password-resets/{}/issue", request["id"].as_str().unwrap());
    security.post(&issue, json!({})).await.is(200).body["code"].as_str().unwrap().to_owned()
}

async fn redeems_reset(app: &App, code: &str) -> Reply {
    let body = json!({ "code": code, "new_password": "seven herons under the bridge" });
    app.anonymous().post("/v1/auth/password-resets/redeem", body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_locked_or_disabled_account_is_refused_on_every_path_until_it_is_given_back() {
    let app = App::start().await;
    let twin = app.another_instance();
    let (administrator, security) = (app.administrator().await, app.security().await);
    let unit = app.member_unit("云栖材料科学研究院").await;
    let liaison = app.liaison_of(&unit).await;
    let (name, id) = (liaison.username().to_owned(), liaison.account().to_string());
    let unknown = login(&app, "nobody").await;
    for (who, shut, open, state) in
        [(&security, "lock", "unlock", "locked"), (&administrator, "disable", "enable", "disabled")]
    {
        let signed_in = login(&app, &name).await;
        let bearer = Persona::with_token(&app, signed_in.is(200).body["access_token"].as_str().unwrap());
        let code = reset_code(&app, &name).await;
        bearer.get("/v1/me").await.is(200);
        assert_eq!(acts(who, &id, shut).await.ok()["state"], state);
        for at in [&app, &twin] {
            assert_eq!(told(&login(at, &name).await), told(&unknown), "{state}: sign-in");
            refresh(at, &signed_in).await.refused(401, "invalid_refresh_token");
            // The code was issued before, the state changed in between.
            redeems_reset(at, &code).await.refused(401, "invalid_code");
        }
        bearer.get("/v1/me").await.refused(401, "invalid_token");
        let change = json!({ "current_password": PASSWORD, "new_password": "seven herons under the bridge" });
        bearer.post("/v1/auth/password", change).await.refused(401, "invalid_token");
        bearer.post("/v1/me/second-factor/enrol", json!({ "password": PASSWORD })).await.refused(401, "invalid_token");
        // Asking again is answered as ever and comes to nothing.
        let before = app.count("SELECT count(*) FROM password_reset").await;
        asks_for_reset(&app, &name).await.no_content();
        assert_eq!(app.count("SELECT count(*) FROM password_reset").await, before);
        assert_eq!(acts(who, &id, shut).await.refused(409, "account_state_conflict").allowed_actions().len(), 2);
        assert_eq!(acts(who, &id, open).await.ok()["state"], "active");
        bearer.get("/v1/me").await.refused(401, "invalid_token");
        refresh(&app, &signed_in).await.refused(401, "invalid_refresh_token");
        login(&app, &name).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_invited_account_is_no_way_in_and_ends_with_its_invitation() {
    let app = App::start().await;
    let (office, administrator) = (app.secretariat().await, app.administrator().await);
    let unit = app.member_unit("云栖材料科学研究院").await;
    let seen = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let person = &seen["liaison"]["person_id"];
    let invited = office.post("/v1/invitations", json!({ "person_id": person })).await;
    let id = invited.is(201).body["invitation"]["account_id"].as_str().unwrap().to_owned();
    let account = administrator.get(&format!("/v1/accounts/{id}")).await.ok();
    let name = account.text("username");
    let unknown = login(&app, "nobody").await;
    assert_eq!(told(&login(&app, name).await), told(&unknown));
    asks_for_reset(&app, name).await.no_content();
    assert_eq!(app.count("SELECT count(*) FROM password_reset").await, 0);
    let refused = acts(&app.security().await, &id, "lock").await;
    assert_eq!(refused.refused(409, "account_state_conflict").allowed_actions(), ["disable", "redeem"]);
    assert_eq!(acts(&administrator, &id, "disable").await.ok()["state"], "disabled");
    let chosen = json!({ "code": invited.body["code"], "username": "yunqi.lianluo", "password": PASSWORD });
    let redeemed = app.anonymous().post("/v1/auth/invitations/redeem", chosen).await;
    redeemed.refused(401, "invalid_code");
    // What the system administrator shut, no invitation opens again.
    let again = office.post("/v1/invitations", json!({ "person_id": person })).await;
    again.refused(409, "person_has_account");
    // Given back, it is what it was: nobody has taken it into use.
    assert_eq!(acts(&administrator, &id, "enable").await.ok()["state"], "invited");
    asks_for_reset(&app, name).await.no_content();
    assert_eq!(app.count("SELECT count(*) FROM password_reset").await, 0);
    office.post("/v1/invitations", json!({ "person_id": person })).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn locking_is_for_the_security_administrator_and_not_for_the_last_administrator() {
    let app = App::start().await;
    let (administrator, security) = (app.administrator().await, app.security().await);
    let office = app.secretariat().await;
    let id = office.account().to_string();
    acts(&administrator, &id, "lock").await.refused(403, "forbidden");
    acts(&office, &id, "lock").await.refused(404, "account_not_found");
    acts(&security, &security.account().to_string(), "lock").await.refused(409, "own_account");
    let administers = |account: &&Value| account["grants"][0]["role"] == "system_administrator";
    let accounts = administrator.get("/v1/accounts?limit=200").await.rows();
    let last = administrator.account().to_string();
    for other in accounts.iter().filter(administers).filter(|account| account["id"] != last) {
        acts(&security, other["id"].as_str().unwrap(), "lock").await.is(200);
    }
    acts(&security, &last, "lock").await.refused(409, "last_administrator");
    administrator.get("/v1/accounts").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_security_administrator_sees_and_ends_the_sessions_of_others() {
    let app = App::start().await;
    let security = app.security().await;
    let office = app.secretariat().await;
    let signed_in = login(&app, office.username()).await;
    let bearer = Persona::with_token(&app, signed_in.is(200).body["access_token"].as_str().unwrap());
    let path = format!("/v1/accounts/{}/sessions", office.account());
    let newest = security.get(&path).await.rows()[0]["id"].as_str().unwrap().to_owned();
    app.administrator().await.get(&path).await.refused(403, "forbidden");
    bearer.get(&path).await.refused(404, "account_not_found");
    let elsewhere = format!("/v1/accounts/{}/sessions/{newest}/revoke", security.account());
    security.post(&elsewhere, json!({})).await.refused(404, "session_not_found");
    let revoke = format!("{path}/{newest}/revoke");
    app.administrator().await.post(&revoke, json!({})).await.refused(403, "forbidden");
    security.post(&revoke, json!({})).await.no_content();
    security.post(&revoke, json!({})).await.refused(404, "session_not_found");
    bearer.get("/v1/me").await.refused(401, "invalid_token");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn somebody_ends_all_his_other_sessions_at_once() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let (own, other) = (login(&app, office.username()).await, login(&app, office.username()).await);
    let bearer = |reply: &Reply| Persona::with_token(&app, reply.is(200).body["access_token"].as_str().unwrap());
    let ended = bearer(&own).post("/v1/sessions/revoke-others", json!({})).await.ok();
    assert!(ended["ended"].as_u64().unwrap() >= 1);
    bearer(&other).get("/v1/me").await.refused(401, "invalid_token");
    refresh(&app, &other).await.refused(401, "invalid_refresh_token");
    assert_eq!(bearer(&own).get("/v1/sessions").await.rows().len(), 1);
    assert_eq!(bearer(&own).post("/v1/sessions/revoke-others", json!({})).await.ok()["ended"], 0);
}
