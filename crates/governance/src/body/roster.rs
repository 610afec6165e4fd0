//! The roster of a body: computed as of any day, as known at any instant (Articles 11, 13, 15, 17, 18). Three
//! queries at most, however many seats there are. Which units were members on a day is what is known now: units
//! keep their history by days alone.

use gongjian_kernel::actor::Actor;
use gongjian_kernel::{Result, Store};
use gongjian_membership::unit::members_on;
use sea_orm::ConnectionTrait;

use super::queries::require_reader;
use super::{Body, BodyId, BodyKind, get};
use crate::office::{Seat, SeatSource, seats_of, voices};
use crate::post::Moment;

/// A seat with why it is one, and the voice that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterSeat {
    pub seat: Seat,
    pub source: SeatSource,
    pub article: u8,
    pub elector_key: String,
}

/// Who has a seat in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub body: Body,
    pub moment: Moment,
    pub seats: Vec<RosterSeat>,
    /// Whoever has several seats counts once.
    pub voices: usize,
}

/// The roster of that moment.
pub async fn roster(store: &Store, actor: &Actor, id: BodyId, moment: Moment) -> Result<Roster> {
    require_reader(actor)?;
    compute(store.db.reader(), id, moment).await
}

async fn compute(db: &impl ConnectionTrait, id: BodyId, moment: Moment) -> Result<Roster> {
    let body = get(db, id).await?;
    let found = match body.kind {
        BodyKind::GeneralMeeting => members(db, &body, moment).await?,
        BodyKind::Branch => members(db, &body, moment).await?,
        BodyKind::Committee => {
            let mut seats = seats_of(db, id, moment).await?;
            seats.extend(super::members::seats(db, &body, moment.day).await?);
            seats
        }
        BodyKind::Council | BodyKind::ExpertCommittee => seats_of(db, id, moment).await?,
    };
    let (electors, places) = voices(&found);
    let seats = found.into_iter().zip(places).map(|(seat, voice)| {
        let source = match body.kind {
            BodyKind::GeneralMeeting | BodyKind::Branch => SeatSource::MemberUnit,
            BodyKind::Council | BodyKind::Committee | BodyKind::ExpertCommittee => {
                seat.source().unwrap_or(SeatSource::MemberUnit)
            }
        };
        let article = match body.kind {
            BodyKind::Branch => 18,
            BodyKind::Committee => 17,
            BodyKind::GeneralMeeting | BodyKind::Council | BodyKind::ExpertCommittee => source.article(),
        };
        let elector_key = electors.get(voice).map(|elector| elector.key.clone()).unwrap_or_default();
        RosterSeat { seat, source, article, elector_key }
    });
    Ok(Roster { seats: seats.collect(), voices: electors.len(), moment, body })
}

/// Articles 11 and 18: each member of that day, of all or of the street.
async fn members(db: &impl ConnectionTrait, body: &Body, moment: Moment) -> Result<Vec<Seat>> {
    let members = members_on(db, moment.day, body.street_code.as_deref()).await?;
    let seat = |(unit, name)| Seat {
        tenure_id: None,
        kind: None,
        body_id: Some(body.id),
        body_name: Some(body.name.clone()),
        street_code: body.street_code.clone(),
        post_id: None,
        post_name: None,
        unit_id: Some(unit),
        unit_name: Some(name),
        person_id: None,
        person_name: None,
        valid_from: None,
        valid_until: None,
        basis: None,
    };
    Ok(members.into_iter().map(seat).collect())
}
