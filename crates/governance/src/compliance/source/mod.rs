//! Where the facts come from. A source answers for all periods and subjects at once: the queries of a calendar are
//! as many as its sources, however long it is.

mod briefings;
mod contacts;
mod instruments;
mod meetings;
mod offices;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use gongjian_kernel::calendar::Calendar;
use gongjian_kernel::clock::start_of;
use gongjian_kernel::policy::{self, Policy};
use gongjian_kernel::{Result, Store, Work, calendar};
use gongjian_membership::FilingPolicy;
use gongjian_membership::unit::ContactKind;
use sea_orm::ConnectionTrait;
use std::sync::Arc;

use super::period::periods;
use super::sight::Sight;
use super::{CompliancePolicy, Duty, Fact, Obligation, Subject, Warning};
use crate::body::{BodyId, COUNCIL, GENERAL_MEETING};
use crate::briefing::BriefingPolicy;
use crate::office::{OfficeKind, OfficePolicy};
use crate::plan::InstrumentKind;

/// What tells whether an obligation is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// Meetings of a body.
    GeneralMeeting,
    Council,
    SecretariatReports,
    Instruments(InstrumentKind),
    Briefings,
    OpinionResults,
    Directors(OfficeKind),
    Terms(OfficeKind),
    OfficeChanges,
    /// Filings of units.
    Contacts(ContactKind),
}

/// What limits are counted by.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) policy: CompliancePolicy,
    pub(crate) filing: FilingPolicy,
    pub(crate) briefing: BriefingPolicy,
    pub(crate) offices: OfficePolicy,
}

impl Rules {
    pub(crate) async fn current(store: &Store) -> Result<Self> {
        async fn value<P: Policy + Clone>(store: &Store) -> Result<P> {
            Ok(policy::current::<P>(store).await?.value.clone())
        }
        Ok(Self {
            calendar: calendar::current(store).await?,
            policy: value(store).await?,
            filing: value(store).await?,
            briefing: value(store).await?,
            offices: value(store).await?,
        })
    }

    pub(crate) async fn within(work: &Work<'_>) -> Result<Self> {
        async fn value<P: Policy + Clone>(work: &Work<'_>) -> Result<P> {
            Ok(policy::within::<P>(work).await?.value.clone())
        }
        Ok(Self {
            calendar: calendar::within(work).await?,
            policy: value(work).await?,
            filing: value(work).await?,
            briefing: value(work).await?,
            offices: value(work).await?,
        })
    }
}

/// What is asked of the sources.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) sight: &'a Sight,
    /// Of these years, both included, by the day on which something is due.
    pub(crate) years: (i32, i32),
    /// As it was known at the end of this day.
    pub(crate) as_of: NaiveDate,
    /// Periods that were over before this day are nobody's.
    pub(crate) began_on: NaiveDate,
}

/// Since when there is an association to ask something of.
pub(crate) async fn began_on(db: &impl ConnectionTrait, rules: &Rules, as_of: NaiveDate) -> Result<NaiveDate> {
    match rules.policy.begins_on {
        Some(day) => Ok(day),
        None => Ok(gongjian_membership::unit::period::first_joined_on(db).await?.unwrap_or(as_of)),
    }
}

