//! The working-day calendar: Monday to Friday, less the days off and plus the make-up working days of
//! the State Council's yearly notice. The notice cannot be derived: it is imported, versioned data, and a
//! year without one is *estimated* (domain.md §6.6; 民法典 201, 203: the first day does not count).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::audit::{self, Event, EventEntry};
use crate::fault::{FieldFault, Refusal, Result};
use crate::policy::only_one;
use crate::say::Say;
use crate::work::{Store, Target, Work};

/// One festival: days off, first and last included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub name: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// The notice for one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearPlan {
    pub notice: String,
    pub published_on: NaiveDate,
    pub holidays: Vec<Holiday>,
    pub makeup_workdays: Vec<NaiveDate>,
}

impl YearPlan {
    /// What the notice must satisfy to be one of that year.
    pub fn check(&self, year: i32) -> Result<()> {
        let mut faults = Vec::new();
        let mut off = BTreeSet::new();
        let mut fault = |pointer: String, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(pointer, code, Say::fixed(zh, en)));
        };
        for (at, holiday) in self.holidays.iter().enumerate() {
            if holiday.end < holiday.start || holiday.start.year() != year || holiday.end.year() != year {
                fault(
                    format!("/holidays/{at}"),
                    "invalid_range",
                    "放假起止日期须在本年度内且先后正确。",
                    "The days must lie in the year, first before last.",
                );
            } else {
                off.extend(holiday.start.iter_days().take_while(|day| *day <= holiday.end));
            }
        }
        for (at, day) in self.makeup_workdays.iter().enumerate() {
            if day.year() != year || off.contains(day) || day.weekday().number_from_monday() < 6 {
                fault(
                    format!("/makeup_workdays/{at}"),
                    "invalid_makeup_day",
                    "调休上班日须是本年度的周末且不在放假期间。",
                    "A make-up day is a weekend day of the year that is not a day off.",
                );
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

/// A year as the calendar has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    pub plan: YearPlan,
    pub version: i32,
    pub imported_at: DateTime<Utc>,
}

/// A day that was counted out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub on: NaiveDate,
    /// The count ran through a year without a notice.
    pub estimated: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
    off: BTreeSet<NaiveDate>,
    makeup: BTreeSet<NaiveDate>,
}

impl Calendar {
    #[must_use]
    pub fn new(years: BTreeMap<i32, Year>) -> Self {
        let mut calendar = Self::default();
        for year in years.values() {
            for holiday in &year.plan.holidays {
                let days = holiday.start.iter_days().take_while(|day| *day <= holiday.end);
                calendar.off.extend(days);
            }
            calendar.makeup.extend(&year.plan.makeup_workdays);
        }
        calendar.years = years;
        calendar
    }

    #[must_use]
    pub fn years(&self) -> &BTreeMap<i32, Year> {
        &self.years
    }

    #[must_use]
    pub fn is_estimated(&self, year: i32) -> bool {
        !self.years.contains_key(&year)
    }

    #[must_use]
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        if self.makeup.contains(&day) {
            return true;
        }
        let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let off = if self.is_estimated(day.year()) { is_fixed_festival(day) } else { self.off.contains(&day) };
        weekday && !off
    }

    /// `n` working days after a day, which itself does not count. With `n = 0`: the day, or the next
    /// working day where it is a day off.
    #[must_use]
    pub fn add(&self, from: NaiveDate, n: u32) -> Due {
        let mut day = from;
        let mut left = n;
        let mut estimated = false;
        while left > 0 || (n == 0 && !self.is_workday(day)) {
            let Some(next) = day.checked_add_days(Days::new(1)) else { break };
            day = next;
            estimated |= self.is_estimated(day.year());
            if left > 0 && self.is_workday(day) {
                left -= 1;
            }
        }
        Due { on: day, estimated }
    }

    /// Working days after `from` up to and including `to`; negative where `to` is before `from`.
    #[must_use]
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.between(to, from);
        }
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        i64::try_from(days.filter(|day| self.is_workday(*day)).count()).unwrap_or(i64::MAX)
    }

    /// The versions of the years that a deadline rests on: `2026v1` or `2027~` where estimated.
    #[must_use]
    pub fn basis(&self, from: NaiveDate, to: NaiveDate) -> String {
        let name = |year: i32| match self.years.get(&year) {
            Some(known) => format!("{year}v{}", known.version),
            None => format!("{year}~"),
        };
        let years: Vec<String> = (from.year()..=to.year().max(from.year())).map(name).collect();
        years.join(",")
    }
}

/// Statutory days with a fixed date (全国年节及纪念日放假办法): all that is known of a year whose notice is
/// not out. The lunar festivals are not among them.
fn is_fixed_festival(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (1, 1) | (5, 1 | 2) | (10, 1..=3))
}

pub mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_year")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        pub version: i32,
        #[sea_orm(column_type = "Text")]
        pub plan: String,
        pub imported_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const DOCUMENT: &str = "calendar";

