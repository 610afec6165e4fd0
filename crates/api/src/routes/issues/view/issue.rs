//! An issue, whole.

use chrono::NaiveDate;
use gongjian_kernel::Result;
use gongjian_ledger::issue::Issue;
use gongjian_ledger::issue::clock::Segment;
use gongjian_ledger::issue::input::Attachment;
use gongjian_ledger::issue::queries::{Master, Seen};
use gongjian_ledger::vocabulary::{
    ClosureBasis, Forum, Goal, IssueAction, IssueKind, IssueLevel, IssueStatus, Light, Outcome, RejectGround,
    Satisfaction, SupervisionLevel, Urgency,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Names, UnitRef, instant};

/// 答复 / The department's reply in this round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReplyView {
    /// 答复日期 / Day of the reply.
    #[schema(examples("2026-03-11"))]
    replied_on: NaiveDate,
    /// 办理结果 / Outcome.
    outcome: Outcome,
    /// 答复内容 / Text.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("12名学生已全部安排入学。"))]
    text: String,
    /// 办理措施 / Measures taken.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("协调三所学校增加转学学位。"))]
    measures: String,
    /// 签发的主要负责人 / The head who signed it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("张××"))]
    signed_by: String,
    /// 佐证材料引用 / References to evidence.
    #[schema(max_items = 20)]
    attachments: Vec<Attachment>,
    /// 办理工作日数（挂账期间不计）/ Working days used, suspensions excluded.
    #[schema(minimum = 0, maximum = 10000, examples(6))]
    handling_workdays: Option<i32>,
    /// 反馈期限，逾期未反馈视为确认 / After this day silence counts as confirmation.
    #[schema(examples("2026-03-18"))]
    confirm_due_on: Option<NaiveDate>,
}

/// 内部办理材料，只对承办部门、街道分会和秘书处显示 / Working papers, for the lead department, the branch and the secretariat.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PapersView {
    /// 交办意见 / The secretariat's instructions.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("请教育局牵头研究，于时限内答复。"))]
    instructions: Option<String>,
    /// 最近一次退回的理由 / Why it was returned last.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("事项不属于本部门职责。"))]
    return_reason: Option<String>,
    /// 退回时建议的承办部门 / The department that was suggested then.
    suggested_unit: Option<UnitRef>,
    /// 最近一次申请延期的理由 / Why an extension was asked for last.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("需与市级部门会商。"))]
    extension_reason: Option<String>,
    /// 挂账后续计划 / The plan behind the suspension.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("每季度与市级部门会商一次。"))]
    suspension_plan: Option<String>,
}

/// 主事项办理情况，供并单事项的提出单位了解 / The course of the master, for the submitter of a duplicate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MasterView {
    /// 台账编号 / Number on the ledger.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHYJ-2026-0017"))]
    ledger_no: Option<String>,
    /// 状态 / Status.
    status: IssueStatus,
    /// 灯色 / Light.
    light: Option<Light>,
    /// 办理时限 / The deadline.
    #[schema(examples("2026-07-17"))]
    due_on: Option<NaiveDate>,
    /// 答复日期 / Day of the reply.
    #[schema(examples("2026-07-10"))]
    replied_on: Option<NaiveDate>,
    /// 办理结果 / Outcome.
    outcome: Option<Outcome>,
    /// 答复内容 / The reply.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("低洼路段排水管网已疏通。"))]
    reply: Option<String>,
    /// 销号日期 / Day of the cancellation.
    #[schema(examples("2026-07-14"))]
    closed_on: Option<NaiveDate>,
}

impl From<Master> for MasterView {
    fn from(master: Master) -> Self {
        Self {
            ledger_no: master.ledger_no,
            status: master.status,
            light: master.light,
            due_on: master.due_on,
            replied_on: master.replied_on,
            outcome: master.outcome,
            reply: master.reply,
            closed_on: master.closed_on,
        }
    }
}

