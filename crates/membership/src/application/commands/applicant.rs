//! What whoever holds the tracking code does: correct, consent, withdraw. The code is all that is asked for.

use gongjian_identity::person;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Result, Work, policy};
use serde_json::json;

use super::super::event::{APPLICATION_CONSENTED, APPLICATION_CORRECTED, APPLICATION_WITHDRAWN};
use super::super::model::{ConsentOnRecord, NewApplication, TrackingCode};
use super::super::vocabulary::{ApplicationAction, ApplicationStatus, ConsentVia};
use super::super::{Application, queries, store};
use super::{close, closed};
use crate::association::AssociationPolicy;
use crate::ties;

async fn open(
    work: &Work<'_>,
    code: &TrackingCode,
    action: ApplicationAction,
) -> Result<(Application, ApplicationStatus)> {
    let application = store::lock_tracked(work, code).await?;
    match application.status.next(action) {
        Some(next) => Ok((application, next)),
        None => Err(closed(queries::open_to_applicant(&application))),
    }
}

/// Says again what the unit is; an application that was returned is examined once more.
pub async fn correct(work: &mut Work<'_>, code: &TrackingCode, new: &NewApplication) -> Result<Application> {
    let (before, next) = open(work, code, ApplicationAction::Correct).await?;
    let association = policy::within::<AssociationPolicy>(work).await?;
    let mut after = new.onto(before.clone(), work.today(), &association.value)?;
    if after.name_key != before.name_key || after.credit_code != before.credit_code {
        after = after.without_consent();
    }
    if let Some(consent) = new.consent.clone() {
        after = consent.onto(after, work.today(), ConsentVia::TrackingCode)?;
    }
    store::refuse_twin(work, &after).await?;
    // Who is filed, appointed or has an account meanwhile corrects his own data; the code does not.
    let contact_person_id = if ties::has_any(work, before.contact_person_id).await? {
        person::create(work, new.contact_person()?).await?.id
    } else {
        person::amend(work, before.contact_person_id, new.contact_person()?).await?;
        before.contact_person_id
    };
    let after = Application { status: next, correction: None, contact_person_id, ..after };
    let data = json!({ "has_consent": after.has_consent() });
    close(work, &before, after, &APPLICATION_CORRECTED, data).await
}

/// The unit agrees that it joins.
pub async fn give_consent(work: &mut Work<'_>, code: &TrackingCode, consent: ConsentOnRecord) -> Result<Application> {
    let (before, next) = open(work, code, ApplicationAction::Consent).await?;
    let after = consent.onto(before.clone(), work.today(), ConsentVia::TrackingCode)?;
    let after = Application { status: next, ..after };
    let data = json!({ "via": after.consent_via, "consented_on": after.consent_on });
    close(work, &before, after, &APPLICATION_CONSENTED, data).await
}

/// Free to join is free not to.
pub async fn withdraw(work: &mut Work<'_>, code: &TrackingCode) -> Result<Application> {
    let (before, next) = open(work, code, ApplicationAction::Withdraw).await?;
    let after = Application { status: next, decided_on: Some(work.today()), ..before.clone() };
    close(work, &before, after, &APPLICATION_WITHDRAWN, json!({})).await
}
