//! Filing that somebody takes an office, and that he leaves it.

use gongjian_identity::account::grant::refuse_administrator;
use gongjian_identity::fault::PERSON_NOT_FOUND;
use gongjian_identity::{Identity, PersonId, ScopeKind, person};
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Scope, Target, Text, Work, policy};
use serde_json::json;

use super::model::{NewAppointment, Office, Vacancy};
use super::{Appointment, AppointmentId, store};
use crate::action::{APPOINTMENT_FILE, APPOINTMENT_READ};
use crate::association::AssociationPolicy;
use crate::event::{APPOINTMENT_ENDED, APPOINTMENT_FILED};
use crate::fault::{
    APPOINTMENT_ENDED_ALREADY, OFFICE_FOLLOWS_POST, OFFICE_NOT_APPOINTED, OWN_APPOINTMENT, UNIT_NOT_FOUND,
    UNKNOWN_PERSON,
};
use crate::filing::{self, FilingKind, NewFiling};
use crate::ties;
use crate::unit::{UnitId, queries as units};

/// Article 25: files that a person takes an office. Nobody appoints himself, and no administrator holds
/// one (三员分立).
pub async fn file(
    work: &mut Work<'_>,
    identity: &Identity,
    person: PersonId,
    new: NewAppointment,
) -> Result<Appointment> {
    let Office { role, scope } = &new.office;
    may_file(work, &new.office).await?;
    if Office::follows_a_post(*role) {
        return Err(Refusal::of(&OFFICE_FOLLOWS_POST));
    }
    if !Office::is_appointed(*role) {
        return Err(Refusal::of(&OFFICE_NOT_APPOINTED));
    }
    if work.actor().person == Some(person.0) {
        return Err(Refusal::of(&OWN_APPOINTMENT));
    }
    require_known(work, identity, &new.office, person).await?;
    person::require(work, person).await.map_err(|refusal| match refusal.entry == &PERSON_NOT_FOUND {
        true => Refusal::of(&UNKNOWN_PERSON),
        false => refusal,
    })?;
    refuse_administrator(work, person).await?;
    let (scope_kind, unit_id, street_code) = match scope {
        Scope::Association => (ScopeKind::Association, None, None),
        Scope::Branch(street) => (ScopeKind::Branch, None, Some(street.clone())),
        Scope::Unit(unit) => (ScopeKind::Unit, Some(UnitId(*unit)), None),
        // Nobody is appointed to an office of a body.
        Scope::Body(_) => return Err(Refusal::of(&OFFICE_NOT_APPOINTED)),
    };
    if let Some(unit) = unit_id {
        units::require_department(work.tx(), unit).await.map_err(in_the_body)?;
    }
    if let Some(street) = &street_code
        && !policy::within::<AssociationPolicy>(work).await?.value.accepts_street(street)
    {
        let detail = Say::fixed("不是本区的街道代码。", "It is no street of the district.");
        return Err(Refusal::invalid(vec![FieldFault::body("/street_code", "unknown_street", detail)]));
    }
    let event_on = new.event_on.unwrap_or(work.today());
    if event_on > work.today() {
        let detail = Say::fixed("日期不能晚于今天。", "It must not lie after today.");
        return Err(Refusal::invalid(vec![FieldFault::body("/event_on", "in_future", detail)]));
    }
    let id: AppointmentId = work.new_id();
    let filing = filing::submit(
        work,
        NewFiling {
            kind: FilingKind::Appointment,
            unit: unit_id,
            person: Some(person),
            predecessor: None,
            subject: ("appointment", id.0),
            event_on,
            filed_on: work.today(),
        },
    )
    .await?;
    let appointment = Appointment {
        id,
        person_id: person,
        role: *role,
        scope_kind,
        unit_id,
        street_code,
        basis: new.basis.into_string(),
        receipt_no: Some(filing.receipt_no),
        since: work.now(),
        until: None,
        ended_basis: None,
        version: 1,
    };
    store::insert(work, &appointment).await?;
    work.record(Event::new(&APPOINTMENT_FILED, appointment.id.0, said(&appointment)));
    identity.forget_callers(work);
    Ok(appointment)
}

/// Whether the actor may file that somebody takes the office.
pub async fn may_file(work: &Work<'_>, office: &Office) -> Result<()> {
    work.authorize(&APPOINTMENT_FILE, &APPOINTMENT_READ, &Vacancy { office })
}

/// A department names its own people, and people who are new: to it, those of others do not exist.
async fn require_known(work: &Work<'_>, identity: &Identity, office: &Office, person: PersonId) -> Result<()> {
    let files_for_all = work.actor().may_widely(&APPOINTMENT_FILE);
    let Scope::Unit(unit) = office.scope else { return Ok(()) };
    if files_for_all || ties::to_unit(work, person, UnitId(unit)).await? {
        return Ok(());
    }
    let in_office = !identity.positions(work.tx(), &[person], work.today()).await?.is_empty();
    if in_office || ties::has_any(work, person).await? { Err(Refusal::of(&UNKNOWN_PERSON)) } else { Ok(()) }
}

/// Files that a person leaves an office.
pub async fn end(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<AppointmentId>,
    basis: Text<2, 200>,
) -> Result<Appointment> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&APPOINTMENT_FILE, &APPOINTMENT_READ, &before.office())?;
    target.is_current(before.version)?;
    if before.until.is_some() {
        return Err(Refusal::of(&APPOINTMENT_ENDED_ALREADY));
    }
    let after = Appointment {
        until: Some(work.now()),
        ended_basis: Some(basis.into_string()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&APPOINTMENT_ENDED, after.id.0, said(&after)));
    identity.forget_callers(work);
    Ok(after)
}

/// The unit stands in the body, not in the path.
fn in_the_body(refusal: Refusal) -> Refusal {
    if refusal.entry != &UNIT_NOT_FOUND {
        return refusal;
    }
    Refusal::invalid(vec![FieldFault::body("/unit_id", UNIT_NOT_FOUND.code, UNIT_NOT_FOUND.title.clone())])
}

fn said(appointment: &Appointment) -> serde_json::Value {
    json!({
        "person": appointment.person_id,
        "role": appointment.role,
        "unit": appointment.unit_id,
        "street": appointment.street_code,
        "basis": appointment.ended_basis.as_ref().unwrap_or(&appointment.basis),
        "receipt_no": appointment.receipt_no,
    })
}
