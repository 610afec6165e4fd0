//! Reading services of committees and requests for them. Whoever reads units reads what is offered; who may read a
//! request is part of the `WHERE`.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_governance::body::{self, Body, BodyId};
use gongjian_governance::office::queries::lead_unit;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Result, Store};
use gongjian_membership::UnitId;
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::{self, request, row};
use super::{
    CommitteeService, CommitteeServiceId, ServiceKind, ServiceRequest, ServiceRequestId, ServiceRequestStatus,
    ServiceStatus,
};
use crate::committee::action::{Affair, SERVICE_READ, SERVICE_REQUEST, SERVICE_REQUEST_READ, directed_by, units_of};
use crate::committee::fault::{SERVICE_NOT_FOUND, SERVICE_REQUEST_NOT_FOUND};
use crate::committee::queries::{lead_units, led_by};

/// A service with its committee.
#[derive(Debug, Clone)]
pub struct ServiceOnFile {
    pub service: CommitteeService,
    pub body: Body,
    pub lead: Option<UnitId>,
}

impl ServiceOnFile {
    /// As permissions see it.
    #[must_use]
    pub fn affair(&self) -> Affair<'_> {
        affair(&self.body, self.lead, self.service.id)
    }
}

pub(super) fn affair(body: &Body, lead: Option<UnitId>, id: CommitteeServiceId) -> Affair<'_> {
    let subject = ("committee_service", Some(id.0));
    Affair { body, lead, unit: None, unknown: &SERVICE_NOT_FOUND, subject }
}

/// A request with the service that it is for.
#[derive(Debug, Clone)]
pub struct ServiceRequestOnFile {
    pub request: ServiceRequest,
    pub service: CommitteeService,
    pub body: Body,
    pub lead: Option<UnitId>,
}

impl ServiceRequestOnFile {
    /// As permissions see it.
    #[must_use]
    pub fn affair(&self) -> Affair<'_> {
        request_affair(&self.body, self.lead, &self.request)
    }
}

pub(super) fn request_affair<'a>(body: &'a Body, lead: Option<UnitId>, request: &ServiceRequest) -> Affair<'a> {
    let subject = ("service_request", Some(request.id.0));
    Affair { body, lead, unit: Some(request.unit_id), unknown: &SERVICE_REQUEST_NOT_FOUND, subject }
}

/// What a list of services is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ServiceFilter {
    pub committee_id: Option<Uuid>,
    pub kind: Vec<ServiceKind>,
    pub status: Vec<ServiceStatus>,
}

/// What a list of requests is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ServiceRequestFilter {
    pub committee_id: Option<Uuid>,
    pub committee_service_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub status: Vec<ServiceRequestStatus>,
}

pub async fn find(db: &impl ConnectionTrait, id: CommitteeServiceId, today: NaiveDate) -> Result<ServiceOnFile> {
    let service = store::get(db, id).await?;
    let body = body::get(db, service.body_id).await?;
    Ok(ServiceOnFile { lead: lead_unit(db, body.id, today).await?, service, body })
}

/// The service, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: CommitteeServiceId, wanted: &Permission) -> Result<ServiceOnFile> {
    require(actor, &SERVICE_READ)?;
    let found = find(store.db.reader(), id, store.today()).await?;
    authorize(actor, wanted, &SERVICE_READ, &found.affair())?;
    Ok(found)
}

/// Whether the actor may ask for the service for a unit; for which one, the body says.
pub async fn may_ask(store: &Store, actor: &Actor, id: CommitteeServiceId) -> Result<()> {
    let found = check(store, actor, id, &SERVICE_READ).await?;
    if actor.has_some(&SERVICE_REQUEST) {
        return Ok(());
    }
    authorize(actor, &SERVICE_REQUEST, &SERVICE_READ, &found.affair())
}

pub async fn find_request(
    db: &impl ConnectionTrait,
    id: ServiceRequestId,
    today: NaiveDate,
) -> Result<ServiceRequestOnFile> {
    let request = store::get_request(db, id).await?;
    let ServiceOnFile { service, body, lead } = find(db, request.service_id, today).await?;
    Ok(ServiceRequestOnFile { request, service, body, lead })
}

/// The request, for whoever may do that to it.
pub async fn check_request(
    store: &Store,
    actor: &Actor,
    id: ServiceRequestId,
    wanted: &Permission,
) -> Result<ServiceRequestOnFile> {
    let found = find_request(store.db.reader(), id, store.today()).await?;
    authorize(actor, wanted, &SERVICE_REQUEST_READ, &found.affair())?;
    Ok(found)
}

/// One page of services, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ServiceFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ServiceOnFile>> {
    use row::Column as C;
    require(actor, &SERVICE_READ)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("committee_services", filter))?;
    let mut query = row::Entity::find().order_by_desc(C::Id).limit(limit + 1);
    if let Some(body) = filter.committee_id {
        query = query.filter(C::BodyId.eq(body));
    }
    if !filter.kind.is_empty() {
        query = query.filter(C::Kind.is_in(filter.kind.iter().copied()));
    }
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: CommitteeServiceId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies = bodies(db).await?;
    let leads = lead_units(db, store.today()).await?;
    let on_file = |service: CommitteeService| {
        let lead = leads.get(&service.body_id).copied();
        Some(ServiceOnFile { body: bodies.get(&service.body_id)?.clone(), lead, service })
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(on_file).collect(), next_cursor: page.next_cursor })
}

/// One page of requests, the latest first.
pub async fn list_requests(
    store: &Store,
    actor: &Actor,
    filter: &ServiceRequestFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ServiceRequestOnFile>> {
    use request::Column as C;
    let wanted = &SERVICE_REQUEST_READ;
    require(actor, wanted)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("service_requests", filter))?;
    let leads = lead_units(db, store.today()).await?;
    let mut query = request::Entity::find().order_by_desc(C::Id).limit(limit + 1);
    if !actor.may(wanted, &Association) {
        let own = units_of(actor, wanted);
        let bodies = led_by(&leads, &own).into_iter().map(|body| body.0).chain(directed_by(actor));
        let bodies: Vec<Uuid> = bodies.collect();
        query = query.filter(Condition::any().add(C::UnitId.is_in(own)).add(C::BodyId.is_in(bodies)));
    }
    if let Some(body) = filter.committee_id {
        query = query.filter(C::BodyId.eq(body));
    }
    if let Some(service) = filter.committee_service_id {
        query = query.filter(C::ServiceId.eq(service));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(C::UnitId.eq(unit));
    }
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: ServiceRequestId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies = bodies(db).await?;
    let ids = page.rows.iter().map(|request| request.service_id);
    let services = row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?;
    let services: HashMap<CommitteeServiceId, CommitteeService> = services.into_iter().map(|it| (it.id, it)).collect();
    let on_file = |request: ServiceRequest| {
        Some(ServiceRequestOnFile {
            service: services.get(&request.service_id)?.clone(),
            body: bodies.get(&request.body_id)?.clone(),
            lead: leads.get(&request.body_id).copied(),
            request,
        })
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(on_file).collect(), next_cursor: page.next_cursor })
}

async fn bodies(db: &impl ConnectionTrait) -> Result<HashMap<BodyId, Body>> {
    Ok(body::all(db).await?.into_iter().map(|body| (body.id, body)).collect())
}

fn require(actor: &Actor, wanted: &Permission) -> Result<()> {
    if actor.has_some(wanted) { Ok(()) } else { authorize(actor, wanted, wanted, &Association) }
}
