//! The declaration (申报书): what a unit wants to do, why, until when, with whom, for how much. A draft may have gaps;
//! what is submitted has none, and its budget adds up to the fen.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use gongjian_governance::plan::{Goal, Method};
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use gongjian_membership::{AssociationPolicy, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::money::Money;

gongjian_kernel::words! {
    /// How a project came about.
    pub enum ProjectKind as "project_kind" ("项目类型", "Kind of project") {
        Own = "own" ("自主申报", "Declared by the unit itself"),
        Claimed = "claimed" ("认领项目", "A key project that was claimed"),
        Recruited = "recruited" ("揭榜招募", "Answer to a call"),
    }
}

gongjian_kernel::words! {
    /// Article 26: where the money comes from.
    pub enum FundSource as "fund_source" ("经费来源", "Source of funds") {
        DistrictBudget = "district_budget" ("区级财政预算", "Budget of the district"),
        OwnFunds = "own_funds" ("单位自筹", "Funds of the unit"),
        InKind = "in_kind" ("实物或服务折价", "In kind, valued"),
    }
}

/// 联合申报单位 / A unit that takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct JointUnit {
    /// 单位 / The unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub unit_id: Uuid,
    /// 分工 / What it does.
    #[schema(examples("提供培训场地与师资。"))]
    pub division: Text<2, 500>,
}

/// 指标 / An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// 名称 / Name.
    #[schema(examples("服务人次"))]
    pub name: Text<2, 100>,
    /// 单位 / What is counted.
    #[schema(examples("人次"))]
    pub measure: Text<1, 20>,
    /// 目标值 / Target.
    #[validate(range(
        min = 1,
        max = 1_000_000_000,
        code = "out_of_range",
        message = "应为 1 至 1000000000。 / Give 1 to 1000000000."
    ))]
    #[schema(minimum = 1, maximum = 1_000_000_000, examples(540))]
    pub target: i64,
    /// 佐证材料 / What will show it.
    #[schema(examples("签到表与满意度问卷"))]
    pub evidence: Text<2, 200>,
}

/// 节点 / A milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// 内容 / What is done by then.
    #[schema(examples("完成首期培训"))]
    pub title: Text<2, 100>,
    /// 期限 / Until when.
    #[schema(examples("2027-04-30"))]
    pub due_on: NaiveDate,
}

/// 预算科目 / A line of the budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct BudgetLine {
    /// 科目 / Item.
    #[schema(examples("师资费"))]
    pub item: Text<2, 100>,
    /// 金额（元，两位小数）/ Amount in CNY with two decimals.
    #[schema(value_type = String, pattern = r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$", max_length = 13, examples("40000.00"))]
    pub amount: Money,
    /// 经费来源（第二十六条）/ Source (Article 26).
    pub source: FundSource,
    /// 折价依据；实物或服务须填 / How it was valued; of what is given in kind.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("按场地公开租价折算"))]
    pub valuation: Option<Text<2, 200>>,
}

/// 申报书 / A declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// 项目名称 / Name of the project.
    #[schema(examples("楼宇党建“红色合伙人”"))]
    pub name: Text<2, 100>,
    /// 项目年度 / Year of the project.
    #[validate(range(
        min = 2000,
        max = 2100,
        code = "out_of_range",
        message = "应为 2000 至 2100。 / Give 2000 to 2100."
    ))]
    #[schema(minimum = 2000, maximum = 2100, examples(2027))]
    pub year: i32,
    /// 项目类型 / Kind of project.
    pub kind: ProjectKind,
    /// 认领；认领项目须填 / The confirmed claim; of a claimed project.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2202"))]
    pub claim_id: Option<Uuid>,
    /// 来源：相关需求、事项或资源 / What it grew from: a need, an issue, a resource.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("台账事项 QHYJ-2026-0007"))]
    pub origin: Option<Text<2, 200>>,
    /// 六共目标（第一条）/ Shared goal (Article 1).
    pub goal: Goal,
    /// 五联方式（第一条）/ Joint methods (Article 1).
    #[validate(length(min = 1, max = 5, code = "wrong_count", message = "1 至 5 项。 / 1 to 5 items."))]
    #[schema(min_items = 1, max_items = 5)]
    pub methods: Vec<Method>,
    /// 相关专业研究委员会代码 / Code of the committee concerned.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 20, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("C7"))]
    pub committee_code: Option<Text<1, 20>>,
    /// 实施街道代码 / Code of the street.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    pub street_code: Option<Text<9, 9>>,
    /// 背景与需求 / Background and need.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("商务楼宇党员流动性大，组织生活难以开展。"))]
    pub background: Option<Text<2, 5000>>,
    /// 目标与内容 / What it is to reach and how.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("在十栋楼宇建立联合党支部，每月开展一次主题党日。"))]
    pub objectives: Option<Text<2, 5000>>,
    /// 受益对象 / Who benefits.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("楼宇党员约 540 人"))]
    pub beneficiaries: Option<Text<2, 500>>,
    /// 创新点 / What is new in it.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("以楼宇为单位联管党员。"))]
    pub innovation: Option<Text<2, 2000>>,
    /// 风险与安全 / Risks and safety.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("活动场地按规定配备安全员。"))]
    pub risks: Option<Text<2, 2000>>,
    /// 预期成果与推广 / Results and how they spread.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("形成楼宇党建工作指引。"))]
    pub results: Option<Text<2, 2000>>,
    /// 负责人 / Who leads it.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("李敏"))]
    pub leader: Option<Text<1, 50>>,
    /// 单位党组织意见 / What the unit's party organisation says.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("同意申报。"))]
    pub party_opinion: Option<Text<2, 500>>,
    /// 起始日期 / First day.
    #[serde(default)]
    #[schema(examples("2027-03-01"))]
    pub starts_on: Option<NaiveDate>,
    /// 结束日期 / Last day.
    #[serde(default)]
    #[schema(examples("2027-11-30"))]
    pub ends_on: Option<NaiveDate>,
    /// 联合申报单位 / Units that take part.
    #[serde(default)]
    #[validate(nested, length(max = 20, code = "too_many", message = "至多 20 项。 / At most 20 items."))]
    #[schema(max_items = 20)]
    pub joint_units: Vec<JointUnit>,
    /// 指标 / Indicators.
    #[serde(default)]
    #[validate(nested, length(max = 30, code = "too_many", message = "至多 30 项。 / At most 30 items."))]
    #[schema(max_items = 30)]
    pub indicators: Vec<Indicator>,
    /// 节点 / Milestones.
    #[serde(default)]
    #[validate(nested, length(max = 30, code = "too_many", message = "至多 30 项。 / At most 30 items."))]
    #[schema(max_items = 30)]
    pub milestones: Vec<Milestone>,
    /// 预算 / Budget.
    #[serde(default)]
    #[validate(nested, length(max = 50, code = "too_many", message = "至多 50 项。 / At most 50 items."))]
    #[schema(max_items = 50)]
    pub budget: Vec<BudgetLine>,
    /// 预算合计（元），须等于各科目之和 / Total in CNY; the lines add up to it.
    #[schema(value_type = String, pattern = r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$", max_length = 13, examples("120000.00"))]
    pub total: Money,
}

