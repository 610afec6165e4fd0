//! Briefings in answers.

use chrono::NaiveDate;
use gongjian_governance::briefing::action::{BRIEFING_DRAFT, BRIEFING_ISSUE, BRIEFING_READERS, BRIEFING_SIGN, Told};
use gongjian_governance::briefing::{
    AudienceKind, BriefingAction, BriefingOnFile, BriefingStatus, Reader, ReaderOnFile, Readership, Section,
};
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_membership::unit::UnitType;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};

/// 对象 / Audience.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AudienceView {
    /// 类别 / Kind.
    pub(super) kind: AudienceKind,
    /// 街道代码 / Code of the street.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    pub(super) street_code: Option<String>,
    /// 单位类型 / Type of units.
    pub(super) unit_type: Option<UnitType>,
}

/// 起止日期 / First and last day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PeriodView {
    /// 起日 / First day.
    #[schema(examples("2026-10-01"))]
    from: NaiveDate,
    /// 止日 / Last day.
    #[schema(examples("2026-12-31"))]
    to: NaiveDate,
}

/// 一节 / A part.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SectionView {
    /// 标题 / Heading.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("经济社会运行情况"))]
    heading: String,
    /// 正文 / Text.
    #[schema(max_length = 10000, pattern = r"^[^\x00]*$", examples("前三季度全区经济运行平稳。"))]
    text: String,
}

impl From<Section> for SectionView {
    fn from(section: Section) -> Self {
        Self { heading: section.heading, text: section.text }
    }
}

/// 签阅统计 / Counts of readers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReadershipView {
    /// 应签阅单位数，签发时固定 / Units expected to read, as counted when it was issued.
    #[schema(minimum = 0, examples(120))]
    expected_count: i64,
    /// 其中已签阅 / Those of them that have.
    #[schema(minimum = 0, examples(96))]
    read_count: i64,
    /// 其中未签阅 / Those of them that have not.
    #[schema(minimum = 0, examples(24))]
    unread_count: i64,
    /// 后入会而签阅的单位数，不计入签阅率 / Units that joined later and have read; not part of the rate.
    #[schema(minimum = 0, examples(1))]
    later_count: i64,
    /// 签阅率；没有对象时为空 / The rate; null where nobody was expected.
    #[schema(minimum = 0, maximum = 1, examples(0.8))]
    rate: Option<f64>,
}

impl From<Readership> for ReadershipView {
    fn from(of: Readership) -> Self {
        Self {
            expected_count: of.expected,
            read_count: of.read,
            unread_count: of.expected - of.read,
            later_count: of.others,
            rate: of.rate(),
        }
    }
}

/// 通报列表中的一行 / A row of the list of briefings.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BriefingSummary {
    /// 通报标识 / Id of the briefing.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"))]
    id: Uuid,
    /// 编号；草稿没有 / Number; a draft has none.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("TB-2026-0004"))]
    number: Option<String>,
    /// 期间 / Period.
    period: PeriodView,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("2026年第四季度区域发展情况通报"))]
    title: String,
    /// 对象 / Audience.
    audience: AudienceView,
    /// 状态 / Status.
    status: BriefingStatus,
    /// 签发时间 / Issued at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    issued_at: Option<String>,
    /// 本单位首次签阅时间 / When one's own unit first read it.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-21T02:03:04.567Z"))]
    read_at: Option<String>,
    /// 签阅统计；限秘书处和会长、副会长 / Counts of readers; for the secretariat, the president and vice-presidents.
    readership: Option<ReadershipView>,
}

impl From<BriefingOnFile> for BriefingSummary {
    fn from(found: BriefingOnFile) -> Self {
        let it = found.briefing;
        Self {
            id: it.id.0,
            number: it.number,
            period: PeriodView { from: it.period_from, to: it.period_to },
            title: it.title,
            audience: AudienceView {
                kind: it.audience_kind,
                street_code: it.audience_street,
                unit_type: it.audience_unit_type,
            },
            status: it.status,
            issued_at: it.issued_at.map(instant),
            read_at: found.read_at.map(instant),
            readership: found.readership.map(Into::into),
        }
    }
}

