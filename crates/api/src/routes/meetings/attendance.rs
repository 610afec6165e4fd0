//! The notice that is read, the code, who is there.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use gongjian_governance::meeting::action::{TAKE_ATTENDANCE, TAKE_PART};
use gongjian_governance::meeting::commands::NewAttendance;
use gongjian_governance::meeting::{Attendance, AttendanceId, Capacity, MeetingId, commands, queries};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Result, Text, write};
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::view::{AttendanceView, CheckInCodeView, ExcuseView, MeetingView, NoticeReceiptView, RollLineView};
use super::{after, may};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(acknowledge_notice)
        .service(list_receipts)
        .service(get_check_in_code)
        .service(check_in)
        .service(check_out)
        .service(list_attendance)
        .service(enter_attendance)
        .service(end_attendance)
        .service(excuse_from_meeting);
}

/// 所代表的单位 / The unit that one acts for.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct OwnUnit {
    /// 单位；只代表一方的可省略 / The unit; may be absent for one who acts for a single voice.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
}

/// 签到 / A check-in.
#[derive(Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct CheckIn {
    /// 单位；只代表一方的可省略 / The unit; may be absent for one who acts for a single voice.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 会场显示的签到码 / The code that is shown.
    #[schema(min_length = 6, max_length = 6, pattern = "^[0-9]{6}$", examples("482913"))]
    code: String,
}

/// 登记出席 / Somebody is seen.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct AttendanceCreate {
    /// 成员标识，见出席名单 / Key of the voice, as the list tells it.
    #[schema(max_length = 60, pattern = "^[a-z]+:[0-9a-f-]+$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    elector_key: String,
    /// 出席身份 / In which capacity.
    capacity: Capacity,
    /// 出席人；受委托人以委托书为准，可省略 / Who it is; may be absent for a substitute, whom his mandate names.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("李敏"))]
    person_name: Option<Text<1, 50>>,
    /// 到会时间；不填为此刻 / Since when; now where absent.
    #[serde(default)]
    #[schema(examples("2026-12-18T01:00:00Z"))]
    from: Option<DateTime<Utc>>,
}

/// 离席 / Somebody leaves.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Departure {
    /// 离席时间；不填为此刻 / When; now where absent.
    #[serde(default)]
    #[schema(examples("2026-12-18T02:00:00Z"))]
    at: Option<DateTime<Utc>>,
}

/// 请假 / An excuse.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct ExcuseCreate {
    /// 单位；只代表一方的可省略 / The unit; may be absent for one who acts for a single voice.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 理由 / Why.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("参加市里会议。"))]
    reason: Text<2, 500>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RollQuery {
    /// 某一时刻的在会情况；不填为此刻，闭会后为闭会时固定的名单 / As of an instant; now where absent, after the close as it was fixed.
    #[param(example = "2026-12-18T02:00:00Z")]
    at: Option<DateTime<Utc>>,
}

fn reply(attendance: Attendance) -> Result<Reply> {
    let version = attendance.version;
    Ok(Reply::ok(&AttendanceView::of(attendance))?.etag(version))
}

#[utoipa::path(
    operation_id = "acknowledgeNotice",
    tag = tag::MEETINGS,
    summary = "确认阅知通知 / Acknowledge a notice",
    description = "单位的固定代表或联络人、机构成员本人确认已阅知通知；重复确认不变 / Whoever acts for a voice has read the notice; once more changes nothing.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = OwnUnit,
    responses((status = 200, body = MeetingView, description = "已阅知 / Acknowledged")),
)]
#[post("/v1/meetings/{meeting_id}/acknowledge")]
pub(crate) async fn acknowledge_notice(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<OwnUnit>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &TAKE_PART, id), async |work, target, own| {
            commands::acknowledge(work, target, own.unit_id.map(UnitId)).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listMeetingReceipts",
    tag = tag::MEETINGS,
    summary = "通知回执 / Who has read the notice",
    description = "谁、何时已阅知通知 / Who has read it, and when.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), Paging),
    responses((status = 200, body = PageOf<NoticeReceiptView>, description = "一页 / One page")),
)]
#[get("/v1/meetings/{meeting_id}/receipts")]
pub(crate) async fn list_receipts(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (id, page) = (MeetingId(path.into_inner()), &query.page);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let receipts = queries::receipts(store, actor, id, page.limit, page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(receipts, NoticeReceiptView::of))?)
}

#[utoipa::path(
    operation_id = "getCheckInCode",
    tag = tag::MEETINGS,
    summary = "当前签到码 / The code of now",
    description = "供会场显示，定时更换；不存储、不进日志 / For the screen in the hall; it changes by itself, and is neither stored nor logged.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    responses((status = 200, body = CheckInCodeView, description = "签到码 / The code")),
)]
#[get("/v1/meetings/{meeting_id}/check-in-code")]
pub(crate) async fn get_check_in_code(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = MeetingId(path.into_inner());
    let code = commands::check_in_code(caller.store(), &caller.act.actor, id).await?;
    Ok(Reply::ok(&CheckInCodeView::of(code))?.no_store())
}

