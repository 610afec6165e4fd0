//! Votes and elections, owned by units (Articles 11 to 13).

mod input;
mod view;
mod voices;
mod voting;

use actix_web::{get, patch, post, web};
use gongjian_governance::ballot::action::BALLOT_CONDUCT;
use gongjian_governance::ballot::{Ballot, BallotId, commands, queries};
use gongjian_kernel::{Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{BallotCreate, BallotQuery, BallotUpdate, Voiding};
use self::view::{BallotSummary, BallotView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_ballots)
        .service(create_ballot)
        .service(get_ballot)
        .service(update_ballot)
        .service(open_ballot)
        .service(close_ballot)
        .service(void_ballot)
        .service(run_off)
        .configure(voting::configure);
}

#[utoipa::path(
    operation_id = "listBallots",
    tag = tag::BALLOTS,
    summary = "表决列表 / List ballots",
    description = "第九条知情权：本人可查看的各机构的表决，最近的在前 / Article 9, the right to know: ballots of the bodies that the caller may read, the latest first.",
    params(Paging, BallotQuery),
    responses((status = 200, body = PageOf<BallotSummary>, description = "一页 / One page")),
)]
#[get("/v1/ballots")]
pub(crate) async fn list_ballots(caller: Caller, query: Filter<BallotQuery>) -> Answer {
    let (filter, page) = ((&query.by).into(), &query.page);
    let page = queries::list(caller.store(), &caller.act.actor, &filter, page.limit, page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, BallotSummary::of))?)
}

#[utoipa::path(
    operation_id = "createBallot",
    tag = tag::BALLOTS,
    summary = "拟定表决 / Draft a ballot",
    description = "第十一、十三条：就会议的一项议题拟定表决或选举；议题的决定事项须属于该机构 / Articles 11 and 13: a motion or an election on an item of a meeting's agenda, which the body may decide.",
    request_body = BallotCreate,
    responses((status = 201, body = BallotView, description = "已拟定 / Drafted")),
)]
#[post("/v1/ballots")]
pub(crate) async fn create_ballot(caller: Caller, body: Body<BallotCreate>) -> Answer {
    let allowed = async { commands::host(&caller.act.actor) };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::create(work, new.clone().try_into()?).await?;
            let location = format!("/v1/ballots/{}", made.id);
            Ok(after(work, &caller, made).await?.created(location))
        })
        .await
}

#[utoipa::path(
    operation_id = "getBallot",
    tag = tag::BALLOTS,
    summary = "查看表决 / Read a ballot",
    description = "规则、名册人数、投票进度；结束后为结果与计算过程 / Rules, size of the roll, how many have voted; once closed, the result with its arithmetic.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01")),
    responses((status = 200, body = BallotView, description = "表决 / The ballot")),
)]
#[get("/v1/ballots/{ballot_id}")]
pub(crate) async fn get_ballot(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (found, seen) = queries::get(caller.store(), &caller.act.actor, BallotId(path.into_inner())).await?;
    let version = found.ballot.version;
    Ok(Reply::ok(&BallotView::of(&caller.act.actor, found, &seen, caller.lang))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateBallot",
    tag = tag::BALLOTS,
    summary = "修改拟定的表决 / Change a draft",
    description = "只能修改尚未开始的表决；候选人整体替换，并登记其同意 / Before it opens; candidates are replaced as a whole, with their consent.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"), IfMatch),
    request_body(content = BallotUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = BallotView, description = "修改后的表决 / The ballot as it is now")),
)]
#[patch("/v1/ballots/{ballot_id}")]
pub(crate) async fn update_ballot(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<BallotUpdate>,
) -> Answer {
    let id = BallotId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BALLOT_CONDUCT), async |work, target, edit| {
            let edited = commands::edit(work, target, edit.clone().try_into()?).await?;
            after(work, &caller, edited).await
        })
        .await
}

#[utoipa::path(
    operation_id = "openBallot",
    tag = tag::BALLOTS,
    summary = "开始表决 / Open a ballot",
    description = "会议进行中、达到法定人数方可开始；名册、实到情况和规则自此固定 / While the meeting is open and there is a quorum; the roll, who is present, and the rules are frozen from here on.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = BallotView, description = "表决中 / The open ballot")),
)]
#[post("/v1/ballots/{ballot_id}/open")]
pub(crate) async fn open_ballot(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = BallotId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BALLOT_CONDUCT), async |work, target, _| {
            let opened = commands::open(work, target).await?;
            after(work, &caller, opened).await
        })
        .await
}

#[utoipa::path(
    operation_id = "closeBallot",
    tag = tag::BALLOTS,
    summary = "结束表决并计票 / Close a ballot and count",
    description = "再次核对法定人数，不足的表决无效；结果附计算过程 / The quorum is asked for again, and without it the ballot is void; the result shows its arithmetic.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = BallotView, description = "已计票 / The counted ballot")),
)]
#[post("/v1/ballots/{ballot_id}/close")]
pub(crate) async fn close_ballot(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = BallotId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BALLOT_CONDUCT), async |work, target, _| {
            let closed = commands::close(work, target).await?;
            after(work, &caller, closed).await
        })
        .await
}

#[utoipa::path(
    operation_id = "voidBallot",
    tag = tag::BALLOTS,
    summary = "作废表决 / Void a ballot",
    description = "计票之前说明理由作废；已投的票不计 / Before it is counted, with the reason; what was cast is counted by nobody.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"), IfMatch),
    request_body = Voiding,
    responses((status = 200, body = BallotView, description = "已作废 / The voided ballot")),
)]
#[post("/v1/ballots/{ballot_id}/void")]
pub(crate) async fn void_ballot(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Voiding>,
) -> Answer {
    let id = BallotId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BALLOT_CONDUCT), async |work, target, given| {
            let voided = commands::void(work, target, given.reason.clone()).await?;
            after(work, &caller, voided).await
        })
        .await
}

#[utoipa::path(
    operation_id = "callRunOff",
    tag = tag::BALLOTS,
    summary = "提请再次投票 / Call a run-off",
    description = "第十二条：选举有名额未选出或得票相等的，就有关候选人拟定下一轮 / Article 12: for seats that are left, a further round among those who tied or come next, as a new draft.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"), IfMatch),
    request_body = NoFields,
    responses((status = 201, body = BallotView, description = "下一轮 / The further round")),
)]
#[post("/v1/ballots/{ballot_id}/run-off")]
pub(crate) async fn run_off(caller: Caller, path: web::Path<Uuid>, if_match: IfMatch, body: Body<NoFields>) -> Answer {
    let id = BallotId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BALLOT_CONDUCT), async |work, target, _| {
            let next = commands::run_off(work, target).await?;
            let location = format!("/v1/ballots/{}", next.id);
            Ok(after(work, &caller, next).await?.created(location))
        })
        .await
}

async fn may(caller: &Caller, id: BallotId, wanted: &Permission) -> Result<()> {
    queries::may(caller.store(), &caller.act.actor, id, wanted).await
}

/// The ballot as it is after a command.
async fn after(work: &Work<'_>, caller: &Caller, ballot: Ballot) -> Result<Reply> {
    let version = ballot.version;
    let (found, seen) = queries::after(work, ballot).await?;
    Ok(Reply::ok(&BallotView::of(work.actor(), found, &seen, caller.lang))?.etag_of_view(version))
}
