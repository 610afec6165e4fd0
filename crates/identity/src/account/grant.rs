//! The three administrators (三员, GB/T 22239 8.1.5): granted to accounts, unlike business offices, which
//! rest on positions. They exclude each other and every business office.

use gongjian_kernel::{Event, Grant, Refusal, Result, Scope, Target, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, QueryTrait as _, entity::prelude::*};
use serde_json::json;

use super::model::{Account, AccountId, AccountState};
use super::store;
use crate::action::{ACCOUNT_GRANT, ACCOUNT_READ};
use crate::event::{GRANTED, UNGRANTED};
use crate::fault::{
    ALREADY_GRANTED, GRANT_NOT_FOUND, INCOMPATIBLE_ROLES, LAST_ADMINISTRATOR, NOT_AN_ADMINISTRATOR, OWN_ACCOUNT,
};
use crate::identity::Identity;
use crate::person::PersonId;
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

/// Makes an account one of the three administrators. Nobody makes himself anything.
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
    not_own(work, target.id)?;
    let grant = start(work, identity, &account, role).await?;
    work.update::<store::row::Entity>(&before, &before.next(work)).await?;
    identity.forget_callers(work);
    Ok(grant)
}

/// Ends the time of an administrator.
pub async fn end(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<AccountId>,
    grant: GrantId,
) -> Result<AccountGrant> {
    let before = store::lock(work, target.id).await?;
    let account = Account::from(before.clone());
    work.authorize(&ACCOUNT_GRANT, &ACCOUNT_READ, &account)?;
    target.is_current(before.version)?;
    not_own(work, target.id)?;
    let ended = stop(work, target.id, grant).await?;
    if ended.role == Role::SystemAdministrator {
        someone_administers(work, target.id).await?;
    }
    work.update::<store::row::Entity>(&before, &before.next(work)).await?;
    identity.forget_callers(work);
    Ok(ended)
}

/// Grants as part of a command that has been authorized. The account is locked.
pub(crate) async fn start(
    work: &mut Work<'_>,
    identity: &Identity,
    account: &Account,
    role: Role,
) -> Result<AccountGrant> {
    if !role.is_administrator() {
        return Err(Refusal::of(&NOT_AN_ADMINISTRATOR));
    }
    let held = current(work.tx(), account.id).await?;
    if held.iter().any(|grant| grant.role == role) {
        return Err(Refusal::of(&ALREADY_GRANTED));
    }
    if !held.is_empty() || !identity.positions(work.tx(), &[account.person_id]).await?.is_empty() {
        return Err(Refusal::of(&INCOMPATIBLE_ROLES));
    }
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
    work.record(Event::new(&GRANTED, account.id.0, said(&grant)));
    Ok(grant)
}

async fn stop(work: &mut Work<'_>, account: AccountId, grant: GrantId) -> Result<AccountGrant> {
    let held = current(work.tx(), account).await?;
    let mut grant = held.into_iter().find(|held| held.id == grant).ok_or_else(|| Refusal::of(&GRANT_NOT_FOUND))?;
    grant.ended_at = Some(work.now());
    row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Expr::val(grant.ended_at))
        .filter(row::Column::Id.eq(grant.id))
        .exec(work.tx())
        .await?;
    work.record(Event::new(&UNGRANTED, account.0, said(&grant)));
    Ok(grant)
}

/// Refuses a business office for somebody who is an administrator.
pub async fn refuse_administrator(work: &Work<'_>, person: PersonId) -> Result<()> {
    let accounts = store::row::Entity::find()
        .select_only()
        .column(store::row::Column::Id)
        .filter(store::row::Column::PersonId.eq(person))
        .into_query();
    let administers =
        row::Entity::find().filter(row::Column::AccountId.in_subquery(accounts)).filter(row::Column::EndedAt.is_null());
    if administers.exists(work.tx()).await? { Err(Refusal::of(&INCOMPATIBLE_ROLES)) } else { Ok(()) }
}

fn said(grant: &AccountGrant) -> serde_json::Value {
    json!({ "grant": grant.id, "role": grant.role })
}

pub(crate) fn not_own(work: &Work<'_>, account: AccountId) -> Result<()> {
    if work.actor().account == Some(account.0) { Err(Refusal::of(&OWN_ACCOUNT)) } else { Ok(()) }
}

/// Refuses if nobody but this account could administer the system. The rows are locked, so that two
/// administrators cannot remove each other at once.
pub(crate) async fn someone_administers(work: &Work<'_>, besides: AccountId) -> Result<()> {
    let holders = row::Entity::find()
        .filter(row::Column::Role.eq(Role::SystemAdministrator))
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
