//! Laying an instrument before a body, and recording what the body has decided (Articles 11 and 13).

use actix_web::{post, web};
use gongjian_governance::plan::action::{INSTRUMENT_ADOPT, INSTRUMENT_DRAFT};
use gongjian_governance::plan::{Instrument, InstrumentId, InstrumentKind, commands, queries, rule};
use gongjian_kernel::Result;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{InstrumentDecision, InstrumentReason, InstrumentSubmission};
use super::view::InstrumentView;
use super::{after, live_figures, may};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, NoFields};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(submit_instrument)
        .service(return_instrument)
        .service(discard_instrument)
        .service(adopt_instrument)
        .service(publish_instrument)
        .service(abolish_rule);
}

#[utoipa::path(
    operation_id = "submitInstrument",
    tag = tag::CHARTER,
    summary = "提交审议 / Submit for deliberation",
    description = "此后内容不再改动，工作报告的数据随之固定；会议须为有权决定的机构的会议 / It does not change from now on, and the figures of a report are frozen; the meeting is one of the body that decides.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = InstrumentSubmission,
    responses((status = 200, body = InstrumentView, description = "已提交 / Submitted")),
)]
#[post("/v1/instruments/{instrument_id}/submit")]
pub(crate) async fn submit_instrument(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<InstrumentSubmission>,
) -> Answer {
    let id = InstrumentId(path.into_inner());
    // Read before the transaction opens: who holds a connection waits for no other one.
    may(&caller, id, &INSTRUMENT_DRAFT).await?;
    let figures = figures_of(&caller, id).await?;
    caller
        .act_on(id, if_match, body, async { Ok(()) }, async |work, target, given| {
            let instrument = commands::submit(work, target, given.clone().into(), Some(&figures)).await?;
            after(work, instrument, None).await
        })
        .await
}

async fn figures_of(caller: &Caller, id: InstrumentId) -> Result<Vec<gongjian_governance::plan::Figure>> {
    let found: Instrument = queries::require(caller.store().db.reader(), id).await?;
    if found.kind == InstrumentKind::WorkReport { live_figures(caller, &found).await } else { Ok(Vec::new()) }
}

#[utoipa::path(
    operation_id = "returnInstrument",
    tag = tag::CHARTER,
    summary = "退回修改 / Return for changes",
    description = "会议要求修改的，退回起草；工作报告恢复实时数据 / Where the body wants it otherwise, it is a draft again; a report has live figures again.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = InstrumentReason,
    responses((status = 200, body = InstrumentView, description = "已退回 / Returned")),
)]
#[post("/v1/instruments/{instrument_id}/return")]
pub(crate) async fn return_instrument(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<InstrumentReason>,
) -> Answer {
    let id = InstrumentId(path.into_inner());
    may(&caller, id, &INSTRUMENT_DRAFT).await?;
    let live = figures_of(&caller, id).await?;
    caller
        .act_on(id, if_match, body, async { Ok(()) }, async |work, target, given| {
            let instrument = commands::send_back(work, target, given.reason.clone()).await?;
            after(work, instrument, Some(&live)).await
        })
        .await
}

#[utoipa::path(
    operation_id = "discardInstrument",
    tag = tag::CHARTER,
    summary = "撤销草稿 / Discard a draft",
    description = "不再办理的草稿；记录保留 / Nothing comes of it; the record stays.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = InstrumentReason,
    responses((status = 200, body = InstrumentView, description = "已撤销 / Discarded")),
)]
#[post("/v1/instruments/{instrument_id}/discard")]
pub(crate) async fn discard_instrument(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<InstrumentReason>,
) -> Answer {
    let id = InstrumentId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &INSTRUMENT_DRAFT), async |work, target, given| {
            let instrument = commands::discard(work, target, given.reason.clone()).await?;
            after(work, instrument, None).await
        })
        .await
}

#[utoipa::path(
    operation_id = "adoptInstrument",
    tag = tag::CHARTER,
    summary = "登记通过 / Record that it is adopted",
    description = "第十一条：年度计划、工作报告凭会员大会决议；第十三条第三款第五项：制度凭理事会决议。决议须有效，只用一次；制度通过时编号，所修订的自施行日期起失效 / Article 11: plans and reports by a decision of the general meeting; Article 13: rules by one of the council. The decision is effective and good once; a rule gets its number, and what is amended ends with the first day.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = InstrumentDecision,
    responses((status = 200, body = InstrumentView, description = "已通过 / Adopted")),
)]
#[post("/v1/instruments/{instrument_id}/adopt")]
pub(crate) async fn adopt_instrument(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<InstrumentDecision>,
) -> Answer {
    let id = InstrumentId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &INSTRUMENT_ADOPT), async |work, target, given| {
            let instrument = commands::adopt(work, target, given.clone().into()).await?;
            after(work, instrument, None).await
        })
        .await
}

#[utoipa::path(
    operation_id = "publishInstrument",
    tag = tag::CHARTER,
    summary = "公布 / Publish",
    description = "第九条第二项：向会员公布已通过的计划、报告或制度 / Article 9(2): what was adopted is published to the members.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = InstrumentView, description = "已公布 / Published")),
)]
#[post("/v1/instruments/{instrument_id}/publish")]
pub(crate) async fn publish_instrument(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = InstrumentId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &INSTRUMENT_ADOPT), async |work, target, _| {
            let instrument = commands::publish(work, target).await?;
            after(work, instrument, None).await
        })
        .await
}

#[utoipa::path(
    operation_id = "abolishRule",
    tag = tag::CHARTER,
    summary = "废止制度 / Abolish a rule",
    description = "第十三条第三款第五项：凭理事会的另一决议，自该日起失效 / Article 13: by another decision of the council, from that day on.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = InstrumentDecision,
    responses((status = 200, body = InstrumentView, description = "已废止 / Abolished")),
)]
#[post("/v1/instruments/{instrument_id}/abolish")]
pub(crate) async fn abolish_rule(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<InstrumentDecision>,
) -> Answer {
    let id = InstrumentId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &INSTRUMENT_ADOPT), async |work, target, given| {
            let instrument = rule::abolish(work, target, given.clone().into()).await?;
            after(work, instrument, None).await
        })
        .await
}
