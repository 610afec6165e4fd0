//! Reading committees: who leads and directs them on a day, what is missing, what became of them.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_governance::body::fault::BODY_NOT_FOUND;
use gongjian_governance::body::members::{self, CommitteeMember, CommitteeMemberId, MemberOnFile};
use gongjian_governance::body::{self, Body, BodyFilter, BodyId, BodyKind, EXPERT_COMMITTEE, queries as bodies};
use gongjian_governance::decision::DecisionId;
use gongjian_governance::office::queries::lead_unit;
use gongjian_governance::office::{OfficeKind, Seat, of_committees};
use gongjian_governance::post::Moment;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Result, Store};
use gongjian_membership::UnitId;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ConnectionTrait, QueryOrder as _, entity::prelude::*};

use super::action::{Affair, COMMITTEE_MEMBER_READ, directed_by, units_of};
use super::fault::COMMITTEE_NOT_FOUND;
use super::mechanism::{Mechanism, row as mechanism};
use super::store::{ending, former_name, link};

gongjian_kernel::words! {
    /// Article 17: whether a committee can act on a day.
    pub enum CommitteeState as "committee_state" ("专委会状态", "State of a committee") {
        Complete = "complete" ("健全", "Complete"),
        /// Without its lead unit, or without two directors.
        Incomplete = "incomplete" ("缺任", "Incomplete"),
        Dissolved = "dissolved" ("已撤销", "Dissolved"),
    }
}

/// What a committee was called until that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    pub name: String,
    pub until: NaiveDate,
    pub decision: DecisionId,
}

/// A committee on a day.
#[derive(Debug, Clone)]
pub struct Committee {
    pub body: Body,
    /// The name of that day.
    pub name: String,
    pub state: CommitteeState,
    /// Lead unit and directors, as far as there are any.
    pub offices: Vec<Seat>,
    pub missing: Vec<OfficeKind>,
    pub member_count: u64,
    /// The latest first; the first is in force.
    pub mechanisms: Vec<Mechanism>,
    pub former_names: Vec<FormerName>,
    /// The committee that it was merged into.
    pub successor: Option<(BodyId, String)>,
    pub ended_by: Option<DecisionId>,
    pub serves_experts: bool,
}

/// The committee on that day, for whoever may read bodies.
pub async fn get(store: &Store, actor: &Actor, id: BodyId, day: NaiveDate) -> Result<Committee> {
    let unknown = |refusal: Refusal| match refusal.entry.code {
        code if code == BODY_NOT_FOUND.code => Refusal::of(&COMMITTEE_NOT_FOUND),
        _ => refusal,
    };
    let body = bodies::read(store, actor, id).await.map_err(unknown)?;
    of(store.db.reader(), body, day).await
}

/// The committee as it is after a command.
pub async fn find(db: &impl ConnectionTrait, id: BodyId, day: NaiveDate) -> Result<Committee> {
    of(db, body::get(db, id).await?, day).await
}

async fn of(db: &impl ConnectionTrait, body: Body, day: NaiveDate) -> Result<Committee> {
    let is_committee = body.kind == BodyKind::Committee && body.founded_on.is_none_or(|from| from <= day);
    let found = if is_committee { on_day(db, vec![body], day).await?.pop() } else { None };
    found.ok_or_else(|| Refusal::of(&COMMITTEE_NOT_FOUND))
}

