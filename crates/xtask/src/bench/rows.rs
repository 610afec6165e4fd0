//! Rows as the statements give them, read by position on both databases.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Row as _};
use uuid::Uuid;

/// Rows with their columns in the order of the statement.
macro_rules! rows {
    ($($(#[doc = $doc:literal])* pub struct $name:ident { $($field:ident: $type:ty,)* })*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name { $(pub $field: $type,)* }
        rows!(@read SqliteRow $name $($field)*);
        rows!(@read PgRow $name $($field)*);
        rows!(@bind sqlite SqliteArguments $name $($field)*);
        rows!(@bind postgres PgArguments $name $($field)*);
    )*};
    (@read $row:ident $name:ident $($field:ident)*) => {
        impl sqlx::FromRow<'_, $row> for $name {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let mut columns = 0..;
                Ok(Self { $($field: row.try_get(columns.next().unwrap_or(usize::MAX))?,)* })
            }
        }
    };
    (@bind $method:ident $arguments:ident $name:ident $($field:ident)*) => {
        impl $name {
            /// The columns as arguments of an insertion, in their order.
            pub fn $method(&self) -> Result<$arguments, sqlx::error::BoxDynError> {
                let mut arguments = $arguments::default();
                $(arguments.add(self.$field.clone())?;)*
                Ok(arguments)
            }
        }
    };
}

rows! {
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
    }
    /// The columns of a list.
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
    }
    pub struct Assist {
        issue_id: Uuid,
        unit_id: Uuid,
        asked_on: NaiveDate,
    }
}
