//! Who has a voice in a meeting at an instant, who of them is there, who may speak for whom.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use sea_orm::{ConnectionTrait, ExprTrait as _, QuerySelect as _, entity::prelude::*};

use super::store::{attendance, mandate};
use super::{Mandate, MandateScope, Meeting, MeetingId};
use crate::body::{self, Elector, electorate};
use crate::office;

/// The voices of an instant, and those who are there, by their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    pub electors: Vec<Elector>,
    pub present: HashSet<String>,
}

/// Presence is asked for an instant (Article 10(2)), and a voice that has left the body is not there.
pub async fn floor(db: &impl ConnectionTrait, meeting: &Meeting, at: DateTime<Utc>) -> Result<Floor> {
    let body = body::get(db, meeting.body_id).await?;
    let electors = electorate(db, &body, at).await?;
    let mut present = present_at(db, meeting.id, at).await?;
    let known: HashSet<&str> = electors.iter().map(|elector| elector.key.as_str()).collect();
    present.retain(|key| known.contains(key.as_str()));
    Ok(Floor { electors, present })
}

async fn present_at(db: &impl ConnectionTrait, meeting: MeetingId, at: DateTime<Utc>) -> Result<HashSet<String>> {
    use attendance::Column as C;
    let keys: Vec<String> = attendance::Entity::find()
        .select_only()
        .column(C::ElectorKey)
        .filter(C::MeetingId.eq(meeting))
        .filter(C::FromAt.lte(at))
        .filter(C::UntilAt.is_null().or(C::UntilAt.gt(at)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(keys.into_iter().collect())
}

/// Whether one voice is there at that instant.
pub async fn is_present(db: &impl ConnectionTrait, meeting: MeetingId, key: &str, at: DateTime<Utc>) -> Result<bool> {
    use attendance::Column as C;
    let there = attendance::Entity::find()
        .filter(C::MeetingId.eq(meeting))
        .filter(C::ElectorKey.eq(key))
        .filter(C::FromAt.lte(at))
        .filter(C::UntilAt.is_null().or(C::UntilAt.gt(at)));
    Ok(there.count(db).await? > 0)
}

/// Whether the person may use the voice in this meeting at that instant: he speaks for it anyway, or holds a
/// written mandate that covers voting.
pub async fn may_speak(
    db: &impl ConnectionTrait,
    meeting: &Meeting,
    elector: &Elector,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<bool> {
    if office::speaks_for(db, elector, person, at).await? {
        return Ok(true);
    }
    let held = mandate_of(db, meeting.id, &elector.key, at).await?;
    Ok(held.is_some_and(|held| held.substitute_id == person && held.scope == MandateScope::Vote))
}

/// The mandate that stands for the voice at that instant.
pub(super) async fn mandate_of(
    db: &impl ConnectionTrait,
    meeting: MeetingId,
    key: &str,
    at: DateTime<Utc>,
) -> Result<Option<Mandate>> {
    use mandate::Column as C;
    Ok(mandate::Entity::find()
        .filter(C::MeetingId.eq(meeting))
        .filter(C::ElectorKey.eq(key))
        .filter(C::GivenAt.lte(at))
        .filter(C::RevokedAt.is_null().or(C::RevokedAt.gt(at)))
        .one(db)
        .await?)
}
