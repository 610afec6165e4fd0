//! Opinions in requests and answers.

use gongjian_governance::briefing::action::{OPINION_DECIDE, OPINION_SUBMIT};
use gongjian_governance::briefing::opinion::{
    NewOpinion, OpinionAction, OpinionOnFile, OpinionStatus, PointResult, Revision, Verdict,
};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::page::Page;
use gongjian_kernel::{Actor, Result, Text};
use gongjian_membership::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::page::PageOf;
use crate::routes::issues::{Names, UnitRef, instant};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OpinionQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["submitted"]))]
    pub(super) status: Option<AnyOf<OpinionStatus>>,
}

/// 一条意见 / A point.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PointInput {
    /// 内容 / What the unit says.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("建议将人才公寓配套列入年度重点项目。"))]
    text: Text<2, 1000>,
}

/// 意见 / An opinion.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OpinionCreate {
    /// 单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single unit.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 各条意见，依次编号 / The points, numbered in their order.
    #[validate(nested, length(min = 1, max = 50, code = "wrong_count", message = "1 至 50 项。 / 1 to 50 items."))]
    #[schema(min_items = 1, max_items = 50)]
    points: Vec<PointInput>,
}

fn texts(points: Vec<PointInput>) -> Vec<String> {
    points.into_iter().map(|point| point.text.into_string()).collect()
}

impl From<OpinionCreate> for NewOpinion {
    fn from(new: OpinionCreate) -> Self {
        Self { unit: new.unit_id.map(UnitId), points: texts(new.points) }
    }
}

/// 意见的修改 / A revision.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OpinionRevise {
    /// 各条意见，整体替换 / The points, replaced as a whole.
    #[validate(nested, length(min = 1, max = 50, code = "wrong_count", message = "1 至 50 项。 / 1 to 50 items."))]
    #[schema(min_items = 1, max_items = 50)]
    points: Vec<PointInput>,
}

impl OpinionRevise {
    pub(super) fn texts(&self) -> Vec<String> {
        texts(self.points.clone())
    }
}

/// 一条意见的采纳结果 / What becomes of a point.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ResultInput {
    /// 意见的序号 / Number of the point.
    #[schema(minimum = 1, maximum = 50, examples(1))]
    number: i32,
    /// 采纳结果 / Result.
    result: PointResult,
    /// 理由；部分采纳、未采纳必填 / Why; needed where it is not adopted in full.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已列入市级计划，区级不再重复安排。"))]
    reason: Option<Text<2, 500>>,
}

/// 采纳结果 / Results of points.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ResultsInput {
    /// 各条结果，可分次作出 / The results; not all need be given at once.
    #[validate(nested, length(min = 1, max = 50, code = "wrong_count", message = "1 至 50 项。 / 1 to 50 items."))]
    #[schema(min_items = 1, max_items = 50)]
    results: Vec<ResultInput>,
}

impl ResultsInput {
    pub(super) fn verdicts(&self) -> Vec<Verdict> {
        let verdict = |it: &ResultInput| Verdict { number: it.number, result: it.result, reason: it.reason.clone() };
        self.results.iter().map(verdict).collect()
    }
}

/// 一条意见 / A point.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PointView {
    /// 序号 / Number.
    #[schema(minimum = 1, maximum = 50, examples(1))]
    number: i32,
    /// 内容 / What the unit says.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("建议将人才公寓配套列入年度重点项目。"))]
    text: String,
    /// 采纳结果；反馈前会员单位不见 / Result; units see it when the call is answered.
    result: Option<PointResult>,
    /// 理由 / Why.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("已列入市级计划，区级不再重复安排。"))]
    reason: Option<String>,
}

/// 意见 / An opinion.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpinionView {
    /// 意见标识 / Id of the opinion.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"))]
    id: Uuid,
    /// 所答复的征求意见 / The call that it replies to.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"))]
    opinion_call_id: Uuid,
    /// 单位 / The unit.
    unit: UnitRef,
    /// 状态 / Status.
    status: OpinionStatus,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<OpinionAction>,
    /// 是否逾期提出 / Whether it came after the deadline.
    #[schema(examples(false))]
    is_late: bool,
    /// 第几稿 / Which wording stands.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    revision: i32,
    /// 各条意见 / The points.
    #[schema(max_items = 50)]
    points: Vec<PointView>,
    /// 提出时间 / Submitted at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-23T02:03:04.567Z"))]
    submitted_at: String,
    /// 更新时间 / Changed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-24T02:03:04.567Z"))]
    changed_at: String,
    /// 撤回理由 / Why it was taken back.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("内容有误。"))]
    withdraw_reason: Option<String>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl OpinionView {
    pub(super) fn of(actor: &Actor, found: OpinionOnFile, names: &Names) -> Self {
        let OpinionOnFile { opinion: it, call, points, sees_results } = found;
        let permitted = |action: &OpinionAction| {
            let may = match action {
                OpinionAction::Revise | OpinionAction::Withdraw => actor.may(&OPINION_SUBMIT, &it),
                OpinionAction::Decide => actor.may(&OPINION_DECIDE, &it),
            };
            may && call.status.next(action.of_call()).is_some()
        };
        let point = |point: gongjian_governance::briefing::opinion::Point| PointView {
            number: point.number,
            text: point.text,
            result: point.result.filter(|_| sees_results),
            reason: point.reason.filter(|_| sees_results),
        };
        Self {
            allowed_actions: it.status.open_actions().filter(permitted).collect(),
            id: it.id.0,
            opinion_call_id: it.call_id.0,
            unit: UnitRef::of(it.unit_id, names),
            status: it.status,
            is_late: it.is_late,
            revision: it.revision,
            points: points.into_iter().map(point).collect(),
            submitted_at: instant(it.submitted_at),
            changed_at: instant(it.changed_at),
            withdraw_reason: it.withdraw_reason,
            version: it.version,
        }
    }
}

/// 意见的一稿 / A wording of an opinion.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpinionRevisionView {
    /// 第几稿 / Which wording.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    revision: i32,
    /// 各条内容 / The points as they were.
    #[schema(max_items = 50, examples("建议将人才公寓配套列入年度重点项目。"))]
    points: Vec<String>,
    /// 时间 / Written at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-23T02:03:04.567Z"))]
    written_at: String,
}

impl OpinionRevisionView {
    pub(super) fn page(found: Page<Revision>) -> Result<PageOf<Self>> {
        let view = |it: Revision| -> Result<Self> {
            let points = serde_json::from_str(&it.points)?;
            Ok(Self { revision: it.revision, points, written_at: instant(it.written_at) })
        };
        let has_more = found.next_cursor.is_some();
        let data = found.rows.into_iter().map(view).collect::<Result<_>>()?;
        Ok(PageOf { data, has_more, next_cursor: found.next_cursor })
    }
}
