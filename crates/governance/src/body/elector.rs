//! Who has a voice in a body at an instant.

use chrono::{DateTime, Utc};
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use gongjian_membership::UnitId;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::{Body, BodyKind};
use crate::office::{seats_of, voices};
use crate::post::{Moment, PostId};

/// One voice. Whoever has several seats has one (domain.md §0, rule 6).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Elector {
    /// `unit:…`, `post:…` or, where the office rests on a person, `person:…`. The same for the same voice: it stays
    /// when another takes over the post, so that the change neither loses nor doubles a vote.
    pub key: String,
    /// The voice is the unit's: its representative speaks, or the head of it.
    pub unit_id: Option<UnitId>,
    /// The voice goes with a post.
    pub post_id: Option<PostId>,
    /// Whoever has the voice by himself: the holder of the post.
    pub person_id: Option<PersonId>,
    /// Name of the unit, or of the post.
    pub name: String,
}

/// All voices of the body at that instant, by their keys.
pub async fn electorate(db: &impl ConnectionTrait, body: &Body, at: DateTime<Utc>) -> Result<Vec<Elector>> {
    match body.kind {
        BodyKind::GeneralMeeting => members(db, at, None).await,
        BodyKind::Branch => members(db, at, body.street_code.as_deref()).await,
        // Articles 13, 15, 17: computed from the offices of that day, of a committee with its members.
        BodyKind::Council | BodyKind::Committee | BodyKind::ExpertCommittee => {
            let mut seats = seats_of(db, body.id, Moment::at(at)).await?;
            seats.extend(super::members::seats(db, body, gongjian_kernel::clock::day(at)).await?);
            let mut electors = voices(&seats).0;
            electors.sort_by(|one, other| one.key.cmp(&other.key));
            Ok(electors)
        }
    }
}

/// Articles 11 and 18: every member of that day, or of the street, has one voice.
async fn members(db: &impl ConnectionTrait, at: DateTime<Utc>, street: Option<&str>) -> Result<Vec<Elector>> {
    let units = gongjian_membership::unit::members_on(db, gongjian_kernel::clock::day(at), street).await?;
    let elector = |(unit, name): (UnitId, String)| Elector {
        key: format!("unit:{unit}"),
        unit_id: Some(unit),
        post_id: None,
        person_id: None,
        name,
    };
    Ok(units.into_iter().map(elector).collect())
}
