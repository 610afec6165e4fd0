//! Offices in answers.

use chrono::NaiveDate;
use gongjian_governance::office::filings::FilingState;
use gongjian_governance::office::succession::Succession;
use gongjian_governance::office::{Filling, OfficeBody, OfficeKind, OfficeMethod, OfficeOnFile, RestsOn, Task};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 人员 / A person who holds an office.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HolderRef {
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    pub(crate) id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    pub(crate) name: String,
}

/// 名称 / Something with a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Named {
    /// 标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    pub(crate) id: Uuid,
    /// 名称 / Name.
    #[schema(max_length = 130, pattern = r"^[^\x00]*$", examples("经济发展专业研究委员会"))]
    pub(crate) name: String,
}

/// 职务类别及章程规定 / A kind of office, and what the charter says of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OfficeKindView {
    /// 职务类别 / Kind.
    kind: OfficeKind,
    /// 名称 / Label.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("会长"))]
    label: String,
    /// 职务所属 / What it belongs to.
    of: OfficeBody,
    /// 席位数；章程未定的为空 / Seats in each body; null where the charter gives no number.
    #[schema(minimum = 1, maximum = 100, examples(1))]
    seats: Option<u8>,
    /// 章程条款 / Article.
    #[schema(minimum = 1, maximum = 27, examples(12))]
    article: u8,
    /// 产生方式 / How it is filled.
    filling: Filling,
    /// 职务依附 / What tells who holds it.
    foundation: RestsOn,
    /// 任期一年 / Whether its term is one year.
    #[schema(examples(false))]
    annual: bool,
}

impl From<OfficeKind> for OfficeKindView {
    fn from(kind: OfficeKind) -> Self {
        let facts = kind.facts();
        Self {
            kind,
            label: kind.label().zh.into_owned(),
            of: facts.of,
            seats: facts.seats,
            article: facts.article,
            filling: facts.filling,
            foundation: facts.rests_on,
            annual: facts.annual,
        }
    }
}

/// 全部职务类别 / All kinds of office.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OfficeKinds {
    /// 职务类别 / The kinds.
    #[schema(max_items = 50)]
    pub(super) kinds: Vec<OfficeKindView>,
}

/// 职务 / An office.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HeldOfficeView {
    /// 职务标识 / Id of the office.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"))]
    id: Uuid,
    /// 职务类别 / Kind.
    kind: OfficeKind,
    /// 机构 / The body.
    body: Named,
    /// 所依附的公职 / The post that it rests on, if any.
    post: Option<Named>,
    /// 所代表的单位 / The unit that it is held for, if any.
    unit: Option<Named>,
    /// 该日的任职人；空缺或不在任期内为空 / Who holds it on the day asked about; null while nobody does.
    holder: Option<HolderRef>,
    /// 产生方式 / How it was filled.
    filling: Filling,
    /// 协商或选举 / Consultation or election, where it was one of them.
    method: Option<OfficeMethod>,
    /// 起始之日 / First day.
    #[schema(examples("2026-01-08"))]
    since: NaiveDate,
    /// 终止之日（当日不再担任）/ The first day after; null where there is no end.
    #[schema(examples("2027-01-01"))]
    until: Option<NaiveDate>,
    /// 依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("理事会纪要〔2026〕2号"))]
    basis: String,
    /// 理事会决定 / The council's decision, if there is one in this system.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e07"))]
    decision_id: Option<Uuid>,
    /// 此前决定的日期 / Day of a decision from before.
    #[schema(examples("2025-12-20"))]
    decided_on: Option<NaiveDate>,
    /// 登记时间 / Recorded at.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-08T02:03:04.567Z"))]
    recorded_at: String,
    /// 更正时间；现行记录为空 / When it was superseded; null for what is known now.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-13T02:03:04.567Z"))]
    superseded_at: Option<String>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl From<OfficeOnFile> for HeldOfficeView {
    fn from(found: OfficeOnFile) -> Self {
        let OfficeOnFile { tenure, body, post, unit_name, person } = found;
        Self {
            id: tenure.id.0,
            kind: tenure.kind,
            body: Named { id: tenure.body_id.0, name: body.map(|body| body.name).unwrap_or_default() },
            post: post.map(|post| Named { id: post.id.0, name: post.name }),
            unit: tenure.unit_id.map(|unit| Named { id: unit.0, name: unit_name.unwrap_or_default() }),
            holder: person.map(|(id, name)| HolderRef { id: id.0, name }),
            filling: tenure.kind.facts().filling,
            method: tenure.method,
            since: tenure.valid_from,
            until: tenure.valid_until,
            basis: tenure.basis,
            decision_id: tenure.decision_id.map(|decision| decision.0),
            decided_on: tenure.decided_on,
            recorded_at: instant(tenure.recorded_at),
            superseded_at: tenure.superseded_at.map(instant),
            version: tenure.version,
        }
    }
}

