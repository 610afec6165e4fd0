//! Reading invitations. A unit's representative sees those of his unit.

use std::collections::HashMap;

use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Scope, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::store::{Column, Entity};
use super::{Invitation, InvitationId, InvitationState};
use crate::action::ACCOUNT_INVITE;
use crate::person::{self, Person, PersonId};
use crate::role::Role;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvitationFilter {
    pub state: Option<InvitationState>,
}

/// An invitation, for code that has asked for permission itself.
pub async fn find(db: &impl ConnectionTrait, id: InvitationId) -> Result<Option<(Invitation, Person)>> {
    let Some(row) = Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(with_persons(db, vec![row]).await?.pop())
}

/// One page of invitations, the newest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &InvitationFilter,
    cursor: Option<&str>,
    limit: u64,
) -> Result<Page<(Invitation, Person)>> {
    let mut rows = Entity::find().order_by_desc(Column::Id).limit(limit.saturating_add(1));
    if !actor.may_widely(&ACCOUNT_INVITE) {
        let own: Vec<_> = actor
            .grants
            .iter()
            .filter_map(|grant| match grant.scope {
                Scope::Unit(unit) if grant.role == Role::MemberRepresentative.as_str() => Some(unit),
                Scope::Unit(_) | Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
            })
            .collect();
        if own.is_empty() {
            authorize(actor, &ACCOUNT_INVITE, &ACCOUNT_INVITE, &Association)?;
        }
        rows = rows.filter(Column::UnitId.is_in(own));
    }
    let same = format!("invitations {}", filter.state.map_or("", InvitationState::as_str));
    if let Some(state) = filter.state {
        rows = rows.filter(Column::State.eq(state));
    }
    if let Some(cursor) = cursor {
        let before: InvitationId = page::open(&store.keys, &same, cursor)?;
        rows = rows.filter(Column::Id.lt(before));
    }
    let db = store.db.reader();
    let page = Page::cut(rows.all(db).await?, limit, &store.keys, &same, |row| row.id)?;
    Ok(Page { rows: with_persons(db, page.rows).await?, next_cursor: page.next_cursor })
}

async fn with_persons(db: &impl ConnectionTrait, rows: Vec<Invitation>) -> Result<Vec<(Invitation, Person)>> {
    let persons = person::list(db, rows.iter().map(|row| row.person_id)).await?;
    let persons: HashMap<PersonId, Person> = persons.into_iter().map(|person| (person.id, person)).collect();
    rows.into_iter()
        .map(|row| {
            let person = persons.get(&row.person_id).cloned();
            Ok((row, person.ok_or_else(|| Refusal::internal("an invitation without a person"))?))
        })
        .collect()
}
