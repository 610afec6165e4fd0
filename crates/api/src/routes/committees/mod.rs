//! Professional committees (Articles 9(3), 15, 17, 20).

mod applications;
mod exchange;
mod members;
mod services;
mod topics;
mod view;

use actix_web::{get, post, web};
use gongjian_committees::committee::action::{COMMITTEE_CHANGE, COMMITTEE_LINK, COMMITTEE_MECHANISM};
use gongjian_committees::committee::{commands, mechanism, queries};
use gongjian_governance::body::BodyId;
use gongjian_kernel::{Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub(super) use self::view::CommitteeView;
use self::view::{
    CommitteeDissolution, CommitteeMerger, CommitteeQuery, CommitteeRenaming, ExpertSecretariat, MechanismCreate,
};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::posts::moment::moment;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_committees)
        .service(get_committee)
        .service(rename_committee)
        .service(merge_committee)
        .service(dissolve_committee)
        .service(set_expert_secretariat)
        .service(set_mechanism)
        .configure(members::configure)
        .configure(applications::configure)
        .configure(topics::configure)
        .configure(exchange::configure)
        .configure(services::configure);
}

#[utoipa::path(
    operation_id = "listCommittees",
    tag = tag::COMMITTEES,
    summary = "专委会列表 / List committees",
    description = "第十七条：某日的专业研究委员会，含牵头单位、两名主任、缺任情况、运行机制、成员数 / Article 17: the committees of a day with lead unit, both directors, what is missing, mechanism and number of members.",
    params(Paging, CommitteeQuery),
    responses((status = 200, body = PageOf<CommitteeView>, description = "一页 / One page")),
)]
#[get("/v1/committees")]
pub(crate) async fn list_committees(caller: Caller, query: Filter<CommitteeQuery>) -> Answer {
    let day = moment(caller.store(), query.by.as_of, None).day;
    let (limit, cursor) = (query.page.limit, query.page.cursor.as_deref());
    let page = queries::list(caller.store(), &caller.act.actor, day, limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, CommitteeView::from))?)
}

#[utoipa::path(
    operation_id = "getCommittee",
    tag = tag::COMMITTEES,
    summary = "查看专委会 / Read a committee",
    description = "某日的专委会：名称、牵头单位、主任、状态、机制及其沿革 / The committee of a day: name, lead unit, directors, state, mechanism and their history.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702"), CommitteeQuery),
    responses((status = 200, body = CommitteeView, description = "专委会 / The committee")),
)]
#[get("/v1/committees/{committee_id}")]
pub(crate) async fn get_committee(caller: Caller, path: web::Path<Uuid>, query: Query<CommitteeQuery>) -> Answer {
    let day = moment(caller.store(), query.0.as_of, None).day;
    let found = queries::get(caller.store(), &caller.act.actor, BodyId(path.into_inner()), day).await?;
    let version = found.body.version;
    Ok(Reply::ok(&CommitteeView::from(found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "renameCommittee",
    tag = tag::COMMITTEES,
    summary = "专委会更名 / Rename a committee",
    description = "第十七条：依据理事会已生效的专委会设置决议；原名称保留 / Article 17: by an effective decision of the council on the set of committees; the former name stays on file.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702"), IfMatch),
    request_body = CommitteeRenaming,
    responses((status = 200, body = CommitteeView, description = "更名后 / The committee as it is now")),
)]
#[post("/v1/committees/{committee_id}/rename")]
pub(crate) async fn rename_committee(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CommitteeRenaming>,
) -> Answer {
    let id = BodyId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_CHANGE), async |work, target, given| {
            commands::rename(work, target, given.name.clone(), given.decision_id.map(Into::into)).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "mergeCommittee",
    tag = tag::COMMITTEES,
    summary = "专委会合并 / Merge a committee into another",
    description = "第十七条：依据理事会已生效的专委会设置决议；成员转入承接的专委会，不重复，职务当日终止 / Article 17: by an effective decision of the council; members go over to the other committee, none twice, and offices end that day.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001706"), IfMatch),
    request_body = CommitteeMerger,
    responses((status = 200, body = CommitteeView, description = "合并后 / The committee as it is now")),
)]
#[post("/v1/committees/{committee_id}/merge")]
pub(crate) async fn merge_committee(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CommitteeMerger>,
) -> Answer {
    let id = BodyId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_CHANGE), async |work, target, given| {
            let (into, decision) = (given.into_id.into(), given.decision_id.map(Into::into));
            commands::merge(work, caller.identity(), target, into, decision).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "dissolveCommittee",
    tag = tag::COMMITTEES,
    summary = "撤销专委会 / Dissolve a committee",
    description = "第十七条：依据理事会已生效的专委会设置决议；职务、成员资格当日终止，沿革可查 / Article 17: by an effective decision of the council; offices and memberships end that day, its past stays to be read.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001706"), IfMatch),
    request_body = CommitteeDissolution,
    responses((status = 200, body = CommitteeView, description = "撤销后 / The committee as it is now")),
)]
#[post("/v1/committees/{committee_id}/dissolve")]
pub(crate) async fn dissolve_committee(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CommitteeDissolution>,
) -> Answer {
    let id = BodyId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_CHANGE), async |work, target, given| {
            commands::dissolve(work, caller.identity(), target, given.decision_id.map(Into::into)).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "setExpertSecretariat",
    tag = tag::COMMITTEES,
    summary = "设定专家咨询委员会秘书机构 / Set the secretariat of experts",
    description = "第十五条：至多一个专委会（通常为党建专家专委会）；设定后原设定自动取消 / Article 15: one committee at most, as a rule the one of party-building experts; the former one ceases to be it.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001707"), IfMatch),
    request_body = ExpertSecretariat,
    responses((status = 200, body = CommitteeView, description = "设定后 / The committee as it is now")),
)]
#[post("/v1/committees/{committee_id}/expert-secretariat")]
pub(crate) async fn set_expert_secretariat(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExpertSecretariat>,
) -> Answer {
    let id = BodyId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_LINK), async |work, target, given| {
            commands::serve_experts(work, target, given.serves).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "setCommitteeMechanism",
    tag = tag::COMMITTEES,
    summary = "确定运行机制 / Set how a committee works",
    description = "第十七条：嵌入既有机制或新建机制，依据两名主任已协商一致的双签，一次双签只用一次 / Article 17: embedded in an existing mechanism or new, by a consent that both directors have signed; a consent serves once.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702")),
    request_body = MechanismCreate,
    responses((status = 201, body = CommitteeView, description = "已确定 / The committee as it is now")),
)]
#[post("/v1/committees/{committee_id}/mechanisms")]
pub(crate) async fn set_mechanism(caller: Caller, path: web::Path<Uuid>, body: Body<MechanismCreate>) -> Answer {
    let id = BodyId(path.into_inner());
    caller
        .command(body, may(&caller, id, &COMMITTEE_MECHANISM), async |work, new| {
            mechanism::set(work, id, new.clone().into()).await?;
            Ok(after(work, id).await?.created(format!("/v1/committees/{id}")))
        })
        .await
}

async fn may(caller: &Caller, id: BodyId, wanted: &Permission) -> Result<()> {
    queries::may(caller.store(), &caller.act.actor, id, wanted, None).await
}

/// The committee as it is after a command.
async fn after(work: &Work<'_>, id: BodyId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.today()).await?;
    let version = found.body.version;
    Ok(Reply::ok(&CommitteeView::from(found))?.etag_of_view(version))
}
