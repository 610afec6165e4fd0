//! The calendar as clients see it.

use chrono::NaiveDate;
use gongjian_governance::compliance::action::COMPLIANCE_EXPLAIN;
use gongjian_governance::compliance::{
    Cadence, Duty, DutyAction, DutyFilter, DutyState, Explanation, Fact, Feed, Obligation, Strength, SubjectKind,
};
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Actor, Lang};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;
use gongjian_governance::compliance::queries::Summary;

/// 章程要求的事项 / Something that the charter asks for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ObligationView {
    /// 义务标识 / Key.
    #[schema(max_length = 60, pattern = "^[a-z_]+$", examples("general_meeting"))]
    key: &'static str,
    /// 名称，按所求语言 / What it is, in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("每年召开会员大会"))]
    label: String,
    /// 所依据的章程条款 / The article that it rests on.
    #[schema(minimum = 1, maximum = 27, format = "int32", value_type = i32, examples(11))]
    article: u8,
    /// 要求强度 / How strictly it is asked for.
    strength: Strength,
    /// 周期 / How often.
    cadence: Cadence,
    /// 对象类别 / What it is about.
    subject_kind: SubjectKind,
    /// 是否人人可见（第九条第二项）/ Whether everybody in the association may know of it (Article 9(2)).
    #[schema(examples(true))]
    is_public: bool,
}

impl ObligationView {
    pub(crate) fn of(known: &Obligation, lang: Lang) -> Self {
        Self {
            key: known.key,
            label: known.label.in_lang(lang).to_owned(),
            article: known.article,
            strength: known.strength,
            cadence: known.cadence,
            subject_kind: known.subject,
            is_public: known.is_public,
        }
    }
}

/// 期间 / A period, both ends included.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyPeriodView {
    /// 期间标识 / Its name.
    #[schema(max_length = 20, pattern = "^[0-9A-Z-]+$", examples("2026"))]
    key: String,
    /// 起 / First day.
    #[schema(examples("2026-01-01"))]
    from: NaiveDate,
    /// 止 / Last day.
    #[schema(examples("2026-12-31"))]
    to: NaiveDate,
}

/// 对象 / Whom or what it is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutySubjectView {
    /// 类别 / Kind.
    kind: SubjectKind,
    /// 标识；本会为空 / Id; null for the association itself.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Option<Uuid>,
    /// 名称 / Name.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
}

/// 据以认定履行的事实 / A recorded fact that meets it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyFactView {
    /// 记录类别 / Kind of record.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", examples("meeting"))]
    kind: &'static str,
    /// 记录标识 / Id of the record.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    id: Uuid,
    /// 查看地址 / Where it is read.
    #[schema(max_length = 200, pattern = "^/v1/", examples("/v1/meetings/0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    path: String,
    /// 名称 / Title.
    #[schema(max_length = 300, pattern = r"^[^\x00]*$", examples("2026 年会员大会"))]
    title: String,
    /// 自哪一日起履行 / The day from which it meets the obligation.
    #[schema(examples("2026-11-20"))]
    on: NaiveDate,
}

impl From<Fact> for DutyFactView {
    fn from(fact: Fact) -> Self {
        Self { kind: fact.kind, id: fact.id, path: fact.path, title: fact.title, on: fact.on }
    }
}

/// 原因说明 / Why it did not happen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplanationView {
    /// 说明标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"))]
    pub(super) id: Uuid,
    /// 义务 / The obligation.
    #[schema(max_length = 60, pattern = "^[a-z_]+$", examples("general_meeting"))]
    obligation_key: String,
    /// 期间 / The period.
    #[schema(max_length = 20, pattern = "^[0-9A-Z-]+$", examples("2026"))]
    period: String,
    /// 对象标识；本会为空 / Id of whom it is about; null for the association itself.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    subject_id: Option<Uuid>,
    /// 原因 / The reason.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("因防汛抗灾，会员大会推迟至明年一季度召开。"))]
    reason: String,
    /// 说明人 / Who gave it.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("李敏"))]
    given_by: Option<String>,
    /// 说明时间 / Given at.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-01T02:03:04.567Z"))]
    given_at: String,
    /// 第几次表述，即 ETag 开头的数字 / Which wording it is, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl From<Explanation> for ExplanationView {
    fn from(it: Explanation) -> Self {
        Self {
            id: it.id.0,
            obligation_key: it.obligation_key,
            period: it.period,
            subject_id: it.subject_id,
            reason: it.reason,
            given_by: it.giver,
            given_at: instant(it.given_at),
            version: it.version,
        }
    }
}

