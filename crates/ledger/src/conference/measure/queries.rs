//! Reading agreed measures. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Result, Store};
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::row::{Column, Entity};
use super::{Measure, MeasureAction, MeasureStatus};
use crate::conference::action::{MEASURE_KEEP, MEASURE_READ, MEASURE_REPORT, OWNER, Sight};
use crate::conference::fault::MEASURE_NOT_FOUND;
use crate::conference::queries::{self, scopes, seen_by, sights};
use crate::conference::{Conference, ConferenceId, MeasureId};

/// A measure with its conference, as the caller sees it.
#[derive(Debug, Clone)]
pub struct MeasureOnFile {
    pub measure: Measure,
    pub conference: Conference,
    pub allowed_actions: Vec<MeasureAction>,
}

/// What a list of measures is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MeasureFilter {
    pub conference_id: Option<Uuid>,
    pub issue_id: Option<Uuid>,
    pub owner_unit_id: Option<Uuid>,
    pub status: Vec<MeasureStatus>,
    /// Open, and due before today.
    pub overdue: bool,
}

pub(super) async fn sight(
    db: &impl ConnectionTrait,
    measure: &Measure,
    conference: &Conference,
    today: NaiveDate,
) -> Result<Sight> {
    let seen = queries::sight(db, conference, today).await?;
    Ok(of_measure(measure, seen))
}

fn of_measure(measure: &Measure, seen: Sight) -> Sight {
    let subject = ("measure", Some(measure.id.0));
    Sight { owner: Some(measure.owner_unit_id), unknown: &MEASURE_NOT_FOUND, subject, ..seen }
}

fn on_file(actor: &Actor, measure: Measure, conference: Conference, seen: &Sight) -> MeasureOnFile {
    MeasureOnFile { allowed_actions: allowed_actions(actor, seen, measure.status), measure, conference }
}

/// What the actor may do with it now.
pub(super) fn allowed_actions(actor: &Actor, seen: &Sight, status: MeasureStatus) -> Vec<MeasureAction> {
    let permitted = |action: &MeasureAction| match action {
        MeasureAction::Complete => actor.may(&MEASURE_REPORT, seen),
        MeasureAction::SendBack | MeasureAction::Postpone | MeasureAction::Drop => actor.may(&MEASURE_KEEP, seen),
    };
    status.open_actions().filter(permitted).collect()
}

pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: MeasureId, today: NaiveDate) -> Result<MeasureOnFile> {
    let measure = Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&MEASURE_NOT_FOUND))?;
    let conference = crate::conference::store::find(db, measure.conference_id).await?;
    let seen = sight(db, &measure, &conference, today).await?;
    Ok(on_file(actor, measure, conference, &seen))
}

/// The measure, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: MeasureId, wanted: &Permission) -> Result<MeasureOnFile> {
    let (db, today) = (store.db.reader(), store.today());
    let found = find(db, actor, id, today).await?;
    authorize(actor, wanted, &MEASURE_READ, &sight(db, &found.measure, &found.conference, today).await?)?;
    Ok(found)
}

/// One page of measures, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &MeasureFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<MeasureOnFile>> {
    let wanted = &MEASURE_READ;
    if !actor.has_some(wanted) {
        authorize(actor, wanted, wanted, &Association)?;
    }
    let (db, today) = (store.db.reader(), store.today());
    let sealed_for = serde_json::to_string(&("measures", filter))?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !actor.may(wanted, &Association) {
        let (own, _) = scopes(actor, wanted, OWNER);
        let of_conference = Column::ConferenceId.in_subquery(seen_by(actor, wanted));
        query = query.filter(Condition::any().add(Column::OwnerUnitId.is_in(own)).add(of_conference));
    }
    if let Some(conference) = filter.conference_id {
        query = query.filter(Column::ConferenceId.eq(conference));
    }
    if let Some(issue) = filter.issue_id {
        query = query.filter(Column::IssueId.eq(issue));
    }
    if let Some(owner) = filter.owner_unit_id {
        query = query.filter(Column::OwnerUnitId.eq(owner));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if filter.overdue {
        query = query.filter(Column::Status.eq(MeasureStatus::Open)).filter(Column::DueOn.lt(today));
    }
    if let Some(cursor) = cursor {
        let before: MeasureId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let ids = page.rows.iter().map(|row| row.conference_id);
    let known = crate::conference::store::row::Entity::find()
        .filter(crate::conference::store::row::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let seen: HashMap<ConferenceId, Sight> = sights(db, &known, today).await?;
    let known: HashMap<ConferenceId, Conference> = known.into_iter().map(|it| (it.id, it)).collect();
    let rows = page.rows.into_iter().filter_map(|measure| {
        let conference = known.get(&measure.conference_id)?.clone();
        let sight = of_measure(&measure, seen.get(&measure.conference_id)?.clone());
        Some(on_file(actor, measure, conference, &sight))
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}
