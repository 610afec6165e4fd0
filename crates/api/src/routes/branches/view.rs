//! Branches in answers.

use chrono::NaiveDate;
use gongjian_committees::branch::BranchOnFile;
use gongjian_committees::branch::leadership::{
    BranchTermAction, ChangeOnFile, HandoverState, LeadershipMode, RotationChangeAction, RotationChangeKind,
    RotationChangeStatus, RotationOnFile, Span, TermOnFile,
};
use gongjian_committees::branch::mass::{MassOrganisation, MassOrganisationKind};
use gongjian_committees::branch::need::{NeedAction, NeedOnFile, NeedStatus};
use gongjian_committees::branch::work_item::{BranchDuty, WorkItemAction, WorkItemOnFile, WorkItemStatus};
use gongjian_governance::office::Seat;
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};
use crate::routes::offices::Named;

/// 会长 / Who presides.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BranchLeader {
    /// 公职，如街道党工委书记 / The post that the office goes with.
    #[schema(max_length = 130, pattern = r"^[^\x00]*$", examples("金桂街道党工委书记"))]
    post_name: Option<String>,
    /// 所代表的会员单位 / The member unit that it is held for.
    unit: Option<Named>,
    /// 今日任职人员；缺任为空 / Who holds it today; null while nobody does.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("周明"))]
    person_name: Option<String>,
}

impl From<Seat> for BranchLeader {
    fn from(seat: Seat) -> Self {
        let unit = seat.unit_id.map(|id| Named { id: id.0, name: seat.unit_name.unwrap_or_default() });
        Self { post_name: seat.post_name, unit, person_name: seat.person_name }
    }
}

/// 街道分会 / A street branch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BranchView {
    /// 分会标识，也是机构标识 / Id of the branch, and of the body that it is.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801"))]
    id: Uuid,
    /// 名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("青禾区党建促进会金桂街道分会"))]
    name: String,
    /// 街道代码 / Its street.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_code: String,
    /// 会长制 / Who presides.
    mode: LeadershipMode,
    /// 该会长制自何日起；从未改变的为空 / Since when; null where it has never been another.
    #[schema(examples("2026-01-01"))]
    mode_since: Option<NaiveDate>,
    /// 依据：协商事项或文件 / What it rests on: the subject of the consultation, or the document.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("关于实行双会长轮值制的协商"))]
    mode_basis: Option<String>,
    /// 会长：街道党工委书记 / The president by office: the party secretary of the street.
    president: Option<BranchLeader>,
    /// 会长：会员单位代表 / The president of a member unit.
    co_president: Option<BranchLeader>,
    /// 轮值任期（月）/ Months of a term of the rotation.
    #[schema(minimum = 1, maximum = 60, examples(6))]
    period_months: Option<i32>,
    /// 轮值次序 / The units in the order of their turns.
    #[schema(max_items = 50)]
    unit_order: Vec<UnitRef>,
    /// 会员数 / Number of members.
    #[schema(minimum = 0, examples(5))]
    member_count: u64,
    /// 设立之日 / First day.
    #[schema(examples("2026-01-01"))]
    founded_on: Option<NaiveDate>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl BranchView {
    pub(crate) fn of(found: BranchOnFile, names: &Names) -> Self {
        let BranchOnFile { body, mode, leadership, secretary, co_president, member_count } = found;
        let order = leadership.as_ref().and_then(|it| it.order().ok()).unwrap_or_default();
        Self {
            id: body.id.0,
            name: body.name,
            street_code: body.street_code.unwrap_or_default(),
            mode,
            mode_since: leadership.as_ref().map(|it| it.valid_from),
            mode_basis: leadership.as_ref().map(|it| it.basis.clone()),
            president: secretary.map(Into::into),
            co_president: co_president.map(Into::into),
            period_months: leadership.and_then(|it| it.period_months),
            unit_order: order.into_iter().map(|unit| UnitRef::of(unit, names)).collect(),
            member_count,
            founded_on: body.founded_on,
            version: body.version,
        }
    }
}

/// 一个任期 / A term in which a unit presides.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BranchTermView {
    /// 任期标识 / Id of the term.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1802"))]
    id: Uuid,
    /// 分会 / The branch.
    branch: Named,
    /// 单位 / The unit.
    unit: UnitRef,
    /// 起始日期 / First day.
    #[schema(examples("2026-07-01"))]
    valid_from: NaiveDate,
    /// 届满之次日；不轮换的为空 / The day after the last; null where it does not pass.
    #[schema(examples("2027-01-01"))]
    valid_until: Option<NaiveDate>,
    /// 交接情况 / Where handing it over stands.
    handover: HandoverState,
    /// 交接报告 / The report.
    #[schema(max_length = 10000, pattern = r"^[^\x00]*$", examples("本期组织共建活动 6 次。"))]
    report: Option<String>,
    /// 报告时间 / Reported at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-20T02:03:04.567Z"))]
    reported_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<BranchTermAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl BranchTermView {
    pub(crate) fn of(actor: &Actor, found: TermOnFile, names: &Names, today: NaiveDate) -> Self {
        let (reports, changes) = found.permits(actor);
        let permitted = |action: &BranchTermAction| match action {
            BranchTermAction::Report => reports,
            BranchTermAction::Skip | BranchTermAction::Swap => changes,
        };
        let TermOnFile { term, body, handover } = found;
        Self {
            allowed_actions: term.open_actions(today).into_iter().filter(permitted).collect(),
            id: term.id.0,
            branch: Named { id: body.id.0, name: body.name },
            unit: UnitRef::of(term.unit_id, names),
            valid_from: term.valid_from,
            valid_until: term.valid_until,
            handover,
            report: term.report,
            reported_at: term.reported_at.map(instant),
            version: term.version,
        }
    }
}

