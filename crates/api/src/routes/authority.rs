//! The whole policy as data: who may do what, over which things, by which article.

use actix_web::get;
use gongjian_identity::Role;
use gongjian_kernel::{Lang, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::authority::permissions;
use crate::document::tag;
use crate::extract::{Caller, Query};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_authority);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AuthorityQuery {
    /// 只看这一职务角色 / What this role alone may do.
    #[param(example = "member_representative")]
    role: Option<Role>,
}

/// 权限表 / The policy matrix.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuthorityView {
    /// 全部权限 / Every permission.
    #[schema(max_items = 1000)]
    permissions: Vec<PermissionView>,
}

/// 权限及其规则 / A permission with its rules.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PermissionView {
    /// 权限名 / Name.
    #[schema(max_length = 64, pattern = "^[a-z][a-z_]*[.][a-z_]+$", examples("issue.submit"))]
    name: &'static str,
    /// 说明，按所求语言 / What it permits, in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("提交事项"))]
    label: String,
    /// 所依据的章程条款 / The article of the charter that it rests on.
    #[schema(minimum = 1, maximum = 27, format = "int32", value_type = Option<i32>, examples(23))]
    article: Option<u8>,
    /// 谁在何种范围内具有 / Who holds it, over what.
    #[schema(max_items = 200)]
    rules: Vec<RuleView>,
}

/// 授权规则 / A rule.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleView {
    /// 职务角色 / Role.
    role: Role,
    /// 职务名称，按所求语言 / Its name in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("固定代表"))]
    role_label: String,
    /// 所涉事项与任职范围的关系；association 为该类全部 / How the thing relates to what the office is held over; `association` is every one.
    #[schema(max_length = 64, pattern = "^[a-z][a-z_]*$", examples("submitter"))]
    over: &'static str,
}

fn rules(permission: &Permission, role: Option<Role>, lang: Lang) -> Vec<RuleView> {
    // The association's own rules at work are no role that anybody holds.
    let held = permission.rules.iter().filter_map(|rule| Some((Role::parse(rule.role)?, rule.over.0)));
    let wanted = held.filter(|(of, _)| role.is_none_or(|role| role == *of));
    wanted.map(|(role, over)| RuleView { role, role_label: role.label().in_lang(lang).to_owned(), over }).collect()
}

#[utoipa::path(
    operation_id = "getAuthority",
    tag = tag::REFERENCE,
    summary = "权限表 / Who may do what",
    description = "全部权限、所依据的章程条款、具有该权限的职务及其范围；各操作所需权限见接口文档的 x-permission / Every permission with its article, the roles that hold it and over what; `x-permission` in this document says which one an operation asks for.",
    params(AuthorityQuery),
    responses((status = 200, body = AuthorityView, description = "权限表 / The matrix")),
)]
#[get("/v1/authority")]
pub(crate) async fn get_authority(caller: Caller, query: Query<AuthorityQuery>) -> Answer {
    let role = query.0.role;
    let all = permissions().map(|permission| PermissionView {
        name: permission.name,
        label: permission.label.in_lang(caller.lang).to_owned(),
        article: permission.article,
        rules: rules(permission, role, caller.lang),
    });
    let held = all.filter(|permission| role.is_none() || !permission.rules.is_empty());
    Ok(Reply::ok(&AuthorityView { permissions: held.collect() })?)
}
