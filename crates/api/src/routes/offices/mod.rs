//! The offices of the charter (Articles 12–18, 25).

mod input;
mod view;

use actix_web::{get, post, web};
use gongjian_governance::office::action::{OFFICE_FILE, OFFICE_GRANT, OFFICE_READ};
use gongjian_governance::office::{
    OfficeFilter, OfficeKind, TenureId, TenureInQuestion, commands, filings, queries, succession,
};
use gongjian_governance::post::Moment;
use gongjian_identity::PersonId;
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{ChangeFiling, OfficeCorrect, OfficeEnd, OfficeGrant, OfficeMoment, OfficeQuery, TaskQuery};
use self::view::{HeldOfficeView, OfficeFilingView, OfficeKindView, OfficeKinds, SuccessionView, Successions};
pub(crate) use self::view::{HolderRef, Named};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::posts::moment::moment;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_office_kinds)
        .service(list_office_filings)
        .service(list_office_successions)
        .service(list_offices)
        .service(grant_office)
        .service(get_office)
        .service(end_office)
        .service(correct_office)
        .service(file_office_change);
}

#[utoipa::path(
    operation_id = "listOfficeKinds",
    tag = tag::OFFICES,
    summary = "职务类别 / Kinds of office",
    description = "第十二至十八、二十五条：十七类职务的所属、席位、产生方式与任期 / Articles 12–18 and 25: the seventeen kinds of office, their bodies, seats, terms, and how they are filled.",
    responses((status = 200, body = OfficeKinds, description = "全部类别 / All kinds")),
)]
#[get("/v1/office-kinds")]
pub(crate) async fn list_office_kinds(caller: Caller) -> Answer {
    if !caller.act.actor.has_some(&OFFICE_READ) {
        caller.authorize(&OFFICE_READ, &Association)?;
    }
    Ok(Reply::ok(&OfficeKinds { kinds: OfficeKind::ALL.iter().copied().map(OfficeKindView::from).collect() })?)
}

#[utoipa::path(
    operation_id = "listOffices",
    tag = tag::OFFICES,
    summary = "职务列表 / List offices",
    description = "职务及某日的任职人，可按当时所知查询；随公职的职务由公职任职人推定 / Offices with their holders on a day, also as it was known at an instant; who holds an office that rests on a post follows from the post.",
    params(Paging, OfficeQuery),
    responses((status = 200, body = PageOf<HeldOfficeView>, description = "一页 / One page")),
)]
#[get("/v1/offices")]
pub(crate) async fn list_offices(caller: Caller, query: Filter<OfficeQuery>) -> Answer {
    let filter = OfficeFilter::from(&query.by);
    let at = moment(caller.store(), query.by.as_of, query.by.known_at);
    let cursor = query.page.cursor.as_deref();
    let page = queries::list(caller.store(), &caller.act.actor, &filter, at, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, HeldOfficeView::from))?)
}

