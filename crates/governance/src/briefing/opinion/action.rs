//! How calls and opinions relate to units; the permissions stand with those of briefings.

use gongjian_kernel::{FaultEntry, Relation, Resource, Scope};
use gongjian_membership::UnitId;
use gongjian_membership::action::OWN_UNIT;
use uuid::Uuid;

use super::{Call, Opinion};
use crate::briefing::action::ISSUED;
use crate::briefing::fault::{OPINION_CALL_NOT_FOUND, OPINION_NOT_FOUND};

/// A call, and those of the reader's units that it asks.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub call: &'a Call,
    pub units: &'a [UnitId],
}

impl Resource for Asked<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        // It has its number from the day on which it went out.
        let is_out = self.call.number.is_some();
        match (over, scope) {
            (ISSUED, _) => is_out,
            (OWN_UNIT, Scope::Unit(unit)) => is_out && self.units.contains(&UnitId(*unit)),
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &OPINION_CALL_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("opinion_call", Some(self.call.id.0))
    }
}

impl Resource for Opinion {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        matches!(scope, Scope::Unit(unit) if over == OWN_UNIT && self.unit_id.0 == *unit)
    }

    fn unknown(&self) -> &'static FaultEntry {
        &OPINION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("opinion", Some(self.id.0))
    }
}
