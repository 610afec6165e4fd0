//! Annual plans, work reports, internal rules (Articles 11 and 13): drafting and reading.

mod comment_view;
mod comments;
mod deciding;
mod figures;
mod input;
mod view;

use actix_web::{get, patch, post, web};
use gongjian_governance::plan::action::{INSTRUMENT_DRAFT, INSTRUMENT_READ};
use gongjian_governance::plan::{
    Figure, Instrument, InstrumentFilter, InstrumentId, InstrumentKind, InstrumentOnFile, commands, queries,
};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{InstrumentCreate, InstrumentQuery, InstrumentUpdate};
use self::view::InstrumentView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_instruments)
        .service(draft_instrument)
        .service(get_instrument)
        .service(update_instrument)
        .configure(deciding::configure)
        .configure(comments::configure)
        .configure(figures::configure);
}

#[utoipa::path(
    operation_id = "listInstruments",
    tag = tag::CHARTER,
    summary = "年度计划、工作报告与制度列表 / List plans, reports and rules",
    description = "最近起草的在前；会员可见已通过和已公布的，会长、副会长和理事另可见提交审议的，草稿限秘书处 / The latest first; members see what is adopted or published, the president, vice-presidents and council members also what is in deliberation, the secretariat drafts too.",
    params(Paging, InstrumentQuery),
    responses((status = 200, body = PageOf<InstrumentView>, description = "一页 / One page")),
)]
#[get("/v1/instruments")]
pub(crate) async fn list_instruments(caller: Caller, query: Filter<InstrumentQuery>) -> Answer {
    let filter = InstrumentFilter::from(&query.by);
    let (actor, today) = (&caller.act.actor, caller.store().today());
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, |found: Instrument| InstrumentView::summary(actor, &found, today)))?)
}

#[utoipa::path(
    operation_id = "draftInstrument",
    tag = tag::CHARTER,
    summary = "起草年度计划、工作报告或制度 / Draft a plan, a report or a rule",
    description = "第十三条：由秘书处起草。每年一个计划、一份报告；修订现行计划或制度的，写明 amends_id / Article 13: the secretariat drafts. A year has one plan and one report; `amends_id` names the plan or rule in force that is to be replaced.",
    request_body = InstrumentCreate,
    responses((status = 201, body = InstrumentView, description = "已起草 / Drafted")),
)]
#[post("/v1/instruments")]
pub(crate) async fn draft_instrument(caller: Caller, body: Body<InstrumentCreate>) -> Answer {
    let allowed = async { caller.authorize(&INSTRUMENT_DRAFT, &Association) };
    let reply = caller
        .command(body, allowed, async |work, new| {
            let made = commands::draft(work, new.clone().into()).await?;
            let location = format!("/v1/instruments/{}", made.id);
            Ok(after(work, made, None).await?.created(location))
        })
        .await?;
    Ok(reply)
}

#[utoipa::path(
    operation_id = "getInstrument",
    tag = tag::CHARTER,
    summary = "查看年度计划、工作报告或制度 / Read a plan, a report or a rule",
    description = "工作报告起草时列实时数据，提交后为提交时的数据，各附出处 / A report shows live figures while it is a draft and those of its submission afterwards, each with where it is read.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01")),
    responses((status = 200, body = InstrumentView, description = "文稿 / The instrument")),
)]
#[get("/v1/instruments/{instrument_id}")]
pub(crate) async fn get_instrument(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let actor = &caller.act.actor;
    let found = queries::get(caller.store(), actor, InstrumentId(path.into_inner())).await?;
    let figures = match found.instrument.frozen_figures()? {
        Some(frozen) => frozen,
        None => live_figures(&caller, &found.instrument).await?,
    };
    let InstrumentOnFile { instrument, items } = found;
    let summary = InstrumentView::summary(actor, &instrument, caller.store().today());
    let view = summary.whole(&instrument, items, figures, &*all_names(caller.store()).await?);
    Ok(Reply::ok(&view)?.etag_of_view(instrument.version))
}

#[utoipa::path(
    operation_id = "updateInstrument",
    tag = tag::CHARTER,
    summary = "修改草稿 / Change a draft",
    description = "变更所给的成员，其余不变；工作项目整体替换；提交审议后不可修改 / Changes the members given and leaves the others; items are replaced as a whole; what is submitted does not change.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body(content = InstrumentUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = InstrumentView, description = "修改后的草稿 / The draft as it is now")),
)]
#[patch("/v1/instruments/{instrument_id}")]
pub(crate) async fn update_instrument(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<InstrumentUpdate>,
) -> Answer {
    let id = InstrumentId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &INSTRUMENT_DRAFT), async |work, target, given| {
            let instrument = commands::edit(work, target, given.clone().into()).await?;
            after(work, instrument, None).await
        })
        .await
}

async fn may(caller: &Caller, id: InstrumentId, wanted: &Permission) -> Result<()> {
    let found = queries::require(caller.store().db.reader(), id).await?;
    authorize(&caller.act.actor, wanted, &INSTRUMENT_READ, &found)
}

/// The figures of a report as they are now; none of what is no report.
async fn live_figures(caller: &Caller, instrument: &Instrument) -> Result<Vec<Figure>> {
    match (instrument.kind, instrument.year) {
        (InstrumentKind::WorkReport, Some(year)) => figures::live(caller.store(), &caller.act.actor, year).await,
        (InstrumentKind::WorkReport | InstrumentKind::AnnualPlan | InstrumentKind::InternalRule, _) => Ok(Vec::new()),
    }
}

/// The instrument as it is after a command. Live figures are those that were read before it.
async fn after(work: &Work<'_>, instrument: Instrument, live: Option<&[Figure]>) -> Result<Reply> {
    let InstrumentOnFile { instrument, items } = queries::on_file(work.tx(), instrument).await?;
    let frozen = instrument.frozen_figures()?;
    let figures = frozen.unwrap_or_else(|| live.map(<[Figure]>::to_vec).unwrap_or_default());
    let summary = InstrumentView::summary(work.actor(), &instrument, work.today());
    let view = summary.whole(&instrument, items, figures, &*all_names_within(work).await?);
    Ok(Reply::ok(&view)?.etag_of_view(instrument.version))
}
