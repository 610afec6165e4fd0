//! Rows and SQL of the ledger. The entity is the domain's type (ADR 0006): what it may become is decided
//! in `case` and `commands`, never here.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};

use super::{IssueId, NoteId, SheetId};
use crate::conference::ConferenceId;
use crate::vocabulary::{
    ClosureBasis, Forum, Goal, IssueKind, IssueLevel, IssueStatus, NoteKind, Outcome, RejectGround, Satisfaction,
    SheetGround, SupervisionLevel, Urgency,
};

mod by_id;

pub(super) use by_id::{assisting, find, lock};

pub(super) mod issue {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "issue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: IssueId,
        pub status: IssueStatus,
        /// Every submission has one.
        pub intake_no: Option<String>,
        /// 一事一号: assigned once at registration; a duplicate shares its master's.
        pub ledger_no: Option<String>,
        /// The number of its own that a registered duplicate gave up; visible, never used again.
        pub voided_no: Option<String>,
        pub kind: IssueKind,
        pub urgency: Urgency,
        pub category: String,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub detail: String,
        pub goal: Option<Goal>,
        pub level: IssueLevel,
        pub street_code: Option<String>,
        pub committee_code: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub attachments: String,
        pub submitter_unit_id: UnitId,
        pub submitter_name: String,
        pub created_at: DateTime<Utc>,
        pub submitted_on: Option<NaiveDate>,
        pub registered_on: Option<NaiveDate>,
        /// `2026-11`, of the registration: what the statistics group by.
        pub registered_month: Option<String>,
        pub lead_unit_id: Option<UnitId>,
        pub dispatched_on: Option<NaiveDate>,
        /// What the secretariat told the lead department.
        #[sea_orm(column_type = "Text", nullable)]
        pub instructions: Option<String>,
        pub sign_due_on: Option<NaiveDate>,
        pub signed_on: Option<NaiveDate>,
        /// Designated by the secretariat after the return limit: it cannot be returned again.
        pub designated: bool,
        pub return_count: i32,
        #[sea_orm(column_type = "Text", nullable)]
        pub return_reason: Option<String>,
        pub suggested_unit_id: Option<UnitId>,
        pub round: i32,
        /// Rounds that an objection opened by itself.
        pub automatic_reopenings: i32,
        pub round_started_on: Option<NaiveDate>,
        pub limit_workdays: i32,
        pub base_due_on: Option<NaiveDate>,
        pub due_on: Option<NaiveDate>,
        pub due_estimated: bool,
        pub extension_workdays: i32,
        pub extension_pending: Option<i32>,
        #[sea_orm(column_type = "Text", nullable)]
        pub extension_reason: Option<String>,
        /// Times that the lead asked in this round.
        pub extension_count: i32,
        /// Working days that meetings added in this round.
        pub meeting_workdays: i32,
        /// The segments of the clock, see `clock`.
        #[sea_orm(column_type = "Text")]
        pub clock: String,
        pub review_on: Option<NaiveDate>,
        #[sea_orm(column_type = "Text", nullable)]
        pub suspension_reason: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub suspension_plan: Option<String>,
        pub forum: Option<Forum>,
        pub meeting_no: Option<String>,
        /// The conference that has it on its agenda now.
        pub conference_id: Option<ConferenceId>,
        /// Agreed measures that are not done.
        pub open_measures: i32,
        pub replied_on: Option<NaiveDate>,
        pub outcome: Option<Outcome>,
        #[sea_orm(column_type = "Text", nullable)]
        pub reply: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub measures: Option<String>,
        pub reply_signed_by: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub reply_attachments: Option<String>,
        pub handling_workdays: Option<i32>,
        pub confirm_due_on: Option<NaiveDate>,
        pub contacted: Option<bool>,
        pub solved: Option<bool>,
        pub satisfaction: Option<Satisfaction>,
        #[sea_orm(column_type = "Text", nullable)]
        pub feedback_comment: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub feedback_excluded: Option<String>,
        pub closure_basis: Option<ClosureBasis>,
        #[sea_orm(column_type = "Text", nullable)]
        pub ruling: Option<String>,
        pub confirmed_on: Option<NaiveDate>,
        pub closed_on: Option<NaiveDate>,
        pub reject_ground: Option<RejectGround>,
        #[sea_orm(column_type = "Text", nullable)]
        pub reject_reason: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub reject_channel: Option<String>,
        pub merged_into: Option<IssueId>,
        pub urge_count: i32,
        pub supervision_level: Option<SupervisionLevel>,
        pub version: i32,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Versioned for Entity {
        fn id_column() -> Column {
            Column::Id
        }
        fn version_column() -> Column {
            Column::Version
        }
    }
}

