//! Opening and closing: what happens between the two is on record, and the close freezes who was there.

use std::collections::{HashMap, HashSet};

use chrono::Duration;
use gongjian_kernel::{Refusal, Result, Target, Work, policy};
use sea_orm::{ExprTrait as _, QueryOrder as _, entity::prelude::*};
use serde_json::json;

use crate::ballot;
use crate::meeting::case::Case;
use crate::meeting::event::{MEETING_CLOSED, MEETING_OPENED};
use crate::meeting::fault::{BALLOT_OPEN, TOO_EARLY};
use crate::meeting::floor::floor;
use crate::meeting::store::{self, attendance, excuse};
use crate::meeting::{
    Attendance, Excuse, Meeting, MeetingAction, MeetingId, MeetingPolicy, Presence, RollEntry, standing,
};

/// The chair opens the meeting. Of two who do so at once, one does.
pub async fn open(work: &mut Work<'_>, target: Target<MeetingId>) -> Result<Meeting> {
    let mut case = Case::open(work, target, MeetingAction::Open).await?;
    not_before_lead(work, &case.meeting).await?;
    case.meeting.opened_at = Some(work.now());
    let floor = floor(work.tx(), &case.meeting, work.now()).await?;
    let data = json!({ "electors": floor.electors.len(), "present": floor.present.len() });
    case.close(work, &MEETING_OPENED, data).await
}

/// People come shortly before a meeting begins, and nothing of it happens on another day.
pub(super) async fn not_before_lead(work: &Work<'_>, meeting: &Meeting) -> Result<()> {
    let policy = policy::within::<MeetingPolicy>(work).await?;
    let lead = Duration::minutes(policy.value.check_in_lead_minutes.into());
    if work.now() < meeting.starts_at - lead { Err(Refusal::of(&TOO_EARLY)) } else { Ok(()) }
}

/// The meeting ends, with or without a quorum: how many were there is part of the record. No vote is left open.
pub async fn close(work: &mut Work<'_>, target: Target<MeetingId>) -> Result<Meeting> {
    let mut case = Case::open(work, target, MeetingAction::Close).await?;
    let (id, now) = (case.meeting.id, work.now());
    if ballot::open_in(work.tx(), id).await? {
        return Err(Refusal::of(&BALLOT_OPEN));
    }
    let intervals = attendance::Entity::find()
        .filter(attendance::Column::MeetingId.eq(id))
        // Who went before it began was not at the meeting.
        .filter(attendance::Column::UntilAt.is_null().or(attendance::Column::UntilAt.gt(case.meeting.opened_at)))
        .order_by_asc(attendance::Column::FromAt)
        .all(work.tx())
        .await?;
    let excuses = excuse::Entity::find().filter(excuse::Column::MeetingId.eq(id)).all(work.tx()).await?;
    let at_close = floor(work.tx(), &case.meeting, now).await?;
    attendance::Entity::update_many()
        .col_expr(attendance::Column::UntilAt, sea_orm::sea_query::Expr::val(now))
        .filter(attendance::Column::MeetingId.eq(id))
        .filter(attendance::Column::UntilAt.is_null())
        .exec(work.tx())
        .await?;
    let roll = freeze(work, &case, &intervals, &excuses);
    let there = roll.iter().filter(|entry| entry.state == Presence::Present);
    standing::attended(work, &case.meeting, there.filter_map(|entry| entry.unit_id)).await?;
    let count = |state| roll.iter().filter(|entry| entry.state == state).count();
    let arithmetic = json!({
        "electors": case.electors.len(),
        "present": count(Presence::Present),
        "excused": count(Presence::Excused),
        "absent": count(Presence::Absent),
        "present_at_close": at_close.present.len(),
    });
    store::insert_all(work, roll).await?;
    case.meeting.closed_at = Some(now);
    case.meeting.arithmetic = Some(arithmetic.to_string());
    case.close(work, &MEETING_CLOSED, arithmetic).await
}

/// Every voice of the body, and whoever was there while his unit was one.
fn freeze(work: &Work<'_>, case: &Case, intervals: &[Attendance], excuses: &[Excuse]) -> Vec<RollEntry> {
    let mut times: HashMap<&str, Vec<&Attendance>> = HashMap::new();
    for interval in intervals {
        times.entry(&interval.elector_key).or_default().push(interval);
    }
    let excused: HashMap<&str, &str> = excuses.iter().map(|it| (it.elector_key.as_str(), it.reason.as_str())).collect();
    let entry = |key: &str, unit_id, name: &str| {
        let times = times.get(key);
        let reason = excused.get(key);
        RollEntry {
            id: work.new_id(),
            meeting_id: case.meeting.id,
            elector_key: key.to_owned(),
            unit_id,
            elector_name: name.to_owned(),
            state: match (times, reason) {
                (Some(_), _) => Presence::Present,
                (None, Some(_)) => Presence::Excused,
                (None, None) => Presence::Absent,
            },
            person_name: times.and_then(|times| times.last()).map(|last| last.person_name.clone()),
            from_at: times.and_then(|times| times.first()).map(|first| first.from_at),
            until_at: times.and_then(|times| times.last()).map(|last| last.until_at.unwrap_or_else(|| work.now())),
            reason: if times.is_some() { None } else { reason.map(|&reason| reason.to_owned()) },
        }
    };
    let mut roll: Vec<RollEntry> =
        case.electors.iter().map(|elector| entry(&elector.key, elector.unit_id, &elector.name)).collect();
    let mut known: HashSet<&str> = case.electors.iter().map(|elector| elector.key.as_str()).collect();
    for interval in intervals {
        if known.insert(&interval.elector_key) {
            roll.push(entry(&interval.elector_key, interval.unit_id, &interval.elector_name));
        }
    }
    roll
}
