//! Branches in requests.

use chrono::NaiveDate;
use gongjian_committees::branch::leadership::{ChangeFilter, LeadershipMode, NewLeadership, RotationChangeStatus};
use gongjian_committees::branch::mass::{MassOrganisationEdit, MassOrganisationKind, NewMassOrganisation};
use gongjian_committees::branch::need::{NeedFilter, NeedStatus, NewNeed};
use gongjian_committees::branch::work_item::{BranchDuty, NewWorkItem, WorkItemEdit, WorkItemFilter, WorkItemStatus};
use gongjian_kernel::{Refusal, Text};
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

/// 会长制的安排 / What the members of a branch have agreed on.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchLeadershipSet {
    /// 会长制 / Who presides.
    mode: LeadershipMode,
    /// 双会长制填一个单位，轮值按次序填各单位，单会长制不填 / Of two presidents the unit, of a rotation the units in the order of their turns.
    #[serde(default)]
    #[validate(length(max = 50, code = "wrong_count", message = "至多 50 项。 / At most 50 items."))]
    #[schema(max_items = 50, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_ids: Vec<Uuid>,
    /// 轮值任期（月）；省略则按配置 / Months of a term; the policy's where it is absent.
    #[serde(default)]
    #[validate(range(min = 1, max = 60, code = "out_of_range", message = "应为 1 至 60。 / Give 1 to 60."))]
    #[schema(minimum = 1, maximum = 60, examples(6))]
    period_months: Option<u32>,
    /// 起始日期；省略为今天 / First day; today where it is absent.
    #[serde(default)]
    #[schema(examples("2027-01-01"))]
    since: Option<NaiveDate>,
    /// 分会协商一致的协商 / The branch's consultation that reached consensus.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102"))]
    consultation_id: Option<Uuid>,
    /// 本系统启用前的文件 / The document of an agreement from before.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("金桂街道分会会议纪要〔2025〕3号"))]
    basis: Option<Text<2, 200>>,
    /// 该文件所载协商一致之日 / The day of that agreement.
    #[serde(default)]
    #[schema(examples("2025-12-20"))]
    agreed_on: Option<NaiveDate>,
}

impl TryFrom<BranchLeadershipSet> for NewLeadership {
    type Error = Refusal;

    fn try_from(new: BranchLeadershipSet) -> Result<Self, Refusal> {
        let document = match (new.basis, new.agreed_on) {
            (Some(basis), Some(agreed_on)) => Some((basis, agreed_on)),
            (None, None) => None,
            (Some(_), None) => {
                let (zh, en) = ("须填协商一致之日。", "Give the day of the agreement.");
                return Err(Refusal::field("/agreed_on", "required", zh, en));
            }
            (None, Some(_)) => {
                let (zh, en) = ("须填所依据的文件。", "Give the document.");
                return Err(Refusal::field("/basis", "required", zh, en));
            }
        };
        Ok(Self {
            mode: new.mode,
            units: new.unit_ids.into_iter().map(UnitId).collect(),
            period_months: new.period_months,
            since: new.since,
            consultation: new.consultation_id.map(Into::into),
            document,
        })
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RotationQuery {
    /// 自现任起显示多少个任期 / How many terms, from the one that runs on.
    #[param(minimum = 1, maximum = 40, example = 8)]
    pub(super) terms: Option<u8>,
}

/// 交接报告 / The report on a term.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct HandoverReport {
    /// 任期内工作、未尽事项和移交材料 / What was done, what is left, what is handed over.
    #[schema(value_type = String, min_length = 2, max_length = 10000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("本期组织共建活动 6 次；停车共享项目待续签；移交台账和联络名单。"))]
    pub(super) report: Text<2, 10_000>,
}

/// 让过 / A turn that is to be skipped.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct TermSkip {
    /// 理由 / Reason.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("本单位正值搬迁。"))]
    pub(super) reason: Text<2, 500>,
}

/// 对调 / Two turns that are to be swapped.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct TermSwap {
    /// 与之对调的任期 / The other term.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1803"))]
    pub(super) other_term_id: Uuid,
    /// 理由 / Reason.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("两单位工作安排互换。"))]
    pub(super) reason: Text<2, 500>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RotationChangeQuery {
    /// 分会 / The branch.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801")]
    branch_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["open"]))]
    status: Option<AnyOf<RotationChangeStatus>>,
}

impl From<&RotationChangeQuery> for ChangeFilter {
    fn from(query: &RotationChangeQuery) -> Self {
        let status = query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Self { branch_id: query.branch_id, status }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BranchWorkQuery {
    /// 分会 / The branch.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801")]
    branch_id: Option<Uuid>,
    /// 年度 / Year.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: Option<i32>,
    /// 职责，逗号分隔 / Duty, any of.
    #[param(style = Form, explode = false, example = json!(["resources"]))]
    duty: Option<AnyOf<BranchDuty>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["planned"]))]
    status: Option<AnyOf<WorkItemStatus>>,
}

