//! Who am I, and what may I do?

use actix_web::get;
use gongjian_identity::Role;
use gongjian_kernel::{Actor, Lang, Permission, Scope};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::names;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::authority::permissions;
use crate::document::tag;
use crate::extract::CallerBeforeChange;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_me);
}

/// 当前登录人 / The caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// 账号标识 / Id of the account.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    account_id: Uuid,
    /// 当前会话标识 / Id of the present session.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a05"))]
    session_id: Uuid,
    /// 用户名 / User name.
    #[schema(max_length = 32, pattern = r"^[^\x00]*$", examples("limin"))]
    username: String,
    /// 姓名 / Name.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 是否须先修改密码 / Whether the password must be changed first.
    #[schema(examples(false))]
    must_change_password: bool,
    /// 是否须先启用第二验证因素 / Whether a second factor must be enrolled first.
    #[schema(examples(false))]
    must_enrol_second_factor: bool,
    /// 所代表的单位 / The units that the caller acts for.
    #[schema(max_items = 200)]
    units: Vec<MyUnit>,
    /// 现任职务 / The offices held now.
    #[schema(max_items = 200)]
    offices: Vec<Office>,
    /// 现任职务所具权限；每项操作仍按所涉事项判断 / What the offices permit; every act is still judged by the thing that it is about.
    #[schema(max_items = 200)]
    permissions: Vec<MyPermission>,
}

/// 所代表的单位 / A unit that the caller acts for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MyUnit {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Uuid,
    /// 单位名称 / Name of the unit.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 在该单位的职务 / Offices held there.
    #[schema(max_items = 20)]
    roles: Vec<Role>,
}

/// 现任职务 / An office held now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Office {
    /// 职务角色 / Role.
    role: Role,
    /// 职务名称，按所求语言 / Its name in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("固定代表"))]
    label: String,
    /// 任职单位；不以单位为范围的为空 / The unit that it is held for, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 任职街道；不以街道为范围的为空 / The street that it is held for, if any.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 任职机构；不以机构为范围的为空 / The body that it is held over, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    body_id: Option<Uuid>,
}

/// 权限 / A permission.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MyPermission {
    /// 权限名 / Name.
    #[schema(max_length = 64, pattern = "^[a-z][a-z_]*[.][a-z_]+$", examples("issue.submit"))]
    name: &'static str,
    /// 说明，按所求语言 / What it permits, in the language asked for.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("提交事项"))]
    label: String,
    /// 所依据的章程条款 / The article of the charter that it rests on.
    #[schema(minimum = 1, maximum = 27, format = "int32", value_type = Option<i32>, examples(23))]
    article: Option<u8>,
}

fn permissions_of(actor: &Actor, lang: Lang) -> Vec<MyPermission> {
    let held = permissions().filter(|permission| actor.has_some(permission));
    held.map(|Permission { name, label, article, .. }| MyPermission {
        name,
        label: label.in_lang(lang).to_owned(),
        article: *article,
    })
    .collect()
}

fn offices(actor: &Actor, lang: Lang) -> Vec<Office> {
    let offices = actor.grants.iter().filter_map(|grant| {
        let role = Role::parse(grant.role)?;
        let (unit_id, street_code, body_id) = match &grant.scope {
            Scope::Association => (None, None, None),
            Scope::Branch(street) => (None, Some(street.clone()), None),
            Scope::Unit(unit) => (Some(*unit), None, None),
            Scope::Body(body) => (None, None, Some(*body)),
        };
        Some(Office { role, label: role.label().in_lang(lang).to_owned(), unit_id, street_code, body_id })
    });
    offices.collect()
}

#[utoipa::path(
    operation_id = "getMe",
    tag = tag::IDENTITY,
    summary = "当前登录人 / Who am I",
    description = "谁在调用、代表哪些单位、现任哪些职务、具有哪些权限 / Who is calling, for which units, in which offices, with which permissions.",
    responses((status = 200, body = Me, description = "当前登录人 / The caller")),
)]
#[get("/v1/me")]
pub(crate) async fn get_me(caller: CallerBeforeChange) -> Answer {
    let (actor, who) = (&caller.act.actor, &caller.who);
    let offices = offices(actor, caller.lang);
    let mut names = names(caller.store().db.reader(), actor.units().map(UnitId)).await?;
    let units = actor.units().map(|id| MyUnit {
        id,
        name: names.remove(&UnitId(id)).unwrap_or_default(),
        roles: offices.iter().filter(|office| office.unit_id == Some(id)).map(|office| office.role).collect(),
    });
    let me = Me {
        account_id: who.account.0,
        session_id: who.session.0,
        username: who.username.clone(),
        name: actor.name.to_string(),
        must_change_password: who.must_change_password,
        must_enrol_second_factor: who.must_enrol_second_factor,
        units: units.collect(),
        permissions: permissions_of(actor, caller.lang),
        offices,
    };
    Ok(Reply::ok(&me)?)
}
