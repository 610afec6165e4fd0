//! Enquiries in answers.

use chrono::NaiveDate;
use gongjian_governance::expert::action::{ENQUIRY_ANSWER, ENQUIRY_ASK, ENQUIRY_ASSIGN};
use gongjian_governance::expert::enquiry::{
    AskerKind, AssignmentStatus, DeclineGround, EnquiryAction, EnquiryLight, EnquiryOnFile, EnquiryStatus, Publicity,
};
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};

/// 一位专家的办理 / An expert's part.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AssignmentView {
    /// 专家标识 / Id of the expert.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"))]
    expert_id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("周文"))]
    name: String,
    /// 状态 / Status.
    status: AssignmentStatus,
    /// 指派时间 / Assigned at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    assigned_at: String,
    /// 答复时间 / Answered at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-25T02:03:04.567Z"))]
    answered_at: Option<String>,
    /// 现行意见；全部答复前只有本人可见 / His opinion; until all have answered, for himself alone.
    #[schema(max_length = 10000, pattern = r"^[^\x00]*$", examples("可由街道分会牵头组建联合党支部。"))]
    opinion: Option<String>,
    /// 退回说明前的意见，先后为序 / Opinions before it was returned to him, the first one first.
    #[schema(max_items = 100, examples("可组建联合党支部。"))]
    earlier_opinions: Vec<String>,
    /// 回避或谢绝的事由；限秘书处和本人 / Why he declined; for the secretariat and himself.
    ground: Option<DeclineGround>,
    /// 说明；限秘书处和本人 / Why; for the secretariat and himself.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("本人担任咨询单位的顾问。"))]
    reason: Option<String>,
}

/// 咨询 / An enquiry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EnquiryView {
    /// 咨询标识 / Id of the enquiry.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"))]
    id: Uuid,
    /// 编号 / Number.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("ZX-2026-0001"))]
    number: String,
    /// 咨询方类别 / Kind of asker.
    asker_kind: AskerKind,
    /// 咨询单位 / The asking unit.
    asker_unit: Option<UnitRef>,
    /// 咨询的街道分会 / Street of the asking branch.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    asker_street_code: Option<String>,
    /// 咨询的专业研究委员会 / The asking committee.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    asker_body_id: Option<Uuid>,
    /// 提出人；限秘书处、咨询方和被指派的专家 / Who asked; for the secretariat, the asker and the experts assigned.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    asked_by: Option<String>,
    /// 提出时间 / Asked at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    asked_at: String,
    /// 领域 / Field.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("基层治理"))]
    field: String,
    /// 问题 / Question.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("非公企业党组织如何与街道分会联建？"))]
    question: String,
    /// 用途 / Purpose.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("供本单位制定2027年联建方案参考。"))]
    purpose: String,
    /// 咨询方同意的公开范围 / How widely the asker lets it be told.
    agreed_to: Publicity,
    /// 同意公开的机构 / The body to which the asker lets it be told.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    agreed_body_id: Option<Uuid>,
    /// 状态 / Status.
    status: EnquiryStatus,
    /// 灯色 / Light.
    light: Option<EnquiryLight>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 20)]
    allowed_actions: Vec<EnquiryAction>,
    /// 答复期限（含） / The last day to answer on.
    #[schema(examples("2026-12-04"))]
    due_on: Option<NaiveDate>,
    /// 期限是否暂定（所涉年度的工作日历未公布） / Whether the day is provisional: the calendar of a year is not published.
    #[schema(examples(false))]
    due_provisional: bool,
    /// 计算所依据的工作日历版本 / The versions of the calendar that it rests on.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("2026v1"))]
    calendar_basis: Option<String>,
    /// 各专家的办理 / The experts' parts.
    #[schema(max_items = 100)]
    assignments: Vec<AssignmentView>,
    /// 退回或撤回的理由 / Why it was returned or withdrawn.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("请说明企业规模。"))]
    remark: Option<String>,
    /// 办结意见 / What follows from the opinions.
    #[schema(max_length = 5000, pattern = r"^[^\x00]*$", examples("两位专家意见一致，可按联合党支部方式推进。"))]
    conclusion: Option<String>,
    /// 公布范围 / How widely it is told.
    published_to: Option<Publicity>,
    /// 公布的机构 / The body that it is told to.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    published_body_id: Option<Uuid>,
    /// 公布时间 / Published at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-10T02:03:04.567Z"))]
    published_at: Option<String>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl EnquiryView {
    pub(super) fn of(actor: &Actor, found: EnquiryOnFile, names: &Names) -> Self {
        let EnquiryOnFile { sight, experts, opinions, asked_by, light } = found;
        let is_his_turn = sight.mine().is_some_and(|part| part.status.is_awaited());
        let keeps_file = actor.may(&ENQUIRY_ASSIGN, &sight);
        let permitted = |action: &EnquiryAction| match action {
            EnquiryAction::Clarify | EnquiryAction::Agree | EnquiryAction::Withdraw => actor.may(&ENQUIRY_ASK, &sight),
            EnquiryAction::Return
            | EnquiryAction::Assign
            | EnquiryAction::Release
            | EnquiryAction::Conclude
            | EnquiryAction::Publish => keeps_file,
            EnquiryAction::ReturnOpinion => {
                keeps_file && sight.assignments.iter().any(|part| part.status == AssignmentStatus::Answered)
            }
            EnquiryAction::Answer | EnquiryAction::Decline => actor.may(&ENQUIRY_ANSWER, &sight) && is_his_turn,
            EnquiryAction::Complete | EnquiryAction::Vacate => false,
        };
        let allowed_actions = sight.enquiry.status.open_actions().filter(permitted).collect();
        let part = |part: &gongjian_governance::expert::enquiry::Assignment| {
            let said = opinions.iter().filter(|said| said.expert_id == part.expert_id);
            let mut said: Vec<String> = said.map(|said| said.text.clone()).collect();
            let is_open = keeps_file || Some(part.expert_id) == sight.me;
            AssignmentView {
                expert_id: part.expert_id.0,
                name: experts.get(&part.expert_id).cloned().unwrap_or_default(),
                status: part.status,
                assigned_at: instant(part.assigned_at),
                answered_at: part.answered_at.map(instant),
                opinion: said.pop(),
                earlier_opinions: said,
                ground: part.ground.filter(|_| is_open),
                reason: part.reason.clone().filter(|_| is_open),
            }
        };
        let assignments = sight.assignments.iter().map(part).collect();
        // Those who are told the outcome alone need not know which person asked.
        let is_party = keeps_file || actor.may(&ENQUIRY_ASK, &sight) || sight.mine().is_some();
        let it = sight.enquiry;
        Self {
            id: it.id.0,
            number: it.number,
            asker_kind: it.asker_kind,
            asker_unit: it.asker_unit_id.map(|unit| UnitRef::of(unit, names)),
            asker_street_code: it.asker_street,
            asker_body_id: it.asker_body_id.map(|body| body.0),
            asked_by: asked_by.filter(|_| is_party),
            asked_at: instant(it.asked_at),
            field: it.field,
            question: it.question,
            purpose: it.purpose,
            agreed_to: it.agreed_to,
            agreed_body_id: it.agreed_body_id.map(|body| body.0),
            status: it.status,
            light,
            allowed_actions,
            due_on: it.due_on,
            due_provisional: it.due_estimated,
            calendar_basis: it.calendar_basis,
            assignments,
            remark: it.remark,
            conclusion: it.conclusion,
            published_to: it.published_to,
            published_body_id: it.published_body_id.map(|body| body.0),
            published_at: it.published_at.map(instant),
            version: it.version,
        }
    }
}