/// 预排的一期 / A term that would follow.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BranchTermPreview {
    /// 单位 / The unit.
    unit: UnitRef,
    /// 起始日期 / First day.
    #[schema(examples("2029-01-01"))]
    valid_from: NaiveDate,
    /// 届满之次日 / The day after the last.
    #[schema(examples("2029-07-01"))]
    valid_until: NaiveDate,
}

/// 轮值安排 / The rotation of a branch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BranchRotation {
    /// 分会 / The branch.
    branch: Named,
    /// 会长制 / Who presides.
    mode: LeadershipMode,
    /// 轮值任期（月）/ Months of a term.
    #[schema(minimum = 1, maximum = 60, examples(6))]
    period_months: Option<i32>,
    /// 商定的次序 / The agreed order.
    #[schema(max_items = 50)]
    unit_order: Vec<UnitRef>,
    /// 现任及已排定的任期 / The term that runs and those that are laid.
    #[schema(max_items = 40)]
    terms: Vec<BranchTermView>,
    /// 其后如无变化的任期 / Those that follow if nothing changes.
    #[schema(max_items = 40)]
    preview: Vec<BranchTermPreview>,
}

impl BranchRotation {
    pub(super) fn of(actor: &Actor, found: RotationOnFile, names: &Names, today: NaiveDate) -> Self {
        let RotationOnFile { body, leadership, order, terms, preview } = found;
        let follows = |span: Span| BranchTermPreview {
            unit: UnitRef::of(span.slot.unit, names),
            valid_from: span.from,
            valid_until: span.until,
        };
        Self {
            mode: leadership.as_ref().map_or(LeadershipMode::Single, |it| it.mode),
            period_months: leadership.and_then(|it| it.period_months),
            branch: Named { id: body.id.0, name: body.name },
            unit_order: order.into_iter().map(|unit| UnitRef::of(unit, names)).collect(),
            terms: terms.into_iter().map(|term| BranchTermView::of(actor, term, names, today)).collect(),
            preview: preview.into_iter().map(follows).collect(),
        }
    }
}

/// 一方的同意 / A party's consent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RotationConsentView {
    /// 一方：secretary（街道党工委书记）或 unit:单位标识 / The party: `secretary`, or `unit:` and the id of the unit.
    #[schema(max_length = 50, pattern = "^(secretary|unit:[0-9a-f-]{36})$", examples("secretary"))]
    party: String,
    /// 同意时间 / Given at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    given_at: String,
}

/// 轮值调整 / A change of a rotation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RotationChangeView {
    /// 调整标识 / Id of the change.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1804"))]
    id: Uuid,
    /// 分会 / The branch.
    branch: Named,
    /// 方式 / How.
    kind: RotationChangeKind,
    /// 单位 / The unit whose turn it is.
    unit: UnitRef,
    /// 对调的单位 / The unit that it swaps with.
    other_unit: Option<UnitRef>,
    /// 任期 / The term.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1802"))]
    term_id: Uuid,
    /// 对调的任期 / The other term.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1803"))]
    other_term_id: Option<Uuid>,
    /// 理由 / Reason.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("本单位正值搬迁。"))]
    reason: String,
    /// 状态 / Status.
    status: RotationChangeStatus,
    /// 须同意的各方 / Who must consent.
    #[schema(max_items = 3, max_length = 50, pattern = "^(secretary|unit:[0-9a-f-]{36})$", examples("secretary"))]
    parties: Vec<String>,
    /// 已同意的 / Who has consented.
    #[schema(max_items = 3)]
    consents: Vec<RotationConsentView>,
    /// 不同意的理由 / Why somebody declined.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("下期任务重，不宜对调。"))]
    decline_reason: Option<String>,
    /// 提出时间 / Proposed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    proposed_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-23T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 该状态下尚可进行的操作 / What its status still allows.
    #[schema(max_items = 10)]
    open_actions: Vec<RotationChangeAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl RotationChangeView {
    pub(super) fn of(found: ChangeOnFile, names: &Names) -> Self {
        let ChangeOnFile { change: it, body, consents } = found;
        let given =
            consents.into_iter().map(|one| RotationConsentView { party: one.party, given_at: instant(one.given_at) });
        Self {
            parties: it.parties(),
            open_actions: it.status.open_actions().collect(),
            id: it.id.0,
            branch: Named { id: body.id.0, name: body.name },
            kind: it.kind,
            unit: UnitRef::of(it.unit_id, names),
            other_unit: it.other_unit_id.map(|unit| UnitRef::of(unit, names)),
            term_id: it.term_id.0,
            other_term_id: it.other_term_id.map(|id| id.0),
            reason: it.reason,
            status: it.status,
            consents: given.collect(),
            decline_reason: it.decline_reason,
            proposed_at: instant(it.proposed_at),
            ended_at: it.ended_at.map(instant),
            version: it.version,
        }
    }
}

