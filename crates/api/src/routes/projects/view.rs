//! Projects in answers.

use chrono::NaiveDate;
use gongjian_governance::plan::Goal;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Result};
use gongjian_projects::money::Money;
use gongjian_projects::project::action::{PROJECT_APPROVE, PROJECT_CHECK, PROJECT_DECLARE, PROJECT_OBJECT};
use gongjian_projects::project::{
    Declaration, Objection, Project, ProjectAction, ProjectOnFile, ProjectStatus, Revision,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};

/// 项目概要 / A project in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProjectSummary {
    /// 项目标识 / Id of the project.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"))]
    id: Uuid,
    /// 项目编号，立项时取得 / Number, from its approval on.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("QHXM-2027-001"))]
    number: Option<String>,
    /// 状态 / Status.
    status: ProjectStatus,
    /// 申报单位 / The unit that declared.
    unit: UnitRef,
    /// 项目名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("楼宇党建“红色合伙人”"))]
    name: String,
    /// 项目年度 / Year.
    #[schema(minimum = 2000, maximum = 2100, examples(2027))]
    year: i32,
    /// 六共目标 / Shared goal.
    goal: Goal,
    /// 预算合计（元）/ Total in CNY.
    #[schema(max_length = 13, pattern = r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$", examples("120000.00"))]
    total: String,
    /// 审查或补正期限 / Until when the form is checked, or the unit corrects.
    #[schema(examples("2026-11-27"))]
    due_on: Option<NaiveDate>,
    /// 公示最后一日 / Last day of publicity.
    #[schema(examples("2026-11-27"))]
    publicity_until: Option<NaiveDate>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ProjectSummary {
    pub(super) fn of(it: Project, names: &Names) -> Self {
        Self {
            id: it.id.0,
            status: it.status,
            unit: UnitRef::of(it.unit_id, names),
            year: it.year,
            goal: it.goal,
            total: Money::of_fen(it.total_fen).to_string(),
            due_on: it.due_on,
            publicity_until: it.publicity_until,
            version: it.version,
            number: it.number,
            name: it.name,
        }
    }
}

