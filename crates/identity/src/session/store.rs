//! Sessions and refresh tokens in the database.

use chrono::{DateTime, Utc};
use gongjian_kernel::{Result, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, QueryTrait as _, entity::prelude::*};

use crate::account::AccountId;
use crate::refresh;

gongjian_kernel::ids! {
    /// A session.
    SessionId;
    /// One refresh token of a session.
    RefreshTokenId;
}

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::SessionId;
    use crate::account::AccountId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub account_id: AccountId,
        pub device_name: Option<String>,
        pub ip: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub user_agent: Option<String>,
        pub created_at: DateTimeUtc,
        pub last_used_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub revoked_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod token {
    use sea_orm::entity::prelude::*;

    use super::{RefreshTokenId, SessionId};

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_token")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RefreshTokenId,
        pub session_id: SessionId,
        pub hash: String,
        pub issued_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
        pub successor_id: Option<RefreshTokenId>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Session;

impl Session {
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

pub(crate) async fn insert(work: &Work<'_>, session: Session) -> Result<()> {
    let active: row::ActiveModel = session.into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(crate) async fn find(db: &impl ConnectionTrait, id: SessionId) -> Result<Option<Session>> {
    Ok(row::Entity::find_by_id(id).one(db).await?)
}

/// The session, locked to the end of the transaction: its tokens rotate one by one.
pub(crate) async fn lock(work: &Work<'_>, id: SessionId) -> Result<Option<Session>> {
    Ok(row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?)
}

/// The live sessions of an account, the newest first.
pub(crate) async fn live(db: &impl ConnectionTrait, account: AccountId, now: DateTime<Utc>) -> Result<Vec<Session>> {
    Ok(row::Entity::find()
        .filter(row::Column::AccountId.eq(account))
        .filter(row::Column::RevokedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(now))
        .order_by_desc(row::Column::CreatedAt)
        .order_by_desc(row::Column::Id)
        .all(db)
        .await?)
}

pub(crate) async fn touch(work: &Work<'_>, id: SessionId) -> Result<()> {
    row::Entity::update_many()
        .col_expr(row::Column::LastUsedAt, Expr::val(work.now()))
        .filter(row::Column::Id.eq(id))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// Ends a session, if it has not ended. Its tokens are dead with it.
pub(crate) async fn revoke(work: &Work<'_>, id: SessionId) -> Result<bool> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::RevokedAt, Expr::val(work.now()))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::RevokedAt.is_null())
        .exec(work.tx())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends the sessions of an account, all or all but one.
pub(crate) async fn revoke_all(work: &Work<'_>, account: AccountId, but: Option<SessionId>) -> Result<u64> {
    let mut update = row::Entity::update_many()
        .col_expr(row::Column::RevokedAt, Expr::val(work.now()))
        .filter(row::Column::AccountId.eq(account))
        .filter(row::Column::RevokedAt.is_null());
    if let Some(kept) = but {
        update = update.filter(row::Column::Id.ne(kept));
    }
    Ok(update.exec(work.tx()).await?.rows_affected)
}

/// Puts a new token of the session on file: its hash, never its text.
pub(crate) async fn issue_token(work: &Work<'_>, session: &Session, idle: chrono::Duration) -> Result<token::Model> {
    let id = work.new_id();
    let token = token::Model {
        id,
        session_id: session.id,
        hash: refresh::hash(&refresh::text(&work.store.keys.refresh, id)),
        issued_at: work.now(),
        expires_at: session.expires_at.min(work.now() + idle),
        used_at: None,
        successor_id: None,
    };
    let active: token::ActiveModel = token.clone().into();
    token::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(token)
}

pub(crate) async fn find_token(db: &impl ConnectionTrait, id: RefreshTokenId) -> Result<Option<token::Model>> {
    Ok(token::Entity::find_by_id(id).one(db).await?)
}

pub(crate) async fn spend_token(work: &Work<'_>, id: RefreshTokenId, successor: RefreshTokenId) -> Result<()> {
    token::Entity::update_many()
        .col_expr(token::Column::UsedAt, Expr::val(work.now()))
        .col_expr(token::Column::SuccessorId, Expr::val(successor))
        .filter(token::Column::Id.eq(id))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// Forgets sessions that ended before an instant, with their tokens.
pub(crate) async fn sweep(work: &Work<'_>, before: DateTime<Utc>) -> Result<u64> {
    let ended = sea_orm::Condition::any().add(row::Column::ExpiresAt.lt(before)).add(row::Column::RevokedAt.lt(before));
    let ids = row::Entity::find().select_only().column(row::Column::Id).filter(ended.clone()).into_query();
    token::Entity::delete_many().filter(token::Column::SessionId.in_subquery(ids)).exec(work.tx()).await?;
    Ok(row::Entity::delete_many().filter(ended).exec(work.tx()).await?.rows_affected)
}
