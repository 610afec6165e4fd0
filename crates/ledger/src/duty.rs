//! What the ledger does by rule: reminders, urging and supervision by the deadline, confirmation by
//! silence, the review of suspensions, and deadlines under a new calendar (domain.md §3.3).
//!
//! Every step is an ordinary command of the association's rules: locked, checked again, on record. Several
//! instances may run this at once; a sheet is issued once for each deadline.

use chrono::{NaiveDate, Timelike as _};
use gongjian_kernel::calendar;
use gongjian_kernel::clock::shanghai;
use gongjian_kernel::work::{Act, Store, Target, Work, write};
use gongjian_kernel::{Result, policy};
use sea_orm::{Condition, QueryOrder, QuerySelect, entity::prelude::*};

use crate::issue::queries::columns;
use crate::issue::{IssueId, commands};
use crate::policy::LedgerPolicy;
use crate::vocabulary::{IssueStatus, SheetGround, SupervisionLevel};

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub confirmed: usize,
    pub sheets: usize,
}

const BATCH: u64 = 500;

/// Does everything that is due now. Deadlines are evaluated exactly; reminders go out in working hours.
pub async fn run(store: &Store) -> Result<Done> {
    let policy = policy::current::<LedgerPolicy>(store).await?;
    let calendar = calendar::current(store).await?;
    let today = store.today();
    let act = Act::by_rule(store);
    let mut done = Done::default();

    let silent = Condition::all()
        .add(columns::STATUS.eq(IssueStatus::AwaitingConfirmation))
        .add(columns::CONFIRM_DUE_ON.lt(today));
    for id in ids(store, silent).await? {
        let confirmed = write(store, &act, async |work| commands::auto_confirm(work, Target::any(id)).await.map(drop));
        done.confirmed += usize::from(settled(confirmed.await)?);
    }

    let hour = shanghai(store.now()).hour();
    let hours = policy.value.reminders_from_hour..policy.value.reminders_until_hour;
    if !calendar.is_workday(today) || !hours.contains(&hour) {
        return Ok(done);
    }
    for (id, level, ground) in sheets_due(store, &policy.value, &calendar, today).await? {
        let issued = write(store, &act, async |work| commands::by_rule(work, id, level, ground).await).await;
        done.sheets += usize::from(matches!(issued, Ok(true)));
        settled(issued.map(drop))?;
    }
    Ok(done)
}

/// An issue that moved on meanwhile is no fault: its turn is over.
fn settled(result: Result<()>) -> Result<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(refusal) if refusal.kind() == gongjian_kernel::FaultKind::Conflict => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

type Due = (IssueId, SupervisionLevel, SheetGround);

async fn sheets_due(
    store: &Store,
    policy: &LedgerPolicy,
    calendar: &calendar::Calendar,
    today: NaiveDate,
) -> Result<Vec<Due>> {
    let mut due = Vec::new();
    let supervised = [IssueStatus::Dispatched, IssueStatus::Signed, IssueStatus::InProgress, IssueStatus::JointMeeting];
    let unsigned =
        Condition::all().add(columns::STATUS.eq(IssueStatus::Dispatched)).add(columns::SIGN_DUE_ON.lt(today));
    for id in ids(store, unsigned).await? {
        due.push((id, SupervisionLevel::Urging, SheetGround::SignFor));
    }
    let reminded_until = calendar.add(today, policy.reminder_workdays).on;
    let near = Condition::all().add(columns::STATUS.is_in(supervised)).add(columns::DUE_ON.lte(reminded_until));
    for (id, due_on) in with_deadline(store, near).await? {
        let late = calendar.between(due_on, today);
        let levels = [
            (SupervisionLevel::Reminder, i64::MIN, late <= 0),
            (SupervisionLevel::Urging, policy.urging_workdays.into(), true),
            (SupervisionLevel::Sheet, policy.sheet_workdays.into(), true),
            (SupervisionLevel::Circular, policy.circular_workdays.into(), true),
        ];
        let reached = levels.iter().filter(|(_, from, open)| *open && late >= *from);
        due.extend(reached.map(|(level, ..)| (id, *level, SheetGround::Reply)));
    }
    let review = Condition::all().add(columns::STATUS.eq(IssueStatus::Suspended)).add(columns::REVIEW_ON.lte(today));
    for id in ids(store, review).await? {
        due.push((id, SupervisionLevel::Reminder, SheetGround::SuspensionReview));
    }
    Ok(due)
}

async fn ids(store: &Store, condition: Condition) -> Result<Vec<IssueId>> {
    let rows = columns::entity()
        .select_only()
        .column(columns::ID)
        .filter(condition)
        .order_by_asc(columns::ID)
        .limit(BATCH)
        .into_tuple::<IssueId>()
        .all(store.db.reader())
        .await?;
    Ok(rows)
}

async fn with_deadline(store: &Store, condition: Condition) -> Result<Vec<(IssueId, NaiveDate)>> {
    let rows = columns::entity()
        .select_only()
        .columns([columns::ID, columns::DUE_ON])
        .filter(condition)
        .order_by_asc(columns::DUE_ON)
        .limit(BATCH)
        .into_tuple::<(IssueId, NaiveDate)>()
        .all(store.db.reader())
        .await?;
    Ok(rows)
}

/// Counts the deadlines of open issues again after a calendar was imported, in the same unit of work.
pub async fn recount_deadlines(work: &mut Work<'_>, year: i32) -> Result<u32> {
    let from = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let open = columns::entity()
        .select_only()
        .column(columns::ID)
        .filter(columns::STATUS.is_in(IssueStatus::RUNNING))
        .filter(Condition::any().add(columns::DUE_ON.gte(from)).add(columns::DUE_ESTIMATED.eq(true)))
        .into_tuple::<IssueId>()
        .all(work.tx())
        .await?;
    let mut changed = 0;
    for id in open {
        changed += u32::from(commands::recount(work, id).await?);
    }
    Ok(changed)
}
