//! Services of committees and requests for them in answers.

use chrono::NaiveDate;
use gongjian_committees::committee::action::{SERVICE_ANSWER, SERVICE_OFFER, SERVICE_REQUEST};
use gongjian_committees::committee::service::{
    ServiceAction, ServiceKind, ServiceOnFile, ServiceRequestAction as Action, ServiceRequestOnFile,
    ServiceRequestStatus, ServiceStatus,
};
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};
use crate::routes::offices::Named;

/// 专委会服务 / A service that a committee offers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommitteeServiceView {
    /// 服务标识 / Id of the service.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1761"))]
    id: Uuid,
    /// 专委会 / The committee.
    committee: Named,
    /// 类别 / Kind.
    kind: ServiceKind,
    /// 名称 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("党务公开制度咨询"))]
    title: String,
    /// 内容 / What it is.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("解答党务公开目录编制中的问题，每周三办理。"))]
    description: String,
    /// 有效期，含当日；空则长期 / The last day on which units can ask for it, included; none where absent.
    #[schema(examples("2027-06-30"))]
    valid_until: Option<NaiveDate>,
    /// 状态 / Status.
    status: ServiceStatus,
    /// 今日是否接受申请 / Whether units can ask for it today.
    takes_requests: bool,
    /// 发布时间 / Offered at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    offered_at: String,
    /// 终止时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2027-01-11T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ServiceAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl CommitteeServiceView {
    pub(super) fn of(actor: &Actor, found: ServiceOnFile, today: NaiveDate) -> Self {
        let stands = found.body.stands_on(today);
        let is_open = stands && actor.may(&SERVICE_OFFER, &found.affair());
        let ServiceOnFile { service: it, body, .. } = found;
        Self {
            allowed_actions: it.status.open_actions().filter(|_| is_open).collect(),
            takes_requests: stands && it.is_open_on(today),
            id: it.id.0,
            committee: Named { id: body.id.0, name: body.name },
            kind: it.kind,
            title: it.title,
            description: it.description,
            valid_until: it.valid_until,
            status: it.status,
            offered_at: instant(it.offered_at),
            ended_at: it.ended_at.map(instant),
            version: it.version,
        }
    }
}

/// 服务申请 / A request for a service of a committee.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ServiceRequestView {
    /// 申请标识 / Id of the request.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1762"))]
    id: Uuid,
    /// 专委会 / The committee.
    committee: Named,
    /// 服务 / The service.
    committee_service: Named,
    /// 申请单位 / The unit.
    unit: UnitRef,
    /// 问题 / What the unit wants to know.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("本单位党务公开目录是否应包括党费收支情况？"))]
    question: String,
    /// 状态 / Status.
    status: ServiceRequestStatus,
    /// 结果 / What came of it.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("应按季度公开，已提供目录样本。"))]
    outcome: Option<String>,
    /// 未受理的理由 / Why it was declined.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("不属于本专委会业务范围。"))]
    reason: Option<String>,
    /// 申请时间 / Asked at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-23T02:03:04.567Z"))]
    requested_at: String,
    /// 受理时间 / Accepted at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-24T02:03:04.567Z"))]
    accepted_at: Option<String>,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-27T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<Action>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ServiceRequestView {
    pub(super) fn of(actor: &Actor, found: ServiceRequestOnFile, names: &Names, today: NaiveDate) -> Self {
        let affair = found.affair();
        let permitted = |action: &Action| match action {
            Action::Accept | Action::Decline | Action::Finish => actor.may(&SERVICE_ANSWER, &affair),
            Action::Withdraw => actor.may(&SERVICE_REQUEST, &affair),
        };
        let stands = found.body.stands_on(today);
        let allowed_actions = found.request.status.open_actions().filter(|_| stands).filter(permitted).collect();
        let ServiceRequestOnFile { request: it, service, body, .. } = found;
        Self {
            allowed_actions,
            id: it.id.0,
            committee: Named { id: body.id.0, name: body.name },
            committee_service: Named { id: service.id.0, name: service.title },
            unit: UnitRef::of(it.unit_id, names),
            question: it.question,
            status: it.status,
            outcome: it.outcome,
            reason: it.reason,
            requested_at: instant(it.requested_at),
            accepted_at: it.accepted_at.map(instant),
            ended_at: it.ended_at.map(instant),
            version: it.version,
        }
    }
}
