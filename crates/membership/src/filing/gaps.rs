//! Units that lack a representative or a liaison (Article 25). A gap is no record: it is what the terms on
//! file leave open, so it closes with the filing that fills it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::calendar::{self, Calendar};
use gongjian_kernel::clock::day;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Result, Store, Work, policy};
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, QueryTrait as _, entity::prelude::*};

use super::FilingPolicy;
use super::action::FILING_CHECK;
use super::deadline::Deadline;
use crate::unit::store::{contact, unit};
use crate::unit::{ContactKind, Unit, UnitCard, UnitId, UnitStatus};

gongjian_kernel::words! {
    /// How long a gap has been open.
    pub enum GapState as "filing_gap_state" ("待备案情况", "State of a missing filing") {
        Open = "open" ("期限内", "Within the limit"),
        Reminded = "reminded" ("应提醒", "To be reminded"),
        Overdue = "overdue" ("已逾期", "Overdue"),
    }
}

/// A representative or liaison that a member does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub kind: ContactKind,
    pub since_on: NaiveDate,
    pub due_on: NaiveDate,
    pub due_estimated: bool,
    pub late_workdays: i32,
    pub state: GapState,
}

/// A unit with what it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitGaps {
    pub unit: UnitCard,
    pub gaps: Vec<Gap>,
}

/// The day and the rules that gaps are held against.
#[derive(Debug, Clone, Copy)]
struct Rules<'a> {
    calendar: &'a Calendar,
    policy: &'a FilingPolicy,
    today: NaiveDate,
}

/// Members without a representative or a liaison, by member number. Two queries for a page.
pub async fn list(store: &Store, actor: &Actor, limit: u64, cursor: Option<&str>) -> Result<Page<UnitGaps>> {
    const SEALED_FOR: &str = "filing-gaps";
    authorize(actor, &FILING_CHECK, &FILING_CHECK, &Association)?;
    let db = store.db.reader();
    let lacks = |kind: ContactKind| {
        let present = contact::Entity::find()
            .select_only()
            .column(contact::Column::Id)
            .filter(Expr::col((contact::Entity, contact::Column::UnitId)).equals((unit::Entity, unit::Column::Id)))
            .filter(contact::Column::Kind.eq(kind))
            .filter(contact::Column::Until.is_null());
        Expr::exists(present.into_query()).not()
    };
    let mut query = unit::Entity::find()
        .filter(unit::Column::Status.eq(UnitStatus::Active))
        .filter(lacks(ContactKind::Representative).or(lacks(ContactKind::Liaison)))
        .order_by_asc(unit::Column::MemberNo)
        .limit(limit + 1);
    if let Some(cursor) = cursor {
        let last: String = page::open(&store.keys, SEALED_FOR, cursor)?;
        query = query.filter(unit::Column::MemberNo.gt(last));
    }
    let units = query.into_partial_model::<UnitCard>().all(db).await?;
    let page = Page::cut(units, limit, &store.keys, SEALED_FOR, |unit| unit.member_no.clone())?;
    let joined = page.rows.iter().filter_map(|unit| Some((unit.id, unit.joined_on?)));
    let calendar = calendar::current(store).await?;
    let policy = policy::current::<FilingPolicy>(store).await?;
    let rules = Rules { calendar: &calendar, policy: &policy.value, today: store.today() };
    let mut gaps = of(db, joined.collect(), rules).await?;
    let rows = page.rows.into_iter().map(|unit| UnitGaps { gaps: gaps.remove(&unit.id).unwrap_or_default(), unit });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

/// What this unit lacks.
pub async fn of_unit(store: &Store, unit: &Unit) -> Result<Vec<Gap>> {
    let calendar = calendar::current(store).await?;
    let policy = policy::current::<FilingPolicy>(store).await?;
    let rules = Rules { calendar: &calendar, policy: &policy.value, today: store.today() };
    of_one(store.db.reader(), unit, rules).await
}

/// The same within a unit of work.
pub async fn of_unit_within(work: &Work<'_>, unit: &Unit) -> Result<Vec<Gap>> {
    let calendar = calendar::within(work).await?;
    let policy = policy::within::<FilingPolicy>(work).await?;
    let rules = Rules { calendar: &calendar, policy: &policy.value, today: work.today() };
    of_one(work.tx(), unit, rules).await
}

async fn of_one(db: &impl ConnectionTrait, unit: &Unit, rules: Rules<'_>) -> Result<Vec<Gap>> {
    let member = unit.joined_on.filter(|_| unit.status == UnitStatus::Active);
    let Some(joined_on) = member else { return Ok(Vec::new()) };
    Ok(of(db, vec![(unit.id, joined_on)], rules).await?.remove(&unit.id).unwrap_or_default())
}

/// The gaps of these members, from their terms on file.
async fn of(
    db: &impl ConnectionTrait,
    members: Vec<(UnitId, NaiveDate)>,
    rules: Rules<'_>,
) -> Result<HashMap<UnitId, Vec<Gap>>> {
    let terms: Vec<(UnitId, ContactKind, Option<DateTime<Utc>>)> = contact::Entity::find()
        .select_only()
        .columns([contact::Column::UnitId, contact::Column::Kind, contact::Column::Until])
        .filter(contact::Column::UnitId.is_in(members.iter().map(|(unit, _)| *unit)))
        .into_tuple()
        .all(db)
        .await?;
    let mut ends: HashMap<(UnitId, ContactKind), Vec<Option<DateTime<Utc>>>> = HashMap::new();
    for (unit, kind, until) in terms {
        ends.entry((unit, kind)).or_default().push(until);
    }
    let gaps = members.into_iter().map(|(unit, joined_on)| {
        let gap = |kind: &ContactKind| {
            let ends = ends.get(&(unit, *kind)).map_or(&[][..], Vec::as_slice);
            let since_on = vacant_since(joined_on, ends)?;
            Some(rules.gap(*kind, since_on))
        };
        (unit, ContactKind::ALL.iter().filter_map(gap).collect())
    });
    Ok(gaps.collect())
}

/// Since when nobody is on file, or `None` where somebody is: the later of joining and the last end.
pub(crate) fn vacant_since(joined_on: NaiveDate, ends: &[Option<DateTime<Utc>>]) -> Option<NaiveDate> {
    let ends: Option<Vec<NaiveDate>> = ends.iter().map(|end| end.map(day)).collect();
    ends.map(|ends| ends.into_iter().fold(joined_on, Ord::max))
}

impl Rules<'_> {
    fn gap(self, kind: ContactKind, since_on: NaiveDate) -> Gap {
        let deadline = Deadline::of(self.calendar, self.policy, since_on);
        let state = if self.today > deadline.due_on {
            GapState::Overdue
        } else if self.today >= deadline.remind_on {
            GapState::Reminded
        } else {
            GapState::Open
        };
        Gap {
            kind,
            since_on,
            due_on: deadline.due_on,
            due_estimated: deadline.estimated,
            late_workdays: deadline.late_workdays(self.calendar, self.today),
            state,
        }
    }
}
