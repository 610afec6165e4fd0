//! Reading the ledger. What a caller may see is part of every `WHERE`, made from the same permission that
//! the commands ask for.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use gongjian_kernel::actor::authorize;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::work::Store;
use gongjian_kernel::{Actor, Permission, Result, calendar, policy};
use gongjian_membership::UnitId;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{Condition, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};

use crate::action::{READ, READ_PAPERS};
use crate::issue::case::{Rules, Sight, allowed_actions, permit};
use crate::issue::light::{LightDays, LightFacts, light};
use crate::issue::store::{self, Issue, Note, Sheet, issue, note, sheet};
use crate::issue::{IssueId, NoteId, SheetId};
use crate::policy::LedgerPolicy;
use crate::vocabulary::{IssueAction, IssueStatus, Light, NoteKind, Outcome};

pub mod handover;
mod list;

pub use list::{DayRange, IssueCard, IssueFilter, IssueSort, list};

/// The columns that the rules of the ledger look at.
pub(crate) mod columns {
    pub(crate) use super::issue::Column;
    use super::issue::Entity;
    use sea_orm::EntityTrait as _;

    pub(crate) const ID: Column = Column::Id;
    pub(crate) const ROUND: Column = Column::Round;
    pub(crate) const STATUS: Column = Column::Status;
    pub(crate) const SUBMITTED_ON: Column = Column::SubmittedOn;
    pub(crate) const DUE_ON: Column = Column::DueOn;
    pub(crate) const SIGN_DUE_ON: Column = Column::SignDueOn;
    pub(crate) const CONFIRM_DUE_ON: Column = Column::ConfirmDueOn;
    pub(crate) const REVIEW_ON: Column = Column::ReviewOn;

    pub(crate) fn entity() -> sea_orm::Select<Entity> {
        Entity::find()
    }
}

/// An issue as one caller sees it today.
#[derive(Debug, Clone)]
pub struct Seen<T> {
    pub issue: T,
    pub assisting: Vec<UnitId>,
    pub light: Option<Light>,
    pub allowed_actions: Vec<IssueAction>,
    /// Whether the caller sees the working papers (instructions, plans, reasons of the department).
    pub sees_papers: bool,
    /// Whether the suspension should have been reviewed.
    pub review_overdue: bool,
    /// How the master fares that a duplicate was merged into: its submitter has a right to know.
    pub master: Option<Master>,
}

/// What the submitter of a duplicate sees of its master: the course of the matter, not the other unit.
#[derive(Debug, Clone)]
pub struct Master {
    pub ledger_no: Option<String>,
    pub status: IssueStatus,
    pub light: Option<Light>,
    pub due_on: Option<NaiveDate>,
    pub replied_on: Option<NaiveDate>,
    pub outcome: Option<Outcome>,
    pub reply: Option<String>,
    pub closed_on: Option<NaiveDate>,
}

/// What the rules of today need to look at issues.
#[derive(Debug, Clone)]
pub struct Today {
    policy: std::sync::Arc<policy::InForce<LedgerPolicy>>,
    calendar: std::sync::Arc<calendar::Calendar>,
    days: LightDays,
}

impl Today {
    pub async fn of(store: &Store) -> Result<Self> {
        let policy = policy::current::<LedgerPolicy>(store).await?;
        let calendar = calendar::current(store).await?;
        let days = LightDays::on(store.today(), &calendar, &policy.value);
        Ok(Self { policy, calendar, days })
    }

