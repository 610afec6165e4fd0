//! Assigning what a decision asks for, reporting on it, verifying it.

use chrono::NaiveDate;
use gongjian_identity::{PersonId, Role, person};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Permission, Refusal, Result, Say, Target, Text, Work, calendar};
use gongjian_membership::standing::{self, Source};
use gongjian_membership::{UnitId, unit};
use serde_json::json;

use super::{DECISION_EXECUTED, Entry, Item, ItemAction, ItemId, ItemStatus, OwnerKind, Task, store};
use crate::body;
use crate::decision::action::{EXECUTION_KEEP, EXECUTION_READ, EXECUTION_REPORT, EXECUTION_VERIFY};
use crate::decision::event::{
    EXECUTION_ASSIGNED, EXECUTION_CANCELLED, EXECUTION_EXTENDED, EXECUTION_FINISHED, EXECUTION_REPORTED,
    EXECUTION_RETURNED, EXECUTION_VERIFIED,
};
use crate::decision::fault::{DECISION_ENDED, DECISION_NOT_EFFECTIVE, DECISION_NOT_FOUND, ITEM_NOT_OPEN};
use crate::decision::{Decision, DecisionId, DecisionStatus, commands::authorize, store as decisions};

/// Who carries it out.
#[derive(Debug, Clone, Copy)]
pub enum Owner {
    Unit(UnitId),
    Person(PersonId),
    /// Over the association, or over the body that decided.
    Office(Role),
}

/// Until when.
#[derive(Debug, Clone, Copy)]
pub enum Deadline {
    /// A day; where it is a day off, the next working day.
    On(NaiveDate),
    /// Working days after today, which does not count.
    Workdays(u32),
}

/// What is to be carried out of a decision.
#[derive(Debug, Clone)]
pub struct NewItem {
    pub task: Text<2, 200>,
    pub owner: Owner,
    pub deadline: Deadline,
}

/// Whether the actor may assign at all: asked before what he sent is looked at.
pub async fn may_assign(work: &Work<'_>, decision: DecisionId) -> Result<Decision> {
    let found = decisions::hold(work, decision).await?.ok_or_else(|| Refusal::of(&DECISION_NOT_FOUND))?;
    authorize(work, &found, &EXECUTION_KEEP).await?;
    Ok(found)
}

/// The same for more time.
pub async fn may_extend(work: &Work<'_>, item: ItemId) -> Result<()> {
    open(work, Target::any(item), &EXECUTION_KEEP).await.map(drop)
}

/// Article 13(2): whoever keeps the body's papers says who does what until when. The decision is issued; what it
/// prepares may begin before its day.
pub async fn assign(work: &mut Work<'_>, decision: DecisionId, new: NewItem) -> Result<Item> {
    let found = may_assign(work, decision).await?;
    in_force(&found, work.today())?;
    let (owner_kind, unit_id, person_id, office) = owner(work, new.owner).await?;
    let (due_on, calendar_basis) = due(work, new.deadline).await?;
    let item = Item {
        id: work.new_id(),
        decision_id: found.id,
        body_id: found.body_id,
        task: new.task.into_string(),
        owner_kind,
        unit_id,
        person_id,
        office,
        due_on,
        calendar_basis,
        status: ItemStatus::Open,
        done_on: None,
        assigned_at: work.now(),
        version: 1,
    };
    store::insert(work, &item).await?;
    let data = json!({
        "decision_id": item.decision_id, "task": item.task, "unit_id": unit_id, "person_id": person_id,
        "office": office, "due_on": due_on,
    });
    work.record(Event::new(&EXECUTION_ASSIGNED, item.id.0, data));
    Ok(item)
}

fn in_force(decision: &Decision, today: NaiveDate) -> Result<()> {
    match decision.status_on(today) {
        DecisionStatus::Issued | DecisionStatus::Effective => Ok(()),
        DecisionStatus::Adopted => Err(Refusal::of(&DECISION_NOT_EFFECTIVE)),
        DecisionStatus::Superseded | DecisionStatus::Revoked | DecisionStatus::Withdrawn => {
            Err(Refusal::of(&DECISION_ENDED))
        }
    }
}

