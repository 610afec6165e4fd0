//! Contributions in requests and answers.

use chrono::NaiveDate;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Text};
use gongjian_membership::UnitId;
use gongjian_membership::contribution::action::{CONTRIBUTION_ACKNOWLEDGE, CONTRIBUTION_SUBMIT};
use gongjian_membership::contribution::{
    ContributionAction, ContributionFilter, ContributionKind, ContributionOnFile, ContributionStatus, NewContribution,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::issues::{Names, UnitRef, instant};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ContributionQuery {
    /// 单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["research"]))]
    kind: Option<AnyOf<ContributionKind>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["submitted"]))]
    status: Option<AnyOf<ContributionStatus>>,
}

impl From<&ContributionQuery> for ContributionFilter {
    fn from(query: &ContributionQuery) -> Self {
        Self {
            unit_id: query.unit_id,
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

/// 贡献 / Something that a unit gives.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ContributionCreate {
    /// 单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single unit.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 类别 / Kind.
    kind: ContributionKind,
    /// 名称 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("新材料产业研究报告"))]
    title: Text<2, 100>,
    /// 内容说明 / What it is.
    #[schema(value_type = String, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("全区新材料产业现状与建议，可供各会员单位使用。"))]
    detail: Text<2, 2000>,
}

impl From<ContributionCreate> for NewContribution {
    fn from(new: ContributionCreate) -> Self {
        let ContributionCreate { unit_id, kind, title, detail } = new;
        Self { unit: unit_id.map(UnitId), kind, title, detail }
    }
}

/// 确认收悉 / An acknowledgement.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Acknowledgement {
    /// 说明 / A remark.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已转有关专业研究委员会参考。"))]
    pub(super) note: Option<Text<1, 500>>,
}

/// 撤回 / A withdrawal.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Retraction {
    /// 撤回理由 / Why it is taken back.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("内容有误，拟修改后重新提交。"))]
    pub(super) reason: Text<2, 500>,
}

/// 贡献 / A contribution.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContributionView {
    /// 贡献标识 / Id of the contribution.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f01"))]
    id: Uuid,
    /// 单位 / The unit.
    unit: UnitRef,
    /// 类别 / Kind.
    kind: ContributionKind,
    /// 名称 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("新材料产业研究报告"))]
    title: String,
    /// 内容说明 / What it is.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("全区新材料产业现状与建议，可供各会员单位使用。"))]
    detail: String,
    /// 提交日期 / Day on which it was given.
    #[schema(examples("2026-03-05"))]
    contributed_on: NaiveDate,
    /// 状态 / Status.
    status: ContributionStatus,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ContributionAction>,
    /// 提交人 / Who submitted it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    submitted_by: Option<String>,
    /// 提交时间 / Submitted at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-05T02:03:04.567Z"))]
    submitted_at: String,
    /// 确认时间 / Acknowledged at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-06T02:03:04.567Z"))]
    acknowledged_at: Option<String>,
    /// 确认说明 / The secretariat's remark.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("已转有关专业研究委员会参考。"))]
    acknowledgement: Option<String>,
    /// 撤回理由 / Why it was taken back.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("内容有误，拟修改后重新提交。"))]
    retract_reason: Option<String>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ContributionView {
    pub(super) fn of(actor: &Actor, found: ContributionOnFile, names: &Names) -> Self {
        let ContributionOnFile { contribution: it, submitter } = found;
        let permitted = |action: &ContributionAction| match action {
            ContributionAction::Acknowledge => actor.may(&CONTRIBUTION_ACKNOWLEDGE, &it),
            ContributionAction::Withdraw => actor.may(&CONTRIBUTION_SUBMIT, &it),
        };
        Self {
            id: it.id.0,
            unit: UnitRef::of(it.unit_id, names),
            kind: it.kind,
            allowed_actions: it.status.open_actions().filter(permitted).collect(),
            title: it.title,
            detail: it.detail,
            contributed_on: it.contributed_on,
            status: it.status,
            submitted_by: submitter,
            submitted_at: instant(it.submitted_at),
            acknowledged_at: it.acknowledged_at.map(instant),
            acknowledgement: it.acknowledgement,
            retract_reason: it.retract_reason,
            version: it.version,
        }
    }
}
