//! The charter in answers.

use chrono::NaiveDate;
use gongjian_governance::charter::action::{CHARTER_DRAFT, CHARTER_ENACT};
use gongjian_governance::charter::difference::{Change, Difference};
use gongjian_governance::charter::queries::CharterOnFile;
use gongjian_governance::charter::{
    Article, Both, CharterAction, CharterStanding, CharterStatus, CharterVersion, Clause,
};
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_membership::AssociationPolicy;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 中英文 / In both languages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct BothView {
    /// 中文 / Chinese.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("会员大会一般每年开一次，行使四项职权。"))]
    zh: String,
    /// 英文 / English.
    #[schema(
        max_length = 2000,
        pattern = r"^[^\x00]*$",
        examples("The general meeting is held once a year as a rule and has four tasks.")
    )]
    en: String,
}

impl BothView {
    /// With the association's names in the places of `{association}` and `{district}`.
    fn of(words: Both, names: &AssociationPolicy) -> Self {
        let filled =
            |text: &str| text.replace("{association}", &names.name).replace("{district}", &names.district.name);
        Self { zh: filled(&words.zh), en: filled(&words.en) }
    }
}

/// 款或项 / A paragraph of an article, or an item of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClauseView {
    /// 第几款 / Number of the paragraph.
    #[schema(minimum = 1, maximum = 100, examples(1))]
    paragraph: i32,
    /// 第几项；款本身为空 / Number of the item; null for the paragraph itself.
    #[schema(minimum = 1, maximum = 100, examples(1))]
    item: Option<i32>,
    /// 摘要（非正文）/ Digest, not the official text.
    digest: BothView,
    /// 正文；未载入的为空 / Official text; null where it was not loaded.
    #[schema(max_length = 5000, pattern = r"^[^\x00]*$", examples("（本会载入的正文）"))]
    text: Option<String>,
}

/// 章程的一条 / An article of the charter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArticleView {
    /// 条号 / Number.
    #[schema(minimum = 1, maximum = 200, examples(11))]
    number: i32,
    /// 首版中的条号，权限、事件和拒绝理由以此注明依据；新增的条为空 / Number in the first version, which permissions, events and refusals name; null where it is new.
    #[schema(minimum = 1, maximum = 27, examples(11))]
    founding_number: Option<i32>,
    /// 章号 / Number of the chapter.
    #[schema(minimum = 1, maximum = 50, examples(3))]
    chapter: i32,
    /// 章名 / Title of the chapter.
    chapter_title: BothView,
    /// 条名 / Title.
    title: BothView,
    /// 摘要（非正文）/ Digest, not the official text.
    digest: BothView,
    /// 正文；未载入的为空 / Official text; null where it was not loaded.
    #[schema(max_length = 5000, pattern = r"^[^\x00]*$", examples("（本会载入的正文）"))]
    text: Option<String>,
    /// 款、项，依次排列 / Paragraphs and items, in order.
    #[schema(max_items = 200)]
    clauses: Vec<ClauseView>,
}

impl ArticleView {
    pub(super) fn of(article: Article, names: &AssociationPolicy) -> Self {
        let clause = |clause: Clause| ClauseView {
            paragraph: clause.paragraph,
            item: clause.item,
            digest: BothView::of(clause.digest, names),
            text: clause.text,
        };
        Self {
            number: article.number,
            founding_number: article.founding,
            chapter: article.chapter,
            chapter_title: BothView::of(article.chapter_title, names),
            title: BothView::of(article.title, names),
            digest: BothView::of(article.digest, names),
            text: article.text,
            clauses: article.clauses.into_iter().map(clause).collect(),
        }
    }
}

/// 章程版本 / A version of the charter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CharterView {
    /// 版本标识 / Id of the version.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"))]
    id: Uuid,
    /// 版次，通过时编定 / Number, from its adoption on.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    number: Option<i32>,
    /// 状态 / Status.
    status: CharterStatus,
    /// 效力，由施行日期推定 / Its effect, by derivation from days.
    standing: CharterStanding,
    /// 修订的内容和理由 / What it changes, and why.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("增设数据安全一条。"))]
    note: String,
    /// 起草所依据的版本 / The version that it rests on.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c00"))]
    based_on_id: Option<Uuid>,
    /// 是否为本系统启用前已施行的章程 / Whether it was in force before this system was.
    #[schema(examples(false))]
    brought_along: bool,
    /// 施行日期；启用前已施行的为空 / First day; null where it was brought along.
    #[schema(examples("2027-01-01"))]
    effective_from: Option<NaiveDate>,
    /// 自该日起为后一版本取代 / The day from which a later version holds.
    #[schema(examples("2028-01-01"))]
    effective_until: Option<NaiveDate>,
    /// 通过修订的会员大会决议 / The general meeting's decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    decision_id: Option<Uuid>,
    /// 审议的会议 / The meeting that it lies before.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    meeting_id: Option<Uuid>,
    /// 审议的议程项 / The item of its agenda.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b02"))]
    agenda_item_id: Option<Uuid>,
    /// 提交审议的时间 / Submitted at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    submitted_at: Option<String>,
    /// 正文出处 / The document that the official text was taken from.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青党促〔2013〕1号"))]
    text_document: Option<String>,
    /// 正文载入时间 / When the text was loaded.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    text_loaded_at: Option<String>,
    /// 最近一次退回或撤销的理由 / Why it was returned or discarded last.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("请补充施行日期。"))]
    reason: Option<String>,
    /// 起草时间 / Drafted at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    created_at: String,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<CharterAction>,
    /// 内容；列表中为空 / What it says; null in lists.
    contents: Option<ContentsView>,
    /// 记录版本，即 ETag 开头的数字 / Version of the record, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

