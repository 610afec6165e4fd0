//! Passbooks in requests and answers.

use chrono::NaiveDate;
use gongjian_kernel::fault::Locator;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, FieldFault, Lang, Refusal, Result, Say, Text};
use gongjian_membership::standing::action::{STANDING_ANSWER, STANDING_DISPUTE};
use gongjian_membership::standing::commands::{Answer, Correction};
use gongjian_membership::standing::{
    Dispute, DisputeOutcome, Line, LineAction, LineFilter, LineOnFile, LineStatus, Passbook, Side, Tally,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::kinds;
use crate::extract::AnyOf;
use crate::faults::INVALID_PARAMETER;
use crate::routes::issues::{Names, UnitRef, instant};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PassbookQuery {
    /// 年度，省略时为今年 / The year; this year where it is absent.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: Option<i32>,
}

impl PassbookQuery {
    pub(super) fn year(&self) -> Result<Option<i32>> {
        self.year.map(checked_year).transpose()
    }
}

fn checked_year(year: i32) -> Result<i32> {
    if (2000..=2100).contains(&year) {
        return Ok(year);
    }
    let detail = Say::fixed("年度应为 2000 至 2100。", "Give a year from 2000 to 2100.");
    let fault = FieldFault { at: Locator::Parameter("year".to_owned()), code: "out_of_range", detail };
    Err(Refusal { fields: vec![fault], ..Refusal::of(&INVALID_PARAMETER) })
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct LineQuery {
    /// 单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 年度 / The year.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: Option<i32>,
    /// 类别，逗号分隔；见字典 standing_kind / Kind, any of; see `standing_kind` of the dictionary.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["contributed_research"]))]
    kind: Option<AnyOf<Text<1, 40>>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["disputed"]))]
    status: Option<AnyOf<LineStatus>>,
}

impl TryFrom<&LineQuery> for LineFilter {
    type Error = Refusal;

    fn try_from(query: &LineQuery) -> Result<Self> {
        let kind = query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Ok(Self {
            unit_id: query.unit_id,
            year: query.year.map(checked_year).transpose()?,
            kind: kind.into_iter().map(Text::into_string).collect(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        })
    }
}

/// 异议 / A dispute.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DisputeCreate {
    /// 异议理由 / What is wrong with the line.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("该研究成果共两项，只记录了一项。"))]
    pub(super) reason: Text<2, 500>,
}

/// 异议答复；更正时填写正确的内容 / The answer to a dispute; a correction says what is right.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DisputeAnswer {
    /// 处理结果：explained、corrected 或 struck / Outcome: `explained`, `corrected` or `struck`.
    outcome: DisputeOutcome,
    /// 答复 / The answer.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("经核实，应为两项，已更正。"))]
    answer: Text<2, 500>,
    /// 正确的日期，仅用于更正 / The right day; of a correction only.
    #[serde(default)]
    #[schema(examples("2026-03-05"))]
    day: Option<NaiveDate>,
    /// 正确的事由，仅用于更正 / The right title; of a correction only.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("新材料产业研究报告（两项）"))]
    title: Option<Text<1, 200>>,
    /// 正确的数量，仅用于更正 / The right quantity; of a correction only.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000, examples(2))]
    quantity: Option<i32>,
}

impl From<DisputeAnswer> for Answer {
    fn from(given: DisputeAnswer) -> Self {
        let DisputeAnswer { outcome, answer, day, title, quantity } = given;
        Self { outcome, text: answer, correction: Correction { day, title, quantity } }
    }
}

/// 履职记录 / A line of a passbook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineSummary {
    /// 记录标识 / Id of the line.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    id: Uuid,
    /// 单位 / The unit.
    unit: UnitRef,
    /// 类别；见字典 standing_kind / Kind; see `standing_kind` of the dictionary.
    #[schema(max_length = 40, pattern = "^[a-z][a-z_]*$", examples("contributed_research"))]
    kind: String,
    /// 类别名称，按所求语言 / Name of the kind in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("提供研究成果"))]
    label: String,
    /// 权利或义务 / Right or duty.
    side: Side,
    /// 章程条款 / Article of the charter.
    #[schema(minimum = 1, maximum = 27, examples(10))]
    article: u8,
    /// 日期 / Day.
    #[schema(examples("2026-03-05"))]
    day: NaiveDate,
    /// 事由 / What it was.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("新材料产业研究报告"))]
    title: String,
    /// 数量 / Quantity.
    #[schema(minimum = 1, maximum = 1_000_000, examples(1))]
    quantity: i32,
    /// 来源记录 / The record that it comes from.
    source: SourceView,
    /// 状态 / Status.
    status: LineStatus,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<LineAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

/// 来源记录 / The record that a line comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceView {
    /// 类别 / What it is.
    #[schema(max_length = 40, pattern = "^[a-z][a-z_]*$", examples("contribution"))]
    kind: String,
    /// 标识 / Its id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f01"))]
    id: Uuid,
    /// 地址 / Its path.
    #[schema(
        max_length = 200,
        pattern = "^/v1/[a-z0-9/-]+$",
        examples("/v1/contributions/0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f01")
    )]
    path: String,
}

