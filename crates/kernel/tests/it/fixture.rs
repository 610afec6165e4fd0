use std::sync::Arc;
use std::time::Duration;

use gongjian_kernel::clock::SystemClock;
use gongjian_kernel::db::{Database, DatabaseSettings};
use gongjian_kernel::id::RandomIds;
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Act, Event, EventEntry, Result, Store, write};
use gongjian_migration::Migrator;
use sea_orm_migration::MigratorTrait as _;

pub(crate) static HAPPENED: EventEntry = EventEntry::new("thing.happened", "thing", None, "发生", "it happened");

pub(crate) struct Fixture {
    pub(crate) store: Store,
    _folder: tempfile::TempDir,
}

impl Fixture {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = DatabaseSettings {
            url: format!("sqlite://{}", folder.path().join("test.db").display()),
            connections: 4,
            acquire_timeout: Duration::from_secs(30),
            statement_timeout: Duration::from_secs(30),
        };
        let db = Database::connect(&settings).await.unwrap();
        Migrator::up(db.writer(), None).await.unwrap();
        let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
        Self { store: Store::new(db, Arc::new(SystemClock), Arc::new(RandomIds), keys), _folder: folder }
    }

    /// Something happens and is put on record.
    pub(crate) async fn happen(&self) -> Result<()> {
        write(&self.store, &Act::by_rule(&self.store), async |work| {
            let event = Event::new(&HAPPENED, work.new_id::<uuid::Uuid>(), serde_json::json!({}));
            work.record(event);
            Ok(())
        })
        .await
    }
}
