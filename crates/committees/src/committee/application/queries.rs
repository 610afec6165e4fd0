//! Reading applications to committees. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use gongjian_governance::body::{self, Body, BodyId};
use gongjian_governance::office::queries::lead_unit;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Result, Store};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::names;
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::row::{Column, Entity};
use super::{CommitteeApplication, CommitteeApplicationId, CommitteeApplicationStatus, DirectorOpinion, store};
use crate::committee::action::{Affair, COMMITTEE_APPLICATION_READ, directed_by, units_of};
use crate::committee::fault::APPLICATION_NOT_FOUND;
use crate::committee::queries::{lead_units, led_by};

/// An application with its committee, its unit, and what the directors say.
#[derive(Debug, Clone)]
pub struct CommitteeApplicationOnFile {
    pub application: CommitteeApplication,
    pub body: Body,
    pub lead: Option<UnitId>,
    pub unit_name: String,
    pub opinions: Vec<DirectorOpinion>,
}

impl CommitteeApplicationOnFile {
    /// As permissions see it.
    #[must_use]
    pub fn affair(&self) -> Affair<'_> {
        Affair {
            body: &self.body,
            lead: self.lead,
            unit: Some(self.application.unit_id),
            unknown: &APPLICATION_NOT_FOUND,
            subject: ("committee_application", Some(self.application.id.0)),
        }
    }
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CommitteeApplicationFilter {
    pub committee_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub status: Vec<CommitteeApplicationStatus>,
}

pub async fn find(
    db: &impl ConnectionTrait,
    id: CommitteeApplicationId,
    today: chrono::NaiveDate,
) -> Result<CommitteeApplicationOnFile> {
    let application = store::get(db, id).await?;
    let unit_name = names(db, vec![application.unit_id]).await?.remove(&application.unit_id).unwrap_or_default();
    Ok(CommitteeApplicationOnFile {
        body: body::get(db, application.body_id).await?,
        lead: lead_unit(db, application.body_id, today).await?,
        unit_name,
        opinions: store::opinions(db, [id]).await?,
        application,
    })
}

/// The application, for whoever may do that to it.
pub async fn check(
    store: &Store,
    actor: &Actor,
    id: CommitteeApplicationId,
    wanted: &Permission,
) -> Result<CommitteeApplicationOnFile> {
    let found = find(store.db.reader(), id, store.today()).await?;
    authorize(actor, wanted, &COMMITTEE_APPLICATION_READ, &found.affair())?;
    Ok(found)
}

/// One page of applications, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &CommitteeApplicationFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<CommitteeApplicationOnFile>> {
    let wanted = &COMMITTEE_APPLICATION_READ;
    if !actor.has_some(wanted) {
        authorize(actor, wanted, wanted, &Association)?;
    }
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("committee_applications", filter))?;
    let leads = lead_units(db, store.today()).await?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !actor.may(wanted, &Association) {
        let own = units_of(actor, wanted);
        let bodies = led_by(&leads, &own).into_iter().map(|body| body.0).chain(directed_by(actor));
        query = query.filter(
            Condition::any()
                .add(Column::UnitId.is_in(own.iter().copied()))
                .add(Column::BodyId.is_in(bodies.collect::<Vec<_>>())),
        );
    }
    if let Some(body) = filter.committee_id {
        query = query.filter(Column::BodyId.eq(body));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: CommitteeApplicationId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies: HashMap<BodyId, Body> = body::all(db).await?.into_iter().map(|body| (body.id, body)).collect();
    let units = names(db, page.rows.iter().map(|row| row.unit_id).collect::<Vec<_>>()).await?;
    let mut opinions: HashMap<CommitteeApplicationId, Vec<DirectorOpinion>> = HashMap::new();
    for row in store::opinions(db, page.rows.iter().map(|row| row.id)).await? {
        opinions.entry(row.application_id).or_default().push(row);
    }
    let rows = page.rows.into_iter().filter_map(|application| {
        Some(CommitteeApplicationOnFile {
            body: bodies.get(&application.body_id)?.clone(),
            lead: leads.get(&application.body_id).copied(),
            unit_name: units.get(&application.unit_id).cloned().unwrap_or_default(),
            opinions: opinions.remove(&application.id).unwrap_or_default(),
            application,
        })
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}
