//! Planning a meeting, changing the plan, giving it up.

use chrono::{DateTime, Datelike as _, Utc};
use gongjian_identity::PersonId;
use gongjian_kernel::actor::{ACCESS_DENIED, Association};
use gongjian_kernel::clock::day;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{Event, FieldFault, Refusal, Resource as _, Result, Say, Target, Text, Work};
use sea_orm::{QueryOrder as _, entity::prelude::*};
use serde_json::json;

use super::notice;
use crate::body::fault::BODY_DISSOLVED;
use crate::body::{self, Body, BodyId, BodyKind, electorate};
use crate::consent;
use crate::meeting::action::{CONVENE, Sight};
use crate::meeting::case::Case;
use crate::meeting::event::{MEETING_CANCELLED, MEETING_EDITED, MEETING_PLANNED};
use crate::meeting::store::{self, meeting};
use crate::meeting::vocabulary::template;
use crate::meeting::{AgendaItem, AgendaKind, Meeting, MeetingAction, MeetingId, MeetingKind, MeetingStatus};

/// A meeting to be held.
#[derive(Debug, Clone)]
pub struct NewMeeting {
    pub body: BodyId,
    pub title: Text<2, 100>,
    pub kind: MeetingKind,
    /// Of the day of the meeting where none is given.
    pub year: Option<i32>,
    pub half: Option<i32>,
    pub starts_at: DateTime<Utc>,
    pub place: Option<Text<1, 200>>,
    pub online_url: Option<String>,
    pub chair: Text<1, 50>,
    pub topics_close_at: Option<DateTime<Utc>>,
}

/// What of the plan is another; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct MeetingChange {
    pub title: Option<Text<2, 100>>,
    pub starts_at: Option<DateTime<Utc>>,
    pub place: Option<Option<Text<1, 200>>>,
    pub online_url: Option<Option<String>>,
    pub chair: Option<Text<1, 50>>,
    pub topics_close_at: Option<Option<DateTime<Utc>>>,
}

/// Articles 13(1), 17, 18: whoever prepares the body's meetings plans one, with the agenda that the charter gives it.
pub async fn plan(work: &mut Work<'_>, new: NewMeeting) -> Result<Meeting> {
    let body = body::get(work.tx(), new.body).await.map_err(|refusal| refusal.at("/body_id"))?;
    let electors = electorate(work.tx(), &body, work.now()).await?;
    may_plan(work, &Sight::of_body(body.clone(), &electors))?;
    if body.dissolved_on.is_some_and(|on| on <= work.today()) {
        return Err(Refusal::of(&BODY_DISSOLVED));
    }
    let starts_on = day(new.starts_at);
    let half = (body.kind == BodyKind::Council).then(|| if starts_on.month() <= 6 { 1 } else { 2 });
    let meeting = Meeting {
        id: work.new_id(),
        body_id: body.id,
        body_name: body.name.clone(),
        title: new.title.into_string(),
        kind: new.kind,
        year: new.year.unwrap_or_else(|| starts_on.year()),
        half: new.half.or(half),
        status: MeetingStatus::Planned,
        starts_at: new.starts_at,
        place: new.place.map(Text::into_string),
        online_url: new.online_url,
        chair: new.chair.into_string(),
        topics_close_at: new.topics_close_at,
        planned_by: work.actor().person.map(PersonId),
        planned_at: work.now(),
        called_at: None,
        notice_due_on: None,
        late_workdays: None,
        notice: None,
        opened_at: None,
        closed_at: None,
        arithmetic: None,
        cancel_reason: None,
        submitted_at: None,
        approved_at: None,
        approved_in_id: None,
        approved_by_decision_id: None,
        version: 1,
    };
    check(&meeting, work.now())?;
    store::insert(work, meeting.clone()).await?;
    let items = first_agenda(work, &meeting, &body).await?;
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    let data = json!({
        "body_id": body.id, "title": meeting.title, "kind": meeting.kind, "year": meeting.year, "half": meeting.half,
        "starts_at": meeting.starts_at, "agenda": titles,
    });
    store::insert_all(work, items.clone()).await?;
    work.record(Event::new(&MEETING_PLANNED, meeting.id.0, data));
    Ok(meeting)
}

/// Bodies are no secret: whoever may not plan is told so.
fn may_plan(work: &Work<'_>, sight: &Sight) -> Result<()> {
    if work.actor().may(&CONVENE, sight) {
        return Ok(());
    }
    let (kind, id) = Association.subject();
    let data = json!({ "permission": CONVENE.name, "subject": kind, "body_id": sight.body.id });
    let event = Event::new(&ACCESS_DENIED, id.unwrap_or_default(), data).refused();
    let detail = Say::new(
        format!("您的职务无权筹备“{}”的会议。", sight.body.name),
        format!("Your office does not permit to prepare meetings of {}.", sight.body.name),
    );
    Err(Refusal::new(&FORBIDDEN, detail).with_article(CONVENE.article).recorded(event))
}

