//! Scheduling, holding, minuting and following a conference (Articles 19, 22).

use actix_web::{post, web};
use gongjian_ledger::conference::action::CONFERENCE_KEEP;
use gongjian_ledger::conference::{ConferenceId, conduct};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{ConferenceHeld, ConferenceMinutes, ConferenceSchedule};
use super::view::ConferenceView;
use super::{after, may};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, NoFields};
use crate::problem::Answer;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(schedule_conference)
        .service(hold_conference)
        .service(minute_conference)
        .service(track_conference)
        .service(close_conference)
        .service(withdraw_conference);
}

#[utoipa::path(
    operation_id = "scheduleConference",
    tag = tag::CONFERENCES,
    summary = "安排会议 / Schedule a conference",
    description = "联席会须经批准方可安排；可改期 / A joint conference once it is approved; it may be put off.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = ConferenceSchedule,
    responses((status = 200, body = ConferenceView, description = "已安排 / Scheduled")),
)]
#[post("/v1/conferences/{conference_id}/schedule")]
pub(crate) async fn schedule_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ConferenceSchedule>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_KEEP), async |work, target, given| {
            conduct::schedule(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "holdConference",
    tag = tag::CONFERENCES,
    summary = "登记会议召开 / Enter that a conference was held",
    description = "登记召开日期和到会的受邀单位 / The day, and who of the invited was there.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = ConferenceHeld,
    responses((status = 200, body = ConferenceView, description = "已召开 / Held")),
)]
#[post("/v1/conferences/{conference_id}/hold")]
pub(crate) async fn hold_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ConferenceHeld>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_KEEP), async |work, target, given| {
            conduct::hold(work, target, given.attended(), given.held_on).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "minuteConference",
    tag = tag::CONFERENCES,
    summary = "形成会议纪要 / Minute a conference",
    description = "对议程上的事项作出结论，议定措施写明责任单位和期限；下达前可重写 / Conclusions on the issues, and measures with an owner and a day; until they are out they may be written again.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = ConferenceMinutes,
    responses((status = 200, body = ConferenceView, description = "已形成纪要 / Minuted")),
)]
#[post("/v1/conferences/{conference_id}/minute")]
pub(crate) async fn minute_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ConferenceMinutes>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_KEEP), async |work, target, given| {
            conduct::minute(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "trackConference",
    tag = tag::CONFERENCES,
    summary = "下达并跟踪 / Track what was agreed on",
    description = "各事项带着结论恢复办理，编号和计时不变；对应措施办结前不得销号 / The issues come home with their conclusions under number and clock; none is cancelled before its measures are done.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ConferenceView, description = "跟踪落实 / Tracking")),
)]
#[post("/v1/conferences/{conference_id}/track")]
pub(crate) async fn track_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_KEEP), async |work, target, _| {
            conduct::track(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "closeConference",
    tag = tag::CONFERENCES,
    summary = "办结会议 / Close a conference",
    description = "全部措施办结后 / When all measures are done.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ConferenceView, description = "已办结 / Closed")),
)]
#[post("/v1/conferences/{conference_id}/close")]
pub(crate) async fn close_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_KEEP), async |work, target, _| {
            conduct::close(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawConference",
    tag = tag::CONFERENCES,
    summary = "取消会议 / Withdraw a conference",
    description = "召开前说明理由取消；议程上的事项恢复办理 / Until it meets, with a reason; the issues on its agenda go on without it.",
    params(("conference_id" = Uuid, Path, description = "会议标识 / Id of the conference", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ConferenceView, description = "已取消 / Withdrawn")),
)]
#[post("/v1/conferences/{conference_id}/withdraw")]
pub(crate) async fn withdraw_conference(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ConferenceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONFERENCE_KEEP), async |work, target, given| {
            conduct::withdraw(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}
