//! The execution book (Articles 10(1) and 13).

use actix_web::{get, post, web};
use gongjian_governance::body::BodyId;
use gongjian_governance::decision::action::{EXECUTION_KEEP, EXECUTION_REPORT, EXECUTION_VERIFY};
use gongjian_governance::decision::book::{ItemFilter, ItemId, commands, queries};
use gongjian_governance::decision::{self, DecisionId};
use gongjian_kernel::{Permission, Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::book_input::{
    ExecutionCreate, ExecutionExtension, ExecutionQuery, ExecutionReason, ExecutionReport, ExecutionVerification,
};
use super::book_view::{ExecutionItemView, ExecutionReportView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_execution_items)
        .service(assign_execution_item)
        .service(get_execution_item)
        .service(report_execution)
        .service(finish_execution)
        .service(verify_execution)
        .service(return_execution)
        .service(extend_execution)
        .service(cancel_execution)
        .service(get_execution_report);
}

#[utoipa::path(
    operation_id = "listExecutionItems",
    tag = tag::DECISIONS,
    summary = "执行台账 / List the execution book",
    description = "决议的执行事项，期限早的在前；单位和个人见由其执行的 / What decisions ask for, the oldest deadline first; units and persons see what they carry out.",
    params(Paging, ExecutionQuery),
    responses((status = 200, body = PageOf<ExecutionItemView>, description = "一页 / One page")),
)]
#[get("/v1/execution-items")]
pub(crate) async fn list_execution_items(caller: Caller, query: Filter<ExecutionQuery>) -> Answer {
    let filter = ItemFilter::from(&query.by);
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(caller.store()).await?;
    Ok(query.reply(&PageOf::of(page, |found| ExecutionItemView::of(actor, found, &names)))?)
}

