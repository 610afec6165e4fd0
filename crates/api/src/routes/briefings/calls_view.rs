//! Calls for opinion in requests and answers.

use chrono::NaiveDate;
use gongjian_governance::briefing::action::{CALL_ANSWER, CALL_DRAFT, CALL_OPEN, OPINION_DECIDE, OPINION_SUBMIT};
use gongjian_governance::briefing::opinion::action::Asked;
use gongjian_governance::briefing::opinion::{
    CallAction, CallEdit, CallFilter, CallOnFile, CallStatus, NewCall, Tally, queries,
};
use gongjian_governance::decision::Matter;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::input::AudienceInput;
use super::view::AudienceView;
use crate::extract::{AnyOf, Patch};
use crate::routes::issues::instant;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CallQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["open"]))]
    status: Option<AnyOf<CallStatus>>,
    /// 是否期限已过而未截止 / Whether the deadline has passed and it is still open.
    #[param(example = true)]
    overdue: Option<bool>,
    /// 本单位是否已提出意见 / Whether one's own unit has replied.
    #[param(example = false)]
    replied: Option<bool>,
}

impl From<&CallQuery> for CallFilter {
    fn from(query: &CallQuery) -> Self {
        Self {
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            overdue: query.overdue,
            replied: query.replied,
        }
    }
}

/// 征求意见 / A call for opinion.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OpinionCallCreate {
    /// 标题 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("对2027年度工作计划（草案）征求意见"))]
    title: Text<2, 100>,
    /// 征求意见的问题 / The question.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("草案所列重点项目是否妥当，还应增加哪些？"))]
    question: Text<2, 1000>,
    /// 背景材料 / Background.
    #[schema(value_type = String, min_length = 2, max_length = 10000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("草案由秘书处会同各专业研究委员会拟订。"))]
    background: Text<2, 10000>,
    /// 所服务的事项 / What it serves.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("2027年度工作计划草案"))]
    serves: Text<2, 200>,
    /// 决定事项类别 / The matter that is to be decided, if any.
    #[serde(default)]
    matter: Option<Matter>,
    /// 对象 / Audience.
    #[validate(nested)]
    audience: AudienceInput,
    /// 期限（工作日）；省略则按配置 / Working days to reply in; by the policy where it is absent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 250, examples(10))]
    workdays: Option<u32>,
}

impl From<OpinionCallCreate> for NewCall {
    fn from(new: OpinionCallCreate) -> Self {
        Self {
            title: new.title,
            question: new.question,
            background: new.background,
            serves: new.serves,
            matter: new.matter,
            audience: new.audience.into(),
            workdays: new.workdays,
        }
    }
}

/// 草稿的修改 / An edit of a draft.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OpinionCallUpdate {
    /// 标题 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("对2027年度工作计划（草案）征求意见"))]
    title: Option<Text<2, 100>>,
    /// 征求意见的问题 / The question.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("草案所列重点项目是否妥当，还应增加哪些？"))]
    question: Option<Text<2, 1000>>,
    /// 背景材料 / Background.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 10000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("草案由秘书处会同各专业研究委员会拟订。"))]
    background: Option<Text<2, 10000>>,
    /// 所服务的事项 / What it serves.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("2027年度工作计划草案"))]
    serves: Option<Text<2, 200>>,
    /// 决定事项类别 / The matter that is to be decided.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false)]
    matter: Option<Matter>,
    /// 对象，整体替换 / Audience, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(nested)]
    #[schema(nullable = false)]
    audience: Option<AudienceInput>,
    /// 期限（工作日） / Working days to reply in.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, minimum = 1, maximum = 250, examples(10))]
    workdays: Option<u32>,
}

impl From<OpinionCallUpdate> for CallEdit {
    fn from(edit: OpinionCallUpdate) -> Self {
        Self {
            title: edit.title,
            question: edit.question,
            background: edit.background,
            serves: edit.serves,
            matter: edit.matter,
            audience: edit.audience.map(Into::into),
            workdays: edit.workdays,
        }
    }
}

/// 反馈 / The answer.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OpinionCallAnswer {
    /// 采纳情况综述 / Summary of what became of the opinions.
    #[schema(value_type = String, min_length = 2, max_length = 10000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("共收到意见32条，采纳20条，部分采纳7条，未采纳5条。"))]
    pub(super) summary: Text<2, 10000>,
}

/// 征求意见的统计 / Counts of a call.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpinionTally {
    /// 征求对象单位数，发出时固定 / Units asked, as counted when it went out.
    #[schema(minimum = 0, examples(120))]
    asked_count: i64,
    /// 已提出意见的单位数 / Units that have replied.
    #[schema(minimum = 0, examples(32))]
    replied_count: i64,
    /// 采纳条数 / Points adopted.
    #[schema(minimum = 0, examples(20))]
    adopted_count: i64,
    /// 部分采纳条数 / Points adopted in part.
    #[schema(minimum = 0, examples(7))]
    partly_count: i64,
    /// 未采纳条数 / Points not adopted.
    #[schema(minimum = 0, examples(5))]
    not_adopted_count: i64,
    /// 尚无结果条数 / Points without a result.
    #[schema(minimum = 0, examples(0))]
    undecided_count: i64,
}

