//! Reading conferences. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_committees::zone::{ZoneId, queries as zones};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Relation, Result, Scope, Store};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::{
    CONFERENCE_DECIDE, CONFERENCE_KEEP, CONFERENCE_READ, CONFERENCE_REQUEST, CONVENES, INVITED, OWN_STREET, Sight,
};
use super::measure::MeasureStatus;
use super::measure::store::row as measure;
use super::store::row::{Column, Entity};
use super::store::{self, invitee, issue, street};
use super::{
    Conference, ConferenceAction, ConferenceId, ConferenceKind, ConferenceLevel, ConferenceStatus, Invitee, delegation,
};
use crate::issue::IssueId;
use crate::issue::queries::titles;

/// An issue on the agenda.
#[derive(Debug, Clone)]
pub struct IssueOnAgenda {
    pub id: IssueId,
    pub number: Option<String>,
    pub title: String,
    pub conclusion: Option<String>,
}

/// A conference with whom and what it is about, as the caller sees it.
#[derive(Debug, Clone)]
pub struct ConferenceOnFile {
    pub conference: Conference,
    pub zone: Option<(ZoneId, String)>,
    pub invitees: Vec<Invitee>,
    pub streets: Vec<String>,
    pub issues: Vec<IssueOnAgenda>,
    pub measures_total: usize,
    pub measures_open: usize,
    pub allowed_actions: Vec<ConferenceAction>,
}

/// What a list of conferences is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ConferenceFilter {
    pub kind: Vec<ConferenceKind>,
    pub level: Option<ConferenceLevel>,
    pub status: Vec<ConferenceStatus>,
    pub street_code: Option<String>,
    pub zone_id: Option<Uuid>,
    pub issue_id: Option<Uuid>,
}

/// What permissions are decided on.
pub(super) async fn sight(db: &impl ConnectionTrait, it: &Conference, today: NaiveDate) -> Result<Sight> {
    let convenes = match it.zone_id {
        Some(zone) => Some(zones::find(db, zone).await?.zone.lead_unit_id),
        None => None,
    };
    let (units, streets) = (store::invitees(db, it.id).await?, store::streets(db, it.id).await?);
    let seen = Sight::of(it, convenes, units, streets);
    let delegated = delegation::in_force(db, seen.street.as_deref(), today).await?.is_some();
    Ok(Sight { delegated, ..seen })
}

/// The same of many: four queries.
pub(super) async fn sights(
    db: &impl ConnectionTrait,
    rows: &[Conference],
    today: NaiveDate,
) -> Result<HashMap<ConferenceId, Sight>> {
    let ids = || rows.iter().map(|row| row.id);
    let leads = zones::leads(db, rows.iter().filter_map(|row| row.zone_id)).await?;
    let units = invitee::Entity::find().filter(invitee::Column::ConferenceId.is_in(ids())).all(db).await?;
    let streets = street::Entity::find().filter(street::Column::ConferenceId.is_in(ids())).all(db).await?;
    let until = delegation::row::Column::ValidUntil;
    let delegated: Vec<String> = delegation::row::Entity::find()
        .select_only()
        .column(delegation::row::Column::StreetCode)
        .filter(delegation::row::Column::ValidFrom.lte(today))
        .filter(Condition::any().add(until.is_null()).add(until.gt(today)))
        .into_tuple()
        .all(db)
        .await?;
    let of = |it: &Conference| {
        let convenes = it.zone_id.and_then(|zone| leads.get(&zone).copied());
        let invited = units.iter().filter(|row| row.conference_id == it.id).map(|row| row.unit_id).collect();
        let lie_in = streets.iter().filter(|row| row.conference_id == it.id).map(|row| row.street_code.clone());
        let seen = Sight::of(it, convenes, invited, lie_in.collect());
        let is_delegated = seen.street.as_ref().is_some_and(|street| delegated.contains(street));
        (it.id, Sight { delegated: is_delegated, ..seen })
    };
    Ok(rows.iter().map(of).collect())
}

/// What the actor's offices are held over that carry the permission in that relation.
pub(super) fn scopes(actor: &Actor, permission: &Permission, over: Relation) -> (Vec<Uuid>, Vec<String>) {
    let (mut units, mut streets) = (Vec::new(), Vec::new());
    let carries = |role: &str| permission.rules.iter().any(|rule| rule.role == role && rule.over == over);
    for grant in actor.grants.iter().filter(|grant| carries(grant.role)) {
        match &grant.scope {
            Scope::Unit(unit) => units.push(*unit),
            Scope::Branch(street) => streets.push(street.clone()),
            Scope::Association | Scope::Body(_) => {}
        }
    }
    (units, streets)
}

/// The conferences that the permission opens to the actor's units and streets.
pub(super) fn seen_by(actor: &Actor, permission: &Permission) -> SelectStatement {
    let (convening, _) = scopes(actor, permission, CONVENES);
    let (_, own) = scopes(actor, permission, OWN_STREET);
    let (units, streets) = scopes(actor, permission, INVITED);
    let invited = Query::select()
        .column(invitee::Column::ConferenceId)
        .from(invitee::Entity)
        .and_where(invitee::Column::UnitId.is_in(units))
        .to_owned();
    let with_streets = Query::select()
        .column(street::Column::ConferenceId)
        .from(street::Entity)
        .and_where(street::Column::StreetCode.is_in(streets))
        .to_owned();
    Query::select()
        .column(Column::Id)
        .from(Entity)
        .cond_where(
            Condition::any()
                .add(Column::StreetCode.is_in(own))
                .add(Column::ZoneId.in_subquery(zones::convened_by(convening)))
                .add(Column::Id.in_subquery(invited))
                .add(Column::Id.in_subquery(with_streets)),
        )
        .to_owned()
}

