//! For which unit somebody acts, and what he is told where something is not open now.

use gongjian_kernel::actor::ANY;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{Actor, FaultEntry, Permission, Refusal, Result, Say};
use gongjian_membership::UnitId;
use gongjian_membership::action::own_units;

/// The unit that the actor acts for in this: the one that he names, or his only one.
pub fn unit_of(actor: &Actor, wanted: &Permission, named: Option<UnitId>) -> Result<UnitId> {
    let own = own_units(actor, wanted);
    match (named, own.as_slice()) {
        (Some(unit), own) if own.contains(&unit.0) => Ok(unit),
        (None, [unit, rest @ ..]) if rest.iter().all(|other| other == unit) => Ok(UnitId(*unit)),
        (Some(_), _) | (None, []) => {
            let zh = "由单位的固定代表或联络人办理。";
            let detail = Say::fixed(zh, "The unit's representative or liaison does this.");
            Err(Refusal::new(&FORBIDDEN, detail).with_article(wanted.article))
        }
        (None, _) => {
            let zh = "您代表多个单位，请指明单位。";
            Err(Refusal::field("/unit_id", "required", zh, "You act for several units; name the one."))
        }
    }
}

/// Whether an office of the actor carries the permission over everything, and not by some relation alone.
pub fn sees_all(actor: &Actor, permission: &Permission) -> bool {
    permission.rules.iter().any(|rule| rule.over == ANY && actor.holds(rule.role))
}

/// A lifecycle refused: what the thing is now, what was wanted, what is open instead.
pub fn not_open(
    entry: &'static FaultEntry,
    (zh, en): (&str, &str),
    (now, wanted): (Say, Say),
    open: Vec<&'static str>,
) -> Refusal {
    let detail = Say::new(
        format!("{zh}现为“{}”，不能“{}”。", now.zh, wanted.zh),
        format!("The {en} is “{}”; “{}” cannot be done now.", now.en, wanted.en),
    );
    Refusal { allowed_actions: Some(open), ..Refusal::new(entry, detail) }
}
