//! Enquiries, assignments and opinions in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{Assignment, Enquiry, EnquiryId, ExpertOpinion};
use crate::expert::ExpertId;
use crate::expert::fault::{ENQUIRY_NOT_FOUND, EXPERT_ASSIGNED};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::body::BodyId;
    use crate::expert::enquiry::{AskerKind, EnquiryId, EnquiryStatus, Publicity};

    /// What the committee is asked.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enquiry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EnquiryId,
        pub number: String,
        pub asker_kind: AskerKind,
        pub asker_unit_id: Option<UnitId>,
        pub asker_street: Option<String>,
        pub asker_body_id: Option<BodyId>,
        pub asked_by: Option<PersonId>,
        pub asked_at: DateTimeUtc,
        pub field: String,
        pub question: String,
        pub purpose: String,
        /// How widely the asker lets it be told.
        pub agreed_to: Publicity,
        pub agreed_body_id: Option<BodyId>,
        pub status: EnquiryStatus,
        pub due_on: Option<Date>,
        pub due_estimated: bool,
        pub calendar_basis: Option<String>,
        /// Why it was returned or withdrawn.
        pub remark: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub conclusion: Option<String>,
        pub concluded_at: Option<DateTimeUtc>,
        pub published_to: Option<Publicity>,
        pub published_body_id: Option<BodyId>,
        pub published_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod assignment {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::expert::ExpertId;
    use crate::expert::enquiry::{AssignmentStatus, DeclineGround, EnquiryId};

    /// An expert's part in an enquiry.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enquiry_assignment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub enquiry_id: EnquiryId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub expert_id: ExpertId,
        pub status: AssignmentStatus,
        pub assigned_by: Option<PersonId>,
        pub assigned_at: DateTimeUtc,
        pub answered_at: Option<DateTimeUtc>,
        pub ground: Option<DeclineGround>,
        pub reason: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod opinion {
    use sea_orm::entity::prelude::*;

    use crate::expert::ExpertId;
    use crate::expert::enquiry::EnquiryId;

    /// What an expert thinks; what he said before stays.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enquiry_opinion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub enquiry_id: EnquiryId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub expert_id: ExpertId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision: i32,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub given_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod reader {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::expert::enquiry::EnquiryId;

    /// A voice of the body that it was published to.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enquiry_reader")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub enquiry_id: EnquiryId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub voice: String,
        pub unit_id: Option<UnitId>,
        pub person_id: Option<PersonId>,
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

pub(super) async fn insert(work: &Work<'_>, enquiry: &Enquiry) -> Result<()> {
    let active: row::ActiveModel = enquiry.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The enquiry, held until the transaction ends: its experts act one after the other.
pub(super) async fn lock(work: &Work<'_>, id: EnquiryId) -> Result<Enquiry> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&ENQUIRY_NOT_FOUND))
}

pub(super) async fn assign(work: &Work<'_>, assignment: &Assignment) -> Result<()> {
    let active: assignment::ActiveModel = assignment.clone().into();
    let inserted = assignment::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &EXPERT_ASSIGNED))
}

/// The enquiry is locked, and its assignments with it.
pub(super) async fn update(work: &Work<'_>, assignment: &Assignment) -> Result<()> {
    let active: assignment::ActiveModel = assignment.clone().into();
    assignment::Entity::update(active.reset_all()).exec(work.tx()).await?;
    Ok(())
}

pub(super) async fn assignments(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = EnquiryId>,
) -> Result<Vec<Assignment>> {
    Ok(assignment::Entity::find()
        .filter(assignment::Column::EnquiryId.is_in(of))
        .order_by_asc(assignment::Column::AssignedAt)
        .order_by_asc(assignment::Column::ExpertId)
        .all(db)
        .await?)
}

/// Another opinion of the expert; the one before stays.
pub(super) async fn say(work: &Work<'_>, enquiry: EnquiryId, expert: ExpertId, text: String) -> Result<i32> {
    let before = opinion::Entity::find()
        .filter(opinion::Column::EnquiryId.eq(enquiry))
        .filter(opinion::Column::ExpertId.eq(expert))
        .count(work.tx())
        .await?;
    let revision = i32::try_from(before).unwrap_or(i32::MAX).saturating_add(1);
    let row = ExpertOpinion { enquiry_id: enquiry, expert_id: expert, revision, text, given_at: work.now() };
    let active: opinion::ActiveModel = row.into();
    opinion::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(revision)
}

/// The opinions on these enquiries, each expert's first one first.
pub(super) async fn opinions(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = EnquiryId>,
) -> Result<Vec<ExpertOpinion>> {
    Ok(opinion::Entity::find()
        .filter(opinion::Column::EnquiryId.is_in(of))
        .order_by_asc(opinion::Column::Revision)
        .all(db)
        .await?)
}
