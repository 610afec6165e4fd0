//! Exchange events and sign-ups in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::{ExchangeEvent, ExchangeEventId, SignUp, SignUpId};
use crate::committee::fault::{EXCHANGE_NOT_FOUND, SIGN_UP_NOT_FOUND, SIGNED_UP_ALREADY};

pub mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::committee::exchange::{ExchangeEventId, ExchangeKind, ExchangeStatus};

    /// An exchange event of a committee.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "exchange_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ExchangeEventId,
        pub body_id: BodyId,
        pub kind: ExchangeKind,
        pub title: String,
        pub detail: String,
        pub starts_at: DateTimeUtc,
        pub place: String,
        /// The last day for signing up; to its beginning where absent.
        pub sign_up_until: Option<Date>,
        /// How many units can take part; any number where absent.
        pub capacity: Option<i32>,
        pub status: ExchangeStatus,
        pub announced_by: Option<PersonId>,
        pub announced_at: DateTimeUtc,
        pub outcome: Option<String>,
        pub attendance_count: Option<i32>,
        /// Why it was cancelled.
        pub reason: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod sign_up {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::committee::exchange::{ExchangeEventId, SignUpId, SignUpStatus};

    /// A unit takes part in an exchange event.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "exchange_sign_up")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SignUpId,
        pub event_id: ExchangeEventId,
        pub unit_id: UnitId,
        pub status: SignUpStatus,
        pub signed_up_by: Option<PersonId>,
        pub signed_up_at: DateTimeUtc,
        pub withdrawn_at: Option<DateTimeUtc>,
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

impl Versioned for sign_up::Entity {
    fn id_column() -> sign_up::Column {
        sign_up::Column::Id
    }
    fn version_column() -> sign_up::Column {
        sign_up::Column::Version
    }
}

pub(super) async fn insert(work: &Work<'_>, event: &ExchangeEvent) -> Result<()> {
    let active: row::ActiveModel = event.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn get(db: &impl ConnectionTrait, id: ExchangeEventId) -> Result<ExchangeEvent> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&EXCHANGE_NOT_FOUND))
}

/// The event, held until the transaction ends: its places are given out one sign-up after the other.
pub(super) async fn lock(work: &Work<'_>, id: ExchangeEventId) -> Result<ExchangeEvent> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&EXCHANGE_NOT_FOUND))
}

/// The index says so too: a unit signs up once.
pub(super) async fn insert_sign_up(work: &Work<'_>, sign_up: &SignUp) -> Result<()> {
    let active: sign_up::ActiveModel = sign_up.clone().into();
    let inserted = sign_up::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &SIGNED_UP_ALREADY))
}

pub(super) async fn get_sign_up(db: &impl ConnectionTrait, id: SignUpId) -> Result<SignUp> {
    sign_up::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&SIGN_UP_NOT_FOUND))
}

pub(super) async fn lock_sign_up(work: &Work<'_>, id: SignUpId) -> Result<SignUp> {
    let row = sign_up::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&SIGN_UP_NOT_FOUND))
}
