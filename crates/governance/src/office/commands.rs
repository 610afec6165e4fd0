//! Filling offices, ending them, and putting right what was recorded of them (Articles 12–18).

mod grant;
mod presiding;
mod revise;

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use gongjian_membership::UnitId;
use serde_json::json;

pub use grant::grant;
pub use presiding::{preside, stand_down};
pub(crate) use revise::end_all;
pub use revise::{correct, end};

use super::{OfficeKind, OfficeMethod, Tenure};
use crate::body::BodyId;
use crate::decision::DecisionId;
use crate::post::PostId;

/// An office to be filled.
#[derive(Debug, Clone)]
pub struct NewTenure {
    pub kind: OfficeKind,
    /// The committee or branch; the others have one body each.
    pub body: Option<BodyId>,
    pub post: Option<PostId>,
    pub person: Option<PersonId>,
    pub unit: Option<UnitId>,
    /// Today where none is given.
    pub since: Option<NaiveDate>,
    /// The first day after; an annual office has one in any case.
    pub until: Option<NaiveDate>,
    pub basis: Text<2, 200>,
    pub method: Option<OfficeMethod>,
    /// The council's decision.
    pub decision: Option<DecisionId>,
    /// The day of a decision from before, whose document is the basis.
    pub decided_on: Option<NaiveDate>,
}

/// What was wrong about a tenure.
#[derive(Debug, Clone)]
pub struct Revision {
    /// It never was.
    pub annulled: bool,
    pub since: Option<NaiveDate>,
    /// `Some(None)`: it has no end.
    pub until: Option<Option<NaiveDate>>,
    pub reason: Text<2, 200>,
}

/// Days from the first to the one after the last.
struct Interval {
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl Interval {
    fn of(from: NaiveDate, until: Option<NaiveDate>) -> Result<Self> {
        if until.is_some_and(|until| until <= from) {
            let detail = Say::fixed(
                "终止日期应晚于起始日期；误登的任职请更正。",
                "The end comes after the beginning; correct what was recorded by mistake.",
            );
            return Err(Refusal::invalid(vec![FieldFault::body("/until", "not_after_since", detail)]));
        }
        Ok(Self { from, until })
    }

    fn meets(&self, held: &Tenure) -> bool {
        self.until.is_none_or(|until| held.valid_from < until) && held.valid_until.is_none_or(|until| self.from < until)
    }
}

fn said(tenure: &Tenure) -> serde_json::Value {
    json!({
        "office": tenure.kind,
        "body": tenure.body_id,
        "post": tenure.post_id,
        "person": tenure.person_id,
        "unit": tenure.unit_id,
        "since": tenure.valid_from,
        "until": tenure.valid_until,
        "basis": tenure.basis,
        "decision": tenure.decision_id,
    })
}
