//! Plans, reports, rules and comments in answers.

use chrono::NaiveDate;
use gongjian_governance::plan::action::{INSTRUMENT_ADOPT, INSTRUMENT_COMMENT, INSTRUMENT_DRAFT};
use gongjian_governance::plan::report::FigureUnit;
use gongjian_governance::plan::{
    Figure, Goal, Instrument, InstrumentAction, InstrumentKind, InstrumentStatus, Item, Method, rule,
};
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};

/// 年度计划的一项工作 / An item of an annual plan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanItemView {
    /// 项目标识 / Id of the item.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d11"))]
    id: Uuid,
    /// 名称 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("开办驻区单位党务干部联合培训"))]
    title: String,
    /// 内容 / What is to be done.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("全年两期，每期三十人。"))]
    detail: Option<String>,
    /// 六共目标（第一条）/ The shared goal (Article 1).
    goal: Goal,
    /// 五联方式（第一条）/ The joint methods (Article 1).
    #[schema(max_items = 5)]
    methods: Vec<Method>,
    /// 责任单位 / The unit that is responsible.
    unit: Option<UnitRef>,
    /// 责任专业研究委员会代码 / Code of the committee that is responsible.
    #[schema(max_length = 20, pattern = "^[A-Za-z0-9_-]{1,20}$", examples("C2"))]
    committee_code: Option<String>,
    /// 季度 / Quarter.
    #[schema(minimum = 1, maximum = 4, examples(2))]
    quarter: Option<i32>,
    /// 完成期限 / Due on.
    #[schema(examples("2027-06-30"))]
    due_on: Option<NaiveDate>,
    /// 是否年度重点项目 / Whether it is a key project of the year.
    #[schema(examples(true))]
    is_key: bool,
    /// 经费说明 / Note on the budget.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("区级财政预算 8 万元"))]
    budget_note: Option<String>,
}

impl PlanItemView {
    fn of(item: Item, names: &Names) -> Self {
        Self {
            id: item.id.0,
            methods: item.methods(),
            title: item.title,
            detail: item.detail,
            goal: item.goal,
            unit: item.unit_id.map(|id| UnitRef::of(id, names)),
            committee_code: item.committee_code,
            quarter: item.quarter,
            due_on: item.due_on,
            is_key: item.is_key,
            budget_note: item.budget_note,
        }
    }
}

/// 工作报告的一项数据 / A figure of a work report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FigureView {
    /// 数据名 / Key.
    #[schema(max_length = 64, pattern = "^[a-z][a-z0-9_]*$", examples("members_at_end"))]
    key: String,
    /// 中文名称 / Label in Chinese.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("会员单位"))]
    label_zh: String,
    /// 英文名称 / Label in English.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("Member units"))]
    label_en: String,
    /// 数值；没有可统计的为空 / Value; null where there is nothing to count from.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(60.0))]
    value: Option<f64>,
    /// 单位 / Unit.
    unit: FigureUnit,
    /// 截至 / The last day that it counts.
    #[schema(examples("2026-12-31"))]
    as_of: NaiveDate,
    /// 出处：该请求的答复中即有此数 / Where it is read: the answer to this request holds it.
    source: FigureSourceView,
}

/// 数据出处 / Where a figure is read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FigureSourceView {
    /// 路径 / Path.
    #[schema(max_length = 200, pattern = r"^/[^\x00]*$", examples("/v1/statistics/association"))]
    path: String,
    /// 查询 / Query.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("year=2026"))]
    query: String,
    /// 在答复中的位置（JSON Pointer）/ Where it stands in the answer, as a JSON Pointer.
    #[schema(max_length = 200, pattern = r"^/[^\x00]*$", examples("/members_at_end"))]
    pointer: String,
}

impl From<Figure> for FigureView {
    fn from(it: Figure) -> Self {
        let source = FigureSourceView { path: it.source.path, query: it.source.query, pointer: it.source.pointer };
        Self {
            key: it.key,
            label_zh: it.label_zh,
            label_en: it.label_en,
            value: it.value,
            unit: it.unit,
            as_of: it.as_of,
            source,
        }
    }
}