impl LineSummary {
    pub(super) fn of(actor: &Actor, line: Line, names: &Names, lang: Lang) -> Self {
        let (side, article, label) = declared(&line.kind, lang);
        let permitted = |action: &LineAction| match action {
            LineAction::Dispute => actor.may(&STANDING_DISPUTE, &line),
            LineAction::Explain | LineAction::Correct | LineAction::Strike => actor.may(&STANDING_ANSWER, &line),
            LineAction::Withdraw => false,
        };
        Self {
            id: line.id.0,
            unit: UnitRef::of(line.unit_id, names),
            allowed_actions: line.status.open_actions().filter(permitted).collect(),
            label,
            side,
            article,
            day: line.day,
            title: line.title,
            quantity: line.quantity,
            source: SourceView { kind: line.source_kind, id: line.source_id, path: line.source_path },
            status: line.status,
            version: line.version,
            kind: line.kind,
        }
    }
}

/// What the kind says of itself. A line whose kind is declared no more is a duty by its own name.
fn declared(name: &str, lang: Lang) -> (Side, u8, String) {
    kinds().find(|kind| kind.name == name).map_or_else(
        || (Side::Duty, 10, name.to_owned()),
        |kind| (kind.side, kind.article, kind.label.in_lang(lang).to_owned()),
    )
}

/// 异议与答复 / A dispute and its answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DisputeView {
    /// 异议标识 / Id of the dispute.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e02"))]
    id: Uuid,
    /// 异议理由 / What is wrong with the line.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("该研究成果共两项，只记录了一项。"))]
    reason: String,
    /// 提出时间 / Raised at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-06T02:03:04.567Z"))]
    raised_at: String,
    /// 处理结果；尚未答复的为空 / Outcome; null until it is answered.
    outcome: Option<DisputeOutcome>,
    /// 答复 / The answer.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("经核实，应为两项，已更正。"))]
    answer: Option<String>,
    /// 答复时间 / Answered at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-09T02:03:04.567Z"))]
    answered_at: Option<String>,
}

impl From<Dispute> for DisputeView {
    fn from(dispute: Dispute) -> Self {
        Self {
            id: dispute.id.0,
            reason: dispute.reason,
            raised_at: instant(dispute.raised_at),
            outcome: dispute.outcome,
            answer: dispute.answer,
            answered_at: dispute.answered_at.map(instant),
        }
    }
}

/// 履职记录及异议 / A line with the disputes over it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineDetailView {
    /// 记录标识 / Id of the line.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    id: Uuid,
    /// 状态 / Status.
    status: LineStatus,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<LineAction>,
    /// 记录内容 / The line.
    line: LineSummary,
    /// 历次异议，先提出的在前 / The disputes, oldest first.
    #[schema(max_items = 1000)]
    disputes: Vec<DisputeView>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl LineDetailView {
    pub(super) fn of(actor: &Actor, found: LineOnFile, names: &Names, lang: Lang) -> Self {
        let line = LineSummary::of(actor, found.line, names, lang);
        Self {
            id: line.id,
            status: line.status,
            allowed_actions: line.allowed_actions.clone(),
            version: line.version,
            disputes: found.disputes.into_iter().map(DisputeView::from).collect(),
            line,
        }
    }
}

/// 一类记录的计数 / The lines of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TallyView {
    /// 类别；见字典 standing_kind / Kind; see `standing_kind` of the dictionary.
    #[schema(max_length = 40, pattern = "^[a-z][a-z_]*$", examples("contributed_research"))]
    kind: String,
    /// 类别名称，按所求语言 / Name of the kind in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("提供研究成果"))]
    label: String,
    /// 章程条款 / Article of the charter.
    #[schema(minimum = 1, maximum = 27, examples(10))]
    article: u8,
    /// 条数，不含已撤销 / Lines, without those withdrawn.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(3))]
    line_count: i64,
    /// 数量合计 / Sum of the quantities.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(3))]
    quantity: i64,
    /// 其中有异议的条数 / Of these, lines that are disputed.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(0))]
    disputed_count: i64,
}

/// 单位履职记录 / The passbook of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassbookView {
    /// 单位 / The unit.
    unit: UnitRef,
    /// 年度 / The year.
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: i32,
    /// 行使的权利（第九条）/ Rights used (Article 9).
    #[schema(max_items = 200)]
    rights: Vec<TallyView>,
    /// 履行的义务（第十条）/ Duties met (Article 10).
    #[schema(max_items = 200)]
    duties: Vec<TallyView>,
    /// 最近各条 / The latest lines.
    #[schema(max_items = 50)]
    lines: Vec<LineSummary>,
    /// 是否还有更多；全部见履职记录列表 / Whether there are more; all of them are in the list of lines.
    #[schema(examples(false))]
    has_more_lines: bool,
}

impl PassbookView {
    pub(super) fn of(actor: &Actor, passbook: Passbook, names: &Names, lang: Lang) -> Self {
        let (mut rights, mut duties) = (Vec::new(), Vec::new());
        for Tally { kind, lines, quantity, disputed } in passbook.tallies {
            let (side, article, label) = declared(&kind, lang);
            let tally = TallyView { kind, label, article, line_count: lines, quantity, disputed_count: disputed };
            match side {
                Side::Right => rights.push(tally),
                Side::Duty => duties.push(tally),
            }
        }
        let lines = passbook.lines.into_iter().map(|line| LineSummary::of(actor, line, names, lang));
        Self {
            unit: UnitRef::of(passbook.unit_id, names),
            year: passbook.year,
            rights,
            duties,
            lines: lines.collect(),
            has_more_lines: passbook.has_more_lines,
        }
    }
}
