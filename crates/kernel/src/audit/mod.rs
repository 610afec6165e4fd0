//! The audit trail: append-only, chained by hash, gapless. The same rows are the outbox and the history
//! that a resource shows (Article 24 keeps the association's records in one database; GB/T 22239 8.1.4.3
//! says what each row must hold).
//!
//! Row *n* holds `sha256(hash of row n-1, fields of row n)`. The head row holds the last number and hash
//! under a MAC, so that rows cut off at the end are noticed although nothing follows them; checkpoints
//! kept outside the database notice that the head was put back as well.

mod reading;
mod verification;

pub use reading::{TrailFilter, batch, count, find, page};
pub use verification::{Checkpoint, Flaw, Progress, Verdict, checkpoint, checkpoints, verify, verify_on};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use crate::fault::{Refusal, Result};
use crate::keys::{Keys, mac, sha256};
use crate::say::Say;
use crate::work::Work;

/// One kind of event: what happened, in the past tense.
#[derive(Debug, PartialEq, Eq)]
pub struct EventEntry {
    /// `issue.registered`
    pub kind: &'static str,
    /// What it happened to.
    pub subject: &'static str,
    pub article: Option<u8>,
    pub label: Say,
}

impl EventEntry {
    #[must_use]
    pub const fn new(
        kind: &'static str,
        subject: &'static str,
        article: Option<u8>,
        zh: &'static str,
        en: &'static str,
    ) -> Self {
        Self { kind, subject, article, label: Say::fixed(zh, en) }
    }
}

/// Declares the events of a crate and the list of them, which the catalogue is printed from.
#[macro_export]
macro_rules! events {
    (@ $list:ident $subject:literal $article:expr; $($name:ident = $kind:literal $zh:literal $en:literal;)*) => {
        $(pub static $name: $crate::EventEntry = $crate::EventEntry::new($kind, $subject, $article, $zh, $en);)*
        pub static $list: &[&$crate::EventEntry] = &[$(&$name),*];
    };
    ($list:ident on $subject:literal art $article:literal: $($events:tt)*) => {
        $crate::events! { @ $list $subject Some($article); $($events)* }
    };
    ($list:ident on $subject:literal: $($events:tt)*) => {
        $crate::events! { @ $list $subject None; $($events)* }
    };
}

/// What happened to one thing.
#[derive(Debug, Clone)]
pub struct Event {
    pub entry: &'static EventEntry,
    pub subject: Uuid,
    pub data: serde_json::Value,
    pub succeeded: bool,
}

impl Event {
    pub fn new(entry: &'static EventEntry, subject: impl Into<Uuid>, data: serde_json::Value) -> Self {
        Self { entry, subject: subject.into(), data, succeeded: true }
    }

    #[must_use]
    pub fn refused(self) -> Self {
        Self { succeeded: false, ..self }
    }
}

pub mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub id: Uuid,
        pub at: DateTimeUtc,
        pub kind: String,
        pub subject_kind: String,
        pub subject_id: Uuid,
        pub actor_id: Option<Uuid>,
        pub actor_name: String,
        pub actor_unit_id: Option<Uuid>,
        pub actor_roles: String,
        pub ip: Option<String>,
        pub user_agent: Option<String>,
        pub request_id: Uuid,
        pub succeeded: bool,
        #[sea_orm(column_type = "Text")]
        pub data: String,
        pub prev_hash: String,
        pub hash: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod head {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub seq: i64,
        pub hash: String,
        pub seal: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The hash that the first row follows.
pub const GENESIS: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

fn hash_of(row: &row::Model) -> Result<String> {
    let fields = serde_json::to_vec(&(
        row.seq,
        row.id,
        row.at.timestamp_millis(),
        &row.kind,
        (&row.subject_kind, row.subject_id),
        (row.actor_id, &row.actor_name, row.actor_unit_id, &row.actor_roles),
        (&row.ip, &row.user_agent, row.request_id),
        row.succeeded,
        &row.data,
    ))?;
    Ok(sha256(&[row.prev_hash.as_bytes(), b"\n", &fields]))
}

fn seal(keys: &Keys, seq: i64, hash: &str) -> String {
    mac(&keys.audit, format!("{seq} {hash}").as_bytes())
}

/// Appends the events of a unit of work: its last statements, because the head row is held from here to
/// the commit.
const ROWS_AT_ONCE: usize = 1_000;

pub(crate) async fn append(work: &Work<'_>, events: Vec<Event>) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let head = head::Entity::update_many()
        .col_expr(head::Column::Seq, Expr::col(head::Column::Seq).add(count))
        .filter(head::Column::Id.eq(1))
        .exec_with_returning(work.tx())
        .await?
        .pop()
        .ok_or_else(|| Refusal::internal("the audit trail has no head; run the migrations"))?;
    let actor = work.actor();
    let roles: Vec<&str> = actor.grants.iter().map(|grant| grant.role).collect();
    let mut prev_hash = head.hash;
    let mut rows = Vec::with_capacity(events.len());
    for (seq, event) in (head.seq - count + 1..).zip(events) {
        let mut row = row::Model {
            seq,
            id: work.new_id(),
            at: work.now(),
            kind: event.entry.kind.to_owned(),
            subject_kind: event.entry.subject.to_owned(),
            subject_id: event.subject,
            actor_id: actor.account,
            actor_name: actor.name.to_string(),
            actor_unit_id: actor.units().next(),
            actor_roles: roles.join(","),
            ip: work.act.ip.map(|ip| ip.to_string()),
            user_agent: work.act.user_agent.clone(),
            request_id: work.act.request_id,
            succeeded: event.succeeded,
            data: serde_json::to_string(&event.data)?,
            prev_hash,
            hash: String::new(),
        };
        row.hash = hash_of(&row)?;
        prev_hash = row.hash.clone();
        rows.push(row::ActiveModel::from(row).reset_all());
    }
    // An import records more than one statement takes values.
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS_AT_ONCE));
        row::Entity::insert_many(std::mem::replace(&mut rows, rest)).exec_without_returning(work.tx()).await?;
    }
    head::Entity::update_many()
        .col_expr(head::Column::Hash, Expr::val(prev_hash.clone()))
        .col_expr(head::Column::Seal, Expr::val(seal(&work.store.keys, head.seq, &prev_hash)))
        .filter(head::Column::Id.eq(1))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// Seals the head of a trail that has no rows yet, once, when a store first starts: from then on a head
/// without a seal that holds was tampered with, and so was an emptied trail.
pub(crate) async fn establish(work: &Work<'_>) -> Result<()> {
    head::Entity::update_many()
        .col_expr(head::Column::Seal, Expr::val(seal(&work.store.keys, 0, GENESIS)))
        .filter(head::Column::Id.eq(1))
        .filter(head::Column::Seq.eq(0))
        .filter(head::Column::Seal.eq(""))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// One line of the history that a resource shows.
pub type HistoryRow = row::Model;

/// The history of one thing, oldest first, after a given row.
pub async fn history(
    db: &impl ConnectionTrait,
    subject_kind: &str,
    subject: Uuid,
    after: i64,
    limit: u64,
) -> Result<Vec<HistoryRow>> {
    Ok(row::Entity::find()
        .filter(row::Column::SubjectKind.eq(subject_kind))
        .filter(row::Column::SubjectId.eq(subject))
        .filter(row::Column::Seq.gt(after))
        .filter(row::Column::Succeeded.eq(true))
        .order_by_asc(row::Column::Seq)
        .limit(limit)
        .all(db)
        .await?)
}