impl Question<'_> {
    /// What was recorded before this instant counts.
    pub(crate) fn known_before(&self) -> DateTime<Utc> {
        start_of(next(self.as_of))
    }

    /// The first day of what may matter: limits run for a year at most.
    pub(crate) fn from(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.years.0 - 2, 1, 1).unwrap_or(self.as_of)
    }

    /// The first and the last day of the years.
    fn span(&self) -> (NaiveDate, NaiveDate) {
        let (first, last) = self.years;
        let from = NaiveDate::from_ymd_opt(first, 1, 1).unwrap_or(self.as_of);
        (from, NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(self.as_of))
    }

    /// The duties of a periodic obligation with the facts that meet them.
    fn periodic(&self, obligation: &'static Obligation, facts: &[Fact]) -> Vec<Duty> {
        let interval = self.rules.briefing.briefing_interval_months;
        let all = (self.years.0..=self.years.1).flat_map(|year| periods(obligation.cadence, year, interval));
        let all = all.filter(|period| period.to >= self.began_on);
        let duty = |period: super::Period| {
            let meets = |fact: &&Fact| match fact.of_year {
                Some(year) => period.from.year() == year,
                None => period.contains(fact.on),
            };
            let facts = facts.iter().filter(meets).cloned().collect();
            let warn_on = self.warning(obligation.warning, period.from, period.to);
            Duty { warn_on, facts, ..Duty::new(obligation, period, Subject::association()) }
        };
        all.map(duty).collect()
    }

    /// From when on something that is due then is warned of; never before its period.
    pub(crate) fn warning(&self, warning: Warning, from: NaiveDate, due_on: NaiveDate) -> NaiveDate {
        let policy = &self.rules.policy;
        let before = |days: u32| due_on.checked_sub_days(Days::new(days.into())).unwrap_or(due_on);
        let warn_on = match warning {
            Warning::FromMonth => {
                NaiveDate::from_ymd_opt(due_on.year(), policy.general_meeting_warn_month, 1).unwrap_or(due_on)
            }
            Warning::CouncilDays => before(policy.council_warn_days),
            Warning::BriefingDays => before(policy.briefing_warn_days),
            Warning::ReminderWorkdays => self.rules.calendar.add(from, policy.reminder_workdays).on,
            Warning::FilingReminder => self.rules.calendar.add(from, self.rules.filing.reminder_workdays).on,
            Warning::TermDays => before(self.rules.offices.successor_notice_days),
            Warning::SameDay => due_on,
        };
        warn_on.clamp(from, due_on.max(from))
    }
}

pub(crate) fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// The duties of these obligations, not yet judged.
pub(crate) async fn duties(
    db: &impl ConnectionTrait,
    question: &Question<'_>,
    wanted: impl Iterator<Item = &'static Obligation>,
) -> Result<Vec<Duty>> {
    let mut found = Vec::new();
    let (mut contacts, mut offices) = (None, None);
    for obligation in wanted {
        found.extend(match obligation.source {
            Source::GeneralMeeting => periodic_meetings(db, question, obligation, GENERAL_MEETING).await?,
            Source::Council => periodic_meetings(db, question, obligation, COUNCIL).await?,
            Source::SecretariatReports => meetings::reports(db, question, obligation).await?,
            Source::Instruments(kind) => question.periodic(obligation, &instruments::facts(db, question, kind).await?),
            Source::Briefings => question.periodic(obligation, &briefings::facts(db, question).await?),
            Source::OpinionResults => briefings::results(db, question, obligation).await?,
            Source::Directors(kind) => {
                let known = known_offices(&mut offices, db, question).await?;
                offices::directors(question, obligation, kind, known)
            }
            Source::Terms(kind) => {
                let known = known_offices(&mut offices, db, question).await?;
                offices::terms(question, obligation, kind, known)
            }
            Source::OfficeChanges => offices::changes(db, question, obligation).await?,
            Source::Contacts(kind) => {
                let known = match &mut contacts {
                    Some(known) => known,
                    none => none.insert(contacts::vacancies(db, question).await?),
                };
                contacts::duties(obligation, kind, known)
            }
        });
    }
    Ok(found)
}

async fn periodic_meetings(
    db: &impl ConnectionTrait,
    question: &Question<'_>,
    obligation: &'static Obligation,
    body: BodyId,
) -> Result<Vec<Duty>> {
    Ok(question.periodic(obligation, &meetings::facts(db, question, body).await?))
}

/// Read for the first obligation that asks.
async fn known_offices<'a>(
    known: &'a mut Option<offices::Known>,
    db: &impl ConnectionTrait,
    question: &Question<'_>,
) -> Result<&'a offices::Known> {
    Ok(match known {
        Some(known) => known,
        none => none.insert(offices::known(db, question).await?),
    })
}
