//! Putting units on file.

use gongjian_kernel::actor::Association;
use gongjian_kernel::{Event, Refusal, Result, Work, number, policy};

use super::model::{Faults, NewUnit};
use super::{ContactKind, Unit, queries, store, succession};
use crate::action::{UNIT_CREATE, UNIT_READ};
use crate::association::AssociationPolicy;
use crate::event::UNIT_CREATED;
use crate::fault::UNIT_MEMBER_NO_TAKEN;

/// Article 8: puts a unit on file with its representative and liaison (Article 25).
pub async fn create_unit(work: &mut Work<'_>, new: NewUnit) -> Result<Unit> {
    work.authorize(&UNIT_CREATE, &UNIT_READ, &Association)?;
    let association = policy::within::<AssociationPolicy>(work).await?;
    let mut faults = Faults::default();
    let mut unit = new.read(work.new_id(), work.now(), &association.value, &mut faults);
    let representative = new.representative.read("/representative", work.today(), &mut faults);
    let liaison = new.liaison.read("/liaison", work.today(), &mut faults);
    if !faults.0.is_empty() {
        return Err(Refusal::invalid(faults.0));
    }
    store::refuse_twin(work, &unit).await?;
    if unit.member_no.is_empty() {
        unit.member_no = next_member_no(work, &association.value.member_prefix).await?;
    } else if store::member_no_is_taken(work, &unit.member_no).await? {
        return Err(Refusal::of(&UNIT_MEMBER_NO_TAKEN));
    }
    store::insert(work, &unit).await?;
    work.store.forget_document(queries::NAMES);
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
    for (kind, filing) in [(ContactKind::Representative, representative), (ContactKind::Liaison, liaison)] {
        succession::file_first(work, &unit, kind, filing).await?;
    }
    Ok(unit)
}

/// Numbers that came with imported units are passed over.
async fn next_member_no(work: &Work<'_>, prefix: &str) -> Result<String> {
    loop {
        let n = number::next(work, "unit", "", 0).await?;
        let member_no = format!("{prefix}-{n:04}");
        if !store::member_no_is_taken(work, &member_no).await? {
            return Ok(member_no);
        }
    }
}