/// 通报 / A briefing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BriefingView {
    /// 通报标识 / Id of the briefing.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"))]
    id: Uuid,
    /// 编号；草稿没有 / Number; a draft has none.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("TB-2026-0004"))]
    number: Option<String>,
    /// 期间 / Period.
    period: PeriodView,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("2026年第四季度区域发展情况通报"))]
    title: String,
    /// 对象 / Audience.
    audience: AudienceView,
    /// 状态 / Status.
    status: BriefingStatus,
    /// 签发时间 / Issued at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    issued_at: Option<String>,
    /// 本单位首次签阅时间 / When one's own unit first read it.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-21T02:03:04.567Z"))]
    read_at: Option<String>,
    /// 签阅统计；限秘书处和会长、副会长 / Counts of readers; for the secretariat, the president and vice-presidents.
    readership: Option<ReadershipView>,
    /// 各节；已撤回的，会员单位不再看到 / The parts; no longer shown to units once it is withdrawn.
    #[schema(max_items = 20)]
    sections: Vec<SectionView>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<BriefingAction>,
    /// 起草人 / Who drafted it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    drafted_by: Option<String>,
    /// 签发人 / By whose order it was issued.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("张明"))]
    issued_by: Option<String>,
    /// 撤回时间 / Withdrawn at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-22T02:03:04.567Z"))]
    withdrawn_at: Option<String>,
    /// 撤回理由 / Why it was withdrawn.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("数据有误，更正后重新发出。"))]
    withdraw_reason: Option<String>,
    /// 所更正的通报 / The briefing that this one corrects.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1702"))]
    replaces_id: Option<Uuid>,
    /// 更正稿 / The briefing that corrects this one.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1703"))]
    replaced_by_id: Option<Uuid>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl BriefingView {
    pub(super) fn of(actor: &Actor, mut found: BriefingOnFile) -> Self {
        let told = Told { briefing: &found.briefing, units: &found.addressed };
        let permitted = |action: &BriefingAction| match action {
            BriefingAction::Edit | BriefingAction::Discard => actor.may(&BRIEFING_DRAFT, &told),
            BriefingAction::Issue | BriefingAction::Withdraw => actor.may(&BRIEFING_ISSUE, &told),
            BriefingAction::Read => actor.may(&BRIEFING_SIGN, &told) && found.read_at.is_none(),
        };
        let allowed_actions = found.briefing.status.open_actions().filter(permitted).collect();
        let is_shown = found.briefing.status != BriefingStatus::Withdrawn || actor.may(&BRIEFING_READERS, &told);
        let sections = std::mem::take(&mut found.briefing.sections.0);
        let summary = BriefingSummary::from(found.clone());
        Self {
            id: summary.id,
            number: summary.number,
            period: summary.period,
            title: summary.title,
            audience: summary.audience,
            status: summary.status,
            issued_at: summary.issued_at,
            read_at: summary.read_at,
            readership: summary.readership,
            sections: sections.into_iter().filter(|_| is_shown).map(SectionView::from).collect(),
            allowed_actions,
            drafted_by: found.drafter.take(),
            issued_by: found.issuer.take(),
            withdrawn_at: found.briefing.withdrawn_at.map(instant),
            withdraw_reason: found.briefing.withdraw_reason.take(),
            replaces_id: found.briefing.replaces_id.map(|id| id.0),
            replaced_by_id: found.replaced_by.map(|id| id.0),
            version: found.briefing.version,
        }
    }
}

/// 回执 / A receipt.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SignatureView {
    /// 通报标识 / Id of the briefing.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"))]
    briefing_id: Uuid,
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Uuid,
    /// 是否在签发时的对象之内 / Whether the unit was expected to read.
    #[schema(examples(true))]
    is_expected: bool,
    /// 首次签阅时间 / When it was first read.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-21T02:03:04.567Z"))]
    read_at: Option<String>,
}

impl From<Reader> for SignatureView {
    fn from(read: Reader) -> Self {
        let Reader { briefing_id, unit_id, is_expected, read_at, .. } = read;
        Self { briefing_id: briefing_id.0, unit_id: unit_id.0, is_expected, read_at: read_at.map(instant) }
    }
}

/// 签阅情况 / Whether a unit has read it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReaderView {
    /// 单位 / The unit.
    unit: UnitRef,
    /// 是否在签发时的对象之内 / Whether the unit was expected to read.
    #[schema(examples(true))]
    is_expected: bool,
    /// 首次签阅时间 / When it was first read.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-21T02:03:04.567Z"))]
    read_at: Option<String>,
    /// 签阅人 / Who read it for the unit.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    read_by: Option<String>,
}

impl ReaderView {
    pub(super) fn of(found: ReaderOnFile, names: &Names) -> Self {
        let ReaderOnFile { reader, person } = found;
        Self {
            unit: UnitRef::of(reader.unit_id, names),
            is_expected: reader.is_expected,
            read_at: reader.read_at.map(instant),
            read_by: person,
        }
    }
}