/// 分会年度工作 / An item of a branch's yearly work.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BranchWorkView {
    /// 标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1811"))]
    id: Uuid,
    /// 分会 / The branch.
    branch: Named,
    /// 年度 / Year.
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: i32,
    /// 职责 / Duty.
    duty: BranchDuty,
    /// 事项 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("组织会员单位错时停车共享"))]
    title: String,
    /// 说明 / Detail.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("三家单位夜间开放车位。"))]
    detail: Option<String>,
    /// 完成期限 / Due day.
    #[schema(examples("2026-12-20"))]
    due_on: Option<NaiveDate>,
    /// 今日是否逾期 / Whether it is overdue today.
    #[schema(examples(false))]
    is_overdue: bool,
    /// 状态 / Status.
    status: WorkItemStatus,
    /// 佐证 / What shows that it was done.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("已开放车位 120 个。"))]
    evidence: Option<String>,
    /// 完成日期 / Done on.
    #[schema(examples("2026-11-20"))]
    done_on: Option<NaiveDate>,
    /// 取消的理由 / Why it was dropped.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("并入区级项目。"))]
    reason: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<WorkItemAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl BranchWorkView {
    pub(super) fn of(actor: &Actor, found: WorkItemOnFile, today: NaiveDate) -> Self {
        let keeps = found.is_kept_by(actor);
        let WorkItemOnFile { item: it, body } = found;
        Self {
            allowed_actions: it.status.open_actions().filter(|_| keeps).collect(),
            is_overdue: it.status == WorkItemStatus::Planned && it.due_on.is_some_and(|due_on| due_on < today),
            id: it.id.0,
            branch: Named { id: body.id.0, name: body.name },
            year: it.year,
            duty: it.duty,
            title: it.title,
            detail: it.detail,
            due_on: it.due_on,
            status: it.status,
            evidence: it.evidence,
            done_on: it.done_on,
            reason: it.reason,
            version: it.version,
        }
    }
}

/// 会员需求 / What a member of a branch needs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BranchNeedView {
    /// 标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1812"))]
    id: Uuid,
    /// 分会 / The branch.
    branch: Named,
    /// 单位 / The unit.
    unit: UnitRef,
    /// 类别 / Category.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("停车"))]
    category: String,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("职工夜间停车位不足"))]
    title: String,
    /// 内容 / Detail.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("希望错时共享车位约 40 个。"))]
    detail: String,
    /// 状态 / Status.
    status: NeedStatus,
    /// 结果 / How it was met.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("已签订错时停车协议。"))]
    result: Option<String>,
    /// 未予受理的理由 / Why it was declined.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("属区级事项，请向意见台账提出。"))]
    reason: Option<String>,
    /// 反映时间 / Reported at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    reported_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-23T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<NeedAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl BranchNeedView {
    pub(super) fn of(actor: &Actor, found: NeedOnFile, names: &Names) -> Self {
        let allowed_actions = found.allowed_actions(actor);
        let NeedOnFile { need: it, body } = found;
        Self {
            id: it.id.0,
            branch: Named { id: body.id.0, name: body.name },
            unit: UnitRef::of(it.unit_id, names),
            category: it.category,
            title: it.title,
            detail: it.detail,
            status: it.status,
            result: it.result,
            reason: it.reason,
            reported_at: instant(it.reported_at),
            ended_at: it.ended_at.map(instant),
            allowed_actions,
            version: it.version,
        }
    }
}

/// 群众组织 / A mass organisation of a branch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MassOrganisationView {
    /// 标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1813"))]
    id: Uuid,
    /// 分会 / The branch.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801"))]
    branch_id: Uuid,
    /// 类别 / Kind.
    kind: MassOrganisationKind,
    /// 名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("书院街道总工会"))]
    name: String,
    /// 支持措施 / How the branch supports it.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("提供活动场地。"))]
    support: Option<String>,
    /// 起始日期 / First day.
    #[schema(examples("2026-01-08"))]
    valid_from: NaiveDate,
    /// 终止之日 / Day from which it is no more.
    #[schema(examples("2027-01-01"))]
    valid_until: Option<NaiveDate>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl From<MassOrganisation> for MassOrganisationView {
    fn from(it: MassOrganisation) -> Self {
        Self {
            id: it.id.0,
            branch_id: it.body_id.0,
            kind: it.kind,
            name: it.name,
            support: it.support,
            valid_from: it.valid_from,
            valid_until: it.valid_until,
            version: it.version,
        }
    }
}
