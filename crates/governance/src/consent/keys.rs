//! Who holds the two keys of a body at an instant.

use chrono::{DateTime, Utc};
use gongjian_identity::PersonId;
use gongjian_kernel::{Refusal, Result, Say};
use sea_orm::ConnectionTrait;

use super::fault::{BODY_INCOMPLETE, NO_TWO_KEYS, ONE_PERSON_BOTH_KEYS};
use crate::body::{Body, BodyKind};
use crate::office::{OfficeKind, holders};
use crate::post::Moment;

/// An office whose holder must consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub office: OfficeKind,
    pub person: PersonId,
    pub name: String,
}

/// The article that asks for the two keys of such a body, and the offices that hold them.
fn offices(kind: BodyKind) -> Option<(u8, [OfficeKind; 2])> {
    match kind {
        BodyKind::Committee => Some((17, [OfficeKind::CommitteeDirectorLead, OfficeKind::CommitteeDirectorMember])),
        BodyKind::Branch => Some((18, [OfficeKind::BranchPresident, OfficeKind::BranchCoPresident])),
        BodyKind::GeneralMeeting | BodyKind::Council | BodyKind::ExpertCommittee => None,
    }
}

/// The article that a body's two keys rest on.
#[must_use]
pub fn article(kind: BodyKind) -> Option<u8> {
    offices(kind).map(|(article, _)| article)
}

/// Both keys with their holders. With one of them missing the body is incomplete, and what needs the consent of both
/// is blocked; a branch with one president has no second key.
pub async fn keys(db: &impl ConnectionTrait, body: &Body, at: DateTime<Utc>) -> Result<[Key; 2]> {
    let Some((article, offices)) = offices(body.kind) else { return Err(Refusal::of(&NO_TWO_KEYS)) };
    let seats = holders(db, body.id, &offices, Moment::at(at)).await?;
    let key = |office: OfficeKind| {
        let seat = seats.iter().find(|seat| seat.kind == Some(office))?;
        Some(Key { office, person: seat.person_id?, name: seat.person_name.clone().unwrap_or_default() })
    };
    let [one, other] = offices;
    match (key(one), key(other)) {
        (Some(one), Some(other)) if one.person == other.person => {
            Err(Refusal::of(&ONE_PERSON_BOTH_KEYS).with_article(Some(article)))
        }
        (Some(one), Some(other)) => Ok([one, other]),
        (found, _) => {
            let missing = if found.is_none() { one.label() } else { other.label() };
            let detail = Say::new(
                format!("{}缺任：{}。须协商一致的事项不能办理。", body.name, missing.zh),
                format!("Nobody holds: {}. What needs the consent of both is blocked.", missing.en),
            );
            Err(Refusal::new(&BODY_INCOMPLETE, detail).with_article(Some(article)))
        }
    }
}
