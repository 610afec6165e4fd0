//! Reading the execution book. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_identity::{PersonId, Role, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::calendar::{self, Calendar};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Resource as _, Result, Scope, Store, Work, policy};
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::row::{Column, Entity};
use super::{Entry, ExecutionLight, Item, ItemId, ItemStatus, Task, store};
use crate::body::action::OWN_BODY;
use crate::body::{self, Body, BodyId, BodyKind};
use crate::decision::action::{EXECUTION_READ, OWNER, PUBLISHED, over_all};
use crate::decision::fault::ITEM_NOT_FOUND;
use crate::decision::store::row as decision;
use crate::decision::{Decision, DecisionPolicy};

/// An item with its decision, and how it is with its deadline.
#[derive(Debug, Clone)]
pub struct ItemOnFile {
    pub item: Item,
    pub body: Body,
    pub decision: Decision,
    pub light: ExecutionLight,
    /// Working days after its deadline, of today or of the day on which it was done.
    pub late_workdays: i64,
    /// What was reported and done; told of a single item.
    pub entries: Vec<Entry>,
    pub names: HashMap<PersonId, String>,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ItemFilter {
    pub body_id: Option<Uuid>,
    pub decision_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub status: Vec<ItemStatus>,
    /// Open after the deadline, or not.
    pub is_overdue: Option<bool>,
    /// On the deadline or before.
    pub due_by: Option<NaiveDate>,
}

/// What the next meeting of a body hears first: how its decisions were carried out.
#[derive(Debug, Clone)]
pub struct ForMeeting {
    /// Under way or reported done, the oldest deadline first.
    pub items: Vec<ItemOnFile>,
    pub open: i64,
    pub overdue: i64,
    /// Reported done and not verified yet.
    pub done: i64,
    pub verified: i64,
    pub cancelled: i64,
}

/// How an item is with its deadline on a day.
#[derive(Debug)]
pub(super) struct Clock<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) warning_workdays: u32,
    pub(super) today: NaiveDate,
}

impl Clock<'_> {
    fn late_workdays(&self, item: &Item) -> i64 {
        let on = match item.status {
            ItemStatus::Cancelled => return 0,
            ItemStatus::Open => self.today,
            ItemStatus::Done | ItemStatus::Verified => item.done_on.unwrap_or(self.today),
        };
        self.calendar.between(item.due_on, on).max(0)
    }

    fn light(&self, item: &Item) -> ExecutionLight {
        match item.status {
            ItemStatus::Verified | ItemStatus::Cancelled => ExecutionLight::Grey,
            ItemStatus::Open if item.due_on < self.today => ExecutionLight::Red,
            ItemStatus::Done if item.done_on.is_some_and(|done| item.due_on < done) => ExecutionLight::Red,
            ItemStatus::Open if self.calendar.between(self.today, item.due_on) <= i64::from(self.warning_workdays) => {
                ExecutionLight::Yellow
            }
            ItemStatus::Open | ItemStatus::Done => ExecutionLight::Green,
        }
    }
}

/// The execution book of a body, as its next meeting hears it.
pub async fn for_next_meeting(db: &impl ConnectionTrait, body: BodyId, today: NaiveDate) -> Result<ForMeeting> {
    let calendar = calendar::load(db).await?;
    let clock = Clock { calendar: &calendar, warning_workdays: 0, today };
    meeting(db, body, &clock).await
}