/// Faults with where they stand in the declaration.
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, at: &str, code: &'static str, zh: &'static str, en: &'static str) {
        self.0.push(FieldFault::body(format!("/declaration{at}"), code, Say::fixed(zh, en)));
    }

    fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::invalid(self.0)) }
    }
}

impl Declaration {
    /// What no draft may say.
    pub(super) fn check(&self, unit: UnitId, association: &AssociationPolicy) -> Result<()> {
        let mut faults = Faults(Vec::new());
        if self.committee_code.as_ref().is_some_and(|code| association.committee(code).is_none()) {
            faults.add("/committee_code", "unknown_committee", "没有该专业研究委员会。", "No such committee.");
        }
        if self.street_code.as_ref().is_some_and(|code| !association.accepts_street(code)) {
            faults.add("/street_code", "unknown_street", "不是本区的街道代码。", "It is no street of the district.");
        }
        if self.starts_on.zip(self.ends_on).is_some_and(|(from, to)| to < from) {
            faults.add("/ends_on", "before_starts_on", "不能早于起始日期。", "It must not lie before the first day.");
        }
        if self.claim_id.is_some() != (self.kind == ProjectKind::Claimed) {
            let (zh, en) =
                ("认领项目须填认领，其他项目不填。", "A claimed project names its claim, and no other does.");
            faults.add("/claim_id", "required", zh, en);
        }
        let mut seen = BTreeSet::from([unit.0]);
        if !self.joint_units.iter().all(|joint| seen.insert(joint.unit_id)) {
            let (zh, en) = ("每个单位只列一次，不含申报单位。", "Each unit stands once, and not the declaring one.");
            faults.add("/joint_units", "repeated", zh, en);
        }
        for (at, line) in self.budget.iter().enumerate() {
            if line.valuation.is_some() != (line.source == FundSource::InKind) {
                let (zh, en) =
                    ("实物或服务须写明折价依据，其他不填。", "What is given in kind says how it was valued.");
                faults.add(&format!("/budget/{at}/valuation"), "required", zh, en);
            }
        }
        faults.done()
    }

    /// What a declaration lacks, all at once.
    pub(super) fn complete(&self) -> Result<()> {
        let mut faults = Faults(Vec::new());
        let missing = [
            ("/background", self.background.is_none()),
            ("/objectives", self.objectives.is_none()),
            ("/beneficiaries", self.beneficiaries.is_none()),
            ("/leader", self.leader.is_none()),
            ("/party_opinion", self.party_opinion.is_none()),
            ("/starts_on", self.starts_on.is_none()),
            ("/ends_on", self.ends_on.is_none()),
            ("/indicators", self.indicators.is_empty()),
            ("/milestones", self.milestones.is_empty()),
            ("/budget", self.budget.is_empty()),
        ];
        for (at, _) in missing.iter().filter(|(_, is_missing)| *is_missing) {
            faults.add(at, "required", "申报前须填写。", "It is needed before it is declared.");
        }
        if let (Some(from), Some(to)) = (self.starts_on, self.ends_on) {
            for (at, milestone) in self.milestones.iter().enumerate() {
                if !(from..=to).contains(&milestone.due_on) {
                    let (zh, en) = ("应在项目起止日期之内。", "It lies within the days of the project.");
                    faults.add(&format!("/milestones/{at}/due_on"), "out_of_range", zh, en);
                }
            }
        }
        if !self.adds_up() {
            let (zh, en) = ("各科目之和不等于合计。", "The lines do not add up to it.");
            faults.add("/total", "budget_does_not_add_up", zh, en);
        }
        faults.done()
    }

    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.budget.iter().map(|line| line.amount).sum::<Money>() == self.total
    }
}
