//! What people send to the ledger's commands. Parsed, not validated: a value of these types is one that
//! the commands can work with; the schema that clients see is made from the same declarations.

use chrono::NaiveDate;
use gongjian_kernel::Text;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::vocabulary::{
    Forum, Goal, IssueKind, IssueLevel, Outcome, RejectGround, Satisfaction, SheetGround, SupervisionLevel, Urgency,
};

/// 附件引用：文件由上传服务另行保存，此处只记名称、编号与摘要。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// 文件名。
    #[schema(value_type = String, min_length = 1, max_length = 120, pattern = r"^[^\u0000-\u001F]*$", example = "现场照片.jpg")]
    pub name: Text<1, 120>,
    /// 文件编号或地址。
    #[schema(value_type = String, min_length = 1, max_length = 300, pattern = r"^[^\u0000-\u001F]*$", example = "file:0198c3f2-7a10")]
    pub reference: Text<1, 300>,
    /// SHA-256 摘要（十六进制）。
    #[schema(value_type = Option<String>, min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$", example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Text<64, 64>>,
}

/// 提出事项。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// 提出单位；只代表一个单位时可省略。
    #[serde(default)]
    #[schema(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    pub unit_id: Option<Uuid>,
    /// 事项类别。
    pub kind: IssueKind,
    /// 紧急程度。
    #[serde(default = "normal")]
    pub urgency: Urgency,
    /// 事项分类，推荐词见台账配置。
    #[schema(value_type = String, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "人才服务")]
    pub category: Text<1, 40>,
    /// 标题。
    #[schema(value_type = String, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "引进博士子女入学难")]
    pub title: Text<1, 100>,
    /// 问题描述。
    #[schema(value_type = String, min_length = 1, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "新引进12名博士的子女面临转学，希望协调学区学位。")]
    pub detail: Text<1, 4000>,
    /// 所属六共目标。
    #[serde(default)]
    pub goal: Option<Goal>,
    /// 所在街道代码；省略时为提出单位所在街道。
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = r"^\d{9}$", example = "990106007")]
    pub street_code: Option<Text<9, 9>>,
    /// 事项层级。
    #[serde(default = "district")]
    pub level: IssueLevel,
    /// 附件引用。
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub attachments: Vec<Attachment>,
    /// 只存草稿，暂不提交。
    #[serde(default)]
    #[schema(example = false)]
    pub draft: bool,
}

fn normal() -> Urgency {
    Urgency::Normal
}

fn other() -> SheetGround {
    SheetGround::Other
}

fn district() -> IssueLevel {
    IssueLevel::District
}

/// 修改草稿：未列出的内容不变。
#[derive(Debug, Clone, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DraftChange {
    /// 事项类别。
    #[serde(default, deserialize_with = "given")]
    pub kind: Option<IssueKind>,
    /// 紧急程度。
    #[serde(default, deserialize_with = "given")]
    pub urgency: Option<Urgency>,
    /// 事项分类。
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "人才服务")]
    pub category: Option<Text<1, 40>>,
    /// 标题。
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "引进博士子女入学难")]
    pub title: Option<Text<1, 100>>,
    /// 问题描述。
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, min_length = 1, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "新引进12名博士的子女面临转学，希望协调学区学位。")]
    pub detail: Option<Text<1, 4000>>,
    /// 附件引用。
    #[serde(default, deserialize_with = "given")]
    #[validate(length(max = 20))]
    #[schema(max_items = 20, nullable = false)]
    pub attachments: Option<Vec<Attachment>>,
    /// 事项层级。
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub level: Option<IssueLevel>,
    /// 所属六共目标；为空则清除。
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Goal>)]
    pub goal: Option<Option<Goal>>,
    /// 所在街道代码；为空则清除。
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = r"^\d{9}$", example = "990106007")]
    pub street_code: Option<Option<Text<9, 9>>>,
}

/// A member of a merge patch that was given: null is a value here, not an absence.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// 可附说明的操作。
#[derive(Debug, Clone, Default, Deserialize, ToSchema, Validate)]
#[serde(default, deny_unknown_fields)]
pub struct Remark {
    /// 说明。
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "已核实情况。")]
    pub note: Option<Text<1, 1000>>,
}

/// 须说明理由的操作。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    /// 理由。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "情况已经变化，不再需要协调。")]
    pub reason: Text<1, 1000>,
}

/// 编号登记时的归类；未列出的按提交内容。
#[derive(Debug, Clone, Default, Deserialize, ToSchema, Validate)]
#[serde(default, deny_unknown_fields)]
pub struct Registration {
    /// 事项类别。
    pub kind: Option<IssueKind>,
    /// 紧急程度。
    pub urgency: Option<Urgency>,
    /// 事项分类。
    #[schema(value_type = Option<String>, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "人才服务")]
    pub category: Option<Text<1, 40>>,
    /// 事项层级。
    pub level: Option<IssueLevel>,
    /// 所属六共目标。
    pub goal: Option<Goal>,
    /// 所在街道代码。
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = r"^\d{9}$", example = "990106007")]
    pub street_code: Option<Text<9, 9>>,
    /// 对口专业研究委员会代码。
    #[schema(value_type = Option<String>, min_length = 1, max_length = 16, pattern = "^[A-Za-z0-9_-]+$", example = "C2")]
    pub committee_code: Option<Text<1, 16>>,
}

