//! Joint conferences (Article 22) and zone coordination meetings (Article 19), their measures and delegations.

mod conduct;
mod delegations;
mod input;
mod measures;
mod view;

use actix_web::{get, patch, post, web};
use gongjian_committees::zone::ZoneId;
use gongjian_kernel::{Permission, Result, Work};
use gongjian_ledger::conference::action::{CONFERENCE_DECIDE, CONFERENCE_KEEP, CONFERENCE_READ, ZONE_MEETING_CONVENE};
use gongjian_ledger::conference::{ConferenceFilter, ConferenceId, commands, queries};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{ConferenceApproval, ConferenceCreate, ConferenceQuery, ConferenceUpdate, ZoneMeetingCreate};
use self::view::ConferenceView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_conferences)
        .service(request_conference)
        .service(convene_zone_meeting)
        .service(get_conference)
        .service(update_conference)
        .service(approve_conference)
        .service(refuse_conference)
        .configure(conduct::configure)
        .configure(measures::configure)
        .configure(delegations::configure);
}

#[utoipa::path(
    operation_id = "listConferences",
    tag = tag::CONFERENCES,
    summary = "会议列表 / List conferences",
    description = "第十九、二十二条：联席会和地区事务协调会，最近的在前；受邀单位、街道看与己有关的，秘书处看全部 / Articles 19 and 22: joint conferences and zone meetings, the latest first. Units and streets see those that they have to do with, the secretariat all.",
    params(Paging, ConferenceQuery),
    responses((status = 200, body = PageOf<ConferenceView>, description = "一页 / One page")),
)]
#[get("/v1/conferences")]
pub(crate) async fn list_conferences(caller: Caller, query: Filter<ConferenceQuery>) -> Answer {
    let filter = ConferenceFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| ConferenceView::of(found, &names)))?)
}

#[utoipa::path(
    operation_id = "requestConference",
    tag = tag::CONFERENCES,
    summary = "申请召开联席会 / Request a joint conference",
    description = "第二十二条：需多部门多单位共同解决的问题，由分会申请街道级、秘书处申请区级；批准前不得安排。受邀单位限于本级会员和区属职能部门 / Article 22: what takes several departments and units. A branch asks for its street, the secretariat for the district; nothing is scheduled before the approval. Invited are members of the level, and departments.",
    request_body = ConferenceCreate,
    responses((status = 201, body = ConferenceView, description = "已申请 / Requested")),
)]
#[post("/v1/conferences")]
pub(crate) async fn request_conference(caller: Caller, body: Body<ConferenceCreate>) -> Answer {
    let allowed = async { queries::may_request(&caller.act.actor) };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::request(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/conferences/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "conveneZoneMeeting",
    tag = tag::CONFERENCES,
    summary = "召集地区事务协调会 / Convene a zone meeting",
    description = "第十九条：就跨街道、流动性、区域性的问题，由召集单位邀请相关街道和区街两级会员单位，无须批准 / Article 19: on what is cross-street, mobile or regional, the convening unit invites streets of the zone and members of both levels; nobody approves it.",
    params(("zone_id" = Uuid, Path, description = "功能区标识 / Id of the zone", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1901")),
    request_body = ZoneMeetingCreate,
    responses((status = 201, body = ConferenceView, description = "已召集 / Convened")),
)]
#[post("/v1/zones/{zone_id}/meetings")]
pub(crate) async fn convene_zone_meeting(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<ZoneMeetingCreate>,
) -> Answer {
    let zone = ZoneId(path.into_inner());
    let allowed = queries::may_convene(caller.store(), &caller.act.actor, zone, &ZONE_MEETING_CONVENE);
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::convene(work, zone, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/conferences/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getConference",
    tag = tag::CONFERENCES,
    summary = "查看会议 / Read a conference",
    description = "受邀单位、议程上的事项及结论、纪要、措施数 / Who is invited, the issues on the agenda with their conclusions, the minutes, how many measures.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911")),
    responses((status = 200, body = ConferenceView, description = "会议 / The conference")),
)]
#[get("/v1/conferences/{conference_id}")]
pub(crate) async fn get_conference(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let store = caller.store();
    let id = ConferenceId(path.into_inner());
    let found = queries::check(store, &caller.act.actor, id, &CONFERENCE_READ).await?;
    let version = found.conference.version;
    Ok(Reply::ok(&ConferenceView::of(found, &*all_names(store).await?))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateConference",
    tag = tag::CONFERENCES,
    summary = "调整会议安排 / Revise a conference",
    description = "召开前变更所给的成员，其余不变；议程上的事项在批准前可变更 / Changes the members given until it meets, and leaves the others; the issues on the agenda until it is approved.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body(content = ConferenceUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ConferenceView, description = "调整后 / The conference as it is now")),
)]
#[patch("/v1/conferences/{conference_id}")]
pub(crate) async fn update_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ConferenceUpdate>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_KEEP), async |work, target, given| {
            commands::revise(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "approveConference",
    tag = tag::CONFERENCES,
    summary = "批准联席会 / Approve a joint conference",
    description = "第二十二条：经秘书处批准，或由受委托的分会会长批准街道级会议；申请人不得批准本人的申请。批准后给出编号，议程上的事项转入会议研究，编号和计时不变 / Article 22: by the secretariat, or for a street by the branch president to whom it has delegated that; nobody approves what he has requested. It gets its number, and the issues on its agenda go before it under theirs.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = ConferenceApproval,
    responses((status = 200, body = ConferenceView, description = "已批准 / Approved")),
)]
#[post("/v1/conferences/{conference_id}/approve")]
pub(crate) async fn approve_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ConferenceApproval>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_DECIDE), async |work, target, given| {
            commands::approve(work, target, given.extension_workdays).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "refuseConference",
    tag = tag::CONFERENCES,
    summary = "不予批准联席会 / Refuse a joint conference",
    description = "说明理由；议程上的事项不受影响 / With a reason; the issues stay where they are.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ConferenceView, description = "未批准 / Refused")),
)]
#[post("/v1/conferences/{conference_id}/refuse")]
pub(crate) async fn refuse_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_DECIDE), async |work, target, given| {
            commands::refuse(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: ConferenceId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The conference as it is after a command.
async fn after(work: &Work<'_>, id: ConferenceId) -> Result<Reply> {
    let found = queries::find(work.tx(), work.actor(), id, work.today()).await?;
    let version = found.conference.version;
    Ok(Reply::ok(&ConferenceView::of(found, &*all_names_within(work).await?))?.etag_of_view(version))
}
