//! Reading consents. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_identity::Role;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Resource as _, Result, Store};
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;
use serde_json::{Value, json};

use super::action::{CONSENT_READ, Proposal};
use super::fault::CONSENT_NOT_FOUND;
use super::store::row::{Column, Entity};
use super::{Consent, ConsentId, ConsentStatus, Signature, store};
use crate::body::action::OWN_BODY;
use crate::body::{self, Body};
use crate::decision::action::over_all;
use crate::decision::{Matter, MethodResult, not_concluded, unknown_result};

/// A consent with its body and who has signed.
#[derive(Debug, Clone)]
pub struct ConsentOnFile {
    pub consent: Consent,
    pub body: Body,
    pub signatures: Vec<Signature>,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ConsentFilter {
    pub body_id: Option<Uuid>,
    pub status: Vec<ConsentStatus>,
}

pub async fn find(db: &impl ConnectionTrait, id: ConsentId) -> Result<ConsentOnFile> {
    let found = Entity::find_by_id(id).one(db).await?;
    let consent = found.ok_or_else(|| Refusal::of(&CONSENT_NOT_FOUND))?;
    let body = body::get(db, consent.body_id).await?;
    Ok(ConsentOnFile { signatures: store::signatures(db, [id]).await?, consent, body })
}

/// The consent, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: ConsentId, wanted: &Permission) -> Result<ConsentOnFile> {
    let found = find(store.db.reader(), id).await?;
    authorize(actor, wanted, &CONSENT_READ, &Proposal::new(&found.consent, &found.body, store.today()))?;
    Ok(found)
}

/// What the keys did not agree on in time: for the council's agenda.
pub async fn escalated(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<Consent>> {
    let found = Entity::find().filter(stands(ConsentStatus::Escalated, today)).order_by_asc(Column::DueOn);
    Ok(found.order_by_asc(Column::Id).limit(1000).all(db).await?)
}

/// `status_on` as SQL.
fn stands(status: ConsentStatus, day: NaiveDate) -> Condition {
    let kept = |status: ConsentStatus| Condition::all().add(Column::Status.eq(status));
    match status {
        ConsentStatus::Open => kept(ConsentStatus::Open).add(Column::DueOn.gte(day)),
        ConsentStatus::Escalated => kept(ConsentStatus::Open).add(Column::DueOn.lt(day)),
        ConsentStatus::Agreed | ConsentStatus::Declined | ConsentStatus::Withdrawn => kept(status),
    }
}

/// One page of consents, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ConsentFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ConsentOnFile>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("consents", filter))?;
    let bodies = body::all(db).await?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !over_all(actor, &CONSENT_READ) {
        if !actor.has_some(&CONSENT_READ) {
            authorize(actor, &CONSENT_READ, &CONSENT_READ, &Association)?;
        }
        query = query.filter(readable(actor, &bodies, store.today()));
    }
    if let Some(body) = filter.body_id {
        query = query.filter(Column::BodyId.eq(body));
    }
    if !filter.status.is_empty() {
        let any = filter.status.iter().fold(Condition::any(), |any, status| any.add(stands(*status, store.today())));
        query = query.filter(any);
    }
    if let Some(cursor) = cursor {
        let before: ConsentId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let mut signed: HashMap<ConsentId, Vec<Signature>> = HashMap::new();
    for row in store::signatures(db, page.rows.iter().map(|row| row.id)).await? {
        signed.entry(row.consent_id).or_default().push(row);
    }
    let rows = page.rows.into_iter().filter_map(|consent| {
        let body = bodies.iter().find(|body| body.id == consent.body_id)?.clone();
        Some(ConsentOnFile { body, signatures: signed.remove(&consent.id).unwrap_or_default(), consent })
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

/// By [`CONSENT_READ`]: those of one's own body, and for the council what is the council's now.
fn readable(actor: &Actor, bodies: &[Body], today: NaiveDate) -> Condition {
    let keeps = |role: &str| [Role::BranchPresident, Role::CommitteeDirector].iter().any(|one| one.as_str() == role);
    let own = |body: &&Body| actor.grants.iter().any(|grant| keeps(grant.role) && body.relates(OWN_BODY, &grant.scope));
    let any = Condition::any().add(Column::BodyId.is_in(bodies.iter().filter(own).map(|body| body.id)));
    if actor.holds(Role::CouncilMember.as_str()) { any.add(stands(ConsentStatus::Escalated, today)) } else { any }
}

/// The result, once there is one.
pub(crate) async fn result(db: &impl ConnectionTrait, id: ConsentId) -> Result<MethodResult> {
    let found = Entity::find_by_id(id).one(db).await?.ok_or_else(|| unknown_result("/consent_id"))?;
    let concluded_at = found.ended_at.ok_or_else(not_concluded)?;
    let signed: Vec<Value> = store::signatures(db, [id])
        .await?
        .into_iter()
        .map(|row| json!({ "key": row.key, "name": row.name, "agrees": row.agrees, "signed_at": row.signed_at }))
        .collect();
    Ok(MethodResult {
        body: found.body_id,
        matter: Matter::OfBody,
        carried: found.status == ConsentStatus::Agreed,
        concluded_at,
        arithmetic: json!({ "keys": 2, "signatures": signed }),
    })
}
