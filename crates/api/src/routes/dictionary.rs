//! The dictionary: every enumeration with its words in both languages.

use actix_web::get;
use gongjian_kernel::Lang;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::document::tag;
use crate::extract::Caller;
use crate::faults;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::standing;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_dictionary);
}

/// 字典 / The dictionary.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DictionaryView {
    /// 词表 / The lists of words.
    #[schema(max_items = 200)]
    lists: Vec<WordListView>,
}

/// 一个词表 / One list of words.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WordListView {
    /// 词表名 / Name of the list.
    #[schema(max_length = 64, pattern = "^[a-z][a-z0-9_]*$", examples("issue_status"))]
    name: &'static str,
    /// 名称，按所求语言 / Title in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("事项状态"))]
    title: String,
    /// 中文名称 / Title in Chinese.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("事项状态"))]
    title_zh: String,
    /// 英文名称 / Title in English.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("Status of an issue"))]
    title_en: String,
    /// 词 / The words.
    #[schema(max_items = 200)]
    words: Vec<WordView>,
}

/// 一个词 / One word.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WordView {
    /// 接口中的值 / The value on the wire.
    #[schema(max_length = 64, pattern = "^[a-z][a-z0-9_]*$", examples("in_progress"))]
    value: &'static str,
    /// 显示文字，按所求语言 / Label in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("办理中"))]
    label: String,
    /// 中文显示文字 / Label in Chinese.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("办理中"))]
    label_zh: String,
    /// 英文显示文字 / Label in English.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("In progress"))]
    label_en: String,
}

impl DictionaryView {
    fn in_lang(lang: Lang) -> Self {
        let lists = faults::words().chain([&standing::KINDS]).map(|list| {
            let title = (list.title)();
            let words = (list.words)().into_iter().map(|(value, label)| WordView {
                value,
                label: label.in_lang(lang).to_owned(),
                label_zh: label.zh.into_owned(),
                label_en: label.en.into_owned(),
            });
            WordListView {
                name: list.name,
                title: title.in_lang(lang).to_owned(),
                title_zh: title.zh.into_owned(),
                title_en: title.en.into_owned(),
                words: words.collect(),
            }
        });
        Self { lists: lists.collect() }
    }
}

#[utoipa::path(
    operation_id = "getDictionary",
    tag = tag::REFERENCE,
    summary = "字典 / The dictionary",
    description = "接口中每个枚举值的中英文名称；随版本发布变化 / Every enumerated value of the API with its words in Chinese and English; it changes with releases only.",
    responses((status = 200, body = DictionaryView, description = "全部词表 / All lists")),
)]
#[get("/v1/dictionary")]
pub(crate) async fn get_dictionary(caller: Caller) -> Answer {
    Ok(Reply::ok(&DictionaryView::in_lang(caller.lang))?.etag_of_view(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_list_has_one_name_and_every_word_both_languages() {
        let mut names = BTreeSet::new();
        for list in DictionaryView::in_lang(Lang::En).lists {
            assert!(names.insert(list.name), "{} is there twice", list.name);
            let mut values = BTreeSet::new();
            for word in list.words {
                assert!(values.insert(word.value), "{}: {}", list.name, word.value);
                assert!(!word.label_zh.is_empty() && word.label == word.label_en, "{}", word.value);
            }
        }
        assert!(names.contains("role") && names.contains("issue_status") && names.contains("unit_type"));
    }
}
