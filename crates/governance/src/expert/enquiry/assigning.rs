//! The secretariat's part: whom to ask, what to send back, what to tell whom.

use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Refusal, Result, Target, Text, Work, calendar, policy};
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::sight::{Sight, open, save, step, unassigned};
use super::store::{self, reader};
use super::{
    Agreement, Assignment, AssignmentAction, AssignmentStatus, Enquiry, EnquiryAction, EnquiryId, Publicity, answering,
};
use crate::body;
use crate::expert::action::ENQUIRY_ASSIGN;
use crate::expert::fault::{EXPERT_ASSIGNED, EXPERT_OUT_OF_TERM, EXPERT_UNAVAILABLE, WIDER_THAN_AGREED};
use crate::expert::{ExpertId, ExpertPolicy, event, recusal, store as experts, term};

/// Chooses experts. None who is with the asker, was, or has an interest; none past his term.
pub async fn assign(work: &mut Work<'_>, target: Target<EnquiryId>, chosen: &[ExpertId]) -> Result<Enquiry> {
    let sight = open(work, target, &ENQUIRY_ASSIGN, EnquiryAction::Assign).await?;
    let before = sight.enquiry;
    for (at, id) in chosen.iter().enumerate() {
        let at = format!("/expert_ids/{at}");
        let expert = experts::lock(work, *id).await.map_err(|refusal| refusal.at(&at))?;
        let terms = term::in_force(work.tx(), &[expert.person_id], work.today()).await?;
        if terms.is_empty() {
            return Err(Refusal::of(&EXPERT_OUT_OF_TERM));
        }
        if !expert.is_available {
            return Err(Refusal::of(&EXPERT_UNAVAILABLE));
        }
        if sight.assignments.iter().any(|known| known.expert_id == *id) {
            return Err(Refusal::of(&EXPERT_ASSIGNED));
        }
        recusal::check(work.tx(), &expert, &before).await?;
        let assignment = Assignment {
            enquiry_id: before.id,
            expert_id: *id,
            status: AssignmentStatus::Assigned,
            assigned_by: work.actor().person.map(PersonId),
            assigned_at: work.now(),
            answered_at: None,
            ground: None,
            reason: None,
        };
        store::assign(work, &assignment).await?;
    }
    let status = step(&before, EnquiryAction::Assign)?;
    // The time to answer runs from the first assignment; who comes later answers in what is left of it.
    let after = Enquiry { status, ..before.clone() };
    let after = if before.due_on.is_some() { after } else { due(work, after).await? };
    let data = json!({ "number": after.number, "experts": chosen, "due_on": after.due_on });
    save(work, &before, after, &event::ENQUIRY_ASSIGNED, data).await
}

/// The enquiry with its time to answer, from today.
pub(super) async fn due(work: &Work<'_>, enquiry: Enquiry) -> Result<Enquiry> {
    let calendar = calendar::within(work).await?;
    let workdays = policy::within::<ExpertPolicy>(work).await?.value.answer_workdays;
    let due = calendar.add(work.today(), workdays);
    Ok(Enquiry {
        due_on: Some(due.on),
        due_estimated: due.estimated,
        calendar_basis: Some(calendar.basis(work.today(), due.on)),
        ..enquiry
    })
}

/// The asker is asked to say more clearly what is meant.
pub async fn send_back(work: &mut Work<'_>, target: Target<EnquiryId>, reason: Text<2, 500>) -> Result<Enquiry> {
    let before = open(work, target, &ENQUIRY_ASSIGN, EnquiryAction::Return).await?.enquiry;
    let status = step(&before, EnquiryAction::Return)?;
    let after = Enquiry { status, remark: Some(reason.into_string()), ..before.clone() };
    let data = json!({ "number": after.number, "reason": after.remark });
    save(work, &before, after, &event::ENQUIRY_RETURNED, data).await
}

/// An expert need not answer any more.
pub async fn release(
    work: &mut Work<'_>,
    target: Target<EnquiryId>,
    expert: ExpertId,
    reason: Text<2, 500>,
) -> Result<Enquiry> {
    let mut sight = open(work, target, &ENQUIRY_ASSIGN, EnquiryAction::Release).await?;
    part(work, &mut sight, expert, AssignmentAction::Release, &reason).await?;
    let after = answering::settled(&sight)?;
    let data = json!({ "number": after.number, "expert_id": expert, "reason": reason });
    save(work, &sight.enquiry, after, &event::ENQUIRY_RELEASED, data).await
}

