//! Requests about personal data, for the secretariat that answers them and for whoever made them.

use actix_web::{get, post, web};
use gongjian_identity::privacy::request::{
    self, Request, RequestFilter, RequestId, RequestKind, RequestStatus, may_answer,
};
use gongjian_kernel::{Result, Text, Work};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::view::PrivacyRequestView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_requests).service(get_request).service(grant_request).service(refuse_request);
    config.service(withdraw_request);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PrivacyRequestQuery {
    /// 类别 / Kind.
    #[param(example = "deletion")]
    kind: Option<RequestKind>,
    /// 状态 / Status.
    #[param(example = "submitted")]
    status: Option<RequestStatus>,
    /// 只看逾期未答复的 / Only those whose last day is over without an answer.
    #[param(example = true)]
    overdue: Option<bool>,
}

#[utoipa::path(
    operation_id = "listPrivacyRequests",
    tag = tag::PRIVACY,
    summary = "个人信息权利请求列表 / List requests about personal data",
    description = "供秘书处答复，按提出先后 / For the secretariat, in the order in which they came.",
    params(Paging, PrivacyRequestQuery),
    responses((status = 200, body = PageOf<PrivacyRequestView>, description = "一页 / One page")),
)]
#[get("/v1/privacy-requests")]
pub(crate) async fn list_requests(caller: Caller, query: Filter<PrivacyRequestQuery>) -> Answer {
    let PrivacyRequestQuery { kind, status, overdue } = query.by;
    let filter = RequestFilter { kind, status, overdue: overdue.unwrap_or_default() };
    let (today, cursor) = (caller.store().today(), query.page.cursor.as_deref());
    let page = request::list(caller.store(), &caller.act.actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |row| PrivacyRequestView::of(row, today)))?)
}

#[utoipa::path(
    operation_id = "getPrivacyRequest",
    tag = tag::PRIVACY,
    summary = "查看个人信息权利请求 / Read a request about personal data",
    description = "秘书处和提出请求的本人可见 / For the secretariat and for whoever made it.",
    params(("request_id" = Uuid, Path, description = "请求标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0b")),
    responses((status = 200, body = PrivacyRequestView, description = "请求 / The request")),
)]
#[get("/v1/privacy-requests/{request_id}")]
pub(crate) async fn get_request(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let seen = request::get(caller.store(), &caller.act.actor, RequestId(path.into_inner())).await?;
    let view = PrivacyRequestView::of(seen, caller.store().today());
    Ok(Reply::ok(&view)?.etag_of_view(view.version))
}

/// 同意 / A grant.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestGrant {
    /// 答复，可不填 / Answer, if there is anything to say.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000]*$", examples("已核对身份证件，予以更正。"))]
    answer: Option<Text<2, 500>>,
}

/// 不予同意 / A refusal.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestRefusal {
    /// 理由，须答复本人 / Why not; the person is told.
    #[schema(value_type = String, min_length = 4, max_length = 500, pattern = r"^[^\u0000]*$", examples("仍在任职期间，请先办理变更备案。"))]
    answer: Text<4, 500>,
}

#[utoipa::path(
    operation_id = "grantPrivacyRequest",
    tag = tag::PRIVACY,
    summary = "同意请求 / Grant a request",
    description = "更正姓名或注销随即完成；注销时本人现任备案职务的不予办理（第二十五条）/ The name is corrected or the person erased at once; nobody who holds a filed office is erased (Article 25).",
    params(("request_id" = Uuid, Path, description = "请求标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0b"), IfMatch),
    request_body = RequestGrant,
    responses((status = 200, body = PrivacyRequestView, description = "已同意 / Granted")),
)]
#[post("/v1/privacy-requests/{request_id}/grant")]
pub(crate) async fn grant_request(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<RequestGrant>,
) -> Answer {
    let id = RequestId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, order| {
            let request = request::grant(work, caller.identity(), target, order.answer.clone()).await?;
            after(work, request).await
        })
        .await
}

#[utoipa::path(
    operation_id = "refusePrivacyRequest",
    tag = tag::PRIVACY,
    summary = "不予同意 / Refuse a request",
    description = "个人信息保护法第五十条：拒绝的应当说明理由 / The reason is told.",
    params(("request_id" = Uuid, Path, description = "请求标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0b"), IfMatch),
    request_body = RequestRefusal,
    responses((status = 200, body = PrivacyRequestView, description = "未予同意 / Refused")),
)]
#[post("/v1/privacy-requests/{request_id}/refuse")]
pub(crate) async fn refuse_request(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<RequestRefusal>,
) -> Answer {
    let id = RequestId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, order| {
            let request = request::refuse(work, target, order.answer.clone()).await?;
            after(work, request).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawPrivacyRequest",
    tag = tag::PRIVACY,
    summary = "撤回本人的请求 / Withdraw one's own request",
    description = "答复前本人可以撤回 / Before it is answered, by whoever made it.",
    params(("request_id" = Uuid, Path, description = "请求标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0b"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = PrivacyRequestView, description = "已撤回 / Withdrawn")),
)]
#[post("/v1/privacy-requests/{request_id}/withdraw")]
pub(crate) async fn withdraw_request(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = RequestId(path.into_inner());
    let seen = async { request::get(caller.store(), &caller.act.actor, id).await.map(drop) };
    caller
        .act_on(id, if_match, body, seen, async |work, target, _| {
            let request = request::withdraw(work, target).await?;
            after(work, request).await
        })
        .await
}

async fn may(caller: &Caller, id: RequestId) -> Result<()> {
    let seen = request::get(caller.store(), &caller.act.actor, id).await?;
    may_answer(&caller.act.actor, &seen.request)
}

/// The request as it is after a command.
async fn after(work: &Work<'_>, request: Request) -> Result<Reply> {
    let view = PrivacyRequestView::of(request::named(work.tx(), request).await?, work.today());
    Ok(Reply::ok(&view)?.etag(view.version))
}