/// 章程内容 / What a version says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContentsView {
    /// 序言摘要 / Digest of the preamble.
    preamble: BothView,
    /// 序言正文；未载入的为空 / Official text of the preamble; null where it was not loaded.
    #[schema(max_length = 5000, pattern = r"^[^\x00]*$", examples("（本会载入的序言）"))]
    preamble_text: Option<String>,
    /// 各条 / The articles.
    #[schema(max_items = 200)]
    articles: Vec<ArticleView>,
}

impl CharterView {
    /// With what it says.
    pub(super) fn of(actor: &Actor, found: CharterOnFile, names: &AssociationPolicy) -> Self {
        let mut view = Self::summary(actor, &found);
        let preamble = Both { zh: found.charter.preamble_zh, en: found.charter.preamble_en };
        view.contents = Some(ContentsView {
            preamble: BothView::of(preamble, names),
            preamble_text: found.charter.preamble_text,
            articles: found.articles.into_iter().map(|article| ArticleView::of(article, names)).collect(),
        });
        view
    }

    /// As lists show it.
    pub(super) fn summary(actor: &Actor, found: &CharterOnFile) -> Self {
        let it: &CharterVersion = &found.charter;
        let permitted = |action: &CharterAction| match action {
            CharterAction::LoadText if it.status == CharterStatus::Adopted => {
                it.brought_along && it.text_loaded_at.is_none() && actor.may(&CHARTER_DRAFT, it)
            }
            CharterAction::Enact => actor.may(&CHARTER_ENACT, it),
            CharterAction::Edit
            | CharterAction::LoadText
            | CharterAction::Submit
            | CharterAction::Return
            | CharterAction::Discard => actor.may(&CHARTER_DRAFT, it),
        };
        Self {
            id: it.id.0,
            number: it.number,
            status: it.status,
            standing: found.standing,
            note: it.note.clone(),
            based_on_id: it.based_on.map(|id| id.0),
            brought_along: it.brought_along,
            effective_from: it.effective_from,
            effective_until: found.effective_until,
            decision_id: it.decision_id.map(|id| id.0),
            meeting_id: it.meeting_id.map(|id| id.0),
            agenda_item_id: it.agenda_item_id.map(|id| id.0),
            submitted_at: it.submitted_at.map(instant),
            text_document: it.text_document.clone(),
            text_loaded_at: it.text_loaded_at.map(instant),
            reason: it.reason.clone(),
            created_at: instant(it.created_at),
            allowed_actions: it.status.open_actions().filter(permitted).collect(),
            contents: None,
            version: it.version,
        }
    }
}

/// 两个版本的差异 / How two versions differ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferencesView {
    /// 前一版本；首版为空 / The earlier version; null for the first one.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c00"))]
    pub(super) from_version_id: Option<Uuid>,
    /// 后一版本 / The later version.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"))]
    pub(super) to_version_id: Uuid,
    /// 逐条差异；未列出的条没有变化 / The articles that differ; those that are not listed do not.
    #[schema(max_items = 400)]
    pub(super) articles: Vec<DifferenceView>,
}

/// 一条的变化 / How an article differs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceView {
    /// 变化 / What became of it.
    change: Change,
    /// 修订前；新增的为空 / As it was; null where it is new.
    before: Option<ArticleView>,
    /// 修订后；删除的为空 / As it is; null where it was removed.
    after: Option<ArticleView>,
}

impl DifferenceView {
    pub(super) fn of(it: Difference, names: &AssociationPolicy) -> Self {
        let view = |article: Option<Article>| article.map(|article| ArticleView::of(article, names));
        Self { change: it.change, before: view(it.before), after: view(it.after) }
    }
}
