//! Filings in requests and answers.

use chrono::NaiveDate;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Text};
use gongjian_membership::filing::action::FILING_CHECK;
use gongjian_membership::filing::{
    Filing, FilingAction, FilingFilter, FilingKind, FilingOnFile, FilingStatus, Gap, GapState, UnitGaps,
};
use gongjian_membership::unit::ContactKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::issues::{Names, UnitRef, instant};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FilingQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["submitted"]))]
    status: Option<AnyOf<FilingStatus>>,
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["representative", "liaison"]))]
    kind: Option<AnyOf<FilingKind>>,
    /// 报备单位 / The unit that it is about.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 是否逾期报备 / Whether it came late.
    #[param(example = true)]
    late: Option<bool>,
}

impl From<&FilingQuery> for FilingFilter {
    fn from(query: &FilingQuery) -> Self {
        Self {
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            unit_id: query.unit_id,
            late: query.late,
        }
    }
}

/// 退回补正 / The return of a filing.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct FilingReturn {
    /// 须补正的内容 / What has to be corrected.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("职务未写全称，请补正后重新报备。"))]
    pub(super) reason: Text<2, 500>,
}

/// 备案 / A filing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilingView {
    /// 备案标识 / Id of the filing.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    id: Uuid,
    /// 回执编号 / Number of the receipt.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("BA-2026-0012"))]
    receipt_no: String,
    /// 类别 / Kind.
    kind: FilingKind,
    /// 状态；任何状态下备案均已生效 / Status; the filing is in effect in each.
    status: FilingStatus,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<FilingAction>,
    /// 单位；不涉及单位的为空 / The unit that it is about, if any.
    unit: Option<UnitRef>,
    /// 人员标识 / Id of the person whom it is about.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Option<Uuid>,
    /// 姓名 / Name of the person.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    person_name: Option<String>,
    /// 前任人员标识 / Id of the predecessor.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a07"))]
    predecessor_id: Option<Uuid>,
    /// 前任姓名 / Name of the predecessor.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("赵强"))]
    predecessor_name: Option<String>,
    /// 随之生效的记录类别 / What took effect with it.
    #[schema(max_length = 40, pattern = "^[a-z][a-z_]*$", examples("unit_contact"))]
    subject_kind: String,
    /// 随之生效的记录标识 / Id of what took effect with it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09"))]
    subject_id: Uuid,
    /// 所报事项发生之日 / Day of what it reports.
    #[schema(examples("2026-11-02"))]
    event_on: NaiveDate,
    /// 秘书处收到之日 / Day on which the secretariat received it.
    #[schema(examples("2026-11-13"))]
    filed_on: NaiveDate,
    /// 应报备之日 / Day by which it was due.
    #[schema(examples("2026-11-16"))]
    due_on: NaiveDate,
    /// 逾期工作日 / Working days late.
    #[schema(minimum = 0, maximum = 2_147_483_647, examples(0))]
    late_workdays: i32,
    /// 报备人；由系统规则报备的为空 / Who filed it; null for a rule of the association.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    submitted_by: Option<String>,
    /// 报备时间 / Filed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-13T02:03:04.567Z"))]
    submitted_at: String,
    /// 形式审核人 / Who checked its form.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("王芳"))]
    checked_by: Option<String>,
    /// 形式审核时间 / Checked at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-13T06:03:04.567Z"))]
    checked_at: Option<String>,
    /// 退回理由 / Why it was returned.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("职务未写全称，请补正后重新报备。"))]
    return_reason: Option<String>,
    /// 所补正的备案 / The returned filing that this one puts right.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d02"))]
    corrects_id: Option<Uuid>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl FilingView {
    pub(super) fn of(actor: &Actor, found: FilingOnFile, names: &Names) -> Self {
        let FilingOnFile { filing, person, predecessor, submitter, checker } = found;
        let checks = actor.may(&FILING_CHECK, &filing);
        Self {
            id: filing.id.0,
            receipt_no: filing.receipt_no,
            kind: filing.kind,
            status: filing.status,
            allowed_actions: filing.status.open_actions().filter(|_| checks).collect(),
            unit: filing.unit_id.map(|unit| UnitRef::of(unit, names)),
            person_id: filing.person_id.map(|person| person.0),
            person_name: person,
            predecessor_id: filing.predecessor_id.map(|person| person.0),
            predecessor_name: predecessor,
            subject_kind: filing.subject_kind,
            subject_id: filing.subject_id,
            event_on: filing.event_on,
            filed_on: filing.filed_on,
            due_on: filing.due_on,
            late_workdays: filing.late_workdays,
            submitted_by: submitter,
            submitted_at: instant(filing.submitted_at),
            checked_by: checker,
            checked_at: filing.checked_at.map(instant),
            return_reason: filing.return_reason,
            corrects_id: filing.corrects_id.map(|filing| filing.0),
            version: filing.version,
        }
    }
}

/// 备案回执 / The receipt of a filing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptView {
    /// 备案标识 / Id of the filing.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    filing_id: Uuid,
    /// 回执编号 / Number of the receipt.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("BA-2026-0012"))]
    receipt_no: String,
    /// 备案状态 / Status of the filing.
    status: FilingStatus,
    /// 应报备之日 / Day by which it was due.
    #[schema(examples("2026-11-16"))]
    due_on: NaiveDate,
    /// 逾期工作日 / Working days late.
    #[schema(minimum = 0, maximum = 2_147_483_647, examples(0))]
    late_workdays: i32,
}

impl From<&Filing> for ReceiptView {
    fn from(filing: &Filing) -> Self {
        Self {
            filing_id: filing.id.0,
            receipt_no: filing.receipt_no.clone(),
            status: filing.status,
            due_on: filing.due_on,
            late_workdays: filing.late_workdays,
        }
    }
}

/// 缺位的固定代表或联络人 / A representative or liaison that a member does not have.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GapView {
    /// 缺位类别 / What is missing.
    kind: ContactKind,
    /// 缺位起始 / Since when.
    #[schema(examples("2026-11-02"))]
    since_on: NaiveDate,
    /// 应报备之日 / Day by which somebody is to be filed.
    #[schema(examples("2026-11-16"))]
    due_on: NaiveDate,
    /// 期限跨入尚未公布日历的年度 / The count ran through a year whose calendar is not published.
    #[schema(examples(false))]
    due_estimated: bool,
    /// 逾期工作日 / Working days late.
    #[schema(minimum = 0, maximum = 2_147_483_647, examples(0))]
    late_workdays: i32,
    /// 情况 / State.
    state: GapState,
}

impl From<Gap> for GapView {
    fn from(gap: Gap) -> Self {
        let Gap { kind, since_on, due_on, due_estimated, late_workdays, state } = gap;
        Self { kind, since_on, due_on, due_estimated, late_workdays, state }
    }
}

/// 待备案单位 / A unit that has not filed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitGapsView {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Uuid,
    /// 会员编号 / Member number.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("HY-0001"))]
    member_no: String,
    /// 单位名称 / Name of the unit.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 缺位 / What is missing.
    #[schema(max_items = 2)]
    gaps: Vec<GapView>,
}

impl From<UnitGaps> for UnitGapsView {
    fn from(found: UnitGaps) -> Self {
        let UnitGaps { unit, gaps } = found;
        Self {
            unit_id: unit.id.0,
            member_no: unit.member_no,
            name: unit.name,
            gaps: gaps.into_iter().map(GapView::from).collect(),
        }
    }
}
