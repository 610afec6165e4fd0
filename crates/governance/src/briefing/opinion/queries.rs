//! Reading calls for opinion and what units replied. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_identity::Role;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use gongjian_membership::UnitId;
use gongjian_membership::action::own_units;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{Condition, ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::Asked;
use super::store::{self, asked, call, opinion, point, revision};
use super::{Call, CallId, CallStatus, Opinion, OpinionId, OpinionStatus, Point, PointResult, Revision};
use crate::acting;
use crate::briefing::action::{CALL_READ, OPINION_DECIDE, OPINION_READ};
use crate::briefing::fault::{OPINION_CALL_NOT_FOUND, OPINION_NOT_FOUND};

/// A call as one reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOnFile {
    pub call: Call,
    /// Those of the reader's units that it asks.
    pub asked: Vec<UnitId>,
    /// The opinions of the reader's own units.
    pub own: Vec<OpinionId>,
    /// For those who keep the file; for everybody else when the call is answered.
    pub tally: Option<Tally>,
}

/// What came in, and what became of it. Opinions that were taken back do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub asked: i64,
    pub replied: i64,
    pub adopted: i64,
    pub partly: i64,
    pub not_adopted: i64,
    pub undecided: i64,
}

/// An opinion with its points, and whether the reader is told their results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionOnFile {
    pub opinion: Opinion,
    pub call: Call,
    pub points: Vec<Point>,
    pub sees_results: bool,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CallFilter {
    pub status: Vec<CallStatus>,
    /// Open, and its deadline has passed.
    pub overdue: Option<bool>,
    /// Whether a unit of the caller has replied.
    pub replied: Option<bool>,
}

pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: CallId) -> Result<Option<CallOnFile>> {
    let Some(found) = call::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(on_file(db, actor, vec![found]).await?.pop())
}

pub async fn get(store: &Store, actor: &Actor, id: CallId) -> Result<CallOnFile> {
    let found = find(store.db.reader(), actor, id).await?.ok_or_else(|| Refusal::of(&OPINION_CALL_NOT_FOUND))?;
    authorize(actor, &CALL_READ, &CALL_READ, &Asked { call: &found.call, units: &found.asked })?;
    Ok(found)
}

fn visible(actor: &Actor) -> Result<Condition> {
    if acting::sees_all(actor, &CALL_READ) {
        return Ok(Condition::all());
    }
    if !actor.has_some(&CALL_READ) {
        authorize(actor, &CALL_READ, &CALL_READ, &Association)?;
    }
    let out = Condition::all().add(call::Column::Number.is_not_null());
    if actor.holds(Role::CouncilMember.as_str()) {
        return Ok(out);
    }
    let mine = Query::select()
        .column(asked::Column::CallId)
        .from(asked::Entity)
        .and_where(asked::Column::UnitId.is_in(own_units(actor, &CALL_READ)))
        .to_owned();
    Ok(out.add(call::Column::Id.in_subquery(mine)))
}

/// One page of calls, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &CallFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<CallOnFile>> {
    use call::Column as C;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("opinion_calls", filter))?;
    let mut query = call::Entity::find().filter(visible(actor)?).order_by_desc(C::Id).limit(limit + 1);
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(overdue) = filter.overdue {
        let is_over = Condition::all().add(C::Status.eq(CallStatus::Open)).add(C::DueOn.lt(store.today()));
        query = query.filter(if overdue { is_over } else { is_over.not() });
    }
    if let Some(replied) = filter.replied {
        let given = Query::select()
            .column(opinion::Column::CallId)
            .from(opinion::Entity)
            .and_where(opinion::Column::UnitId.is_in(actor.units()))
            .and_where(opinion::Column::Status.eq(OpinionStatus::Submitted))
            .to_owned();
        query = query.filter(if replied { C::Id.in_subquery(given) } else { C::Id.not_in_subquery(given) });
    }
    if let Some(cursor) = cursor {
        let before: CallId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: on_file(db, actor, page.rows).await?, next_cursor: page.next_cursor })
}

async fn on_file(db: &impl ConnectionTrait, actor: &Actor, rows: Vec<Call>) -> Result<Vec<CallOnFile>> {
    let ids: Vec<CallId> = rows.iter().map(|row| row.id).collect();
    let own: Vec<UnitId> = actor.units().map(UnitId).collect();
    let asked = asked::Entity::find()
        .filter(asked::Column::CallId.is_in(ids.iter().copied()))
        .filter(asked::Column::UnitId.is_in(own.iter().copied()))
        .all(db)
        .await?;
    let replies = opinion::Entity::find()
        .filter(opinion::Column::CallId.is_in(ids.iter().copied()))
        .filter(opinion::Column::UnitId.is_in(own))
        .order_by_asc(opinion::Column::Id)
        .all(db)
        .await?;
    let tallies = tallies(db, &ids).await?;
    let keeps_file = actor.may(&OPINION_READ, &Association);
    let on_file = |call: Call| CallOnFile {
        asked: asked.iter().filter(|it| it.call_id == call.id).map(|it| it.unit_id).collect(),
        own: replies.iter().filter(|it| it.call_id == call.id).map(|it| it.id).collect(),
        tally: (keeps_file || call.status == CallStatus::Answered)
            .then(|| tallies.get(&call.id).copied().unwrap_or_default()),
        call,
    };
    Ok(rows.into_iter().map(on_file).collect())
}

