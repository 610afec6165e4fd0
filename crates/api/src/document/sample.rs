//! One operation of each kind, as a route module would write it, and what the document makes of them.

use actix_web::{delete, get, patch, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use gongjian_identity::ScopeKind;
use gongjian_kernel::actor::{ANY, Association};
use gongjian_kernel::{Permission, Rule, Say, Text, Work};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::tag;
use crate::extract::{AnyOf, Body, Caller, Filter, IfMatch, NoFields, Paging, Patch, Visitor};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

/// 样例 / A sample.
#[derive(Debug, Serialize, ToSchema)]
struct SampleView {
    /// 标识 / Id.
    id: Uuid,
    /// 名称 / Name.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\x00]*$", examples("样例"))]
    name: String,
    /// 类别 / Kind.
    kind: ScopeKind,
    /// 次级类别 / Second kind.
    second_kind: Option<ScopeKind>,
    /// 到期日 / Due.
    due_on: Option<NaiveDate>,
    /// 建立时间 / When it was made.
    created_at: DateTime<Utc>,
    /// 比率 / Rate in percent; null where there is nothing to count.
    #[schema(minimum = 0.0, maximum = 100.0)]
    rate: Option<f64>,
    /// 数量 / Count.
    item_count: i64,
    /// 可进行的操作 / What the caller may do now.
    #[schema(value_type = Vec<crate::problem::Word>)]
    allowed_actions: Vec<&'static str>,
}

/// 新样例 / A new sample.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct SampleCreate {
    /// 名称 / Name.
    #[schema(examples("样例"))]
    name: Text<1, 100>,
    /// 类别 / Kind.
    #[serde(default)]
    kind: Option<ScopeKind>,
    /// 标识 / Ids.
    #[serde(default)]
    #[schema(max_items = 20)]
    unit_ids: Vec<Uuid>,
}

/// 样例的变更 / A change of a sample.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct SampleUpdate {
    /// 名称 / Name.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples("样例"))]
    name: Option<Text<1, 100>>,
    /// 到期日 / Due.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    due_on: Patch<NaiveDate>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SampleFilter {
    /// 类别，逗号分隔 / Kinds, any of.
    kind: Option<AnyOf<ScopeKind>>,
    /// 到期日不早于 / Due on or after.
    due_on_gte: Option<NaiveDate>,
    /// 检索词 / Words to find.
    #[param(max_length = 100, pattern = r"^[^\x00]*$", example = "停车")]
    q: Option<Text<1, 100>>,
}

static CREATE: Permission = Permission {
    name: "sample.create",
    article: Some(4),
    label: Say::fixed("建立样例", "make a sample"),
    rules: &[Rule { role: "nobody", over: ANY }],
};

fn view(name: &str) -> SampleView {
    SampleView {
        id: Uuid::nil(),
        name: name.to_owned(),
        kind: ScopeKind::Unit,
        second_kind: None,
        due_on: None,
        created_at: DateTime::default(),
        rate: None,
        item_count: 0,
        allowed_actions: Vec::new(),
    }
}

#[utoipa::path(
    operation_id = "getSample",
    tag = tag::REFERENCE,
    summary = "查看样例 / Read a sample",
    description = "一个样例 / One sample.",
    params(("sample_id" = Uuid, Path, description = "样例标识 / Id of the sample")),
    responses((status = 200, body = SampleView, description = "样例 / The sample")),
)]
#[get("/v1/samples/{sample_id}")]
async fn get_sample(_: Caller, _: web::Path<Uuid>) -> Answer {
    Ok(Reply::ok(&view("样例"))?.etag_of_view(1))
}

#[utoipa::path(
    operation_id = "listSamples",
    tag = tag::REFERENCE,
    summary = "样例列表 / List samples",
    description = "样例，新者在前 / Samples, newest first.",
    params(Paging, SampleFilter),
    responses((status = 200, body = PageOf<SampleView>, description = "一页 / One page")),
)]
#[get("/v1/samples")]
async fn list_samples(_: Caller, filter: Filter<SampleFilter>) -> Answer {
    let SampleFilter { kind, due_on_gte, q } = &filter.by;
    let rows = vec![format!("{kind:?} {due_on_gte:?} {q:?}")];
    let page = gongjian_kernel::page::Page { rows, next_cursor: None };
    Ok(filter.reply(&PageOf::of(page, |name: String| view(&name)))?)
}

#[utoipa::path(
    operation_id = "createSample",
    tag = tag::REFERENCE,
    summary = "建立样例 / Make a sample",
    description = "建立一个样例 / Makes a sample.",
    request_body = SampleCreate,
    responses((status = 201, body = SampleView, description = "已建立 / Made")),
)]
#[post("/v1/samples")]
async fn create_sample(caller: Caller, body: Body<SampleCreate>) -> Answer {
    let allowed = async { caller.authorize(&CREATE, &Association) };
    caller
        .command(body, allowed, async |work: &mut Work<'_>, new| {
            let id: Uuid = work.new_id();
            let name = format!("{} {:?} {:?}", new.name.as_str(), new.kind, new.unit_ids);
            Ok(Reply::ok(&view(&name))?.created(format!("/v1/samples/{id}")).etag(1))
        })
        .await
}

