use gongjian::config::Hidden;
use gongjian_identity::Phone;
use gongjian_identity::person::{self, NewPerson};
use gongjian_kernel::{Act, Store, write};
use sea_orm::{ConnectionTrait as _, Statement};

use crate::fixture::{Place, stderr, stdout};

const K1: &str = "k1=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const K2: &str = "k2=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

async fn somebody(store: &Store) {
    let act = Act::by_rule(store);
    let new = NewPerson { name: "李敏".to_owned(), phone: Some(Phone::parse("13800000001").unwrap()), email: None };
    write(store, &act, async |work| person::create(work, new.clone()).await.map(drop)).await.unwrap();
}

fn keys(place: &mut Place, list: &[&str]) {
    place.config.secret.data_keys = Some(Hidden::new(list.join(",")));
    std::fs::write(place.file("keys"), list.join("\n")).unwrap();
}

async fn sealed_with(store: &Store) -> Vec<String> {
    let db = store.db.reader();
    let all = "SELECT phone_key FROM person WHERE phone_key IS NOT NULL ORDER BY id";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), all)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[actix_web::test]
async fn a_server_does_not_start_without_a_key_that_is_in_use() {
    let mut place = Place::new();
    keys(&mut place, &[K1]);
    let running = place.start().await.unwrap();
    somebody(&running.store).await;
    running.stop().await.unwrap();
    for (list, why) in [
        (vec![K2], "is not listed"),
        (vec![], "is not listed"),
        (vec![&*K2.replace("k2", "k1")], "is another one here"),
    ] {
        keys(&mut place, &list);
        let refused = place.start().await.unwrap_err();
        let line = refused.to_string();
        assert_eq!(refused.exit_code, 2);
        assert!(line.contains("\"k1\"") && line.contains(why) && line.contains("GONGJIAN_DATA_KEYS"), "{line}");
        assert!(!line.contains("Y2RlZg") && !line.contains("MTA="), "{line}");
    }
    keys(&mut place, &["k1=short"]);
    assert_eq!(place.start().await.unwrap_err().to_string(), "the data key k1 has not 32 bytes in base64");
    keys(&mut place, &[K2, K1]);
    let running = place.start().await.unwrap();
    somebody(&running.store).await;
    assert_eq!(sealed_with(&running.store).await, ["k1", "k2"]);
    assert!(!format!("{:?}", place.config).contains("MDEy"), "Debug shows no key");
    running.stop().await.unwrap();
}

#[actix_web::test]
async fn phones_are_sealed_anew_beside_the_server_and_the_old_key_can_go() {
    let mut place = Place::new();
    let running = place.start().await.unwrap();
    for _ in 0..3 {
        somebody(&running.store).await;
    }
    keys(&mut place, &[K1]);
    let early = reseal(&place);
    assert!(!early.status.success() && stderr(&early).contains("no server has started with"), "{}", stderr(&early));
    running.stop().await.unwrap();

    let running = place.start().await.unwrap();
    let done = reseal(&place);
    assert!(done.status.success() && stdout(&done).trim() == "sealed with k1: 3", "{}{}", stdout(&done), stderr(&done));
    assert_eq!(stdout(&reseal(&place)).trim(), "sealed with k1: 0");
    assert_eq!(sealed_with(&running.store).await, ["k1", "k1", "k1"]);
    running.stop().await.unwrap();
}

fn reseal(place: &Place) -> std::process::Output {
    place.command_with(&["data", "reseal"], &[("GONGJIAN_DATA_KEYS_FILE", place.file("keys"))])
}
