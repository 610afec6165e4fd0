//! Who am I?

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

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
    /// 账号 / The account.
    account_id: Option<Uuid>,
    /// 姓名 / Name.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 是否须先修改密码 / Whether the password must be changed first.
    #[schema(examples(false))]
    must_change_password: bool,
}

#[utoipa::path(
    operation_id = "getMe",
    tag = tag::IDENTITY,
    summary = "当前登录人 / Who am I",
    description = "谁在调用 / Who is calling.",
    responses((status = 200, body = Me, description = "当前登录人 / The caller")),
)]
#[get("/v1/me")]
pub(crate) async fn get_me(caller: CallerBeforeChange) -> Answer {
    let me = Me {
        account_id: caller.act.actor.account,
        name: caller.act.actor.name.to_string(),
        must_change_password: caller.who.must_change_password,
    };
    Ok(Reply::ok(&me)?)
}