/// An expert is asked to say more clearly what he thinks. His opinion of now stays beside the next one.
pub async fn return_opinion(
    work: &mut Work<'_>,
    target: Target<EnquiryId>,
    expert: ExpertId,
    reason: Text<2, 500>,
) -> Result<Enquiry> {
    let mut sight = open(work, target, &ENQUIRY_ASSIGN, EnquiryAction::ReturnOpinion).await?;
    part(work, &mut sight, expert, AssignmentAction::ReturnOpinion, &reason).await?;
    let before = sight.enquiry;
    let after = Enquiry { status: step(&before, EnquiryAction::ReturnOpinion)?, ..before.clone() };
    let after = due(work, after).await?;
    let data = json!({ "number": after.number, "expert_id": expert, "reason": reason, "due_on": after.due_on });
    save(work, &before, after, &event::ENQUIRY_OPINION_RETURNED, data).await
}

async fn part(
    work: &Work<'_>,
    sight: &mut Sight,
    expert: ExpertId,
    action: AssignmentAction,
    reason: &Text<2, 500>,
) -> Result<()> {
    let part = sight.assignments.iter_mut().find(|known| known.expert_id == expert).ok_or_else(unassigned)?;
    part.status = part.status.next(action).ok_or_else(|| answering::closed(part.status, action))?;
    part.reason = Some(reason.as_str().to_owned());
    store::update(work, part).await
}

/// All have answered: the secretariat says what follows, and the asker has it.
pub async fn conclude(work: &mut Work<'_>, target: Target<EnquiryId>, text: Text<2, 5000>) -> Result<Enquiry> {
    let before = open(work, target, &ENQUIRY_ASSIGN, EnquiryAction::Conclude).await?.enquiry;
    let after = Enquiry {
        status: step(&before, EnquiryAction::Conclude)?,
        conclusion: Some(text.into_string()),
        concluded_at: Some(work.now()),
        ..before.clone()
    };
    save(work, &before, after, &event::ENQUIRY_CONCLUDED, json!({ "number": before.number })).await
}

/// Tells the outcome to whom it concerns, and never to more than the asker agreed to.
pub async fn publish(work: &mut Work<'_>, target: Target<EnquiryId>, to: Agreement) -> Result<Enquiry> {
    let before = open(work, target, &ENQUIRY_ASSIGN, EnquiryAction::Publish).await?.enquiry;
    to.check(work, "").await?;
    let is_within = match to.publicity {
        Publicity::Asker => true,
        Publicity::Body => match before.agreed_to {
            Publicity::Asker => false,
            Publicity::Body => to.body == before.agreed_body_id,
            Publicity::Members => true,
        },
        Publicity::Members => before.agreed_to == Publicity::Members,
    };
    if !is_within {
        return Err(Refusal::of(&WIDER_THAN_AGREED));
    }
    if let Some(id) = to.body {
        let body = body::get(work.tx(), id).await?;
        let electors = body::electorate(work.tx(), &body, work.now()).await?;
        let rows: Vec<_> = electors
            .into_iter()
            .map(|elector| {
                let row = reader::Model {
                    enquiry_id: before.id,
                    voice: elector.key,
                    unit_id: elector.unit_id,
                    person_id: elector.person_id,
                };
                reader::ActiveModel::from(row).reset_all()
            })
            .collect();
        for rows in rows.chunks(500) {
            reader::Entity::insert_many(rows.to_vec()).exec_without_returning(work.tx()).await?;
        }
    }
    let after = Enquiry {
        status: step(&before, EnquiryAction::Publish)?,
        published_to: Some(to.publicity),
        published_body_id: to.body,
        published_at: Some(work.now()),
        ..before.clone()
    };
    let data = json!({ "number": after.number, "to": to.publicity, "body_id": to.body });
    save(work, &before, after, &event::ENQUIRY_PUBLISHED, data).await
}
