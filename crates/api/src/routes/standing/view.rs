//! What clients see of passbooks.

use chrono::NaiveDate;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Lang};
use gongjian_membership::standing::action::{STANDING_ANSWER, STANDING_DISPUTE};
use gongjian_membership::standing::{
    Dispute, DisputeOutcome, Line, LineAction, LineOnFile, LineStatus, Passbook, Side, Tally,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::kinds;
use crate::routes::issues::{Names, UnitRef, instant};

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
