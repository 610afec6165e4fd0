//! Appointments in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::{Appointment, AppointmentId};
use crate::fault::{APPOINTED_ALREADY, APPOINTMENT_NOT_FOUND};

pub(crate) mod row {
    use gongjian_identity::{PersonId, Role, ScopeKind};
    use sea_orm::entity::prelude::*;

    use crate::appointment::AppointmentId;
    use crate::unit::UnitId;

    /// A person's time in an office; without `until` it lasts.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "appointment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AppointmentId,
        pub person_id: PersonId,
        pub role: Role,
        pub scope_kind: ScopeKind,
        pub unit_id: Option<UnitId>,
        pub street_code: Option<String>,
        /// The document or decision that it rests on.
        pub basis: String,
        /// None for what was held before appointments were filed.
        pub receipt_no: Option<String>,
        pub since: DateTimeUtc,
        pub until: Option<DateTimeUtc>,
        pub ended_basis: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

/// The unique index catches the twin that commits meanwhile.
pub(super) async fn insert(work: &Work<'_>, appointment: &Appointment) -> Result<()> {
    let active: row::ActiveModel = appointment.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &APPOINTED_ALREADY))?;
    Ok(())
}

/// The appointment, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: AppointmentId) -> Result<Appointment> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&APPOINTMENT_NOT_FOUND))
}
