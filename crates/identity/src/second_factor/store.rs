//! Second factors, recovery codes and open challenges in the database.

use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::secret::Device;
use crate::account::AccountId;
use crate::one_time_code::{OneTimeCode, hash};

gongjian_kernel::ids! {
    /// One recovery code.
    RecoveryCodeId;
    /// A sign-in that waits for its second factor.
    ChallengeId;
}

pub(crate) mod factor {
    use sea_orm::entity::prelude::*;

    use crate::account::AccountId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_factor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: AccountId,
        pub sealed_secret: String,
        pub enrolled_at: DateTimeUtc,
        pub confirmed_at: Option<DateTimeUtc>,
        /// The last step whose code was taken: no code of it or of one before it is good again.
        pub last_step: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod recovery {
    use sea_orm::entity::prelude::*;

    use super::RecoveryCodeId;
    use crate::account::AccountId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecoveryCodeId,
        pub account_id: AccountId,
        pub code_hash: String,
        pub used_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod challenge {
    use sea_orm::entity::prelude::*;

    use super::ChallengeId;
    use crate::account::AccountId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "login_challenge")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ChallengeId,
        pub account_id: AccountId,
        /// Whatever happens to the account meanwhile makes the challenge void.
        pub account_version: i32,
        pub token_hash: String,
        pub device_name: Option<String>,
        pub expires_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) const RECOVERY_CODES: usize = 10;

/// The factor, if its owner has confirmed it.
pub(crate) async fn confirmed(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<factor::Model>> {
    Ok(find(db, account).await?.filter(|factor| factor.confirmed_at.is_some()))
}

pub(super) async fn find(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<factor::Model>> {
    Ok(factor::Entity::find_by_id(account).one(db).await?)
}

/// The factor, locked to the end of the transaction: codes are judged one by one.
pub(super) async fn lock(work: &Work<'_>, account: AccountId) -> Result<Option<factor::Model>> {
    Ok(factor::Entity::find_by_id(account).lock_exclusive().one(work.tx()).await?)
}

/// Puts an unconfirmed factor on file, in the place of one that was never confirmed.
pub(super) async fn enrol(work: &Work<'_>, factor: factor::Model) -> Result<()> {
    use factor::Column;
    let active: factor::ActiveModel = factor.into();
    let replace = OnConflict::column(Column::AccountId)
        .update_columns([Column::SealedSecret, Column::EnrolledAt, Column::ConfirmedAt, Column::LastStep])
        .to_owned();
    factor::Entity::insert(active.reset_all()).on_conflict(replace).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// Takes a code of the device. The factor is locked.
pub(super) async fn take(work: &Work<'_>, factor: &factor::Model, code: &str) -> Result<bool> {
    let device = Device::open(&work.store.keys, factor.account_id, &factor.sealed_secret)?;
    let Some(step) = device.step_of(code, work.now()).filter(|step| *step > factor.last_step) else {
        return Ok(false);
    };
    factor::Entity::update_many()
        .col_expr(factor::Column::LastStep, Expr::val(step))
        .filter(factor::Column::AccountId.eq(factor.account_id))
        .exec(work.tx())
        .await?;
    Ok(true)
}

pub(super) async fn confirm(work: &Work<'_>, account: AccountId) -> Result<()> {
    factor::Entity::update_many()
        .col_expr(factor::Column::ConfirmedAt, Expr::val(work.now()))
        .filter(factor::Column::AccountId.eq(account))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// Takes the factor and its recovery codes off file.
pub(crate) async fn remove(work: &Work<'_>, account: AccountId) -> Result<bool> {
    recovery::Entity::delete_many().filter(recovery::Column::AccountId.eq(account)).exec(work.tx()).await?;
    Ok(factor::Entity::delete_by_id(account).exec(work.tx()).await?.rows_affected > 0)
}

/// Ten codes; those before them are gone.
pub(super) async fn draw_recovery_codes(work: &Work<'_>, account: AccountId) -> Result<Vec<OneTimeCode>> {
    recovery::Entity::delete_many().filter(recovery::Column::AccountId.eq(account)).exec(work.tx()).await?;
    let codes = (0..RECOVERY_CODES).map(|_| OneTimeCode::draw_short()).collect::<Result<Vec<_>>>()?;
    let rows = codes.iter().map(|code| {
        let row = recovery::Model { id: work.new_id(), account_id: account, code_hash: code.hash(), used_at: None };
        recovery::ActiveModel::from(row).reset_all()
    });
    recovery::Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(work.tx()).await?;
    Ok(codes)
}

/// Takes a recovery code, once.
pub(super) async fn take_recovery_code(work: &Work<'_>, account: AccountId, code: &str) -> Result<bool> {
    let taken = recovery::Entity::update_many()
        .col_expr(recovery::Column::UsedAt, Expr::val(work.now()))
        .filter(recovery::Column::AccountId.eq(account))
        .filter(recovery::Column::CodeHash.eq(hash(code)))
        .filter(recovery::Column::UsedAt.is_null())
        .exec(work.tx())
        .await?;
    Ok(taken.rows_affected == 1)
}

pub(super) async fn recovery_codes_left(db: &impl ConnectionTrait, account: AccountId) -> Result<u64> {
    let left = recovery::Entity::find()
        .filter(recovery::Column::AccountId.eq(account))
        .filter(recovery::Column::UsedAt.is_null());
    Ok(left.count(db).await?)
}

pub(super) async fn insert_challenge(work: &Work<'_>, row: challenge::Model) -> Result<()> {
    let active: challenge::ActiveModel = row.into();
    challenge::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn find_challenge(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<challenge::Model>> {
    Ok(challenge::Entity::find().filter(challenge::Column::TokenHash.eq(token_hash)).one(db).await?)
}

/// Uses a challenge up; of twins, one does it.
pub(super) async fn spend_challenge(work: &Work<'_>, id: ChallengeId) -> Result<bool> {
    let spent = challenge::Entity::update_many()
        .col_expr(challenge::Column::UsedAt, Expr::val(work.now()))
        .filter(challenge::Column::Id.eq(id))
        .filter(challenge::Column::UsedAt.is_null())
        .exec(work.tx())
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Forgets challenges that have run out.
pub(crate) async fn sweep(work: &Work<'_>) -> Result<u64> {
    let gone = challenge::Entity::delete_many().filter(challenge::Column::ExpiresAt.lt(work.now()));
    Ok(gone.exec(work.tx()).await.map_err(Refusal::from)?.rows_affected)
}
