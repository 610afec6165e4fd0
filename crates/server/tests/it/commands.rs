use gongjian_kernel::audit;
use sea_orm::ConnectionTrait as _;

use crate::fixture::{Place, stderr, stdout, try_once};

/// A trail of some rows, its last checkpoint noted outside, the guard against changes removed.
async fn unguarded(rows: u32) -> Place {
    let place = Place::new();
    let running = place.start().await.unwrap();
    for n in 0..rows {
        try_once(&running.store, n).await;
    }
    let mark = audit::checkpoint(running.store.db.reader()).await.unwrap();
    std::fs::write(place.file("outside"), format!("{}\n", String::from(&mark))).unwrap();
    let db = running.store.db.writer();
    assert!(db.execute_unprepared("DELETE FROM audit_event").await.is_err(), "the trail is append-only");
    for trigger in ["audit_event_no_update", "audit_event_no_delete"] {
        db.execute_unprepared(&format!("DROP TRIGGER {trigger}")).await.unwrap();
    }
    running.stop().await.unwrap();
    place
}

async fn tamper(place: &Place, statements: &[&str]) {
    let url = place.config.database.url.as_ref().unwrap().reveal();
    let db = sea_orm::Database::connect(url).await.unwrap();
    for statement in statements {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.close().await.unwrap();
}

#[actix_web::test]
async fn the_audit_trail_tells_where_it_is_broken() {
    for (statements, wanted) in [
        (&["UPDATE audit_event SET data = '{}' WHERE seq = 6"][..], "BROKEN at row 6: The row was changed"),
        (&["DELETE FROM audit_event WHERE seq = 1"], "BROKEN at row 1: The row is missing"),
        (
            &["DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)"],
            "Rows are missing at the end: the head names a later one",
        ),
    ] {
        let place = unguarded(4).await;
        let whole = place.command(&["audit", "verify", "--checkpoints", "outside"]);
        assert!(whole.status.success(), "{}{}", stdout(&whole), stderr(&whole));
        tamper(&place, statements).await;
        let broken = place.command(&["audit", "verify"]);
        assert_eq!(broken.status.code(), Some(1));
        assert!(stdout(&broken).contains(wanted), "{}", stdout(&broken));
    }
}

/// Who can write the head as well as the rows cannot write the file outside.
#[actix_web::test]
async fn a_trail_put_back_is_noticed_by_a_checkpoint_outside() {
    let place = unguarded(4).await;
    let older = place.file("older.db");
    std::fs::copy(place.file("test.db"), &older).unwrap();
    let running = place.start().await.unwrap();
    try_once(&running.store, 9).await;
    let mark = audit::checkpoint(running.store.db.reader()).await.unwrap();
    std::fs::write(place.file("outside"), format!("{}\nnot a seal\n", String::from(&mark))).unwrap();
    running.stop().await.unwrap();
    std::fs::copy(&older, place.file("test.db")).unwrap();

    assert!(place.command(&["audit", "verify"]).status.success(), "nothing inside the database tells");
    let broken = place.command(&["audit", "verify", "--checkpoints", "outside"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(stdout(&broken).contains("a checkpoint kept outside names a later one"), "{}", stdout(&broken));
    assert!(stderr(&broken).contains("1 lines hold no seal"), "{}", stderr(&broken));
}

#[actix_web::test]
async fn accounts_are_looked_after_beside_the_server() {
    let place = Place::new();
    let running = place.start().await.unwrap();
    let created = place.command(&["account", "create-admin", "chief", "--name", "李娜"]);
    assert!(created.status.success() && stdout(&created).contains("chief"), "{}", stderr(&created));
    assert!(place.command(&["account", "reset-password", "Chief"]).status.success());
    assert!(place.command(&["account", "disable", "admin"]).status.success());
    let last = place.command(&["account", "disable", "chief"]);
    assert!(stderr(&last).contains("last_administrator"), "{}", stderr(&last));
    let list = stdout(&place.command(&["account", "list"]));
    assert!(list.contains("admin\tdisabled") && list.contains("chief\tactive\t李娜"), "{list}");
    running.stop().await.unwrap();
    assert!(place.command(&["audit", "verify"]).status.success(), "every act is on record in the chain");
}

#[test]
fn commands_need_no_more_than_they_use() {
    let place = Place::new();
    let document = place.command(&["openapi"]);
    let document: serde_json::Value = serde_json::from_slice(&document.stdout).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(stdout(&place.command(&["config"])).contains("GONGJIAN_SHUTDOWN_SECONDS"));
    assert!(!place.file("test.db").exists(), "neither touches the database");

    let nothing = place.command(&["account", "list"]);
    assert!(stderr(&nothing).contains("there is no database"), "{}", stderr(&nothing));
    assert!(!place.file("test.db").exists());

    assert!(place.command(&["migrate"]).status.success());
    let status = stdout(&place.command(&["migrate", "--status"]));
    assert!(status.contains("applied  m0001_kernel") && !status.contains("pending"), "{status}");
    let unsealed = place.command(&["account", "list"]);
    assert!(stderr(&unsealed).contains("gongjian serve"), "{}", stderr(&unsealed));
}

#[test]
fn bad_settings_end_the_start_with_one_line() {
    let place = Place::new();
    std::fs::write(place.file("gongjian.toml"), "[http]\nlisten = 'nowhere'\n").unwrap();
    let refused = place.command(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(stderr(&refused).lines().count(), 1, "{}", stderr(&refused));
    let refused = place.command(&["--config", "missing.toml"]);
    assert_eq!((refused.status.code(), stderr(&refused).lines().count()), (Some(2), 1), "{}", stderr(&refused));
    std::fs::write(place.file("gongjian.toml"), "[http]\nlisten = '192.0.2.1:80'\nmetrics_listen = ''\n").unwrap();
    let refused = place.command(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).lines().last().unwrap().contains("cannot listen on 192.0.2.1:80"));
}