/// 提出单位的评价 / The submitter's feedback on this round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedbackView {
    /// 承办部门是否联系 / Whether the department was in touch.
    #[schema(examples(true))]
    contacted: bool,
    /// 是否解决 / Whether it is solved.
    #[schema(examples(true))]
    solved: bool,
    /// 满意度 / Satisfaction.
    satisfaction: Satisfaction,
    /// 意见 / Comment.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("感谢协调。"))]
    comment: Option<String>,
    /// 剔除理由，未剔除为空 / Why it is excluded from the rates, if it is.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("不属于承办部门职责。"))]
    excluded_reason: Option<String>,
}

/// 不予受理 / Why the issue was not accepted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RejectionView {
    /// 情形 / Ground.
    ground: RejectGround,
    /// 理由 / Reason.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("属劳动争议，依法应当先行仲裁。"))]
    reason: String,
    /// 正确渠道 / The right channel.
    #[schema(max_length = 300, pattern = r"^[^\x00]*$", examples("向劳动人事争议仲裁委员会申请仲裁。"))]
    channel: String,
}

/// 台账事项（第二十三条）/ An issue of the ledger (Article 23).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IssueView {
    /// 事项标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Uuid,
    /// 收件号，提交即有 / Number of the submission.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHSL-2026-0001"))]
    intake_no: Option<String>,
    /// 台账编号，一事一号；并单事项显示主事项编号 / The one number, given at registration; a merged issue shows its master's.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHYJ-2026-0001"))]
    ledger_no: Option<String>,
    /// 并单前的编号，已作废不再使用 / Its own number before a merger, void for ever.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHYJ-2026-0002"))]
    voided_no: Option<String>,
    /// 状态 / Status.
    status: IssueStatus,
    /// 灯色；未登记或已退出台账的事项为空 / Light; null outside the ledger.
    light: Option<Light>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 40)]
    allowed_actions: Vec<IssueAction>,
    /// 类别 / Kind.
    kind: IssueKind,
    /// 紧急程度 / Urgency.
    urgency: Urgency,
    /// 事项分类 / Category.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("人才服务"))]
    category: String,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("引进博士子女入学难"))]
    title: String,
    /// 问题描述 / Detail.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("新引进12名博士的子女面临转学，希望协调学区学位。"))]
    detail: String,
    /// 六共目标 / One of the six shared goals.
    goal: Option<Goal>,
    /// 层级 / Level.
    level: IssueLevel,
    /// 所在街道代码 / Code of the street.
    #[schema(max_length = 9, pattern = r"^\d{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 专业研究委员会代码 / Code of the professional committee.
    #[schema(max_length = 16, pattern = "^[A-Za-z0-9_-]+$", examples("C2"))]
    committee_code: Option<String>,
    /// 附件引用 / References to attachments.
    #[schema(max_items = 20)]
    attachments: Vec<Attachment>,
    /// 提出单位 / The unit that raised it.
    submitter: UnitRef,
    /// 提交人 / Who submitted it.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("代表057"))]
    submitter_name: String,
    /// 牵头承办部门 / The lead department.
    lead: Option<UnitRef>,
    /// 协助单位 / Assisting units.
    #[schema(max_items = 20)]
    assisting: Vec<UnitRef>,
    /// 提交日期 / Day of submission.
    #[schema(examples("2026-03-02"))]
    submitted_on: Option<NaiveDate>,
    /// 编号登记日期 / Day of registration.
    #[schema(examples("2026-03-03"))]
    registered_on: Option<NaiveDate>,
    /// 交办日期 / Day of dispatch.
    #[schema(examples("2026-03-03"))]
    dispatched_on: Option<NaiveDate>,
    /// 签收期限 / Sign for it by.
    #[schema(examples("2026-03-04"))]
    sign_due_on: Option<NaiveDate>,
    /// 签收日期 / Day of signing.
    #[schema(examples("2026-03-04"))]
    signed_on: Option<NaiveDate>,
    /// 已由秘书处指定承办，不得退回 / Designated: it cannot be returned again.
    #[schema(examples(false))]
    is_designated: bool,
    /// 退回次数 / Times returned.
    #[schema(minimum = 0, maximum = 1000, examples(0))]
    return_count: i32,
    /// 第几轮办理 / Round of handling.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round: i32,
    /// 本轮办理时限（工作日）/ Limit of this round in working days.
    #[schema(minimum = 0, maximum = 1000, examples(10))]
    limit_workdays: i32,
    /// 本轮原定时限 / The deadline before extensions.
    #[schema(examples("2026-03-17"))]
    base_due_on: Option<NaiveDate>,
    /// 办理时限 / The deadline.
    #[schema(examples("2026-03-17"))]
    due_on: Option<NaiveDate>,
    /// 时限所依据的年度放假通知尚未发布，为预估 / The deadline rests on a year without a notice.
    #[schema(examples(false))]
    is_due_estimated: bool,
    /// 本轮已延长的工作日数 / Working days added in this round.
    #[schema(minimum = 0, maximum = 1000, examples(0))]
    extension_workdays: i32,
    /// 待审定的延期工作日数 / Working days asked for, not yet decided.
    #[schema(minimum = 0, maximum = 1000, examples(5))]
    extension_pending_workdays: Option<i32>,
    /// 计时分段 / The clock, segment by segment.
    #[schema(max_items = 200)]
    clock: Vec<Segment>,
    /// 挂账理由 / Why it is suspended.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("涉及历史遗留，需市级部门明确政策。"))]
    suspension_reason: Option<String>,
    /// 挂账复核日期 / Day of the review.
    #[schema(examples("2026-06-30"))]
    review_on: Option<NaiveDate>,
    /// 挂账复核已逾期 / The review of the suspension is overdue.
    #[schema(examples(false))]
    is_review_overdue: bool,
    /// 内部办理材料，无权查看时为空 / Working papers; null for those who may not see them.
    papers: Option<PapersView>,
    /// 主事项办理情况；未并单为空 / The course of the master; null unless merged.
    master: Option<MasterView>,
    /// 提请的会议形式 / The meeting it was raised to.
    forum: Option<Forum>,
    /// 会议编号 / Number of the meeting.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("JM-2026-001"))]
    meeting_no: Option<String>,
    /// 正在研究它的联席会或地区事务协调会 / The conference that it is before.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"))]
    conference_id: Option<Uuid>,
    /// 未办结的议定措施数；办结前不得销号 / Agreed measures that are not done; it is not cancelled before they are.
    #[schema(minimum = 0, examples(0))]
    open_measures: i32,
    /// 本轮答复 / The reply of this round.
    reply: Option<ReplyView>,
    /// 本轮评价 / The feedback of this round.
    feedback: Option<FeedbackView>,
    /// 销号依据 / What the cancellation rests on.
    closure_basis: Option<ClosureBasis>,
    /// 秘书处核定意见 / The secretariat's ruling.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("两轮办理已尽职，予以核定。"))]
    ruling: Option<String>,
    /// 确认日期 / Day of the confirmation.
    #[schema(examples("2026-03-12"))]
    confirmed_on: Option<NaiveDate>,
    /// 销号日期 / Day of the cancellation.
    #[schema(examples("2026-03-13"))]
    closed_on: Option<NaiveDate>,
    /// 不予受理 / Why it was not accepted.
    rejection: Option<RejectionView>,
    /// 并入的主事项 / The master it was merged into.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02"))]
    merged_into_issue_id: Option<Uuid>,
    /// 催办次数 / Times urged.
    #[schema(minimum = 0, maximum = 100_000, examples(0))]
    urge_count: i32,
    /// 督办最高等级 / Highest level of supervision.
    supervision_level: Option<SupervisionLevel>,
    /// 版本，即 ETag 的数字 / Version, the number in the ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(3))]
    version: i32,
    /// 建立时间 / Made at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    created_at: String,
    /// 更新时间 / Changed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-13T02:03:04.567Z"))]
    updated_at: String,
}

