//! Proposals in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::action::{PROPOSAL_NOT_FOUND, PROPOSED_ALREADY};
use super::{Proposal, ProposalId};

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::account::AccountId;
    use crate::administrator::{GrantChange, ProposalId, ProposalStatus};
    use crate::person::PersonId;
    use crate::role::Role;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "administrator_proposal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ProposalId,
        pub account_id: AccountId,
        pub change: GrantChange,
        pub role: Role,
        pub reason: String,
        pub status: ProposalStatus,
        pub proposed_by: AccountId,
        pub proposer_person_id: PersonId,
        /// As which of the two administrators.
        pub proposer_role: Role,
        pub proposed_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
        pub decided_by: Option<AccountId>,
        pub decided_at: Option<DateTimeUtc>,
        /// Why it was declined or withdrawn.
        pub decision_reason: Option<String>,
        pub version: i32,
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

/// The unique index admits one that is open for an account.
pub(super) async fn insert(work: &Work<'_>, proposal: &Proposal) -> Result<()> {
    let active: row::ActiveModel = proposal.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &PROPOSED_ALREADY))?;
    Ok(())
}

/// The proposal, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ProposalId) -> Result<Proposal> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&PROPOSAL_NOT_FOUND))
}
