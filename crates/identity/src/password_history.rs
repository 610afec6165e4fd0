//! Earlier passwords, where the policy refuses them again (等保): hashes, as many as it asks for and no more.

use gongjian_kernel::{Refusal, Result, Store, Work};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use crate::account::AccountId;
use crate::password::{PasswordHash, Passwords, Turn};
use crate::policy::AccountPolicy;

gongjian_kernel::ids! {
    /// A password that was replaced.
    EarlierPasswordId;
}

mod row {
    use sea_orm::entity::prelude::*;

    use super::EarlierPasswordId;
    use crate::account::AccountId;
    use crate::password::PasswordHash;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "earlier_password")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EarlierPasswordId,
        pub account_id: AccountId,
        pub password_hash: PasswordHash,
        pub replaced_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Refuses a password that is the present one or, under the policy, one of those before it.
pub(crate) async fn refuse_earlier(
    store: &Store,
    passwords: &Passwords,
    turn: &Turn,
    policy: &AccountPolicy,
    account: AccountId,
    present: &PasswordHash,
    new: &str,
) -> Result<()> {
    if passwords.verify(turn, new, Some(present.clone())).await? {
        let (zh, en) = ("新密码不能与当前密码相同。", "The new password must differ from the current one.");
        return Err(Refusal::field("/new_password", "same_password", zh, en));
    }
    // The present one is the last of those that may not come again.
    let earlier = row::Entity::find()
        .filter(row::Column::AccountId.eq(account))
        .order_by_desc(row::Column::ReplacedAt)
        .order_by_desc(row::Column::Id)
        .limit(policy.history().saturating_sub(1))
        .all(store.db.reader())
        .await?;
    for earlier in earlier {
        if passwords.verify(turn, new, Some(earlier.password_hash)).await? {
            let (zh, en) = ("新密码不能与最近用过的密码相同。", "The new password was used before.");
            return Err(Refusal::field("/new_password", "earlier_password", zh, en));
        }
    }
    Ok(())
}

/// Keeps a password that is being replaced, as long as the policy asks for it.
pub(crate) async fn keep(
    work: &Work<'_>,
    policy: &AccountPolicy,
    account: AccountId,
    hash: &PasswordHash,
) -> Result<()> {
    if policy.history() > 0 {
        let row =
            row::Model { id: work.new_id(), account_id: account, password_hash: hash.clone(), replaced_at: work.now() };
        row::Entity::insert(row::ActiveModel::from(row).reset_all()).exec_without_returning(work.tx()).await?;
    }
    let kept: Vec<EarlierPasswordId> = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::AccountId.eq(account))
        .order_by_desc(row::Column::ReplacedAt)
        .order_by_desc(row::Column::Id)
        .limit(policy.history())
        .into_tuple()
        .all(work.tx())
        .await?;
    row::Entity::delete_many()
        .filter(row::Column::AccountId.eq(account))
        .filter(row::Column::Id.is_not_in(kept))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// Nothing of an account whose person is erased is kept.
pub(crate) async fn forget(work: &Work<'_>, account: AccountId) -> Result<()> {
    row::Entity::delete_many().filter(row::Column::AccountId.eq(account)).exec(work.tx()).await?;
    Ok(())
}
