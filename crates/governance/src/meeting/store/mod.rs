//! Meetings in the database.

mod attending;
mod gathering;
mod minuting;

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{FaultEntry, Refusal, Result, Work};
use sea_orm::{ConnectionTrait, IntoActiveModel, QuerySelect as _, entity::prelude::*};

pub use attending::{attendance, excuse, mandate, receipt, roll};
pub use gathering::{agenda_item, meeting, paper, topic};
pub use minuting::{correction, minutes, minutes_item};

use super::fault::MEETING_NOT_FOUND;
use super::{AgendaItemId, MeetingId};

/// Rows with an id and a version, for [`Work::update`].
macro_rules! versioned {
    ($($entity:ident),*) => {$(
        impl Versioned for $entity::Entity {
            fn id_column() -> $entity::Column {
                $entity::Column::Id
            }
            fn version_column() -> $entity::Column {
                $entity::Column::Version
            }
        }
    )*};
}
versioned!(meeting, agenda_item, topic, attendance, mandate, correction);

/// The meeting with this id.
pub async fn get(db: &impl ConnectionTrait, id: MeetingId) -> Result<meeting::Model> {
    meeting::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&MEETING_NOT_FOUND))
}

/// The meeting, held until the transaction ends: it neither opens nor closes meanwhile.
pub async fn lock(work: &Work<'_>, id: MeetingId) -> Result<meeting::Model> {
    let row = meeting::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&MEETING_NOT_FOUND))
}

/// The item of an agenda with this id, if there is one.
pub async fn item(db: &impl ConnectionTrait, id: AgendaItemId) -> Result<Option<agenda_item::Model>> {
    Ok(agenda_item::Entity::find_by_id(id).one(db).await?)
}

/// Any other row, held until the transaction ends.
pub(super) async fn lock_row<E>(
    work: &Work<'_>,
    id: impl Into<<E::PrimaryKey as PrimaryKeyTrait>::ValueType>,
    unknown: &'static FaultEntry,
) -> Result<E::Model>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    let row = E::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(unknown))
}

/// A new row.
pub(super) async fn insert<M, A>(work: &Work<'_>, model: M) -> Result<()>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    insert_all(work, [model]).await
}

/// Rows at once, fewer than a statement has room for in each.
pub(super) async fn insert_all<M, A>(work: &Work<'_>, models: impl IntoIterator<Item = M>) -> Result<()>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    const AT_ONCE: usize = 500;
    let mut rows: Vec<A> = models.into_iter().map(|model| model.into_active_model().reset_all()).collect();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(AT_ONCE));
        <M::Entity as EntityTrait>::insert_many(rows).exec_without_returning(work.tx()).await?;
        rows = rest;
    }
    Ok(())
}
