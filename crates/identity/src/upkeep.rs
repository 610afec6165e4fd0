//! What the server and its command line do without anybody signed in.

use chrono::Duration;
use gongjian_kernel::{Act, Refusal, Result, Store, Target, write};
use sea_orm::{ConnectionTrait, EntityTrait as _, PaginatorTrait as _};

use crate::account::store::{find_by_key, row};
use crate::account::{NewAccount, Username, grant, open, reset_password, unused, username};
use crate::fault::{ACCOUNT_NOT_FOUND, USERNAME_TAKEN};
use crate::identity::Identity;
use crate::password::IssuedPassword;
use crate::person::{self, NewPerson};
use crate::role::Role;
use crate::{administrator, second_factor, session, throttle};

const FIRST_ADMINISTRATOR: &str = "admin";

async fn is_empty(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(row::Entity::find().count(db).await? == 0)
}

/// Where there is no account at all, opens that of the first administrator, with a random password
/// that must be changed. Of two instances that start at once, one does it.
pub async fn ensure_first_administrator(
    store: &Store,
    identity: &Identity,
) -> Result<Option<(String, IssuedPassword)>> {
    if !is_empty(store.db.reader()).await? {
        return Ok(None);
    }
    let issued = identity.issue_password().await?;
    let act = Act::by_rule(store);
    let opened = write(store, &act, async |work| {
        if !is_empty(work.tx()).await? {
            return Ok(false);
        }
        let person = NewPerson { name: "系统管理员".to_owned(), phone: None, email: None };
        let person = person::create(work, person).await?.id;
        let account = NewAccount {
            person,
            username: Username::parse(FIRST_ADMINISTRATOR)?,
            password: issued.hash.clone(),
            must_change_password: true,
        };
        let account = open(work, account).await?;
        grant::start(work, &account, Role::SystemAdministrator, None).await?;
        Ok(true)
    })
    .await;
    match opened {
        Ok(true) => Ok(Some((FIRST_ADMINISTRATOR.to_owned(), issued))),
        Ok(false) => Ok(None),
        Err(refusal) if refusal.entry == &USERNAME_TAKEN => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// Resets the password of an account from the server's own command line: the way back for an
/// administrator who has lost his, and his device.
pub async fn set_password_offline(store: &Store, identity: &Identity, name: &str) -> Result<IssuedPassword> {
    let key = username::key(name);
    let issued = identity.issue_password().await?;
    write(store, &Act::by_rule(store), async |work| {
        let unknown = || Refusal::of(&ACCOUNT_NOT_FOUND);
        let account = find_by_key(work.tx(), &key).await?.ok_or_else(unknown)?;
        second_factor::store::remove(work, account.id).await?;
        reset_password(work, identity, Target::any(account.id), issued.hash.clone()).await
    })
    .await?;
    Ok(issued)
}

/// How long ended sessions are kept for questions.
const KEPT_DAYS: i64 = 30;

/// Forgets sessions, challenges and counters that have run out, and disables accounts out of use.
pub async fn sweep(store: &Store) -> Result<u64> {
    let disabled = unused::disable_unused(store).await?;
    let swept = write(store, &Act::by_rule(store), async |work| {
        let sessions = session::store::sweep(work, work.now() - Duration::days(KEPT_DAYS)).await?;
        let proposals = administrator::expire_due(work).await?;
        let challenges = second_factor::sweep(work).await?;
        Ok(sessions + throttle::sweep(work).await? + proposals + challenges)
    })
    .await?;
    Ok(disabled + swept)
}
