//! Leaving (Article 9(4)): the unit's own notice, the end of a unit, and what is handed over.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use gongjian_kernel::Text;
use gongjian_kernel::actor::authorize;
use gongjian_ledger::issue::queries::handover::{self, OpenCounts, OpenIssue};
use gongjian_ledger::vocabulary::IssueStatus;
use gongjian_membership::action::{UNIT_DISSOLVE, UNIT_HANDOVER, UNIT_READ, UNIT_WITHDRAW};
use gongjian_membership::unit::{DissolutionGround, Evidence, UnitId, UnitStatus, leaving, queries};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::after;
use super::view::UnitView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::issues::instant;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(withdraw_unit).service(dissolve_unit).service(list_handover);
}

/// 退会通知 / A notice of withdrawal.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct WithdrawalNotice {
    /// 退会原因，可不填 / The reason, if the unit gives one.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("工作重心调整。"))]
    reason: Option<Text<1, 500>>,
}

/// 单位终止的证据 / The evidence that a unit is gone.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Dissolution {
    /// 终止事由 / Why there is no such unit in the district any more.
    ground: DissolutionGround,
    /// 证据：注销、撤销或迁出的文件 / The document that proves it.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("准予注销登记通知书〔2026〕第31号"))]
    basis: Text<2, 200>,
    /// 文件日期 / Day of the document.
    #[schema(examples("2026-06-30"))]
    decided_on: NaiveDate,
}

/// 退会回执 / The receipt for a notice of withdrawal.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WithdrawalView {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Uuid,
    /// 会员状态 / Membership status.
    status: UnitStatus,
    /// 回执编号 / Number of the receipt.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("BA-2026-0012"))]
    receipt_no: String,
    /// 退会生效时间，即收到之时 / When it took effect: on receipt.
    #[schema(value_type = DateTime<Utc>, examples("2026-10-01T02:03:04.567Z"))]
    withdrawn_at: String,
    /// 待移交事项 / What is to be handed over.
    handover: HandoverCounts,
}

/// 待移交事项的数量 / How much is to be handed over.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HandoverCounts {
    /// 本单位提出、尚未办结的事项 / Open issues that it submitted.
    #[schema(minimum = 0, examples(2))]
    submitted_count: u64,
    /// 本单位牵头、尚未办结的事项 / Open issues that it leads.
    #[schema(minimum = 0, examples(0))]
    led_count: u64,
    /// 本单位协助、尚未办结的事项 / Open issues that it assists.
    #[schema(minimum = 0, examples(1))]
    assisted_count: u64,
    /// 清单地址，秘书处可见 / Where the secretariat reads the list.
    #[schema(
        max_length = 100,
        pattern = "^/v1/[a-z0-9/-]+$",
        examples("/v1/units/0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01/handover")
    )]
    href: String,
}

/// 待移交的事项 / An open issue to be handed over.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HandoverView {
    /// 事项标识 / Id of the issue.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a05"))]
    issue_id: Uuid,
    /// 收件号 / Intake number.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("SL-2026-0001"))]
    intake_no: Option<String>,
    /// 台账编号 / Ledger number.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("YJ-2026-0001"))]
    ledger_no: Option<String>,
    /// 标题 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("引进博士子女入学难"))]
    title: String,
    /// 事项状态 / Status of the issue.
    status: IssueStatus,
    /// 是否由该单位提出 / Whether the unit submitted it.
    #[schema(examples(true))]
    is_submitter: bool,
    /// 是否由该单位牵头；须重新交办 / Whether the unit leads it: it is to be reassigned.
    #[schema(examples(false))]
    is_lead: bool,
    /// 是否由该单位协助 / Whether the unit assists.
    #[schema(examples(false))]
    is_assisting: bool,
}

impl HandoverView {
    fn of(unit: UnitId, issue: OpenIssue) -> Self {
        let (is_submitter, is_lead) = (issue.submitter_unit_id == unit, issue.lead_unit_id == Some(unit));
        Self {
            issue_id: issue.id.0,
            intake_no: issue.intake_no,
            ledger_no: issue.ledger_no,
            title: issue.title,
            status: issue.status,
            is_submitter,
            is_lead,
            is_assisting: !is_submitter && !is_lead,
        }
    }
}

#[utoipa::path(
    operation_id = "withdrawUnit",
    tag = tag::UNITS,
    summary = "退会 / Leave the association",
    description = "第九条：退会自由。固定代表的通知自收到之时生效，无须审批，未办结的事项不影响退会；If-Match 可为 * / Article 9: free to leave. The representative's notice takes effect on receipt; nobody approves it, and open issues do not stand in its way; If-Match may be *.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = WithdrawalNotice,
    responses((status = 200, body = WithdrawalView, description = "已退会 / The unit has left")),
)]
#[post("/v1/units/{unit_id}/withdraw")]
pub(crate) async fn withdraw_unit(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<WithdrawalNotice>,
) -> Answer {
    let id = UnitId(path.into_inner());
    let allowed = async {
        let unit = queries::get(caller.store(), &caller.act.actor, id).await?;
        authorize(&caller.act.actor, &UNIT_WITHDRAW, &UNIT_READ, &unit)
    };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, notice| {
            let left = leaving::withdraw(work, caller.identity(), target, notice.reason.clone()).await?;
            let OpenCounts { submitted, led, assisted } = handover::counts(work, left.unit.id).await?;
            let view = WithdrawalView {
                id: left.unit.id.0,
                status: left.unit.status,
                receipt_no: left.receipt_no,
                withdrawn_at: instant(work.now()),
                handover: HandoverCounts {
                    submitted_count: submitted,
                    led_count: led,
                    assisted_count: assisted,
                    href: format!("/v1/units/{id}/handover"),
                },
            };
            Ok(Reply::ok(&view)?.etag_of_view(left.unit.version))
        })
        .await
}

#[utoipa::path(
    operation_id = "dissolveUnit",
    tag = tag::UNITS,
    summary = "登记单位终止 / Put on file that a unit is gone",
    description = "仅限单位撤销、注销或迁出本区，须凭证据；章程不设除名 / Only where the unit ceased to exist or moved away, with the evidence; the charter knows no expulsion.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = Dissolution,
    responses((status = 200, body = UnitView, description = "已终止 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/dissolve")]
pub(crate) async fn dissolve_unit(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Dissolution>,
) -> Answer {
    let id = UnitId(path.into_inner());
    let allowed = async {
        let unit = queries::get(caller.store(), &caller.act.actor, id).await?;
        authorize(&caller.act.actor, &UNIT_DISSOLVE, &UNIT_READ, &unit)
    };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, sent| {
            let evidence = Evidence { ground: sent.ground, basis: sent.basis.clone(), on: sent.decided_on };
            let unit = leaving::dissolve(work, caller.identity(), target, evidence).await?;
            after(work, unit).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listHandover",
    tag = tag::UNITS,
    summary = "待移交事项 / What is to be handed over",
    description = "该单位提出、牵头或协助而尚未办结的事项 / Open issues that the unit submitted, leads or assists.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), Paging),
    responses((status = 200, body = PageOf<HandoverView>, description = "一页 / One page")),
)]
#[get("/v1/units/{unit_id}/handover")]
pub(crate) async fn list_handover(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let id = UnitId(path.into_inner());
    let unit = queries::get(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, &UNIT_HANDOVER, &UNIT_READ, &unit)?;
    let cursor = query.page.cursor.as_deref();
    let page = handover::of_unit(caller.store(), id, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |issue| HandoverView::of(id, issue)))?)
}
