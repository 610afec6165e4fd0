//! What the security administrator does with a request: he makes sure who it is, then hands over a code.

use std::collections::HashMap;

use chrono::Duration;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Event, Refusal, Result, Store, Work};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::store::{Column, Entity};
use super::{PasswordReset, ResetId, ResetState, store};
use crate::account::grant::{not_own, refuse_takeover};
use crate::account::store as accounts;
use crate::account::{Account, AccountId};
use crate::action::{ACCOUNT_READ, ACCOUNT_RESET_PASSWORD};
use crate::event::{RESET_CODE_ISSUED, RESET_DISMISSED};
use crate::fault::{ACCOUNT_STATE, RESET_ENDED};
use crate::one_time_code::OneTimeCode;
use crate::policy::AccountPolicy;

/// Issues a code for a request, in the place of one issued before. It is shown once.
pub async fn issue(work: &mut Work<'_>, id: ResetId) -> Result<(PasswordReset, Account, OneTimeCode)> {
    let (before, account) = open(work, id).await?;
    if !account.is_active() {
        return Err(Refusal::of(&ACCOUNT_STATE));
    }
    refuse_takeover(work, account.id).await?;
    let policy = AccountPolicy::within(work).await?;
    let code = OneTimeCode::draw()?;
    let after = PasswordReset {
        state: ResetState::Issued,
        code_hash: Some(code.hash()),
        expires_at: Some(work.now() + Duration::minutes(policy.reset_code_minutes.into())),
        ..before
    };
    store::save(work, &after).await?;
    work.record(Event::new(&RESET_CODE_ISSUED, account.id.0, json!({ "reset": id })));
    Ok((after, account.into(), code))
}

/// Ends a request of which nothing comes: nobody knows of it, or it was somebody else.
pub async fn dismiss(work: &mut Work<'_>, id: ResetId) -> Result<(PasswordReset, Account)> {
    let (before, account) = open(work, id).await?;
    let after = PasswordReset { state: ResetState::Dismissed, ended_at: Some(work.now()), ..before };
    store::save(work, &after).await?;
    work.record(Event::new(&RESET_DISMISSED, account.id.0, json!({ "reset": id })));
    Ok((after, account.into()))
}

/// The request and its account, both locked: the account first, as everywhere.
async fn open(work: &Work<'_>, id: ResetId) -> Result<(PasswordReset, accounts::row::Model)> {
    work.authorize(&ACCOUNT_RESET_PASSWORD, &ACCOUNT_READ, &Association)?;
    let account = accounts::lock(work, store::find(work.tx(), id).await?.account_id).await?;
    not_own(work, account.id)?;
    let reset = store::lock(work, id).await?;
    if reset.is_open() { Ok((reset, account)) } else { Err(Refusal::of(&RESET_ENDED)) }
}

/// One page of requests, the newest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    state: Option<ResetState>,
    cursor: Option<&str>,
    limit: u64,
) -> Result<Page<(PasswordReset, Account)>> {
    authorize(actor, &ACCOUNT_RESET_PASSWORD, &ACCOUNT_READ, &Association)?;
    let same = format!("password-resets {}", state.map_or("", ResetState::as_str));
    let mut rows = Entity::find().order_by_desc(Column::Id).limit(limit.saturating_add(1));
    if let Some(state) = state {
        rows = rows.filter(Column::State.eq(state));
    }
    if let Some(cursor) = cursor {
        let before: ResetId = page::open(&store.keys, &same, cursor)?;
        rows = rows.filter(Column::Id.lt(before));
    }
    let db = store.db.reader();
    let page = Page::cut(rows.all(db).await?, limit, &store.keys, &same, |row| row.id)?;
    let accounts = accounts::list(db, page.rows.iter().map(|row| row.account_id)).await?;
    let accounts: HashMap<AccountId, Account> = accounts.into_iter().map(|row| (row.id, row.into())).collect();
    let rows = page.rows.into_iter().map(|row| {
        let account = accounts.get(&row.account_id).cloned();
        Ok((row, account.ok_or_else(|| Refusal::internal("a reset without an account"))?))
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, next_cursor: page.next_cursor })
}
