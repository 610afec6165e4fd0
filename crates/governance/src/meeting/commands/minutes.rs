//! 会议纪要: drafted by those who keep them, corrected by those who were there, approved by the body when it meets
//! again (Article 11); never changed afterwards.

use gongjian_identity::PersonId;
use gongjian_kernel::clock::day;
use gongjian_kernel::{Refusal, Result, Target, Text, Work};
use gongjian_membership::UnitId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde_json::json;

use crate::body::BodyKind;
use crate::decision::{self, Decision, DecisionId, Matter};
use crate::meeting::action::WRITE_MINUTES;
use crate::meeting::case::{Case, said, unknown_as};
use crate::meeting::event::{
    CORRECTION_ANSWERED, CORRECTION_PROPOSED, MINUTES_APPROVED, MINUTES_DRAFTED, MINUTES_SUBMITTED,
};
use crate::meeting::fault::{
    AGENDA_ITEM_NOT_FOUND, CORRECTION_NOT_FOUND, CORRECTION_NOT_OPEN, CORRECTIONS_PENDING, NO_MINUTES, NOT_NEXT_MEETING,
};
use crate::meeting::store::{self, agenda_item, correction, minutes, minutes_item};
use crate::meeting::{
    AgendaItemId, AgendaKind, Correction, CorrectionId, CorrectionStatus, Meeting, MeetingAction, MeetingId,
    MeetingStatus, Minutes, MinutesItem,
};

/// Minutes as they are drafted; what they say of an item replaces what they said before.
#[derive(Debug, Clone)]
pub struct Draft {
    pub summary: Text<2, 20000>,
    pub items: Vec<(AgendaItemId, Text<1, 20000>)>,
}

/// What becomes of a correction: adopted with the text as it is then, or declined.
#[derive(Debug, Clone)]
pub struct Answer {
    pub text: Option<Text<1, 20000>>,
    pub reason: Text<2, 500>,
}

/// By what the body approved the minutes: one of the two.
#[derive(Debug, Clone, Copy)]
pub struct Approval {
    /// An item of the agenda of a later meeting, while that is open.
    pub item: Option<AgendaItemId>,
    pub decision: Option<DecisionId>,
}

/// Writes the draft, or writes it anew.
pub async fn draft(work: &mut Work<'_>, target: Target<MeetingId>, draft: Draft) -> Result<Meeting> {
    let case = Case::open(work, target, MeetingAction::DraftMinutes).await?;
    let id = case.meeting.id;
    let known: Vec<AgendaItemId> = agenda_item::Entity::find()
        .filter(agenda_item::Column::MeetingId.eq(id))
        .all(work.tx())
        .await?
        .into_iter()
        .map(|item| item.id)
        .collect();
    for (at, (item, _)) in draft.items.iter().enumerate() {
        let twice = draft.items[..at].iter().any(|(other, _)| other == item);
        if twice || !known.contains(item) {
            return Err(Refusal::of(&AGENDA_ITEM_NOT_FOUND).at(&format!("/items/{at}/agenda_item_id")));
        }
    }
    let row = Minutes {
        meeting_id: id,
        summary: draft.summary.into_string(),
        drafted_by: work.actor().person.map(PersonId),
        drafted_at: work.now(),
    };
    let active: minutes::ActiveModel = row.into();
    let again = OnConflict::column(minutes::Column::MeetingId)
        .update_columns([minutes::Column::Summary, minutes::Column::DraftedBy, minutes::Column::DraftedAt])
        .to_owned();
    minutes::Entity::insert(active.reset_all()).on_conflict(again).exec_without_returning(work.tx()).await?;
    minutes_item::Entity::delete_many().filter(minutes_item::Column::MeetingId.eq(id)).exec(work.tx()).await?;
    let count = draft.items.len();
    let items = draft.items.into_iter().map(|(item, content)| MinutesItem {
        id: work.new_id(),
        meeting_id: id,
        agenda_item_id: item,
        content: content.into_string(),
    });
    let items: Vec<_> = items.collect();
    store::insert_all(work, items).await?;
    case.close(work, &MINUTES_DRAFTED, json!({ "item_count": count })).await
}