#[utoipa::path(
    operation_id = "assignExecutionItem",
    tag = tag::DECISIONS,
    summary = "交办执行事项 / Assign an item of the execution book",
    description = "第十三条第二项：已印发的决议由谁执行、何时办结；期限按工作日历计算 / Article 13(2): who carries out what of an issued decision, until when; deadlines follow the working calendar.",
    params(("decision_id" = Uuid, Path, description = "决议标识 / Id of the decision", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001")),
    request_body = ExecutionCreate,
    responses((status = 201, body = ExecutionItemView, description = "已交办 / Assigned")),
)]
#[post("/v1/decisions/{decision_id}/execution-items")]
pub(crate) async fn assign_execution_item(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<ExecutionCreate>,
) -> Answer {
    let id = DecisionId(path.into_inner());
    let allowed =
        async { decision::queries::check(caller.store(), &caller.act.actor, id, &EXECUTION_KEEP).await.map(drop) };
    caller
        .command(body, allowed, async |work, new| {
            commands::may_assign(work, id).await?;
            let made = commands::assign(work, id, new.clone().parse()?).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/execution-items/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getExecutionItem",
    tag = tag::DECISIONS,
    summary = "查看执行事项 / Read an item of the execution book",
    description = "执行事项与历次报告；亮灯与超期由日期得出 / The item and what was reported; light and lateness follow from the day.",
    params(("execution_item_id" = Uuid, Path, description = "执行事项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401")),
    responses((status = 200, body = ExecutionItemView, description = "执行事项 / The item")),
)]
#[get("/v1/execution-items/{execution_item_id}")]
pub(crate) async fn get_execution_item(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, ItemId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    let version = found.item.version;
    Ok(Reply::ok(&ExecutionItemView::of(&caller.act.actor, found, &names))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "reportExecution",
    tag = tag::DECISIONS,
    summary = "报告执行进展 / Report progress",
    description = "第十条第一项：由责任单位、责任人或任该职务的人员报告，可附佐证 / Article 10(1): by the unit, the person or the holder of the office that carries it out, with what proves it.",
    params(("execution_item_id" = Uuid, Path, description = "执行事项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401"), IfMatch),
    request_body = ExecutionReport,
    responses((status = 200, body = ExecutionItemView, description = "报告后的执行事项 / The item as it is now")),
)]
#[post("/v1/execution-items/{execution_item_id}/report")]
pub(crate) async fn report_execution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExecutionReport>,
) -> Answer {
    let id = ItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXECUTION_REPORT), async |work, target, given| {
            commands::report(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "finishExecution",
    tag = tag::DECISIONS,
    summary = "报告办结 / Report an item done",
    description = "由执行者报告办结，待秘书处核验 / Whoever carries it out says that it is done; the secretariat verifies it.",
    params(("execution_item_id" = Uuid, Path, description = "执行事项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401"), IfMatch),
    request_body = ExecutionReport,
    responses((status = 200, body = ExecutionItemView, description = "报办结的执行事项 / The item as it is now")),
)]
#[post("/v1/execution-items/{execution_item_id}/finish")]
pub(crate) async fn finish_execution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExecutionReport>,
) -> Answer {
    let id = ItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXECUTION_REPORT), async |work, target, given| {
            commands::finish(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "verifyExecution",
    tag = tag::DECISIONS,
    summary = "核验执行结果 / Verify an item",
    description = "秘书处核验；由单位执行的记入其履职记录 / The secretariat has seen that it is done; where a unit did it, it enters the unit's passbook.",
    params(("execution_item_id" = Uuid, Path, description = "执行事项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401"), IfMatch),
    request_body = ExecutionVerification,
    responses((status = 200, body = ExecutionItemView, description = "核验后的执行事项 / The item as it is now")),
)]
#[post("/v1/execution-items/{execution_item_id}/verify")]
pub(crate) async fn verify_execution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExecutionVerification>,
) -> Answer {
    let id = ItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXECUTION_VERIFY), async |work, target, given| {
            commands::verify(work, target, given.note.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "returnExecution",
    tag = tag::DECISIONS,
    summary = "退回续办 / Return an item",
    description = "秘书处认为尚未办结，说明理由退回 / The secretariat finds that it is not done and says why.",
    params(("execution_item_id" = Uuid, Path, description = "执行事项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401"), IfMatch),
    request_body = ExecutionReason,
    responses((status = 200, body = ExecutionItemView, description = "退回的执行事项 / The item as it is now")),
)]
#[post("/v1/execution-items/{execution_item_id}/return")]
pub(crate) async fn return_execution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExecutionReason>,
) -> Answer {
    let id = ItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXECUTION_VERIFY), async |work, target, given| {
            commands::send_back(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "extendExecution",
    tag = tag::DECISIONS,
    summary = "延长执行期限 / Extend a deadline",
    description = "说明理由延长期限，历次期限均留存 / More time for a reason; every deadline stays on record.",
    params(("execution_item_id" = Uuid, Path, description = "执行事项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401"), IfMatch),
    request_body = ExecutionExtension,
    responses((status = 200, body = ExecutionItemView, description = "延期后的执行事项 / The item as it is now")),
)]
#[post("/v1/execution-items/{execution_item_id}/extend")]
pub(crate) async fn extend_execution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExecutionExtension>,
) -> Answer {
    let id = ItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXECUTION_KEEP), async |work, target, given| {
            commands::may_extend(work, id).await?;
            commands::extend(work, target, given.deadline()?, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "cancelExecution",
    tag = tag::DECISIONS,
    summary = "取消执行事项 / Cancel an item",
    description = "不再执行，如决议已撤销 / Nobody need do it any more, as where its decision was revoked.",
    params(("execution_item_id" = Uuid, Path, description = "执行事项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401"), IfMatch),
    request_body = ExecutionReason,
    responses((status = 200, body = ExecutionItemView, description = "取消后的执行事项 / The item as it is now")),
)]
#[post("/v1/execution-items/{execution_item_id}/cancel")]
pub(crate) async fn cancel_execution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExecutionReason>,
) -> Answer {
    let id = ItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXECUTION_KEEP), async |work, target, given| {
            commands::cancel(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "getExecutionReport",
    tag = tag::DECISIONS,
    summary = "决议执行情况报告 / Report on the execution of decisions",
    description = "下次会议第一项议程：该机构决议的执行情况，未了事项及计数 / What the body's next meeting hears first: how its decisions were carried out.",
    params(("body_id" = Uuid, Path, description = "机构标识 / Id of the body", example = "01980000-0000-7000-8000-000000000013")),
    responses((status = 200, body = ExecutionReportView, description = "执行情况 / The report")),
)]
#[get("/v1/bodies/{body_id}/execution-report")]
pub(crate) async fn get_execution_report(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let actor = &caller.act.actor;
    let found = queries::report_for(caller.store(), actor, BodyId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    Ok(Reply::ok(&ExecutionReportView::of(actor, found, &names))?)
}

async fn may(caller: &Caller, id: ItemId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The item as it is after a command.
async fn after(work: &Work<'_>, id: ItemId) -> Result<Reply> {
    let found = queries::seen_in(work, id).await?;
    let names = all_names_within(work).await?;
    let version = found.item.version;
    Ok(Reply::ok(&ExecutionItemView::of(work.actor(), found, &names))?.etag_of_view(version))
}
