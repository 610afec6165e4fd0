//! What a caller's offices let him see, as conditions for queries that would read much otherwise. Each duty is
//! judged by the permission all the same.

use gongjian_kernel::actor::Association;
use gongjian_kernel::{Actor, Scope};
use gongjian_membership::UnitId;

use super::action::COMPLIANCE_READ;

/// All units, or those of some offices.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sight {
    pub(crate) all: bool,
    pub(crate) units: Vec<UnitId>,
    pub(crate) streets: Vec<String>,
}

impl Sight {
    pub(crate) fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    pub(crate) fn of(actor: &Actor) -> Self {
        if actor.may(&COMPLIANCE_READ, &Association) {
            return Self::everything();
        }
        let streets = actor.grants.iter().filter_map(|grant| match &grant.scope {
            Scope::Branch(street) => Some(street.clone()),
            Scope::Association | Scope::Unit(_) | Scope::Body(_) => None,
        });
        Self { all: false, units: actor.units().map(UnitId).collect(), streets: streets.collect() }
    }
}
