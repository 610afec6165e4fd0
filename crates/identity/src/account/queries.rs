//! Reading accounts.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{ConnectionTrait, DatabaseExecutor, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::grant::{self, AccountGrant};
use super::model::{Account, AccountId, AccountState};
use super::store::{self, row};
use crate::action::ACCOUNT_READ;
use crate::fault::ACCOUNT_NOT_FOUND;
use crate::identity::Identity;
use crate::person::{self, Person, PersonId};
use crate::position::Position;

/// An account with its person and the offices that it acts in now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    pub account: Account,
    pub person: Person,
    /// What it administers.
    pub grants: Vec<AccountGrant>,
    /// What its person's positions make it, where it administers nothing.
    pub positions: Vec<Position>,
}

/// An account, for code that has asked for permission itself.
pub async fn find<'a>(
    identity: &Identity,
    db: impl Into<DatabaseExecutor<'a>>,
    id: AccountId,
    today: NaiveDate,
) -> Result<Option<AccountView>> {
    let db = db.into();
    let Some(row) = store::find(&db, id).await? else { return Ok(None) };
    Ok(with_offices(identity, &db, vec![row], today).await?.pop())
}

pub async fn get(store: &Store, identity: &Identity, actor: &Actor, id: AccountId) -> Result<AccountView> {
    let unknown = || Refusal::of(&ACCOUNT_NOT_FOUND);
    let view = find(identity, store.db.reader(), id, store.today()).await?.ok_or_else(unknown)?;
    authorize(actor, &ACCOUNT_READ, &ACCOUNT_READ, &view.account)?;
    Ok(view)
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    pub state: Option<AccountState>,
}

/// One page of accounts in the order in which they were opened.
pub async fn list(
    store: &Store,
    identity: &Identity,
    actor: &Actor,
    filter: &AccountFilter,
    cursor: Option<&str>,
    limit: u64,
) -> Result<Page<AccountView>> {
    authorize(actor, &ACCOUNT_READ, &ACCOUNT_READ, &Association)?;
    let db = store.db.reader();
    let same = format!("accounts {}", filter.state.map_or("", AccountState::as_str));
    let mut rows = row::Entity::find().order_by_asc(row::Column::Id).limit(limit.saturating_add(1));
    if let Some(state) = filter.state {
        rows = rows.filter(row::Column::State.eq(state));
    }
    if let Some(cursor) = cursor {
        let after: AccountId = page::open(&store.keys, &same, cursor)?;
        rows = rows.filter(row::Column::Id.gt(after));
    }
    let page = Page::cut(rows.all(db).await?, limit, &store.keys, &same, |row| row.id)?;
    let rows = with_offices(identity, &db.into(), page.rows, store.today()).await?;
    Ok(Page { rows, next_cursor: page.next_cursor })
}

/// A few queries for the whole page.
async fn with_offices(
    identity: &Identity,
    db: &DatabaseExecutor<'_>,
    rows: Vec<row::Model>,
    today: NaiveDate,
) -> Result<Vec<AccountView>> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let persons = person::list(db, ids.iter().copied()).await?;
    let persons: HashMap<_, _> = persons.into_iter().map(|person| (person.id, person)).collect();
    let mut grants: HashMap<AccountId, Vec<AccountGrant>> = HashMap::new();
    for grant in grant::current_of(db, rows.iter().map(|row| row.id)).await? {
        grants.entry(grant.account_id).or_default().push(grant);
    }
    let mut positions: HashMap<PersonId, Vec<Position>> = HashMap::new();
    for position in identity.positions_in(db, &ids, today).await? {
        positions.entry(position.person).or_default().push(position);
    }
    rows.into_iter()
        .map(|row| {
            let person = persons.get(&row.person_id).cloned().ok_or_else(no_person)?;
            let grants = grants.remove(&row.id).unwrap_or_default();
            let positions = positions.get(&person.id).filter(|_| grants.is_empty()).cloned().unwrap_or_default();
            Ok(AccountView { account: row.into(), person, grants, positions })
        })
        .collect()
}

fn no_person() -> Refusal {
    Refusal::internal("an account without a person")
}

/// Whether the person has an account, of whatever state.
pub async fn is_held_by(db: &impl ConnectionTrait, person: PersonId) -> Result<bool> {
    Ok(row::Entity::find().filter(row::Column::PersonId.eq(person)).exists(db).await?)
}
