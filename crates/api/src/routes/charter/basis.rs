//! 凭什么: all that rests on an article, read from what the code itself declares.

use std::sync::LazyLock;

use gongjian_governance::compliance::obligations;
use gongjian_kernel::{Lang, Say};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::view::ArticleView;
use crate::routes::compliance::ObligationView;
use crate::{authority, faults};

/// 一条及以其为依据的全部事项 / An article, and all that rests on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArticleBasisView {
    /// 该条 / The article.
    article: ArticleView,
    /// 所在版本 / The version that it stands in.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c00"))]
    charter_version_id: uuid::Uuid,
    /// 以其为依据的权限 / Permissions.
    #[schema(max_items = 1000)]
    permissions: Vec<RestingView>,
    /// 该条规定的事项，履行情况见履职日历 / What it obliges to; the calendar tells how that stands.
    #[schema(max_items = 1000)]
    obligations: Vec<ObligationView>,
    /// 以其为依据的接口操作 / Operations of this interface.
    #[schema(max_items = 1000)]
    operations: Vec<OperationView>,
    /// 以其为依据的事件 / Events.
    #[schema(max_items = 1000)]
    events: Vec<RestingView>,
    /// 以其为依据的拒绝 / Refusals.
    #[schema(max_items = 1000)]
    refusals: Vec<RestingView>,
}

/// 一项权限、事件或拒绝 / A permission, an event, a refusal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RestingView {
    /// 名称 / Name.
    #[schema(max_length = 64, pattern = "^[a-z][a-z0-9_.]*$", examples("unit.withdraw"))]
    name: &'static str,
    /// 说明，按所求语言 / What it is, in the language asked for.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("退会"))]
    label: String,
}

/// 一个操作 / An operation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperationView {
    /// 操作名 / Its id in the document.
    #[schema(max_length = 64, pattern = "^[a-zA-Z0-9]+$", examples("withdrawUnit"))]
    operation_id: &'static str,
    /// 方法 / Method.
    #[schema(max_length = 10, pattern = "^[A-Z]+$", examples("POST"))]
    method: String,
    /// 路径 / Path.
    #[schema(max_length = 200, pattern = r"^/[^\x00]*$", examples("/v1/units/{unit_id}/withdraw"))]
    path: &'static str,
    /// 说明，按所求语言 / What it does, in the language asked for.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("退会"))]
    label: String,
}

/// An operation of the document that asks for a permission of the charter.
struct Known {
    id: &'static str,
    method: String,
    path: &'static str,
    label: Say,
    article: u8,
}

static OPERATIONS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let paths = crate::document()["paths"].as_object().into_iter().flatten();
    let all = paths.flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().filter_map(move |(method, operation)| known(path, method, operation))
    });
    all.collect()
});

fn known(path: &'static str, method: &str, operation: &'static Value) -> Option<Known> {
    let id = operation["operationId"].as_str()?;
    let article = authority::of(id)?.permissions().find_map(|permission| permission.article)?;
    let summary = operation["summary"].as_str()?;
    let (zh, en) = summary.split_once(" / ").unwrap_or((summary, summary));
    Some(Known { id, method: method.to_uppercase(), path, label: Say::fixed(zh, en), article })
}

impl ArticleBasisView {
    /// What rests on an article follows its number in the first version: that is the one that the code names.
    pub(super) fn of(charter_version_id: uuid::Uuid, article: ArticleView, founding: Option<i32>, lang: Lang) -> Self {
        let wanted = founding.and_then(|number| u8::try_from(number).ok());
        let rests = |article: Option<u8>| wanted.is_some() && article == wanted;
        let resting = |name: &'static str, label: &Say| RestingView { name, label: label.in_lang(lang).to_owned() };
        let permissions = authority::permissions().filter(|it| rests(it.article));
        let events = faults::events().filter(|it| rests(it.article));
        let refusals = faults::catalogue().filter(|it| rests(it.article));
        let operations = OPERATIONS.iter().filter(|it| rests(Some(it.article))).map(|it| OperationView {
            operation_id: it.id,
            method: it.method.clone(),
            path: it.path,
            label: it.label.in_lang(lang).to_owned(),
        });
        Self {
            obligations: obligations()
                .filter(|it| rests(Some(it.article)))
                .map(|it| ObligationView::of(it, lang))
                .collect(),
            permissions: permissions.map(|it| resting(it.name, &it.label)).collect(),
            operations: operations.collect(),
            events: events.map(|it| resting(it.kind, &it.label)).collect(),
            refusals: refusals.map(|it| resting(it.code, &it.title)).collect(),
            article,
            charter_version_id,
        }
    }
}
