//! Requests for a new password in the database.

use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::{PasswordReset, ResetId, ResetState};
use crate::account::AccountId;
use crate::fault::RESET_NOT_FOUND;

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::{ResetId, ResetState};
    use crate::account::AccountId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "password_reset")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ResetId,
        pub account_id: AccountId,
        pub state: ResetState,
        pub requested_at: DateTimeUtc,
        pub code_hash: Option<String>,
        pub expires_at: Option<DateTimeUtc>,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use row::{Column, Entity};

const OPEN: [ResetState; 2] = [ResetState::Requested, ResetState::Issued];

impl PasswordReset {
    pub(super) fn is_open(&self) -> bool {
        OPEN.contains(&self.state)
    }
}

pub(super) async fn insert(work: &Work<'_>, reset: PasswordReset) -> Result<()> {
    let active: row::ActiveModel = reset.into();
    Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn find_open(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<PasswordReset>> {
    let open = Entity::find().filter(Column::AccountId.eq(account)).filter(Column::State.is_in(OPEN));
    Ok(open.one(db).await?)
}

pub(super) async fn find_by_code(db: &impl ConnectionTrait, code_hash: &str) -> Result<Option<PasswordReset>> {
    Ok(Entity::find().filter(Column::CodeHash.eq(code_hash)).one(db).await?)
}

pub(super) async fn find(db: &impl ConnectionTrait, id: ResetId) -> Result<PasswordReset> {
    Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&RESET_NOT_FOUND))
}

pub(super) async fn lock(work: &Work<'_>, id: ResetId) -> Result<PasswordReset> {
    let row = Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&RESET_NOT_FOUND))
}

/// Writes what a step has changed. The row is locked.
pub(super) async fn save(work: &Work<'_>, after: &PasswordReset) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::val(after.state.as_str()))
        .col_expr(Column::CodeHash, Expr::val(after.code_hash.clone()))
        .col_expr(Column::ExpiresAt, Expr::val(after.expires_at))
        .col_expr(Column::EndedAt, Expr::val(after.ended_at))
        .filter(Column::Id.eq(after.id))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// Ends what is open for an account whose password is reset otherwise, or which is shut.
pub(crate) async fn withdraw(work: &Work<'_>, account: AccountId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::val(ResetState::Dismissed.as_str()))
        .col_expr(Column::EndedAt, Expr::val(work.now()))
        .filter(Column::AccountId.eq(account))
        .filter(Column::State.is_in(OPEN))
        .exec(work.tx())
        .await?;
    Ok(())
}
