//! What the ledger does by rule: reminders, urging and supervision by the deadline, confirmation by
//! silence, the review of suspensions, and deadlines under a new calendar (domain.md §3.3).
//!
//! Every step is an ordinary command of the association's rules: locked, checked again, on record. Several
//! instances may run this at once; a sheet is issued once for each deadline.

use chrono::{NaiveDate, Timelike as _};
use gongjian_kernel::calendar;
use gongjian_kernel::clock::shanghai;
use gongjian_kernel::work::{Act, Store, Target, Work, write};
use gongjian_kernel::{FaultKind, Result, policy};
use sea_orm::{Condition, QueryOrder, QuerySelect, entity::prelude::*};

use crate::issue::input::Remark;
use crate::issue::queries::{self, columns, issued_by_rule};
use crate::issue::{IssueId, commands};
use crate::policy::LedgerPolicy;
use crate::vocabulary::{IssueStatus, SheetGround, SupervisionLevel};

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub confirmed: usize,
    pub passed_on: usize,
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

    for id in unlooked_at(store, &policy.value, &calendar, today).await? {
        let remark = Remark::default();
        let passed_on =
            write(store, &act, async |work| commands::pass_on(work, Target::any(id), remark.clone()).await.map(drop));
        done.passed_on += usize::from(settled(passed_on.await)?);
    }

    let hour = shanghai(store.now()).hour();
    let hours = policy.value.reminders_from_hour..policy.value.reminders_until_hour;
    if !calendar.is_workday(today) || !hours.contains(&hour) {
        return Ok(done);
    }
    for Due { id, level, ground, .. } in sheets_due(store, &policy.value, &calendar, today).await? {
        let issued = write(store, &act, async |work| commands::by_rule(work, id, level, ground).await).await;
        done.sheets += usize::from(matches!(issued, Ok(true)));
        settled(issued.map(drop))?;
    }
    Ok(done)
}

/// Article 18: what its branch has not answered in its time.
async fn unlooked_at(
    store: &Store,
    policy: &LedgerPolicy,
    calendar: &calendar::Calendar,
    today: NaiveDate,
) -> Result<Vec<IssueId>> {
    let rows: Vec<(IssueId, Option<NaiveDate>)> = columns::entity()
        .select_only()
        .columns([columns::ID, columns::SUBMITTED_ON])
        .filter(columns::STATUS.eq(IssueStatus::BranchReview))
        .order_by_asc(columns::SUBMITTED_ON)
        .limit(BATCH)
        .into_tuple()
        .all(store.db.reader())
        .await?;
    let is_over = |on: Option<NaiveDate>| on.is_some_and(|on| calendar.add(on, policy.first_look_workdays).on < today);
    Ok(rows.into_iter().filter(|(_, on)| is_over(*on)).map(|(id, _)| id).collect())
}

/// An issue that moved on meanwhile is no fault: its turn is over. One that cannot be worked on must not
/// hold up the others; only a database that is away ends the run.
fn settled(result: Result<()>) -> Result<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(refusal) if refusal.kind() == FaultKind::Conflict => Ok(false),
        Err(refusal) if refusal.kind() == FaultKind::Unavailable => Err(refusal),
        Err(refusal) => {
            tracing::error!(%refusal, "a rule could not be carried out");
            Ok(false)
        }
    }
}

/// A sheet that a rule asks for, on what it finds in the issue.
struct Due {
    id: IssueId,
    level: SupervisionLevel,
    ground: SheetGround,
    key: String,
}