#[utoipa::path(
    operation_id = "grantOffice",
    tag = tag::OFFICES,
    summary = "登记职务的产生 / Fill an office",
    description = "第十二至十八条：随公职担任、指定、协商或选举、推荐、聘任；理事单位和协商或选举产生的年度执行副会长须有理事会决定，或本系统启用前的决定文件 / Articles 12–18: ex officio, designated, consulted or elected, recommended, appointed; council units and consulted or elected vice-presidents rest on a decision of the council, or on the document of one from before.",
    request_body = OfficeGrant,
    responses((status = 201, body = HeldOfficeView, description = "已登记 / Filled")),
)]
#[post("/v1/offices")]
pub(crate) async fn grant_office(caller: Caller, body: Body<OfficeGrant>) -> Answer {
    let allowed = async {
        if caller.act.actor.has_some(&OFFICE_GRANT) { Ok(()) } else { caller.authorize(&OFFICE_GRANT, &Association) }
    };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::grant(work, caller.identity(), new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/offices/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getOffice",
    tag = tag::OFFICES,
    summary = "查看职务 / Read an office",
    description = "职务、依据及某日的任职人 / The office, what it rests on, and who holds it on a day.",
    params(("office_id" = Uuid, Path, description = "职务标识 / Id of the office", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"), OfficeMoment),
    responses((status = 200, body = HeldOfficeView, description = "职务 / The office")),
)]
#[get("/v1/offices/{office_id}")]
pub(crate) async fn get_office(caller: Caller, path: web::Path<Uuid>, query: Query<OfficeMoment>) -> Answer {
    let at = moment(caller.store(), query.0.as_of, query.0.known_at);
    let found = queries::get(caller.store(), &caller.act.actor, TenureId(path.into_inner()), at).await?;
    let version = found.tenure.version;
    Ok(Reply::ok(&HeldOfficeView::from(found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "endOffice",
    tag = tag::OFFICES,
    summary = "登记职务终止 / End an office",
    description = "自该日起不再担任，权限随之终止 / From that day it is not held, and permits nothing.",
    params(("office_id" = Uuid, Path, description = "职务标识 / Id of the office", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"), IfMatch),
    request_body = OfficeEnd,
    responses((status = 200, body = HeldOfficeView, description = "终止后的职务 / The office as it is now")),
)]
#[post("/v1/offices/{office_id}/end")]
pub(crate) async fn end_office(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<OfficeEnd>,
) -> Answer {
    let id = TenureId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &OFFICE_GRANT), async |work, target, end| {
            commands::end(work, caller.identity(), target, end.until, end.basis.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "correctOffice",
    tag = tag::OFFICES,
    summary = "更正职务记录 / Correct the record of an office",
    description = "更正起止日期或撤销误登；原记录不删除，仍可按当时所知查询 / Other days, or none at all; what was recorded stays and can be read as it was known then.",
    params(("office_id" = Uuid, Path, description = "职务标识 / Id of the office", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"), IfMatch),
    request_body = OfficeCorrect,
    responses((status = 200, body = HeldOfficeView, description = "更正后的职务；撤销的为原记录 / The office as it is now; where it was annulled, as it was")),
)]
#[post("/v1/offices/{office_id}/correct")]
pub(crate) async fn correct_office(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<OfficeCorrect>,
) -> Answer {
    let id = TenureId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &OFFICE_GRANT), async |work, target, given| {
            let before = queries::find(work.tx(), id, Moment::on(work.today())).await;
            match commands::correct(work, caller.identity(), target, given.clone().into()).await? {
                Some(_) => after(work, id).await,
                None => {
                    let before = before?;
                    let version = before.tenure.version;
                    Ok(Reply::ok(&HeldOfficeView::from(before))?.etag_of_view(version))
                }
            }
        })
        .await
}

#[utoipa::path(
    operation_id = "listOfficeFilings",
    tag = tag::OFFICES,
    summary = "职务变更备案事项 / Changes of office to be filed",
    description = "第二十五条“及时报秘书处备案”、第十七条报理事会备案：职务变更与其备案期限、逾期、回执 / Articles 25 and 17: changes of office with their deadlines, lateness and receipts.",
    params(Paging, TaskQuery),
    responses((status = 200, body = PageOf<OfficeFilingView>, description = "一页 / One page")),
)]
#[get("/v1/office-filings")]
pub(crate) async fn list_office_filings(caller: Caller, query: Filter<TaskQuery>) -> Answer {
    let cursor = query.page.cursor.as_deref();
    let page = filings::list(caller.store(), &caller.act.actor, query.by.state, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, OfficeFilingView::from))?)
}

#[utoipa::path(
    operation_id = "fileOfficeChange",
    tag = tag::OFFICES,
    summary = "职务变更备案 / File a change of office",
    description = "第二十五条：更替自公职变更之日已生效，备案取得回执；专委会主任报理事会备案（第十七条）/ Article 25: the change is in effect already; the filing gives a receipt. Directors of committees are filed with the council (Article 17).",
    params(("office_id" = Uuid, Path, description = "职务标识 / Id of the office", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"), IfMatch),
    request_body = ChangeFiling,
    responses((status = 200, body = OfficeFilingView, description = "已备案 / Filed")),
)]
#[post("/v1/offices/{office_id}/file")]
pub(crate) async fn file_office_change(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ChangeFiling>,
) -> Answer {
    let id = TenureId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &OFFICE_FILE), async |work, target, given| {
            let task = filings::file(work, target, given.person_id.map(PersonId)).await?;
            let version = task.filing.as_ref().map_or(1, |filing| filing.version);
            Ok(Reply::ok(&OfficeFilingView::from(task))?.etag_of_view(version))
        })
        .await
}

#[utoipa::path(
    operation_id = "listOfficeSuccessions",
    tag = tag::OFFICES,
    summary = "待产生的继任者 / Annual terms that end",
    description = "第十二条：年度执行副会长任期将满或已满而未产生继任者的 / Article 12: annual vice-presidents whose terms end soon or have ended, without a successor.",
    responses((status = 200, body = Successions, description = "待产生的继任者 / The terms")),
)]
#[get("/v1/office-successions")]
pub(crate) async fn list_office_successions(caller: Caller) -> Answer {
    let due = succession::due(caller.store(), &caller.act.actor).await?;
    Ok(Reply::ok(&Successions { successions: due.into_iter().map(SuccessionView::from).collect() })?)
}

async fn may(caller: &Caller, id: TenureId, wanted: &Permission) -> Result<()> {
    let today = caller.store().today();
    let found = queries::get(caller.store(), &caller.act.actor, id, Moment::on(today)).await?;
    authorize(&caller.act.actor, wanted, &OFFICE_READ, &TenureInQuestion::from(&found.tenure))
}

/// The office as it is after a command.
async fn after(work: &Work<'_>, id: TenureId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, Moment::on(work.today())).await?;
    let version = found.tenure.version;
    Ok(Reply::ok(&HeldOfficeView::from(found))?.etag_of_view(version))
}
