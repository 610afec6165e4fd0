//! What administrators see of an account. The hash of its password never leaves the identity crate.

use gongjian_identity::account::{self, AccountGrant, AccountState};
use gongjian_identity::{Person, Role};
use gongjian_membership::masked_phone;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 人员 / A person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct PersonView {
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 电话号码，中段隐去 / Phone number, masked.
    #[schema(max_length = 20, pattern = r"^[0-9*-]+$", examples("138****0001"))]
    phone: Option<String>,
    /// 电子邮箱 / E-mail address.
    #[schema(format = "email", max_length = 254, examples("limin@example.org"))]
    email: Option<String>,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        let phone = person.phone.as_deref().map(masked_phone);
        Self { id: person.id.0, name: person.name, phone, email: person.email }
    }
}

/// 现任职务 / An office held now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct GrantView {
    /// 任职标识 / Id of the office.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a07"))]
    id: Uuid,
    /// 职务角色 / Role.
    role: Role,
    /// 任职单位；不以单位为范围的为空 / The unit that it is held for, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 任职街道；不以街道为范围的为空 / The street that it is held for, if any.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 授予时间 / Granted at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    granted_at: String,
}

impl From<AccountGrant> for GrantView {
    fn from(grant: AccountGrant) -> Self {
        let AccountGrant { id, role, unit_id, street_code, granted_at, .. } = grant;
        Self { id: id.0, role, unit_id, street_code, granted_at: instant(granted_at) }
    }
}

/// 账号 / An account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct AccountView {
    /// 账号标识 / Id of the account.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    pub(super) id: Uuid,
    /// 用户名 / User name.
    #[schema(max_length = 32, pattern = r"^[^\x00]*$", examples("limin"))]
    username: String,
    /// 状态 / State.
    state: AccountState,
    /// 是否须先修改密码 / Whether the password must be changed first.
    #[schema(examples(false))]
    must_change_password: bool,
    /// 人员 / The person.
    person: PersonView,
    /// 现任职务 / The offices held now.
    #[schema(max_items = 200)]
    grants: Vec<GrantView>,
    /// 版本，即 ETag 的数字 / Version, the number in the ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(2))]
    pub(super) version: i32,
    /// 开立时间 / Opened at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    created_at: String,
    /// 更新时间 / Changed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-13T02:03:04.567Z"))]
    updated_at: String,
}

impl From<account::AccountView> for AccountView {
    fn from(known: account::AccountView) -> Self {
        let account::AccountView { account, person, grants } = known;
        Self {
            id: account.id.0,
            username: account.username,
            state: account.state,
            must_change_password: account.must_change_password,
            person: person.into(),
            grants: grants.into_iter().map(GrantView::from).collect(),
            version: account.version,
            created_at: instant(account.created_at),
            updated_at: instant(account.updated_at),
        }
    }
}

/// 账号及其新密码 / An account with its new password.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccountWithPassword {
    /// 账号 / The account.
    pub(super) account: AccountView,
    /// 系统生成的密码，仅此一次显示；非系统生成或重发的请求为空 / The password that was drawn, shown this once; null where it was given, and for a request that was sent again.
    #[schema(format = "password", max_length = 128, examples("vN2-kQ8_xW4tRz7LmP1a"))]
    pub(super) password: Option<String>,
}
