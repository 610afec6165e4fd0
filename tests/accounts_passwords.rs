//! Passwords: what is accepted, and when they end.

use chrono::Duration as Span;
use gongjian_testkit::{App, PASSWORD, Persona, Reply};
use serde_json::{Value, json};

const NEW: &str = "seven herons under the bridge";

async fn login(app: &App, username: &str, password: &str) -> Reply {
    app.anonymous().post("/v1/auth/login", json!({ "username": username, "password": password })).await
}

fn bearer(app: &App, reply: &Reply) -> Persona {
    Persona::with_token(app, reply.is(200).body["access_token"].as_str().unwrap())
}

async fn changes(who: &Persona, current: &str, new: &str) -> Reply {
    who.post("/v1/auth/password", json!({ "current_password": current, "new_password": new })).await
}

/// Puts the profile of 等保 into force.
async fn mlps(app: &App, change: Value) {
    let security = app.security().await;
    let policy = security.get("/v1/policies/accounts").await.ok();
    let mut patch = json!({ "profile": "mlps" });
    patch.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    security.patch("/v1/policies/accounts", patch).seen(&policy).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn everybody_may_read_the_rules_before_choosing_a_password() {
    let app = App::start().await;
    let others = [app.secretariat().await, app.administrator().await];
    let rules = app.anonymous().get("/v1/auth/password-policy").await.ok();
    assert_eq!((rules["profile"].clone(), rules["min_length"].clone()), (json!("nist"), json!(15)));
    assert_eq!((rules["min_character_classes"].clone(), rules["max_age_days"].clone()), (json!(1), Value::Null));
    mlps(&app, json!({ "mlps_min_length": 12 })).await;
    let rules = app.anonymous().get("/v1/auth/password-policy").await.ok();
    assert_eq!((rules["profile"].clone(), rules["min_length"].clone()), (json!("mlps"), json!(12)));
    assert_eq!((rules["min_character_classes"].clone(), rules["max_age_days"].clone()), (json!(3), json!(90)));
    let security = app.security().await;
    let policy = security.get("/v1/policies/accounts").await.ok();
    let bad = json!({ "mlps_min_length": 4, "mlps_sessions": 0, "invitation_days": 400 });
    let refused = security.patch("/v1/policies/accounts", bad).seen(&policy).await;
    assert_eq!(refused.is(422).faults().len(), 3);
    for other in others {
        other.patch("/v1/policies/accounts", json!({})).header("if-match", "*").await.refused(403, "forbidden");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_password_is_long_and_is_not_guessed_from_its_owner() {
    let app = App::start().await;
    let name = "云栖材料科学研究院";
    let unit = app.member_unit(name).await;
    let liaison = app.liaison_of(&unit).await;
    for (weak, fault) in [
        ("seven77", "too_short"),
        ("12345678", "too_short"),
        ("Password1!", "too_short"),
        ("Password1!Password1!", "weak_password"),
        (&format!("{name}{name}"), "weak_password"),
        (&liaison.username().repeat(3), "weak_password"),
        ("党建促进会党建促进会党建促进会", "weak_password"),
    ] {
        let refused = changes(&liaison, PASSWORD, weak).await;
        assert!(refused.is(422).faults()[0].0 == "#/new_password", "{weak}");
        assert!(["too_short", "weak_password"].contains(&refused.faults()[0].1.as_str()), "{weak}: {fault}");
    }
    assert!(changes(&liaison, PASSWORD, PASSWORD).await.is(422).has_fault("#/new_password", "same_password"));
    let poem = "春眠不觉晓 处处闻啼鸟 夜来风雨声 🌾";
    changes(&liaison, PASSWORD, poem).await.no_content();
    login(&app, liaison.username(), poem).await.is(200);
    let shorter: String = poem.chars().take(poem.chars().count() - 1).collect();
    login(&app, liaison.username(), &shorter).await.refused(401, "invalid_credentials");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_profile_of_mlps_asks_for_three_kinds_of_characters_and_remembers_the_last_five() {
    let app = App::start().await;
    let office = app.secretariat().await;
    mlps(&app, json!({})).await;
    let office = bearer(&app, &login(&app, office.username(), PASSWORD).await);
    let refused = changes(&office, PASSWORD, NEW).await;
    assert!(refused.is(422).has_fault("#/new_password", "too_few_classes"), "{:?}", refused.faults());
    let short = changes(&office, PASSWORD, "tQ7-wz2_K").await;
    assert!(short.is(422).has_fault("#/new_password", "too_short"));
    let used: Vec<String> = (1..=6).map(|n| format!("Heron-{n}{n}-Bridge-{}", "qzvjx".repeat(n))).collect();
    let mut current = PASSWORD.to_owned();
    for (at, next) in used.iter().enumerate() {
        changes(&office, &current, next).await.no_content();
        current.clone_from(next);
        for earlier in used.iter().take(at) {
            let wanted = at - used.iter().position(|other| other == earlier).unwrap();
            if wanted < 5 {
                let refused = changes(&office, &current, earlier).await;
                assert!(refused.is(422).has_fault("#/new_password", "earlier_password"), "{wanted} before");
            }
        }
        app.passes(Span::minutes(1));
    }
    // The sixth before is forgotten, and its hash with it.
    changes(&office, &current, &used[0]).await.no_content();
    assert!(app.count("SELECT count(*) FROM earlier_password").await <= 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn under_mlps_a_password_ends_after_ninety_days() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let name = office.username().to_owned();
    app.passes(Span::days(90));
    assert_eq!(
        login(&app, &name, PASSWORD).await.is(200).body["must_change_password"],
        false,
        "NIST knows no such end"
    );
    mlps(&app, json!({ "mlps_unused_days": 366 })).await;
    let signed_in = login(&app, &name, PASSWORD).await;
    assert_eq!(signed_in.is(200).body["must_change_password"], true);
    let caller = bearer(&app, &signed_in);
    caller.get("/v1/issues").await.refused(403, "password_change_required");
    changes(&caller, PASSWORD, "Heron-11-Bridge-qzvjx").await.no_content();
    caller.get("/v1/issues").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn under_mlps_sessions_are_few_and_end_when_idle() {
    let app = App::start().await;
    let office = app.secretariat().await;
    mlps(&app, json!({})).await;
    let name = office.username().to_owned();
    let refresh = async |reply: &Reply| {
        let token = reply.is(200).body["refresh_token"].clone();
        app.anonymous().post("/v1/auth/refresh", json!({ "refresh_token": token })).await
    };
    let mut signed_in = Vec::new();
    for _ in 0..4 {
        signed_in.push(login(&app, &name, PASSWORD).await);
        app.passes(Span::seconds(1));
    }
    bearer(&app, &signed_in[0]).get("/v1/me").await.refused(401, "invalid_token");
    refresh(&signed_in[0]).await.refused(401, "invalid_refresh_token");
    let sessions = bearer(&app, &signed_in[3]).get("/v1/sessions").await.rows();
    assert_eq!(sessions.len(), 3);
    app.passes(Span::minutes(29));
    let used = refresh(&signed_in[3]).await;
    app.passes(Span::minutes(2));
    refresh(&signed_in[2]).await.refused(401, "invalid_refresh_token");
    refresh(&used).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn under_mlps_an_account_out_of_use_is_disabled_by_rule_but_never_the_last_administrator() {
    let app = App::start().await;
    let (administrator, office, general) =
        (app.administrator().await, app.secretariat().await, app.secretary_general().await);
    let state = async |who: &Persona| {
        administrator.get(&format!("/v1/accounts/{}", who.account())).await.ok().text("state").to_owned()
    };
    for who in [&office, &general] {
        who.get("/v1/me").await.is(200);
    }
    app.passes(Span::days(60));
    general.get("/v1/me").await.is(200);
    app.passes(Span::days(31));
    gongjian_identity::sweep(app.store()).await.unwrap();
    assert_eq!(state(&office).await, "active", "NIST knows no such rule");
    mlps(&app, json!({ "mlps_max_age_days": 366 })).await;
    gongjian_identity::sweep(app.store()).await.unwrap();
    assert_eq!((state(&office).await, state(&general).await), ("disabled".to_owned(), "active".to_owned()));
    login(&app, office.username(), PASSWORD).await.refused(401, "invalid_credentials");
    app.passes(Span::days(91));
    gongjian_identity::sweep(app.store()).await.unwrap();
    assert_eq!((state(&general).await, state(&administrator).await), ("disabled".to_owned(), "active".to_owned()));
}