pub async fn find(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: ConferenceId,
    today: NaiveDate,
) -> Result<ConferenceOnFile> {
    let it = store::find(db, id).await?;
    let found = on_file(db, actor, vec![it], today).await?.pop();
    found.ok_or_else(|| gongjian_kernel::Refusal::internal("a conference is found"))
}

/// The conference, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: ConferenceId, wanted: &Permission) -> Result<ConferenceOnFile> {
    let (db, today) = (store.db.reader(), store.today());
    let it = store::find(db, id).await?;
    authorize(actor, wanted, &CONFERENCE_READ, &sight(db, &it, today).await?)?;
    find(db, actor, id, today).await
}

/// Whether the actor may ask for a conference of some street or of the district.
pub fn may_request(actor: &Actor) -> Result<()> {
    if actor.has_some(&CONFERENCE_REQUEST) {
        return Ok(());
    }
    authorize(actor, &CONFERENCE_REQUEST, &CONFERENCE_REQUEST, &Association)
}

/// Whether the actor may do that for the zone.
pub async fn may_convene(store: &Store, actor: &Actor, zone: ZoneId, wanted: &Permission) -> Result<()> {
    let zone = zones::find(store.db.reader(), zone).await?;
    authorize(actor, wanted, wanted, &Sight::to_be(None, Some(zone.zone.lead_unit_id)))
}

/// One page of conferences, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ConferenceFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ConferenceOnFile>> {
    let wanted = &CONFERENCE_READ;
    if !actor.has_some(wanted) {
        authorize(actor, wanted, wanted, &Association)?;
    }
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("conferences", filter))?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !actor.may(wanted, &Association) {
        query = query.filter(Column::Id.in_subquery(seen_by(actor, wanted)));
    }
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if let Some(level) = filter.level {
        query = query.filter(Column::Level.eq(level));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(street) = &filter.street_code {
        query = query.filter(Column::StreetCode.eq(street));
    }
    if let Some(zone) = filter.zone_id {
        query = query.filter(Column::ZoneId.eq(zone));
    }
    if let Some(id) = filter.issue_id {
        let about = Query::select()
            .column(issue::Column::ConferenceId)
            .from(issue::Entity)
            .and_where(issue::Column::IssueId.eq(id))
            .to_owned();
        query = query.filter(Column::Id.in_subquery(about));
    }
    if let Some(cursor) = cursor {
        let before: ConferenceId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: on_file(db, actor, page.rows, store.today()).await?, next_cursor: page.next_cursor })
}

/// What the actor may do with it now.
pub(super) fn allowed_actions(actor: &Actor, sight: &Sight, status: ConferenceStatus) -> Vec<ConferenceAction> {
    let permitted = |action: &ConferenceAction| match action {
        ConferenceAction::Approve | ConferenceAction::Refuse => actor.may(&CONFERENCE_DECIDE, sight),
        ConferenceAction::Schedule
        | ConferenceAction::Hold
        | ConferenceAction::Minute
        | ConferenceAction::Track
        | ConferenceAction::Close
        | ConferenceAction::Withdraw => actor.may(&CONFERENCE_KEEP, sight),
    };
    status.open_actions().filter(permitted).collect()
}

/// A fixed number of queries, however many conferences.
async fn on_file(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<Conference>,
    today: NaiveDate,
) -> Result<Vec<ConferenceOnFile>> {
    let ids = || rows.iter().map(|row| row.id);
    let seen = sights(db, &rows, today).await?;
    let zone_names = zones::names(db, rows.iter().filter_map(|row| row.zone_id)).await?;
    let invitees = invitee::Entity::find()
        .filter(invitee::Column::ConferenceId.is_in(ids()))
        .order_by_asc(invitee::Column::UnitId)
        .all(db)
        .await?;
    let agenda = issue::Entity::find()
        .filter(issue::Column::ConferenceId.is_in(ids()))
        .order_by_asc(issue::Column::IssueId)
        .all(db)
        .await?;
    let titles = titles(db, agenda.iter().map(|row| row.issue_id)).await?;
    let measures: Vec<(ConferenceId, MeasureStatus)> = measure::Entity::find()
        .select_only()
        .columns([measure::Column::ConferenceId, measure::Column::Status])
        .filter(measure::Column::ConferenceId.is_in(ids()))
        .into_tuple()
        .all(db)
        .await?;
    let on_file = |it: Conference| {
        let sight = seen.get(&it.id)?;
        let issues = agenda.iter().filter(|row| row.conference_id == it.id).map(|row| {
            let (number, title) = titles.get(&row.issue_id).cloned().unwrap_or_default();
            IssueOnAgenda { id: row.issue_id, number, title, conclusion: row.conclusion.clone() }
        });
        let of_it = || measures.iter().filter(|(conference, _)| *conference == it.id);
        Some(ConferenceOnFile {
            allowed_actions: allowed_actions(actor, sight, it.status),
            zone: it.zone_id.and_then(|zone| Some((zone, zone_names.get(&zone)?.clone()))),
            invitees: invitees.iter().filter(|row| row.conference_id == it.id).cloned().collect(),
            streets: sight.streets.clone(),
            issues: issues.collect(),
            measures_total: of_it().count(),
            measures_open: of_it().filter(|(_, status)| *status == MeasureStatus::Open).count(),
            conference: it,
        })
    };
    Ok(rows.iter().cloned().filter_map(on_file).collect())
}
