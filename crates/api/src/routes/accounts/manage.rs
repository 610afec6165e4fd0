//! What changes an account that is there.

use actix_web::{post, web};
use gongjian_identity::Identity;
use gongjian_identity::account::{self, AccountId, GrantId, grant};
use gongjian_identity::action::{ACCOUNT_DISABLE, ACCOUNT_GRANT};
use gongjian_identity::fault::ACCOUNT_NOT_FOUND;
use gongjian_kernel::{Refusal, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::GrantCreate;
use super::may;
use super::view::AccountView;
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, NoFields};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(disable_account).service(enable_account).service(grant_administrator).service(end_administrator);
}

#[utoipa::path(
    operation_id = "disableAccount",
    tag = tag::ADMINISTRATION,
    summary = "停用账号 / Disable an account",
    description = "其全部会话立即结束；不能停用本人账号和最后一名系统管理员 / All its sessions end at once; neither one's own account nor that of the last administrator.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = AccountView, description = "停用后的账号 / The account as it is now")),
)]
#[post("/v1/accounts/{account_id}/disable")]
pub(crate) async fn disable_account(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = AccountId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ACCOUNT_DISABLE), async |work, target, _| {
            account::disable(work, caller.identity(), target).await?;
            after(work, caller.identity(), id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "enableAccount",
    tag = tag::ADMINISTRATION,
    summary = "启用账号 / Enable an account",
    description = "恢复使用；停用前的会话不恢复 / It can be used again; the sessions that ended do not come back.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = AccountView, description = "启用后的账号 / The account as it is now")),
)]
#[post("/v1/accounts/{account_id}/enable")]
pub(crate) async fn enable_account(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = AccountId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ACCOUNT_DISABLE), async |work, target, _| {
            account::enable(work, target).await?;
            after(work, caller.identity(), id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "grantAdministrator",
    tag = tag::ADMINISTRATION,
    summary = "授予管理员权限 / Make an administrator",
    description = "系统、安全、审计三类管理员互斥，且不得兼任业务职务；业务职务不在此授予 / The three administrators exclude each other and every business office; business offices are not granted here.",
    params(("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"), IfMatch),
    request_body = GrantCreate,
    responses((status = 200, body = AccountView, description = "授予后的账号 / The account as it is now")),
)]
#[post("/v1/accounts/{account_id}/grants")]
pub(crate) async fn grant_administrator(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<GrantCreate>,
) -> Answer {
    let id = AccountId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ACCOUNT_GRANT), async |work, target, wanted| {
            grant::add(work, caller.identity(), target, wanted.role).await?;
            after(work, caller.identity(), id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "endAdministrator",
    tag = tag::ADMINISTRATION,
    summary = "终止管理员权限 / End an administrator's time",
    description = "自此刻起该账号不再具有这一权限 / From now on the account has none of its permissions.",
    params(
        ("account_id" = Uuid, Path, description = "账号标识 / Id of the account", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"),
        ("grant_id" = Uuid, Path, description = "授权标识 / Id of the grant", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a07"),
        IfMatch
    ),
    request_body = NoFields,
    responses((status = 200, body = AccountView, description = "终止后的账号 / The account as it is now")),
)]
#[post("/v1/accounts/{account_id}/grants/{grant_id}/end")]
pub(crate) async fn end_administrator(
    caller: Caller,
    path: web::Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let (account, grant) = path.into_inner();
    let (id, grant) = (AccountId(account), GrantId(grant));
    caller
        .act_on(id, if_match, body, may(&caller, id, &ACCOUNT_GRANT), async |work, target, _| {
            grant::end(work, caller.identity(), target, grant).await?;
            after(work, caller.identity(), id).await
        })
        .await
}

/// The account as it is after a command.
pub(super) async fn after(work: &Work<'_>, identity: &Identity, id: AccountId) -> Result<Reply> {
    let known = account::find(identity, work.tx(), id).await?;
    let view = AccountView::from(known.ok_or_else(|| Refusal::of(&ACCOUNT_NOT_FOUND))?);
    Ok(Reply::ok(&view)?.etag(view.version))
}
