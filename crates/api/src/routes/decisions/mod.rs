//! Decisions and the execution book (Articles 11 and 13).

mod book;
mod book_input;
mod book_view;
mod input;
mod view;

use actix_web::{get, patch, post, web};
use gongjian_governance::decision::action::{DECISION_DRAFT, DECISION_ISSUE};
use gongjian_governance::decision::{DecisionFilter, DecisionId, commands, issue, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Actor, Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{DecisionCreate, DecisionQuery, DecisionUpdate, DecisionWithdrawal};
use self::view::{DecisionSummary, DecisionView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(in crate::routes) use view::DecidingBody;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_decisions)
        .service(adopt_decision)
        .service(get_decision)
        .service(update_decision)
        .service(issue_decision)
        .service(withdraw_decision)
        .configure(book::configure);
}

#[utoipa::path(
    operation_id = "listDecisions",
    tag = tag::DECISIONS,
    summary = "决议列表 / List decisions",
    description = "第九条第二项：会员可查阅会员大会和理事会已印发的决议，分会、专业研究委员会成员可查阅本机构的；最近录入的在前 / Article 9(2): members read what the general meeting and the council have issued, those of a branch or a committee what it has; the latest first.",
    params(Paging, DecisionQuery),
    responses((status = 200, body = PageOf<DecisionSummary>, description = "一页 / One page")),
)]
#[get("/v1/decisions")]
pub(crate) async fn list_decisions(caller: Caller, query: Filter<DecisionQuery>) -> Answer {
    let filter = DecisionFilter::from(&query.by);
    let (actor, today) = (&caller.act.actor, caller.store().today());
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, |found| DecisionSummary::of(actor, found, today)))?)
}

#[utoipa::path(
    operation_id = "adoptDecision",
    tag = tag::DECISIONS,
    summary = "录入决议 / Put a decision on file as adopted",
    description = "第十一、十三条：机构已通过的决议，须有已结束且通过的表决、协商或双签，每次只形成一项决议；系统启用前或书面通过的，由秘书处依文件录入。录入不等于生效 / Articles 11 and 13: what a body has decided, with a vote, consultation or consent that has ended and was carried, each for one decision; what was decided on paper is entered by the secretariat. It is not effective because it was typed.",
    request_body = DecisionCreate,
    responses((status = 201, body = DecisionView, description = "已录入 / On file")),
)]
#[post("/v1/decisions")]
pub(crate) async fn adopt_decision(caller: Caller, body: Body<DecisionCreate>) -> Answer {
    let allowed = async { may_draft(&caller.act.actor) };
    caller
        .command(body, allowed, async |work, new| {
            may_draft(work.actor())?;
            let made = commands::adopt(work, new.clone().parse()?).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/decisions/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getDecision",
    tag = tag::DECISIONS,
    summary = "查看决议 / Read a decision",
    description = "决议全文、依据的结果及计算过程、取代与被取代、据以办理的事项 / The text, the result behind it and how it was counted, what it ends and what ends it, what was done on the strength of it.",
    params(("decision_id" = Uuid, Path, description = "决议标识 / Id of the decision", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001")),
    responses((status = 200, body = DecisionView, description = "决议 / The decision")),
)]
#[get("/v1/decisions/{decision_id}")]
pub(crate) async fn get_decision(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, DecisionId(path.into_inner())).await?;
    let version = found.decision.version;
    let view = DecisionView::of(&caller.act.actor, found, caller.store().today())?;
    Ok(Reply::ok(&view)?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateDecision",
    tag = tag::DECISIONS,
    summary = "更正决议文稿 / Correct a decision",
    description = "印发之前更正标题、正文、生效日期、取代与撤销的决议；印发之后由新决议取代或撤销 / Title, text, day of effect and what it ends, before it is issued; afterwards another decision takes its place or revokes it.",
    params(("decision_id" = Uuid, Path, description = "决议标识 / Id of the decision", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"), IfMatch),
    request_body(content = DecisionUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = DecisionView, description = "更正后的决议 / The decision as it is now")),
)]
#[patch("/v1/decisions/{decision_id}")]
pub(crate) async fn update_decision(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<DecisionUpdate>,
) -> Answer {
    let id = DecisionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may_correct(&caller, id), async |work, target, given| {
            commands::correct(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "issueDecision",
    tag = tag::DECISIONS,
    summary = "编号印发决议 / Issue a decision",
    description = "按机构、年度连续编号，如 理事会〔2026〕3号；自生效日期起生效，同日取代或撤销所列决议 / It takes the next number of its body and year and is effective from its day on; what it supersedes or revokes ends that day.",
    params(("decision_id" = Uuid, Path, description = "决议标识 / Id of the decision", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = DecisionView, description = "已印发的决议 / The decision as it is now")),
)]
#[post("/v1/decisions/{decision_id}/issue")]
pub(crate) async fn issue_decision(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = DecisionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &DECISION_ISSUE), async |work, target, _| {
            issue(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawDecision",
    tag = tag::DECISIONS,
    summary = "撤回误录的决议 / Withdraw a decision entered by mistake",
    description = "仅限印发之前；其表决、协商或双签可另行形成决议 / Before it is issued; the result behind it may serve again.",
    params(("decision_id" = Uuid, Path, description = "决议标识 / Id of the decision", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"), IfMatch),
    request_body = DecisionWithdrawal,
    responses((status = 200, body = DecisionView, description = "撤回后的决议 / The decision as it is now")),
)]
#[post("/v1/decisions/{decision_id}/withdraw")]
pub(crate) async fn withdraw_decision(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<DecisionWithdrawal>,
) -> Answer {
    let id = DecisionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may_correct(&caller, id), async |work, target, given| {
            commands::withdraw(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

/// Nobody who keeps no body's papers puts a decision on file.
fn may_draft(actor: &Actor) -> Result<()> {
    if actor.has_some(&DECISION_DRAFT) {
        return Ok(());
    }
    authorize(actor, &DECISION_DRAFT, &DECISION_DRAFT, &Association)
}

async fn may(caller: &Caller, id: DecisionId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

async fn may_correct(caller: &Caller, id: DecisionId) -> Result<()> {
    let found = queries::get(caller.store(), &caller.act.actor, id).await?;
    may(caller, id, commands::drafting(found.decision.method)).await
}

/// The decision as it is after a command.
async fn after(work: &Work<'_>, id: DecisionId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?;
    let version = found.decision.version;
    Ok(Reply::ok(&DecisionView::of(work.actor(), found, work.today())?)?.etag_of_view(version))
}
