//! The offices that follow from what this crate keeps: a unit's filings (Article 25), as long as the unit
//! is a member (Article 9), and appointments.

use chrono::NaiveDate;
use gongjian_identity::position::Found;
use gongjian_identity::{PersonId, Position, Role};
use gongjian_kernel::{Result, Scope};
use sea_orm::{DatabaseExecutor, ExprTrait as _, JoinType, QuerySelect as _, QueryTrait as _, entity::prelude::*};

use crate::appointment::Appointment;
use crate::appointment::store::row as appointment;
use crate::unit::store::{contact, unit};
use crate::unit::{ContactKind, UnitStatus};

/// For [`gongjian_identity::Identity::new`].
#[must_use]
pub fn positions<'a>(db: &'a DatabaseExecutor<'a>, persons: &'a [PersonId], _today: NaiveDate) -> Found<'a> {
    Box::pin(held(db, persons))
}

async fn held(db: &DatabaseExecutor<'_>, persons: &[PersonId]) -> Result<Vec<Position>> {
    let members = unit::Entity::find()
        .select_only()
        .column(unit::Column::Id)
        .filter(unit::Column::Status.eq(UnitStatus::Active))
        .into_query();
    let filed = contact::Entity::find()
        .filter(contact::Column::PersonId.is_in(persons.iter().copied()))
        .filter(contact::Column::Until.is_null())
        .filter(contact::Column::UnitId.in_subquery(members))
        .all(db)
        .await?;
    // A department's handlers act for it while it is a member; other offices name no unit. Joined, because
    // PostgreSQL reads all units for a subquery beside an `OR`.
    let of_unit =
        appointment::Entity::belongs_to(unit::Entity).from(appointment::Column::UnitId).to(unit::Column::Id).into();
    let appointed = appointment::Entity::find()
        .join(JoinType::LeftJoin, of_unit)
        .filter(appointment::Column::PersonId.is_in(persons.iter().copied()))
        .filter(appointment::Column::Until.is_null())
        .filter(appointment::Column::UnitId.is_null().or(unit::Column::Status.eq(UnitStatus::Active)))
        .all(db)
        .await?;
    let filed = filed.into_iter().map(|filed| Position {
        person: filed.person_id,
        role: match filed.kind {
            ContactKind::Representative => Role::MemberRepresentative,
            ContactKind::Liaison => Role::MemberLiaison,
        },
        scope: Scope::Unit(filed.unit_id.0),
    });
    Ok(filed.chain(appointed.into_iter().map(Appointment::into)).collect())
}