    fn rules(&self) -> Rules<'_> {
        Rules { policy: &self.policy.value, calendar: &self.calendar, today: self.days.today }
    }

    /// The issue as the caller sees it.
    #[must_use]
    pub fn seen(&self, actor: &Actor, issue: Issue, assisting: Vec<UnitId>) -> Seen<Issue> {
        let sight = Sight::of(&issue, assisting, &self.policy.value);
        let facts = LightFacts::of(&issue);
        let review_on = issue.review_on;
        self.look(actor, issue, sight, facts, review_on)
    }

    fn look<T>(
        &self,
        actor: &Actor,
        issue: T,
        sight: Sight,
        facts: LightFacts,
        review_on: Option<NaiveDate>,
    ) -> Seen<T> {
        Seen {
            allowed_actions: allowed_actions(actor, &sight, self.rules()),
            light: light(facts, self.days),
            sees_papers: actor.may(&READ_PAPERS, &sight),
            review_overdue: facts.status == IssueStatus::Suspended && review_on < Some(self.days.today),
            assisting: sight.assisting,
            master: None,
            issue,
        }
    }

    fn card(&self, actor: &Actor, card: IssueCard, assisting: Vec<UnitId>) -> Seen<IssueCard> {
        let sight = Sight {
            id: card.id,
            status: card.status,
            submitter: card.submitter_unit_id,
            lead: card.lead_unit_id,
            assisting,
            street_code: card.street_code.clone(),
            on_ledger: card.ledger_no.is_some(),
            dispatched_on: card.dispatched_on,
            designated: card.designated,
            due_on: card.due_on,
            extension_count: card.extension_count,
            extension_pending: card.extension_pending.is_some(),
            has_feedback: card.satisfaction.is_some() && card.feedback_excluded.is_none(),
            closed_on: card.closed_on,
            liaison_may_confirm: self.policy.value.liaison_may_confirm,
            before_conference: card.conference_id.is_some(),
            open_measures: card.open_measures,
        };
        let facts = LightFacts {
            status: card.status,
            due_on: card.due_on,
            sign_due_on: card.sign_due_on,
            replied_on: card.replied_on,
        };
        self.look(actor, card, sight, facts, None)
    }

    /// The light as a condition, so that a list can be filtered by it.
    fn has_light(&self, wanted: Light) -> Condition {
        use issue::Column as C;
        let running = || Condition::all().add(C::Status.is_in(IssueStatus::RUNNING));
        let LightDays { today, near_until } = self.days;
        let unsigned = || Condition::all().add(C::Status.eq(IssueStatus::Dispatched)).add(C::SignDueOn.lt(today));
        let answered = || Condition::all().add(C::Status.is_in(IssueStatus::ANSWERED));
        let in_time = || Expr::col(C::RepliedOn).lte(Expr::col(C::DueOn));
        match wanted {
            Light::Grey => Condition::all().add(C::Status.eq(IssueStatus::Closed)),
            Light::White => Condition::all().add(C::Status.eq(IssueStatus::Suspended)),
            Light::Red => Condition::any()
                .add(running().add(C::DueOn.lt(today)))
                .add(answered().add(Expr::col(C::RepliedOn).gt(Expr::col(C::DueOn)))),
            Light::Yellow => {
                running().add(C::DueOn.gte(today)).add(Condition::any().add(C::DueOn.lte(near_until)).add(unsigned()))
            }
            Light::Green => Condition::any()
                .add(running().add(C::DueOn.gt(near_until)).add(unsigned().not()))
                .add(answered().add(in_time())),
        }
    }
}

/// One issue, or "not found" where the caller may not know of it.
pub async fn get(store: &Store, actor: &Actor, id: IssueId) -> Result<Seen<Issue>> {
    let db = store.db.reader();
    let issue = store::find(db, id).await?;
    let assisting = if issue.dispatched_on.is_some() { store::assisting(db, id).await? } else { Vec::new() };
    let today = Today::of(store).await?;
    let sight = Sight::of(&issue, assisting, &today.policy.value);
    authorize(actor, &READ, &READ, &sight)?;
    let master = match issue.merged_into {
        Some(master) => Some(store::find(db, master).await?),
        None => None,
    };
    let mut seen = today.seen(actor, issue, sight.assisting);
    seen.master = master.map(|master| Master {
        light: light(LightFacts::of(&master), today.days),
        ledger_no: master.ledger_no,
        status: master.status,
        due_on: master.due_on,
        replied_on: master.replied_on,
        outcome: master.outcome,
        reply: master.reply,
        closed_on: master.closed_on,
    });
    Ok(seen)
}

/// Whether the caller may read what hangs on the issue, beyond the issue itself.
pub async fn check_reading(store: &Store, actor: &Actor, id: IssueId, wanted: &Permission) -> Result<()> {
    authorize(actor, wanted, &READ, &sight_of(store, id).await?)
}

/// What permissions are decided on, for an issue that need not be read whole.
async fn sight_of(store: &Store, id: IssueId) -> Result<Sight> {
    let db = store.db.reader();
    let issue = store::find(db, id).await?;
    let today = Today::of(store).await?;
    Ok(Sight::of(&issue, store::assisting(db, id).await?, &today.policy.value))
}

/// May the caller take the action on this issue, as far as office goes? For requests that are refused
/// before a transaction opens.
pub async fn check(store: &Store, actor: &Actor, id: IssueId, action: IssueAction) -> Result<()> {
    permit(actor, action, &sight_of(store, id).await?)
}