/// 项目 / A project.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProjectView {
    /// 项目标识 / Id of the project.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"))]
    id: Uuid,
    /// 项目编号，立项时取得 / Number, from its approval on.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("QHXM-2027-001"))]
    number: Option<String>,
    /// 状态 / Status.
    status: ProjectStatus,
    /// 申报单位 / The unit that declared.
    unit: UnitRef,
    /// 项目名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("楼宇党建“红色合伙人”"))]
    name: String,
    /// 项目年度 / Year.
    #[schema(minimum = 2000, maximum = 2100, examples(2027))]
    year: i32,
    /// 六共目标 / Shared goal.
    goal: Goal,
    /// 预算合计（元）/ Total in CNY.
    #[schema(max_length = 13, pattern = r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$", examples("120000.00"))]
    total: String,
    /// 审查或补正期限 / Until when the form is checked, or the unit corrects.
    #[schema(examples("2026-11-27"))]
    due_on: Option<NaiveDate>,
    /// 公示最后一日 / Last day of publicity.
    #[schema(examples("2026-11-27"))]
    publicity_until: Option<NaiveDate>,
    /// 公示起始日期 / First day of publicity.
    #[schema(examples("2026-11-20"))]
    publicity_from: Option<NaiveDate>,
    /// 理事会决定 / The council's decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1101"))]
    decision_id: Option<Uuid>,
    /// 退回补正的次数 / How often it was returned.
    #[schema(minimum = 0, maximum = 10, examples(0))]
    corrections: i32,
    /// 补正内容、不予立项或撤回的理由 / What is to be corrected; why it was not approved or withdrawn.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("请补充经费测算依据。"))]
    remark: Option<String>,
    /// 申报时间 / Declared at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    submitted_at: Option<String>,
    /// 立项时间 / Approved at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-30T02:03:04.567Z"))]
    approved_at: Option<String>,
    /// 申报书版次 / Revision of the declaration.
    #[schema(minimum = 1, examples(2))]
    revision: i32,
    /// 任务书版次，立项时固定 / The revision that is the task book, from its approval on.
    #[schema(minimum = 1, examples(2))]
    baseline_revision: Option<i32>,
    /// 现行申报书 / The declaration as it is now.
    declaration: Declaration,
    /// 预算各科目之和是否等于合计 / Whether the budget adds up.
    #[schema(examples(true))]
    budget_adds_up: bool,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 20)]
    allowed_actions: Vec<ProjectAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ProjectView {
    pub(super) fn of(actor: &Actor, found: ProjectOnFile, names: &Names) -> Self {
        let ProjectOnFile { sight, declaration } = found;
        let permitted = |action: &ProjectAction| match action {
            ProjectAction::Edit | ProjectAction::Submit | ProjectAction::Withdraw => {
                actor.may(&PROJECT_DECLARE, &sight)
            }
            ProjectAction::Return | ProjectAction::Pass | ProjectAction::Reject => actor.may(&PROJECT_CHECK, &sight),
            ProjectAction::Publicise | ProjectAction::Approve => actor.may(&PROJECT_APPROVE, &sight),
            ProjectAction::Object => actor.may(&PROJECT_OBJECT, &sight),
        };
        let allowed_actions = sight.project.status.open_actions().filter(permitted).collect();
        let it = sight.project;
        Self {
            allowed_actions,
            publicity_from: it.publicity_from,
            decision_id: it.decision_id.map(|id| id.0),
            corrections: it.corrections,
            submitted_at: it.submitted_at.map(instant),
            approved_at: it.approved_at.map(instant),
            revision: it.revision,
            baseline_revision: it.baseline_revision,
            budget_adds_up: declaration.adds_up(),
            declaration,
            remark: it.remark,
            id: it.id.0,
            status: it.status,
            unit: UnitRef::of(it.unit_id, names),
            year: it.year,
            goal: it.goal,
            total: Money::of_fen(it.total_fen).to_string(),
            due_on: it.due_on,
            publicity_until: it.publicity_until,
            version: it.version,
            number: it.number,
            name: it.name,
        }
    }
}

/// 申报书的一版 / A revision of the declaration.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProjectRevisionView {
    /// 版次 / Revision.
    #[schema(minimum = 1, examples(1))]
    revision: i32,
    /// 保存时间 / Saved at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    saved_at: String,
    /// 内容 / What it says.
    declaration: Declaration,
}

impl ProjectRevisionView {
    pub(super) fn of(it: Revision) -> Result<Self> {
        Ok(Self { declaration: it.declaration()?, revision: it.revision, saved_at: instant(it.saved_at) })
    }
}

/// 异议 / An objection.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProjectObjectionView {
    /// 异议标识 / Id of the objection.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2212"))]
    id: Uuid,
    /// 项目 / The project.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"))]
    project_id: Uuid,
    /// 提出单位 / The unit that objects.
    unit: UnitRef,
    /// 内容与理由 / What, and why.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("与在建项目重复。"))]
    text: String,
    /// 提出时间 / Made at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    made_at: String,
    /// 答复 / The answer.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("经核，服务对象不同，不属重复。"))]
    answer: Option<String>,
    /// 是否成立 / Whether it is upheld.
    #[schema(examples(false))]
    is_upheld: Option<bool>,
    /// 答复时间 / Answered at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-23T02:03:04.567Z"))]
    answered_at: Option<String>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ProjectObjectionView {
    pub(super) fn of(it: Objection, names: &Names) -> Self {
        Self {
            id: it.id.0,
            project_id: it.project_id.0,
            unit: UnitRef::of(it.unit_id, names),
            text: it.text,
            made_at: instant(it.made_at),
            answer: it.answer,
            is_upheld: it.is_upheld,
            answered_at: it.answered_at.map(instant),
            version: it.version,
        }
    }
}
