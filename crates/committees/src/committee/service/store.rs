//! Services of committees and requests for them in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::{CommitteeService, CommitteeServiceId, ServiceRequest, ServiceRequestId};
use crate::committee::fault::{SERVICE_NOT_FOUND, SERVICE_REQUEST_NOT_FOUND};

pub mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::committee::service::{CommitteeServiceId, ServiceKind, ServiceStatus};

    /// A service that a committee offers.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_service")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CommitteeServiceId,
        pub body_id: BodyId,
        pub kind: ServiceKind,
        pub title: String,
        pub description: String,
        /// The last day on which units can ask for it.
        pub valid_until: Option<Date>,
        pub status: ServiceStatus,
        pub offered_by: Option<PersonId>,
        pub offered_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod request {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::committee::service::{CommitteeServiceId, ServiceRequestId, ServiceRequestStatus};

    /// A unit asks for a service of a committee.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "service_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ServiceRequestId,
        pub service_id: CommitteeServiceId,
        /// The committee of the service: who may read is told by it.
        pub body_id: BodyId,
        pub unit_id: UnitId,
        pub question: String,
        pub status: ServiceRequestStatus,
        pub requested_by: Option<PersonId>,
        pub requested_at: DateTimeUtc,
        pub accepted_at: Option<DateTimeUtc>,
        pub outcome: Option<String>,
        /// Why it was declined.
        pub reason: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
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

impl Versioned for request::Entity {
    fn id_column() -> request::Column {
        request::Column::Id
    }
    fn version_column() -> request::Column {
        request::Column::Version
    }
}

pub(super) async fn insert(work: &Work<'_>, service: &CommitteeService) -> Result<()> {
    let active: row::ActiveModel = service.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn get(db: &impl ConnectionTrait, id: CommitteeServiceId) -> Result<CommitteeService> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&SERVICE_NOT_FOUND))
}

/// The service, held until the transaction ends: nobody asks for what ends at the same time.
pub(super) async fn lock(work: &Work<'_>, id: CommitteeServiceId) -> Result<CommitteeService> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&SERVICE_NOT_FOUND))
}

pub(super) async fn insert_request(work: &Work<'_>, request: &ServiceRequest) -> Result<()> {
    let active: request::ActiveModel = request.clone().into();
    request::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn get_request(db: &impl ConnectionTrait, id: ServiceRequestId) -> Result<ServiceRequest> {
    request::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&SERVICE_REQUEST_NOT_FOUND))
}

/// The request, held until the transaction ends.
pub(super) async fn lock_request(work: &Work<'_>, id: ServiceRequestId) -> Result<ServiceRequest> {
    let row = request::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&SERVICE_REQUEST_NOT_FOUND))
}
