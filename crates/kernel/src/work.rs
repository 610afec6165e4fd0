//! The one write path.

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IsolationLevel, Iterable as _, ModelTrait, QueryFilter,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use uuid::Uuid;

use crate::actor::{Actor, Permission, Resource, authorize};
use crate::audit::{self, Event};
use crate::clock::{Clock, day};
use crate::db::{Database, is_duplicate, is_retryable};
use crate::fault::{FaultKind, Refusal, Result, VERSION_MISMATCH};
use crate::id::IdSource;
use crate::keys::Keys;
use crate::recent::Recent;
use crate::say::Say;

/// One reader at a time loads a document.
type Turn = Arc<tokio::sync::Mutex<()>>;

/// What every command runs on. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pub db: Database,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdSource>,
    pub keys: Keys,
    /// Documents that change rarely (policy, calendar), for at most a second.
    documents: Recent<&'static str, Arc<dyn Any + Send + Sync>>,
    /// Of those who find a document missing at once, one reads it.
    readers: Arc<Mutex<HashMap<&'static str, Turn>>>,
}

impl Store {
    #[must_use]
    pub fn new(db: Database, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>, keys: Keys) -> Self {
        let documents = Recent::new(64, Duration::from_secs(1));
        Self { db, clock, ids, keys, documents, readers: Arc::default() }
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    #[must_use]
    pub fn today(&self) -> NaiveDate {
        day(self.now())
    }

    /// A document from the cache, or loaded now, by one caller at a time. Inside a transaction it is
    /// [`Work::document`]: who holds a connection does not wait for somebody who needs one.
    pub async fn document<T, F>(&self, name: &'static str, load: F) -> Result<Arc<T>>
    where
        T: Any + Send + Sync,
        F: AsyncFnOnce() -> Result<T>,
    {
        if let Some(known) = self.known(name) {
            return Ok(known);
        }
        let reader = self.readers.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default().clone();
        let _turn = reader.lock().await;
        if let Some(known) = self.known(name) {
            return Ok(known);
        }
        self.load(name, load).await
    }

    fn known<T: Any + Send + Sync>(&self, name: &'static str) -> Option<Arc<T>> {
        self.documents.get(name)?.downcast::<T>().ok()
    }

    async fn load<T, F>(&self, name: &'static str, load: F) -> Result<Arc<T>>
    where
        T: Any + Send + Sync,
        F: AsyncFnOnce() -> Result<T>,
    {
        let since = self.documents.now();
        let fresh = Arc::new(load().await?);
        self.documents.keep(since, name, fresh.clone());
        Ok(fresh)
    }

    /// Forgets a document at once. A command that changes it calls [`Work::forget_document`].
    pub fn forget_document(&self, name: &'static str) {
        self.documents.forget(name);
    }
}

/// Who asks for a change, and how it reached us.
#[derive(Debug, Clone)]
pub struct Act {
    pub actor: Actor,
    pub request_id: Uuid,
    pub ip: Option<IpAddr>,
    pub user_agent: Option<String>,
}

impl Act {
    /// An act of the association's own rules, or of a command on the server.
    #[must_use]
    pub fn by_rule(store: &Store) -> Self {
        Self { actor: Actor::by_rule(), request_id: store.ids.next(), ip: None, user_agent: None }
    }
}

/// What a command is about: an id, and the version that the caller saw.
#[derive(Debug, Clone, Copy)]
pub struct Target<I> {
    pub id: I,
    pub version: Option<i32>,
}

impl<I> Target<I> {
    pub fn any(id: impl Into<I>) -> Self {
        Self { id: id.into(), version: None }
    }

    /// Refuses if the caller saw another version.
    pub fn is_current(&self, version: i32) -> Result<()> {
        match self.version {
            Some(seen) if seen != version => Err(Refusal::new(
                &VERSION_MISMATCH,
                Say::new(
                    format!("您依据的是第 {seen} 版，现在是第 {version} 版。"),
                    format!("You saw version {seen}; it is version {version} now."),
                ),
            )),
            Some(_) | None => Ok(()),
        }
    }
}

/// A unit of work: one transaction, its actor, its instant, the events that it has recorded.
#[derive(Debug)]
pub struct Work<'a> {
    tx: DatabaseTransaction,
    pub store: &'a Store,
    pub act: &'a Act,
    now: DateTime<Utc>,
    events: Vec<Event>,
    /// Documents that this unit of work changes.
    changed: HashSet<&'static str>,
    forgetting: Forgetting,
}

/// What is forgotten once more when the unit of work is over, however it ends: somebody may have read
/// the state before the commit meanwhile. Where the caller goes away during the commit, that is an end too.
#[derive(Default)]
struct Forgetting(Vec<Box<dyn Fn() + Send + Sync>>);

impl Drop for Forgetting {
    fn drop(&mut self) {
        self.0.iter().for_each(|forget| forget());
    }
}

impl std::fmt::Debug for Forgetting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Forgetting").field(&self.0.len()).finish()
    }
}