/// One page of committees on that day, in the order in which they were established.
pub async fn list(
    store: &Store,
    actor: &Actor,
    day: NaiveDate,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Committee>> {
    let filter = BodyFilter { kind: vec![BodyKind::Committee] };
    let page = bodies::list(store, actor, &filter, limit, cursor).await?;
    let there = page.rows.into_iter().filter(|body| body.founded_on.is_none_or(|from| from <= day));
    Ok(Page { rows: on_day(store.db.reader(), there.collect(), day).await?, next_cursor: page.next_cursor })
}

/// A fixed number of queries, however many there are.
pub async fn on_day(db: &impl ConnectionTrait, bodies: Vec<Body>, day: NaiveDate) -> Result<Vec<Committee>> {
    let ids = || bodies.iter().map(|body| body.id);
    let seats = of_committees(db, Moment::on(day)).await?;
    let in_bodies = Expr::col(("m", "body_id")).is_in(ids().map(|body| body.0));
    let mut counts: HashMap<BodyId, u64> = HashMap::new();
    for member in members::found(db, members::select(day).and_where(in_bodies)).await? {
        *counts.entry(member.body_id).or_default() += 1;
    }
    let mechanisms = mechanism::Entity::find()
        .filter(mechanism::Column::BodyId.is_in(ids()))
        .filter(mechanism::Column::Since.lte(day))
        .order_by_desc(mechanism::Column::Id)
        .all(db)
        .await?;
    let names = former_name::Entity::find()
        .filter(former_name::Column::BodyId.is_in(ids()))
        .order_by_asc(former_name::Column::Until)
        .all(db)
        .await?;
    let endings = ending::Entity::find().filter(ending::Column::BodyId.is_in(ids())).all(db).await?;
    let endings: HashMap<BodyId, ending::Model> = endings.into_iter().map(|row| (row.body_id, row)).collect();
    let known: HashMap<BodyId, String> = body::all(db).await?.into_iter().map(|body| (body.id, body.name)).collect();
    let serving = link::Entity::find_by_id(EXPERT_COMMITTEE).one(db).await?.map(|link| link.body_id);
    let committee = |body: Body| {
        let offices: Vec<Seat> = seats.iter().filter(|seat| seat.body_id == Some(body.id)).cloned().collect();
        let is_held = |kind: &OfficeKind| offices.iter().any(|seat| seat.kind == Some(*kind));
        let missing: Vec<OfficeKind> = OfficeKind::OF_COMMITTEE.into_iter().filter(|kind| !is_held(kind)).collect();
        let ended = endings.get(&body.id).filter(|_| !body.stands_on(day));
        let state = match (body.stands_on(day), missing.is_empty()) {
            (false, _) => CommitteeState::Dissolved,
            (true, true) => CommitteeState::Complete,
            (true, false) => CommitteeState::Incomplete,
        };
        let former = names.iter().filter(|row| row.body_id == body.id);
        Committee {
            name: former.clone().find(|row| row.until > day).map_or_else(|| body.name.clone(), |row| row.name.clone()),
            state,
            missing: if state == CommitteeState::Dissolved { Vec::new() } else { missing },
            member_count: counts.get(&body.id).copied().unwrap_or_default(),
            mechanisms: mechanisms.iter().filter(|row| row.body_id == body.id).cloned().collect(),
            former_names: former
                .filter(|row| row.until <= day)
                .map(|row| FormerName { name: row.name.clone(), until: row.until, decision: row.decision_id })
                .collect(),
            successor: ended.and_then(|row| row.successor_id).and_then(|id| Some((id, known.get(&id)?.clone()))),
            ended_by: ended.map(|row| row.decision_id),
            serves_experts: serving == Some(body.id),
            offices,
            body,
        }
    };
    Ok(bodies.iter().cloned().map(committee).collect())
}

/// One page of the members of a committee on that day; of others than one's own committee, one's own units.
pub async fn members_of(
    store: &Store,
    actor: &Actor,
    id: BodyId,
    day: NaiveDate,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<MemberOnFile>> {
    let wanted = &COMMITTEE_MEMBER_READ;
    if !actor.has_some(wanted) {
        authorize(actor, wanted, wanted, &Association)?;
    }
    let db = store.db.reader();
    let body = find(db, id, store.today()).await?.body;
    let affair = Affair { lead: lead_unit(db, id, store.today()).await?, ..Affair::of(&body) };
    let mut query = members::select(day);
    query.and_where(Expr::col(("m", "body_id")).eq(id.0));
    if !actor.may(wanted, &affair) {
        let own = units_of(actor, wanted).into_iter().map(|unit| unit.0);
        query.and_where(Expr::col(("m", "unit_id")).is_in(own));
    }
    let sealed_for = serde_json::to_string(&("committee_members", id, day))?;
    if let Some(cursor) = cursor {
        let after: CommitteeMemberId = page::open(&store.keys, &sealed_for, cursor)?;
        query.and_where(Expr::col(("m", "id")).gt(after.0));
    }
    let rows = members::found(db, query.limit(limit + 1)).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |row| row.id)
}

/// A membership, for whoever may do that to it.
pub async fn membership(
    store: &Store,
    actor: &Actor,
    id: CommitteeMemberId,
    wanted: &Permission,
) -> Result<CommitteeMember> {
    let db = store.db.reader();
    let member = members::get(db, id).await?;
    let body = body::get(db, member.body_id).await?;
    let affair = membership_affair(db, &body, &member, store.today()).await?;
    authorize(actor, wanted, &COMMITTEE_MEMBER_READ, &affair)?;
    Ok(member)
}

pub(super) async fn membership_affair<'a>(
    db: &impl ConnectionTrait,
    body: &'a Body,
    member: &CommitteeMember,
    today: NaiveDate,
) -> Result<Affair<'a>> {
    Ok(Affair {
        body,
        lead: lead_unit(db, body.id, today).await?,
        unit: Some(member.unit_id),
        unknown: &body::fault::COMMITTEE_MEMBERSHIP_NOT_FOUND,
        subject: ("committee_membership", Some(member.id.0)),
    })
}

/// The lead unit of each committee. One query.
pub(super) async fn lead_units(db: &impl ConnectionTrait, today: NaiveDate) -> Result<HashMap<BodyId, UnitId>> {
    let seats = of_committees(db, Moment::on(today)).await?.into_iter();
    let leads = seats.filter(|seat| seat.kind == Some(OfficeKind::CommitteeLeadUnit));
    Ok(leads.filter_map(|seat| Some((seat.body_id?, seat.unit_id?))).collect())
}

/// The committees that one of these units leads.
pub(super) fn led_by(leads: &HashMap<BodyId, UnitId>, units: &[UnitId]) -> Vec<BodyId> {
    leads.iter().filter(|(_, unit)| units.contains(unit)).map(|(body, _)| *body).collect()
}

/// Whether the actor may do that with the committee.
pub async fn may(store: &Store, actor: &Actor, id: BodyId, wanted: &Permission, unit: Option<UnitId>) -> Result<()> {
    let db = store.db.reader();
    let body = find(db, id, store.today()).await?.body;
    let lead = lead_unit(db, id, store.today()).await?;
    authorize(actor, wanted, wanted, &Affair { unit, lead, ..Affair::of(&body) })
}

/// The committees that the actor has to do with, besides those of which he reads all.
pub(super) async fn own_bodies(
    db: &impl ConnectionTrait,
    actor: &Actor,
    readers: &Permission,
    today: NaiveDate,
) -> Result<Vec<Uuid>> {
    let led = led_by(&lead_units(db, today).await?, &units_of(actor, readers));
    Ok(led.into_iter().map(|body| body.0).chain(directed_by(actor)).collect())
}
