//! What administrators do to accounts.

use gongjian_kernel::{Event, Refusal, Result, Target, Work, actor::Association};
use serde_json::json;

use super::grant::{not_own, refuse_takeover, someone_else_administers};
use super::model::{Account, AccountAction, AccountId, AccountState, NewAccount};
use super::queries;
use super::store::{self, row};
use crate::action::{ACCOUNT_CREATE, ACCOUNT_DISABLE, ACCOUNT_READ, ACCOUNT_RESET_PASSWORD};
use crate::event::{CREATED, DISABLED, ENABLED, PASSWORD_RESET};
use crate::fault::{HAS_ACCOUNT, USERNAME_TAKEN};
use crate::identity::Identity;
use crate::password::PasswordHash;
use crate::person::{self, PersonId};
use crate::session::store::revoke_all;
use crate::throttle;
use crate::{invitation, reset};

/// Opens an account for a person on file.
pub async fn create(work: &mut Work<'_>, new: NewAccount) -> Result<Account> {
    work.authorize(&ACCOUNT_CREATE, &ACCOUNT_READ, &Association)?;
    open(work, new).await
}

/// Refuses a second account for somebody in office: it would be another's way to act as him.
pub async fn refuse_second(work: &Work<'_>, identity: &Identity, person: PersonId) -> Result<()> {
    person::require(work, person).await?;
    let in_office = !identity.positions(work.tx(), &[person], work.today()).await?.is_empty();
    if in_office && queries::is_held_by(work.tx(), person).await? {
        return Err(Refusal::of(&HAS_ACCOUNT));
    }
    Ok(())
}

/// Opens an account as part of a command that has been authorized.
pub async fn open(work: &mut Work<'_>, new: NewAccount) -> Result<Account> {
    open_as(work, new, AccountState::Active).await
}

pub(crate) async fn open_as(work: &mut Work<'_>, new: NewAccount, state: AccountState) -> Result<Account> {
    person::require(work, new.person).await?;
    if store::find_by_key(work.tx(), new.username.key()).await?.is_some() {
        return Err(Refusal::of(&USERNAME_TAKEN));
    }
    let row = row::Model {
        id: work.new_id(),
        person_id: new.person,
        username: new.username.as_str().to_owned(),
        username_key: new.username.key().to_owned(),
        password_hash: new.password,
        state,
        must_change_password: new.must_change_password,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
        password_changed_at: Some(work.now()),
        last_login_at: None,
    };
    store::insert(work, row.clone()).await?;
    let account = Account::from(row);
    work.record(Event::new(
        &CREATED,
        account.id.0,
        json!({ "username": account.username, "person": account.person_id }),
    ));
    Ok(account)
}

/// Shuts an account. Its sessions end with it and do not come back when it is enabled again.
pub async fn disable(work: &mut Work<'_>, identity: &Identity, target: Target<AccountId>) -> Result<Account> {
    let before = store::lock(work, target.id).await?;
    let account = Account::from(before.clone());
    work.authorize(&ACCOUNT_DISABLE, &ACCOUNT_READ, &account)?;
    target.is_current(before.version)?;
    not_own(work, target.id)?;
    let state = account.moved(AccountAction::Disable)?;
    someone_else_administers(work, target.id).await?;
    let after = row::Model { state, ..before.next(work) };
    work.update::<row::Entity>(&before, &after).await?;
    let sessions = revoke_all(work, target.id, None).await?;
    invitation::withdraw(work, target.id).await?;
    reset::withdraw(work, target.id).await?;
    work.record(Event::new(&DISABLED, target.id.0, json!({ "sessions_revoked": sessions })));
    identity.forget_callers(work);
    Ok(after.into())
}

/// Gives an account back as it was: one that its person never took into use waits for an invitation again.
pub async fn enable(work: &mut Work<'_>, target: Target<AccountId>) -> Result<Account> {
    let before = store::lock(work, target.id).await?;
    let account = Account::from(before.clone());
    work.authorize(&ACCOUNT_DISABLE, &ACCOUNT_READ, &account)?;
    target.is_current(before.version)?;
    person::require(work, account.person_id).await?;
    let unused = invitation::was_never_redeemed(work, target.id).await?;
    let state = account.moved(if unused { AccountAction::AwaitOwner } else { AccountAction::Enable })?;
    let after = row::Model { state, ..before.next(work) };
    work.update::<row::Entity>(&before, &after).await?;
    work.record(Event::new(&ENABLED, target.id.0, json!({})));
    Ok(after.into())
}

/// Sets a password for somebody, who must change it at once: all sessions end, a lock is lifted. One's
/// own is changed with the current one ([`Identity::change_password`]). The password comes from [`Identity::issue_password`].
pub async fn reset_password(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<AccountId>,
    password: PasswordHash,
) -> Result<Account> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&ACCOUNT_RESET_PASSWORD, &ACCOUNT_READ, &Account::from(before.clone()))?;
    target.is_current(before.version)?;
    not_own(work, target.id)?;
    refuse_takeover(work, target.id).await?;
    let after = row::Model {
        password_hash: password,
        must_change_password: true,
        password_changed_at: Some(work.now()),
        ..before.next(work)
    };
    work.update::<row::Entity>(&before, &after).await?;
    let sessions = revoke_all(work, target.id, None).await?;
    reset::withdraw(work, target.id).await?;
    throttle::open_name(work, &after.username_key).await?;
    work.record(Event::new(&PASSWORD_RESET, target.id.0, json!({ "sessions_revoked": sessions })));
    identity.forget_callers(work);
    Ok(after.into())
}
