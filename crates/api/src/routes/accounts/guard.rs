//! What the security administrator does about an account that is suspected, or whose device is lost.

use actix_web::{get, post, web};
use gongjian_identity::account::{self, AccountId};
use gongjian_identity::action::{ACCOUNT_LOCK, ACCOUNT_RESET_SECOND_FACTOR, ACCOUNT_SESSIONS};
use gongjian_identity::session::foreign;
use gongjian_identity::{SessionId, second_factor};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::manage::after;
use super::may;
use super::view::AccountView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::sessions::{self, SessionView};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(lock_account)
        .service(unlock_account)
        .service(reset_second_factor)
        .service(list_account_sessions)
        .service(revoke_account_session);
}

#[utoipa::path(
    operation_id = "lockAccount",
    tag = tag::ADMINISTRATION,
    summary = "锁定账号 / Lock an account",
    description = "由安全保密管理员办理；其全部会话立即结束，解锁前不能登录、刷新、重置密码 / By the security administrator: all its sessions end at once, and until it is unlocked it signs in, refreshes and resets nothing.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = AccountView, description = "锁定后的账号 / The account as it is now")),
)]
#[post("/v1/accounts/{account_id}/lock")]
pub(crate) async fn lock_account(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = AccountId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ACCOUNT_LOCK), async |work, target, _| {
            account::lock(work, caller.identity(), target).await?;
            after(work, caller.identity(), id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "unlockAccount",
    tag = tag::ADMINISTRATION,
    summary = "解锁账号 / Unlock an account",
    description = "登录失败造成的锁定一并解除；锁定前的会话不恢复 / Locks from failed sign-ins are lifted as well; the sessions that ended do not come back.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = AccountView, description = "解锁后的账号 / The account as it is now")),
)]
#[post("/v1/accounts/{account_id}/unlock")]
pub(crate) async fn unlock_account(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = AccountId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ACCOUNT_LOCK), async |work, target, _| {
            account::unlock(work, target).await?;
            after(work, caller.identity(), id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "resetSecondFactor",
    tag = tag::ADMINISTRATION,
    summary = "重置第二验证因素 / Reset a second factor",
    description = "设备遗失时由安全保密管理员办理；其全部会话结束，下次登录须修改密码 / For a lost device: all sessions of the account end, and the password must be changed at the next sign-in.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = AccountView, description = "重置后的账号 / The account as it is now")),
)]
#[post("/v1/accounts/{account_id}/second-factor/reset")]
pub(crate) async fn reset_second_factor(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = AccountId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ACCOUNT_RESET_SECOND_FACTOR), async |work, target, _| {
            second_factor::reset(work, caller.identity(), target).await?;
            after(work, caller.identity(), id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listAccountSessions",
    tag = tag::ADMINISTRATION,
    summary = "账号的登录会话 / List the sessions of an account",
    description = "未结束的会话，最新在前 / Its live sessions, the newest first.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), Paging),
    responses((status = 200, body = PageOf<SessionView>, description = "一页 / One page")),
)]
#[get("/v1/accounts/{account_id}/sessions")]
pub(crate) async fn list_account_sessions(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let id = AccountId(path.into_inner());
    let found = foreign::list(caller.store(), &caller.act.actor, id).await?;
    sessions::page(&caller, found, id, &query)
}

#[utoipa::path(
    operation_id = "revokeAccountSession",
    tag = tag::ADMINISTRATION,
    summary = "结束账号的一个会话 / Revoke a session of an account",
    description = "其访问凭证和刷新凭证立即失效 / Its tokens are dead at once.",
    params(
        ("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"),
        ("session_id" = Uuid, Path, description = "会话标识 / Id of the session", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a05")
    ),
    request_body = NoFields,
    responses((status = 204, description = "已结束 / Revoked")),
)]
#[post("/v1/accounts/{account_id}/sessions/{session_id}/revoke")]
pub(crate) async fn revoke_account_session(
    caller: Caller,
    path: web::Path<(Uuid, Uuid)>,
    body: Body<NoFields>,
) -> Answer {
    let (account, session) = path.into_inner();
    let (id, session) = (AccountId(account), SessionId(session));
    caller
        .command(body, may(&caller, id, &ACCOUNT_SESSIONS), async |work, _| {
            foreign::revoke(work, caller.identity(), id, session).await?;
            Ok(Reply::no_content())
        })
        .await
}