/// 年度计划、工作报告或内部管理制度 / A plan, a report, a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstrumentView {
    /// 文稿标识 / Id of the instrument.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    id: Uuid,
    /// 类别 / Kind.
    kind: InstrumentKind,
    /// 年度；制度为空 / The year; null for a rule.
    #[schema(minimum = 2000, maximum = 2100, examples(2027))]
    year: Option<i32>,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("2027 年度工作计划"))]
    title: String,
    /// 正文；列表中为空 / The text; null in lists.
    #[schema(max_length = 20000, pattern = r"^[^\x00]*$", examples("（正文）"))]
    text: Option<String>,
    /// 状态 / Status.
    status: InstrumentStatus,
    /// 今日是否施行 / Whether it holds today.
    #[schema(examples(true))]
    in_force: bool,
    /// 施行日期 / First day.
    #[schema(examples("2027-01-01"))]
    effective_from: Option<NaiveDate>,
    /// 自该日起失效 / The day from which it holds no more.
    #[schema(examples("2028-01-01"))]
    ended_on: Option<NaiveDate>,
    /// 制度编号，各版相同 / Number of a rule, the same for all editions.
    #[schema(max_length = 40, pattern = "^〔[0-9]{4}〕[0-9]+号$", examples("〔2026〕3号"))]
    rule_number: Option<String>,
    /// 制度版次 / Edition of a rule.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    edition: Option<i32>,
    /// 所修订的计划或制度 / The plan or rule that it takes the place of.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d00"))]
    amends_id: Option<Uuid>,
    /// 通过的决议 / The decision that adopted it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    decision_id: Option<Uuid>,
    /// 废止的决议 / The decision that abolished it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e02"))]
    abolished_by_id: Option<Uuid>,
    /// 审议的会议 / The meeting that it lies before.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    meeting_id: Option<Uuid>,
    /// 审议的议程项 / The item of its agenda.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b02"))]
    agenda_item_id: Option<Uuid>,
    /// 提交审议的时间 / Submitted at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    submitted_at: Option<String>,
    /// 公布时间 / Published at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    published_at: Option<String>,
    /// 最近一次退回或撤销的理由 / Why it was returned or discarded last.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("请补充责任单位。"))]
    reason: Option<String>,
    /// 起草时间 / Drafted at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    created_at: String,
    /// 年度计划的各项工作；列表中不列 / Items of a plan; none in lists.
    #[schema(max_items = 200)]
    items: Vec<PlanItemView>,
    /// 工作报告的数据；起草时为实时数据，提交后固定；列表中不列 / Figures of a report: live in a draft, frozen with its submission; none in lists.
    #[schema(max_items = 100)]
    figures: Vec<FigureView>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<InstrumentAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl InstrumentView {
    /// As lists show it.
    pub(super) fn summary(actor: &Actor, it: &Instrument, today: NaiveDate) -> Self {
        let permitted = |action: &InstrumentAction| match action {
            InstrumentAction::Edit
            | InstrumentAction::Submit
            | InstrumentAction::Return
            | InstrumentAction::Discard => actor.may(&INSTRUMENT_DRAFT, it),
            InstrumentAction::Comment => actor.may(&INSTRUMENT_COMMENT, it),
            InstrumentAction::Adopt | InstrumentAction::Publish => actor.may(&INSTRUMENT_ADOPT, it),
            InstrumentAction::Abolish => {
                it.kind == InstrumentKind::InternalRule && it.ended_on.is_none() && actor.may(&INSTRUMENT_ADOPT, it)
            }
        };
        Self {
            id: it.id.0,
            kind: it.kind,
            year: it.year,
            title: it.title.clone(),
            text: None,
            status: it.status,
            in_force: it.is_in_force_on(today),
            effective_from: it.effective_from,
            ended_on: it.ended_on,
            rule_number: rule::number_of(it),
            edition: it.edition,
            amends_id: it.amends_id.map(|id| id.0),
            decision_id: it.decision_id.map(|id| id.0),
            abolished_by_id: it.abolished_by.map(|id| id.0),
            meeting_id: it.meeting_id.map(|id| id.0),
            agenda_item_id: it.agenda_item_id.map(|id| id.0),
            submitted_at: it.submitted_at.map(instant),
            published_at: it.published_at.map(instant),
            reason: it.reason.clone(),
            created_at: instant(it.created_at),
            items: Vec::new(),
            figures: Vec::new(),
            allowed_actions: it.status.open_actions().filter(permitted).collect(),
            version: it.version,
        }
    }

    /// With all that it says.
    pub(super) fn whole(self, instrument: &Instrument, items: Vec<Item>, figures: Vec<Figure>, names: &Names) -> Self {
        Self {
            text: Some(instrument.text.clone()),
            items: items.into_iter().map(|item| PlanItemView::of(item, names)).collect(),
            figures: figures.into_iter().map(Into::into).collect(),
            ..self
        }
    }
}
