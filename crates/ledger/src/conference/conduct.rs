//! Scheduling a conference, holding it, minuting what was agreed on, and following it to the end (Articles 19, 22).

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use gongjian_kernel::{Refusal, Result, Target, Text, Work, policy};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::require_active;
use serde_json::json;

use super::action::CONFERENCE_KEEP;
use super::commands::{open, save, step};
use super::event::{
    CONFERENCE_CLOSED, CONFERENCE_HELD, CONFERENCE_MINUTED, CONFERENCE_SCHEDULED, CONFERENCE_TRACKED,
    CONFERENCE_WITHDRAWN,
};
use super::fault::{CONCLUSION_MISSING, CONFERENCE_MEASURES_OPEN, NOT_ATTENDING, NOT_ON_AGENDA};
use super::{Conference, ConferenceAction as Action, ConferenceId, ConferencePolicy, agenda, measure, store};
use crate::issue::IssueId;

/// When and where.
#[derive(Debug, Clone)]
pub struct Sitting {
    pub starts_at: DateTime<Utc>,
    pub place: Text<2, 200>,
    pub chair: Option<Text<1, 50>>,
}

/// What was said and agreed on.
#[derive(Debug, Clone)]
pub struct Minutes {
    pub text: Text<2, 20_000>,
    pub conclusions: Vec<(IssueId, Text<2, 4000>)>,
    pub measures: Vec<NewMeasure>,
}

/// A measure that is agreed on.
#[derive(Debug, Clone)]
pub struct NewMeasure {
    pub issue: Option<IssueId>,
    pub task: Text<2, 1000>,
    pub owner: UnitId,
    pub due_on: NaiveDate,
}

pub async fn schedule(work: &mut Work<'_>, target: Target<ConferenceId>, at: Sitting) -> Result<Conference> {
    let (before, sight) = open(work, target, &CONFERENCE_KEEP).await?;
    let after = Conference {
        starts_at: Some(at.starts_at),
        place: Some(at.place.into_string()),
        chair: at.chair.map(Text::into_string),
        ..step(work, &before, &sight, Action::Schedule)?
    };
    let data = json!({ "starts_at": after.starts_at, "place": after.place, "chair": after.chair });
    save(work, &before, after, &CONFERENCE_SCHEDULED, data).await
}

/// It was held, and these of the invited were there.
pub async fn hold(
    work: &mut Work<'_>,
    target: Target<ConferenceId>,
    attended: Vec<UnitId>,
    held_on: Option<NaiveDate>,
) -> Result<Conference> {
    let (before, sight) = open(work, target, &CONFERENCE_KEEP).await?;
    let held_on = held_on.unwrap_or(work.today());
    let after = Conference { held_on: Some(held_on), ..step(work, &before, &sight, Action::Hold)? };
    let scheduled_on = before.starts_at.map(gongjian_kernel::clock::day);
    if held_on > work.today() || scheduled_on.is_some_and(|on| held_on < on) {
        let (zh, en) =
            ("不能早于安排之日，也不能晚于今天。", "Neither before the day it was scheduled for nor after today.");
        return Err(Refusal::field("/held_on", "out_of_range", zh, en));
    }
    let invited = store::invitees(work.tx(), before.id).await?;
    if let Some(at) = attended.iter().position(|unit| !invited.contains(unit)) {
        return Err(Refusal::of(&NOT_ATTENDING).at(&format!("/attended_unit_ids/{at}")));
    }
    let there: BTreeSet<UnitId> = attended.into_iter().collect();
    store::attended(work, before.id, &there).await?;
    let data = json!({ "held_on": after.held_on, "attended": there });
    save(work, &before, after, &CONFERENCE_HELD, data).await
}