async fn meeting(db: &impl ConnectionTrait, body: BodyId, clock: &Clock<'_>) -> Result<ForMeeting> {
    let body = body::get(db, body).await?;
    let unfinished = Entity::find()
        .filter(Column::BodyId.eq(body.id))
        .filter(Column::Status.is_in([ItemStatus::Open, ItemStatus::Done]))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(1000);
    let items = on_file(db, unfinished.all(db).await?, std::slice::from_ref(&body), clock).await?;
    let counted: Vec<(ItemStatus, i64)> = Entity::find()
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "count")
        .filter(Column::BodyId.eq(body.id))
        .group_by(Column::Status)
        .into_tuple()
        .all(db)
        .await?;
    let count = |wanted: ItemStatus| counted.iter().find(|(status, _)| *status == wanted).map_or(0, |(_, n)| *n);
    let overdue = Entity::find()
        .filter(Column::BodyId.eq(body.id))
        .filter(Column::Status.eq(ItemStatus::Open))
        .filter(Column::DueOn.lt(clock.today))
        .count(db)
        .await?;
    Ok(ForMeeting {
        items,
        open: count(ItemStatus::Open),
        overdue: i64::try_from(overdue).unwrap_or(i64::MAX),
        done: count(ItemStatus::Done),
        verified: count(ItemStatus::Verified),
        cancelled: count(ItemStatus::Cancelled),
    })
}

/// The same for a reader of the body's book.
pub async fn report_for(store: &Store, actor: &Actor, id: BodyId) -> Result<(ForMeeting, Body)> {
    let body = body::get(store.db.reader(), id).await?;
    let paper = crate::decision::action::Paper { is_issued: true, ..crate::decision::action::Paper::new(&body) };
    authorize(actor, &EXECUTION_READ, &EXECUTION_READ, &paper)?;
    let (calendar, policy) = (calendar::current(store).await?, policy::current::<DecisionPolicy>(store).await?);
    let warning_workdays = policy.value.execution_warning_workdays;
    let clock = Clock { calendar: &calendar, warning_workdays, today: store.today() };
    Ok((meeting(store.db.reader(), id, &clock).await?, body))
}

pub async fn get(store: &Store, actor: &Actor, id: ItemId) -> Result<ItemOnFile> {
    check(store, actor, id, &EXECUTION_READ).await
}

/// The item, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: ItemId, wanted: &Permission) -> Result<ItemOnFile> {
    let (calendar, policy) = (calendar::current(store).await?, policy::current::<DecisionPolicy>(store).await?);
    let warning_workdays = policy.value.execution_warning_workdays;
    let clock = Clock { calendar: &calendar, warning_workdays, today: store.today() };
    let found = find(store.db.reader(), id, &clock).await?;
    authorize(actor, wanted, &EXECUTION_READ, &Task::new(actor, &found.item, &found.body))?;
    Ok(found)
}

/// The item as it is after a command.
pub async fn seen_in(work: &Work<'_>, id: ItemId) -> Result<ItemOnFile> {
    let (calendar, policy) = (calendar::within(work).await?, policy::within::<DecisionPolicy>(work).await?);
    let warning_workdays = policy.value.execution_warning_workdays;
    find(work.tx(), id, &Clock { calendar: &calendar, warning_workdays, today: work.today() }).await
}

async fn find(db: &impl ConnectionTrait, id: ItemId, clock: &Clock<'_>) -> Result<ItemOnFile> {
    let item = Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&ITEM_NOT_FOUND))?;
    let body = body::get(db, item.body_id).await?;
    let found = on_file(db, vec![item], &[body], clock).await?.pop();
    let mut found = found.ok_or_else(|| Refusal::internal("an item of no decision"))?;
    found.entries = store::entries(db, id).await?;
    let persons = person::list(db, found.entries.iter().filter_map(|entry| entry.entered_by)).await?;
    found.names.extend(persons.into_iter().map(|person| (person.id, person.name)));
    Ok(found)
}

