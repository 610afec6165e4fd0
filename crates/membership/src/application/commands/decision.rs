//! What the secretariat decides. It examines Article 8 and nothing else.

use gongjian_identity::Identity;
use gongjian_kernel::{Refusal, Result, Target, Text, Work};
use serde_json::json;

use super::super::event::{
    APPLICATION_ADMITTED, APPLICATION_CONSENTED, APPLICATION_FOUND_ELIGIBLE, APPLICATION_REJECTED, APPLICATION_RETURNED,
};
use super::super::fault::CONSENT_MISSING;
use super::super::model::ConsentOnRecord;
use super::super::vocabulary::{ApplicationAction, ConsentVia, Ineligibility};
use super::super::{Application, ApplicationId};
use super::{close, open};
use crate::unit::{Unit, admission};

/// Why Article 8 is not met, and how to apply again.
#[derive(Debug, Clone)]
pub struct Rejection {
    pub ground: Ineligibility,
    pub text: Text<2, 500>,
    pub how_to_reapply: Text<2, 500>,
}

/// Enters a consent that the unit gave on paper.
pub async fn enter_consent(
    work: &mut Work<'_>,
    target: Target<ApplicationId>,
    consent: ConsentOnRecord,
) -> Result<Application> {
    let (before, next) = open(work, target, ApplicationAction::Consent).await?;
    let after = consent.onto(before.clone(), work.today(), ConsentVia::Document)?;
    let after = Application { status: next, ..after };
    let data = json!({ "via": after.consent_via, "consented_on": after.consent_on, "basis": after.consent_basis });
    close(work, &before, after, &APPLICATION_CONSENTED, data).await
}

/// Sends the application back to the unit, saying what is missing.
pub async fn return_for_correction(
    work: &mut Work<'_>,
    target: Target<ApplicationId>,
    what: Text<2, 500>,
) -> Result<Application> {
    let (before, next) = open(work, target, ApplicationAction::Return).await?;
    let after = Application { status: next, correction: Some(what.into_string()), ..before.clone() };
    let data = json!({ "correction": after.correction });
    close(work, &before, after, &APPLICATION_RETURNED, data).await
}

/// The unit meets Article 8 and has agreed to join.
pub async fn find_eligible(work: &mut Work<'_>, target: Target<ApplicationId>) -> Result<Application> {
    let (before, next) = open(work, target, ApplicationAction::FindEligible).await?;
    if !before.has_consent() {
        return Err(Refusal::of(&CONSENT_MISSING));
    }
    admission::refuse_member(work, &before).await?;
    let after = Application { status: next, ..before.clone() };
    close(work, &before, after, &APPLICATION_FOUND_ELIGIBLE, json!({})).await
}

/// The unit becomes a member; one that had left is the same unit again.
pub async fn admit(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<ApplicationId>,
    handles_issues: bool,
) -> Result<(Application, Unit)> {
    let (before, next) = open(work, target, ApplicationAction::Admit).await?;
    let unit = admission::admit(work, identity, &before, handles_issues).await?;
    let after = Application { status: next, unit_id: Some(unit.id), decided_on: Some(work.today()), ..before.clone() };
    let data = json!({ "unit": unit.id, "member_no": unit.member_no });
    let application = close(work, &before, after, &APPLICATION_ADMITTED, data).await?;
    Ok((application, unit))
}

/// The unit does not meet Article 8.
pub async fn reject(work: &mut Work<'_>, target: Target<ApplicationId>, rejection: Rejection) -> Result<Application> {
    let (before, next) = open(work, target, ApplicationAction::Reject).await?;
    let after = Application {
        status: next,
        ineligibility: Some(rejection.ground),
        rejection: Some(rejection.text.into_string()),
        how_to_reapply: Some(rejection.how_to_reapply.into_string()),
        decided_on: Some(work.today()),
        ..before.clone()
    };
    let data = json!({ "ground": rejection.ground });
    close(work, &before, after, &APPLICATION_REJECTED, data).await
}
