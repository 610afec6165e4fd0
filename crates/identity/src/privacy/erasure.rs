//! Erasing a person's data: ids, filings and history stay, what tells who it was goes
//! (个人信息保护法 47).

use gongjian_kernel::{Event, Refusal, Result, Work};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use serde_json::json;

use super::event::ERASED;
use super::fault::HOLDS_OFFICE;
use super::{consent, request};
use crate::account::store::row as account;
use crate::account::{AccountState, grant};
use crate::event::DISABLED;
use crate::identity::Identity;
use crate::person::{self, Person, PersonId};
use crate::session::store::{revoke_all, row as session};
use crate::{invitation, password_history, reset, second_factor};

/// What stands in the place of the name.
const NOBODY: &str = "已注销人员";

/// Erases what is known of somebody who holds no office any more (Article 25: the successor is filed
/// first).
pub(super) async fn erase(work: &mut Work<'_>, identity: &Identity, id: PersonId) -> Result<()> {
    let before = person::lock(work, id).await?;
    let accounts = account::Entity::find().filter(account::Column::PersonId.eq(id)).all(work.tx()).await?;
    let administers = grant::current_of(work.tx(), accounts.iter().map(|account| account.id)).await?;
    if !administers.is_empty() || !identity.positions(work.tx(), &[id], work.today()).await?.is_empty() {
        return Err(Refusal::of(&HOLDS_OFFICE));
    }
    for before in &accounts {
        let tail = before.id.0.simple().to_string();
        let username = format!("deleted-{}", tail.get(12..).unwrap_or_default());
        let after = account::Model {
            username_key: username.clone(),
            username,
            state: AccountState::Disabled,
            ..before.next(work)
        };
        work.update::<account::Entity>(before, &after).await?;
        let sessions = revoke_all(work, before.id, None).await?;
        forget_devices(work, before).await?;
        second_factor::store::remove(work, before.id).await?;
        invitation::withdraw(work, before.id).await?;
        reset::withdraw(work, before.id).await?;
        password_history::forget(work, before.id).await?;
        consent::end_all(work, before.id).await?;
        work.record(Event::new(&DISABLED, before.id.0, json!({ "sessions_revoked": sessions })));
    }
    let after = Person {
        name: NOBODY.to_owned(),
        email: None,
        erased_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone().with_phone(&work.store.keys.data, None)?
    };
    work.update::<person::row::Entity>(&before, &after).await?;
    forget_requests(work, id).await?;
    work.record(Event::new(&ERASED, id.0, json!({ "accounts": accounts.len() })));
    identity.forget_callers(work);
    Ok(())
}

async fn forget_devices(work: &Work<'_>, account: &account::Model) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::DeviceName, Expr::val(None::<String>))
        .col_expr(session::Column::Ip, Expr::val(None::<String>))
        .col_expr(session::Column::UserAgent, Expr::val(None::<String>))
        .filter(session::Column::AccountId.eq(account.id))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// The names that were asked for, and the reasons.
async fn forget_requests(work: &Work<'_>, id: PersonId) -> Result<()> {
    request::row::Entity::update_many()
        .col_expr(request::row::Column::NewName, Expr::val(None::<String>))
        .col_expr(request::row::Column::Reason, Expr::val(None::<String>))
        .filter(request::row::Column::PersonId.eq(id))
        .exec(work.tx())
        .await?;
    Ok(())
}
