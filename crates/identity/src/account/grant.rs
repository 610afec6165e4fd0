//! The three administrators (三员, GB/T 22239 8.1.5): granted to accounts, unlike business offices, which
//! rest on positions. They exclude each other and every business office.

use gongjian_kernel::actor::BY_RULE;
use gongjian_kernel::{Event, Grant, Refusal, Result, Scope, Target, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, QueryTrait as _, entity::prelude::*};
use serde_json::json;

use super::model::{Account, AccountId, AccountState};
use super::store;
use crate::action::{ACCOUNT_GRANT, ACCOUNT_READ};
use crate::administrator::{NOT_GRANTED, Proposal};
use crate::event::{GRANTED, UNGRANTED};
use crate::fault::{
    ADMINISTRATOR_ACCOUNT, ALREADY_GRANTED, INCOMPATIBLE_ROLES, LAST_ADMINISTRATOR, NOT_AN_ADMINISTRATOR, OWN_ACCOUNT,
};
use crate::identity::Identity;
use crate::person::{self, PersonId};
use crate::reset;
use crate::role::{Role, ScopeKind};

gongjian_kernel::ids! {
    /// An account's time as an administrator.
    GrantId;
}

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::GrantId;
    use crate::account::AccountId;
    use crate::role::{Role, ScopeKind};

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_grant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GrantId,
        pub account_id: AccountId,
        pub role: Role,
        pub scope_kind: ScopeKind,
        pub unit_id: Option<Uuid>,
        pub street_code: Option<String>,
        pub granted_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as AccountGrant;

impl AccountGrant {
    pub(crate) fn for_actor(&self) -> Grant {
        Grant { role: self.role.as_str(), scope: Scope::Association }
    }
}

