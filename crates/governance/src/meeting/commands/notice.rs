//! 会议通知: the call, and who has read it.

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::clock::day;
use gongjian_kernel::{Refusal, Result, Target, Work, calendar, policy};
use gongjian_membership::UnitId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder as _, entity::prelude::*};
use serde_json::json;

use crate::body::BodyKind;
use crate::meeting::case::{Case, said};
use crate::meeting::event::{MEETING_CALLED, NOTICE_ACKNOWLEDGED};
use crate::meeting::fault::{MEETING_HAS_PASSED, NO_AGENDA, NO_VOICE};
use crate::meeting::store::{agenda_item, paper, receipt};
use crate::meeting::{Meeting, MeetingAction, MeetingId, MeetingPolicy, Receipt};

/// Articles 11 and 13: the meeting is called, with its agenda and papers as they are now. Notice that comes too
/// late is shown as late and called all the same.
pub async fn call(work: &mut Work<'_>, target: Target<MeetingId>) -> Result<Meeting> {
    let mut case = Case::open(work, target, MeetingAction::Call).await?;
    if case.meeting.starts_at <= work.now() {
        return Err(Refusal::of(&MEETING_HAS_PASSED));
    }
    let agenda = agenda_item::Entity::find()
        .filter(agenda_item::Column::MeetingId.eq(case.meeting.id))
        .order_by_asc(agenda_item::Column::Position)
        .order_by_asc(agenda_item::Column::Id)
        .all(work.tx())
        .await?;
    if agenda.is_empty() {
        return Err(Refusal::of(&NO_AGENDA));
    }
    let papers = paper::Entity::find()
        .filter(paper::Column::MeetingId.eq(case.meeting.id))
        .order_by_asc(paper::Column::Id)
        .all(work.tx())
        .await?;
    let agenda: Vec<_> = agenda
        .iter()
        .map(|item| json!({ "id": item.id, "parent_id": item.parent_id, "kind": item.kind, "title": item.title }))
        .collect();
    let papers: Vec<_> = papers.iter().map(|it| json!({ "title": it.title, "reference": it.reference })).collect();
    let notice = json!({ "agenda": agenda, "papers": papers });
    case.meeting.called_at = Some(work.now());
    case.meeting.notice = Some(notice.to_string());
    count_notice(work, &mut case.meeting, case.body.kind, work.today()).await?;
    let data = json!({
        "starts_at": case.meeting.starts_at, "electors": case.electors.len(), "notice": notice,
        "notice_due_on": case.meeting.notice_due_on, "late_workdays": case.meeting.late_workdays,
    });
    case.close(work, &MEETING_CALLED, data).await
}

/// Until when notice was in time, and how many working days it came late.
pub(super) async fn count_notice(
    work: &Work<'_>,
    meeting: &mut Meeting,
    body: BodyKind,
    called_on: NaiveDate,
) -> Result<()> {
    let policy = policy::within::<MeetingPolicy>(work).await?;
    let calendar = calendar::within(work).await?;
    let wanted = i64::from(policy.value.notice_for(body));
    let held_on = day(meeting.starts_at);
    let mut due_on = held_on;
    while calendar.between(due_on, held_on) < wanted {
        let Some(before) = due_on.pred_opt() else { break };
        due_on = before;
    }
    let late = (wanted - calendar.between(called_on, held_on)).max(0);
    meeting.notice_due_on = Some(due_on);
    meeting.late_workdays = Some(i32::try_from(late).unwrap_or(i32::MAX));
    Ok(())
}

/// Whoever acts for a voice has read the notice. Once is enough: a repetition changes nothing.
pub async fn acknowledge(work: &mut Work<'_>, target: Target<MeetingId>, unit: Option<UnitId>) -> Result<Meeting> {
    let case = Case::open(work, target, MeetingAction::Acknowledge).await?;
    let elector = case.own_voice(work, unit).await?;
    let person = work.actor().person.map(PersonId).ok_or_else(|| Refusal::of(&NO_VOICE))?;
    let receipt = Receipt {
        id: work.new_id(),
        meeting_id: case.meeting.id,
        elector_key: elector.key.clone(),
        unit_id: elector.unit_id,
        elector_name: elector.name.clone(),
        person_id: person,
        read_at: work.now(),
    };
    let once = [receipt::Column::MeetingId, receipt::Column::ElectorKey, receipt::Column::PersonId];
    let active: receipt::ActiveModel = receipt.into();
    let entered = receipt::Entity::insert(active.reset_all())
        .on_conflict(OnConflict::columns(once).do_nothing().to_owned())
        .exec_without_returning(work.tx())
        .await;
    match entered {
        Ok(1..) => {
            let data = said(elector);
            case.record(work, &NOTICE_ACKNOWLEDGED, data);
        }
        Ok(0) | Err(DbErr::RecordNotInserted) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(case.meeting)
}
