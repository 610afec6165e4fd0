use chrono::Duration;
use futures_util::future::join_all;
use gongjian_identity::{Login, account};
use gongjian_kernel::{Act, Target, write};

use crate::fixture::{Fixture, PASSWORD, code};

const WRONG: &str = "not the password at all";

#[tokio::test]
async fn every_failure_has_one_answer() {
    let at = Fixture::new().await;
    let zhang = at.open("zhang").await;
    assert_eq!(code(at.login("zhang", PASSWORD).await), "done");
    assert_eq!(code(at.login("ＺＨＡＮＧ ", PASSWORD).await), "done");
    let wrong = at.login("zhang", WRONG).await.unwrap_err();
    let unknown = at.login("nobody", WRONG).await.unwrap_err();
    let unwritable = at.login("no\0body'; --", WRONG).await.unwrap_err();
    write(&at.store, &Act::by_rule(&at.store), async |work| {
        account::disable(work, &at.identity, Target::any(zhang.id)).await
    })
    .await
    .unwrap();
    let disabled = at.login("zhang", PASSWORD).await.unwrap_err();
    for refusal in [wrong, unknown, unwritable, disabled] {
        assert_eq!((refusal.entry.code, refusal.retry_after_seconds), ("invalid_credentials", None));
    }
}

#[tokio::test]
async fn the_fifth_failure_locks_known_and_unknown_names_alike() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    at.open("li").await;
    for name in ["zhang", "nobody"] {
        for n in 0..5 {
            let form = if n % 2 == 0 { name.to_owned() } else { format!(" {}\u{AD}", name.to_uppercase()) };
            assert_eq!(code(at.login_from("198.51.100.7", &form, WRONG).await), "invalid_credentials");
        }
        let refusal = at.login_from("198.51.100.7", name, PASSWORD).await.unwrap_err();
        assert_eq!((refusal.entry.code, refusal.retry_after_seconds), ("too_many_attempts", Some(900)));
    }
    assert_eq!(code(at.login_from("198.51.100.7", "li", PASSWORD).await), "done", "a bystander");
    assert_eq!(code(at.login("zhang", PASSWORD).await), "done", "the owner is elsewhere");
    assert_eq!(
        code(at.login_from("198.51.100.7", "zhang", PASSWORD).await),
        "too_many_attempts",
        "and opens nothing here"
    );
    at.clock.advance(Duration::minutes(15));
    assert_eq!(code(at.login("zhang", PASSWORD).await), "done");
    for _ in 0..4 {
        assert_eq!(code(at.login("zhang", WRONG).await), "invalid_credentials", "the count started anew");
    }
    assert_eq!(code(at.login("zhang", PASSWORD).await), "done");
}

#[tokio::test]
async fn parallel_guesses_on_two_instances_cannot_pass_the_limit() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let instances = [at.identity.clone(), at.second_instance()];
    let guess = async |n: usize, ip: &str| {
        let login = Login { username: "zhang".to_owned(), password: WRONG.to_owned(), device_name: None };
        code(instances[n % 2].login(&at.store, &at.anonymous(ip), login).await)
    };
    let count = |answers: &[&str], code: &str| answers.iter().filter(|answer| **answer == code).count();
    let answers = join_all((0..30).map(|n| guess(n, "198.51.100.7"))).await;
    assert_eq!((count(&answers, "invalid_credentials"), count(&answers, "too_many_attempts")), (5, 25));
    assert_eq!(code(at.login_from("198.51.100.7", "zhang", PASSWORD).await), "too_many_attempts");
    assert_eq!(code(at.login("zhang", PASSWORD).await), "done");
    // From many addresses at once, the limit of the name holds: 20, of which 5 are spent.
    let addresses: Vec<String> = (0..30).map(|n| format!("203.0.113.{n}")).collect();
    let answers = join_all(addresses.iter().enumerate().map(|(n, ip)| guess(n, ip))).await;
    assert_eq!((count(&answers, "invalid_credentials"), count(&answers, "too_many_attempts")), (15, 15));
    assert_eq!(code(at.login("zhang", PASSWORD).await), "too_many_attempts");
}

