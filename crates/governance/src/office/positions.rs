//! What a person may act as by the offices that he holds today (Articles 12–18). Nothing is written when an office
//! ends: from that day on it is not found.

use chrono::NaiveDate;
use gongjian_identity::position::Found;
use gongjian_identity::{PersonId, Position, Role};
use gongjian_kernel::{Result, Scope};
use sea_orm::DatabaseExecutor;
use sea_orm::sea_query::{Expr, ExprTrait as _};

use super::seats::{SeatSource, found, select, select_secretaries};
use super::{OfficeKind, Seat};
use crate::post::Moment;

/// For [`gongjian_identity::Identity::new`].
#[must_use]
pub fn positions<'a>(db: &'a DatabaseExecutor<'a>, persons: &'a [PersonId], today: NaiveDate) -> Found<'a> {
    Box::pin(held(db, persons, today))
}

async fn held(db: &DatabaseExecutor<'_>, persons: &[PersonId], today: NaiveDate) -> Result<Vec<Position>> {
    let moment = Moment::on(today);
    let his = || Expr::col(("n", "id")).is_in(persons.iter().map(|person| person.0));
    let mut seats = found(db, select(moment).and_where(his())).await?;
    seats.extend(found(db, select_secretaries(moment).and_where(his())).await?);
    let mut positions: Vec<Position> = Vec::new();
    for seat in &seats {
        for position in of(seat) {
            if !positions.contains(&position) {
                positions.push(position);
            }
        }
    }
    Ok(positions)
}

/// What a seat permits: the office's own role, and a place in the council.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other kind is alike here")]
fn of(seat: &Seat) -> impl Iterator<Item = Position> + '_ {
    let role = seat.kind.and_then(OfficeKind::role);
    let member = seat.kind.is_none_or(|kind| SeatSource::in_council(kind).is_some()).then_some(Role::CouncilMember);
    [role, member].into_iter().flatten().filter_map(|role| {
        let scope = match role {
            Role::BranchPresident => Scope::Branch(seat.street_code.clone()?),
            Role::CommitteeDirector => Scope::Body(seat.body_id?.0),
            _ => Scope::Association,
        };
        Some(Position { person: seat.person_id?, role, scope })
    })
}