impl From<Tally> for OpinionTally {
    fn from(tally: Tally) -> Self {
        Self {
            asked_count: tally.asked,
            replied_count: tally.replied,
            adopted_count: tally.adopted,
            partly_count: tally.partly,
            not_adopted_count: tally.not_adopted,
            undecided_count: tally.undecided,
        }
    }
}

/// 征求意见 / A call for opinion.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpinionCallView {
    /// 标识 / Id of the call.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"))]
    id: Uuid,
    /// 编号；草稿没有 / Number; a draft has none.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("ZQ-2026-0003"))]
    number: Option<String>,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("对2027年度工作计划（草案）征求意见"))]
    title: String,
    /// 征求意见的问题 / The question.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("草案所列重点项目是否妥当，还应增加哪些？"))]
    question: String,
    /// 背景材料 / Background.
    #[schema(max_length = 10000, pattern = r"^[^\x00]*$", examples("草案由秘书处会同各专业研究委员会拟订。"))]
    background: String,
    /// 所服务的事项 / What it serves.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("2027年度工作计划草案"))]
    serves: String,
    /// 决定事项类别 / The matter that is to be decided.
    matter: Option<Matter>,
    /// 对象 / Audience.
    audience: AudienceView,
    /// 状态 / Status.
    status: CallStatus,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<CallAction>,
    /// 期限（工作日） / Working days to reply in.
    #[schema(minimum = 1, maximum = 250, examples(10))]
    workdays: i32,
    /// 发出时间 / Opened at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    opened_at: Option<String>,
    /// 截止日期（含） / The last day to reply on.
    #[schema(examples("2026-12-04"))]
    due_on: Option<NaiveDate>,
    /// 截止日期是否暂定（所涉年度的工作日历未公布） / Whether the day is provisional: the calendar of a year is not published.
    #[schema(examples(false))]
    due_provisional: bool,
    /// 计算所依据的工作日历版本 / The versions of the calendar that it rests on.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("2026v1"))]
    calendar_basis: Option<String>,
    /// 是否期限已过而未截止 / Whether the deadline has passed and it is still open.
    #[schema(examples(false))]
    is_overdue: bool,
    /// 截止时间 / Closed at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-07T02:03:04.567Z"))]
    closed_at: Option<String>,
    /// 反馈时间 / Answered at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-10T02:03:04.567Z"))]
    answered_at: Option<String>,
    /// 采纳情况综述 / Summary of what became of the opinions.
    #[schema(
        max_length = 10000,
        pattern = r"^[^\x00]*$",
        examples("共收到意见32条，采纳20条，部分采纳7条，未采纳5条。")
    )]
    summary: Option<String>,
    /// 统计；会员单位在反馈后可见 / Counts; units see them when it is answered.
    tally: Option<OpinionTally>,
    /// 取消理由 / Why it was cancelled.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("草案已撤回。"))]
    cancel_reason: Option<String>,
    /// 本单位的意见 / The opinions of one's own unit.
    #[schema(max_items = 100)]
    own_opinion_ids: Vec<Uuid>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl OpinionCallView {
    pub(super) fn of(actor: &Actor, found: CallOnFile, today: NaiveDate) -> Self {
        let CallOnFile { call: it, asked, own, tally } = found;
        let about = Asked { call: &it, units: &asked };
        let is_running = queries::is_running(&it, today);
        let permitted = |action: &CallAction| match action {
            CallAction::Edit => actor.may(&CALL_DRAFT, &about),
            CallAction::Open | CallAction::Cancel => actor.may(&CALL_OPEN, &about),
            CallAction::Reply => actor.may(&OPINION_SUBMIT, &about),
            CallAction::Close => actor.may(&CALL_ANSWER, &about) && !is_running,
            CallAction::Decide => actor.may(&OPINION_DECIDE, &about),
            CallAction::Answer => actor.may(&CALL_ANSWER, &about) && tally.is_none_or(|tally| tally.undecided == 0),
        };
        Self {
            allowed_actions: it.status.open_actions().filter(permitted).collect(),
            is_overdue: it.status == CallStatus::Open && !is_running,
            id: it.id.0,
            number: it.number,
            title: it.title,
            question: it.question,
            background: it.background,
            serves: it.serves,
            matter: it.matter,
            audience: AudienceView {
                kind: it.audience_kind,
                street_code: it.audience_street,
                unit_type: it.audience_unit_type,
            },
            status: it.status,
            workdays: it.workdays,
            opened_at: it.opened_at.map(instant),
            due_on: it.due_on,
            due_provisional: it.due_estimated,
            calendar_basis: it.calendar_basis,
            closed_at: it.closed_at.map(instant),
            answered_at: it.answered_at.map(instant),
            summary: it.summary,
            tally: tally.map(Into::into),
            cancel_reason: it.cancel_reason,
            own_opinion_ids: own.into_iter().map(|id| id.0).collect(),
            version: it.version,
        }
    }
}