/// What an account administers now: one thing at most.
pub(crate) async fn current(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<AccountGrant>> {
    current_of(db, [account]).await
}

/// What these accounts administer now.
pub(crate) async fn current_of(
    db: &impl ConnectionTrait,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Result<Vec<AccountGrant>> {
    let rows = row::Entity::find()
        .filter(row::Column::AccountId.is_in(accounts))
        .filter(row::Column::EndedAt.is_null())
        .order_by_asc(row::Column::GrantedAt)
        .order_by_asc(row::Column::Id);
    Ok(rows.all(db).await?)
}

/// Makes an account one of the three administrators, by whoever operates the server. Over the API two
/// administrators agree on it ([`crate::administrator`]).
pub async fn add(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<AccountId>,
    role: Role,
) -> Result<AccountGrant> {
    let before = store::lock(work, target.id).await?;
    let account = Account::from(before.clone());
    work.authorize(&ACCOUNT_GRANT, &ACCOUNT_READ, &account)?;
    target.is_current(before.version)?;
    may_start(work, identity, &account, role).await?;
    let grant = start(work, &account, role, None).await?;
    work.update::<store::row::Entity>(&before, &before.next(work)).await?;
    identity.forget_callers(work);
    Ok(grant)
}

/// Whether the account can become this administrator: its person holds no office and is no administrator,
/// under whatever account.
pub(crate) async fn may_start(work: &Work<'_>, identity: &Identity, account: &Account, role: Role) -> Result<()> {
    if !role.is_administrator() {
        return Err(Refusal::of(&NOT_AN_ADMINISTRATOR));
    }
    if current(work.tx(), account.id).await?.iter().any(|grant| grant.role == role) {
        return Err(Refusal::of(&ALREADY_GRANTED));
    }
    refuse_administrator(work, account.person_id).await?;
    if identity.positions(work.tx(), &[account.person_id], work.today()).await?.is_empty() {
        Ok(())
    } else {
        Err(Refusal::of(&INCOMPATIBLE_ROLES))
    }
}

/// Grants as part of a command that has been authorized and has asked [`may_start`]. The account is locked.
pub(crate) async fn start(
    work: &mut Work<'_>,
    account: &Account,
    role: Role,
    agreed: Option<&Proposal>,
) -> Result<AccountGrant> {
    let grant = AccountGrant {
        id: work.new_id(),
        account_id: account.id,
        role,
        scope_kind: ScopeKind::Association,
        unit_id: None,
        street_code: None,
        granted_at: work.now(),
        ended_at: None,
    };
    let active: row::ActiveModel = grant.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    reset::withdraw(work, account.id).await?;
    work.record(Event::new(&GRANTED, account.id.0, said(&grant, agreed)));
    Ok(grant)
}

/// Whether the account's time as this administrator can end: somebody is left who can agree on the next.
pub(crate) async fn may_stop(work: &Work<'_>, account: AccountId, role: Role) -> Result<()> {
    held(work, account, role).await?;
    someone_else_is(work, role, account).await
}

async fn held(work: &Work<'_>, account: AccountId, role: Role) -> Result<AccountGrant> {
    let held = current(work.tx(), account).await?.into_iter().find(|grant| grant.role == role);
    held.ok_or_else(|| Refusal::of(&NOT_GRANTED))
}

/// Ends a grant as part of a command that has been authorized and has asked [`may_stop`].
pub(crate) async fn stop(work: &mut Work<'_>, account: &Account, role: Role, agreed: &Proposal) -> Result<()> {
    let grant = held(work, account.id, role).await?;
    row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Expr::val(work.now()))
        .filter(row::Column::Id.eq(grant.id))
        .exec(work.tx())
        .await?;
    work.record(Event::new(&UNGRANTED, grant.account_id.0, said(&grant, Some(agreed))));
    Ok(())
}

/// Refuses an office for somebody who is an administrator, under whatever account. Holds the person, so
/// that he does not become one meanwhile.
pub async fn refuse_administrator(work: &Work<'_>, person: PersonId) -> Result<()> {
    person::lock(work, person).await?;
    let accounts = store::row::Entity::find()
        .select_only()
        .column(store::row::Column::Id)
        .filter(store::row::Column::PersonId.eq(person))
        .into_query();
    let administers =
        row::Entity::find().filter(row::Column::AccountId.in_subquery(accounts)).filter(row::Column::EndedAt.is_null());
    if administers.exists(work.tx()).await? { Err(Refusal::of(&INCOMPATIBLE_ROLES)) } else { Ok(()) }
}

/// Refuses what would let one administrator act as another: a new password or second factor for him.
/// Whoever operates the server may.
pub async fn refuse_takeover(work: &Work<'_>, account: AccountId) -> Result<()> {
    let by_operator = work.actor().holds(BY_RULE);
    if by_operator || current(work.tx(), account).await?.is_empty() {
        Ok(())
    } else {
        Err(Refusal::of(&ADMINISTRATOR_ACCOUNT))
    }
}

fn said(grant: &AccountGrant, agreed: Option<&Proposal>) -> serde_json::Value {
    let mut said = json!({ "grant": grant.id, "role": grant.role });
    if let Some(agreed) = agreed {
        said["proposal"] = json!(agreed.id);
        said["proposed_by"] = json!(agreed.proposed_by);
        said["reason"] = json!(agreed.reason);
    }
    said
}

pub(crate) fn not_own(work: &Work<'_>, account: AccountId) -> Result<()> {
    if work.actor().account == Some(account.0) { Err(Refusal::of(&OWN_ACCOUNT)) } else { Ok(()) }
}

/// Whether the association must never be without: the two who agree on administrators.
pub(crate) fn is_indispensable(role: Role) -> bool {
    matches!(role, Role::SystemAdministrator | Role::SecurityAdministrator)
}

/// Refuses if the association would be without an administrator of the kind that this account is.
pub(crate) async fn someone_else_administers(work: &Work<'_>, account: AccountId) -> Result<()> {
    for grant in current(work.tx(), account).await? {
        someone_else_is(work, grant.role, account).await?;
    }
    Ok(())
}

/// Refuses if nobody but this account could be that administrator. The rows are locked, so that two cannot
/// remove each other at once.
async fn someone_else_is(work: &Work<'_>, role: Role, besides: AccountId) -> Result<()> {
    if !is_indispensable(role) {
        return Ok(());
    }
    let holders = row::Entity::find()
        .filter(row::Column::Role.eq(role))
        .filter(row::Column::EndedAt.is_null())
        .order_by_asc(row::Column::Id)
        .lock_exclusive()
        .all(work.tx())
        .await?;
    let others = holders.iter().map(|grant| grant.account_id).filter(|account| *account != besides);
    let active = store::row::Entity::find()
        .filter(store::row::Column::Id.is_in(others))
        .filter(store::row::Column::State.eq(AccountState::Active))
        .count(work.tx())
        .await?;
    if active == 0 { Err(Refusal::of(&LAST_ADMINISTRATOR)) } else { Ok(()) }
}
