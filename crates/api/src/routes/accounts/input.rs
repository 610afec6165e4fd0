//! What administrators send about accounts.

use gongjian_identity::account::AccountState;
use gongjian_kernel::Text;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::routes::auth::Secret;
use crate::routes::persons::PersonCreate;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AccountQuery {
    /// 状态 / State.
    #[param(example = "active")]
    pub(super) state: Option<AccountState>,
}

/// 开立账号：person_id 与 person 二者填一 / An account to be opened; exactly one of `person_id` and `person` is given.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountCreate {
    /// 已登记的人员 / Somebody on file.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    pub(super) person_id: Option<Uuid>,
    /// 新登记的人员 / Somebody to be put on file.
    #[serde(default)]
    #[validate(nested)]
    pub(super) person: Option<PersonCreate>,
    /// 用户名 / User name.
    #[schema(value_type = String, min_length = 2, max_length = 32, pattern = r"^[0-9A-Za-z._@\u3400-\u4DBF\u4E00-\u9FFF-]+$", examples("limin"))]
    pub(super) username: Text<1, 64>,
    /// 初始密码，首次登录须修改；省略时由系统生成并仅显示一次 / First password, to be changed at the first sign-in; drawn and shown once where it is absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "password", min_length = 8, max_length = 128, examples("seven herons under the bridge"))]
    pub(super) password: Option<Secret>,
}
