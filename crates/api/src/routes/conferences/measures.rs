//! Measures that conferences have agreed on (Article 22).

use actix_web::{get, post, web};
use gongjian_kernel::{Permission, Result, Work};
use gongjian_ledger::conference::MeasureId;
use gongjian_ledger::conference::action::{MEASURE_KEEP, MEASURE_READ, MEASURE_REPORT};
use gongjian_ledger::conference::measure::{self, MeasureFilter, queries};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{MeasureEvidence, MeasurePostponement, MeasureQuery};
use super::view::MeasureView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_measures)
        .service(get_measure)
        .service(complete_measure)
        .service(send_back_measure)
        .service(postpone_measure)
        .service(drop_measure);
}

#[utoipa::path(
    operation_id = "listMeasures",
    tag = tag::CONFERENCES,
    summary = "议定措施列表 / List agreed measures",
    description = "责任单位看本单位的，与会各方看该会议的，秘书处看全部；最近的在前 / An owner sees its own, who has to do with a conference those of it, the secretariat all; the latest first.",
    params(Paging, MeasureQuery),
    responses((status = 200, body = PageOf<MeasureView>, description = "一页 / One page")),
)]
#[get("/v1/measures")]
pub(crate) async fn list_measures(caller: Caller, query: Filter<MeasureQuery>) -> Answer {
    let filter = MeasureFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let (names, today) = (all_names(store).await?, store.today());
    Ok(query.reply(&PageOf::of(page, |found| MeasureView::of(found, &names, today)))?)
}

#[utoipa::path(
    operation_id = "getMeasure",
    tag = tag::CONFERENCES,
    summary = "查看议定措施 / Read an agreed measure",
    description = "责任单位、期限、佐证 / Owner, day, evidence.",
    params(("measure_id" = Uuid, Path, description = "措施标识 / Id of the measure", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1913")),
    responses((status = 200, body = MeasureView, description = "措施 / The measure")),
)]
#[get("/v1/measures/{measure_id}")]
pub(crate) async fn get_measure(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let store = caller.store();
    let found = queries::check(store, &caller.act.actor, MeasureId(path.into_inner()), &MEASURE_READ).await?;
    let version = found.measure.version;
    Ok(Reply::ok(&MeasureView::of(found, &*all_names(store).await?, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "completeMeasure",
    tag = tag::CONFERENCES,
    summary = "报告措施办结 / Report that a measure is done",
    description = "由责任单位提交佐证 / By its owner, with what shows it.",
    params(("measure_id" = Uuid, Path, description = "措施标识 / Id of the measure", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1913"), IfMatch),
    request_body = MeasureEvidence,
    responses((status = 200, body = MeasureView, description = "办理后 / The measure as it is now")),
)]
#[post("/v1/measures/{measure_id}/complete")]
pub(crate) async fn complete_measure(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<MeasureEvidence>,
) -> Answer {
    let id = MeasureId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &MEASURE_REPORT), async |work, target, given| {
            measure::complete(work, target, given.evidence.clone(), given.done_on).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "sendBackMeasure",
    tag = tag::CONFERENCES,
    summary = "退回措施重办 / Send a measure back",
    description = "佐证不足的退回责任单位 / Where what was shown is not enough.",
    params(("measure_id" = Uuid, Path, description = "措施标识 / Id of the measure", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1913"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = MeasureView, description = "办理后 / The measure as it is now")),
)]
#[post("/v1/measures/{measure_id}/send-back")]
pub(crate) async fn send_back_measure(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = MeasureId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &MEASURE_KEEP), async |work, target, given| {
            measure::send_back(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "postponeMeasure",
    tag = tag::CONFERENCES,
    summary = "措施延期 / Postpone a measure",
    description = "由会议组织者说明理由延期 / By who keeps the conference, with a reason.",
    params(("measure_id" = Uuid, Path, description = "措施标识 / Id of the measure", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1913"), IfMatch),
    request_body = MeasurePostponement,
    responses((status = 200, body = MeasureView, description = "办理后 / The measure as it is now")),
)]
#[post("/v1/measures/{measure_id}/postpone")]
pub(crate) async fn postpone_measure(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<MeasurePostponement>,
) -> Answer {
    let id = MeasureId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &MEASURE_KEEP), async |work, target, given| {
            measure::postpone(work, target, given.due_on, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "dropMeasure",
    tag = tag::CONFERENCES,
    summary = "取消措施 / Drop a measure",
    description = "由会议组织者说明理由取消 / By who keeps the conference, with a reason.",
    params(("measure_id" = Uuid, Path, description = "措施标识 / Id of the measure", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1913"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = MeasureView, description = "办理后 / The measure as it is now")),
)]
#[post("/v1/measures/{measure_id}/drop")]
pub(crate) async fn drop_measure(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = MeasureId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &MEASURE_KEEP), async |work, target, given| {
            measure::drop_measure(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: MeasureId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The measure as it is after a command.
async fn after(work: &Work<'_>, id: MeasureId) -> Result<Reply> {
    let found = queries::find(work.tx(), work.actor(), id, work.today()).await?;
    let version = found.measure.version;
    let names = all_names_within(work).await?;
    Ok(Reply::ok(&MeasureView::of(found, &names, work.today()))?.etag_of_view(version))
}
