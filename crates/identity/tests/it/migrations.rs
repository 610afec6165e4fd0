use gongjian_identity::account::AccountState;
use gongjian_migration::Migrator;
use sea_orm::{ConnectionTrait as _, Statement};
use sea_orm_migration::MigratorTrait as _;

use crate::fixture::Fixture;

async fn states(at: &Fixture) -> Vec<(String, String)> {
    let db = at.store.db.writer();
    let all =
        Statement::from_string(db.get_database_backend(), "SELECT username, state FROM account ORDER BY username");
    let rows = db.query_all_raw(all).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

async fn refuses(at: &Fixture, state: &str) -> bool {
    let write = format!("UPDATE account SET state = '{state}' WHERE username = 'active'");
    at.store.db.writer().execute_unprepared(&write).await.is_err()
}

/// Going back, what the older schema has no word for cannot be used; going on, it stays so.
#[tokio::test]
async fn the_states_of_accounts_come_along_up_and_down() {
    let at = Fixture::new().await;
    for state in AccountState::ALL {
        at.open(state.as_str()).await;
        let write = format!("UPDATE account SET state = '{state}' WHERE username = '{state}'");
        at.store.db.writer().execute_unprepared(&write).await.unwrap();
    }
    assert!(refuses(&at, "gone").await);
    let migrations = Migrator::migrations();
    let ours = migrations.iter().position(|migration| migration.name() == "m0010_accounts").unwrap();
    let since = u32::try_from(migrations.len() - ours).unwrap();
    Migrator::down(at.store.db.writer(), Some(since)).await.unwrap();
    let kept = |state: &str| if state == "active" { "active" } else { "disabled" }.to_owned();
    let before: Vec<_> = states(&at).await;
    assert_eq!(before.len(), 4);
    for (name, state) in &before {
        assert_eq!(*state, kept(name), "{name}");
    }
    assert!(refuses(&at, "locked").await, "the older CHECK is back");
    Migrator::up(at.store.db.writer(), None).await.unwrap();
    assert_eq!(states(&at).await, before);
    assert!(refuses(&at, "gone").await);
    assert!(!refuses(&at, "locked").await);
}