pub(super) mod assist {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "issue_assist")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub issue_id: IssueId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        pub asked_on: NaiveDate,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod note {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "issue_note")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NoteId,
        pub issue_id: IssueId,
        pub kind: NoteKind,
        pub round: i32,
        pub unit_id: Option<UnitId>,
        pub author_name: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        #[sea_orm(column_type = "Text")]
        pub attachments: String,
        pub created_at: DateTime<Utc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod sheet {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "supervision_sheet")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SheetId,
        pub issue_id: IssueId,
        pub round: i32,
        pub level: SupervisionLevel,
        pub ground: SheetGround,
        /// Issued by rule: at most one for each (issue, round, level, ground, deadline).
        pub rule_key: Option<String>,
        pub due_on: Option<NaiveDate>,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        /// Who gets a copy, in words.
        pub copy_to: Option<String>,
        pub issued_by: String,
        pub issued_at: DateTime<Utc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use issue::Model as Issue;
pub use note::Model as Note;
pub use sheet::Model as Sheet;

/// Replaces the units that assist.
pub(super) async fn ask_to_assist(work: &Work<'_>, id: IssueId, units: &[UnitId]) -> Result<()> {
    assist::Entity::delete_many().filter(assist::Column::IssueId.eq(id)).exec(work.tx()).await?;
    if units.is_empty() {
        return Ok(());
    }
    let rows = units.iter().map(|unit| {
        let row = assist::Model { issue_id: id, unit_id: *unit, asked_on: work.today() };
        assist::ActiveModel::from(row).reset_all()
    });
    assist::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn insert(work: &Work<'_>, new: &Issue) -> Result<()> {
    let row = issue::ActiveModel::from(new.clone()).reset_all();
    issue::Entity::insert(row).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// Makes the text of a submitted issue findable.
pub(super) async fn index(work: &Work<'_>, issue: &Issue) -> Result<()> {
    let tokens = gongjian_kernel::search::tokens(&format!("{}\n{}", issue.title, issue.detail));
    let mut insert = Query::insert();
    insert
        .into_table("issue_search")
        .columns(["issue_id", "tokens"])
        .values([issue.id.into(), tokens.into()])
        .map_err(Refusal::internal)?;
    work.tx().execute(&insert).await?;
    Ok(())
}

/// The duplicates that were merged into the issue, locked.
pub(super) async fn lock_duplicates(work: &Work<'_>, master: IssueId) -> Result<Vec<Issue>> {
    Ok(issue::Entity::find()
        .filter(issue::Column::MergedInto.eq(master))
        .order_by_asc(issue::Column::Id)
        .lock_exclusive()
        .all(work.tx())
        .await?)
}

pub(super) async fn insert_note(work: &Work<'_>, note: &Note) -> Result<()> {
    let row = note::ActiveModel::from(note.clone()).reset_all();
    note::Entity::insert(row).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn insert_sheet(work: &Work<'_>, sheet: &Sheet) -> Result<()> {
    let row = sheet::ActiveModel::from(sheet.clone()).reset_all();
    sheet::Entity::insert(row).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn has_sheet(work: &Work<'_>, rule_key: &str) -> Result<bool> {
    let known = sheet::Entity::find().filter(sheet::Column::RuleKey.eq(rule_key)).one(work.tx()).await?;
    Ok(known.is_some())
}