/// The draft goes out to those who were there.
pub async fn submit(work: &mut Work<'_>, target: Target<MeetingId>) -> Result<Meeting> {
    let mut case = Case::open(work, target, MeetingAction::SubmitMinutes).await?;
    if minutes::Entity::find_by_id(case.meeting.id).one(work.tx()).await?.is_none() {
        return Err(Refusal::of(&NO_MINUTES));
    }
    case.meeting.submitted_at = Some(work.now());
    case.close(work, &MINUTES_SUBMITTED, json!({})).await
}

/// Somebody with a voice finds something wrong.
pub async fn correct(
    work: &mut Work<'_>,
    meeting: MeetingId,
    unit: Option<UnitId>,
    item: Option<AgendaItemId>,
    content: Text<2, 2000>,
) -> Result<Correction> {
    let case = Case::open(work, Target::any(meeting), MeetingAction::CorrectMinutes).await?;
    let elector = case.own_voice(work, unit).await?;
    if let Some(item) = item {
        text_of(work, meeting, Some(item)).await.map_err(|refusal| refusal.at("/agenda_item_id"))?;
    }
    let correction = Correction {
        id: work.new_id(),
        meeting_id: meeting,
        elector_key: elector.key.clone(),
        unit_id: elector.unit_id,
        elector_name: elector.name.clone(),
        agenda_item_id: item,
        content: content.into_string(),
        status: CorrectionStatus::Proposed,
        proposed_by: work.actor().person.map(PersonId),
        proposed_at: work.now(),
        answer: None,
        before: None,
        after: None,
        answered_by: None,
        answered_at: None,
        version: 1,
    };
    store::insert(work, correction.clone()).await?;
    let data = json!({ "correction_id": correction.id, "agenda_item_id": item, "by": said(elector) });
    case.record(work, &CORRECTION_PROPOSED, data);
    Ok(correction)
}

