//! Ballots, candidates, rolls, votes and urns in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ActiveModelTrait, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::BALLOT_NOT_FOUND;
use super::{Ballot, BallotId, Candidate, RollEntry};

pub(crate) mod ballot {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::ballot::{BallotId, BallotKind, BallotOutcome, BallotStatus, Secrecy};
    use crate::body::BodyId;
    use crate::decision::Matter;
    use crate::meeting::{AgendaItemId, MeetingId};

    /// A ballot. What is null in a draft is frozen when it opens: rules, roll, base.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ballot")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BallotId,
        pub meeting_id: MeetingId,
        pub agenda_item_id: AgendaItemId,
        pub body_id: BodyId,
        pub matter: Matter,
        pub kind: BallotKind,
        pub secrecy: Secrecy,
        /// 1, and one more for each run-off.
        pub round: i32,
        pub previous_id: Option<BallotId>,
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub motion: Option<String>,
        pub seats: i32,
        pub status: BallotStatus,
        pub outcome: Option<BallotOutcome>,
        /// Quorum and majority as they were in the policy.
        #[sea_orm(column_type = "Text", nullable)]
        pub rules: Option<String>,
        pub electors: Option<i32>,
        pub present: Option<i32>,
        /// Counts and arithmetic.
        #[sea_orm(column_type = "Text", nullable)]
        pub result: Option<String>,
        pub drafted_by: Option<PersonId>,
        pub drafted_at: DateTimeUtc,
        pub opened_by: Option<PersonId>,
        pub opened_at: Option<DateTimeUtc>,
        pub ended_by: Option<PersonId>,
        pub ended_at: Option<DateTimeUtc>,
        pub void_reason: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod candidate {
    use chrono::NaiveDate;
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::ballot::{BallotId, CandidateId};

    /// A person or a unit that stands for election.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ballot_candidate")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CandidateId,
        pub ballot_id: BallotId,
        pub position: i32,
        pub unit_id: Option<UnitId>,
        pub person_id: Option<PersonId>,
        pub name: String,
        pub consent_basis: Option<String>,
        pub consented_on: Option<NaiveDate>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod elector {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::ballot::{BallotId, Choice};
    use crate::post::PostId;

    /// One voice of the roll, as it was when the ballot opened, and whether it has voted since.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ballot_elector")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ballot_id: BallotId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub post_id: Option<PostId>,
        pub person_id: Option<PersonId>,
        pub name: String,
        pub present: bool,
        pub voted_at: Option<DateTimeUtc>,
        pub voted_by: Option<PersonId>,
        pub receipt: Option<String>,
        /// Of an open motion alone.
        pub choice: Option<Choice>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mark {
    use sea_orm::entity::prelude::*;

    use crate::ballot::{BallotId, CandidateId};

    /// A candidate that an elector has chosen, of open elections alone.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ballot_mark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ballot_id: BallotId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub elector_key: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub candidate_id: CandidateId,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod urn {
    use gongjian_kernel::seal::Sealed;
    use sea_orm::entity::prelude::*;

    use crate::ballot::BallotId;

    /// The urn of a secret ballot while it is open.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ballot_urn")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ballot_id: BallotId,
        pub counts: Sealed,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for ballot::Entity {
    fn id_column() -> ballot::Column {
        ballot::Column::Id
    }
    fn version_column() -> ballot::Column {
        ballot::Column::Version
    }
}

/// A statement takes some ten thousand values.
const ROWS_AT_ONCE: usize = 1_000;

/// Inserts many rows in few statements.
pub(super) async fn insert_all<A>(work: &Work<'_>, rows: impl IntoIterator<Item = A>) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let mut rows: Vec<A> = rows.into_iter().collect();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS_AT_ONCE));
        A::Entity::insert_many(std::mem::replace(&mut rows, rest)).exec_without_returning(work.tx()).await?;
    }
    Ok(())
}

/// The ballot, held until the transaction ends: who closes it waits for the votes under way, and they for him.
pub(super) async fn lock(work: &Work<'_>, id: BallotId) -> Result<Ballot> {
    let row = ballot::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&BALLOT_NOT_FOUND))
}

/// The ballot, held open: many vote at once, nobody closes it meanwhile. SQLite has one writer anyway.
pub(super) async fn hold_open(work: &Work<'_>, id: BallotId) -> Result<Ballot> {
    let row = ballot::Entity::find_by_id(id).lock_shared().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&BALLOT_NOT_FOUND))
}

pub(super) async fn get(db: &impl ConnectionTrait, id: BallotId) -> Result<Ballot> {
    ballot::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&BALLOT_NOT_FOUND))
}

/// Those who stand, in their order.
pub(super) async fn candidates(db: &impl ConnectionTrait, id: BallotId) -> Result<Vec<Candidate>> {
    let rows = candidate::Entity::find().filter(candidate::Column::BallotId.eq(id));
    Ok(rows.order_by_asc(candidate::Column::Position).all(db).await?)
}

/// One voice of the roll, held until the transaction ends.
pub(super) async fn lock_voice(work: &Work<'_>, id: BallotId, key: &str) -> Result<Option<RollEntry>> {
    let row = elector::Entity::find_by_id((id, key.to_owned())).lock_exclusive().one(work.tx()).await?;
    Ok(row)
}

/// How many have voted.
pub(super) async fn turnout(db: &impl ConnectionTrait, id: BallotId) -> Result<u64> {
    let voted = elector::Entity::find().filter(elector::Column::BallotId.eq(id));
    Ok(voted.filter(elector::Column::VotedAt.is_not_null()).count(db).await?)
}
