//! Reading proposals.

use std::collections::HashMap;

use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::action::{ADMINISTRATOR_READ, PROPOSAL_NOT_FOUND};
use super::store::row::{Column, Entity};
use super::{Proposal, ProposalId, ProposalStatus};
use crate::account::AccountId;
use crate::account::store::row as account;

/// A proposal with the names of the accounts that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalView {
    pub proposal: Proposal,
    usernames: HashMap<AccountId, String>,
}

impl ProposalView {
    #[must_use]
    pub fn username(&self, account: AccountId) -> &str {
        self.usernames.get(&account).map_or("", String::as_str)
    }
}

#[derive(Debug, Clone, Default)]
pub struct ProposalFilter {
    pub status: Option<ProposalStatus>,
    pub account: Option<AccountId>,
}

/// A proposal, for code that has asked for permission itself.
pub async fn find(db: &impl ConnectionTrait, id: ProposalId) -> Result<Option<ProposalView>> {
    let Some(proposal) = Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(with_names(db, vec![proposal]).await?.pop())
}

pub async fn get(store: &Store, actor: &Actor, id: ProposalId) -> Result<ProposalView> {
    let unknown = || Refusal::of(&PROPOSAL_NOT_FOUND);
    let found = find(store.db.reader(), id).await?.ok_or_else(unknown)?;
    authorize(actor, &ADMINISTRATOR_READ, &ADMINISTRATOR_READ, &found.proposal)?;
    Ok(found)
}

/// One page of proposals, the newest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ProposalFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ProposalView>> {
    authorize(actor, &ADMINISTRATOR_READ, &ADMINISTRATOR_READ, &Association)?;
    let db = store.db.reader();
    let status = filter.status.map_or("", ProposalStatus::as_str);
    let same = format!("proposals {status} {}", filter.account.map_or_else(String::new, |id| id.to_string()));
    let mut rows = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    let waits = Column::Status.eq(ProposalStatus::Proposed);
    rows = match filter.status {
        Some(ProposalStatus::Proposed) => rows.filter(waits).filter(Column::ExpiresAt.gt(store.now())),
        Some(ProposalStatus::Expired) => {
            rows.filter(Column::Status.eq(ProposalStatus::Expired).or(waits.and(Column::ExpiresAt.lte(store.now()))))
        }
        Some(status) => rows.filter(Column::Status.eq(status)),
        None => rows,
    };
    if let Some(account) = filter.account {
        rows = rows.filter(Column::AccountId.eq(account));
    }
    if let Some(cursor) = cursor {
        let before: ProposalId = page::open(&store.keys, &same, cursor)?;
        rows = rows.filter(Column::Id.lt(before));
    }
    let page = Page::cut(rows.all(db).await?, limit, &store.keys, &same, |row| row.id)?;
    Ok(Page { rows: with_names(db, page.rows).await?, next_cursor: page.next_cursor })
}

/// One query for the names of a whole page.
async fn with_names(db: &impl ConnectionTrait, rows: Vec<Proposal>) -> Result<Vec<ProposalView>> {
    let parties = |row: &Proposal| [Some(row.account_id), Some(row.proposed_by), row.decided_by];
    let ids = rows.iter().flat_map(|row| parties(row).into_iter().flatten());
    let known = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(db).await?;
    let known: HashMap<AccountId, String> = known.into_iter().map(|row| (row.id, row.username)).collect();
    let named = |proposal: Proposal| {
        let ids = parties(&proposal).into_iter().flatten();
        let usernames = ids.filter_map(|id| Some((id, known.get(&id)?.clone()))).collect();
        ProposalView { proposal, usernames }
    };
    Ok(rows.into_iter().map(named).collect())
}
