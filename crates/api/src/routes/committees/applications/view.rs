//! Applications to committees in requests and answers.

use gongjian_committees::committee::action::{COMMITTEE_APPLY, COMMITTEE_CHECK, COMMITTEE_DECIDE};
use gongjian_committees::committee::application::{
    CommitteeApplicationAction as Action, CommitteeApplicationFilter, CommitteeApplicationOnFile,
    CommitteeApplicationStatus, DirectorOpinion,
};
use gongjian_governance::office::OfficeKind;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::issues::instant;
use crate::routes::offices::Named;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CommitteeApplicationQuery {
    /// 专委会 / The committee.
    #[param(example = "01980000-0000-7000-8000-000000001702")]
    committee_id: Option<Uuid>,
    /// 申请单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01")]
    unit_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["applied", "checked"]))]
    status: Option<AnyOf<CommitteeApplicationStatus>>,
}

impl From<&CommitteeApplicationQuery> for CommitteeApplicationFilter {
    fn from(query: &CommitteeApplicationQuery) -> Self {
        let status = query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Self { committee_id: query.committee_id, unit_id: query.unit_id, status }
    }
}

/// 申请加入 / An application.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeApplicationCreate {
    /// 申请单位 / The unit that applies.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    pub(super) unit_id: Uuid,
    /// 申请理由 / Why.
    #[schema(examples("本院承担区人才引育课题，愿参与研究。"))]
    pub(super) reason: Text<2, 1000>,
}

/// 审核意见 / What the lead unit has found.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeApplicationCheck {
    /// 审核意见 / Remark.
    #[schema(examples("业务相关，建议同意。"))]
    pub(super) remark: Text<2, 500>,
}

/// 不同意的理由 / Why it is declined.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeApplicationReason {
    /// 理由 / Why.
    #[schema(examples("与本专委会研究方向无关。"))]
    pub(super) reason: Text<2, 500>,
}

/// 主任意见 / What a director says.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DirectorOpinionView {
    /// 职务 / His office.
    office: OfficeKind,
    /// 姓名 / Name.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 是否同意 / Whether he agrees.
    #[schema(examples(true))]
    agrees: bool,
    /// 不同意的理由 / Why not.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("与本专委会研究方向无关。"))]
    reason: Option<String>,
    /// 时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    given_at: String,
}

impl From<DirectorOpinion> for DirectorOpinionView {
    fn from(it: DirectorOpinion) -> Self {
        let DirectorOpinion { office, name, agrees, reason, given_at, .. } = it;
        Self { office, name, agrees, reason, given_at: instant(given_at) }
    }
}

/// 加入专委会的申请 / An application to a committee.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommitteeApplicationView {
    /// 申请标识 / Id of the application.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"))]
    id: Uuid,
    /// 专委会 / The committee.
    committee: Named,
    /// 申请单位 / The unit.
    unit: Named,
    /// 申请理由 / Why.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("本院承担区人才引育课题，愿参与研究。"))]
    reason: String,
    /// 状态 / Status.
    status: CommitteeApplicationStatus,
    /// 牵头单位审核意见 / What the lead unit has found.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("业务相关，建议同意。"))]
    remark: Option<String>,
    /// 主任意见，先者在前 / What the directors say, the first first.
    #[schema(max_items = 2)]
    opinions: Vec<DirectorOpinionView>,
    /// 申请时间 / Applied at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    applied_at: String,
    /// 审核时间 / Checked at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T03:03:04.567Z"))]
    checked_at: Option<String>,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T04:03:04.567Z"))]
    ended_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<Action>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl CommitteeApplicationView {
    pub(super) fn of(actor: &Actor, found: CommitteeApplicationOnFile) -> Self {
        let has_spoken = found.opinions.iter().any(|one| Some(one.person_id.0) == actor.person);
        let affair = found.affair();
        let permitted = |action: &Action| match action {
            Action::Check => actor.may(&COMMITTEE_CHECK, &affair),
            Action::Agree | Action::Decline => !has_spoken && actor.may(&COMMITTEE_DECIDE, &affair),
            Action::Withdraw => actor.may(&COMMITTEE_APPLY, &affair),
            Action::Admit | Action::Lapse => false,
        };
        let allowed_actions = found.application.status.open_actions().filter(permitted).collect();
        let it = found.application;
        Self {
            id: it.id.0,
            committee: Named { id: found.body.id.0, name: found.body.name },
            unit: Named { id: it.unit_id.0, name: found.unit_name },
            reason: it.reason,
            status: it.status,
            remark: it.remark,
            opinions: found.opinions.into_iter().map(DirectorOpinionView::from).collect(),
            applied_at: instant(it.applied_at),
            checked_at: it.checked_at.map(instant),
            ended_at: it.ended_at.map(instant),
            allowed_actions,
            version: it.version,
        }
    }
}
