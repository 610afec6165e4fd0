//! The unit's part: drafting, submitting, withdrawing (Article 21).

use gongjian_governance::acting::unit_of;
use gongjian_identity::PersonId;
use gongjian_kernel::{Event, Refusal, Result, Target, Text, Work, calendar, policy};
use gongjian_membership::unit::queries::require_active;
use gongjian_membership::{AssociationPolicy, UnitId};
use serde_json::json;

use crate::key_project::{ClaimId, ClaimStatus, queries as claims};
use crate::project::action::PROJECT_DECLARE;
use crate::project::event::{PROJECT_DRAFTED, PROJECT_EDITED, PROJECT_SUBMITTED, PROJECT_WITHDRAWN};
use crate::project::fault::CLAIM_NOT_CONFIRMED;
use crate::project::sight::{open, save};
use crate::project::{Declaration, Project, ProjectAction, ProjectId, ProjectPolicy, ProjectStatus, Revision, store};

/// A declaration to be drafted.
#[derive(Debug, Clone)]
pub struct NewProject {
    pub unit: Option<UnitId>,
    pub declaration: Declaration,
}

/// A member unit drafts a declaration; nobody else knows of it yet.
pub async fn declare(work: &mut Work<'_>, new: NewProject) -> Result<Project> {
    let unit = unit_of(work.actor(), &PROJECT_DECLARE, new.unit)?;
    require_active(work.tx(), unit).await?;
    check(work, unit, &new.declaration).await?;
    let blank = Project {
        id: work.new_id::<ProjectId>(),
        number: None,
        status: ProjectStatus::Draft,
        unit_id: unit,
        name: String::new(),
        year: new.declaration.year,
        goal: new.declaration.goal,
        committee_code: None,
        street_code: None,
        total_fen: 0,
        revision: 0,
        baseline_revision: None,
        corrections: 0,
        due_on: None,
        submitted_at: None,
        decision_id: None,
        publicity_from: None,
        publicity_until: None,
        approved_at: None,
        remark: None,
        declared_by: work.actor().person.map(PersonId),
        created_at: work.now(),
        version: 1,
    };
    let project = with(blank, &new.declaration);
    store::insert(work, &project).await?;
    keep(work, &project, &new.declaration).await?;
    let data = json!({ "unit_id": unit, "name": project.name, "year": project.year });
    work.record(Event::new(&PROJECT_DRAFTED, project.id.0, data));
    Ok(project)
}

/// Saves the declaration anew; what it said before stays readable.
pub async fn edit(work: &mut Work<'_>, target: Target<ProjectId>, declaration: Declaration) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_DECLARE, ProjectAction::Edit).await?;
    check(work, before.unit_id, &declaration).await?;
    let after = with(Project { status, ..before.clone() }, &declaration);
    keep(work, &after, &declaration).await?;
    let data = json!({ "revision": after.revision, "name": after.name });
    save(work, &before, after, &PROJECT_EDITED, data).await
}

/// Declares it: nothing is missing, and the budget adds up.
pub async fn submit(work: &mut Work<'_>, target: Target<ProjectId>) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_DECLARE, ProjectAction::Submit).await?;
    require_active(work.tx(), before.unit_id).await?;
    let declaration = store::declaration(work.tx(), &before).await?;
    // A member may have left and a claim been released since it was written.
    check(work, before.unit_id, &declaration).await?;
    declaration.complete()?;
    let limit = policy::within::<ProjectPolicy>(work).await?.value.check_workdays;
    let due_on = calendar::within(work).await?.add(work.today(), limit).on;
    let after = Project { status, due_on: Some(due_on), submitted_at: Some(work.now()), ..before.clone() };
    let data = json!({ "revision": after.revision, "name": after.name, "year": after.year, "due_on": due_on });
    save(work, &before, after, &PROJECT_SUBMITTED, data).await.map_err(store::twin)
}

/// The unit does not want it any more.
pub async fn withdraw(work: &mut Work<'_>, target: Target<ProjectId>, reason: Text<2, 500>) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_DECLARE, ProjectAction::Withdraw).await?;
    let after = Project { status, due_on: None, remark: Some(reason.into_string()), ..before.clone() };
    let data = json!({ "reason": after.remark });
    save(work, &before, after, &PROJECT_WITHDRAWN, data).await
}

/// What the declaration says where it is looked for.
fn with(project: Project, declaration: &Declaration) -> Project {
    Project {
        name: declaration.name.as_str().trim().to_owned(),
        year: declaration.year,
        goal: declaration.goal,
        committee_code: declaration.committee_code.as_ref().map(|code| code.as_str().to_owned()),
        street_code: declaration.street_code.as_ref().map(|code| code.as_str().to_owned()),
        total_fen: declaration.total.fen(),
        revision: project.revision + 1,
        ..project
    }
}

async fn check(work: &Work<'_>, unit: UnitId, declaration: &Declaration) -> Result<()> {
    let association = policy::within::<AssociationPolicy>(work).await?;
    declaration.check(unit, &association.value)?;
    for (at, joint) in declaration.joint_units.iter().enumerate() {
        let at = format!("/declaration/joint_units/{at}/unit_id");
        require_active(work.tx(), UnitId(joint.unit_id)).await.map_err(|refusal| refusal.at(&at))?;
    }
    if let Some(claim) = declaration.claim_id {
        let unknown = || Refusal::of(&CLAIM_NOT_CONFIRMED).at("/declaration/claim_id");
        let claim = claims::require_claim(work.tx(), ClaimId(claim)).await.map_err(|_| unknown())?;
        if claim.unit_id != unit || claim.status != ClaimStatus::Confirmed {
            return Err(unknown());
        }
    }
    Ok(())
}

async fn keep(work: &Work<'_>, project: &Project, declaration: &Declaration) -> Result<()> {
    let revision = Revision {
        project_id: project.id,
        revision: project.revision,
        content: serde_json::to_string(declaration)?,
        saved_by: work.actor().person.map(PersonId),
        saved_at: work.now(),
    };
    let joint = declaration.joint_units.iter().map(|joint| UnitId(joint.unit_id)).collect();
    store::save_revision(work, revision, joint).await
}
