//! Where numbers and addresses must not stand, and what happens when keys are replaced.

use gongjian_kernel::clock::{Clock as _, SystemClock};
use gongjian_testkit::{App, Persona};
use reqwest::Method;
use serde_json::{Value, json};

use super::{ADDRESS, DIGITS, NUMBER, corrects, need, own, reachable, reveals, seen};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_number_and_no_address_is_told_where_it_does_not_belong() {
    let app = App::start().await;
    let (unit, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let process = app.talkative_process().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let call = async |who: &Persona, method: Method, path: &str, body: Value| {
        let request = client.request(method, format!("{}{path}", process.url)).json(&body);
        let request = request.header("if-match", "*").header("idempotency-key", path);
        let reply = request.bearer_auth(who.token().await.unwrap()).send().await.unwrap();
        (reply.status().as_u16(), reply.text().await.unwrap())
    };
    app.clock().set(SystemClock.now());
    let shown =
        call(&office, Method::POST, &format!("/v1/persons/{person}/reveal"), need("urgent", "紧急联络本人")).await;
    assert!(shown.0 == 200 && shown.1.contains(NUMBER), "{shown:?}");
    let contact = json!({ "name": "王芳", "post": "党办主任", "phone": DIGITS, "email": ADDRESS });
    let filed = call(&office, Method::POST, &format!("/v1/units/{}/liaison", unit.id), contact).await;
    assert_eq!(filed.0, 200, "{}", filed.1);
    let correction = json!({ "phone": DIGITS, "email": ADDRESS });
    assert_eq!(call(&representative, Method::POST, "/v1/me/corrections", correction).await.0, 200);
    let bad = json!({ "phone": format!("{DIGITS}00"), "email": format!("{ADDRESS}@") });
    assert_eq!(call(&representative, Method::POST, "/v1/me/corrections", bad).await.0, 422);
    assert!(call(&representative, Method::GET, "/v1/me/personal-data", json!({})).await.1.contains(ADDRESS));
    let log = process.logged();
    assert!(log.contains("request"), "it logs at all: {log}");
    for secret in [DIGITS, ADDRESS] {
        assert!(!log.contains(secret), "{log}");
        for (table, column) in [
            ("audit_event", "data"),
            ("audit_event", "actor_name"),
            ("idempotency_key", "answer"),
            ("idempotency_key", "fingerprint"),
            ("person", "phone"),
            ("person", "phone_sealed"),
            ("person", "phone_masked"),
            ("personal_reveal", "reason"),
            ("policy", "value"),
        ] {
            let kept = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
            assert_eq!(app.count(&kept).await, 0, "{table}.{column}");
        }
    }
    assert!(app.count("SELECT count(*) FROM idempotency_key").await >= 2);
}

const K1: &str = "k1=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const K2: &str = "k2=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

fn with_keys(app: &App, list: String) -> App {
    app.another_instance_with(move |config| config.secret.data_keys = Some(gongjian::config::Hidden::new(list)))
}

async fn sealed_with(app: &App, key: &str) -> i64 {
    app.count(&format!("SELECT count(*) FROM person WHERE phone_key = '{key}' AND phone_sealed LIKE 'a256gcm:{key}:%'"))
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn keys_are_replaced_beside_a_server_that_writes() {
    let app = App::start().await;
    let (_, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    // What an older version left in the column of old is sealed by the next server that starts.
    app.sql("UPDATE person SET phone = '+8613700000001' WHERE name = '联络员'").await.unwrap();
    let next = with_keys(&app, format!("{K2}\n{K1}"));
    assert_eq!(app.count("SELECT count(*) FROM person WHERE phone IS NOT NULL").await, 0);
    assert_eq!((sealed_with(&app, "secret").await, sealed_with(&app, "k2").await), (1, 1));
    assert_eq!(app.count("SELECT count(*) FROM person WHERE phone_masked = '137****0001'").await, 1);

    let there = representative.on(&next);
    let office = app.secretariat().await.on(&next);
    let (resealed, written) = tokio::join!(gongjian_identity::person::reseal(next.store()), async {
        let version = seen(&own(&there).await);
        corrects(&there, &version, json!({ "phone": "13900000001" })).await
    });
    written.is(200);
    assert!(resealed.unwrap().is_some());
    assert_eq!((sealed_with(&app, "secret").await, sealed_with(&app, "k2").await), (0, 2));
    assert_eq!(reveals(&office, &person).await.ok()["phone"], "+8613900000001", "what was written meanwhile stands");
    assert_eq!(gongjian_identity::person::reseal(next.store()).await.unwrap(), Some(0), "there is nothing left to do");
    // The server that does not know the key says so and shows nothing else.
    reveals(&app.secretariat().await, &person).await.refused(500, "internal_error");
}
