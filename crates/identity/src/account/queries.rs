//! Reading accounts.

use std::collections::HashMap;

use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::grant::{self, AccountGrant};
use super::model::{Account, AccountId, AccountState};
use super::store::{self, row};
use crate::action::ACCOUNT_READ;
use crate::fault::ACCOUNT_NOT_FOUND;
use crate::person::{self, Person};

/// An account with its person and the offices that it holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    pub account: Account,
    pub person: Person,
    pub grants: Vec<AccountGrant>,
}

/// An account, for code that has asked for permission itself.
pub async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<AccountView>> {
    let Some(row) = store::find(db, id).await? else { return Ok(None) };
    let person = person::find(db, row.person_id).await?.ok_or_else(no_person)?;
    let grants = grant::current(db, id).await?;
    Ok(Some(AccountView { account: row.into(), person, grants }))
}

pub async fn get(store: &Store, actor: &Actor, id: AccountId) -> Result<AccountView> {
    let unknown = || Refusal::of(&ACCOUNT_NOT_FOUND);
    let view = find(store.db.reader(), id).await?.ok_or_else(unknown)?;
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
    Ok(Page { rows: with_persons(db, page.rows).await?, next_cursor: page.next_cursor })
}

/// Two queries for the whole page.
async fn with_persons(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<Vec<AccountView>> {
    let persons = person::list(db, rows.iter().map(|row| row.person_id)).await?;
    let persons: HashMap<_, _> = persons.into_iter().map(|person| (person.id, person)).collect();
    let mut grants: HashMap<AccountId, Vec<AccountGrant>> = HashMap::new();
    for grant in grant::current_of(db, rows.iter().map(|row| row.id)).await? {
        grants.entry(grant.account_id).or_default().push(grant);
    }
    rows.into_iter()
        .map(|row| {
            let person = persons.get(&row.person_id).cloned().ok_or_else(no_person)?;
            let grants = grants.remove(&row.id).unwrap_or_default();
            Ok(AccountView { account: row.into(), person, grants })
        })
        .collect()
}

fn no_person() -> Refusal {
    Refusal::internal("an account without a person")
}