/// The calendar, at most a second old.
pub async fn current(store: &Store) -> Result<Arc<Calendar>> {
    store.document(DOCUMENT, async || load(store.db.reader()).await).await
}

/// The calendar, at most a second old, read on the connection of the unit of work where it is not at hand.
pub async fn within(work: &Work<'_>) -> Result<Arc<Calendar>> {
    work.document(DOCUMENT, async || load(work.tx()).await).await
}

/// The calendar as the database has it now.
pub async fn load(db: &impl ConnectionTrait) -> Result<Calendar> {
    let rows = row::Entity::find().order_by_asc(row::Column::Year).all(db).await?;
    let mut years = BTreeMap::new();
    for row in rows {
        let year = Year { plan: serde_json::from_str(&row.plan)?, version: row.version, imported_at: row.imported_at };
        years.insert(row.year, year);
    }
    Ok(Calendar::new(years))
}

pub static CALENDAR_IMPORTED: EventEntry =
    EventEntry::new("calendar.imported", "calendar", None, "工作日历已导入", "a calendar year was imported");

/// Imports the notice of a year as its next version. The caller has been authorized.
pub async fn import(work: &mut Work<'_>, target: Target<i32>, plan: YearPlan) -> Result<Year> {
    let year = target.id;
    plan.check(year)?;
    let known = row::Entity::find_by_id(year).one(work.tx()).await?;
    let before = known.map_or(0, |known| known.version);
    target.is_current(before)?;
    let version = before + 1;
    let row = row::ActiveModel {
        year: Set(year),
        version: Set(version),
        plan: Set(serde_json::to_string(&plan)?),
        imported_at: Set(work.now()),
    };
    let replace = OnConflict::column(row::Column::Year)
        .update_columns([row::Column::Version, row::Column::Plan, row::Column::ImportedAt])
        .action_and_where(row::Column::Version.eq(before))
        .to_owned();
    let written = row::Entity::insert(row).on_conflict(replace).exec_without_returning(work.tx()).await;
    only_one(written)?;
    work.record(Event::new(
        &CALENDAR_IMPORTED,
        Uuid::nil(),
        serde_json::json!({ "year": year, "version": version, "notice": plan.notice }),
    ));
    work.forget_document(DOCUMENT);
    Ok(Year { plan, version, imported_at: work.now() })
}

/// The notices of 2024–2026, as the State Council published them.
pub fn published() -> Result<BTreeMap<i32, YearPlan>> {
    #[derive(Deserialize)]
    struct File {
        years: BTreeMap<i32, YearPlan>,
    }
    let file: File = serde_json::from_str(include_str!("../data/holidays.json"))?;
    Ok(file.years)
}

/// Imports the published notices that the database does not have yet. The first to do so has a new
/// database before it: its audit trail is sealed in the same transaction, before its first row.
pub async fn seed(store: &Store) -> Result<()> {
    let act = crate::work::Act::by_rule(store);
    crate::work::write(store, &act, async |work| {
        let known = load(work.tx()).await?;
        if known.years().is_empty() {
            audit::establish(work).await?;
        }
        for (year, plan) in published()? {
            if known.is_estimated(year) {
                import(work, Target::any(year), plan).await?;
            }
        }
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        let year = |plan| Year { plan, version: 1, imported_at: DateTime::default() };
        Calendar::new(published().unwrap().into_iter().map(|(y, plan)| (y, year(plan))).collect())
    }

    #[test]
    fn deadlines_follow_the_published_vectors() {
        let calendar = calendar();
        for (from, n, due) in [
            ("2026-02-13", 1, "2026-02-14"),
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-09-18", 5, "2026-09-24"),
            ("2026-09-30", 1, "2026-10-08"),
            ("2025-09-26", 10, "2025-10-16"),
            ("2024-04-03", 2, "2024-04-08"),
            ("2026-01-01", 1, "2026-01-04"),
            ("2026-04-30", 3, "2026-05-08"),
        ] {
            let due_on = calendar.add(from.parse().unwrap(), n);
            assert_eq!(due_on.on.to_string(), due, "{from} + {n}");
            assert!(!due_on.estimated);
            assert_eq!(calendar.between(from.parse().unwrap(), due_on.on), i64::from(n));
        }
    }

    #[test]
    fn the_years_have_their_working_days() {
        let calendar = calendar();
        for (year, days) in [(2024, 251), (2025, 248), (2026, 248)] {
            let before = NaiveDate::from_ymd_opt(year - 1, 12, 31).unwrap();
            let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
            assert_eq!(calendar.between(before, last), days, "{year}");
        }
    }

    #[test]
    fn a_year_without_a_notice_is_estimated() {
        let due = calendar().add("2026-12-30".parse().unwrap(), 3);
        assert_eq!((due.on.to_string().as_str(), due.estimated), ("2027-01-05", true));
        let basis = calendar().basis("2026-12-30".parse().unwrap(), due.on);
        assert_eq!(basis, "2026v1,2027~");
    }
}
