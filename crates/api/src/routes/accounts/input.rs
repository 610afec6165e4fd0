//! What administrators send about accounts.

use gongjian_identity::Role;
use gongjian_identity::account::AccountState;
use gongjian_kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::routes::auth::Secret;

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
    /// 职务 / Offices.
    #[serde(default)]
    #[validate(length(max = 20, code = "too_many", message = "至多 20 项。 / At most 20 items."))]
    #[schema(max_items = 20)]
    pub(super) grants: Vec<GrantCreate>,
}

/// 人员 / A person to be put on file.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonCreate {
    /// 姓名 / Name.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("王芳"))]
    pub(super) name: Text<1, 50>,
    /// 手机号码或带区号的固定电话 / Mobile number, or a landline with its area code.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 7, max_length = 32, pattern = "^[0-9+ -]+$", examples("13800000002"))]
    pub(super) phone: Option<Text<1, 32>>,
    /// 电子邮箱 / E-mail address.
    #[serde(default)]
    #[validate(
        email(code = "invalid_email", message = "不是有效的电子邮箱地址。 / It is no e-mail address."),
        length(max = 254, code = "too_long", message = "至多 254 个字符。 / At most 254 characters.")
    )]
    #[schema(format = "email", min_length = 3, max_length = 254, examples("wangfang@example.org"))]
    pub(super) email: Option<String>,
}

/// 职务：unit_id、street_code 依职务角色填写 / An office; the role tells which of `unit_id` and `street_code` it needs.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantCreate {
    /// 职务角色 / Role.
    pub(super) role: Role,
    /// 任职单位 / The unit that it is held for.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) unit_id: Option<Uuid>,
    /// 任职街道 / The street that it is held for.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    pub(super) street_code: Option<Text<9, 9>>,
}