/// The sheets that the rules ask for and that are not issued yet: a few queries for each five hundred
/// issues, none for each.
async fn sheets_due(
    store: &Store,
    policy: &LedgerPolicy,
    calendar: &calendar::Calendar,
    today: NaiveDate,
) -> Result<Vec<Due>> {
    let mut due = Vec::new();
    let unsigned =
        Condition::all().add(columns::STATUS.eq(IssueStatus::Dispatched)).add(columns::SIGN_DUE_ON.lt(today));
    collect(store, &mut due, unsigned, columns::SIGN_DUE_ON, SheetGround::SignFor, |_| vec![SupervisionLevel::Urging])
        .await?;

    let supervised = [IssueStatus::Dispatched, IssueStatus::Signed, IssueStatus::InProgress, IssueStatus::JointMeeting];
    let reminded_until = calendar.add(today, policy.reminder_workdays).on;
    let near = Condition::all().add(columns::STATUS.is_in(supervised)).add(columns::DUE_ON.lte(reminded_until));
    collect(store, &mut due, near, columns::DUE_ON, SheetGround::Reply, |due_on| {
        levels_reached(policy, calendar.between(due_on, today))
    })
    .await?;

    let review = Condition::all().add(columns::STATUS.eq(IssueStatus::Suspended)).add(columns::REVIEW_ON.lte(today));
    collect(store, &mut due, review, columns::REVIEW_ON, SheetGround::SuspensionReview, |review_on| {
        levels_reached(policy, calendar.between(review_on, today))
    })
    .await?;
    Ok(due)
}

/// The levels for an issue that is so many working days late: a reminder until the deadline, then the
/// steps of the policy.
fn levels_reached(policy: &LedgerPolicy, late: i64) -> Vec<SupervisionLevel> {
    if late <= 0 {
        return vec![SupervisionLevel::Reminder];
    }
    let steps = [
        (SupervisionLevel::Urging, policy.urging_workdays),
        (SupervisionLevel::Sheet, policy.sheet_workdays),
        (SupervisionLevel::Circular, policy.circular_workdays),
    ];
    steps.into_iter().filter(|(_, from)| late >= i64::from(*from)).map(|(level, _)| level).collect()
}

async fn collect(
    store: &Store,
    due: &mut Vec<Due>,
    condition: Condition,
    deadline: columns::Column,
    ground: SheetGround,
    levels: impl Fn(NaiveDate) -> Vec<SupervisionLevel>,
) -> Result<()> {
    let mut after = None;
    loop {
        let mut query = columns::entity().select_only().columns([columns::ID, columns::ROUND, deadline]);
        query = query.filter(condition.clone()).filter(deadline.is_not_null());
        if let Some(after) = after {
            query = query.filter(columns::ID.gt(after));
        }
        let rows: Vec<(IssueId, i32, NaiveDate)> =
            query.order_by_asc(columns::ID).limit(BATCH).into_tuple().all(store.db.reader()).await?;
        let Some((last, ..)) = rows.last() else { return Ok(()) };
        after = Some(*last);
        let asked: Vec<Due> = rows
            .iter()
            .flat_map(|(id, round, on)| {
                let due = move |level| {
                    let key = commands::rule_key(*id, *round, level, ground, *on);
                    Due { id: *id, level, ground, key }
                };
                levels(*on).into_iter().map(due)
            })
            .collect();
        let issued = issued_by_rule(store.db.reader(), asked.iter().map(|due| due.key.as_str())).await?;
        due.extend(asked.into_iter().filter(|due| !issued.contains(&due.key)));
    }
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

/// Counts the deadlines of open issues again after a calendar was imported, in the same unit of work: one
/// query for each five hundred issues, one more for each that changes.
pub async fn recount_deadlines(work: &mut Work<'_>) -> Result<u32> {
    let calendar = calendar::load(work.tx()).await?;
    let mut changed = 0;
    let mut after = None;
    loop {
        let open = queries::open_issues(work, after, BATCH).await?;
        let Some(last) = open.last() else { return Ok(changed) };
        after = Some(last.id);
        for issue in open {
            changed += u32::from(commands::recount(work, issue, &calendar).await?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn supervision_rises_with_the_delay() {
        let levels = |late| levels_reached(&LedgerPolicy::default(), late);
        use SupervisionLevel as L;
        assert_eq!(levels(-2), [L::Reminder]);
        assert_eq!(levels(0), [L::Reminder]);
        assert_eq!(levels(1), [L::Urging]);
        assert_eq!(levels(5), [L::Urging, L::Sheet]);
        assert_eq!(levels(30), [L::Urging, L::Sheet, L::Circular]);
    }
}