/// The issue after a command, as the caller sees it, read in the same unit of work.
pub async fn seen_in(work: &gongjian_kernel::Work<'_>, issue: Issue) -> Result<Seen<Issue>> {
    let policy = policy::within::<LedgerPolicy>(work).await?;
    let calendar = calendar::within(work).await?;
    let days = LightDays::on(work.today(), &calendar, &policy.value);
    let assisting =
        if issue.dispatched_on.is_some() { store::assisting(work.tx(), issue.id).await? } else { Vec::new() };
    Ok(Today { policy, calendar, days }.seen(work.actor(), issue, assisting))
}

/// Notes on the handling, oldest first.
pub async fn notes(
    store: &Store,
    id: IssueId,
    kind: Option<NoteKind>,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Note>> {
    let fingerprint = format!("notes/{id}/{kind:?}");
    let mut query = note::Entity::find().filter(note::Column::IssueId.eq(id));
    if let Some(kind) = kind {
        query = query.filter(note::Column::Kind.eq(kind));
    }
    if let Some(cursor) = cursor {
        query = query.filter(note::Column::Id.gt(page::open::<NoteId>(&store.keys, &fingerprint, cursor)?));
    }
    let rows = query.order_by_asc(note::Column::Id).limit(limit + 1).all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &fingerprint, |note| note.id)
}

/// Supervision sheets, oldest first.
pub async fn sheets(store: &Store, id: IssueId, limit: u64, cursor: Option<&str>) -> Result<Page<Sheet>> {
    let fingerprint = format!("sheets/{id}");
    let mut query = sheet::Entity::find().filter(sheet::Column::IssueId.eq(id));
    if let Some(cursor) = cursor {
        query = query.filter(sheet::Column::Id.gt(page::open::<SheetId>(&store.keys, &fingerprint, cursor)?));
    }
    let rows = query.order_by_asc(sheet::Column::Id).limit(limit + 1).all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &fingerprint, |sheet| sheet.id)
}

/// Which of these sheets the rules have issued already.
pub(crate) async fn issued_by_rule(
    db: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = &str>,
) -> Result<HashSet<String>> {
    let known: Vec<Option<String>> = sheet::Entity::find()
        .select_only()
        .column(sheet::Column::RuleKey)
        .filter(sheet::Column::RuleKey.is_in(keys))
        .into_tuple()
        .all(db)
        .await?;
    Ok(known.into_iter().flatten().collect())
}

/// Issues that are neither drafts nor over, by street. One query.
pub(crate) async fn open_by_street(db: &impl ConnectionTrait) -> Result<HashMap<String, u64>> {
    open_by(db, issue::Column::StreetCode).await
}

/// The same by committee.
pub(crate) async fn open_by_committee(db: &impl ConnectionTrait) -> Result<HashMap<String, u64>> {
    open_by(db, issue::Column::CommitteeCode).await
}

async fn open_by(db: &impl ConnectionTrait, by: issue::Column) -> Result<HashMap<String, u64>> {
    let open = IssueStatus::ALL.iter().copied().filter(|it| !it.is_final() && *it != IssueStatus::Draft);
    let rows: Vec<(Option<String>, i64)> = issue::Entity::find()
        .select_only()
        .column(by)
        .column_as(issue::Column::Id.count(), "open")
        .filter(by.is_not_null())
        .filter(issue::Column::Status.is_in(open))
        .group_by(by)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(key, open)| Some((key?, u64::try_from(open).ok()?))).collect())
}

/// The numbers and titles of these issues.
pub(crate) async fn titles(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = IssueId>,
) -> Result<HashMap<IssueId, (Option<String>, String)>> {
    let rows: Vec<(IssueId, Option<String>, Option<String>, String)> = issue::Entity::find()
        .select_only()
        .columns([issue::Column::Id, issue::Column::LedgerNo, issue::Column::IntakeNo, issue::Column::Title])
        .filter(issue::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, ledger_no, intake_no, title)| (id, (ledger_no.or(intake_no), title))).collect())
}

/// Issues whose clocks may still matter, locked until the commit, by id.
pub(crate) async fn open_issues(
    work: &gongjian_kernel::Work<'_>,
    after: Option<IssueId>,
    limit: u64,
) -> Result<Vec<Issue>> {
    let mut query = issue::Entity::find()
        .filter(
            Condition::any()
                .add(issue::Column::Status.is_in(IssueStatus::RUNNING))
                .add(issue::Column::Status.eq(IssueStatus::AwaitingConfirmation)),
        )
        .order_by_asc(issue::Column::Id)
        .limit(limit)
        .lock_exclusive();
    if let Some(after) = after {
        query = query.filter(issue::Column::Id.gt(after));
    }
    Ok(query.all(work.tx()).await?)
}
