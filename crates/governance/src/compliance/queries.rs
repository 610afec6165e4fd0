//! Reading the calendar. Who may know of a duty is asked of each.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Result, Store, actor};
use serde::Serialize;
use uuid::Uuid;

use super::action::COMPLIANCE_READ;
use super::explanation::{Key, queries as explanations};
use super::sight::Sight;
use super::source::{self, Question, Rules};
use super::{Duty, DutyState, Obligation, Strength, SubjectKind, obligations};
use gongjian_kernel::actor::Association;

/// What the calendar is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DutyFilter {
    pub state: Vec<DutyState>,
    pub strength: Vec<Strength>,
    pub subject: Vec<SubjectKind>,
    pub article: Option<u8>,
    pub obligation: Option<String>,
    pub subject_id: Option<Uuid>,
    /// The year in which something is due. Without it: this year, and what is open from before.
    pub year: Option<i32>,
    /// As it was at the end of that day; today where none is given.
    pub as_of: Option<NaiveDate>,
}

impl DutyFilter {
    fn wants(&self, obligation: &Obligation) -> bool {
        (self.strength.is_empty() || self.strength.contains(&obligation.strength))
            && (self.subject.is_empty() || self.subject.contains(&obligation.subject))
            && self.article.is_none_or(|article| article == obligation.article)
            && self.obligation.as_ref().is_none_or(|key| key == obligation.key)
    }

    fn takes(&self, duty: &Duty, today: NaiveDate) -> bool {
        let in_time = match self.year {
            Some(year) => duty.due_on.year() == year,
            // What begins this year may be due in the next.
            None => duty.due_on.year() >= today.year() || is_open(duty.state),
        };
        in_time
            && (self.state.is_empty() || self.state.contains(&duty.state))
            && self.subject_id.is_none_or(|id| duty.subject.id == Some(id))
    }
}

/// Whether somebody has still to do something, or to answer for it.
fn is_open(state: DutyState) -> bool {
    match state {
        DutyState::NotYetDue | DutyState::DueSoon | DutyState::Overdue | DutyState::Explained => true,
        DutyState::Met | DutyState::MetLate | DutyState::NotUsed => false,
    }
}

/// The duties that the actor may know of, by the day on which they are due.
pub async fn calendar(store: &Store, actor: &Actor, filter: &DutyFilter) -> Result<Vec<Duty>> {
    if !actor.has_some(&COMPLIANCE_READ) {
        actor::authorize(actor, &COMPLIANCE_READ, &COMPLIANCE_READ, &Association)?;
    }
    let db = store.db.reader();
    let (rules, sight) = (Rules::current(store).await?, Sight::of(actor));
    let as_of = filter.as_of.unwrap_or_else(|| store.today());
    let years = filter.year.map_or((as_of.year() - 1, as_of.year()), |year| (year, year));
    let began_on = source::began_on(db, &rules, as_of).await?;
    let question = Question { rules: &rules, sight: &sight, years, as_of, began_on };
    let wanted = obligations().filter(|obligation| filter.wants(obligation));
    let found = source::duties(db, &question, wanted).await?;
    let mut reasons = explanations::in_force(db, years, question.known_before()).await?;
    let judged = found
        .into_iter()
        .filter(|duty| actor.may(&COMPLIANCE_READ, duty))
        .map(|duty| {
            let reason = reasons.remove(&Key::of(&duty));
            duty.judged(reason, as_of)
        })
        .filter(|duty| filter.takes(duty, as_of));
    let mut duties: Vec<Duty> = judged.collect();
    duties.sort_by_cached_key(|duty| (duty.due_on, duty.id()));
    Ok(duties)
}

/// One page of them.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &DutyFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Duty>> {
    let sealed_for = serde_json::to_string(&("compliance", filter))?;
    let after: Option<(NaiveDate, String)> =
        cursor.map(|cursor| page::open(&store.keys, &sealed_for, cursor)).transpose()?;
    let duties = calendar(store, actor, filter).await?;
    let rest = duties.into_iter().filter(|duty| after.as_ref().is_none_or(|after| (duty.due_on, duty.id()) > *after));
    let rows = rest.take(usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1)).collect();
    Page::cut(rows, limit, &store.keys, &sealed_for, |duty: &Duty| (duty.due_on, duty.id()))
}

/// How many duties stand where, in all and by article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub by_state: BTreeMap<DutyState, u32>,
    pub by_article: BTreeMap<u8, BTreeMap<DutyState, u32>>,
}

pub async fn summary(store: &Store, actor: &Actor, filter: &DutyFilter) -> Result<Summary> {
    let mut summary = Summary::default();
    for duty in calendar(store, actor, filter).await? {
        *summary.by_state.entry(duty.state).or_default() += 1;
        *summary.by_article.entry(duty.obligation.article).or_default().entry(duty.state).or_default() += 1;
    }
    Ok(summary)
}
