//! Minutes: drafted, corrected, approved.

use actix_web::{get, post, put, web};
use gongjian_governance::decision::DecisionId;
use gongjian_governance::meeting::action::{CORRECT_MINUTES, WRITE_MINUTES};
use gongjian_governance::meeting::commands::{Answer as CorrectionAnswer, Approval, Draft};
use gongjian_governance::meeting::{AgendaItemId, Correction, CorrectionId, MeetingId, commands, queries};
use gongjian_kernel::{Result, Text};
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::view::{CorrectionView, MeetingView, MinutesView};
use super::{after, may};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, NoFields};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_minutes)
        .service(draft_minutes)
        .service(submit_minutes)
        .service(correct_minutes)
        .service(answer_correction)
        .service(approve_minutes);
}

/// 会议纪要草稿 / A draft of minutes.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct MinutesDraft {
    /// 概述 / What they say as a whole.
    #[schema(value_type = String, min_length = 2, max_length = 20000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("会议由会长主持，听取并审议了理事会工作报告。"))]
    summary: Text<2, 20000>,
    /// 各议程的记录；整体替换 / What they say of each item; replaced as a whole.
    #[schema(max_items = 200)]
    items: Vec<MinutesItemDraft>,
}

/// 一项议程的记录 / What the minutes say of an item.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct MinutesItemDraft {
    /// 议程项 / The item.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    agenda_item_id: Uuid,
    /// 记录 / What was said and decided.
    #[schema(value_type = String, min_length = 1, max_length = 20000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("会议审议通过理事会工作报告。"))]
    content: Text<1, 20000>,
}

/// 更正意见 / A correction.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct CorrectionCreate {
    /// 单位；只代表一方的可省略 / The unit; may be absent for one who acts for a single voice.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 所涉议程；概述的不填 / The item; absent for the summary.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    agenda_item_id: Option<Uuid>,
    /// 意见 / What is wrong.
    #[schema(value_type = String, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("发言单位应为云栖材料科学研究院。"))]
    content: Text<2, 2000>,
}

/// 对更正意见的答复 / The answer to a correction.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct CorrectionReply {
    /// 更正后的全文；不采纳的不填 / The whole text as it is then; absent where it stays.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 20000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("云栖材料科学研究院发言。"))]
    text: Option<Text<1, 20000>>,
    /// 说明 / Why.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已按意见更正。"))]
    reason: Text<2, 500>,
}

/// 审定 / By what the minutes are approved: one of the two.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct MinutesApproval {
    /// 其后会议上审定该纪要的议程项，会议须在进行中 / The item of a later meeting that has them on its agenda; it is open now.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1309"))]
    agenda_item_id: Option<Uuid>,
    /// 本机构的决定 / The body's decision.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1501"))]
    decision_id: Option<Uuid>,
}

fn reply(correction: Correction) -> Result<Reply> {
    let version = correction.version;
    Ok(Reply::ok(&CorrectionView::of(correction))?.etag(version))
}

