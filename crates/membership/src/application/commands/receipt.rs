//! Receiving an application: from the unit itself, from those who nominate it, from a member.

use chrono::Datelike as _;
use gongjian_identity::{PersonId, person};
use gongjian_kernel::{Event, Refusal, Result, Store, Work, number, policy};
use serde_json::json;

use super::super::action::{APPLICATION_NOMINATE, APPLICATION_RECOMMEND, Nominee};
use super::super::event::APPLICATION_RECEIVED;
use super::super::fault::{APPLICATION_NOT_NEEDED, APPLICATIONS_NOT_OPEN};
use super::super::model::{NewApplication, TrackingCode};
use super::super::vocabulary::{ApplicationOrigin, ApplicationStatus, ConsentVia};
use super::super::{Application, JoiningPolicy, store, throttle};
use crate::action::UNIT_READ;
use crate::association::AssociationPolicy;
use crate::unit::model::name_key;
use crate::unit::{UnitId, ZoneCodes, admission, queries};

/// An application and the code that stands for the applicant. The code is shown now and never again.
#[derive(Debug)]
pub struct Received {
    pub application: Application,
    pub code: TrackingCode,
}

/// Article 9(4): a unit applies by itself. Whether it is a member already is told by its code alone, in the
/// same words as an application that is open; names are compared with those of members by the secretariat.
pub async fn apply(store: &Store, act: &gongjian_kernel::Act, new: NewApplication) -> Result<Received> {
    let joining = policy::current::<JoiningPolicy>(store).await?;
    if !joining.value.public_applications {
        return Err(Refusal::of(&APPLICATIONS_NOT_OPEN));
    }
    let count =
        async |work: &mut Work<'_>| throttle::count(work, &joining.value, act.ip, new.credit_code.as_deref()).await;
    gongjian_kernel::write(store, act, count).await?;
    gongjian_kernel::write(store, act, async |work| {
        receive(work, &new, ApplicationOrigin::SelfApplied, ConsentVia::TrackingCode, None).await
    })
    .await
}

/// The secretariat or the branch of the street names a unit that might join.
pub async fn nominate(work: &mut Work<'_>, new: &NewApplication) -> Result<Received> {
    work.authorize(&APPLICATION_NOMINATE, &APPLICATION_NOMINATE, &Nominee(&new.street_code))?;
    receive(work, new, ApplicationOrigin::Nominated, ConsentVia::Document, None).await
}

/// A member recommends a unit.
pub async fn recommend(work: &mut Work<'_>, by: UnitId, new: &NewApplication) -> Result<Received> {
    let member = queries::require_active(work.tx(), by).await?;
    work.authorize(&APPLICATION_RECOMMEND, &UNIT_READ, &member)?;
    receive(work, new, ApplicationOrigin::Recommended, ConsentVia::Document, Some(by)).await
}

async fn receive(
    work: &mut Work<'_>,
    new: &NewApplication,
    origin: ApplicationOrigin,
    via: ConsentVia,
    recommended_by: Option<UnitId>,
) -> Result<Received> {
    let association = policy::within::<AssociationPolicy>(work).await?;
    let joining = policy::within::<JoiningPolicy>(work).await?;
    let today = work.today();
    let code = TrackingCode::draw()?;
    let blank = Application {
        id: work.new_id(),
        number: String::new(),
        status: ApplicationStatus::Applied,
        origin,
        recommended_by,
        name: new.name.to_string(),
        name_key: name_key(&new.name),
        unit_type: new.unit_type,
        affiliation_level: new.affiliation_level,
        credit_code: None,
        credit_code_exempt_reason: None,
        street_code: String::new(),
        zone_codes: ZoneCodes::default(),
        address: String::new(),
        party_org_name: String::new(),
        party_org_kind: new.party_org_kind,
        party_member_count: None,
        contact_person_id: PersonId(uuid::Uuid::nil()),
        contact_name: String::new(),
        contact_post: String::new(),
        contact_phone_masked: None,
        consent_name: None,
        consent_post: None,
        consent_basis: None,
        consent_on: None,
        consent_via: None,
        tracking_hash: code.hash(),
        correction: None,
        ineligibility: None,
        rejection: None,
        how_to_reapply: None,
        unit_id: None,
        applied_on: new.applied_on.unwrap_or(today).min(today),
        decided_on: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    let mut application = new.onto(blank, today, &association.value)?;
    if let Some(consent) = new.consent.clone() {
        application = consent.onto(application, today, via)?;
    }
    if let Some(code) = &application.credit_code
        && admission::is_member_by_code(work, code).await?
    {
        return Err(Refusal::of(&APPLICATION_NOT_NEEDED));
    }
    store::refuse_twin(work, &application).await?;
    application.contact_person_id = person::create(work, new.contact_person()?).await?.id;
    let year = today.year();
    let n = number::next(work, "application", "association", year).await?;
    application.number = format!("{}-{year}-{n:04}", joining.value.application_prefix);
    store::insert(work, &application).await?;
    let data = json!({
        "number": application.number,
        "origin": application.origin,
        "name": application.name,
        "unit_type": application.unit_type,
        "credit_code": application.credit_code,
        "recommended_by": application.recommended_by,
        "has_consent": application.has_consent(),
    });
    work.record(Event::new(&APPLICATION_RECEIVED, application.id.0, data));
    Ok(Received { application, code })
}