/// Three queries for a page.
pub(super) async fn tallies(db: &impl ConnectionTrait, ids: &[CallId]) -> Result<HashMap<CallId, Tally>> {
    let ids = || ids.iter().copied();
    let mut all: HashMap<CallId, Tally> = HashMap::new();
    let asked: Vec<(CallId, i64)> = asked::Entity::find()
        .filter(asked::Column::CallId.is_in(ids()))
        .select_only()
        .column(asked::Column::CallId)
        .column_as(Expr::col(asked::Column::UnitId).count(), "units")
        .group_by(asked::Column::CallId)
        .into_tuple()
        .all(db)
        .await?;
    let replied: Vec<(CallId, i64)> = opinion::Entity::find()
        .filter(opinion::Column::CallId.is_in(ids()))
        .filter(opinion::Column::Status.eq(OpinionStatus::Submitted))
        .select_only()
        .column(opinion::Column::CallId)
        .column_as(Expr::col(opinion::Column::Id).count(), "opinions")
        .group_by(opinion::Column::CallId)
        .into_tuple()
        .all(db)
        .await?;
    let results: Vec<(CallId, Option<PointResult>, i64)> = point::Entity::find()
        .inner_join(opinion::Entity)
        .filter(opinion::Column::CallId.is_in(ids()))
        .filter(opinion::Column::Status.eq(OpinionStatus::Submitted))
        .select_only()
        .column(opinion::Column::CallId)
        .column(point::Column::Result)
        .column_as(Expr::col((point::Entity, point::Column::Number)).count(), "points")
        .group_by(opinion::Column::CallId)
        .group_by(point::Column::Result)
        .into_tuple()
        .all(db)
        .await?;
    for (call, units) in asked {
        all.entry(call).or_default().asked = units;
    }
    for (call, opinions) in replied {
        all.entry(call).or_default().replied = opinions;
    }
    for (call, result, points) in results {
        let tally = all.entry(call).or_default();
        match result {
            Some(PointResult::Adopted) => tally.adopted = points,
            Some(PointResult::Partly) => tally.partly = points,
            Some(PointResult::NotAdopted) => tally.not_adopted = points,
            None => tally.undecided = points,
        }
    }
    Ok(all)
}

pub async fn find_opinion(db: &impl ConnectionTrait, actor: &Actor, id: OpinionId) -> Result<Option<OpinionOnFile>> {
    let Some(opinion) = opinion::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let Some(call) = call::Entity::find_by_id(opinion.call_id).one(db).await? else { return Ok(None) };
    let points = store::points(db, [id]).await?;
    Ok(Some(seen(actor, opinion, call, points)))
}

/// The unit is told its results when the call is answered: before, they are drafts of the secretariat.
fn seen(actor: &Actor, opinion: Opinion, call: Call, points: Vec<Point>) -> OpinionOnFile {
    let sees_results = call.status == CallStatus::Answered || actor.may(&OPINION_DECIDE, &opinion);
    OpinionOnFile { opinion, call, points, sees_results }
}

pub async fn get_opinion(store: &Store, actor: &Actor, id: OpinionId) -> Result<OpinionOnFile> {
    let found = find_opinion(store.db.reader(), actor, id).await?;
    let found = found.ok_or_else(|| Refusal::of(&OPINION_NOT_FOUND))?;
    authorize(actor, &OPINION_READ, &OPINION_READ, &found.opinion)?;
    Ok(found)
}

/// One page of the opinions on a call in the order in which they came; a unit sees its own.
pub async fn opinions(
    store: &Store,
    actor: &Actor,
    id: CallId,
    status: &[OpinionStatus],
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<OpinionOnFile>> {
    use opinion::Column as C;
    let found = get(store, actor, id).await?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("opinions", id, status))?;
    let mut query = opinion::Entity::find().filter(C::CallId.eq(id)).order_by_asc(C::Id).limit(limit + 1);
    if !actor.may(&OPINION_READ, &Association) {
        query = query.filter(C::UnitId.is_in(own_units(actor, &OPINION_READ)));
    }
    if !status.is_empty() {
        query = query.filter(C::Status.is_in(status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let after: OpinionId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let mut points: HashMap<OpinionId, Vec<Point>> = HashMap::new();
    for point in store::points(db, page.rows.iter().map(|row| row.id)).await? {
        points.entry(point.opinion_id).or_default().push(point);
    }
    let rows = page.rows.into_iter().map(|opinion| {
        let points = points.remove(&opinion.id).unwrap_or_default();
        seen(actor, opinion, found.call.clone(), points)
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

/// Every wording of an opinion, the first one first.
pub async fn revisions(
    store: &Store,
    actor: &Actor,
    id: OpinionId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Revision>> {
    use revision::Column as C;
    get_opinion(store, actor, id).await?;
    let sealed_for = serde_json::to_string(&("opinion_revisions", id))?;
    let mut query = revision::Entity::find().filter(C::OpinionId.eq(id)).order_by_asc(C::Revision).limit(limit + 1);
    if let Some(cursor) = cursor {
        let after: i32 = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Revision.gt(after));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.revision)
}

/// Whether units may still reply on that day without being late.
#[must_use]
pub fn is_running(call: &Call, today: NaiveDate) -> bool {
    call.status == CallStatus::Open && Some(today) <= call.due_on
}
