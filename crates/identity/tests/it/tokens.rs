use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use gongjian_identity::IdentitySettings;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::fixture::{Fixture, PASSWORD, code};

/// Signs whatever header and claims with the server's own key.
fn sign(at: &Fixture, header: &Value, claims: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    seal(at, &format!("{}.{}", part(header), part(claims)))
}

fn seal(at: &Fixture, message: &str) -> String {
    let pair = Ed25519KeyPair::from_seed_unchecked(&at.store.keys.token_seed).unwrap();
    format!("{message}.{}", BASE64URL_NOPAD.encode(pair.sign(message.as_bytes()).as_ref()))
}

fn parts(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| BASE64URL_NOPAD.decode(part.as_bytes()).unwrap());
    let mut next = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
    (next(), next())
}

fn with(value: &Value, name: &str, changed: Value) -> Value {
    let mut value = value.clone();
    value[name] = changed;
    value
}

fn without(value: &Value, name: &str) -> Value {
    let mut value = value.clone();
    value.as_object_mut().unwrap().remove(name);
    value
}

#[tokio::test]
async fn the_token_says_who_and_nothing_more() {
    let at = Fixture::new().await;
    let zhang = at.open("zhang").await;
    let tokens = at.login("zhang", PASSWORD).await.unwrap();
    let (header, claims) = parts(&tokens.access_token);
    assert_eq!((&header["typ"], &header["alg"]), (&json!("at+jwt"), &json!("EdDSA")));
    assert_eq!(claims["sub"], json!(zhang.id));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
    let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert_eq!(names, ["aud", "client_id", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"]);
    assert!(at.is_live(&tokens).await);
    at.clock.advance(Duration::seconds(599));
    assert!(at.is_live(&tokens).await);
    at.clock.advance(Duration::seconds(1));
    assert!(!at.is_live(&tokens).await, "a cached caller ends with the token");
    let long = IdentitySettings { access_token_seconds: 86_400, ..crate::fixture::settings() };
    let long = gongjian_identity::Identity::new(&at.store.keys, long, &[]).unwrap();
    let renewed = long.refresh(&at.store, &at.anonymous("192.0.2.1"), &tokens.refresh_token).await.unwrap();
    assert_eq!(renewed.expires_in_seconds, 600);
}

#[tokio::test]
async fn forged_tokens_are_refused() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let tokens = at.login("zhang", PASSWORD).await.unwrap();
    let good = &tokens.access_token;
    let (header, claims) = parts(good);
    let now = at.store.now().timestamp();
    let check = async |token: String| code(at.identity.authenticate(&at.store, &token).await);
    assert_eq!(check(sign(&at, &header, &claims)).await, "done", "the control");

    let mut forged = vec![String::new(), "..".to_owned(), format!("{good}A"), good[..good.len() - 2].to_owned()];
    forged.push(tokens.refresh_token.clone());
    forged.push(format!("{}.", good.rsplit_once('.').unwrap().0));
    for typ in [json!("JWT"), json!("at+JWT2"), json!(null)] {
        forged.push(sign(&at, &with(&header, "typ", typ), &claims));
    }
    forged.push(sign(&at, &without(&header, "typ"), &claims));
    forged.push(sign(&at, &without(&header, "kid"), &claims));
    forged.push(sign(&at, &with(&header, "kid", json!("another")), &claims));
    for alg in ["none", "None", "HS256", "ES256", "RS256"] {
        forged.push(sign(&at, &with(&header, "alg", json!(alg)), &claims));
    }
    for member in ["crit", "jku", "jwk", "x5c", "x5u", "b64"] {
        forged.push(sign(&at, &with(&header, member, json!(["exp"])), &claims));
    }
    let twice = header.to_string().replacen('{', r#"{"alg":"none","#, 1);
    let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
    forged.push(seal(&at, &format!("{}.{}", part(&twice), part(&claims.to_string()))));
    let pair = Ed25519KeyPair::from_seed_unchecked(&at.store.keys.token_seed).unwrap();
    let mut hmac = Header::new(Algorithm::HS256);
    (hmac.typ, hmac.kid) = (Some("at+jwt".to_owned()), header["kid"].as_str().map(str::to_owned));
    let with_public_key = EncodingKey::from_secret(pair.public_key().as_ref());
    forged.push(jsonwebtoken::encode(&hmac, &claims, &with_public_key).unwrap());

    for name in ["iss", "sub", "aud", "client_id", "sid", "jti", "iat", "nbf", "exp"] {
        forged.push(sign(&at, &header, &without(&claims, name)));
        for wrong in [json!(null), json!(1), json!("1"), json!([claims[name]]), json!({})] {
            forged.push(sign(&at, &header, &with(&claims, name, wrong)));
        }
    }
    for name in ["exp", "nbf", "iat"] {
        forged.push(sign(&at, &header, &with(&claims, name, json!(claims[name].to_string()))));
    }
    forged.push(sign(&at, &header, &with(&claims, "exp", json!(now))));
    forged.push(sign(&at, &header, &with(&claims, "exp", json!(now + 86_400))));
    forged.push(sign(&at, &header, &with(&claims, "iat", json!(i64::MIN))));
    forged.push(sign(&at, &header, &with(&claims, "nbf", json!(now + 31))));
    forged.push(sign(&at, &header, &with(&claims, "iat", json!(now + 31))));
    forged.push(sign(&at, &header, &with(&claims, "iss", json!("https://elsewhere.example"))));
    forged.push(sign(&at, &header, &with(&claims, "aud", json!("another"))));
    forged.push(sign(&at, &header, &with(&claims, "sid", json!(at.store.ids.next()))));
    forged.push(sign(&at, &header, &with(&claims, "sub", json!(at.store.ids.next()))));
    for token in forged {
        assert_eq!(check(token.clone()).await, "invalid_token", "{token}");
    }
    assert_eq!(code(at.refresh(good).await), "invalid_refresh_token");
}
