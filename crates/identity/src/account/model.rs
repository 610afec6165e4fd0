//! What an account is.

use chrono::{DateTime, Utc};
use gongjian_kernel::lifecycle::Lifecycle;
use gongjian_kernel::{FaultEntry, Refusal, Relation, Resource, Result, Say, Scope};
use uuid::Uuid;

use super::username::Username;
use crate::fault::{ACCOUNT_NOT_FOUND, ACCOUNT_STATE};
use crate::password::PasswordHash;
use crate::person::PersonId;

gongjian_kernel::ids! {
    /// An account.
    AccountId;
}

gongjian_kernel::words! {
    /// Whether an account can be used.
    pub enum AccountState as "account_state" ("账号状态", "State of an account") {
        /// Its person holds an invitation and has not used it: nobody signs in with it yet.
        Invited = "invited" ("已邀请", "Invited"),
        Active = "active" ("正常", "Active"),
        /// By the security administrator; too many attempts lock a name for minutes, not an account.
        Locked = "locked" ("已锁定", "Locked"),
        Disabled = "disabled" ("已停用", "Disabled"),
    }
}

gongjian_kernel::words! {
    /// What moves an account from state to state.
    pub enum AccountAction as "account_action" ("账号操作", "Action on an account") {
        Disable = "disable" ("停用", "Disable"),
        Enable = "enable" ("启用", "Enable"),
        /// Enables an account that nobody has taken into use yet.
        AwaitOwner = "await_owner" ("启用，待本人接受邀请", "Enable; its person is yet to redeem an invitation"),
        Redeem = "redeem" ("接受邀请", "Redeem the invitation"),
        Lock = "lock" ("锁定", "Lock"),
        Unlock = "unlock" ("解锁", "Unlock"),
    }
}

impl Lifecycle for AccountState {
    type Action = AccountAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [AccountAction] = AccountAction::ALL;

    fn next(self, action: AccountAction) -> Option<Self> {
        use AccountAction::{AwaitOwner, Disable, Enable, Lock, Redeem, Unlock};
        match (self, action) {
            (Self::Invited | Self::Active | Self::Locked, Disable) => Some(Self::Disabled),
            (Self::Active, Lock) => Some(Self::Locked),
            (Self::Invited, Redeem) | (Self::Locked, Unlock) | (Self::Disabled, Enable) => Some(Self::Active),
            (Self::Disabled, AwaitOwner) => Some(Self::Invited),
            (Self::Disabled, Disable | Redeem | Lock | Unlock)
            | (Self::Invited, Enable | AwaitOwner | Lock | Unlock)
            | (Self::Active, Enable | AwaitOwner | Redeem | Unlock)
            | (Self::Locked, Enable | AwaitOwner | Redeem | Lock) => None,
        }
    }
}

/// An account as others see it: the hash of the password never leaves this crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub person_id: PersonId,
    pub username: String,
    pub state: AccountState,
    pub must_change_password: bool,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Account {
    /// The state after the action, or the refusal with what is open instead.
    pub(crate) fn moved(&self, action: AccountAction) -> Result<AccountState> {
        self.state.next(action).ok_or_else(|| {
            let (state, wanted) = (self.state.label(), action.label());
            let detail = Say::new(
                format!("账号现为“{}”，不能{}。", state.zh, wanted.zh),
                format!("The account is {}: “{}” is not open.", self.state, action),
            );
            let open = self.state.open_actions().map(AccountAction::as_str).collect();
            Refusal { allowed_actions: Some(open), ..Refusal::new(&ACCOUNT_STATE, detail) }
        })
    }
}

impl Resource for Account {
    fn relates(&self, _: Relation, scope: &Scope) -> bool {
        *scope == Scope::Association
    }

    fn unknown(&self) -> &'static FaultEntry {
        &ACCOUNT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("account", Some(self.id.0))
    }
}

/// An account to be opened for a person on file.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub person: PersonId,
    pub username: Username,
    pub password: PasswordHash,
    pub must_change_password: bool,
}
