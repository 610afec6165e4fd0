//! Services of committees and requests for them, as they come in.

use chrono::NaiveDate;
use gongjian_committees::committee::service::commands::NewService;
use gongjian_committees::committee::service::{
    ServiceFilter, ServiceKind, ServiceRequestFilter, ServiceRequestStatus, ServiceStatus,
};
use gongjian_kernel::Text;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CommitteeServiceQuery {
    /// 专委会 / The committee.
    #[param(example = "01980000-0000-7000-8000-000000001702")]
    committee_id: Option<Uuid>,
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["professional_consulting"]))]
    kind: Option<AnyOf<ServiceKind>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["offered"]))]
    status: Option<AnyOf<ServiceStatus>>,
}

impl From<&CommitteeServiceQuery> for ServiceFilter {
    fn from(query: &CommitteeServiceQuery) -> Self {
        Self {
            committee_id: query.committee_id,
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ServiceRequestQuery {
    /// 专委会 / The committee.
    #[param(example = "01980000-0000-7000-8000-000000001702")]
    committee_id: Option<Uuid>,
    /// 服务 / The service.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1761")]
    committee_service_id: Option<Uuid>,
    /// 申请单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["requested"]))]
    status: Option<AnyOf<ServiceRequestStatus>>,
}

impl From<&ServiceRequestQuery> for ServiceRequestFilter {
    fn from(query: &ServiceRequestQuery) -> Self {
        Self {
            committee_id: query.committee_id,
            committee_service_id: query.committee_service_id,
            unit_id: query.unit_id,
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

/// 专委会服务 / A service to be offered.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeServiceCreate {
    /// 类别 / Kind.
    kind: ServiceKind,
    /// 名称 / Title.
    #[schema(examples("党务公开制度咨询"))]
    title: Text<2, 200>,
    /// 内容 / What it is.
    #[schema(examples("解答党务公开目录编制中的问题，每周三办理。"))]
    description: Text<2, 2000>,
    /// 有效期，含当日；不填则长期 / The last day on which units can ask for it, included; none where absent.
    #[serde(default)]
    #[schema(examples("2027-06-30"))]
    valid_until: Option<NaiveDate>,
}

impl From<CommitteeServiceCreate> for NewService {
    fn from(new: CommitteeServiceCreate) -> Self {
        let CommitteeServiceCreate { kind, title, description, valid_until } = new;
        Self { kind, title, description, valid_until }
    }
}

/// 服务申请 / A request for a service.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceRequestCreate {
    /// 申请单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single one.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) unit_id: Option<Uuid>,
    /// 问题 / What the unit wants to know.
    #[schema(examples("本单位党务公开目录是否应包括党费收支情况？"))]
    pub(super) question: Text<2, 2000>,
}

/// 办理结果 / What came of a request.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceRequestOutcome {
    /// 结果 / What came of it.
    #[schema(examples("应按季度公开，已提供目录样本。"))]
    pub(super) outcome: Text<2, 2000>,
}
