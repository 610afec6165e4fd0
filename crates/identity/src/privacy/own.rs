//! What this crate knows of somebody, for himself (个人信息保护法 45).

use gongjian_kernel::{Actor, Refusal, Result, Store};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::consent::{self, Consent};
use super::person_of;
use super::request::{self, Request};
use super::reveal::{self, RevealView, with_names};
use crate::account::{Account, AccountId, store::row as account};
use crate::fault::UNAUTHENTICATED;
use crate::person::{self, Person};
use crate::session::{Session, store::row as session};

/// Everything that stands under the person's id here.
#[derive(Debug, Clone)]
pub struct OwnData {
    pub person: Person,
    pub accounts: Vec<Account>,
    pub sessions: Vec<Session>,
    pub consents: Vec<Consent>,
    pub reveals: Vec<RevealView>,
    pub requests: Vec<Request>,
}

/// The most of one kind that an export holds: the latest. The rest is read page by page.
const AT_MOST: u64 = 1000;

pub async fn read(store: &Store, actor: &Actor) -> Result<OwnData> {
    let db = store.db.reader();
    let id = person_of(actor)?;
    let person = person::find(db, id).await?.ok_or_else(|| Refusal::of(&UNAUTHENTICATED))?;
    let accounts = account::Entity::find().filter(account::Column::PersonId.eq(id)).all(db).await?;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let sessions = session::Entity::find()
        .filter(session::Column::AccountId.is_in(ids.iter().copied()))
        .order_by_desc(session::Column::CreatedAt)
        .limit(AT_MOST);
    let consents = consent::row::Entity::find()
        .filter(consent::row::Column::AccountId.is_in(ids))
        .order_by_desc(consent::row::Column::Id)
        .limit(AT_MOST);
    let reveals = reveal::row::Entity::find()
        .filter(reveal::row::Column::PersonId.eq(id))
        .order_by_desc(reveal::row::Column::Id)
        .limit(AT_MOST);
    let requests = request::row::Entity::find()
        .filter(request::row::Column::PersonId.eq(id))
        .order_by_desc(request::row::Column::Id)
        .limit(AT_MOST);
    Ok(OwnData {
        person,
        accounts: accounts.into_iter().map(Account::from).collect(),
        sessions: sessions.all(db).await?,
        consents: consents.all(db).await?,
        reveals: with_names(db, reveals.all(db).await?).await?,
        requests: requests.all(db).await?,
    })
}
