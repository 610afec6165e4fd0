//! Verifying the trail: what an examination found, kept for the auditor.

use chrono::{DateTime, Utc};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::audit::{self, Checkpoint, Flaw, Progress};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Store, Work};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::action::{TRAIL_VERIFY, VERIFICATION_NOT_FOUND, VERIFIED};
use crate::account::AccountId;

gongjian_kernel::ids! {
    /// A verification of the trail.
    VerificationId;
}

gongjian_kernel::words! {
    /// What a verification found.
    pub enum VerificationStatus as "audit_verification_status" ("审计链核验结果", "Result of a verification") {
        Whole = "whole" ("完整", "Whole"),
        Partial = "partial" ("至此完整，尚未核验完毕", "Whole so far, not at the end"),
        Broken = "broken" ("已损坏", "Broken"),
    }
}

mod row {
    use gongjian_kernel::audit::Flaw;
    use sea_orm::entity::prelude::*;

    use super::{VerificationId, VerificationStatus};
    use crate::account::AccountId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_verification")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VerificationId,
        pub status: VerificationStatus,
        /// The row that it began after; 0 = at the beginning.
        pub from_seq: i64,
        /// The last row that is whole.
        pub to_seq: i64,
        /// The sealed end, to go on from and to be kept outside.
        pub checkpoint: Option<String>,
        /// How many checkpoints it was held against.
        pub checkpoints: i32,
        pub broken_at: Option<i64>,
        pub flaw: Option<Flaw>,
        pub started_at: DateTimeUtc,
        pub ended_at: DateTimeUtc,
        pub requested_by: Option<AccountId>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Verification;

/// Where to begin and what to hold the trail against.
#[derive(Debug, Clone, Default)]
pub struct Order {
    pub resume_from: Option<VerificationId>,
    /// Lines that the auditor has kept, beside those of the server's own file.
    pub lines: Vec<String>,
    pub of_the_server: Vec<Checkpoint>,
}

/// What was found, before it is noted.
#[derive(Debug)]
pub struct Examination {
    from_seq: i64,
    checkpoints: usize,
    started_at: DateTime<Utc>,
    progress: Progress,
}

/// Examines the trail outside any transaction, in constant memory, for as long as `goes_on` says.
pub async fn examine(store: &Store, actor: &Actor, order: Order, goes_on: impl Fn() -> bool) -> Result<Examination> {
    authorize(actor, &TRAIL_VERIFY, &TRAIL_VERIFY, &Association)?;
    let started_at = store.now();
    let from = match order.resume_from {
        Some(id) => Some(end_of(store, id).await?),
        None => None,
    };
    let mut marks = order.of_the_server;
    let mut faults = Vec::new();
    for (at, line) in order.lines.iter().enumerate() {
        match Checkpoint::parse(line, &store.keys) {
            Some(mark) => marks.push(mark),
            None => faults.push(FieldFault::body(
                format!("/checkpoints/{at}"),
                "invalid_checkpoint",
                Say::fixed("不是本系统签发的检查点。", "It is no checkpoint of this system."),
            )),
        }
    }
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults));
    }
    let progress = audit::verify_on(store.db.reader(), &store.keys, &marks, from.as_ref(), goes_on).await?;
    Ok(Examination { from_seq: from.map_or(0, |from| from.seq), checkpoints: marks.len(), started_at, progress })
}

/// Where an earlier verification came to, if its seal holds.
async fn end_of(store: &Store, id: VerificationId) -> Result<Checkpoint> {
    let earlier = row::Entity::find_by_id(id).one(store.db.reader()).await?;
    let sealed = earlier.and_then(|earlier| Checkpoint::parse(&earlier.checkpoint?, &store.keys));
    sealed.ok_or_else(|| {
        let detail = Say::fixed(
            "没有可接续的核验结果；请从头核验。",
            "There is no verification to go on from; begin at the beginning.",
        );
        Refusal::invalid(vec![FieldFault::body("/resume_from", "cannot_resume", detail)])
    })
}

/// Keeps what was found, and puts it on record.
pub async fn note(work: &mut Work<'_>, found: &Examination) -> Result<Verification> {
    work.authorize(&TRAIL_VERIFY, &TRAIL_VERIFY, &Association)?;
    let (status, end, flaw): (_, _, Option<(i64, Flaw)>) = match &found.progress {
        Progress::Whole { end } => (VerificationStatus::Whole, Some(end), None),
        Progress::Partial { end } => (VerificationStatus::Partial, Some(end), None),
        Progress::Broken { at, why } => (VerificationStatus::Broken, None, Some((*at, *why))),
    };
    let noted = Verification {
        id: work.new_id(),
        status,
        from_seq: found.from_seq,
        to_seq: end.map_or_else(|| flaw.map_or(0, |(at, _)| (at - 1).max(0)), |end| end.seq),
        checkpoint: end.map(String::from),
        checkpoints: i32::try_from(found.checkpoints).unwrap_or(i32::MAX),
        broken_at: flaw.map(|(at, _)| at),
        flaw: flaw.map(|(_, why)| why),
        started_at: found.started_at,
        ended_at: work.now(),
        requested_by: work.actor().account.map(AccountId),
    };
    let active: row::ActiveModel = noted.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    let data = json!({
        "status": noted.status,
        "from_seq": noted.from_seq,
        "to_seq": noted.to_seq,
        "broken_at": noted.broken_at,
        "flaw": noted.flaw,
    });
    work.record(Event::new(&VERIFIED, noted.id.0, data));
    Ok(noted)
}

pub async fn get_verification(store: &Store, actor: &Actor, id: VerificationId) -> Result<Verification> {
    authorize(actor, &TRAIL_VERIFY, &TRAIL_VERIFY, &Association)?;
    let found = row::Entity::find_by_id(id).one(store.db.reader()).await?;
    found.ok_or_else(|| Refusal::of(&VERIFICATION_NOT_FOUND))
}

/// One page of verifications, the last one first.
pub async fn list_verifications(
    store: &Store,
    actor: &Actor,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Verification>> {
    const SAME: &str = "audit_verifications";

    authorize(actor, &TRAIL_VERIFY, &TRAIL_VERIFY, &Association)?;
    let mut rows = row::Entity::find().order_by_desc(row::Column::Id).limit(limit + 1);
    if let Some(cursor) = cursor {
        let before: VerificationId = page::open(&store.keys, SAME, cursor)?;
        rows = rows.filter(row::Column::Id.lt(before));
    }
    Page::cut(rows.all(store.db.reader()).await?, limit, &store.keys, SAME, |row| row.id)
}