type Columns = (OwnerKind, Option<UnitId>, Option<PersonId>, Option<Role>);

async fn owner(work: &Work<'_>, owner: Owner) -> Result<Columns> {
    match owner {
        Owner::Unit(id) => {
            let unit = unit::queries::require_active(work.tx(), id).await.map_err(|r| r.at("/unit_id"))?;
            Ok((OwnerKind::Unit, Some(unit.id), None, None))
        }
        Owner::Person(id) => {
            let known = person::list(work.tx(), [id]).await?;
            let unknown = || Refusal::field("/person_id", "person_not_found", "没有该人员。", "No such person.");
            let person = known.into_iter().next().ok_or_else(unknown)?;
            Ok((OwnerKind::Person, None, Some(person.id), None))
        }
        Owner::Office(role) if role.is_administrator() => {
            let zh = "系统管理职务不办理业务。";
            Err(Refusal::field("/office", "not_allowed", zh, "Administrators do no business."))
        }
        Owner::Office(role) => Ok((OwnerKind::Office, None, None, Some(role))),
    }
}

/// The deadline, today at the earliest, and the calendar that it rests on.
async fn due(work: &Work<'_>, deadline: Deadline) -> Result<(NaiveDate, String)> {
    let calendar = calendar::within(work).await?;
    let today = work.today();
    let due_on = match deadline {
        Deadline::On(day) if day < today => {
            return Err(Refusal::field("/due_on", "in_past", "期限不能早于今天。", "It must not lie before today."));
        }
        Deadline::On(day) => calendar.add(day, 0).on,
        Deadline::Workdays(n) => calendar.add(today, n).on,
    };
    Ok((due_on, calendar.basis(today, due_on)))
}

/// What is said of an item, and what proves it.
#[derive(Debug, Clone)]
pub struct Report {
    pub text: Text<2, 2000>,
    pub evidence: Option<Text<2, 500>>,
}

/// How far it is.
pub async fn report(work: &mut Work<'_>, target: Target<ItemId>, report: Report) -> Result<Item> {
    let before = open(work, target, &EXECUTION_REPORT).await?;
    let status = step(&before, ItemAction::Report)?;
    let after = Item { status, version: before.version + 1, ..before.clone() };
    let said = Said { text: Some(report.text.into_string()), evidence: report.evidence.map(Text::into_string) };
    save(work, &before, &after, (ItemAction::Report, &EXECUTION_REPORTED), said).await?;
    Ok(after)
}

/// It is done, says whoever does it.
pub async fn finish(work: &mut Work<'_>, target: Target<ItemId>, report: Report) -> Result<Item> {
    let before = open(work, target, &EXECUTION_REPORT).await?;
    let status = step(&before, ItemAction::Finish)?;
    let after = Item { status, done_on: Some(work.today()), version: before.version + 1, ..before.clone() };
    let said = Said { text: Some(report.text.into_string()), evidence: report.evidence.map(Text::into_string) };
    save(work, &before, &after, (ItemAction::Finish, &EXECUTION_FINISHED), said).await?;
    Ok(after)
}

/// The secretariat has seen that it is done. Where a unit did it, that is a duty met (Article 10(1)).
pub async fn verify(work: &mut Work<'_>, target: Target<ItemId>, note: Option<Text<2, 2000>>) -> Result<Item> {
    let before = open(work, target, &EXECUTION_VERIFY).await?;
    let after = Item { status: step(&before, ItemAction::Verify)?, version: before.version + 1, ..before.clone() };
    let said = Said { text: note.map(Text::into_string), evidence: None };
    save(work, &before, &after, (ItemAction::Verify, &EXECUTION_VERIFIED), said).await?;
    if let Some(unit) = after.unit_id {
        let path = format!("/v1/execution-items/{}", after.id);
        let source = Source { kind: "execution_item", id: after.id.0, path: &path };
        let day = after.done_on.unwrap_or_else(|| work.today());
        let entry = standing::Entry { day, title: &after.task, quantity: 1 };
        standing::enter(work, &DECISION_EXECUTED, unit, source, entry).await?;
    }
    Ok(after)
}

