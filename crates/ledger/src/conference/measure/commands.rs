//! Agreeing on measures, reporting them done, and looking after them (Article 22).

use chrono::NaiveDate;
use gongjian_governance::acting::not_open;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Permission, Refusal, Result, Target, Text, Work};
use sea_orm::{ConnectionTrait, PaginatorTrait as _, QueryOrder as _, entity::prelude::*};
use serde_json::json;

use super::store::{self, row};
use super::{Measure, MeasureAction as Action, MeasureStatus};
use crate::conference::action::{MEASURE_KEEP, MEASURE_READ, MEASURE_REPORT};
use crate::conference::event::{MEASURE_DONE, MEASURE_DROPPED, MEASURE_POSTPONED, MEASURE_RETURNED};
use crate::conference::fault::MEASURE_NOT_OPEN;
use crate::conference::{Conference, ConferenceId, MeasureId, NewMeasure};
use crate::event;
use crate::issue::commands::count_measure;

/// What was written down before is no more.
pub(in crate::conference) async fn replace(work: &Work<'_>, id: ConferenceId, measures: &[NewMeasure]) -> Result<()> {
    row::Entity::delete_many().filter(row::Column::ConferenceId.eq(id)).exec(work.tx()).await?;
    if measures.is_empty() {
        return Ok(());
    }
    let rows = measures.iter().map(|new| {
        let measure = Measure {
            id: work.new_id(),
            conference_id: id,
            issue_id: new.issue,
            task: new.task.to_string(),
            owner_unit_id: new.owner,
            due_on: new.due_on,
            status: MeasureStatus::Draft,
            evidence: None,
            done_on: None,
            reason: None,
            version: 1,
        };
        row::ActiveModel::from(measure).reset_all()
    });
    row::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The minutes are out: owners know, and issues wait.
pub(in crate::conference) async fn take_effect(work: &mut Work<'_>, it: &Conference) -> Result<()> {
    let agreed = row::Entity::find().filter(row::Column::ConferenceId.eq(it.id)).order_by_asc(row::Column::Id);
    for before in agreed.all(work.tx()).await? {
        let after = Measure { status: MeasureStatus::Open, version: before.version + 1, ..before.clone() };
        work.update::<row::Entity>(&before, &after).await?;
        on_issue(work, &after, 1, &event::MEASURE_AGREED).await?;
    }
    Ok(())
}

pub(in crate::conference) async fn open_count(db: &impl ConnectionTrait, id: ConferenceId) -> Result<u64> {
    let open = row::Entity::find().filter(row::Column::ConferenceId.eq(id));
    Ok(open.filter(row::Column::Status.eq(MeasureStatus::Open)).count(db).await?)
}

/// The owner says that it is done, and shows it.
pub async fn complete(
    work: &mut Work<'_>,
    target: Target<MeasureId>,
    evidence: Text<2, 4000>,
    done_on: Option<NaiveDate>,
) -> Result<Measure> {
    let (before, mut after) = step(work, target, Action::Complete, &MEASURE_REPORT).await?;
    let done_on = done_on.unwrap_or(work.today());
    if done_on > work.today() {
        let (zh, en) = ("日期不能晚于今天。", "It must not lie after today.");
        return Err(Refusal::field("/done_on", "in_future", zh, en));
    }
    after.evidence = Some(evidence.into_string());
    after.done_on = Some(done_on);
    let data = json!({ "evidence": after.evidence, "done_on": done_on });
    let after = save(work, &before, after, &MEASURE_DONE, data).await?;
    on_issue(work, &after, -1, &event::MEASURE_SETTLED).await?;
    Ok(after)
}

/// What was shown is not enough.
pub async fn send_back(work: &mut Work<'_>, target: Target<MeasureId>, reason: Text<2, 500>) -> Result<Measure> {
    let (before, mut after) = step(work, target, Action::SendBack, &MEASURE_KEEP).await?;
    after.reason = Some(reason.into_string());
    after.done_on = None;
    let data = json!({ "reason": after.reason });
    let after = save(work, &before, after, &MEASURE_RETURNED, data).await?;
    on_issue(work, &after, 1, &event::MEASURE_RETURNED).await?;
    Ok(after)
}

pub async fn postpone(
    work: &mut Work<'_>,
    target: Target<MeasureId>,
    due_on: NaiveDate,
    reason: Text<2, 500>,
) -> Result<Measure> {
    let (before, mut after) = step(work, target, Action::Postpone, &MEASURE_KEEP).await?;
    if due_on <= before.due_on || due_on < work.today() {
        let (zh, en) = ("须晚于原期限和今天。", "It must lie after the day it was due and after today.");
        return Err(Refusal::field("/due_on", "not_later", zh, en));
    }
    after.due_on = due_on;
    after.reason = Some(reason.into_string());
    let data = json!({ "before": before.due_on, "due_on": due_on, "reason": after.reason });
    save(work, &before, after, &MEASURE_POSTPONED, data).await
}

/// It is needed no more.
pub async fn drop_measure(work: &mut Work<'_>, target: Target<MeasureId>, reason: Text<2, 500>) -> Result<Measure> {
    let (before, mut after) = step(work, target, Action::Drop, &MEASURE_KEEP).await?;
    after.reason = Some(reason.into_string());
    let data = json!({ "reason": after.reason });
    let after = save(work, &before, after, &MEASURE_DROPPED, data).await?;
    on_issue(work, &after, -1, &event::MEASURE_SETTLED).await?;
    Ok(after)
}

async fn on_issue(work: &mut Work<'_>, it: &Measure, by: i32, entry: &'static EventEntry) -> Result<()> {
    let Some(issue) = it.issue_id else { return Ok(()) };
    let data = json!({
        "measure_id": it.id, "task": it.task, "owner_unit_id": it.owner_unit_id, "due_on": it.due_on,
        "conference_id": it.conference_id,
    });
    count_measure(work, issue, by, entry, data).await
}

/// The measure as it was, and as it is after the action.
async fn step(
    work: &Work<'_>,
    target: Target<MeasureId>,
    action: Action,
    wanted: &Permission,
) -> Result<(Measure, Measure)> {
    let before = store::lock(work, target.id).await?;
    let conference = crate::conference::store::find(work.tx(), before.conference_id).await?;
    let sight = super::queries::sight(work.tx(), &before, &conference, work.today()).await?;
    work.authorize(wanted, &MEASURE_READ, &sight)?;
    target.is_current(before.version)?;
    let status = before.status.next(action).ok_or_else(|| {
        let open = super::queries::allowed_actions(work.actor(), &sight, before.status);
        let open = open.into_iter().map(Action::as_str).collect();
        not_open(&MEASURE_NOT_OPEN, ("该措施", "measure"), (before.status.label(), action.label()), open)
    })?;
    let after = Measure { status, version: before.version + 1, ..before.clone() };
    Ok((before, after))
}

async fn save(
    work: &mut Work<'_>,
    before: &Measure,
    after: Measure,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<Measure> {
    work.update::<row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}
