//! Meetings of every body (Articles 11, 13, 15, 17, 18).

mod agenda;
mod attendance;
mod input;
mod mandates;
mod minutes;
mod print;
mod topics;
mod view;

use actix_web::{get, patch, post, web};
use gongjian_governance::body::BodyId;
use gongjian_governance::meeting::action::{CONVENE, READ};
use gongjian_governance::meeting::{MeetingId, commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{Cancellation, MeetingCreate, MeetingQuery, MeetingUpdate};
pub(crate) use self::print::PRINTED;
use self::view::{MeetingSummary, MeetingView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_meetings)
        .service(plan_meeting)
        .service(get_meeting)
        .service(update_meeting)
        .service(call_meeting)
        .service(open_meeting)
        .service(close_meeting)
        .service(cancel_meeting)
        .configure(agenda::configure)
        .configure(topics::configure)
        .configure(attendance::configure)
        .configure(mandates::configure)
        .configure(minutes::configure)
        .configure(print::configure);
}

/// Whether the caller may at all, where what he sent is not valid.
async fn may(caller: &Caller, wanted: &Permission, id: MeetingId) -> Result<()> {
    queries::may(caller.store(), &caller.act.actor, wanted, id).await
}

/// The meeting as it is after a command.
async fn after(work: &Work<'_>, id: MeetingId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.now()).await?;
    let version = found.meeting.version;
    Ok(Reply::ok(&MeetingView::of(work.actor(), found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "listMeetings",
    tag = tag::MEETINGS,
    summary = "会议列表 / List meetings",
    description = "第九条第二项：本人可知悉的会议，开会时间晚的在前；会员可见已审定的会员大会和理事会纪要所属会议 / Article 9(2): the meetings that the caller may know of, the latest first; members find those of the general meeting and the council whose minutes are approved.",
    params(Paging, MeetingQuery),
    responses((status = 200, body = PageOf<MeetingSummary>, description = "一页 / One page")),
)]
#[get("/v1/meetings")]
pub(crate) async fn list_meetings(caller: Caller, query: Filter<MeetingQuery>) -> Answer {
    let filter = queries::MeetingFilter::from(&query.by);
    let (actor, cursor) = (&caller.act.actor, query.page.cursor.as_deref());
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, MeetingSummary::of))?)
}

#[utoipa::path(
    operation_id = "planMeeting",
    tag = tag::MEETINGS,
    summary = "筹备会议 / Plan a meeting",
    description = "第十一、十三、十七、十八条：秘书处筹备会员大会和理事会，专委会主任、分会会长及工作人员筹备本机构会议；例会按章程带有议程，曾开过会的机构首项为决议执行情况报告 / The secretariat plans the general meeting and the council, directors their committee's, branches their own. A regular meeting starts with the agenda of the charter; where the body has met before, the execution of its decisions comes first.",
    request_body = MeetingCreate,
    responses((status = 201, body = MeetingView, description = "已列入筹备 / Planned")),
)]
#[post("/v1/meetings")]
pub(crate) async fn plan_meeting(caller: Caller, body: Body<MeetingCreate>) -> Answer {
    let allowed = async {
        if caller.act.actor.has_some(&CONVENE) {
            Ok(())
        } else {
            authorize(&caller.act.actor, &CONVENE, &CONVENE, &Association)
        }
    };
    caller
        .command(body, allowed, async |work, new| {
            let planned = commands::plan(work, new.clone().into()).await?;
            Ok(after(work, planned.id).await?.created(format!("/v1/meetings/{}", planned.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getMeeting",
    tag = tag::MEETINGS,
    summary = "查看会议 / Read a meeting",
    description = "会议、议程、通知是否及时、应到与实到、当前可进行的操作；材料只列给与会方和负责人 / The meeting, its agenda, whether notice was in time, how many have a voice and are there, what the caller may do now; papers are listed to those who take part and to the officers.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    responses((status = 200, body = MeetingView, description = "会议 / The meeting")),
)]
#[get("/v1/meetings/{meeting_id}")]
pub(crate) async fn get_meeting(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let actor = &caller.act.actor;
    let found = queries::get_for(caller.store(), actor, &READ, MeetingId(path.into_inner())).await?;
    let version = found.meeting.version;
    Ok(Reply::ok(&MeetingView::of(actor, found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateMeeting",
    tag = tag::MEETINGS,
    summary = "修改会议安排 / Change a meeting",
    description = "开会前修改名称、时间、地点、主持人、议题征集截止时间；通知后改期的，重新计算通知是否及时 / Title, time, place, chair and the cut-off for topics, until the meeting opens; where the time changes after the call, notice is counted anew.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body(content = MeetingUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = MeetingView, description = "修改后的会议 / The meeting as it is now")),
)]
#[patch("/v1/meetings/{meeting_id}")]
pub(crate) async fn update_meeting(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<MeetingUpdate>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &CONVENE, id), async |work, target, change| {
            commands::edit(work, target, change.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "callMeeting",
    tag = tag::MEETINGS,
    summary = "发出会议通知 / Call a meeting",
    description = "第十一、十三条：按当时的议程和材料发出通知；晚于规定时限的照常发出并显示迟了几个工作日 / Articles 11 and 13: notice with the agenda and papers as they are; notice that comes late is given all the same, and shown as late.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = MeetingView, description = "已通知 / Called")),
)]
#[post("/v1/meetings/{meeting_id}/call")]
pub(crate) async fn call_meeting(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &CONVENE, id), async |work, target, _| {
            commands::call(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "openMeeting",
    tag = tag::MEETINGS,
    summary = "宣布开会 / Open a meeting",
    description = "会前规定时间内方可开会；应到、实到此刻起可随时查询 / Shortly before its time or later; who has a voice and who is there can be asked at any instant.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = MeetingView, description = "已开会 / Open")),
)]
#[post("/v1/meetings/{meeting_id}/open")]
pub(crate) async fn open_meeting(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &CONVENE, id), async |work, target, _| {
            commands::open(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "closeMeeting",
    tag = tag::MEETINGS,
    summary = "宣布闭会 / Close a meeting",
    description = "出席名单及统计自此固定，出席单位记入履职记录（第十条第二项）；有表决未结束时不能闭会 / The list and its figures are fixed, units that were there have a line in their passbook (Article 10(2)); not while a vote is open.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = MeetingView, description = "已闭会 / Closed")),
)]
#[post("/v1/meetings/{meeting_id}/close")]
pub(crate) async fn close_meeting(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &CONVENE, id), async |work, target, _| {
            commands::close(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "cancelMeeting",
    tag = tag::MEETINGS,
    summary = "取消会议 / Cancel a meeting",
    description = "开会前取消并说明理由 / Before it opens, with a reason.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = Cancellation,
    responses((status = 200, body = MeetingView, description = "已取消 / Cancelled")),
)]
#[post("/v1/meetings/{meeting_id}/cancel")]
pub(crate) async fn cancel_meeting(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Cancellation>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &CONVENE, id), async |work, target, given| {
            commands::cancel(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

impl From<MeetingCreate> for commands::NewMeeting {
    fn from(new: MeetingCreate) -> Self {
        let MeetingCreate { body_id, title, kind, year, half, starts_at, place, online_url, chair, topics_close_at } =
            new;
        let body = BodyId(body_id);
        Self { body, title, kind, year, half, starts_at, place, online_url, chair, topics_close_at }
    }
}
