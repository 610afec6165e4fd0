//! What gives out a password: opening an account, resetting its password. The password stands in the
//! first answer only; what is kept for an `Idempotency-Key` does not have it.

use std::cell::RefCell;

use actix_web::{post, web};
use gongjian_identity::account::{self, AccountId};
use gongjian_identity::action::{ACCOUNT_CREATE, ACCOUNT_READ, ACCOUNT_RESET_PASSWORD};
use gongjian_identity::fault::ACCOUNT_NOT_FOUND;
use gongjian_identity::{IssuedPassword, NewAccount, Username};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::keys::mac;
use gongjian_kernel::{Refusal, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::AccountCreate;
use super::may;
use super::view::{AccountView, AccountWithPassword};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, NoFields};
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::persons::Whom;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_account).service(reset_password);
}

#[utoipa::path(
    operation_id = "createAccount",
    tag = tag::ADMINISTRATION,
    summary = "开立账号 / Open an account",
    description = "账号本身不含职务：职务由单位备案和任职备案产生（第二十五条）；首次登录须修改密码 / An account holds no office by itself: offices follow from filings and appointments (Article 25); the password must be changed at the first sign-in.",
    request_body = AccountCreate,
    responses((status = 201, body = AccountWithPassword, description = "已开立 / Opened")),
)]
#[post("/v1/accounts")]
pub(crate) async fn create_account(caller: Caller, body: Body<AccountCreate>) -> Answer {
    authorize(&caller.act.actor, &ACCOUNT_CREATE, &ACCOUNT_READ, &Association)?;
    let digest = body.digest().to_owned();
    let new = body.valid()?;
    let who = Whom::of(new.person_id, new.person.as_ref())?;
    let username = Username::parse(&new.username)?;
    let (hash, drawn) = match &new.password {
        Some(chosen) => {
            let name = new.person.as_ref().map_or("", |person| person.name.as_str());
            (
                caller
                    .identity()
                    .accept_password(caller.store(), "/password", &chosen.0, &[username.as_str(), name])
                    .await?,
                None,
            )
        }
        None => {
            let IssuedPassword { text, hash } = caller.identity().issue_password().await?;
            (hash, Some(text))
        }
    };
    give(&caller, &digest, drawn, opened, async |work| {
        work.authorize(&ACCOUNT_CREATE, &ACCOUNT_READ, &Association)?;
        let person = who.on_file(work).await?;
        account::refuse_second(work, caller.identity(), person).await?;
        let account =
            NewAccount { person, username: username.clone(), password: hash.clone(), must_change_password: true };
        Ok(account::create(work, account).await?.id)
    })
    .await
}

#[utoipa::path(
    operation_id = "resetAccountPassword",
    tag = tag::ADMINISTRATION,
    summary = "重置密码 / Reset a password",
    description = "生成新密码，仅显示一次；其全部会话结束，锁定解除，首次登录须修改 / Draws a password and shows it once; all sessions of the account end, a lock is lifted, and it must be changed at the next sign-in.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = AccountWithPassword, description = "已重置 / Reset")),
)]
#[post("/v1/accounts/{account_id}/reset-password")]
pub(crate) async fn reset_password(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = AccountId(path.into_inner());
    may(&caller, id, &ACCOUNT_RESET_PASSWORD).await?;
    let target = if_match.target(id)?;
    let digest = body.digest().to_owned();
    body.valid()?;
    let IssuedPassword { text, hash } = caller.identity().issue_password().await?;
    give(&caller, &digest, Some(text), changed, async |work| {
        Ok(account::reset_password(work, caller.identity(), target, hash.clone()).await?.id)
    })
    .await
}

type Answered = fn(&AccountWithPassword) -> Result<Reply>;

fn opened(view: &AccountWithPassword) -> Result<Reply> {
    Ok(changed(view)?.created(format!("/v1/accounts/{}", view.account.id)))
}

fn changed(view: &AccountWithPassword) -> Result<Reply> {
    Ok(Reply::ok(view)?.etag(view.account.version).no_store())
}

/// Runs the command once for an `Idempotency-Key` and answers with the password. What is kept for the
/// key has no password, and the digest of a body that may hold one is keyed: it cannot be guessed from.
async fn give<F>(caller: &Caller, body_digest: &str, password: Option<String>, answered: Answered, run: F) -> Answer
where
    F: AsyncFn(&mut Work<'_>) -> Result<AccountId>,
{
    let digest = mac(&caller.store().keys.refresh, body_digest.as_bytes());
    let done = RefCell::new(None);
    let kept = caller
        .write(&digest, async |work| {
            let id = run(work).await?;
            let known = account::find(caller.identity(), work.tx(), id, work.today()).await?;
            let known = known.ok_or_else(|| Refusal::of(&ACCOUNT_NOT_FOUND))?;
            let view = AccountWithPassword { account: AccountView::from(known), password: None };
            let reply = answered(&view);
            done.replace(Some(view));
            reply
        })
        .await?;
    match done.into_inner() {
        Some(view) => Ok(answered(&AccountWithPassword { password, ..view })?),
        None => Ok(kept.no_store()),
    }
}
