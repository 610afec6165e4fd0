//! An obligation for a period and a subject, with the facts that meet it.

use chrono::NaiveDate;
use gongjian_kernel::{FaultEntry, Relation, Resource, Scope};
use gongjian_membership::UnitId;
use uuid::Uuid;

use super::action::PUBLIC_DUTY;
use super::explanation::Explanation;
use super::fault::OBLIGATION_NOT_FOUND;
use super::state::{Standing, state};
use super::{DutyAction, DutyState, Obligation, Period, Strength, SubjectKind};
use crate::body::{BodyId, action::OWN_BODY};
use gongjian_membership::action::{BRANCH, OWN_UNIT};

/// A recorded fact, and where it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `meeting`, `filing`, …
    pub kind: &'static str,
    pub id: Uuid,
    pub path: String,
    pub title: String,
    /// The day from which it meets the obligation.
    pub on: NaiveDate,
    /// What it is for, where that is not told by its day: the year of a plan.
    pub of_year: Option<i32>,
}

/// Whom or what a duty is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub kind: SubjectKind,
    /// None for the association itself.
    pub id: Option<Uuid>,
    pub name: String,
    pub unit: Option<UnitId>,
    pub street: Option<String>,
    pub body: Option<BodyId>,
}

impl Subject {
    pub(crate) fn association() -> Self {
        Self {
            kind: SubjectKind::Association, id: None, name: "本会".to_owned(), unit: None, street: None, body: None
        }
    }

    pub(crate) fn of(kind: SubjectKind, id: Uuid, name: impl Into<String>) -> Self {
        Self { kind, id: Some(id), name: name.into(), ..Self::association() }
    }
}

/// One line of the calendar.
#[derive(Debug, Clone)]
pub struct Duty {
    pub obligation: &'static Obligation,
    pub period: Period,
    pub subject: Subject,
    pub warn_on: NaiveDate,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The count ran through a year whose calendar is not published.
    pub due_estimated: bool,
    /// The facts that meet it, the first of them first.
    pub facts: Vec<Fact>,
    pub explanation: Option<Explanation>,
    pub state: DutyState,
}

impl Duty {
    pub(crate) fn new(obligation: &'static Obligation, period: Period, subject: Subject) -> Self {
        let (warn_on, due_on) = (period.from, period.to);
        Self {
            obligation,
            period,
            subject,
            warn_on,
            due_on,
            due_estimated: false,
            facts: Vec::new(),
            explanation: None,
            state: DutyState::NotYetDue,
        }
    }

    /// Stays the same as long as the obligation, its period and its subject do.
    #[must_use]
    pub fn id(&self) -> String {
        match self.subject.id {
            Some(subject) => format!("{}:{}:{subject}", self.obligation.key, self.period.key),
            None => format!("{}:{}", self.obligation.key, self.period.key),
        }
    }

    /// What is open about it now: a reason, where one is asked for.
    #[must_use]
    pub fn open_action(&self, today: NaiveDate) -> Option<DutyAction> {
        let asks = self.obligation.strength == Strength::InPrinciple && !self.state.is_met();
        let action = if self.explanation.is_some() { DutyAction::Amend } else { DutyAction::Explain };
        (asks && self.period.from <= today).then_some(action)
    }

    /// With its state on that day.
    pub(crate) fn judged(mut self, explanation: Option<Explanation>, today: NaiveDate) -> Self {
        self.facts.sort_by_key(|fact| (fact.on, fact.id));
        let standing = Standing {
            strength: self.obligation.strength,
            warn_on: self.warn_on,
            due_on: self.due_on,
            met_on: self.facts.first().map(|fact| fact.on),
            is_explained: explanation.is_some(),
        };
        self.state = state(standing, today);
        self.explanation = explanation;
        self
    }
}

impl Resource for Duty {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        if over == PUBLIC_DUTY {
            return self.obligation.is_public;
        }
        match scope {
            Scope::Unit(unit) => over == OWN_UNIT && self.subject.unit == Some(UnitId(*unit)),
            Scope::Branch(street) => over == BRANCH && self.subject.street.as_ref() == Some(street),
            Scope::Body(body) => over == OWN_BODY && self.subject.body == Some(BodyId(*body)),
            Scope::Association => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &OBLIGATION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("compliance", self.subject.id)
    }
}

/// An obligation by itself: whoever may know of it at all.
impl Resource for Obligation {
    fn relates(&self, over: Relation, _: &Scope) -> bool {
        over == PUBLIC_DUTY && self.is_public
    }

    fn unknown(&self) -> &'static FaultEntry {
        &OBLIGATION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("compliance", None)
    }
}
