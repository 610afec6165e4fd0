//! The expert advisory committee (Article 15).

mod enquiries;
mod enquiries_input;
mod enquiries_view;
mod handling;
mod input;
mod view;

use actix_web::{get, patch, post, web};
use gongjian_governance::expert::action::{EXPERT_DECLARE, EXPERT_FILE, EXPERT_READ, Profile};
use gongjian_governance::expert::fault::EXPERT_NOT_FOUND;
use gongjian_governance::expert::{ExpertFilter, ExpertId, commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Refusal, Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{ExpertCreate, ExpertQuery, ExpertUpdate, TieInput};
use self::view::ExpertView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::persons::Whom;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_experts)
        .service(appoint_expert)
        .service(get_expert)
        .service(update_expert)
        .service(declare_tie)
        .configure(enquiries::configure)
        .configure(handling::configure);
}

#[utoipa::path(
    operation_id = "listExperts",
    tag = tag::EXPERTS,
    summary = "专家列表 / List experts",
    description = "第十五条：党建专家咨询委员会的专家，先入库的在前 / Article 15: the experts of the advisory committee in the order in which they were filed.",
    params(Paging, ExpertQuery),
    responses((status = 200, body = PageOf<ExpertView>, description = "一页 / One page")),
)]
#[get("/v1/experts")]
pub(crate) async fn list_experts(caller: Caller, query: Filter<ExpertQuery>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let filter = ExpertFilter::from(&query.by);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| ExpertView::of(actor, found, &names)))?)
}

#[utoipa::path(
    operation_id = "appointExpert",
    tag = tag::EXPERTS,
    summary = "聘任专家 / Appoint an expert",
    description = "第十五条：理事会聘任，秘书处登记专家信息和聘期；专家是个人，不是单位。续聘、解聘按职务办理 / Article 15: the council appoints, the secretariat files profile and term. Experts are persons, no units. Further terms and their ends are those of the office.",
    request_body = ExpertCreate,
    responses((status = 201, body = ExpertView, description = "已聘任 / Appointed")),
)]
#[post("/v1/experts")]
pub(crate) async fn appoint_expert(caller: Caller, body: Body<ExpertCreate>) -> Answer {
    let allowed = async { caller.authorize(&EXPERT_FILE, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            work.authorize(&EXPERT_FILE, &EXPERT_FILE, &Association)?;
            let person = Whom::of(new.person_id, new.person.as_ref())?.on_file(work).await?;
            let made = commands::appoint(work, caller.identity(), new.clone().of(person)).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/experts/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getExpert",
    tag = tag::EXPERTS,
    summary = "查看专家 / Read an expert",
    description = "专长、任职单位、聘期；电话隐去中段，部队专家只显示姓名和专长 / Fields, employer, term; phones are masked, and of a military unit's expert others see name and fields alone.",
    params(("expert_id" = Uuid, Path, description = "专家标识 / Id of the expert", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731")),
    responses((status = 200, body = ExpertView, description = "专家 / The expert")),
)]
#[get("/v1/experts/{expert_id}")]
pub(crate) async fn get_expert(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, ExpertId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    let version = found.expert.version;
    Ok(Reply::ok(&ExpertView::of(&caller.act.actor, found, &names))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateExpert",
    tag = tag::EXPERTS,
    summary = "修改专家信息 / Edit a profile",
    description = "变更所给的成员，其余不变 / Changes the members given and leaves the others.",
    params(("expert_id" = Uuid, Path, description = "专家标识 / Id of the expert", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"), IfMatch),
    request_body(content = ExpertUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ExpertView, description = "修改后的专家信息 / The expert as he is now")),
)]
#[patch("/v1/experts/{expert_id}")]
pub(crate) async fn update_expert(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExpertUpdate>,
) -> Answer {
    let id = ExpertId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXPERT_FILE), async |work, target, edit| {
            commands::edit(work, target, edit.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declareTie",
    tag = tag::EXPERTS,
    summary = "登记须回避的单位 / Declare a tie to a unit",
    description = "第十五条：专家本人或秘书处登记曾任职或有利害关系的单位；登记后不撤销，对该单位的咨询回避 / Article 15: the expert himself or the secretariat names a former employer or an interest; it stays, and he does not answer that unit.",
    params(("expert_id" = Uuid, Path, description = "专家标识 / Id of the expert", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"), IfMatch),
    request_body = TieInput,
    responses((status = 200, body = ExpertView, description = "登记后的专家信息 / The expert as he is now")),
)]
#[post("/v1/experts/{expert_id}/declare")]
pub(crate) async fn declare_tie(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<TieInput>,
) -> Answer {
    let id = ExpertId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &EXPERT_DECLARE), async |work, target, given| {
            commands::declare(work, target, UnitId(given.unit_id), given.tie).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: ExpertId, wanted: &Permission) -> Result<()> {
    let actor = &caller.act.actor;
    let found = queries::get(caller.store(), actor, id).await?;
    authorize(actor, wanted, &EXPERT_READ, &Profile { expert: &found.expert, reader: actor.person })
}

/// The expert as he is after a command.
async fn after(work: &Work<'_>, id: ExpertId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.today()).await?;
    let found = found.ok_or_else(|| Refusal::of(&EXPERT_NOT_FOUND))?;
    let names = all_names_within(work).await?;
    let version = found.expert.version;
    Ok(Reply::ok(&ExpertView::of(work.actor(), found, &names))?.etag_of_view(version))
}
