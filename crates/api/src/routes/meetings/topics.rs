//! The call for topics.

use actix_web::{get, post, web};
use gongjian_governance::meeting::action::{CONVENE, PROPOSE_TOPIC, READ_PAPERS};
use gongjian_governance::meeting::commands::{NewItem, NewTopic};
use gongjian_governance::meeting::{MeetingId, Topic, TopicId, commands, queries};
use gongjian_kernel::{Result, Text};
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::input::AgendaItemCreate;
use super::may;
use super::view::TopicView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_topics)
        .service(propose_topic)
        .service(get_topic)
        .service(accept_topic)
        .service(decline_topic)
        .service(withdraw_topic);
}

/// 议题 / A topic to be proposed.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct TopicCreate {
    /// 单位；只代表一方的可省略 / The unit; may be absent for one who acts for a single voice.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 名称 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("建议研究青年人才公寓配租办法"))]
    title: Text<2, 200>,
    /// 说明 / Detail.
    #[schema(value_type = String, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("新引进人才住房困难，建议统筹配租。"))]
    detail: Text<2, 2000>,
}

/// 不列入议程 / A topic is declined.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct TopicRefusal {
    /// 理由，提出方可见 / Why; the proposer sees it.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已列入意见台账办理。"))]
    reason: Text<2, 500>,
}

fn reply(topic: Topic) -> Result<Reply> {
    let version = topic.version;
    Ok(Reply::ok(&TopicView::of(topic))?.etag(version))
}

#[utoipa::path(
    operation_id = "listTopics",
    tag = tag::MEETINGS,
    summary = "议题列表 / List topics",
    description = "为会议提出的议题及处理结果 / The topics proposed for a meeting, and what became of them.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), Paging),
    responses((status = 200, body = PageOf<TopicView>, description = "一页 / One page")),
)]
#[get("/v1/meetings/{meeting_id}/topics")]
pub(crate) async fn list_topics(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (id, page) = (MeetingId(path.into_inner()), &query.page);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let topics = queries::topics(store, actor, id, page.limit, page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(topics, TopicView::of))?)
}

#[utoipa::path(
    operation_id = "proposeTopic",
    tag = tag::MEETINGS,
    summary = "提出议题 / Propose a topic",
    description = "第十三条：会员提出的重要问题；征集截止前由机构成员的固定代表或联络人提出，逾期不受理 / Article 13: important questions of members, by whoever acts for a voice of the body, before the cut-off; late ones are refused.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    request_body = TopicCreate,
    responses((status = 201, body = TopicView, description = "已提出 / Proposed")),
)]
#[post("/v1/meetings/{meeting_id}/topics")]
pub(crate) async fn propose_topic(caller: Caller, path: web::Path<Uuid>, body: Body<TopicCreate>) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .command(body, may(&caller, &PROPOSE_TOPIC, id), async |work, new| {
            let TopicCreate { unit_id, title, detail } = new.clone();
            let new = NewTopic { unit: unit_id.map(UnitId), title, detail };
            let topic = commands::propose_topic(work, id, new).await?;
            let path = format!("/v1/topics/{}", topic.id);
            Ok(reply(topic)?.created(path))
        })
        .await
}

#[utoipa::path(
    operation_id = "getTopic",
    tag = tag::MEETINGS,
    summary = "查看议题 / Read a topic",
    description = "议题及处理结果 / The topic, and what became of it.",
    params(("topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1305")),
    responses((status = 200, body = TopicView, description = "议题 / The topic")),
)]
#[get("/v1/topics/{topic_id}")]
pub(crate) async fn get_topic(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = TopicId(path.into_inner());
    Ok(reply(queries::topic(caller.store(), &caller.act.actor, &READ_PAPERS, id).await?)?)
}

#[utoipa::path(
    operation_id = "acceptTopic",
    tag = tag::MEETINGS,
    summary = "议题列入议程 / Take a topic on the agenda",
    description = "第十三条：秘书处将议题列为议程项 / Article 13: the secretariat makes it an item of the agenda.",
    params(("topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1305"), IfMatch),
    request_body = AgendaItemCreate,
    responses((status = 200, body = TopicView, description = "已列入议程 / On the agenda")),
)]
#[post("/v1/topics/{topic_id}/accept")]
pub(crate) async fn accept_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<AgendaItemCreate>,
) -> Answer {
    let id = TopicId(path.into_inner());
    let allowed = queries::may_part(caller.store(), &caller.act.actor, &CONVENE, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, item| {
            reply(commands::accept_topic(work, target, NewItem::from(item.clone())).await?)
        })
        .await
}

#[utoipa::path(
    operation_id = "declineTopic",
    tag = tag::MEETINGS,
    summary = "议题不列入议程 / Decline a topic",
    description = "说明理由，提出方可见 / With a reason that the proposer sees.",
    params(("topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1305"), IfMatch),
    request_body = TopicRefusal,
    responses((status = 200, body = TopicView, description = "未列入 / Declined")),
)]
#[post("/v1/topics/{topic_id}/decline")]
pub(crate) async fn decline_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<TopicRefusal>,
) -> Answer {
    let id = TopicId(path.into_inner());
    let allowed = queries::may_part(caller.store(), &caller.act.actor, &CONVENE, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, given| {
            reply(commands::decline_topic(work, target, given.reason.clone()).await?)
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawTopic",
    tag = tag::MEETINGS,
    summary = "撤回议题 / Withdraw a topic",
    description = "提出方在处理前撤回 / By whoever proposed it, before it is decided on.",
    params(("topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1305"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = TopicView, description = "已撤回 / Withdrawn")),
)]
#[post("/v1/topics/{topic_id}/withdraw")]
pub(crate) async fn withdraw_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = TopicId(path.into_inner());
    let allowed = queries::may_part(caller.store(), &caller.act.actor, &PROPOSE_TOPIC, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, _| {
            reply(commands::withdraw_topic(work, target).await?)
        })
        .await
}
