//! What is sent, and sent again.

use actix_web::test as at;
use gongjian_api::ApiSettings;

use crate::ground::{get, ground, pair, post, send};

#[actix_web::test]
async fn bodies_that_are_not_ours_to_read() {
    let ground = ground(ApiSettings { body_limit_bytes: 1024, ..ApiSettings::default() }).await;
    let note: &[u8] = b"{\"title\":\"a\"}";
    send(&ground, post(note).insert_header(("content-encoding", "gzip"))).await.problem(415, "unsupported_media_type");
    for media in ["text/plain", "application/json; charset=utf-16", "application/merge-patch+json", "junk"] {
        let request = at::TestRequest::post().uri("/v1/notes").insert_header(("content-type", media)).set_payload(note);
        send(&ground, request).await.problem(415, "unsupported_media_type");
    }
    let patch = at::TestRequest::patch().uri("/v1/notes").set_payload(note);
    let patch = patch.insert_header(("content-type", "application/merge-patch+json"));
    assert_eq!(send(&ground, patch).await.status, 201);
    send(&ground, post(&[b' '; 2000])).await.problem(413, "content_too_large");
    let huge = post(note).insert_header(("content-length", "1000000000000"));
    send(&ground, huge).await.problem(413, "content_too_large");
    let long = get("/v1/notes").insert_header(("x-long", "x".repeat(20_000)));
    send(&ground, long).await.problem(431, "headers_too_large");
}

#[actix_web::test]
async fn texts_that_are_no_json() {
    let ground = ground(ApiSettings::default()).await;
    let deep: &'static [u8] = Box::leak([b"{\"title\":".to_vec(), b"[".repeat(200)].concat().into_boxed_slice());
    let forms: [&'static [u8]; 12] = [
        b"{",
        b"nope",
        b"{\"title\":\"a\"} x",
        b"{\"title\":\"\\ud800\"}",
        b"{\"title\":\"\xff\"}",
        b"{\"stars\":1e400,\"title\":\"a\"}",
        b"{\"stars\":NaN}",
        b"{\"title\":\"a\",\"title\":\"b\"}",
        b"{'title':1}",
        b"\xef\xbb\xbf{}",
        b"{\"title\":\"a\",}",
        deep,
    ];
    for form in forms {
        send(&ground, post(form)).await.problem(400, "malformed_request");
    }
    for form in [&b"[]"[..], b"null", b"1", b"\"x\""] {
        send(&ground, post(form)).await.problem(422, "validation_failed");
    }
}

#[actix_web::test]
async fn all_faults_of_a_body_at_once() {
    let ground = ground(ApiSettings::default()).await;
    let answer = send(&ground, post("{\"title\":\"一二三四五六七八九十一\",\"stars\":\"x\",\"kind\":\"planet\",\"unit_id\":\"0\",\"version\":1}".as_bytes())).await;
    let expected = [
        pair("#/kind", "invalid_value"),
        pair("#/stars", "invalid_type"),
        pair("#/title", "too_long"),
        pair("#/unit_id", "invalid_value"),
        pair("#/version", "unknown_field"),
    ];
    assert_eq!(answer.problem(422, "validation_failed").faults(), expected);
    assert_eq!(
        send(&ground, post(b"")).await.problem(422, "validation_failed").faults(),
        [pair("#/title", "required")]
    );
    let nul = send(&ground, post(b"{\"title\":\"a\\u0000b\"}")).await;
    assert_eq!(nul.problem(422, "validation_failed").faults(), [pair("#/title", "forbidden_character")]);
    let big = send(&ground, post(b"{\"title\":\"a\",\"stars\":99999999999999999999}")).await;
    assert_eq!(big.problem(422, "validation_failed").faults()[0].0, "#/stars");
    let rule = send(&ground, post(b"{\"title\":\"a\",\"stars\":9}").insert_header(("accept-language", "en"))).await;
    assert_eq!(rule.problem(422, "validation_failed").faults(), [pair("#/stars", "out_of_range")]);
    assert_eq!(rule.body["errors"][0]["detail"], "It is from 1 to 5");
    assert_eq!(rule.header("content-language"), "en");
    let word = send(&ground, post(b"{\"title\":\"a\",\"kind\":\"planet\"}")).await;
    assert_eq!(word.body["errors"][0]["detail"], "应为 association、branch、unit、body 之一。");
}

#[actix_web::test]
async fn days_of_no_time_of_ours_are_refused() {
    let ground = ground(ApiSettings::default()).await;
    for day in ["-9999-01-01", "+12026-01-01", "1899-12-31", "2026-1-1"] {
        let body = format!("{{\"title\":\"a\",\"seen_on\":\"{day}\"}}");
        let answer = send(&ground, post(Box::leak(body.into_boxed_str()).as_bytes())).await;
        assert_eq!(answer.problem(422, "validation_failed").faults(), [pair("#/seen_on", "invalid_value")], "{day}");
        assert!(answer.body["errors"][0]["detail"].as_str().unwrap().contains("YYYY-MM-DD"));
    }
    assert_eq!(send(&ground, post(b"{\"title\":\"a\",\"seen_on\":\"2026-01-01\"}")).await.status, 201);
}

#[actix_web::test]
async fn a_classification_marking_is_refused_and_put_on_record() {
    let ground = ground(ApiSettings::default()).await;
    let answer = send(&ground, post("{\"title\":\"机密★1年\"}".as_bytes())).await;
    assert_eq!(answer.problem(422, "validation_failed").faults(), [pair("#/title", "classified_marking")]);
    let rows = gongjian_kernel::audit::checkpoint(ground.state.store.db.reader()).await.unwrap();
    assert_eq!(rows.seq, 1);
}

#[actix_web::test]
async fn a_repeated_key_gets_the_same_answer() {
    let ground = ground(ApiSettings::default()).await;
    let keyed = |body| post(body).insert_header(("idempotency-key", "\"k-1\""));
    let first = send(&ground, keyed(b"{\"title\":\"a\"}")).await;
    assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (201, ""));
    let again = send(&ground, keyed(b"{\"title\":\"a\"}")).await;
    assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (201, "true"));
    assert_eq!((again.header("etag"), again.header("location"), &again.body), ("\"1\"", "/v1/notes/1", &first.body));
    send(&ground, keyed(b"{\"title\":\"b\"}")).await.problem(422, "idempotency_key_reused");
    let bad = send(&ground, post(b"{\"title\":\"a\"}").insert_header(("idempotency-key", "k 1"))).await;
    assert_eq!(bad.problem(400, "invalid_parameter").faults(), [pair("Idempotency-Key", "invalid_value")]);
}
