//! What the permission check itself costs: `authorize` called in this process, without request or database.

use std::fmt;
use std::hint::black_box;
use std::time::Instant;

use gongjian_identity::Role;
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Actor, Grant, Scope};
use gongjian_ledger::action::READ;
use gongjian_ledger::issue::{IssueId, Sight};
use gongjian_ledger::vocabulary::IssueStatus;
use gongjian_membership::UnitId;
use uuid::Uuid;

const CALLS: u32 = 1_000_000;
const TARGET_MICROS: f64 = 30.0;

/// Nanoseconds of one call, for reading one issue.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    secretariat: f64,
    representative: f64,
    /// A representative of another unit; the refusal is made with its event.
    stranger: f64,
}

pub fn measure() -> Check {
    let [own, other] = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let issue = issue_of(UnitId(own));
    let with =
        |role: Role, scope: Scope| Actor { grants: vec![Grant { role: role.as_str(), scope }], ..Actor::anonymous() };
    Check {
        secretariat: nanoseconds(&with(Role::SecretariatOffice, Scope::Association), &issue),
        representative: nanoseconds(&with(Role::MemberRepresentative, Scope::Unit(own)), &issue),
        stranger: nanoseconds(&with(Role::MemberRepresentative, Scope::Unit(other)), &issue),
    }
}

fn issue_of(submitter: UnitId) -> Sight {
    Sight {
        id: IssueId(Uuid::from_u128(3)),
        status: IssueStatus::Closed,
        submitter,
        lead: Some(UnitId(Uuid::from_u128(4))),
        assisting: vec![UnitId(Uuid::from_u128(5)); 3],
        street_code: Some("990106007".to_owned()),
        on_ledger: true,
        dispatched_on: None,
        designated: false,
        due_on: None,
        extension_count: 0,
        extension_pending: false,
        has_feedback: true,
        closed_on: None,
        liaison_may_confirm: false,
        before_conference: false,
        open_measures: 0,
    }
}

fn nanoseconds(actor: &Actor, issue: &Sight) -> f64 {
    let started = Instant::now();
    for _ in 0..CALLS {
        let _ = black_box(authorize(black_box(actor), &READ, &READ, black_box(issue)));
    }
    started.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { secretariat, representative, stranger } = *self;
        let reached = [secretariat, representative, stranger].iter().all(|nanos| *nanos < TARGET_MICROS * 1000.0);
        writeln!(f, "## The permission check\n")?;
        writeln!(
            f,
            "One call of `authorize` for reading one issue, in process, the mean of {CALLS}: {secretariat:.0} ns for the \
             secretariat, {representative:.0} ns for the representative of the unit that raised it, {stranger:.0} ns for a \
             representative of another unit, refusal and event included; target < {TARGET_MICROS:.0} µs: {}.",
            super::report::verdict(reached)
        )
    }
}
