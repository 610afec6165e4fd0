//! Reading decisions. Who may read is part of the `WHERE`.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use gongjian_identity::{PersonId, Role, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Resource as _, Result, Store};
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::{DECISION_READ, MEMBER, PUBLISHED, Paper, bodies_of, members, over_all};
use super::fault::DECISION_NOT_FOUND;
use super::store::row::{Column, Entity};
use super::store::{self, ending, used};
use super::{Decision, DecisionId, DecisionStatus, Matter};
use crate::body::action::OWN_BODY;
use crate::body::{self, Body, BodyId, COUNCIL, GENERAL_MEETING};

/// A decision with its body and what it ends.
#[derive(Debug, Clone)]
pub struct DecisionOnFile {
    pub decision: Decision,
    pub body: Body,
    pub endings: Vec<ending::Model>,
    /// What was done on the strength of it; told of a single decision.
    pub uses: Vec<used::Model>,
    pub entered_by: Option<String>,
    pub issued_by: Option<String>,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DecisionFilter {
    pub body_id: Option<Uuid>,
    pub matter: Vec<Matter>,
    pub status: Vec<DecisionStatus>,
    /// Of the number.
    pub year: Option<i32>,
    pub effective_on: Option<NaiveDate>,
}

pub async fn find(db: &impl ConnectionTrait, id: DecisionId) -> Result<DecisionOnFile> {
    let found = Entity::find_by_id(id).one(db).await?;
    let decision = found.ok_or_else(|| Refusal::of(&DECISION_NOT_FOUND))?;
    let body = body::get(db, decision.body_id).await?;
    let found = with_names(db, vec![decision], &[body]).await?.pop();
    let found = found.ok_or_else(|| Refusal::internal("a decision of no body"))?;
    Ok(DecisionOnFile { uses: store::uses(db, id).await?, ..found })
}

pub async fn get(store: &Store, actor: &Actor, id: DecisionId) -> Result<DecisionOnFile> {
    check(store, actor, id, &DECISION_READ).await
}

/// The decision, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: DecisionId, wanted: &Permission) -> Result<DecisionOnFile> {
    let db = store.db.reader();
    let found = find(db, id).await?;
    let members = members(db, &found.body, store.now()).await?;
    authorize(actor, wanted, &DECISION_READ, &Paper::decision(&found.decision, &found.body, members))?;
    Ok(found)
}

/// One page of decisions, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &DecisionFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<DecisionOnFile>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("decisions", filter))?;
    let bodies = body::all(db).await?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if let Some(readable) = readable(store, actor, &bodies).await? {
        query = query.filter(readable);
    }
    if let Some(body) = filter.body_id {
        query = query.filter(Column::BodyId.eq(body));
    }
    if !filter.matter.is_empty() {
        query = query.filter(Column::Matter.is_in(filter.matter.iter().copied()));
    }
    if !filter.status.is_empty() {
        let any = filter.status.iter().fold(Condition::any(), |any, status| any.add(stands(*status, store.today())));
        query = query.filter(any);
    }
    if let Some(year) = filter.year {
        query = query.filter(Column::NumberYear.eq(year));
    }
    if let Some(day) = filter.effective_on {
        query = query.filter(stands(DecisionStatus::Effective, day));
    }
    if let Some(cursor) = cursor {
        let before: DecisionId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_names(db, page.rows, &bodies).await?, next_cursor: page.next_cursor })
}

/// `status_on` as SQL.
fn stands(status: DecisionStatus, day: NaiveDate) -> Condition {
    let issued = Condition::all().add(Column::Status.eq(DecisionStatus::Issued));
    let lasts = Condition::any().add(Column::EndedFrom.is_null()).add(Column::EndedFrom.gt(day));
    match status {
        DecisionStatus::Adopted | DecisionStatus::Withdrawn => Condition::all().add(Column::Status.eq(status)),
        DecisionStatus::Issued => issued.add(lasts).add(Column::EffectiveFrom.gt(day)),
        DecisionStatus::Effective => issued.add(lasts).add(Column::EffectiveFrom.lte(day)),
        DecisionStatus::Superseded | DecisionStatus::Revoked => {
            issued.add(Column::EndedFrom.lte(day)).add(Column::EndedAs.eq(status))
        }
    }
}

/// What the actor may read, by [`DECISION_READ`]; `None` where that is all.
async fn readable(store: &Store, actor: &Actor, bodies: &[Body]) -> Result<Option<Condition>> {
    if over_all(actor, &DECISION_READ) {
        return Ok(None);
    }
    if !actor.has_some(&DECISION_READ) {
        authorize(actor, &DECISION_READ, &DECISION_READ, &Association)?;
    }
    let carries =
        |over| DECISION_READ.rules.iter().filter(move |rule| rule.over == over).any(|rule| actor.holds(rule.role));
    let issued = || Condition::all().add(Column::IssuedOn.is_not_null());
    let mut any = Condition::any();
    if carries(PUBLISHED) {
        any = any.add(issued().add(Column::BodyId.is_in([GENERAL_MEETING, COUNCIL])));
    }
    let keeps = [Role::BranchPresident, Role::CommitteeDirector];
    let own = |body: &&Body, keeper: bool| {
        actor.grants.iter().any(|grant| {
            let keeps = keeps.iter().any(|role| role.as_str() == grant.role);
            (keeps || (!keeper && grant.role == Role::BranchStaff.as_str())) && body.relates(OWN_BODY, &grant.scope)
        })
    };
    let ids = |keeper: bool| bodies.iter().filter(move |body| own(body, keeper)).map(|body| body.id);
    any = any.add(Column::BodyId.is_in(ids(true)));
    let mut member: Vec<BodyId> = ids(false).collect();
    if carries(MEMBER) {
        member.extend(bodies_of(store.db.reader(), actor, bodies, store.now()).await?);
    }
    Ok(Some(any.add(issued().add(Column::BodyId.is_in(member)))))
}

async fn with_names(db: &impl ConnectionTrait, rows: Vec<Decision>, bodies: &[Body]) -> Result<Vec<DecisionOnFile>> {
    let mut endings: HashMap<DecisionId, Vec<ending::Model>> = HashMap::new();
    for row in store::endings(db, rows.iter().map(|row| row.id)).await? {
        endings.entry(row.decision_id).or_default().push(row);
    }
    let acting: HashSet<PersonId> = rows.iter().flat_map(|row| [row.entered_by, row.issued_by]).flatten().collect();
    let persons = person::list(db, acting).await?;
    let names: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned());
    let on_file = rows.into_iter().filter_map(|decision| {
        let body = bodies.iter().find(|body| body.id == decision.body_id)?.clone();
        Some(DecisionOnFile {
            body,
            endings: endings.remove(&decision.id).unwrap_or_default(),
            uses: Vec::new(),
            entered_by: name(decision.entered_by),
            issued_by: name(decision.issued_by),
            decision,
        })
    });
    Ok(on_file.collect())
}
