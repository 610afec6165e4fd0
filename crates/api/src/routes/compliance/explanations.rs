//! Why something that holds in principle did not happen.

use actix_web::{get, post, web};
use gongjian_governance::compliance::action::{COMPLIANCE_EXPLAIN, COMPLIANCE_READ};
use gongjian_governance::compliance::explanation::{commands, queries};
use gongjian_governance::compliance::fault::OBLIGATION_NOT_FOUND;
use gongjian_governance::compliance::{Explanation, ExplanationId, find};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Refusal, Result};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{ExplanationAmendment, ExplanationCreate, ExplanationQuery};
use super::view::ExplanationView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_explanations).service(explain_duty).service(amend_explanation);
}

#[utoipa::path(
    operation_id = "listExplanations",
    tag = tag::COMPLIANCE,
    summary = "原因说明及其历次表述 / Reasons and their wordings",
    description = "某项义务各期间的原因说明，最近的在前；更正前的表述保留 / The reasons given for an obligation, the latest first; wordings from before an amendment stay.",
    params(("obligation_key" = String, Path, description = "义务 / The obligation", max_length = 60, pattern = "^[a-z_]+$", example = "general_meeting"), Paging, ExplanationQuery),
    responses((status = 200, body = PageOf<ExplanationView>, description = "一页 / One page")),
)]
#[get("/v1/compliance/{obligation_key}/explanations")]
pub(crate) async fn list_explanations(
    caller: Caller,
    path: web::Path<String>,
    query: Filter<ExplanationQuery>,
) -> Answer {
    let (key, period) = (path.into_inner(), query.by.period.as_deref());
    let actor = &caller.act.actor;
    let (limit, cursor) = (query.page.limit, query.page.cursor.as_deref());
    let page = queries::wordings(caller.store(), actor, &key, period, limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, ExplanationView::from))?)
}

#[utoipa::path(
    operation_id = "explainDuty",
    tag = tag::COMPLIANCE,
    summary = "说明未按原则办理的原因 / Say why something did not happen",
    description = "限章程规定为“原则上”的事项，由秘书处说明；该项随即为“已说明”，不是“已履行”。应当办理的事项不能以说明代替（409）/ For what holds in principle, by the secretariat: the duty is then explained, not met. What must be done is not explained away (409).",
    params(("obligation_key" = String, Path, description = "义务 / The obligation", max_length = 60, pattern = "^[a-z_]+$", example = "general_meeting")),
    request_body = ExplanationCreate,
    responses((status = 201, body = ExplanationView, description = "已说明 / On record")),
)]
#[post("/v1/compliance/{obligation_key}/explanations")]
pub(crate) async fn explain_duty(caller: Caller, path: web::Path<String>, body: Body<ExplanationCreate>) -> Answer {
    let key = path.into_inner();
    let allowed = async {
        let known = find(&key).ok_or_else(|| Refusal::of(&OBLIGATION_NOT_FOUND))?;
        authorize(&caller.act.actor, &COMPLIANCE_EXPLAIN, &COMPLIANCE_READ, known)
    };
    caller
        .command(body, allowed, async |work, new| {
            let given = commands::explain(work, &key, new.clone().into()).await?;
            let location = format!("/v1/compliance/{}/explanations?period={}", given.obligation_key, given.period);
            Ok(reply(given)?.created(location))
        })
        .await
}

#[utoipa::path(
    operation_id = "amendExplanation",
    tag = tag::COMPLIANCE,
    summary = "更正原因说明 / Amend a reason",
    description = "原表述保留 / The wording from before stays on file.",
    params(("explanation_id" = Uuid, Path, description = "说明标识 / Id of the explanation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = ExplanationAmendment,
    responses((status = 200, body = ExplanationView, description = "更正后的说明 / The reason as it is now")),
)]
#[post("/v1/compliance-explanations/{explanation_id}/amend")]
pub(crate) async fn amend_explanation(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExplanationAmendment>,
) -> Answer {
    let id = ExplanationId(path.into_inner());
    caller
        .act_on(id, if_match, body, async { may(&caller) }, async |work, target, given| {
            reply(commands::amend(work, target, given.reason.clone()).await?)
        })
        .await
}

fn may(caller: &Caller) -> Result<()> {
    authorize(&caller.act.actor, &COMPLIANCE_EXPLAIN, &COMPLIANCE_READ, &Association)
}

fn reply(given: Explanation) -> Result<Reply> {
    let version = given.version;
    Ok(Reply::ok(&ExplanationView::from(given))?.etag_of_view(version))
}