/// 合规日历的一项 / One line of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyView {
    /// 该项标识，不随状态变化 / Its id, whatever its state.
    #[schema(max_length = 130, pattern = "^[a-z_]+:[0-9A-Za-z:-]+$", examples("general_meeting:2026"))]
    id: String,
    /// 义务 / What is asked for.
    obligation: ObligationView,
    /// 期间 / For which period.
    period: DutyPeriodView,
    /// 对象 / Of whom.
    subject: DutySubjectView,
    /// 自哪一日起提醒 / The day from which it is warned of.
    #[schema(examples("2026-10-01"))]
    warn_on: NaiveDate,
    /// 到期日 / The last day on which it is in time.
    #[schema(examples("2026-12-31"))]
    due_on: NaiveDate,
    /// 是否按未公布的年度工作日历推算 / Whether the count ran through a year whose calendar is not published.
    #[schema(examples(false))]
    due_estimated: bool,
    /// 状态 / State.
    state: DutyState,
    /// 状态名称，按所求语言 / Its name in the language asked for.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("即将到期"))]
    state_label: String,
    /// 据以认定履行的事实 / The facts that meet it.
    #[schema(max_items = 1000)]
    facts: Vec<DutyFactView>,
    /// 未按原则办理的原因 / Why it did not happen, where that is on record.
    explanation: Option<ExplanationView>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 2)]
    allowed_actions: Vec<DutyAction>,
}

impl DutyView {
    pub(super) fn of(actor: &Actor, duty: Duty, today: NaiveDate, lang: Lang) -> Self {
        let may = actor.may(&COMPLIANCE_EXPLAIN, &Association);
        let allowed_actions = duty.open_action(today).filter(|_| may).into_iter().collect();
        Self {
            id: duty.id(),
            obligation: ObligationView::of(duty.obligation, lang),
            period: DutyPeriodView { key: duty.period.key, from: duty.period.from, to: duty.period.to },
            subject: DutySubjectView { kind: duty.subject.kind, id: duty.subject.id, name: duty.subject.name },
            warn_on: duty.warn_on,
            due_on: duty.due_on,
            due_estimated: duty.due_estimated,
            state: duty.state,
            state_label: duty.state.label().in_lang(lang).to_owned(),
            facts: duty.facts.into_iter().map(DutyFactView::from).collect(),
            explanation: duty.explanation.map(ExplanationView::from),
            allowed_actions,
        }
    }
}

/// 状态计数 / How many stand so.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyStateCount {
    /// 状态 / State.
    state: DutyState,
    /// 项数 / How many.
    #[schema(examples(3))]
    count: u32,
}

/// 条款计数 / How many of an article.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyArticleCount {
    /// 章程条款 / Article.
    #[schema(minimum = 1, maximum = 27, format = "int32", value_type = i32, examples(11))]
    article: u8,
    /// 各状态项数 / By state.
    #[schema(max_items = 10)]
    by_state: Vec<DutyStateCount>,
}

/// 合规概况 / The calendar in figures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComplianceSummaryView {
    /// 截至 / At the end of this day.
    #[schema(examples("2026-11-20"))]
    as_of: NaiveDate,
    /// 到期年度；省略条件时为空 / The year asked for, if one was.
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: Option<i32>,
    /// 总项数 / In all.
    #[schema(examples(12))]
    total: u32,
    /// 各状态项数，包括为零的 / By state, with those that are none.
    #[schema(max_items = 10)]
    by_state: Vec<DutyStateCount>,
    /// 各条款各状态项数 / By article and state.
    #[schema(max_items = 27)]
    by_article: Vec<DutyArticleCount>,
}

impl ComplianceSummaryView {
    pub(super) fn of(summary: &Summary, filter: &DutyFilter, today: NaiveDate) -> Self {
        let counts = |counts: &BTreeMap<DutyState, u32>| {
            let of =
                |state: &DutyState| DutyStateCount { state: *state, count: counts.get(state).copied().unwrap_or(0) };
            DutyState::ALL.iter().map(of).collect()
        };
        let of_article = |(article, by): (&u8, &BTreeMap<DutyState, u32>)| DutyArticleCount {
            article: *article,
            by_state: counts(by),
        };
        Self {
            as_of: filter.as_of.unwrap_or(today),
            year: filter.year,
            total: summary.by_state.values().sum(),
            by_state: counts(&summary.by_state),
            by_article: summary.by_article.iter().map(of_article).collect(),
        }
    }
}

/// 日历订阅 / A calendar feed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ComplianceFeedView {
    /// 订阅标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    pub(super) id: Uuid,
    /// 名称 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("手机日历"))]
    name: String,
    /// 建立时间 / Made at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    created_at: String,
    /// 撤销时间 / Revoked at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-20T02:03:04.567Z"))]
    revoked_at: Option<String>,
}

impl From<Feed> for ComplianceFeedView {
    fn from(feed: Feed) -> Self {
        Self {
            id: feed.id.0,
            name: feed.name,
            created_at: instant(feed.created_at),
            revoked_at: feed.revoked_at.map(instant),
        }
    }
}
