use chrono::Duration;
use futures_util::future::join_all;
use gongjian_kernel::audit::{Verdict, verify};

use crate::fixture::{Fixture, PASSWORD, code};

const REFUSED: &str = "invalid_refresh_token";

#[tokio::test]
async fn a_token_is_good_once_and_a_lost_answer_can_be_had_again() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let first = at.login("zhang", PASSWORD).await.unwrap();
    at.clock.advance(Duration::seconds(5));
    let second = at.refresh(&first.refresh_token).await.unwrap();
    assert_ne!(second.refresh_token, first.refresh_token);
    at.clock.advance(Duration::seconds(60));
    let again = at.refresh(&first.refresh_token).await.unwrap();
    assert_eq!((&again.refresh_token, &again.access_token), (&second.refresh_token, &second.access_token));
    assert_eq!(again.expires_in_seconds, second.expires_in_seconds - 60);
    let third = at.refresh(&second.refresh_token).await.unwrap();
    assert!(at.is_live(&third).await);
    assert_eq!(code(at.refresh(&first.refresh_token).await), REFUSED, "its successor was used");
    assert!(!at.is_live(&third).await);
    assert_eq!(code(at.refresh(&third.refresh_token).await), REFUSED);
    let trail = verify(at.store.db.reader(), &at.store.keys, &[]).await.unwrap();
    assert!(matches!(trail, Verdict::Whole { .. }));
}

#[tokio::test]
async fn a_spent_token_that_comes_late_ends_the_session_and_no_other() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let (first, other) = (at.login("zhang", PASSWORD).await.unwrap(), at.login("zhang", PASSWORD).await.unwrap());
    let second = at.refresh(&first.refresh_token).await.unwrap();
    at.clock.advance(Duration::seconds(61));
    assert_eq!(code(at.refresh(&first.refresh_token).await), REFUSED);
    assert_eq!(code(at.refresh(&second.refresh_token).await), REFUSED);
    assert!(!at.is_live(&second).await);
    assert!(at.is_live(&other).await);
}

#[tokio::test]
async fn parallel_refreshes_give_one_pair() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let first = at.login("zhang", PASSWORD).await.unwrap();
    let instances = [at.identity.clone(), at.second_instance()];
    let twins = (0..20).map(async |n| {
        instances[n % 2].refresh(&at.store, &at.anonymous("192.0.2.1"), &first.refresh_token).await.unwrap()
    });
    let mut pairs = join_all(twins).await;
    pairs.dedup();
    assert_eq!(pairs.len(), 1);
    assert_eq!(code(at.refresh(&pairs[0].refresh_token).await), "done");
}

#[tokio::test]
async fn a_session_ends_when_idle_and_at_its_absolute_end() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let idle = at.login("zhang", PASSWORD).await.unwrap();
    let mut used = at.login("zhang", PASSWORD).await.unwrap();
    for _ in 0..6 {
        at.clock.advance(Duration::days(14) - Duration::seconds(1));
        used = at.refresh(&used.refresh_token).await.unwrap();
    }
    assert_eq!(code(at.refresh(&idle.refresh_token).await), REFUSED);
    at.clock.advance(Duration::days(7));
    assert_eq!(code(at.refresh(&used.refresh_token).await), REFUSED);
}

#[tokio::test]
async fn logging_out_kills_both_tokens_of_one_session() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    at.open("li").await;
    let (gone, kept) = (at.login("zhang", PASSWORD).await.unwrap(), at.login("zhang", PASSWORD).await.unwrap());
    at.identity.logout(&at.store, &at.act(&gone).await).await.unwrap();
    assert!(!at.is_live(&gone).await && at.is_live(&kept).await);
    assert_eq!(code(at.refresh(&gone.refresh_token).await), REFUSED);
    let act = at.act(&kept).await;
    let sessions = at.identity.list_sessions(&at.store, &act.actor).await.unwrap();
    assert_eq!(sessions.iter().map(|session| session.id).collect::<Vec<_>>(), [kept.session]);
    let stranger = at.act(&at.login("li", PASSWORD).await.unwrap()).await;
    let revoke = async |act| code(at.identity.revoke_session(&at.store, act, kept.session).await);
    assert_eq!(revoke(&stranger).await, "session_not_found");
    assert!(at.is_live(&kept).await);
    assert_eq!(revoke(&act).await, "done");
    assert!(!at.is_live(&kept).await);
}

#[tokio::test]
async fn the_database_holds_no_live_token() {
    let at = Fixture::new().await;
    if !at.store.db.is_sqlite() {
        return; // its files are not ours to read; what is written is the same
    }
    at.open("zhang").await;
    let tokens = at.login("zhang", PASSWORD).await.unwrap();
    let path = at.folder().join("test.db");
    for file in [path.with_extension("db"), path.with_extension("db-wal")] {
        let bytes = std::fs::read(file).unwrap();
        for secret in [&tokens.refresh_token[4..], &tokens.access_token, PASSWORD] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
        }
    }
}