/// It is not done: the secretariat gives it back.
pub async fn send_back(work: &mut Work<'_>, target: Target<ItemId>, reason: Text<2, 500>) -> Result<Item> {
    let before = open(work, target, &EXECUTION_VERIFY).await?;
    let status = step(&before, ItemAction::Return)?;
    let after = Item { status, done_on: None, version: before.version + 1, ..before.clone() };
    let said = Said { text: Some(reason.into_string()), evidence: None };
    save(work, &before, &after, (ItemAction::Return, &EXECUTION_RETURNED), said).await?;
    Ok(after)
}

/// More time, for a reason.
pub async fn extend(
    work: &mut Work<'_>,
    target: Target<ItemId>,
    deadline: Deadline,
    reason: Text<2, 500>,
) -> Result<Item> {
    let before = open(work, target, &EXECUTION_KEEP).await?;
    let status = step(&before, ItemAction::Extend)?;
    let (due_on, calendar_basis) = due(work, deadline).await?;
    if due_on <= before.due_on {
        return Err(Refusal::field("/due_on", "not_later", "应晚于现有期限。", "It must lie after the present one."));
    }
    let after = Item { status, due_on, calendar_basis, version: before.version + 1, ..before.clone() };
    let said = Said { text: Some(reason.into_string()), evidence: None };
    save(work, &before, &after, (ItemAction::Extend, &EXECUTION_EXTENDED), said).await?;
    Ok(after)
}

/// Nobody need do it any more, as where its decision was revoked.
pub async fn cancel(work: &mut Work<'_>, target: Target<ItemId>, reason: Text<2, 500>) -> Result<Item> {
    let before = open(work, target, &EXECUTION_KEEP).await?;
    let after = Item { status: step(&before, ItemAction::Cancel)?, version: before.version + 1, ..before.clone() };
    let said = Said { text: Some(reason.into_string()), evidence: None };
    save(work, &before, &after, (ItemAction::Cancel, &EXECUTION_CANCELLED), said).await?;
    Ok(after)
}

async fn open(work: &Work<'_>, target: Target<ItemId>, wanted: &Permission) -> Result<Item> {
    let before = store::lock(work, target.id).await?;
    let body = body::get(work.tx(), before.body_id).await?;
    work.authorize(wanted, &EXECUTION_READ, &Task::new(work.actor(), &before, &body))?;
    target.is_current(before.version)?;
    Ok(before)
}

struct Said {
    text: Option<String>,
    evidence: Option<String>,
}

async fn save(
    work: &mut Work<'_>,
    before: &Item,
    after: &Item,
    (kind, event): (ItemAction, &'static EventEntry),
    said: Said,
) -> Result<()> {
    work.update::<store::row::Entity>(before, after).await?;
    let due_on = (kind == ItemAction::Extend).then_some(after.due_on);
    let data = json!({
        "decision_id": after.decision_id, "text": said.text, "evidence": said.evidence, "due_on": due_on,
        "due_before": due_on.map(|_| before.due_on),
    });
    let entry = Entry {
        id: work.new_id(),
        item_id: after.id,
        kind,
        text: said.text,
        evidence: said.evidence,
        due_on,
        entered_by: work.actor().person.map(PersonId),
        entered_at: work.now(),
    };
    store::insert_entry(work, entry).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(())
}

fn step(item: &Item, action: ItemAction) -> Result<ItemStatus> {
    item.status.next(action).ok_or_else(|| {
        let (now, wanted) = (item.status.label(), action.label());
        let detail = Say::new(
            format!("该执行事项现为“{}”，不能“{}”。", now.zh, wanted.zh),
            format!("The item is “{}”; “{}” cannot be done now.", now.en, wanted.en),
        );
        Refusal::new(&ITEM_NOT_OPEN, detail)
    })
}
