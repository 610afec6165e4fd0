//! Putting units on file.

use gongjian_kernel::actor::Association;
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Work, number, policy};

use super::contact::Filing;
use super::history::{self, Turn, UnitChange};
use super::membership::Consent;
use super::model::{Faults, NewUnit};
use super::period::{self, EndedBy, Joining, Leaving};
use super::{ContactKind, Unit, UnitStatus, queries, store, succession};
use crate::action::{UNIT_CREATE, UNIT_READ};
use crate::association::AssociationPolicy;
use crate::directory;
use crate::event::UNIT_CREATED;
use crate::fault::UNIT_MEMBER_NO_TAKEN;

/// Article 8: puts a unit on file that has consented, with its representative and liaison where it has
/// designated them (Article 25).
pub async fn create_unit(work: &mut Work<'_>, new: NewUnit) -> Result<Unit> {
    work.authorize(&UNIT_CREATE, &UNIT_READ, &Association)?;
    let association = policy::within::<AssociationPolicy>(work).await?;
    enrol(work, new, &association.value, "").await
}

/// The same for a caller who has been authorized; `at` is where the unit stands in the body.
pub(super) async fn enrol(
    work: &mut Work<'_>,
    new: NewUnit,
    association: &AssociationPolicy,
    at: &str,
) -> Result<Unit> {
    let mut faults = Faults::default();
    let today = work.today();
    let mut unit = new.read(work.new_id(), work.now(), association, &mut faults);
    new.consent.read("/consent", today, &mut faults);
    let contacts: Vec<_> = [
        (ContactKind::Representative, "/representative", new.representative),
        (ContactKind::Liaison, "/liaison", new.liaison),
    ]
    .into_iter()
    .filter_map(|(kind, at, contact)| Some((kind, contact?.read(at, today, &mut faults))))
    .collect();
    if !faults.0.is_empty() {
        let below = |fault: FieldFault| match fault.at {
            Locator::Pointer(pointer) => FieldFault { at: Locator::Pointer(format!("{at}{pointer}")), ..fault },
            Locator::Parameter(_) | Locator::Header(_) => fault,
        };
        return Err(Refusal::invalid(faults.0.into_iter().map(below).collect()));
    }
    store::refuse_twin(work, &unit).await?;
    if unit.member_no.is_empty() {
        unit.member_no = next_member_no(work, &association.member_prefix).await?;
    } else if store::member_no_is_taken(work, &unit.member_no).await? {
        return Err(Refusal::of(&UNIT_MEMBER_NO_TAKEN));
    }
    put_on_file(work, &unit, new.consent, contacts).await?;
    directory::add(work, std::slice::from_ref(&unit)).await?;
    work.forget_document(queries::NAMES);
    Ok(unit)
}

/// A unit whose number and code nobody else has, with those who speak for it. The directory is the
/// caller's: an import adds all its units at once.
pub(super) async fn put_on_file(
    work: &mut Work<'_>,
    unit: &Unit,
    consent: Consent,
    contacts: Vec<(ContactKind, Filing)>,
) -> Result<()> {
    store::insert(work, unit).await?;
    begin(work, unit, consent).await?;
    work.record(Event::new(
        &UNIT_CREATED,
        unit.id.0,
        serde_json::json!({
            "member_no": unit.member_no,
            "name": unit.name,
            "unit_type": unit.unit_type,
            "credit_code": unit.credit_code,
            "credit_code_exempt_reason": unit.credit_code_exempt_reason,
            "handles_issues": unit.handles_issues,
            "status": unit.status,
        }),
    ));
    for (kind, filing) in contacts {
        succession::file_first(work, unit, kind, filing).await?;
    }
    Ok(())
}

/// The membership of a new unit, and its past where it has one.
async fn begin(work: &Work<'_>, unit: &Unit, consent: Consent) -> Result<()> {
    let joined_on = unit.joined_on.unwrap_or(work.today());
    let Consent { basis, on } = consent;
    let basis = basis.into_string();
    let joining = Joining { on: joined_on, consent_basis: basis.clone(), consent_on: on, application: None };
    period::begin(work, unit.id, joining).await?;
    let member = Unit { status: UnitStatus::Active, ..unit.clone() };
    let turn = |on, change| Turn { on, change, basis: None, receipt_no: None };
    let joined = Turn { basis: Some(basis), ..turn(joined_on, UnitChange::Joined) };
    history::turn(work, &member, joined).await?;
    if let Some(left) = unit.withdrawn_on {
        let leaving = Leaving { on: left, by: EndedBy::Withdrawal, reason: None, evidence_on: None, receipt_no: None };
        period::end(work, unit.id, leaving).await?;
        history::turn(work, unit, turn(left, UnitChange::Withdrew)).await?;
    }
    Ok(())
}

/// Numbers that came with imported units are passed over.
pub(super) async fn next_member_no(work: &Work<'_>, prefix: &str) -> Result<String> {
    loop {
        let n = number::next(work, "unit", "", 0).await?;
        let member_no = format!("{prefix}-{n:04}");
        if !store::member_no_is_taken(work, &member_no).await? {
            return Ok(member_no);
        }
    }
}