#[tokio::test]
async fn a_crowd_that_signs_in_at_once_is_no_attack() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let answers = join_all((0..60).map(async |_| code(at.login("zhang", PASSWORD).await))).await;
    assert_eq!(answers, ["done"; 60]);
}

#[tokio::test]
async fn one_address_cannot_spray_over_many_names() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    for n in 0..50 {
        assert_eq!(code(at.login(&format!("user{n}"), WRONG).await), "invalid_credentials");
    }
    assert_eq!(code(at.login("zhang", PASSWORD).await), "too_many_attempts");
    assert_eq!(code(at.login_from("192.0.2.2", "zhang", PASSWORD).await), "done");
}

#[tokio::test]
async fn changing_the_password_ends_other_sessions_and_counts_wrong_ones() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let (mine, other) = (at.login("zhang", PASSWORD).await.unwrap(), at.login("zhang", PASSWORD).await.unwrap());
    let act = at.act(&mine).await;
    let new = "seven herons on the pier";
    let change = async |current, new| code(at.identity.change_password(&at.store, &act, current, new, &[]).await);
    assert_eq!(change(PASSWORD, "short").await, "validation_failed");
    assert_eq!(change(PASSWORD, "zhangzhangzhang").await, "validation_failed");
    assert_eq!(change(PASSWORD, PASSWORD).await, "validation_failed");
    assert_eq!(change(WRONG, new).await, "wrong_password");
    assert!(at.is_live(&other).await);
    assert_eq!(change(PASSWORD, new).await, "done");
    assert!(at.is_live(&mine).await && !at.is_live(&other).await);
    assert_eq!(code(at.login("zhang", PASSWORD).await), "invalid_credentials");
    assert_eq!(code(at.login("zhang", new).await), "done");
    for _ in 0..5 {
        assert_eq!(change(WRONG, "nine otters under the bridge").await, "wrong_password");
    }
    assert_eq!(change(new, "nine otters under the bridge").await, "too_many_attempts");
}

#[tokio::test]
async fn a_reset_lifts_the_locks_and_is_not_for_oneself() {
    let at = Fixture::new().await;
    let zhang = at.open("zhang").await;
    let root = at.open_as("root", gongjian_identity::Role::SecurityAdministrator).await;
    let tokens = at.login("root", PASSWORD).await.unwrap();
    for n in 0..20 {
        at.login_from(&format!("198.51.100.{}", n / 5), "zhang", WRONG).await.unwrap_err();
    }
    assert_eq!(code(at.login("zhang", PASSWORD).await), "too_many_attempts");
    let act = at.act(&tokens).await;
    let issued = at.identity.issue_password().await.unwrap();
    let reset = async |id| {
        write(&at.store, &act, async |work| {
            account::reset_password(work, &at.identity, Target::any(id), issued.hash.clone()).await
        })
        .await
    };
    assert_eq!(code(reset(root.id).await), "own_account");
    assert!(at.is_live(&tokens).await);
    assert_eq!(code(reset(zhang.id).await), "done");
    assert_eq!(code(at.login_from("198.51.100.1", "zhang", &issued.text).await), "done");
}

#[tokio::test]
async fn a_token_that_is_looked_up_while_its_session_ends_is_dead_at_once() {
    let at = Fixture::new().await;
    at.open("zhang").await;
    let tokens = at.login("zhang", PASSWORD).await.unwrap();
    let act = at.act(&tokens).await;
    let looking = join_all((0..40).map(async |_| at.is_live(&tokens).await));
    let (ended, _) = futures_util::future::join(at.identity.logout(&at.store, &act), looking).await;
    ended.unwrap();
    assert!(!at.is_live(&tokens).await);
}