#[utoipa::path(
    operation_id = "updateSample",
    tag = tag::REFERENCE,
    summary = "变更样例 / Change a sample",
    description = "变更所给的成员 / Changes the members given.",
    params(("sample_id" = Uuid, Path, description = "样例标识 / Id of the sample"), IfMatch),
    request_body(content = SampleUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = SampleView, description = "变更后的样例 / The sample as it is now")),
)]
#[patch("/v1/samples/{sample_id}")]
async fn update_sample(caller: Caller, path: web::Path<Uuid>, if_match: IfMatch, body: Body<SampleUpdate>) -> Answer {
    let allowed = async { caller.authorize(&CREATE, &Association) };
    caller
        .act_on(path.into_inner(), if_match, body, allowed, async |_: &mut Work<'_>, target, change| {
            let name = change.name.clone().map_or_else(|| format!("{:?}", change.due_on), String::from);
            Ok(Reply::ok(&view(&name))?.etag(target.version.unwrap_or(1) + 1))
        })
        .await
}

#[utoipa::path(
    operation_id = "closeSample",
    tag = tag::REFERENCE,
    summary = "关闭样例 / Close a sample",
    description = "关闭一个样例 / Closes a sample.",
    params(("sample_id" = Uuid, Path, description = "样例标识 / Id of the sample"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = SampleView, description = "已关闭 / Closed")),
)]
#[post("/v1/samples/{sample_id}/close")]
async fn close_sample(caller: Caller, path: web::Path<Uuid>, if_match: IfMatch, body: Body<NoFields>) -> Answer {
    let allowed = async { caller.authorize(&CREATE, &Association) };
    caller
        .act_on(path.into_inner(), if_match, body, allowed, async |_: &mut Work<'_>, _, _| Ok(Reply::no_content()))
        .await
}

#[utoipa::path(
    operation_id = "deleteSample",
    tag = tag::REFERENCE,
    summary = "删除样例 / Delete a sample",
    description = "删除一个样例 / Deletes a sample.",
    params(("sample_id" = Uuid, Path, description = "样例标识 / Id of the sample"), IfMatch),
    responses((status = 204, description = "已删除 / Deleted")),
)]
#[delete("/v1/samples/{sample_id}")]
async fn delete_sample(_: Caller, path: web::Path<Uuid>, if_match: IfMatch) -> Answer {
    if_match.target(path.into_inner())?;
    Ok(Reply::no_content())
}

#[utoipa::path(
    operation_id = "openSample",
    tag = tag::REFERENCE,
    summary = "公开样例 / An open sample",
    description = "无须登录 / Open to everybody.",
    security(()),
    request_body = NoFields,
    responses((status = 200, body = SampleView, description = "样例 / The sample")),
)]
#[post("/v1/open-sample")]
async fn open_sample(_: Visitor, _: Body<NoFields>) -> Answer {
    Ok(Reply::ok(&view("样例"))?)
}

fn configure(config: &mut ServiceConfig<'_>) {
    crate::configure(config);
    config.service(list_samples).service(create_sample).service(get_sample).service(update_sample);
    config.service(delete_sample).service(close_sample).service(open_sample);
}

#[test]
fn operations_get_what_their_kind_needs() {
    let document = super::of(configure);
    if let Ok(path) = std::env::var("SAMPLE_DOCUMENT") {
        std::fs::write(path, document.to_string()).unwrap();
    }
    let names = |operation: &serde_json::Value| -> Vec<String> {
        operation["responses"].as_object().unwrap().keys().cloned().collect()
    };
    let items = &document["paths"]["/v1/samples/{sample_id}"];
    assert_eq!(names(&items["get"]), ["200", "304", "400", "401", "403", "404", "406", "429", "500", "503"]);
    assert_eq!(
        names(&items["patch"]),
        [
            "200", "400", "401", "403", "404", "406", "408", "409", "412", "413", "415", "422", "428", "429", "500",
            "503"
        ]
    );
    let list = &document["paths"]["/v1/samples"];
    assert_eq!(
        list["get"]["responses"]["200"]["content"]["application/json"]["schema"],
        json!({ "$ref": "#/components/schemas/SamplePage" })
    );
    assert_eq!(
        document["components"]["schemas"]["SamplePage"]["properties"]["data"]["items"],
        json!({ "$ref": "#/components/schemas/SampleView" })
    );
    assert_eq!(document["components"]["schemas"]["SampleCreate"]["additionalProperties"], json!(false));
    assert_eq!(document["paths"]["/v1/open-sample"]["post"]["security"], json!([{ "credentials": [] }]));
    assert!(list["post"]["responses"]["201"]["headers"].get("Location").is_some());
}

#[test]
fn every_reference_leads_somewhere() {
    fn check(node: &serde_json::Value, document: &serde_json::Value) {
        if let Some(target) = node.get("$ref").and_then(serde_json::Value::as_str) {
            assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target} dangles");
        }
        match node {
            serde_json::Value::Object(members) => members.values().for_each(|member| check(member, document)),
            serde_json::Value::Array(items) => items.iter().for_each(|item| check(item, document)),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => {}
        }
    }
    for document in [super::document(), &super::of(configure)] {
        check(document, document);
    }
}
