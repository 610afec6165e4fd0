//! What a committee brings before the council (Article 20).

mod view;

use actix_web::{get, post, web};
use gongjian_committees::committee::action::{COMMITTEE_TOPIC_FOLLOW, COMMITTEE_TOPIC_PROPOSE, COMMITTEE_TOPIC_READ};
use gongjian_committees::committee::queries as committees;
use gongjian_committees::committee::topic::{CommitteeTopicFilter, CommitteeTopicId, commands, queries};
use gongjian_governance::body::BodyId;
use gongjian_kernel::{Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::view::{
    CommitteeTopicCreate, CommitteeTopicDecision, CommitteeTopicPlace, CommitteeTopicQuery, CommitteeTopicReason,
    CommitteeTopicView,
};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_committee_topics)
        .service(propose_committee_topic)
        .service(get_committee_topic)
        .service(place_committee_topic)
        .service(decide_committee_topic)
        .service(decline_committee_topic)
        .service(withdraw_committee_topic);
}

#[utoipa::path(
    operation_id = "listCommitteeTopics",
    tag = tag::COMMITTEES,
    summary = "专委会提请理事会的议题 / List committees' topics for the council",
    description = "最近的在前；主任、牵头单位见本专委会的，理事见全部 / The latest first; directors and lead units see those of their committee, members of the council all.",
    params(Paging, CommitteeTopicQuery),
    responses((status = 200, body = PageOf<CommitteeTopicView>, description = "一页 / One page")),
)]
#[get("/v1/committee-topics")]
pub(crate) async fn list_committee_topics(caller: Caller, query: Filter<CommitteeTopicQuery>) -> Answer {
    let filter = CommitteeTopicFilter::from(&query.by);
    let (actor, cursor) = (&caller.act.actor, query.page.cursor.as_deref());
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |found| CommitteeTopicView::of(actor, found)))?)
}

#[utoipa::path(
    operation_id = "proposeCommitteeTopic",
    tag = tag::COMMITTEES,
    summary = "提请理事会议题 / Propose a topic to the council",
    description = "第二十条：由专委会主任提出 / Article 20: by a director of the committee.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702")),
    request_body = CommitteeTopicCreate,
    responses((status = 201, body = CommitteeTopicView, description = "已提出 / Proposed")),
)]
#[post("/v1/committees/{committee_id}/topics")]
pub(crate) async fn propose_committee_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<CommitteeTopicCreate>,
) -> Answer {
    let id = BodyId(path.into_inner());
    let allowed = committees::may(caller.store(), &caller.act.actor, id, &COMMITTEE_TOPIC_PROPOSE, None);
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::propose(work, id, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/committee-topics/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getCommitteeTopic",
    tag = tag::COMMITTEES,
    summary = "查看专委会议题 / Read a committee's topic",
    description = "议题及其去向：列入的会议、决定或不采纳的理由 / The topic and what became of it: the meeting, the decision, or why not.",
    params(("committee_topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731")),
    responses((status = 200, body = CommitteeTopicView, description = "议题 / The topic")),
)]
#[get("/v1/committee-topics/{committee_topic_id}")]
pub(crate) async fn get_committee_topic(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = CommitteeTopicId(path.into_inner());
    let found = queries::check(caller.store(), &caller.act.actor, id, &COMMITTEE_TOPIC_READ).await?;
    let version = found.topic.version;
    Ok(Reply::ok(&CommitteeTopicView::of(&caller.act.actor, found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "placeCommitteeTopic",
    tag = tag::COMMITTEES,
    summary = "列入理事会议程 / Place a topic on the council's agenda",
    description = "秘书处指明理事会会议的议程；改期的可重新列入 / The secretariat names the item of a meeting of the council; put off, it is placed again.",
    params(("committee_topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"), IfMatch),
    request_body = CommitteeTopicPlace,
    responses((status = 200, body = CommitteeTopicView, description = "列入后 / The topic as it is now")),
)]
#[post("/v1/committee-topics/{committee_topic_id}/place")]
pub(crate) async fn place_committee_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CommitteeTopicPlace>,
) -> Answer {
    let id = CommitteeTopicId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_TOPIC_FOLLOW), async |work, target, given| {
            commands::place(work, target, given.agenda_item_id.into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "decideCommitteeTopic",
    tag = tag::COMMITTEES,
    summary = "登记理事会的决定 / Enter the council's decision on a topic",
    description = "秘书处指明理事会已生效的决议 / The secretariat names an effective decision of the council.",
    params(("committee_topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"), IfMatch),
    request_body = CommitteeTopicDecision,
    responses((status = 200, body = CommitteeTopicView, description = "登记后 / The topic as it is now")),
)]
#[post("/v1/committee-topics/{committee_topic_id}/decide")]
pub(crate) async fn decide_committee_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CommitteeTopicDecision>,
) -> Answer {
    let id = CommitteeTopicId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_TOPIC_FOLLOW), async |work, target, given| {
            commands::decide(work, target, given.decision_id.into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineCommitteeTopic",
    tag = tag::COMMITTEES,
    summary = "不采纳议题 / Do not take a topic",
    description = "秘书处说明理由 / The secretariat says why.",
    params(("committee_topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"), IfMatch),
    request_body = CommitteeTopicReason,
    responses((status = 200, body = CommitteeTopicView, description = "不采纳后 / The topic as it is now")),
)]
#[post("/v1/committee-topics/{committee_topic_id}/decline")]
pub(crate) async fn decline_committee_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CommitteeTopicReason>,
) -> Answer {
    let id = CommitteeTopicId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_TOPIC_FOLLOW), async |work, target, given| {
            commands::decline(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawCommitteeTopic",
    tag = tag::COMMITTEES,
    summary = "撤回议题 / Take a topic back",
    description = "由主任在列入议程前撤回 / By a director, until it is on an agenda.",
    params(("committee_topic_id" = Uuid, Path, description = "议题标识 / Id of the topic", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = CommitteeTopicView, description = "撤回后 / The topic as it is now")),
)]
#[post("/v1/committee-topics/{committee_topic_id}/withdraw")]
pub(crate) async fn withdraw_committee_topic(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = CommitteeTopicId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_TOPIC_PROPOSE), async |work, target, _| {
            commands::withdraw(work, target).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: CommitteeTopicId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The topic as it is after a command.
async fn after(work: &Work<'_>, id: CommitteeTopicId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.today()).await?;
    let version = found.topic.version;
    Ok(Reply::ok(&CommitteeTopicView::of(work.actor(), found))?.etag_of_view(version))
}
