//! What administrators see of an account. The hash of its password never leaves the identity crate.

use gongjian_identity::Role;
use gongjian_identity::account::{self, AccountGrant, AccountState};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;
use crate::routes::persons::{OfficeView, PersonView};

/// 管理员授权 / A grant of one of the three administrators.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct GrantView {
    /// 授权标识 / Id of the grant.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a07"))]
    id: Uuid,
    /// 管理员角色 / Which administrator.
    #[schema(examples("audit_administrator"))]
    role: Role,
    /// 授予时间 / Granted at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    granted_at: String,
}

impl From<AccountGrant> for GrantView {
    fn from(grant: AccountGrant) -> Self {
        Self { id: grant.id.0, role: grant.role, granted_at: instant(grant.granted_at) }
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
    /// 管理员授权 / What it administers.
    #[schema(max_items = 3)]
    grants: Vec<GrantView>,
    /// 现任职务，由单位备案和任职备案产生 / The offices held now, by filings and appointments.
    #[schema(max_items = 200)]
    offices: Vec<OfficeView>,
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
        let account::AccountView { account, person, grants, positions } = known;
        Self {
            id: account.id.0,
            username: account.username,
            state: account.state,
            must_change_password: account.must_change_password,
            person: person.into(),
            grants: grants.into_iter().map(GrantView::from).collect(),
            offices: positions.into_iter().map(OfficeView::from).collect(),
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
