//! What clients send about the charter.

use chrono::NaiveDate;
use gongjian_governance::agenda::Agenda;
use gongjian_governance::charter::commands::{Adoption, NewVersion};
use gongjian_governance::charter::{Article, Both, CharterStatus, CharterVersionId, Clause};
use gongjian_governance::decision::DecisionId;
use gongjian_kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OnDay {
    /// 该日施行的章程，省略时为今日 / The charter in force on that day; today's where it is absent.
    #[param(example = "2026-11-20")]
    pub(super) as_of: Option<NaiveDate>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ArticleQuery {
    /// 该日施行的章程，省略时为今日 / The charter in force on that day; today's where it is absent.
    #[param(example = "2026-11-20")]
    pub(super) as_of: Option<NaiveDate>,
    /// 摘要或正文所含的字词，以空格分隔，须全部出现 / Words of the digest or text, all of which occur.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "备案")]
    pub(super) q: Option<Text<1, 100>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct VersionQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["adopted"]))]
    pub(super) status: Option<AnyOf<CharterStatus>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DifferenceQuery {
    /// 与之比较的版本，省略时为起草所依据的版本 / The version to compare with; the one that it rests on where it is absent.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c00")]
    pub(super) from: Option<Uuid>,
}

/// 起草修订 / A draft of an amendment.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CharterDraftCreate {
    /// 修订的内容和理由 / What it is to change, and why.
    #[schema(examples("增设数据安全一条。"))]
    note: Text<2, 500>,
    /// 依据的已通过版本，省略时为现行版本 / The adopted version that it rests on; the one in force where it is absent.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c00"))]
    based_on_id: Option<Uuid>,
}

impl From<CharterDraftCreate> for NewVersion {
    fn from(new: CharterDraftCreate) -> Self {
        Self { based_on: new.based_on_id.map(CharterVersionId), note: new.note }
    }
}

/// 条名、章名 / A title in both languages.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct TitleInput {
    /// 中文 / Chinese.
    #[schema(examples("数据安全"))]
    zh: Text<1, 100>,
    /// 英文 / English.
    #[schema(examples("Data security"))]
    en: Text<1, 200>,
}

/// 摘要，以自己的话概括 / A digest in one's own words.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DigestInput {
    /// 中文 / Chinese.
    #[schema(examples("数据由秘书处保管，会员可以查阅本单位的数据。"))]
    zh: Text<1, 1000>,
    /// 英文 / English.
    #[schema(examples("The secretariat keeps the data; a member may read its own."))]
    en: Text<1, 1000>,
}

impl From<TitleInput> for Both {
    fn from(TitleInput { zh, en }: TitleInput) -> Self {
        Self { zh: zh.into_string(), en: en.into_string() }
    }
}

impl From<DigestInput> for Both {
    fn from(DigestInput { zh, en }: DigestInput) -> Self {
        Self { zh: zh.into_string(), en: en.into_string() }
    }
}

/// 款或项 / A paragraph of an article, or an item of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ClauseInput {
    /// 第几款 / Number of the paragraph.
    #[schema(minimum = 1, maximum = 100, examples(1))]
    paragraph: i32,
    /// 第几项；款本身省略 / Number of the item; absent for the paragraph itself.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100)]
    item: Option<i32>,
    /// 摘要 / Digest.
    #[validate(nested)]
    digest: DigestInput,
    /// 正文 / Official text.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("（正文）"))]
    text: Option<Text<1, 5000>>,
}

/// 一条的全部内容 / An article as it is to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleInput {
    /// 条号，自一起连续 / Number; from one without a gap.
    #[schema(minimum = 1, maximum = 200, examples(28))]
    #[validate(range(min = 1, max = 200, code = "out_of_range", message = "应为 1 至 200。 / Give 1 to 200."))]
    number: i32,
    /// 首版中的条号；新增的条省略 / Number in the first version; absent where it is new.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 27)]
    #[validate(range(min = 1, max = 27, code = "out_of_range", message = "应为 1 至 27。 / Give 1 to 27."))]
    founding_number: Option<i32>,
    /// 章号 / Number of the chapter.
    #[schema(minimum = 1, maximum = 50, examples(5))]
    chapter: i32,
    /// 章名 / Title of the chapter.
    #[validate(nested)]
    chapter_title: TitleInput,
    /// 条名 / Title.
    #[validate(nested)]
    title: TitleInput,
    /// 摘要 / Digest.
    #[validate(nested)]
    digest: DigestInput,
    /// 正文 / Official text.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("（正文）"))]
    text: Option<Text<1, 5000>>,
    /// 款、项，依次排列 / Paragraphs and items, in order.
    #[serde(default)]
    #[schema(max_items = 200)]
    #[validate(nested, length(max = 200, code = "too_many", message = "至多 200 项。 / At most 200 items."))]
    clauses: Vec<ClauseInput>,
}

impl From<ArticleInput> for Article {
    fn from(it: ArticleInput) -> Self {
        let clause = |clause: ClauseInput| Clause {
            paragraph: clause.paragraph,
            item: clause.item,
            digest: clause.digest.into(),
            text: clause.text.map(Text::into_string),
        };
        Self {
            number: it.number,
            founding: it.founding_number,
            chapter: it.chapter,
            chapter_title: it.chapter_title.into(),
            title: it.title.into(),
            digest: it.digest.into(),
            text: it.text.map(Text::into_string),
            clauses: it.clauses.into_iter().map(clause).collect(),
        }
    }
}

/// 全部各条 / All articles.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticlesInput {
    /// 各条，自第一条起 / The articles, from the first one on.
    #[schema(min_items = 1, max_items = 200)]
    #[validate(
        nested,
        length(min = 1, max = 200, code = "too_many", message = "应为 1 至 200 条。 / Give 1 to 200 articles.")
    )]
    pub(super) articles: Vec<ArticleInput>,
}

/// 提交审议 / A submission.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CharterSubmission {
    /// 审议的会议 / The meeting that it is to lie before.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    meeting_id: Option<Uuid>,
    /// 审议的议程项 / The item of its agenda.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b02"))]
    agenda_item_id: Option<Uuid>,
}

impl From<CharterSubmission> for Agenda {
    fn from(it: CharterSubmission) -> Self {
        Self { meeting: it.meeting_id.map(Into::into), item: it.agenda_item_id.map(Into::into) }
    }
}

/// 退回或撤销 / A return, or the end of a draft.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CharterReason {
    /// 理由 / Why.
    #[schema(examples("请补充施行日期。"))]
    pub(super) reason: Text<2, 500>,
}

/// 会员大会通过 / What the general meeting has adopted.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CharterEnactment {
    /// 会员大会决议 / The general meeting's decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    decision_id: Uuid,
    /// 施行日期，省略时为今日 / The first day; today where it is absent.
    #[serde(default)]
    #[schema(examples("2027-01-01"))]
    effective_from: Option<NaiveDate>,
}

impl From<CharterEnactment> for Adoption {
    fn from(it: CharterEnactment) -> Self {
        Self { decision: DecisionId(it.decision_id), effective_from: it.effective_from }
    }
}