impl IssueView {
    pub(crate) fn of(seen: Seen<Issue>, names: &Names) -> Result<Self> {
        let Seen { issue, assisting, light, allowed_actions, sees_papers, review_overdue, master } = seen;
        Ok(Self {
            clock: issue.segments()?,
            attachments: serde_json::from_str(&issue.attachments)?,
            reply: reply(&issue)?,
            papers: sees_papers.then(|| papers(&issue, names)),
            master: master.map(MasterView::from),
            is_review_overdue: review_overdue,
            feedback: feedback(&issue),
            rejection: rejection(&issue),
            id: issue.id.0,
            intake_no: issue.intake_no,
            ledger_no: issue.ledger_no,
            voided_no: issue.voided_no,
            status: issue.status,
            light,
            allowed_actions,
            kind: issue.kind,
            urgency: issue.urgency,
            category: issue.category,
            title: issue.title,
            detail: issue.detail,
            goal: issue.goal,
            level: issue.level,
            street_code: issue.street_code,
            committee_code: issue.committee_code,
            submitter: UnitRef::of(issue.submitter_unit_id, names),
            submitter_name: issue.submitter_name,
            lead: issue.lead_unit_id.map(|id| UnitRef::of(id, names)),
            assisting: assisting.into_iter().map(|id| UnitRef::of(id, names)).collect(),
            submitted_on: issue.submitted_on,
            registered_on: issue.registered_on,
            dispatched_on: issue.dispatched_on,
            sign_due_on: issue.sign_due_on,
            signed_on: issue.signed_on,
            is_designated: issue.designated,
            return_count: issue.return_count,
            round: issue.round,
            limit_workdays: issue.limit_workdays,
            base_due_on: issue.base_due_on,
            due_on: issue.due_on,
            is_due_estimated: issue.due_estimated,
            extension_workdays: issue.extension_workdays,
            extension_pending_workdays: issue.extension_pending,
            suspension_reason: issue.suspension_reason,
            review_on: issue.review_on,
            forum: issue.forum,
            meeting_no: issue.meeting_no,
            conference_id: issue.conference_id.map(|id| id.0),
            open_measures: issue.open_measures,
            closure_basis: issue.closure_basis,
            ruling: issue.ruling,
            confirmed_on: issue.confirmed_on,
            closed_on: issue.closed_on,
            merged_into_issue_id: issue.merged_into.map(|id| id.0),
            urge_count: issue.urge_count,
            supervision_level: issue.supervision_level,
            version: issue.version,
            created_at: instant(issue.created_at),
            updated_at: instant(issue.updated_at),
        })
    }
}

