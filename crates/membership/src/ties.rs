//! What hangs on a person in this crate: whose he is, and whether he is anybody's yet.

use gongjian_identity::{PersonId, account};
use gongjian_kernel::{Result, Work};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use crate::appointment::store::row as appointment;
use crate::unit::UnitId;
use crate::unit::store::contact;

/// He speaks or spoke for the unit, or handles or handled issues for it.
pub async fn to_unit(work: &Work<'_>, person: PersonId, unit: UnitId) -> Result<bool> {
    let filed = contact::Entity::find()
        .filter(contact::Column::PersonId.eq(person))
        .filter(contact::Column::UnitId.eq(unit))
        .exists(work.tx());
    let appointed = appointment::Entity::find()
        .filter(appointment::Column::PersonId.eq(person))
        .filter(appointment::Column::UnitId.eq(unit))
        .exists(work.tx());
    Ok(filed.await? || appointed.await?)
}

/// He is or was filed or appointed somewhere, or has an account.
pub async fn has_any(work: &Work<'_>, person: PersonId) -> Result<bool> {
    let filed = contact::Entity::find().filter(contact::Column::PersonId.eq(person)).exists(work.tx());
    let appointed = appointment::Entity::find().filter(appointment::Column::PersonId.eq(person)).exists(work.tx());
    Ok(filed.await? || appointed.await? || account::is_held_by(work.tx(), person).await?)
}

/// The units that he speaks or spoke for, handles or handled issues for.
pub async fn units_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<UnitId>> {
    let filed: Vec<UnitId> = contact::Entity::find()
        .filter(contact::Column::PersonId.eq(person))
        .select_only()
        .column(contact::Column::UnitId)
        .into_tuple()
        .all(db)
        .await?;
    let appointed: Vec<UnitId> = appointment::Entity::find()
        .filter(appointment::Column::PersonId.eq(person))
        .filter(appointment::Column::UnitId.is_not_null())
        .select_only()
        .column(appointment::Column::UnitId)
        .into_tuple()
        .all(db)
        .await?;
    Ok([filed, appointed].concat())
}