/// 不予受理：必须告知理由和正确渠道。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// 情形。
    pub ground: RejectGround,
    /// 理由。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "属劳动争议，依法应当先行仲裁。")]
    pub reason: Text<1, 1000>,
    /// 正确渠道。
    #[schema(value_type = String, min_length = 1, max_length = 300, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "向劳动人事争议仲裁委员会申请仲裁。")]
    pub channel: Text<1, 300>,
}

/// 并单：一事一号，使用主事项的编号。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Merger {
    /// 主事项。
    #[schema(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    pub into_issue_id: Uuid,
    /// 说明。
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "与新港路积水为同一诉求。")]
    pub note: Option<Text<1, 1000>>,
}

/// 交办：责成一个牵头部门，协调若干单位协助。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// 牵头（承办）部门，有且只有一个。
    #[schema(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02")]
    pub lead_unit_id: Uuid,
    /// 协助单位。
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20, example = json!(["0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a03"]))]
    pub assisting_unit_ids: Vec<Uuid>,
    /// 交办意见。
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "请教育局牵头研究，于时限内答复。")]
    pub instructions: Option<Text<1, 1000>>,
}

/// 退回。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReturnSlip {
    /// 退回理由。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "电梯安全监管职责在市场监管部门。")]
    pub reason: Text<1, 1000>,
    /// 建议的承办部门。
    #[serde(default)]
    #[schema(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02")]
    pub suggested_unit_id: Option<Uuid>,
}

/// 办理记录：进展或协助情况。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// 内容。
    #[schema(value_type = String, min_length = 1, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "已与三所学校对接学位。")]
    pub text: Text<1, 4000>,
    /// 附件引用。
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub attachments: Vec<Attachment>,
}

/// 申请延期。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRequest {
    /// 延长的工作日数，上限见台账配置。
    #[validate(range(min = 1, max = 250))]
    #[schema(minimum = 1, maximum = 250, example = 5)]
    pub workdays: u32,
    /// 理由。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "需与市级部门会商。")]
    pub reason: Text<1, 1000>,
}

/// 审定延期。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ExtensionDecision {
    /// 是否同意。
    #[schema(example = true)]
    pub granted: bool,
    /// 意见；不同意时应说明。
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "同意，请按期答复。")]
    pub note: Option<Text<1, 1000>>,
}

/// 批准挂账。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// 挂账理由。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "涉及历史遗留，需市级部门明确政策。")]
    pub reason: Text<1, 1000>,
    /// 后续计划。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "每季度与市规划部门会商一次。")]
    pub plan: Text<1, 1000>,
    /// 复核日期。
    #[schema(example = "2026-06-30")]
    pub review_on: NaiveDate,
}

/// 提请会议研究：编号不变。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// 会议形式。
    pub forum: Forum,
    /// 联席会或地区事务协调会，必填；须已批准、尚未召开。
    #[serde(default)]
    #[schema(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1901")]
    pub conference_id: Option<Uuid>,
    /// 理事会或会员大会的议程。
    #[serde(default)]
    #[schema(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f02")]
    pub agenda_item_id: Option<Uuid>,
    /// 理事会或会员大会的会议编号。
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "理事会〔2026〕2次")]
    pub meeting_no: Option<Text<1, 40>>,
    /// 理由。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "需多部门共同解决。")]
    pub reason: Text<1, 1000>,
    /// 顺延的工作日数，上限见台账配置。
    #[serde(default)]
    #[validate(range(max = 250))]
    #[schema(minimum = 0, maximum = 250, example = 20)]
    pub extension_workdays: u32,
}

/// 答复。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewReply {
    /// 办理结果。
    pub outcome: Outcome,
    /// 答复内容。
    #[schema(value_type = String, min_length = 1, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "12名学生已全部安排入学。")]
    pub text: Text<1, 4000>,
    /// 办理措施。
    #[schema(value_type = String, min_length = 1, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "协调三所学校增加转学学位。")]
    pub measures: Text<1, 4000>,
    /// 签发答复的主要负责人。
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "张××")]
    pub signed_by: Text<1, 50>,
    /// 佐证材料引用。
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub attachments: Vec<Attachment>,
}

/// 提出单位的确认与评价。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// 承办部门是否与本单位联系。
    #[schema(example = true)]
    pub contacted: bool,
    /// 问题是否解决。
    #[schema(example = true)]
    pub solved: bool,
    /// 满意度。
    pub satisfaction: Satisfaction,
    /// 意见。
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "感谢协调。")]
    pub comment: Option<Text<1, 1000>>,
}

/// 督办。
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SupervisionOrder {
    /// 督办等级。
    pub level: SupervisionLevel,
    /// 督办事由。
    #[serde(default = "other")]
    pub ground: SheetGround,
    /// 督办意见。
    #[schema(value_type = String, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", example = "请于三日内报告进展。")]
    pub reason: Text<1, 1000>,
    /// 抄送。
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "分管领导")]
    pub copy_to: Option<Text<1, 200>>,
}
