//! GB/T 22239 8.1.4.2: accounts that nobody uses are disabled.

use chrono::{DateTime, Utc};
use gongjian_kernel::{Act, Event, Result, Store, policy, write};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, entity::prelude::*,
};
use serde_json::json;

use super::grant::someone_else_administers;
use super::model::{AccountId, AccountState};
use super::store::{self, row};
use crate::event::DISABLED;
use crate::fault::LAST_ADMINISTRATOR;
use crate::policy::AccountPolicy;
use crate::session::store::{revoke_all, row as session};

/// How many accounts a sweep disables at most.
const AT_ONCE: u64 = 200;

/// Disables what was not used for as long as the policy says. The last system and the last security administrator stay.
pub(crate) async fn disable_unused(store: &Store) -> Result<u64> {
    let Some(life) = policy::current::<AccountPolicy>(store).await?.value.unused_life() else { return Ok(0) };
    let since = store.now() - life;
    let mut done = 0;
    for account in unused(store.db.reader(), since, None).await? {
        let disabled = write(store, &Act::by_rule(store), async |work| {
            let before = store::lock(work, account).await?;
            if !before.is_active() || unused(work.tx(), since, Some(account)).await?.is_empty() {
                return Ok(0);
            }
            someone_else_administers(work, account).await?;
            let after = row::Model { state: AccountState::Disabled, ..before.next(work) };
            work.update::<row::Entity>(&before, &after).await?;
            revoke_all(work, account, None).await?;
            work.record(Event::new(&DISABLED, account.0, json!({ "unused_since": since })));
            Ok(1)
        })
        .await;
        match disabled {
            Err(refusal) if refusal.entry == &LAST_ADMINISTRATOR => {}
            counted => done += counted?,
        }
    }
    Ok(done)
}

async fn unused(db: &impl ConnectionTrait, since: DateTime<Utc>, only: Option<AccountId>) -> Result<Vec<AccountId>> {
    let used = session::Entity::find()
        .select_only()
        .column(session::Column::AccountId)
        .filter(session::Column::LastUsedAt.gt(since))
        .into_query();
    let mut rows = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::State.eq(AccountState::Active))
        .filter(row::Column::UpdatedAt.lte(since))
        .filter(row::Column::LastLoginAt.is_null().or(row::Column::LastLoginAt.lte(since)))
        .filter(row::Column::Id.not_in_subquery(used))
        .order_by_asc(row::Column::Id)
        .limit(AT_ONCE);
    if let Some(account) = only {
        rows = rows.filter(row::Column::Id.eq(account));
    }
    Ok(rows.into_tuple().all(db).await?)
}
