//! Accounts in the database.

use gongjian_kernel::{Refusal, Result, Work, work::Versioned};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::model::{Account, AccountId, AccountState};
use crate::fault::{ACCOUNT_NOT_FOUND, USERNAME_TAKEN};
use crate::person::PersonId;
use crate::policy::AccountPolicy;

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::account::{AccountId, AccountState};
    use crate::password::PasswordHash;
    use crate::person::PersonId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccountId,
        pub person_id: PersonId,
        pub username: String,
        pub username_key: String,
        pub password_hash: PasswordHash,
        pub state: AccountState,
        pub must_change_password: bool,
        pub version: i32,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        /// None: as old as the account.
        pub password_changed_at: Option<DateTimeUtc>,
        pub last_login_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

impl row::Model {
    /// The row to be changed, as its next version.
    pub(crate) fn next(&self, work: &Work<'_>) -> Self {
        Self { version: self.version + 1, updated_at: work.now(), ..self.clone() }
    }

    pub(crate) fn is_active(&self) -> bool {
        self.state == AccountState::Active
    }

    /// Somebody else set the password, or it has served its time.
    pub(crate) fn must_change_password(&self, policy: &AccountPolicy, now: DateTimeUtc) -> bool {
        self.must_change_password || policy.has_expired(self.password_changed_at.unwrap_or(self.created_at), now)
    }
}

impl From<row::Model> for Account {
    fn from(row: row::Model) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            username: row.username,
            state: row.state,
            must_change_password: row.must_change_password,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// The name is the only thing of an account that somebody else can have.
pub(crate) async fn insert(work: &Work<'_>, row: row::Model) -> Result<()> {
    let active: row::ActiveModel = row.into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &USERNAME_TAKEN))?;
    Ok(())
}

pub(crate) async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<row::Model>> {
    Ok(row::Entity::find_by_id(id).one(db).await?)
}

pub(crate) async fn find_by_key(db: &impl ConnectionTrait, key: &str) -> Result<Option<row::Model>> {
    Ok(row::Entity::find().filter(row::Column::UsernameKey.eq(key)).one(db).await?)
}

/// The accounts with these ids, in no particular order.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = AccountId>,
) -> Result<Vec<row::Model>> {
    Ok(row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?)
}

/// The account of a person, whatever its state; locked to the end of the transaction.
pub(crate) async fn lock_of_person(work: &Work<'_>, person: PersonId) -> Result<Option<row::Model>> {
    let accounts = row::Entity::find().filter(row::Column::PersonId.eq(person)).lock_exclusive();
    Ok(accounts.order_by_asc(row::Column::Id).one(work.tx()).await?)
}

/// The account, locked to the end of the transaction: commands and sign-ins on it run one by one.
pub(crate) async fn lock(work: &Work<'_>, id: AccountId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&ACCOUNT_NOT_FOUND))
}