impl From<&BranchWorkQuery> for WorkItemFilter {
    fn from(query: &BranchWorkQuery) -> Self {
        Self {
            branch_id: query.branch_id,
            year: query.year,
            duty: query.duty.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

/// 年度工作 / Work of a year.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchWorkCreate {
    /// 年度 / Year.
    #[validate(range(
        min = 2000,
        max = 2100,
        code = "out_of_range",
        message = "应为 2000 至 2100。 / Give 2000 to 2100."
    ))]
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: i32,
    /// 职责 / Duty.
    duty: BranchDuty,
    /// 事项 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("组织会员单位错时停车共享"))]
    title: Text<2, 200>,
    /// 说明 / Detail.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("三家单位夜间开放车位。"))]
    detail: Option<Text<2, 2000>>,
    /// 完成期限，须在该年度内 / Due day, in that year.
    #[serde(default)]
    #[schema(examples("2026-12-20"))]
    due_on: Option<NaiveDate>,
}

impl From<BranchWorkCreate> for NewWorkItem {
    fn from(new: BranchWorkCreate) -> Self {
        Self { year: new.year, duty: new.duty, title: new.title, detail: new.detail, due_on: new.due_on }
    }
}

/// 年度工作的调整 / What changes of planned work.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchWorkUpdate {
    /// 职责 / Duty.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false)]
    duty: Option<BranchDuty>,
    /// 事项 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("组织会员单位错时停车共享"))]
    title: Option<Text<2, 200>>,
    /// 说明；null 为清除 / Detail; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("三家单位夜间开放车位。"))]
    detail: Patch<Text<2, 2000>>,
    /// 完成期限；null 为清除 / Due day; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>, examples("2026-12-20"))]
    due_on: Patch<NaiveDate>,
}

fn given<T>(patch: Patch<T>) -> Option<Option<T>> {
    match patch {
        Patch::Keep => None,
        Patch::Clear => Some(None),
        Patch::Set(value) => Some(Some(value)),
    }
}

impl From<BranchWorkUpdate> for WorkItemEdit {
    fn from(edit: BranchWorkUpdate) -> Self {
        Self { duty: edit.duty, title: edit.title, detail: given(edit.detail), due_on: given(edit.due_on) }
    }
}

/// 完成情况 / What shows that it was done.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchWorkEvidence {
    /// 佐证：做了什么、材料编号 / What was done, and where it is on file.
    #[schema(value_type = String, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已开放车位 120 个，协议见 2026-停车-01。"))]
    pub(super) evidence: Text<2, 4000>,
    /// 完成日期；省略为今天 / Done on; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-11-20"))]
    pub(super) done_on: Option<NaiveDate>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BranchNeedQuery {
    /// 分会 / The branch.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801")]
    branch_id: Option<Uuid>,
    /// 单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["reported"]))]
    status: Option<AnyOf<NeedStatus>>,
}

impl From<&BranchNeedQuery> for NeedFilter {
    fn from(query: &BranchNeedQuery) -> Self {
        let status = query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Self { branch_id: query.branch_id, unit_id: query.unit_id, status }
    }
}

/// 会员需求 / What a member needs.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchNeedCreate {
    /// 单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single one.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 类别 / Category.
    #[schema(value_type = String, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("停车"))]
    category: Text<1, 40>,
    /// 标题 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("职工夜间停车位不足"))]
    title: Text<2, 100>,
    /// 内容 / Detail.
    #[schema(value_type = String, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("希望与周边单位错时共享车位约 40 个。"))]
    detail: Text<2, 4000>,
}

impl From<BranchNeedCreate> for NewNeed {
    fn from(new: BranchNeedCreate) -> Self {
        Self { unit: new.unit_id.map(UnitId), category: new.category, title: new.title, detail: new.detail }
    }
}

/// 办理结果 / How a need was met.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchNeedResult {
    /// 结果 / Result.
    #[schema(value_type = String, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已与书院中学签订错时停车协议，车位 45 个。"))]
    pub(super) result: Text<2, 4000>,
}

/// 群众组织 / A mass organisation.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MassOrganisationCreate {
    /// 类别 / Kind.
    kind: MassOrganisationKind,
    /// 名称 / Name.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("书院街道总工会"))]
    name: Text<2, 100>,
    /// 支持措施 / How the branch supports it.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("提供活动场地，协办职工技能比赛。"))]
    support: Option<Text<2, 1000>>,
    /// 起始日期；省略为今天 / First day; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    valid_from: Option<NaiveDate>,
}

impl From<MassOrganisationCreate> for NewMassOrganisation {
    fn from(new: MassOrganisationCreate) -> Self {
        Self { kind: new.kind, name: new.name, support: new.support, since: new.valid_from }
    }
}

/// 群众组织的变更 / What changes of a mass organisation.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MassOrganisationUpdate {
    /// 名称 / Name.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("书院街道总工会"))]
    name: Option<Text<2, 100>>,
    /// 支持措施；null 为清除 / How the branch supports it; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("提供活动场地，协办职工技能比赛。"))]
    support: Patch<Text<2, 1000>>,
    /// 终止之日；null 为不终止 / Day from which it is no more; null takes that back.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>, examples("2027-01-01"))]
    valid_until: Patch<NaiveDate>,
}

impl From<MassOrganisationUpdate> for MassOrganisationEdit {
    fn from(edit: MassOrganisationUpdate) -> Self {
        Self { name: edit.name, support: given(edit.support), until: given(edit.valid_until) }
    }
}
