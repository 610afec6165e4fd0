//! Consultations in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::CONSULTATION_NOT_FOUND;
use super::{Consultation, ConsultationId, Party, Round, Statement};
use crate::body::Elector;

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::body::BodyId;
    use crate::consultation::{ConsultationId, ConsultationStatus};
    use crate::decision::Matter;

    /// A consultation.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consultation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ConsultationId,
        pub body_id: BodyId,
        pub matter: Matter,
        pub subject: String,
        /// It was announced at the opening that silence would be consent.
        pub silence_consents: bool,
        pub status: ConsultationStatus,
        /// The round under way, or the last one.
        pub round_no: i32,
        pub opened_by: Option<PersonId>,
        pub opened_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub withdraw_reason: Option<String>,
        /// How the outcome was counted, as JSON.
        #[sea_orm(column_type = "Text", nullable)]
        pub arithmetic: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who must be heard.
pub(crate) mod party {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::consultation::ConsultationId;
    use crate::post::PostId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consultation_party")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub consultation_id: ConsultationId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub unit_id: Option<UnitId>,
        pub post_id: Option<PostId>,
        pub person_id: Option<PersonId>,
        pub name: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod round {
    use sea_orm::entity::prelude::*;

    use crate::consultation::ConsultationId;

    /// A text, and until when parties are heard on it.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consultation_round")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub consultation_id: ConsultationId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub round_no: i32,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub opened_at: DateTimeUtc,
        pub due_on: Date,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod statement {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::consultation::{ConsultationId, Position, StatementId};

    /// What a party has said in a round.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consultation_statement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StatementId,
        pub consultation_id: ConsultationId,
        pub round_no: i32,
        pub party_key: String,
        pub position: Position,
        pub text: Option<String>,
        pub stated_by: Option<PersonId>,
        pub stated_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod confirmation {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::consultation::ConsultationId;

    /// A party says that the outcome is what it was.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consultation_confirmation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub consultation_id: ConsultationId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub party_key: String,
        pub confirmed_by: Option<PersonId>,
        pub confirmed_at: DateTimeUtc,
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

pub(super) async fn insert(work: &Work<'_>, it: &Consultation, parties: &[Party], first: &Round) -> Result<()> {
    let active: row::ActiveModel = it.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    let rows = parties.iter().map(|party| party::ActiveModel::from(party.clone()).reset_all());
    party::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    insert_round(work, first).await
}

pub(super) async fn insert_round(work: &Work<'_>, round: &Round) -> Result<()> {
    let active: round::ActiveModel = round.clone().into();
    round::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn insert_statement(work: &Work<'_>, statement: &Statement) -> Result<()> {
    let active: statement::ActiveModel = statement.clone().into();
    statement::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn insert_confirmation(work: &Work<'_>, confirmation: confirmation::Model) -> Result<()> {
    let active: confirmation::ActiveModel = confirmation.into();
    confirmation::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The consultation, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ConsultationId) -> Result<Consultation> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&CONSULTATION_NOT_FOUND))
}

pub(super) async fn parties(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<Party>> {
    let found = party::Entity::find().filter(party::Column::ConsultationId.eq(id));
    Ok(found.order_by_asc(party::Column::Key).all(db).await?)
}

pub(super) async fn rounds(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<Round>> {
    let found = round::Entity::find().filter(round::Column::ConsultationId.eq(id));
    Ok(found.order_by_asc(round::Column::RoundNo).all(db).await?)
}

pub(super) async fn statements(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<Statement>> {
    let found = statement::Entity::find().filter(statement::Column::ConsultationId.eq(id));
    Ok(found.order_by_asc(statement::Column::Id).all(db).await?)
}

pub(super) async fn confirmations(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Vec<confirmation::Model>> {
    let found = confirmation::Entity::find().filter(confirmation::Column::ConsultationId.eq(id));
    Ok(found.order_by_asc(confirmation::Column::PartyKey).all(db).await?)
}

impl Party {
    pub(super) fn of(consultation_id: ConsultationId, elector: Elector) -> Self {
        let Elector { key, unit_id, post_id, person_id, name, .. } = elector;
        Self { consultation_id, key, unit_id, post_id, person_id, name }
    }

    /// The same voice as in the body.
    #[must_use]
    pub fn elector(&self) -> Elector {
        Elector {
            key: self.key.clone(),
            unit_id: self.unit_id,
            post_id: self.post_id,
            person_id: self.person_id,
            name: self.name.clone(),
        }
    }
}
