//! What changes an account that is there.

use actix_web::{post, web};
use gongjian_identity::Identity;
use gongjian_identity::account::{self, AccountId};
use gongjian_identity::action::ACCOUNT_DISABLE;
use gongjian_identity::fault::ACCOUNT_NOT_FOUND;
use gongjian_kernel::{Refusal, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::may;
use super::view::AccountView;
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, NoFields};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(disable_account).service(enable_account);
}

#[utoipa::path(
    operation_id = "disableAccount",
    tag = tag::ADMINISTRATION,
    summary = "停用账号 / Disable an account",
    description = "其全部会话立即结束；不能停用本人账号，也不能停用最后一名系统管理员或安全保密管理员 / All its sessions end at once; neither one's own account nor that of the last system or security administrator.",
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

/// The account as it is after a command.
pub(super) async fn after(work: &Work<'_>, identity: &Identity, id: AccountId) -> Result<Reply> {
    let known = account::find(identity, work.tx(), id, work.today()).await?;
    let view = AccountView::from(known.ok_or_else(|| Refusal::of(&ACCOUNT_NOT_FOUND))?);
    Ok(Reply::ok(&view)?.etag(view.version))
}
