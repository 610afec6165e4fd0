//! Offices held by accounts.

use gongjian_kernel::{Event, Grant, Refusal, Result, Scope, Target, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::model::{Account, AccountId, AccountState};
use super::store;
use crate::action::{ACCOUNT_GRANT, ACCOUNT_READ};
use crate::event::{GRANTED, UNGRANTED};
use crate::fault::{ALREADY_GRANTED, GRANT_NOT_FOUND, INCOMPATIBLE_ROLES, LAST_ADMINISTRATOR, OWN_ACCOUNT};
use crate::identity::Identity;
use crate::role::{Role, ScopeKind};

gongjian_kernel::ids! {
    /// An office that an account holds or held.
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
    #[must_use]
    pub fn scope(&self) -> Scope {
        match (self.unit_id, &self.street_code) {
            (Some(unit), _) => Scope::Unit(unit),
            (None, Some(street)) => Scope::Branch(street.clone()),
            (None, None) => Scope::Association,
        }
    }

    pub(crate) fn for_actor(&self) -> Grant {
        Grant { role: self.role.as_str(), scope: self.scope() }
    }
}

/// An office to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    role: Role,
    scope: Scope,
}

impl NewGrant {
    /// Refuses a scope that the office is not held over.
    pub fn new(role: Role, scope: Scope) -> Result<Self> {
        let given = match scope {
            Scope::Association => ScopeKind::Association,
            Scope::Branch(_) => ScopeKind::Branch,
            Scope::Unit(_) => ScopeKind::Unit,
        };
        let wanted = role.scope();
        if given == wanted {
            return Ok(Self { role, scope });
        }
        Err(Refusal::field(
            "/scope",
            "invalid_scope",
            format!("“{}”的任职范围须为“{}”。", role.label().zh, wanted.label().zh),
            format!("“{}” is held over: {}.", role.label().en, wanted),
        ))
    }
}

/// GB/T 22239 8.1.5: the administrators exclude each other and every business office.
fn is_compatible(held: &[AccountGrant], role: Role) -> bool {
    held.iter().all(|grant| grant.role == role || !(grant.role.is_administrator() || role.is_administrator()))
}

/// The offices that an account holds now, the oldest first.
pub(crate) async fn current(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<AccountGrant>> {
    current_of(db, [account]).await
}

/// The offices that these accounts hold now.
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

/// Grants an office. Nobody grants himself anything.
pub async fn add(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<AccountId>,
    new: NewGrant,
) -> Result<AccountGrant> {
    let before = store::lock(work, target.id).await?;
    let account = Account::from(before.clone());
    work.authorize(&ACCOUNT_GRANT, &ACCOUNT_READ, &account)?;
    target.is_current(before.version)?;
    not_own(work, target.id)?;
    let grant = start(work, target.id, new).await?;
    work.update::<store::row::Entity>(&before, &before.next(work)).await?;
    identity.forget_callers(work);
    Ok(grant)
}

/// Ends an office.
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

/// Starts an office as part of a command that has been authorized (Article 25: a unit names its
/// representative and its liaison). The account is locked.
pub async fn start(work: &mut Work<'_>, account: AccountId, new: NewGrant) -> Result<AccountGrant> {
    let held = current(work.tx(), account).await?;
    let NewGrant { role, scope } = new;
    if held.iter().any(|grant| grant.role == role && grant.scope() == scope) {
        return Err(Refusal::of(&ALREADY_GRANTED));
    }
    if !is_compatible(&held, role) {
        return Err(Refusal::of(&INCOMPATIBLE_ROLES));
    }
    let (unit_id, street_code) = match scope {
        Scope::Association => (None, None),
        Scope::Branch(street) => (None, Some(street)),
        Scope::Unit(unit) => (Some(unit), None),
    };
    let grant = AccountGrant {
        id: work.new_id(),
        account_id: account,
        role,
        scope_kind: role.scope(),
        unit_id,
        street_code,
        granted_at: work.now(),
        ended_at: None,
    };
    let active: row::ActiveModel = grant.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    work.record(Event::new(&GRANTED, account.0, said(&grant)));
    Ok(grant)
}

/// Ends an office as part of a command that has been authorized. The account is locked.
pub async fn stop(work: &mut Work<'_>, account: AccountId, grant: GrantId) -> Result<AccountGrant> {
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

/// Ends an office over a unit for whoever holds it, as part of a command that has been authorized
/// (Article 25: the unit has filed a successor, who holds no office yet).
pub async fn vacate(work: &mut Work<'_>, identity: &Identity, role: Role, unit: Uuid) -> Result<()> {
    let held = row::Entity::find()
        .filter(row::Column::Role.eq(role))
        .filter(row::Column::UnitId.eq(unit))
        .filter(row::Column::EndedAt.is_null())
        .order_by_asc(row::Column::AccountId)
        .all(work.tx())
        .await?;
    for grant in held {
        let before = store::lock(work, grant.account_id).await?;
        stop(work, grant.account_id, grant.id).await?;
        work.update::<store::row::Entity>(&before, &before.next(work)).await?;
    }
    identity.forget_callers(work);
    Ok(())
}

fn said(grant: &AccountGrant) -> serde_json::Value {
    json!({ "grant": grant.id, "role": grant.role, "unit": grant.unit_id, "street": grant.street_code })
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
