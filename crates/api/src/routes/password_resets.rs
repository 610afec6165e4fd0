//! Requests for new passwords, for the security administrator.

use actix_web::{get, post, web};
use gongjian_identity::action::{ACCOUNT_READ, ACCOUNT_RESET_PASSWORD};
use gongjian_identity::reset::{self, PasswordReset, ResetId, ResetState};
use gongjian_identity::{Account, OneTimeCode};
use gongjian_kernel::Result;
use gongjian_kernel::actor::{Association, authorize};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::issues::instant;
use super::shown_once::{WithCode, shown_once};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_password_resets).service(issue_reset_code).service(dismiss_password_reset);
}

/// 密码重置申请 / A request for a new password.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct PasswordResetView {
    /// 申请标识 / Id of the request.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09"))]
    id: Uuid,
    /// 账号标识 / Id of the account.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    account_id: Uuid,
    /// 用户名 / User name.
    #[schema(max_length = 32, pattern = r"^[^\x00]*$", examples("limin"))]
    username: String,
    /// 状态；已发放的重置码可能已过期 / State; a code that was issued may have run out.
    state: ResetState,
    /// 申请时间 / Asked at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    requested_at: String,
    /// 重置码失效时间 / The code is good until.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-02T02:33:04.567Z"))]
    expires_at: Option<String>,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-02T02:13:04.567Z"))]
    ended_at: Option<String>,
}

impl From<(PasswordReset, Account)> for PasswordResetView {
    fn from((reset, account): (PasswordReset, Account)) -> Self {
        Self {
            id: reset.id.0,
            account_id: account.id.0,
            username: account.username,
            state: reset.state,
            requested_at: instant(reset.requested_at),
            expires_at: reset.expires_at.map(instant),
            ended_at: reset.ended_at.map(instant),
        }
    }
}

/// 密码重置申请及其重置码 / A request with its code.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PasswordResetWithCode {
    /// 申请 / The request.
    password_reset: PasswordResetView,
    /// 重置码，核实本人后转交，仅此一次显示；重发的请求为空 / The code to be handed over to the person, shown this once; null for a request that was sent again.
    #[schema(format = "password", max_length = 60, examples("MFRG-GZDF-MZTW-Q2LK-NNWG-23TP-OBYX-E43U"))]
    code: Option<String>,
}

impl WithCode for PasswordResetWithCode {
    fn show(&mut self, code: &OneTimeCode) {
        self.code = Some(code.text().to_owned());
    }

    fn reply(&self) -> Result<Reply> {
        Reply::ok(self)
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PasswordResetQuery {
    /// 状态 / State.
    #[param(example = "requested")]
    state: Option<ResetState>,
}

#[utoipa::path(
    operation_id = "listPasswordResets",
    tag = tag::ADMINISTRATION,
    summary = "密码重置申请 / List requests for new passwords",
    description = "最新在前 / The newest first.",
    params(Paging, PasswordResetQuery),
    responses((status = 200, body = PageOf<PasswordResetView>, description = "一页 / One page")),
)]
#[get("/v1/password-resets")]
pub(crate) async fn list_password_resets(caller: Caller, query: Filter<PasswordResetQuery>) -> Answer {
    let cursor = query.page.cursor.as_deref();
    let page = reset::list(caller.store(), &caller.act.actor, query.by.state, cursor, query.page.limit).await?;
    Ok(query.reply(&PageOf::of(page, PasswordResetView::from))?)
}

#[utoipa::path(
    operation_id = "issueResetCode",
    tag = tag::ADMINISTRATION,
    summary = "发放重置码 / Issue a reset code",
    description = "核实申请人身份后办理；新码取代旧码 / After making sure who asked; a new code replaces the one before it.",
    params(("reset_id" = Uuid, Path, description = "申请标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09")),
    request_body = NoFields,
    responses((status = 200, body = PasswordResetWithCode, description = "已发放 / Issued")),
)]
#[post("/v1/password-resets/{reset_id}/issue")]
pub(crate) async fn issue_reset_code(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    resets(&caller)?;
    let (id, digest) = (ResetId(path.into_inner()), body.digest().to_owned());
    body.valid()?;
    shown_once(&caller, &digest, async |work| {
        let (reset, account, code) = reset::issue(work, id).await?;
        Ok((PasswordResetWithCode { password_reset: (reset, account).into(), code: None }, code))
    })
    .await
}

#[utoipa::path(
    operation_id = "dismissPasswordReset",
    tag = tag::ADMINISTRATION,
    summary = "不予办理重置申请 / Dismiss a request for a new password",
    description = "非本人申请的，不予办理；已发放的重置码立即失效 / For a request that was not the person's own; a code that was issued is dead at once.",
    params(("reset_id" = Uuid, Path, description = "申请标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09")),
    request_body = NoFields,
    responses((status = 200, body = PasswordResetView, description = "未予办理 / Dismissed")),
)]
#[post("/v1/password-resets/{reset_id}/dismiss")]
pub(crate) async fn dismiss_password_reset(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    let id = ResetId(path.into_inner());
    caller
        .command(body, async { resets(&caller) }, async |work, _| {
            Reply::ok(&PasswordResetView::from(reset::dismiss(work, id).await?))
        })
        .await
}

fn resets(caller: &Caller) -> Result<()> {
    authorize(&caller.act.actor, &ACCOUNT_RESET_PASSWORD, &ACCOUNT_READ, &Association)
}
