//! Planning the year of a branch, and telling what was done (Article 18).

use chrono::{Datelike as _, NaiveDate};
use gongjian_governance::acting::not_open;
use gongjian_governance::body::{self, BodyId};
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Refusal, Result, Target, Text, Work};
use serde_json::json;

use super::{BranchDuty, WorkItem, WorkItemAction as Action, WorkItemId, WorkItemStatus, store};
use crate::branch::action::{BRANCH_READ, BRANCH_WORK_KEEP, OfBranch};
use crate::branch::event::{WORK_DONE, WORK_DROPPED, WORK_PLANNED, WORK_REVISED};
use crate::branch::fault::{WORK_ITEM_NOT_FOUND, WORK_ITEM_NOT_OPEN};
use crate::branch::queries::branch;

/// Work to be planned.
#[derive(Debug, Clone)]
pub struct NewWorkItem {
    pub year: i32,
    pub duty: BranchDuty,
    pub title: Text<2, 200>,
    pub detail: Option<Text<2, 2000>>,
    pub due_on: Option<NaiveDate>,
}

/// What is changed of it; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct WorkItemEdit {
    pub duty: Option<BranchDuty>,
    pub title: Option<Text<2, 200>>,
    pub detail: Option<Option<Text<2, 2000>>>,
    pub due_on: Option<Option<NaiveDate>>,
}

pub async fn plan(work: &mut Work<'_>, id: BodyId, new: NewWorkItem) -> Result<WorkItem> {
    let body = branch(work.tx(), id).await?;
    work.authorize(&BRANCH_WORK_KEEP, &BRANCH_READ, &OfBranch::new(&body))?;
    of_its_year(new.year, new.due_on)?;
    let item = WorkItem {
        id: work.new_id(),
        body_id: id,
        year: new.year,
        duty: new.duty,
        title: new.title.into_string(),
        detail: new.detail.map(Text::into_string),
        due_on: new.due_on,
        status: WorkItemStatus::Planned,
        evidence: None,
        done_on: None,
        reason: None,
        planned_by: work.actor().person.map(PersonId),
        planned_at: work.now(),
        version: 1,
    };
    store::insert(work, &item).await?;
    let data = json!({ "branch": body.code, "year": item.year, "duty": item.duty, "title": item.title });
    work.record(Event::new(&WORK_PLANNED, item.id.0, data));
    Ok(item)
}

pub async fn revise(work: &mut Work<'_>, target: Target<WorkItemId>, edit: WorkItemEdit) -> Result<WorkItem> {
    let (before, mut after) = step(work, target, Action::Revise).await?;
    if let Some(duty) = edit.duty {
        after.duty = duty;
    }
    if let Some(title) = edit.title {
        after.title = title.into_string();
    }
    if let Some(detail) = edit.detail {
        after.detail = detail.map(Text::into_string);
    }
    if let Some(due_on) = edit.due_on {
        after.due_on = due_on;
    }
    of_its_year(after.year, after.due_on)?;
    let data = json!({ "duty": after.duty, "title": after.title, "due_on": after.due_on });
    save(work, &before, after, &WORK_REVISED, data).await
}

/// It was done, and this shows it.
pub async fn complete(
    work: &mut Work<'_>,
    target: Target<WorkItemId>,
    evidence: Text<2, 4000>,
    done_on: Option<NaiveDate>,
) -> Result<WorkItem> {
    let (before, mut after) = step(work, target, Action::Complete).await?;
    let done_on = done_on.unwrap_or(work.today());
    if done_on > work.today() {
        let (zh, en) = ("日期不能晚于今天。", "It must not lie after today.");
        return Err(Refusal::field("/done_on", "in_future", zh, en));
    }
    after.evidence = Some(evidence.into_string());
    after.done_on = Some(done_on);
    let data = json!({ "evidence": after.evidence, "done_on": done_on });
    save(work, &before, after, &WORK_DONE, data).await
}

/// It will not be done, and this is why.
pub async fn drop_item(work: &mut Work<'_>, target: Target<WorkItemId>, reason: Text<2, 500>) -> Result<WorkItem> {
    let (before, mut after) = step(work, target, Action::Drop).await?;
    after.reason = Some(reason.into_string());
    let data = json!({ "reason": after.reason });
    save(work, &before, after, &WORK_DROPPED, data).await
}

fn of_its_year(year: i32, due_on: Option<NaiveDate>) -> Result<()> {
    if due_on.is_some_and(|day| day.year() != year) {
        let (zh, en) = ("须在该年度内。", "It must lie in that year.");
        return Err(Refusal::field("/due_on", "of_another_year", zh, en));
    }
    Ok(())
}

/// The item as it was, and as it is after the action.
async fn step(work: &Work<'_>, target: Target<WorkItemId>, action: Action) -> Result<(WorkItem, WorkItem)> {
    let before = store::lock(work, target.id).await?;
    let body = body::get(work.tx(), before.body_id).await?;
    let subject = ("branch_work_item", Some(before.id.0));
    let seen = OfBranch { unknown: &WORK_ITEM_NOT_FOUND, subject, ..OfBranch::new(&body) };
    work.authorize(&BRANCH_WORK_KEEP, &BRANCH_READ, &seen)?;
    target.is_current(before.version)?;
    let status = before.status.next(action).ok_or_else(|| {
        let open = before.status.open_actions().map(Action::as_str).collect();
        not_open(&WORK_ITEM_NOT_OPEN, ("该项工作", "item"), (before.status.label(), action.label()), open)
    })?;
    let after = WorkItem { status, version: before.version + 1, ..before.clone() };
    Ok((before, after))
}

async fn save(
    work: &mut Work<'_>,
    before: &WorkItem,
    after: WorkItem,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<WorkItem> {
    work.update::<store::row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}
