//! Why something that holds in principle did not happen (domain.md §0, rule 7). One reason for an obligation, a
//! period and a subject; a reason that is amended keeps its earlier wordings.

pub mod commands;
pub mod queries;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use gongjian_identity::PersonId;
use uuid::Uuid;

use super::Duty;

gongjian_kernel::ids! {
    /// A reason on record.
    ExplanationId;
}

/// The reason as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub id: ExplanationId,
    pub obligation_key: String,
    pub period: String,
    /// None for the association itself.
    pub subject_id: Option<Uuid>,
    pub reason: String,
    pub given_by: Option<PersonId>,
    pub giver: Option<String>,
    pub given_at: DateTime<Utc>,
    /// Which wording it is, from 1 on.
    pub version: i32,
}

/// What a reason is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) obligation: String,
    pub(crate) period: String,
    pub(crate) subject: Uuid,
}

impl Key {
    pub(crate) fn of(duty: &Duty) -> Self {
        Self {
            obligation: duty.obligation.key.to_owned(),
            period: duty.period.key.clone(),
            subject: duty.subject.id.unwrap_or_default(),
        }
    }
}
