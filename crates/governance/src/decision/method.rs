//! How a decision came about, and what must hold of that before it is one.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::{FaultKind, Refusal, Result, Text};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use uuid::Uuid;

use super::fault::{
    RESULT_NOT_CARRIED, RESULT_NOT_CONCLUDED, RESULT_NOT_FOUND, RESULT_OF_ANOTHER_BODY, RESULT_ON_ANOTHER_MATTER,
};
use super::{Decision, Matter};
use crate::ballot::BallotId;
use crate::body::BodyId;

gongjian_kernel::words! {
    /// Preamble, Articles 11, 13, 17, 18: how a decision came about.
    pub enum MethodKind as "decision_method" ("决定方式", "How it was decided") {
        Ballot = "ballot" ("表决或选举", "Vote or election"),
        Consultation = "consultation" ("协商一致", "Consultation"),
        Consent = "consent" ("双主任、双会长协商一致", "Consent of both keys"),
        /// Decided on paper, or before the system was there; marked as such.
        Document = "document" ("书面文件", "Document"),
    }
}

/// What stands behind a decision.
#[derive(Debug, Clone)]
pub enum Method {
    Ballot(Uuid),
    Consultation(Uuid),
    Consent(Uuid),
    Document { reference: Text<2, 200>, adopted_on: NaiveDate },
}

impl Method {
    #[must_use]
    pub fn kind(&self) -> MethodKind {
        match self {
            Self::Ballot(_) => MethodKind::Ballot,
            Self::Consultation(_) => MethodKind::Consultation,
            Self::Consent(_) => MethodKind::Consent,
            Self::Document { .. } => MethodKind::Document,
        }
    }
}

/// What a vote, a consultation and a consent have in common when they are over.
#[derive(Debug, Clone)]
pub struct MethodResult {
    pub body: BodyId,
    pub matter: Matter,
    pub carried: bool,
    pub concluded_at: DateTime<Utc>,
    /// How it was counted.
    pub arithmetic: Value,
}

impl MethodResult {
    /// It is this body's, on this matter, and it was carried.
    pub fn must_serve(&self, body: BodyId, matter: Matter) -> Result<()> {
        if self.body != body {
            return Err(Refusal::of(&RESULT_OF_ANOTHER_BODY));
        }
        if self.matter != matter {
            return Err(Refusal::of(&RESULT_ON_ANOTHER_MATTER));
        }
        if self.carried { Ok(()) } else { Err(Refusal::of(&RESULT_NOT_CARRIED)) }
    }
}

/// The result of the method; refused while it is not over. A document has none.
pub(super) async fn result(db: &impl ConnectionTrait, method: &Method) -> Result<Option<MethodResult>> {
    match method {
        Method::Ballot(id) => of_ballot(db, *id).await.map(Some),
        Method::Consultation(id) => crate::consultation::result(db, (*id).into()).await.map(Some),
        Method::Consent(id) => crate::consent::result(db, (*id).into()).await.map(Some),
        Method::Document { .. } => Ok(None),
    }
}

/// An open ballot has no outcome; an unknown one is the fault of whoever named it.
async fn of_ballot(db: &impl ConnectionTrait, id: Uuid) -> Result<MethodResult> {
    let outcome = crate::ballot::outcome(db, BallotId(id)).await.map_err(|refusal| match refusal.kind() {
        FaultKind::NotFound => unknown_result("/ballot_id"),
        FaultKind::Conflict => not_concluded(),
        FaultKind::Stale
        | FaultKind::Unauthenticated
        | FaultKind::Denied
        | FaultKind::Limited
        | FaultKind::Invalid
        | FaultKind::Unavailable
        | FaultKind::Internal => refusal,
    })?;
    Ok(MethodResult {
        body: outcome.body_id,
        matter: outcome.matter,
        carried: outcome.carried,
        concluded_at: outcome.closed_at,
        arithmetic: outcome.arithmetic,
    })
}

pub(crate) fn unknown_result(at: &str) -> Refusal {
    Refusal::of(&RESULT_NOT_FOUND).at(at)
}

pub(crate) fn not_concluded() -> Refusal {
    Refusal::of(&RESULT_NOT_CONCLUDED)
}

impl Decision {
    /// The vote, consultation or consent behind it.
    #[must_use]
    pub fn result_id(&self) -> Option<Uuid> {
        self.ballot_id.or(self.consultation_id).or(self.consent_id)
    }
}