#[utoipa::path(
    operation_id = "getMinutes",
    tag = tag::MEETINGS,
    summary = "查看会议纪要 / Read the minutes",
    description = "第九条第二项：提交后与会方可见，会员大会和理事会的纪要审定后全体会员可见 / Article 9(2): those who take part read them when submitted; approved minutes of the general meeting and of the council are open to all members.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    responses((status = 200, body = MinutesView, description = "会议纪要 / The minutes"), (status = 409, description = "尚无可查看的纪要 / There are none to be read yet")),
)]
#[get("/v1/meetings/{meeting_id}/minutes")]
pub(crate) async fn get_minutes(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::minutes(caller.store(), &caller.act.actor, MeetingId(path.into_inner())).await?;
    let version = found.found.meeting.version;
    Ok(Reply::ok(&MinutesView::of(found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "draftMinutes",
    tag = tag::MEETINGS,
    summary = "起草会议纪要 / Draft the minutes",
    description = "闭会后起草，提交前可重写 / After the close; written anew until submitted.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = MinutesDraft,
    responses((status = 200, body = MeetingView, description = "起草后的会议 / The meeting as it is now")),
)]
#[put("/v1/meetings/{meeting_id}/minutes")]
pub(crate) async fn draft_minutes(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<MinutesDraft>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &WRITE_MINUTES, id), async |work, target, draft| {
            let MinutesDraft { summary, items } = draft.clone();
            let items = items.into_iter().map(|item| (AgendaItemId(item.agenda_item_id), item.content)).collect();
            commands::draft(work, target, Draft { summary, items }).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "submitMinutes",
    tag = tag::MEETINGS,
    summary = "提交会议纪要 / Submit the minutes",
    description = "提交后与会方可提出更正 / Those who were there may correct them from then on.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = MeetingView, description = "已提交 / Submitted")),
)]
#[post("/v1/meetings/{meeting_id}/submit-minutes")]
pub(crate) async fn submit_minutes(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &WRITE_MINUTES, id), async |work, target, _| {
            commands::submit(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "correctMinutes",
    tag = tag::MEETINGS,
    summary = "提出纪要更正 / Propose a correction",
    description = "审定前由机构成员提出，意见和答复均留存 / Before approval, by whoever acts for a voice; correction and answer stay on record.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    request_body = CorrectionCreate,
    responses((status = 201, body = CorrectionView, description = "已提出 / Proposed")),
)]
#[post("/v1/meetings/{meeting_id}/minutes-corrections")]
pub(crate) async fn correct_minutes(caller: Caller, path: web::Path<Uuid>, body: Body<CorrectionCreate>) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .command(body, may(&caller, &CORRECT_MINUTES, id), async |work, new| {
            let CorrectionCreate { unit_id, agenda_item_id, content } = new.clone();
            let item = agenda_item_id.map(AgendaItemId);
            let correction = commands::correct(work, id, unit_id.map(UnitId), item, content).await?;
            Ok(reply(correction)?.created(format!("/v1/meetings/{id}/minutes")))
        })
        .await
}

#[utoipa::path(
    operation_id = "answerCorrection",
    tag = tag::MEETINGS,
    summary = "答复纪要更正 / Answer a correction",
    description = "采纳的填写更正后的全文，不采纳的说明理由；更正前后的文本均留存 / Adopted with the whole text as it is then, or declined with a reason; both texts stay on record.",
    params(("correction_id" = Uuid, Path, description = "更正意见标识 / Id of the correction", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1308"), IfMatch),
    request_body = CorrectionReply,
    responses((status = 200, body = CorrectionView, description = "已答复 / Answered")),
)]
#[post("/v1/minutes-corrections/{correction_id}/answer")]
pub(crate) async fn answer_correction(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CorrectionReply>,
) -> Answer {
    let id = CorrectionId(path.into_inner());
    let allowed = queries::may_part(caller.store(), &caller.act.actor, &WRITE_MINUTES, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, given| {
            let CorrectionReply { text, reason } = given.clone();
            reply(commands::answer_correction(work, target, CorrectionAnswer { text, reason }).await?)
        })
        .await
}

#[utoipa::path(
    operation_id = "approveMinutes",
    tag = tag::MEETINGS,
    summary = "审定会议纪要 / Approve the minutes",
    description = "第十一条：由本机构其后的会议在进行中审定，或引用本机构的决定；审定后不再修改 / Article 11: by the body when it meets again, while that meeting is open, or by its decision; never changed afterwards.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = MinutesApproval,
    responses((status = 200, body = MeetingView, description = "已审定 / Approved")),
)]
#[post("/v1/meetings/{meeting_id}/approve-minutes")]
pub(crate) async fn approve_minutes(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<MinutesApproval>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &WRITE_MINUTES, id), async |work, target, by| {
            let MinutesApproval { agenda_item_id, decision_id } = by.clone();
            let by = Approval { item: agenda_item_id.map(AgendaItemId), decision: decision_id.map(DecisionId) };
            commands::approve(work, target, by).await?;
            after(work, id).await
        })
        .await
}
