//! Rows as the statements give them, read by position on both databases.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, FromRow, Row as _};
use uuid::Uuid;

/// A row with its columns in the order of the statement.
macro_rules! row {
    ($(#[$meta:meta])* pub struct $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name { $(pub $field: $type,)* }

        row!(@read SqliteRow $name $($field)*);
        row!(@read PgRow $name $($field)*);
    };
    (@read $row:ident $name:ident $($field:ident)*) => {
        impl FromRow<'_, $row> for $name {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let mut columns = 0..;
                Ok(Self { $($field: row.try_get(columns.next().unwrap_or(usize::MAX))?,)* })
            }
        }
    };
}

/// Makes the arguments of an insertion from the fields of a row, in their order.
macro_rules! arguments {
    ($name:ident: $($field:ident)*) => {
        arguments!(@ sqlite SqliteArguments $name $($field)*);
        arguments!(@ postgres PgArguments $name $($field)*);
    };
    (@ $database:ident $arguments:ident $name:ident $($field:ident)*) => {
        impl $name {
            pub fn $database(&self) -> Result<$arguments, sqlx::error::BoxDynError> {
                let mut arguments = $arguments::default();
                $(arguments.add(self.$field.clone())?;)*
                Ok(arguments)
            }
        }
    };
}

row! {
    pub struct Issue {
        id: Uuid,
        status: String,
        intake_no: Option<String>,
        ledger_no: Option<String>,
        voided_no: Option<String>,
        kind: String,
        urgency: String,
        category: String,
        title: String,
        detail: String,
        goal: Option<String>,
        level: String,
        street_code: Option<String>,
        committee_code: Option<String>,
        attachments: String,
        submitter_unit_id: Uuid,
        submitter_name: String,
        created_at: DateTime<Utc>,
        submitted_on: Option<NaiveDate>,
        registered_on: Option<NaiveDate>,
        registered_month: Option<String>,
        lead_unit_id: Option<Uuid>,
        dispatched_on: Option<NaiveDate>,
        sign_due_on: Option<NaiveDate>,
        signed_on: Option<NaiveDate>,
        designated: bool,
        return_count: i32,
        round: i32,
        round_started_on: Option<NaiveDate>,
        limit_workdays: i32,
        base_due_on: Option<NaiveDate>,
        due_on: Option<NaiveDate>,
        due_estimated: bool,
        extension_workdays: i32,
        extension_pending: Option<i32>,
        extension_count: i32,
        clock: String,
        review_on: Option<NaiveDate>,
        suspension_reason: Option<String>,
        forum: Option<String>,
        meeting_no: Option<String>,
        replied_on: Option<NaiveDate>,
        outcome: Option<String>,
        reply: Option<String>,
        measures: Option<String>,
        reply_signed_by: Option<String>,
        handling_workdays: Option<i32>,
        confirm_due_on: Option<NaiveDate>,
        contacted: Option<bool>,
        solved: Option<bool>,
        satisfaction: Option<String>,
        feedback_comment: Option<String>,
        feedback_excluded: Option<String>,
        closure_basis: Option<String>,
        ruling: Option<String>,
        confirmed_on: Option<NaiveDate>,
        closed_on: Option<NaiveDate>,
        reject_ground: Option<String>,
        reject_reason: Option<String>,
        reject_channel: Option<String>,
        merged_into: Option<Uuid>,
        urge_count: i32,
        supervision_level: Option<String>,
        version: i32,
        updated_at: DateTime<Utc>,
        automatic_reopenings: i32,
        instructions: Option<String>,
        return_reason: Option<String>,
        suggested_unit_id: Option<Uuid>,
        extension_reason: Option<String>,
        meeting_workdays: i32,
        suspension_plan: Option<String>,
        reply_attachments: Option<String>,
    }
}

arguments! {
    Issue:
    id status intake_no ledger_no voided_no kind urgency category title detail goal level street_code
    committee_code attachments submitter_unit_id submitter_name created_at submitted_on registered_on
    registered_month lead_unit_id dispatched_on sign_due_on signed_on designated return_count round
    round_started_on limit_workdays base_due_on due_on due_estimated extension_workdays extension_pending
    extension_count clock review_on suspension_reason forum meeting_no replied_on outcome reply measures
    reply_signed_by handling_workdays confirm_due_on contacted solved satisfaction feedback_comment
    feedback_excluded closure_basis ruling confirmed_on closed_on reject_ground reject_reason reject_channel
    merged_into urge_count supervision_level version updated_at
    automatic_reopenings instructions return_reason suggested_unit_id extension_reason
    meeting_workdays suspension_plan reply_attachments
}

row! {
    /// The columns of a list.
    #[expect(dead_code, reason = "ours reads more columns than it shows: its rules look at them")]
    pub struct Card {
        id: Uuid,
        status: String,
        intake_no: Option<String>,
        ledger_no: Option<String>,
        kind: String,
        urgency: String,
        category: String,
        title: String,
        goal: Option<String>,
        level: String,
        street_code: Option<String>,
        submitter_unit_id: Uuid,
        created_at: DateTime<Utc>,
        submitted_on: Option<NaiveDate>,
        registered_on: Option<NaiveDate>,
        lead_unit_id: Option<Uuid>,
        dispatched_on: Option<NaiveDate>,
        sign_due_on: Option<NaiveDate>,
        designated: bool,
        round: i32,
        due_on: Option<NaiveDate>,
        due_estimated: bool,
        extension_count: i32,
        extension_pending: Option<i32>,
        replied_on: Option<NaiveDate>,
        satisfaction: Option<String>,
        feedback_excluded: Option<String>,
        closed_on: Option<NaiveDate>,
        urge_count: i32,
        supervision_level: Option<String>,
        version: i32,
    }
}
