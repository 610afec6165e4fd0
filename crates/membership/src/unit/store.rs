//! The rows, and the guards around writing them.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{FaultEntry, Refusal, Result, Work};
use sea_orm::{ExprTrait as _, QuerySelect, SqlErr, entity::prelude::*};

use super::{Unit, UnitId};
use crate::fault::{UNIT_CREDIT_CODE_TAKEN, UNIT_MEMBER_NO_TAKEN, UNIT_NAME_TAKEN, UNIT_NOT_FOUND};
use crate::unit::UnitStatus;

pub(crate) mod unit {
    use sea_orm::entity::prelude::*;

    use crate::CreditCode;
    use crate::unit::{AffiliationLevel, PartyOrgKind, UnitId, UnitStatus, UnitType, ZoneCodes};

    /// A unit, as it is on file.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UnitId,
        pub member_no: String,
        pub name: String,
        /// The name as two spellings of it agree.
        pub name_key: String,
        pub unit_type: UnitType,
        pub affiliation_level: AffiliationLevel,
        pub credit_code: Option<CreditCode>,
        /// Why there is no code; exactly one of the two is given.
        pub credit_code_exempt_reason: Option<String>,
        pub street_code: String,
        pub zone_codes: ZoneCodes,
        pub address: String,
        pub party_org_name: String,
        pub party_org_kind: PartyOrgKind,
        pub party_member_count: Option<i32>,
        /// Article 23: a department that issues are dispatched to.
        pub handles_issues: bool,
        pub status: UnitStatus,
        pub applied_on: Option<Date>,
        pub joined_on: Option<Date>,
        pub withdrawn_on: Option<Date>,
        pub version: i32,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod contact {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::filing::FilingId;
    use crate::unit::{ContactKind, UnitContactId, UnitId};

    /// A person's time as representative or liaison; without `until` it lasts.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_contact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UnitContactId,
        pub unit_id: UnitId,
        pub kind: ContactKind,
        pub person_id: PersonId,
        pub post: String,
        /// The day on which the secretariat received the filing.
        pub filed_on: Date,
        pub since: DateTimeUtc,
        pub until: Option<DateTimeUtc>,
        /// None for what was held before there were receipts.
        pub filing_id: Option<FilingId>,
        /// Whom the person took over from.
        pub predecessor_id: Option<PersonId>,
        /// Why it ended, where nobody took over.
        pub end_reason: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for unit::Entity {
    fn id_column() -> unit::Column {
        unit::Column::Id
    }
    fn version_column() -> unit::Column {
        unit::Column::Version
    }
}

/// The unit, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: UnitId) -> Result<Unit> {
    let unit = unit::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    unit.ok_or_else(|| Refusal::of(&UNIT_NOT_FOUND))
}

/// Refuses a unit that is on file already. The unique indexes catch the twin that commits meanwhile.
pub(super) async fn refuse_twin(work: &Work<'_>, unit: &Unit) -> Result<()> {
    if let Some(code) = &unit.credit_code {
        let twin = living().and(unit::Column::CreditCode.eq(code.clone()));
        if unit.status.is_living() && exists(work, twin).await? {
            return Err(Refusal::of(&UNIT_CREDIT_CODE_TAKEN));
        }
    }
    refuse_name_twin(work, unit).await
}

/// Of the units that are members, no two bear a name.
pub(super) async fn refuse_name_twin(work: &Work<'_>, unit: &Unit) -> Result<()> {
    let twin = living().and(unit::Column::NameKey.eq(&unit.name_key)).and(unit::Column::Id.ne(unit.id));
    if unit.status.is_living() && exists(work, twin).await? {
        return Err(Refusal::of(&UNIT_NAME_TAKEN));
    }
    Ok(())
}

fn living() -> Expr {
    unit::Column::Status.eq(UnitStatus::Active)
}

pub(super) async fn member_no_is_taken(work: &Work<'_>, member_no: &str) -> Result<bool> {
    exists(work, unit::Column::MemberNo.eq(member_no)).await
}

async fn exists(work: &Work<'_>, condition: Expr) -> Result<bool> {
    Ok(unit::Entity::find().filter(condition).select_only().column(unit::Column::Id).exists(work.tx()).await?)
}

pub(super) async fn insert(work: &Work<'_>, unit: &Unit) -> Result<()> {
    let row: unit::ActiveModel = unit.clone().into();
    unit::Entity::insert(row.reset_all()).exec_without_returning(work.tx()).await.map_err(refused)?;
    Ok(())
}

/// Writes what changed; a name or code that another unit took meanwhile is refused by its index.
pub(super) async fn update(work: &Work<'_>, before: &Unit, after: &Unit) -> Result<()> {
    work.update::<unit::Entity>(before, after).await.map_err(|refusal| {
        let taken = refusal.source.as_ref().and_then(|source| twin_in(source.downcast_ref::<DbErr>()?));
        match taken {
            Some(entry) => Refusal { source: refusal.source, ..Refusal::of(entry) },
            None => refusal,
        }
    })
}

fn refused(error: DbErr) -> Refusal {
    match twin_in(&error) {
        Some(entry) => Refusal { source: Some(Box::new(error)), ..Refusal::of(entry) },
        None => error.into(),
    }
}

/// Which unique index refused: SQLite names its column, PostgreSQL the index, and both say the word.
fn twin_in(error: &DbErr) -> Option<&'static FaultEntry> {
    let Some(SqlErr::UniqueConstraintViolation(message)) = error.sql_err() else { return None };
    [("credit_code", &UNIT_CREDIT_CODE_TAKEN), ("name_key", &UNIT_NAME_TAKEN), ("member_no", &UNIT_MEMBER_NO_TAKEN)]
        .into_iter()
        .find_map(|(word, entry)| message.contains(word).then_some(entry))
}
