//! Applications in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::fault::{APPLICATION_NOT_FOUND, APPLICATION_NOT_NEEDED, UNKNOWN_TRACKING_CODE};
use super::{Application, ApplicationId, ApplicationStatus, TrackingCode};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::CreditCode;
    use crate::application::{ApplicationId, ApplicationOrigin, ApplicationStatus, ConsentVia, Ineligibility};
    use crate::unit::{AffiliationLevel, PartyOrgKind, UnitId, UnitType, ZoneCodes};

    /// An application, as it is on file.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApplicationId,
        pub number: String,
        pub status: ApplicationStatus,
        pub origin: ApplicationOrigin,
        /// The member that recommended the unit.
        pub recommended_by: Option<UnitId>,
        pub name: String,
        pub name_key: String,
        pub unit_type: UnitType,
        pub affiliation_level: AffiliationLevel,
        pub credit_code: Option<CreditCode>,
        pub credit_code_exempt_reason: Option<String>,
        pub street_code: String,
        pub zone_codes: ZoneCodes,
        pub address: String,
        pub party_org_name: String,
        pub party_org_kind: PartyOrgKind,
        pub party_member_count: Option<i32>,
        /// Whom to ask: the number is kept with the person.
        pub contact_person_id: PersonId,
        pub contact_name: String,
        pub contact_post: String,
        pub contact_phone_masked: Option<String>,
        pub consent_name: Option<String>,
        pub consent_post: Option<String>,
        pub consent_basis: Option<String>,
        pub consent_on: Option<Date>,
        pub consent_via: Option<ConsentVia>,
        pub tracking_hash: String,
        /// What is to be corrected.
        pub correction: Option<String>,
        pub ineligibility: Option<Ineligibility>,
        pub rejection: Option<String>,
        pub how_to_reapply: Option<String>,
        /// The member that the applicant became.
        pub unit_id: Option<UnitId>,
        pub applied_on: Date,
        pub decided_on: Option<Date>,
        pub version: i32,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
    }

    /// Names and phones of people stay out of logs.
    impl std::fmt::Debug for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Application")
                .field("number", &self.number)
                .field("status", &self.status)
                .finish_non_exhaustive()
        }
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

/// Refuses a unit that has an application open. The unique indexes catch the twin that commits meanwhile.
pub(super) async fn refuse_twin(work: &Work<'_>, application: &Application) -> Result<()> {
    use row::Column as C;
    let mut same = sea_orm::Condition::any().add(C::NameKey.eq(&application.name_key));
    if let Some(code) = &application.credit_code {
        same = same.add(C::CreditCode.eq(code.clone()));
    }
    let open = row::Entity::find()
        .filter(C::Status.is_in(ApplicationStatus::OPEN))
        .filter(C::Id.ne(application.id))
        .filter(same);
    if open.exists(work.tx()).await? { Err(Refusal::of(&APPLICATION_NOT_NEEDED)) } else { Ok(()) }
}

pub(super) async fn insert(work: &Work<'_>, application: &Application) -> Result<()> {
    let active: row::ActiveModel = application.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &APPLICATION_NOT_NEEDED))?;
    Ok(())
}

pub(super) async fn update(work: &Work<'_>, before: &Application, after: &Application) -> Result<()> {
    work.update::<row::Entity>(before, after).await.map_err(|refusal| {
        let taken = refusal.source.as_ref().and_then(|source| source.downcast_ref::<DbErr>());
        match taken.is_some_and(gongjian_kernel::db::is_duplicate) {
            true => Refusal { source: refusal.source, ..Refusal::of(&APPLICATION_NOT_NEEDED) },
            false => refusal,
        }
    })
}

/// The application, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ApplicationId) -> Result<Application> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&APPLICATION_NOT_FOUND))
}

/// The same for whoever holds its code.
pub(super) async fn lock_tracked(work: &Work<'_>, code: &TrackingCode) -> Result<Application> {
    let row = row::Entity::find().filter(row::Column::TrackingHash.eq(code.hash())).lock_exclusive();
    row.one(work.tx()).await?.ok_or_else(|| Refusal::of(&UNKNOWN_TRACKING_CODE))
}
