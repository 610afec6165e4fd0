//! Putting units on file, and the persons who speak for them.

use chrono::{DateTime, Utc};
use gongjian_identity::{Identity, PersonId, person};
use gongjian_kernel::actor::Association;
use gongjian_kernel::clock::start_of;
use gongjian_kernel::{Event, Refusal, Result, Target, Work, number, policy};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

use super::contact::{Filing, NewContact};
use super::model::{Faults, NewUnit};
use super::store::{self, contact};
use super::{ContactKind, Unit, UnitId, queries};
use crate::action::{UNIT_CONTACT_CHANGE, UNIT_CREATE, UNIT_READ};
use crate::association::AssociationPolicy;
use crate::directory;
use crate::event::{UNIT_CONTACT_FILED, UNIT_CREATED};
use crate::fault::{UNIT_MEMBER_NO_TAKEN, UNIT_NOT_ACTIVE};

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
    put_on_file(work, &unit, representative, liaison).await?;
    directory::add(work, std::slice::from_ref(&unit)).await?;
    work.store.forget_document(queries::NAMES);
    Ok(unit)
}

/// A unit whose number and code nobody else has, with those who speak for it. The directory is the
/// caller's: an import adds all its units at once.
pub(super) async fn put_on_file(
    work: &mut Work<'_>,
    unit: &Unit,
    representative: Filing,
    liaison: Filing,
) -> Result<()> {
    store::insert(work, unit).await?;
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
        // What was filed in the past has held since then.
        let since = work.now().min(start_of(filing.filed_on));
        file(work, unit.id, kind, filing, since, None).await?;
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

/// Article 25: ends the time of the present representative or liaison and begins the successor's, in one
/// act; the offices of their accounts follow. Filing records what the unit decided; nobody's consent is
/// asked for.
pub async fn set_contact(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<UnitId>,
    kind: ContactKind,
    new: NewContact,
) -> Result<Unit> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&UNIT_CONTACT_CHANGE, &UNIT_READ, &before)?;
    target.is_current(before.version)?;
    if !before.status.is_living() {
        return Err(Refusal::of(&UNIT_NOT_ACTIVE));
    }
    let mut faults = Faults::default();
    let filing = new.read("", work.today(), &mut faults);
    if !faults.0.is_empty() {
        return Err(Refusal::invalid(faults.0));
    }
    let predecessor = end_present(work, before.id, kind).await?;
    let after = Unit { version: before.version + 1, updated_at: work.now(), ..before.clone() };
    work.update::<store::unit::Entity>(&before, &after).await?;
    file(work, after.id, kind, filing, work.now(), predecessor).await?;
    identity.forget_callers(work);
    Ok(after)
}

async fn end_present(work: &Work<'_>, unit: UnitId, kind: ContactKind) -> Result<Option<PersonId>> {
    let present = contact::Entity::find()
        .filter(contact::Column::UnitId.eq(unit))
        .filter(contact::Column::Kind.eq(kind))
        .filter(contact::Column::Until.is_null())
        .one(work.tx())
        .await?;
    let Some(present) = present else { return Ok(None) };
    contact::Entity::update_many()
        .col_expr(contact::Column::Until, Expr::val(work.now()))
        .filter(contact::Column::Id.eq(present.id))
        .exec(work.tx())
        .await?;
    Ok(Some(present.person_id))
}

/// The record names persons by id only: it is kept for good, their data is not.
async fn file(
    work: &mut Work<'_>,
    unit_id: UnitId,
    kind: ContactKind,
    filing: Filing,
    since: DateTime<Utc>,
    predecessor: Option<PersonId>,
) -> Result<()> {
    let Filing { person, post, filed_on } = filing;
    let person = person::create(work, person).await?;
    let row =
        contact::Model { id: work.new_id(), unit_id, kind, person_id: person.id, post, filed_on, since, until: None };
    let data = serde_json::json!({
        "kind": kind,
        "person_id": person.id,
        "predecessor_id": predecessor,
        "post": row.post,
        "filed_on": filed_on,
    });
    let row: contact::ActiveModel = row.into();
    contact::Entity::insert(row.reset_all()).exec_without_returning(work.tx()).await?;
    work.record(Event::new(&UNIT_CONTACT_FILED, unit_id.0, data));
    Ok(())
}