/// The text is corrected, or stays as it is and the reason is told. Both texts stay on record.
pub async fn answer_correction(
    work: &mut Work<'_>,
    target: Target<CorrectionId>,
    answer: Answer,
) -> Result<Correction> {
    let known = correction::Entity::find_by_id(target.id).one(work.tx()).await?;
    let known = known.ok_or_else(|| Refusal::of(&CORRECTION_NOT_FOUND))?;
    let (id, action) = (known.meeting_id, MeetingAction::CorrectMinutes);
    let unknown = unknown_as(&CORRECTION_NOT_FOUND);
    let case = Case::open_by(work, Target::any(id), action, &WRITE_MINUTES).await.map_err(unknown)?;
    let before = store::lock_row::<correction::Entity>(work, target.id, &CORRECTION_NOT_FOUND).await?;
    target.is_current(before.version)?;
    if before.status != CorrectionStatus::Proposed {
        return Err(Refusal::of(&CORRECTION_NOT_OPEN));
    }
    let text = text_of(work, id, before.agenda_item_id).await?;
    let corrected = answer.text.map(Text::into_string);
    if let Some(corrected) = &corrected {
        write_text(work, id, before.agenda_item_id, corrected).await?;
    }
    let after = Correction {
        status: if corrected.is_some() { CorrectionStatus::Adopted } else { CorrectionStatus::Declined },
        answer: Some(answer.reason.into_string()),
        before: Some(text),
        after: corrected,
        answered_by: work.actor().person.map(PersonId),
        answered_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<correction::Entity>(&before, &after).await?;
    let data = json!({
        "correction_id": after.id, "status": after.status, "answer": after.answer, "before": after.before,
        "after": after.after,
    });
    case.close(work, &CORRECTION_ANSWERED, data).await?;
    Ok(after)
}

async fn text_of(work: &Work<'_>, meeting: MeetingId, item: Option<AgendaItemId>) -> Result<String> {
    let Some(item) = item else {
        let row = minutes::Entity::find_by_id(meeting).one(work.tx()).await?;
        return Ok(row.ok_or_else(|| Refusal::of(&NO_MINUTES))?.summary);
    };
    let row = minutes_item::Entity::find()
        .filter(minutes_item::Column::MeetingId.eq(meeting))
        .filter(minutes_item::Column::AgendaItemId.eq(item))
        .one(work.tx())
        .await?;
    Ok(row.ok_or_else(|| Refusal::of(&AGENDA_ITEM_NOT_FOUND))?.content)
}

async fn write_text(work: &Work<'_>, meeting: MeetingId, item: Option<AgendaItemId>, text: &str) -> Result<()> {
    use sea_orm::sea_query::Expr;
    match item {
        None => {
            minutes::Entity::update_many()
                .col_expr(minutes::Column::Summary, Expr::val(text))
                .filter(minutes::Column::MeetingId.eq(meeting))
                .exec(work.tx())
                .await?
        }
        Some(item) => {
            minutes_item::Entity::update_many()
                .col_expr(minutes_item::Column::Content, Expr::val(text))
                .filter(minutes_item::Column::MeetingId.eq(meeting))
                .filter(minutes_item::Column::AgendaItemId.eq(item))
                .exec(work.tx())
                .await?
        }
    };
    Ok(())
}

/// The body approves the minutes when it meets again, or by a decision. From then on nothing changes them.
pub async fn approve(work: &mut Work<'_>, target: Target<MeetingId>, by: Approval) -> Result<Meeting> {
    let mut case = Case::open(work, target, MeetingAction::ApproveMinutes).await?;
    let pending = correction::Entity::find()
        .filter(correction::Column::MeetingId.eq(case.meeting.id))
        .filter(correction::Column::Status.eq(CorrectionStatus::Proposed))
        .exists(work.tx())
        .await?;
    if pending {
        return Err(Refusal::of(&CORRECTIONS_PENDING));
    }
    match (by.item, by.decision) {
        (Some(item), None) => case.meeting.approved_in_id = Some(next_meeting(work, &case.meeting, item).await?),
        (None, Some(id)) => {
            let matter = match case.body.kind {
                BodyKind::GeneralMeeting => Matter::GeneralOther,
                BodyKind::Council => Matter::CouncilOther,
                BodyKind::Committee | BodyKind::Branch | BodyKind::ExpertCommittee => Matter::OfBody,
            };
            let decision = decision::require_effective(work, id, matter).await?;
            if decision.body_id != case.meeting.body_id || !is_on_these(work, &decision, &case.meeting).await? {
                return Err(Refusal::of(&NOT_NEXT_MEETING));
            }
            decision::spend(work, id, matter, ("meeting", case.meeting.id.0)).await?;
            case.meeting.approved_by_decision_id = Some(id);
        }
        (Some(_), Some(_)) | (None, None) => {
            let zh = "填写会议议程项或决定之一。";
            let en = "Give the agenda item or the decision, one of them.";
            return Err(Refusal::field("/agenda_item_id", "required", zh, en));
        }
    }
    case.meeting.approved_at = Some(work.now());
    let data = json!({
        "approved_in_id": case.meeting.approved_in_id, "decision_id": case.meeting.approved_by_decision_id,
    });
    case.close(work, &MINUTES_APPROVED, data).await
}

/// Decided when the minutes lay before the body: voted on an item that approves them, agreed on since they were
/// submitted, or decided on paper after the meeting.
async fn is_on_these(work: &Work<'_>, decision: &Decision, meeting: &Meeting) -> Result<bool> {
    let of_ballot = match decision.ballot_id {
        Some(id) => {
            let item = crate::ballot::outcome(work.tx(), id.into()).await?.agenda_item_id;
            let item = agenda_item::Entity::find_by_id(item).one(work.tx()).await?;
            item.is_some_and(|item| item.approves_meeting_id == Some(meeting.id))
        }
        None => true,
    };
    let is_later = Some(decision.adopted_on) >= meeting.closed_at.map(day);
    Ok(of_ballot && is_later && decision.is_on_what_lay_before(meeting.submitted_at))
}

/// A later meeting of the same body that is open now and has these minutes on its agenda.
async fn next_meeting(work: &Work<'_>, approved: &Meeting, item: AgendaItemId) -> Result<MeetingId> {
    let item = agenda_item::Entity::find_by_id(item).one(work.tx()).await?;
    let item = item.ok_or_else(|| Refusal::of(&AGENDA_ITEM_NOT_FOUND).at("/agenda_item_id"))?;
    let next = store::lock(work, item.meeting_id).await?;
    let is_for_it = item.kind == AgendaKind::MinutesApproval && item.approves_meeting_id == Some(approved.id);
    let is_later = next.body_id == approved.body_id && next.opened_at > approved.closed_at;
    if is_for_it && is_later && next.status == MeetingStatus::Open {
        Ok(next.id)
    } else {
        Err(Refusal::of(&NOT_NEXT_MEETING))
    }
}
