//! Projects, revisions of their declarations, and objections in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::fault::{DECLARED_ALREADY, OBJECTION_NOT_FOUND};
use super::sight::unknown;
use super::{Declaration, Objection, ObjectionId, Project, ProjectId, Revision};

pub(crate) mod row {
    use gongjian_governance::decision::DecisionId;
    use gongjian_governance::plan::Goal;
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::project::{ProjectId, ProjectStatus};

    /// A project. What lists are filtered by stands here, the declaration in its revisions.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "project")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ProjectId,
        pub number: Option<String>,
        pub status: ProjectStatus,
        pub unit_id: UnitId,
        pub name: String,
        pub year: i32,
        pub goal: Goal,
        pub committee_code: Option<String>,
        pub street_code: Option<String>,
        pub total_fen: i64,
        /// The declaration as it is now.
        pub revision: i32,
        /// The task book: the declaration as it was approved.
        pub baseline_revision: Option<i32>,
        pub corrections: i32,
        /// Until when the secretariat checks, or the unit corrects.
        pub due_on: Option<Date>,
        pub submitted_at: Option<DateTimeUtc>,
        /// The council's decision.
        pub decision_id: Option<DecisionId>,
        pub publicity_from: Option<Date>,
        /// The last day of publicity.
        pub publicity_until: Option<Date>,
        pub approved_at: Option<DateTimeUtc>,
        /// Why it was returned, not approved or withdrawn.
        pub remark: Option<String>,
        pub declared_by: Option<PersonId>,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod joint {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::project::ProjectId;

    /// A unit that takes part, by the declaration as it is now.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "project_joint_unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub project_id: ProjectId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod revision {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::project::ProjectId;

    /// A declaration as it was saved; what was said before stays.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "project_revision")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub project_id: ProjectId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision: i32,
        /// A `Declaration` as JSON.
        #[sea_orm(column_type = "Text")]
        pub content: String,
        pub saved_by: Option<PersonId>,
        pub saved_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod objection {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::project::{ObjectionId, ProjectId};

    /// What a unit objects to a project that is made public.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "project_objection")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ObjectionId,
        pub project_id: ProjectId,
        pub unit_id: UnitId,
        pub text: String,
        pub made_by: Option<PersonId>,
        pub made_at: DateTimeUtc,
        pub answer: Option<String>,
        pub is_upheld: Option<bool>,
        pub answered_at: Option<DateTimeUtc>,
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

impl Versioned for objection::Entity {
    fn id_column() -> objection::Column {
        objection::Column::Id
    }
    fn version_column() -> objection::Column {
        objection::Column::Version
    }
}

impl Revision {
    pub fn declaration(&self) -> Result<Declaration> {
        Ok(serde_json::from_str(&self.content)?)
    }
}

pub(super) async fn insert(work: &Work<'_>, project: &Project) -> Result<()> {
    let active: row::ActiveModel = project.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The project, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ProjectId) -> Result<Project> {
    row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?.ok_or_else(unknown)
}

/// Writes the declaration as the revision that the project has now, and who takes part by it.
pub(super) async fn save_revision(work: &Work<'_>, revision: Revision, joint: Vec<UnitId>) -> Result<()> {
    let id = revision.project_id;
    let active: revision::ActiveModel = revision.into();
    revision::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    joint::Entity::delete_many().filter(joint::Column::ProjectId.eq(id)).exec(work.tx()).await?;
    let rows: Vec<joint::ActiveModel> = joint
        .into_iter()
        .map(|unit_id| joint::ActiveModel::from(joint::Model { project_id: id, unit_id }).reset_all())
        .collect();
    if !rows.is_empty() {
        joint::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    }
    Ok(())
}

pub(super) async fn declaration(db: &impl ConnectionTrait, project: &Project) -> Result<Declaration> {
    let found = revision::Entity::find_by_id((project.id, project.revision)).one(db).await?;
    found.ok_or_else(|| Refusal::internal("a project without its declaration"))?.declaration()
}

pub(super) async fn joint(db: &impl ConnectionTrait, id: ProjectId) -> Result<Vec<UnitId>> {
    let found = joint::Entity::find().filter(joint::Column::ProjectId.eq(id)).all(db).await?;
    Ok(found.into_iter().map(|row| row.unit_id).collect())
}

/// Refuses a twin: one project of a name for a unit and a year. The unique index catches the one that commits meanwhile.
pub(super) fn twin(refusal: Refusal) -> Refusal {
    let taken = refusal.source.as_ref().and_then(|source| source.downcast_ref::<DbErr>());
    match taken.is_some_and(gongjian_kernel::db::is_duplicate) {
        true => Refusal { source: refusal.source, ..Refusal::of(&DECLARED_ALREADY) },
        false => refusal,
    }
}

pub(super) async fn insert_objection(work: &Work<'_>, objection: &Objection) -> Result<()> {
    let active: objection::ActiveModel = objection.clone().into();
    objection::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn find_objection(db: &impl ConnectionTrait, id: ObjectionId) -> Result<Objection> {
    let found = objection::Entity::find_by_id(id).one(db).await?;
    found.ok_or_else(|| Refusal::of(&OBJECTION_NOT_FOUND))
}
