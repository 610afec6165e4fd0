//! Invitations in the database.

use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::{Invitation, InvitationId, InvitationState};
use crate::account::AccountId;
use crate::fault::INVITATION_NOT_FOUND;
use crate::person::PersonId;

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::{InvitationId, InvitationState};
    use crate::account::AccountId;
    use crate::person::PersonId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InvitationId,
        pub account_id: AccountId,
        pub person_id: PersonId,
        /// The unit that the person acts for, where there is one.
        pub unit_id: Option<Uuid>,
        pub invited_by: Option<AccountId>,
        pub code_hash: String,
        pub state: InvitationState,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use row::{Column, Entity};

pub(super) async fn insert(work: &Work<'_>, invitation: &Invitation) -> Result<()> {
    let active: row::ActiveModel = invitation.clone().into();
    Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn find(db: &impl ConnectionTrait, id: InvitationId) -> Result<Invitation> {
    Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&INVITATION_NOT_FOUND))
}

/// The invitation, locked after its account, as everywhere.
pub(super) async fn lock(work: &Work<'_>, id: InvitationId) -> Result<Invitation> {
    let row = Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&INVITATION_NOT_FOUND))
}

pub(super) async fn find_by_code(db: &impl ConnectionTrait, code_hash: &str) -> Result<Option<Invitation>> {
    Ok(Entity::find().filter(Column::CodeHash.eq(code_hash)).one(db).await?)
}

/// Ends an open invitation; of twins, one does it.
pub(super) async fn end(work: &Work<'_>, id: InvitationId, state: InvitationState) -> Result<bool> {
    Ok(ended(work, Column::Id.eq(id), state).await? == 1)
}

/// Ends the open invitation of a person, if there is one.
pub(super) async fn replace(work: &Work<'_>, person: PersonId) -> Result<()> {
    ended(work, Column::PersonId.eq(person), InvitationState::Replaced).await.map(drop)
}

/// Ends the open invitation to an account that is taken into use otherwise, or shut.
pub(crate) async fn withdraw(work: &Work<'_>, account: AccountId) -> Result<()> {
    ended(work, Column::AccountId.eq(account), InvitationState::Revoked).await.map(drop)
}

/// Whether the account was reserved for somebody who was invited to it and never came.
pub(crate) async fn was_never_redeemed(work: &Work<'_>, account: AccountId) -> Result<bool> {
    let states: Vec<InvitationState> = Entity::find()
        .select_only()
        .column(Column::State)
        .filter(Column::AccountId.eq(account))
        .into_tuple()
        .all(work.tx())
        .await?;
    Ok(!states.is_empty() && !states.contains(&InvitationState::Redeemed))
}

async fn ended(work: &Work<'_>, which: sea_orm::sea_query::Expr, state: InvitationState) -> Result<u64> {
    let ended = Entity::update_many()
        .col_expr(Column::State, Expr::val(state.as_str()))
        .col_expr(Column::EndedAt, Expr::val(work.now()))
        .filter(which)
        .filter(Column::State.eq(InvitationState::Open))
        .exec(work.tx())
        .await?;
    Ok(ended.rows_affected)
}