fn reply(issue: &Issue) -> Result<Option<ReplyView>> {
    let (Some(replied_on), Some(outcome)) = (issue.replied_on, issue.outcome) else { return Ok(None) };
    let attachments = issue.reply_attachments.as_deref().map(serde_json::from_str).transpose()?;
    Ok(Some(ReplyView {
        replied_on,
        outcome,
        text: issue.reply.clone().unwrap_or_default(),
        measures: issue.measures.clone().unwrap_or_default(),
        signed_by: issue.reply_signed_by.clone().unwrap_or_default(),
        attachments: attachments.unwrap_or_default(),
        handling_workdays: issue.handling_workdays,
        confirm_due_on: issue.confirm_due_on,
    }))
}

fn papers(issue: &Issue, names: &Names) -> PapersView {
    PapersView {
        instructions: issue.instructions.clone(),
        return_reason: issue.return_reason.clone(),
        suggested_unit: issue.suggested_unit_id.map(|id| UnitRef::of(id, names)),
        extension_reason: issue.extension_reason.clone(),
        suspension_plan: issue.suspension_plan.clone(),
    }
}

fn feedback(issue: &Issue) -> Option<FeedbackView> {
    Some(FeedbackView {
        contacted: issue.contacted?,
        solved: issue.solved?,
        satisfaction: issue.satisfaction?,
        comment: issue.feedback_comment.clone(),
        excluded_reason: issue.feedback_excluded.clone(),
    })
}

fn rejection(issue: &Issue) -> Option<RejectionView> {
    Some(RejectionView {
        ground: issue.reject_ground?,
        reason: issue.reject_reason.clone()?,
        channel: issue.reject_channel.clone()?,
    })
}