/// What has become of decisions comes first where the body has met before; then the minutes that wait for
/// approval, what two directors or presidents did not agree on in time (Article 17: the council's), and what
/// Articles 11 and 13 give a regular meeting.
async fn first_agenda(work: &Work<'_>, meeting: &Meeting, body: &Body) -> Result<Vec<AgendaItem>> {
    let last = meeting::Entity::find()
        .filter(meeting::Column::BodyId.eq(body.id))
        .filter(meeting::Column::Status.is_in([MeetingStatus::Closed, MeetingStatus::Minuted, MeetingStatus::Approved]))
        .order_by_desc(meeting::Column::StartsAt)
        .one(work.tx())
        .await?;
    let mut first = Vec::new();
    if let Some(last) = &last {
        first.push((AgendaKind::ExecutionReport, "听取上次会议以来决议执行情况报告".to_owned(), None, None));
        if last.status != MeetingStatus::Approved {
            let title: String = format!("审定《{}》纪要", last.title);
            first.push((AgendaKind::MinutesApproval, title, None, Some(last.id)));
        }
    }
    if body.kind == BodyKind::Council {
        // The oldest first; an agenda has room for 200 items.
        for left in consent::escalated(work.tx(), work.today()).await?.into_iter().take(100) {
            let title = format!("审议逾期未能一致的事项：{}", left.subject);
            first.push((AgendaKind::CouncilOther, title.chars().take(200).collect(), None, None));
        }
    }
    if meeting.kind == MeetingKind::Regular {
        let given = template(body.kind).iter();
        first.extend(given.map(|(kind, title, matter)| (*kind, (*title).to_owned(), *matter, None)));
    }
    let item = |(position, (kind, title, matter, approves)): (i32, (_, String, _, Option<MeetingId>))| AgendaItem {
        id: work.new_id(),
        meeting_id: meeting.id,
        parent_id: None,
        position,
        kind,
        title,
        detail: None,
        speaker: None,
        matter,
        approves_meeting_id: approves,
        added_at: work.now(),
        version: 1,
    };
    Ok((1..).zip(first).map(item).collect())
}

/// What must hold between the fields of a plan.
fn check(meeting: &Meeting, now: DateTime<Utc>) -> Result<()> {
    let mut faults = Vec::new();
    let mut fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
        faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
    };
    if meeting.starts_at <= now {
        fault("/starts_at", "in_past", "会议时间须在此刻之后。", "It must lie after now.");
    }
    if meeting.place.is_none() && meeting.online_url.is_none() {
        fault(
            "/place",
            "required",
            "填写会议地点或线上会议地址。",
            "Give the place or the address of the online meeting.",
        );
    }
    if meeting.online_url.as_ref().is_some_and(|url| !url.starts_with("https://")) {
        fault("/online_url", "invalid_url", "应以 https:// 开头。", "It must begin with https://.");
    }
    if meeting.topics_close_at.is_some_and(|at| at >= meeting.starts_at) {
        fault("/topics_close_at", "out_of_range", "议题征集应在会议开始前截止。", "Topics close before the meeting.");
    }
    if meeting.half.is_some_and(|half| !(1..=2).contains(&half)) {
        fault("/half", "out_of_range", "应为 1（上半年）或 2（下半年）。", "Give 1 or 2.");
    }
    if (meeting.year - day(meeting.starts_at).year()).abs() > 1 {
        fault(
            "/year",
            "out_of_range",
            "应为会议所在年度或其前后一年。",
            "Give the year of the meeting or one beside it.",
        );
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
}

/// The plan is another; where it has been called already, whether notice was in time is counted anew.
pub async fn edit(work: &mut Work<'_>, target: Target<MeetingId>, change: MeetingChange) -> Result<Meeting> {
    let mut case = Case::open(work, target, MeetingAction::Edit).await?;
    let before = case.meeting.clone();
    let meeting = &mut case.meeting;
    let MeetingChange { title, starts_at, place, online_url, chair, topics_close_at } = change;
    if let Some(title) = title {
        meeting.title = title.into_string();
    }
    meeting.starts_at = starts_at.unwrap_or(meeting.starts_at);
    if let Some(place) = place {
        meeting.place = place.map(Text::into_string);
    }
    meeting.online_url = online_url.unwrap_or_else(|| meeting.online_url.clone());
    if let Some(chair) = chair {
        meeting.chair = chair.into_string();
    }
    meeting.topics_close_at = topics_close_at.unwrap_or(meeting.topics_close_at);
    check(meeting, work.now())?;
    if let (Some(called_at), true) = (meeting.called_at, meeting.starts_at != before.starts_at) {
        notice::count_notice(work, meeting, case.body.kind, day(called_at)).await?;
    }
    let said = |it: &Meeting| {
        json!({
            "title": it.title, "starts_at": it.starts_at, "place": it.place, "online_url": it.online_url,
            "chair": it.chair, "topics_close_at": it.topics_close_at,
        })
    };
    let data = json!({ "before": said(&before), "after": said(&case.meeting) });
    case.close(work, &MEETING_EDITED, data).await
}

/// The meeting is not held.
pub async fn cancel(work: &mut Work<'_>, target: Target<MeetingId>, reason: Text<2, 500>) -> Result<Meeting> {
    let mut case = Case::open(work, target, MeetingAction::Cancel).await?;
    case.meeting.cancel_reason = Some(reason.into_string());
    let data = json!({ "reason": case.meeting.cancel_reason });
    case.close(work, &MEETING_CANCELLED, data).await
}
