//! The secretariat's check of the form (Article 20), and saying no.

use gongjian_kernel::{Refusal, Result, Target, Text, Work, calendar, policy};
use serde_json::json;

use crate::project::action::PROJECT_CHECK;
use crate::project::event::{PROJECT_CHECKED, PROJECT_REJECTED, PROJECT_RETURNED};
use crate::project::fault::CORRECTED_ALREADY;
use crate::project::sight::{open, save};
use crate::project::{Project, ProjectAction, ProjectId, ProjectPolicy};

/// Back to the unit, with what is to be corrected: as often as the policy has it.
pub async fn send_back(work: &mut Work<'_>, target: Target<ProjectId>, what: Text<2, 500>) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_CHECK, ProjectAction::Return).await?;
    let policy = policy::within::<ProjectPolicy>(work).await?;
    if i64::from(before.corrections) >= i64::from(policy.value.corrections) {
        return Err(Refusal::of(&CORRECTED_ALREADY));
    }
    let due_on = calendar::within(work).await?.add(work.today(), policy.value.correction_workdays).on;
    let after = Project {
        status,
        corrections: before.corrections + 1,
        due_on: Some(due_on),
        remark: Some(what.into_string()),
        ..before.clone()
    };
    let data = json!({ "correction": after.remark, "due_on": due_on });
    save(work, &before, after, &PROJECT_RETURNED, data).await
}

/// The form is in order: the council may decide.
pub async fn pass(work: &mut Work<'_>, target: Target<ProjectId>) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_CHECK, ProjectAction::Pass).await?;
    let after = Project { status, due_on: None, remark: None, ..before.clone() };
    save(work, &before, after, &PROJECT_CHECKED, json!({ "revision": before.revision })).await
}

/// Not approved, and the unit is told why.
pub async fn reject(work: &mut Work<'_>, target: Target<ProjectId>, reason: Text<2, 500>) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_CHECK, ProjectAction::Reject).await?;
    let after = Project { status, due_on: None, remark: Some(reason.into_string()), ..before.clone() };
    let data = json!({ "reason": after.remark });
    save(work, &before, after, &PROJECT_REJECTED, data).await
}
