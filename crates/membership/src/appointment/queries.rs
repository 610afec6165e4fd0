//! Reading appointments. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use gongjian_identity::{Person, PersonId, Role, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Scope, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::row::{Column, Entity};
use super::{Appointment, AppointmentId};
use crate::action::APPOINTMENT_READ;
use crate::fault::APPOINTMENT_NOT_FOUND;

/// An appointment with the person appointed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentOnFile {
    pub appointment: Appointment,
    pub person: Person,
}

/// What a list of appointments is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AppointmentFilter {
    pub role: Option<Role>,
    pub unit_id: Option<uuid::Uuid>,
    /// Those in force, or those that have ended.
    pub current: Option<bool>,
}

pub async fn find(db: &impl ConnectionTrait, id: AppointmentId) -> Result<Option<AppointmentOnFile>> {
    let Some(appointment) = Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(with_persons(db, vec![appointment]).await?.pop())
}

pub async fn get(store: &Store, actor: &Actor, id: AppointmentId) -> Result<AppointmentOnFile> {
    let unknown = || Refusal::of(&APPOINTMENT_NOT_FOUND);
    let found = find(store.db.reader(), id).await?.ok_or_else(unknown)?;
    authorize(actor, &APPOINTMENT_READ, &APPOINTMENT_READ, &found.appointment.office())?;
    Ok(found)
}

/// One page of appointments in the order in which they were filed. A department sees its own handlers.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &AppointmentFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<AppointmentOnFile>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("appointments", filter))?;
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit + 1);
    let reads_all = actor.may(&APPOINTMENT_READ, &Association);
    let own: Vec<_> = actor
        .grants
        .iter()
        .filter_map(|grant| match grant.scope {
            Scope::Unit(unit) if grant.role == Role::MemberRepresentative.as_str() => Some(unit),
            Scope::Unit(_) | Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
        })
        .collect();
    if !reads_all {
        if own.is_empty() {
            authorize(actor, &APPOINTMENT_READ, &APPOINTMENT_READ, &Association)?;
        }
        query = query.filter(Column::UnitId.is_in(own));
    }
    if let Some(role) = filter.role {
        query = query.filter(Column::Role.eq(role));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(Column::UnitId.eq(unit));
    }
    query = match filter.current {
        Some(true) => query.filter(Column::Until.is_null()),
        Some(false) => query.filter(Column::Until.is_not_null()),
        None => query,
    };
    if let Some(cursor) = cursor {
        let after: AppointmentId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_persons(db, page.rows).await?, next_cursor: page.next_cursor })
}

async fn with_persons(db: &impl ConnectionTrait, rows: Vec<Appointment>) -> Result<Vec<AppointmentOnFile>> {
    let persons = person::list(db, rows.iter().map(|row| row.person_id)).await?;
    let persons: HashMap<PersonId, Person> = persons.into_iter().map(|person| (person.id, person)).collect();
    rows.into_iter()
        .map(|appointment| {
            let person = persons.get(&appointment.person_id).cloned();
            let person = person.ok_or_else(|| Refusal::internal("an appointment without a person"))?;
            Ok(AppointmentOnFile { appointment, person })
        })
        .collect()
}
