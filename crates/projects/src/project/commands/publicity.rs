//! The council decides (Article 20); the project is made public; who objects is answered; then it is approved.

use gongjian_governance::acting::unit_of;
use gongjian_governance::decision::{self, DecisionId, Matter};
use gongjian_identity::PersonId;
use gongjian_kernel::{Event, Refusal, Result, Say, Target, Text, Work, calendar, number, policy};
use gongjian_membership::UnitId;
use sea_orm::entity::prelude::*;
use serde_json::json;

use crate::project::action::{PROJECT_APPROVE, PROJECT_DECLARE, PROJECT_OBJECT};
use crate::project::event::{OBJECTION_ANSWERED, PROJECT_APPROVED, PROJECT_OBJECTED, PROJECT_PUBLICISED};
use crate::project::fault::{ANSWERED_ALREADY, OBJECTION_UPHELD, OBJECTIONS_OPEN, PUBLICITY_OVER, PUBLICITY_RUNS};
use crate::project::sight::{open, save};
use crate::project::store::{self, objection};
use crate::project::{Objection, ObjectionId, Project, ProjectAction, ProjectId, ProjectPolicy};

/// What somebody has against it.
#[derive(Debug, Clone)]
pub struct NewObjection {
    pub unit: Option<UnitId>,
    pub text: Text<2, 1000>,
}

/// What the secretariat says to it.
#[derive(Debug, Clone)]
pub struct Answer {
    pub text: Text<2, 1000>,
    /// The objection is right: the project cannot be approved as it is.
    pub is_upheld: bool,
}

/// By an effective decision of the council, made public for no fewer working days than the policy has.
pub async fn publicise(
    work: &mut Work<'_>,
    target: Target<ProjectId>,
    decision: DecisionId,
    workdays: Option<u32>,
) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_APPROVE, ProjectAction::Publicise).await?;
    let least = policy::within::<ProjectPolicy>(work).await?.value.publicity_workdays;
    let workdays = workdays.unwrap_or(least);
    if workdays < least {
        let (zh, en) = (
            format!("公示期不少于 {least} 个工作日。"),
            format!("It is made public for {least} working days at least."),
        );
        return Err(Refusal::field("/workdays", "publicity_too_short", zh, en).with_article(Some(20)));
    }
    decision::spend(work, decision, Matter::CouncilOther, ("project", target.id.0)).await?;
    let until = calendar::within(work).await?.add(work.today(), workdays).on;
    let after = Project {
        status,
        decision_id: Some(decision),
        publicity_from: Some(work.today()),
        publicity_until: Some(until),
        ..before.clone()
    };
    let data = json!({ "decision_id": decision, "until": until, "revision": after.revision });
    save(work, &before, after, &PROJECT_PUBLICISED, data).await
}

/// A member unit objects under its name, until the last day of publicity is over.
pub async fn object(work: &mut Work<'_>, id: ProjectId, new: NewObjection) -> Result<Objection> {
    let (project, _) = open(work, Target::any(id), &PROJECT_OBJECT, ProjectAction::Object).await?;
    let unit = unit_of(work.actor(), &PROJECT_DECLARE, new.unit)?;
    if project.publicity_until.is_none_or(|until| work.today() > until) {
        return Err(Refusal::of(&PUBLICITY_OVER));
    }
    let objection = Objection {
        id: work.new_id::<ObjectionId>(),
        project_id: id,
        unit_id: unit,
        text: new.text.into_string(),
        made_by: work.actor().person.map(PersonId),
        made_at: work.now(),
        answer: None,
        is_upheld: None,
        answered_at: None,
        version: 1,
    };
    store::insert_objection(work, &objection).await?;
    let data = json!({ "objection_id": objection.id, "unit_id": unit, "text": objection.text });
    work.record(Event::new(&PROJECT_OBJECTED, id.0, data));
    Ok(objection)
}

/// Each objection is answered, once.
pub async fn answer(work: &mut Work<'_>, target: Target<ObjectionId>, answer: Answer) -> Result<Objection> {
    let project = store::find_objection(work.tx(), target.id).await?.project_id;
    open(work, Target::any(project), &PROJECT_APPROVE, ProjectAction::Object).await?;
    // The project is held, and its objections with it.
    let before = store::find_objection(work.tx(), target.id).await?;
    target.is_current(before.version)?;
    if before.answered_at.is_some() {
        return Err(Refusal::of(&ANSWERED_ALREADY));
    }
    let after = Objection {
        answer: Some(answer.text.into_string()),
        is_upheld: Some(answer.is_upheld),
        answered_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<objection::Entity>(&before, &after).await?;
    let data = json!({ "objection_id": after.id, "answer": after.answer, "is_upheld": after.is_upheld });
    work.record(Event::new(&OBJECTION_ANSWERED, project.0, data));
    Ok(after)
}

/// Publicity is over and nothing stands against it: it has a number, and its declaration is the task book.
pub async fn approve(work: &mut Work<'_>, target: Target<ProjectId>) -> Result<Project> {
    let (before, status) = open(work, target, &PROJECT_APPROVE, ProjectAction::Approve).await?;
    match before.publicity_until {
        Some(until) if work.today() > until => {}
        until => {
            let day = until.unwrap_or(work.today());
            let (zh, en) = (format!("公示至 {day}。"), format!("It is made public until {day}."));
            return Err(Refusal::new(&PUBLICITY_RUNS, Say::new(zh, en)));
        }
    }
    let objections =
        objection::Entity::find().filter(objection::Column::ProjectId.eq(before.id)).all(work.tx()).await?;
    if objections.iter().any(|it| it.answered_at.is_none()) {
        return Err(Refusal::of(&OBJECTIONS_OPEN));
    }
    if objections.iter().any(|it| it.is_upheld == Some(true)) {
        return Err(Refusal::of(&OBJECTION_UPHELD));
    }
    let prefix = policy::within::<ProjectPolicy>(work).await?.value.number_prefix.clone();
    let year = before.year;
    let number = number::next(work, "project", &prefix, year).await?;
    let after = Project {
        status,
        number: Some(format!("{prefix}-{year}-{number:03}")),
        baseline_revision: Some(before.revision),
        approved_at: Some(work.now()),
        ..before.clone()
    };
    let data = json!({ "number": after.number, "baseline_revision": after.baseline_revision });
    save(work, &before, after, &PROJECT_APPROVED, data).await
}