/// The minutes, with a conclusion on each issue and measures that have an owner and a day. Until they are tracked they may
/// be written again.
pub async fn minute(work: &mut Work<'_>, target: Target<ConferenceId>, minutes: Minutes) -> Result<Conference> {
    let (before, sight) = open(work, target, &CONFERENCE_KEEP).await?;
    let after =
        Conference { minutes: Some(minutes.text.into_string()), ..step(work, &before, &sight, Action::Minute)? };
    let on_agenda: Vec<IssueId> =
        store::agenda(work.tx(), before.id).await?.into_iter().map(|row| row.issue_id).collect();
    for (at, (issue, conclusion)) in minutes.conclusions.iter().enumerate() {
        if !on_agenda.contains(issue) {
            return Err(Refusal::of(&NOT_ON_AGENDA).at(&format!("/conclusions/{at}/issue_id")));
        }
        store::conclude(work, before.id, *issue, conclusion).await?;
    }
    let latest = policy::within::<ConferencePolicy>(work).await?.value.measure_days_max;
    let latest = work.today().checked_add_days(Days::new(latest.into())).unwrap_or(NaiveDate::MAX);
    for (at, new) in minutes.measures.iter().enumerate() {
        let pointer = |member: &str| format!("/measures/{at}/{member}");
        if new.issue.is_some_and(|issue| !on_agenda.contains(&issue)) {
            return Err(Refusal::of(&NOT_ON_AGENDA).at(&pointer("issue_id")));
        }
        let owner = require_active(work.tx(), new.owner).await;
        owner.map_err(|refusal| refusal.at(&pointer("owner_unit_id")))?;
        if new.due_on < work.today() || new.due_on > latest {
            let (zh, en) = (format!("须在今天至 {latest} 之间。"), format!("Between today and {latest}."));
            return Err(Refusal::field(&pointer("due_on"), "out_of_range", zh, en));
        }
    }
    measure::replace(work, before.id, &minutes.measures).await?;
    let data = json!({ "minutes": after.minutes, "measures": minutes.measures.len() });
    save(work, &before, after, &CONFERENCE_MINUTED, data).await
}

/// The minutes go out: issues come home with their conclusions, and hold their measures until these are done.
pub async fn track(work: &mut Work<'_>, target: Target<ConferenceId>) -> Result<Conference> {
    let (before, sight) = open(work, target, &CONFERENCE_KEEP).await?;
    let after = step(work, &before, &sight, Action::Track)?;
    if store::agenda(work.tx(), before.id).await?.iter().any(|row| row.conclusion.is_none()) {
        return Err(Refusal::of(&CONCLUSION_MISSING));
    }
    let after = save(work, &before, after, &CONFERENCE_TRACKED, json!({})).await?;
    agenda::bring_home(work, &after, "").await?;
    measure::take_effect(work, &after).await?;
    Ok(after)
}

/// All that was agreed on is done.
pub async fn close(work: &mut Work<'_>, target: Target<ConferenceId>) -> Result<Conference> {
    let (before, sight) = open(work, target, &CONFERENCE_KEEP).await?;
    let after = Conference { ended_at: Some(work.now()), ..step(work, &before, &sight, Action::Close)? };
    if measure::open_count(work.tx(), before.id).await? > 0 {
        return Err(Refusal::of(&CONFERENCE_MEASURES_OPEN));
    }
    save(work, &before, after, &CONFERENCE_CLOSED, json!({ "number": before.number })).await
}

/// It does not meet: what was on its agenda goes on without it.
pub async fn withdraw(work: &mut Work<'_>, target: Target<ConferenceId>, reason: Text<2, 500>) -> Result<Conference> {
    let (before, sight) = open(work, target, &CONFERENCE_KEEP).await?;
    let after = Conference {
        reason: Some(reason.into_string()),
        ended_at: Some(work.now()),
        ..step(work, &before, &sight, Action::Withdraw)?
    };
    let data = json!({ "reason": after.reason });
    let after = save(work, &before, after, &CONFERENCE_WITHDRAWN, data).await?;
    agenda::bring_home(work, &after, "会议取消，恢复办理。").await?;
    Ok(after)
}
