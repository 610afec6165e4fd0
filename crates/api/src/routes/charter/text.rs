//! The official text as the association sends it.

use gongjian_governance::charter::loading::{ArticleText, ClauseText, OfficialText};
use gongjian_kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// 款项正文 / Official text of a clause.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ClauseTextInput {
    /// 第几款 / Number of the paragraph.
    #[schema(minimum = 1, maximum = 100, examples(1))]
    paragraph: i32,
    /// 第几项；款本身省略 / Number of the item; absent for the paragraph itself.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100)]
    item: Option<i32>,
    /// 正文 / Official text.
    #[schema(value_type = String, min_length = 1, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("（正文）"))]
    text: Text<1, 5000>,
}

/// 条文正文 / Official text of an article.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleTextInput {
    /// 条号 / Number.
    #[schema(minimum = 1, maximum = 200, examples(11))]
    number: i32,
    /// 正文 / Official text.
    #[schema(value_type = String, min_length = 1, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("（正文）"))]
    text: Text<1, 5000>,
    /// 款、项的正文 / Texts of paragraphs and items.
    #[serde(default)]
    #[schema(max_items = 200)]
    #[validate(nested, length(max = 200, code = "too_many", message = "至多 200 项。 / At most 200 items."))]
    clauses: Vec<ClauseTextInput>,
}

/// 本会章程正文 / The official text.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CharterTextLoad {
    /// 正文出处 / The document that it is taken from.
    #[schema(examples("青党促〔2013〕1号"))]
    document: Text<2, 200>,
    /// 序言 / The preamble.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("（序言正文）"))]
    preamble: Option<Text<1, 5000>>,
    /// 各条正文；启用前已施行的版本须一次载入全部各条 / Texts of the articles; of the version that was brought along, all at once.
    #[schema(min_items = 1, max_items = 200)]
    #[validate(
        nested,
        length(min = 1, max = 200, code = "too_many", message = "应为 1 至 200 条。 / Give 1 to 200 articles.")
    )]
    articles: Vec<ArticleTextInput>,
}

impl From<CharterTextLoad> for OfficialText {
    fn from(it: CharterTextLoad) -> Self {
        let clause = |it: ClauseTextInput| ClauseText { paragraph: it.paragraph, item: it.item, text: it.text };
        let article = |it: ArticleTextInput| ArticleText {
            number: it.number,
            text: it.text,
            clauses: it.clauses.into_iter().map(clause).collect(),
        };
        Self { document: it.document, preamble: it.preamble, articles: it.articles.into_iter().map(article).collect() }
    }
}