/// 职务变更备案事项 / A change of office with where its filing stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OfficeFilingView {
    /// 职务标识 / Id of the office.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"))]
    office_id: Uuid,
    /// 职务类别 / Kind of office.
    kind: OfficeKind,
    /// 机构 / The body.
    body: Named,
    /// 所依附的公职 / The post that it rests on, if any.
    post: Option<Named>,
    /// 所代表的单位标识 / Id of the unit that it is held for, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 继任人员 / The successor.
    person: HolderRef,
    /// 变更之日 / Day of the change.
    #[schema(examples("2026-11-02"))]
    event_on: NaiveDate,
    /// 应报备之日 / Day by which it is due.
    #[schema(examples("2026-11-16"))]
    due_on: NaiveDate,
    /// 期限跨入日历未公布的年份 / The count ran through a year whose calendar is not published.
    #[schema(examples(false))]
    due_estimated: bool,
    /// 逾期工作日 / Working days late.
    #[schema(minimum = 0, maximum = 2_147_483_647, examples(0))]
    late_workdays: i32,
    /// 备案情况 / Where the filing stands.
    state: FilingState,
    /// 备案标识 / Id of the filing.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    filing_id: Option<Uuid>,
    /// 回执编号 / Number of the receipt.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("BA-2026-0012"))]
    receipt_no: Option<String>,
}

impl From<Task> for OfficeFilingView {
    fn from(task: Task) -> Self {
        let Task { change, person, due_on, due_estimated, late_workdays, state, filing } = task;
        Self {
            office_id: change.tenure_id.0,
            kind: change.kind,
            body: Named { id: change.body_id.0, name: change.body_name },
            post: change.post_id.map(|id| Named { id: id.0, name: change.post_name.unwrap_or_default() }),
            unit_id: change.unit_id.map(|unit| unit.0),
            person: HolderRef { id: change.person_id.0, name: person },
            event_on: change.event_on,
            due_on,
            due_estimated,
            late_workdays,
            state,
            filing_id: filing.as_ref().map(|filing| filing.id.0),
            receipt_no: filing.map(|filing| filing.receipt_no),
        }
    }
}

/// 待产生的继任者 / An annual office for whose next term somebody is to be found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuccessionView {
    /// 职务标识 / Id of the office whose term ends.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"))]
    office_id: Uuid,
    /// 职务类别 / Kind.
    kind: OfficeKind,
    /// 下一任期的首日 / First day of the next term.
    #[schema(examples("2027-01-01"))]
    from: NaiveDate,
    /// 任期已届满而无继任者 / The term is over, and nobody has followed.
    #[schema(examples(false))]
    overdue: bool,
}

impl From<Succession> for SuccessionView {
    fn from(one: Succession) -> Self {
        Self { office_id: one.tenure.id.0, kind: one.tenure.kind, from: one.from, overdue: one.overdue }
    }
}

/// 待产生的继任者 / The annual offices whose terms end.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Successions {
    /// 待产生的继任者 / The offices.
    #[schema(max_items = 1000)]
    pub(super) successions: Vec<SuccessionView>,
}