impl Work<'_> {
    #[must_use]
    pub fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.act.actor
    }

    /// The instant of the whole unit of work.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The civil day in Asia/Shanghai.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        day(self.now)
    }

    pub fn new_id<I: From<Uuid>>(&self) -> I {
        self.store.ids.next().into()
    }

    pub fn authorize(&self, wanted: &Permission, seen_by: &Permission, resource: &dyn Resource) -> Result<()> {
        authorize(self.actor(), wanted, seen_by, resource)
    }

    /// Puts what happened on record; it is committed with everything else or not at all.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Drops what is cached of the state that this command changes: now, and again after the commit.
    pub fn forget(&mut self, forget: impl Fn() + Send + Sync + 'static) {
        forget();
        self.forgetting.0.push(Box::new(forget));
    }

    /// The same for a document of the store.
    pub fn forget_document(&mut self, name: &'static str) {
        self.changed.insert(name);
        let documents = self.store.documents.clone();
        self.forget(move || documents.forget(name));
    }

    /// A document from the cache, or loaded now on the connection of this unit of work. What it has
    /// changed itself is nobody else's before the commit.
    pub async fn document<T, F>(&self, name: &'static str, load: F) -> Result<Arc<T>>
    where
        T: Any + Send + Sync,
        F: AsyncFnOnce() -> Result<T>,
    {
        if self.changed.contains(name) {
            return load().await.map(Arc::new);
        }
        match self.store.known(name) {
            Some(known) => Ok(known),
            None => self.store.load(name, load).await,
        }
    }

    /// Writes the columns that differ, where the row is still the version that was loaded.
    pub async fn update<E>(&self, before: &E::Model, after: &E::Model) -> Result<()>
    where
        E: Versioned,
    {
        let mut update = E::update_many();
        for column in E::Column::iter() {
            let value = after.get(column);
            if before.get(column) != value {
                update = update.col_expr(column, column.save_as(sea_orm::sea_query::Expr::val(value)));
            }
        }
        let done = update
            .filter(E::id_column().eq(before.get(E::id_column())))
            .filter(E::version_column().eq(before.get(E::version_column())))
            .exec(&self.tx)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Refusal::of(&VERSION_MISMATCH)) }
    }
}

/// An entity whose rows carry a version.
pub trait Versioned: EntityTrait {
    fn id_column() -> Self::Column;
    fn version_column() -> Self::Column;
}

const ATTEMPTS: u32 = 5;
/// The longest pause before the second attempt; each further one is up to twice as long.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs a command in one transaction and commits it with its events. Losing a race inside the database
/// runs it again; a refusal rolls everything back and, where the refusal asks for it, is put on record.
pub async fn write<T, F>(store: &Store, act: &Act, run: F) -> Result<T>
where
    F: AsyncFn(&mut Work<'_>) -> Result<T>,
{
    match persist(store, act, &run).await {
        Err(mut refusal) => {
            if let Some(event) = refusal.record.take() {
                put_on_record(store, act, *event).await;
            }
            Err(refusal)
        }
        Ok(done) => Ok(done),
    }
}

/// Puts a refused attempt on record that no transaction was open for.
pub async fn put_on_record(store: &Store, act: &Act, event: Event) {
    let recorded = persist(store, act, &async |work: &mut Work<'_>| {
        work.record(event.clone());
        Ok(())
    })
    .await;
    if let Err(error) = recorded {
        tracing::error!(%error, kind = event.entry.kind, "a refused attempt could not be put on record");
    }
}

/// Runs a transaction until it loses no race, a few times at most.
async fn persist<T, F>(store: &Store, act: &Act, run: &F) -> Result<T>
where
    F: AsyncFn(&mut Work<'_>) -> Result<T>,
{
    let mut attempt = 0;
    loop {
        attempt += 1;
        match once(store, act, run).await {
            Err(refusal) if attempt < ATTEMPTS && lost_a_race(&refusal) => {
                tracing::debug!(attempt, "the database asks to run the transaction again");
                tokio::time::sleep(jittered(PAUSE * 2u32.pow(attempt - 1))).await;
            }
            outcome => return outcome,
        }
    }
}

/// A part of a pause, at random, so that those who lost together do not meet again.
fn jittered(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(());
    pause.mul_f64(0.5 + (random % 1024) as f64 / 2048.0)
}

/// A row that a unique index refused, where the statement did not reckon with it, stands there now: run
/// again, the command finds it and says so.
fn lost_a_race(refusal: &Refusal) -> bool {
    let ours = matches!(refusal.kind(), FaultKind::Internal | FaultKind::Unavailable);
    let source = refusal.source.as_ref().and_then(|source| source.downcast_ref::<DbErr>());
    ours && source.is_some_and(|error| is_retryable(error) || is_duplicate(error))
}

#[expect(clippy::disallowed_methods, reason = "the only place where a transaction opens")]
async fn once<T, F>(store: &Store, act: &Act, run: &F) -> Result<T>
where
    F: AsyncFn(&mut Work<'_>) -> Result<T>,
{
    let options = TransactionOptions {
        // Row locks and unique indexes rest on it. SQLite knows one level only, and that is stricter.
        isolation_level: (!store.db.is_sqlite()).then_some(IsolationLevel::ReadCommitted),
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = store.db.writer().begin_with_options(options).await?;
    let mut work = Work {
        tx,
        store,
        act,
        now: store.now(),
        events: Vec::new(),
        changed: HashSet::new(),
        forgetting: Forgetting::default(),
    };
    match run(&mut work).await {
        Ok(done) => {
            let events = std::mem::take(&mut work.events);
            if let Err(refusal) = audit::append(&work, events).await {
                let _ = work.tx.rollback().await;
                return Err(refusal);
            }
            work.tx.commit().await?;
            Ok(done)
        }
        Err(refusal) => {
            let _ = work.tx.rollback().await;
            Err(refusal)
        }
    }
}