/// One page of items, the oldest deadline first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ItemFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ItemOnFile>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("execution_items", filter))?;
    let bodies = body::all(db).await?;
    let mut query = Entity::find().order_by_asc(Column::DueOn).order_by_asc(Column::Id).limit(limit + 1);
    if !over_all(actor, &EXECUTION_READ) {
        if !actor.has_some(&EXECUTION_READ) {
            authorize(actor, &EXECUTION_READ, &EXECUTION_READ, &Association)?;
        }
        query = query.filter(readable(actor, &bodies));
    }
    for (column, id) in
        [(Column::BodyId, filter.body_id), (Column::DecisionId, filter.decision_id), (Column::UnitId, filter.unit_id)]
    {
        if let Some(id) = id {
            query = query.filter(column.eq(id));
        }
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    let overdue = || Condition::all().add(Column::Status.eq(ItemStatus::Open)).add(Column::DueOn.lt(store.today()));
    query = match filter.is_overdue {
        Some(true) => query.filter(overdue()),
        Some(false) => query.filter(overdue().not()),
        None => query,
    };
    if let Some(day) = filter.due_by {
        query = query.filter(Column::DueOn.lte(day));
    }
    if let Some(cursor) = cursor {
        let (due_on, id): (NaiveDate, ItemId) = page::open(&store.keys, &sealed_for, cursor)?;
        let same = Condition::all().add(Column::DueOn.eq(due_on)).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::DueOn.gt(due_on)).add(same));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| (row.due_on, row.id))?;
    let (calendar, policy) = (calendar::current(store).await?, policy::current::<DecisionPolicy>(store).await?);
    let warning_workdays = policy.value.execution_warning_workdays;
    let clock = Clock { calendar: &calendar, warning_workdays, today: store.today() };
    Ok(Page { rows: on_file(db, page.rows, &bodies, &clock).await?, next_cursor: page.next_cursor })
}

/// By [`EXECUTION_READ`]: the book of one's own body, that of the council for its members, and what one carries out.
fn readable(actor: &Actor, bodies: &[Body]) -> Condition {
    let carries = |role: &str, over| EXECUTION_READ.rules.iter().any(|rule| rule.role == role && rule.over == over);
    let ids = bodies.iter().filter(|body| {
        actor.grants.iter().any(|grant| {
            let central = matches!(body.kind, BodyKind::GeneralMeeting | BodyKind::Council);
            (carries(grant.role, OWN_BODY) && body.relates(OWN_BODY, &grant.scope))
                || (central && carries(grant.role, PUBLISHED))
        })
    });
    let mut any = Condition::any().add(Column::BodyId.is_in(ids.map(|body| body.id)));
    if let Some(person) = actor.person.filter(|_| actor.grants.iter().any(|grant| carries(grant.role, OWNER))) {
        any = any.add(Column::PersonId.eq(person));
    }
    for grant in actor.grants.iter().filter(|grant| carries(grant.role, OWNER)) {
        let office = || Condition::all().add(Column::Office.eq(Role::parse(grant.role)));
        match &grant.scope {
            Scope::Unit(unit) => any = any.add(Column::UnitId.eq(*unit)),
            Scope::Association => any = any.add(office()),
            Scope::Branch(_) | Scope::Body(_) => {
                let own = bodies.iter().filter(|body| body.relates(OWN_BODY, &grant.scope)).map(|body| body.id);
                any = any.add(office().add(Column::BodyId.is_in(own)));
            }
        }
    }
    any
}

async fn on_file(
    db: &impl ConnectionTrait,
    rows: Vec<Item>,
    bodies: &[Body],
    clock: &Clock<'_>,
) -> Result<Vec<ItemOnFile>> {
    let decisions = decision::Entity::find().filter(decision::Column::Id.is_in(rows.iter().map(|row| row.decision_id)));
    let decisions: HashMap<_, _> = decisions.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let persons = person::list(db, rows.iter().filter_map(|row| row.person_id)).await?;
    let names: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    let found = rows.into_iter().filter_map(|item| {
        let body = bodies.iter().find(|body| body.id == item.body_id)?.clone();
        let decision = decisions.get(&item.decision_id)?.clone();
        let names = item.person_id.and_then(|id| Some((id, names.get(&id)?.clone()))).into_iter().collect();
        let (light, late_workdays) = (clock.light(&item), clock.late_workdays(&item));
        Some(ItemOnFile { item, body, decision, light, late_workdays, entries: Vec::new(), names })
    });
    Ok(found.collect())
}
