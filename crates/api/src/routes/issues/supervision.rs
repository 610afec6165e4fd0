//! Urging and supervision.

use actix_web::{post, web};
use gongjian_ledger::issue::input::{Reasoned, SupervisionOrder};
use gongjian_ledger::issue::{IssueId, commands};
use gongjian_ledger::vocabulary::IssueAction;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::view::IssueView;
use super::{after, may};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(urge_issue).service(supervise_issue);
}

#[utoipa::path(
    operation_id = "urgeIssue",
    tag = tag::LEDGER,
    summary = "催办 / Urge",
    description = "向牵头部门发出催办通知（二级）/ Issues an urging notice (level 2).",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/urge")]
pub(crate) async fn urge_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Urge), async |work, target, input| {
            let (issue, _) = commands::urge(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "superviseIssue",
    tag = tag::LEDGER,
    summary = "督办 / Supervise",
    description = "按四个等级之一签发督办 / Issues a sheet of one of the four levels.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = SupervisionOrder,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/supervise")]
pub(crate) async fn supervise_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<SupervisionOrder>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Supervise), async |work, target, input| {
            let (issue, _) = commands::supervise(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}