#[utoipa::path(
    operation_id = "checkIn",
    tag = tag::MEETINGS,
    summary = "签到 / Check in",
    description = "第十条第二项：输入会场显示的签到码；联络人可为单位签到，表决权仍属固定代表；错误次数过多的暂停受理 / Article 10(2): with the code that is shown. The liaison may check the unit in, the vote stays with the representative. After a few wrong codes further ones are refused for a time.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    request_body = CheckIn,
    responses((status = 201, body = AttendanceView, description = "已签到 / Present")),
)]
#[post("/v1/meetings/{meeting_id}/check-ins")]
pub(crate) async fn check_in(caller: Caller, path: web::Path<Uuid>, body: Body<CheckIn>) -> Answer {
    let id = MeetingId(path.into_inner());
    write(caller.store(), &caller.act, async |work| commands::count_attempt(work, id).await).await?;
    caller
        .command(body, may(&caller, &TAKE_PART, id), async |work, given| {
            let attendance = commands::check_in(work, id, given.unit_id.map(UnitId), &given.code).await?;
            Ok(reply(attendance)?.created(format!("/v1/meetings/{id}/attendance")))
        })
        .await
}

#[utoipa::path(
    operation_id = "checkOut",
    tag = tag::MEETINGS,
    summary = "签退 / Check out",
    description = "提前离席，此后不计入在会人数 / Leaving early; from then on one is not counted.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = OwnUnit,
    responses((status = 200, body = AttendanceView, description = "已签退 / Gone")),
)]
#[post("/v1/meetings/{meeting_id}/check-out")]
pub(crate) async fn check_out(caller: Caller, path: web::Path<Uuid>, if_match: IfMatch, body: Body<OwnUnit>) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &TAKE_PART, id), async |work, target, own| {
            reply(commands::check_out(work, target, own.unit_id.map(UnitId)).await?)
        })
        .await
}

#[utoipa::path(
    operation_id = "listAttendance",
    tag = tag::MEETINGS,
    summary = "出席名单 / The attendance list",
    description = "机构全体成员的出席情况及各时段，可查任一时刻 / Every voice of the body, whether it is there and for which times, as of any instant.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), Paging, RollQuery),
    responses((status = 200, body = PageOf<RollLineView>, description = "一页 / One page")),
)]
#[get("/v1/meetings/{meeting_id}/attendance")]
pub(crate) async fn list_attendance(caller: Caller, path: web::Path<Uuid>, query: Filter<RollQuery>) -> Answer {
    let (id, store) = (MeetingId(path.into_inner()), caller.store());
    let (_, mut lines) = queries::roll(store, &caller.act.actor, id, query.by.at).await?;
    let sealed_for = format!("attendance {id} {}", query.text);
    if let Some(cursor) = &query.page.cursor {
        let after: String = page::open(&store.keys, &sealed_for, cursor)?;
        lines.retain(|line| line.elector_key > after);
    }
    let page = Page::cut(lines, query.page.limit, &store.keys, &sealed_for, |line| line.elector_key.clone())?;
    Ok(query.reply(&PageOf::of(page, RollLineView::of))?)
}

#[utoipa::path(
    operation_id = "enterAttendance",
    tag = tag::MEETINGS,
    summary = "登记出席 / Enter attendance",
    description = "会务人员登记到会的成员；受委托人须有有效委托 / By those who keep the list; a substitute has a mandate that stands.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    request_body = AttendanceCreate,
    responses((status = 201, body = AttendanceView, description = "已登记 / On record")),
)]
#[post("/v1/meetings/{meeting_id}/attendance")]
pub(crate) async fn enter_attendance(caller: Caller, path: web::Path<Uuid>, body: Body<AttendanceCreate>) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .command(body, may(&caller, &TAKE_ATTENDANCE, id), async |work, new| {
            let AttendanceCreate { elector_key, capacity, person_name, from } = new.clone();
            let new = NewAttendance { elector_key, capacity, person_name, from };
            let attendance = commands::enter(work, id, new).await?;
            Ok(reply(attendance)?.created(format!("/v1/meetings/{id}/attendance")))
        })
        .await
}

#[utoipa::path(
    operation_id = "endAttendance",
    tag = tag::MEETINGS,
    summary = "登记离席 / Enter that somebody leaves",
    description = "会务人员登记提前离席 / By those who keep the list.",
    params(("attendance_id" = Uuid, Path, description = "出席记录标识 / Id of the attendance", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1306"), IfMatch),
    request_body = Departure,
    responses((status = 200, body = AttendanceView, description = "已离席 / Gone")),
)]
#[post("/v1/attendances/{attendance_id}/end")]
pub(crate) async fn end_attendance(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Departure>,
) -> Answer {
    let id = AttendanceId(path.into_inner());
    let allowed = queries::may_part(caller.store(), &caller.act.actor, &TAKE_ATTENDANCE, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, given| {
            reply(commands::leave(work, target, given.at).await?)
        })
        .await
}

#[utoipa::path(
    operation_id = "excuseFromMeeting",
    tag = tag::MEETINGS,
    summary = "请假 / Be excused",
    description = "说明理由；再次提出的以后一次为准 / With a reason; said again, the last one counts.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    request_body = ExcuseCreate,
    responses((status = 201, body = ExcuseView, description = "已请假 / Excused")),
)]
#[post("/v1/meetings/{meeting_id}/excuses")]
pub(crate) async fn excuse_from_meeting(caller: Caller, path: web::Path<Uuid>, body: Body<ExcuseCreate>) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .command(body, may(&caller, &TAKE_PART, id), async |work, given| {
            let excuse = commands::excuse(work, id, given.unit_id.map(UnitId), given.reason.clone()).await?;
            let reply = Reply::ok(&ExcuseView::of(excuse))?.etag_of_view(1);
            Ok(reply.created(format!("/v1/meetings/{id}/attendance")))
        })
        .await
}
