//! Article 9(4): the times during which a unit was a member. It may leave and come back as often as it likes.

use chrono::NaiveDate;
use gongjian_kernel::{Result, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::UnitId;
use crate::application::ApplicationId;

gongjian_kernel::words! {
    /// How a membership ended: by the unit's own notice, or because there is no such unit in the district
    /// any more. The charter knows no expulsion.
    pub enum EndedBy as "ended_by" ("会籍终止情形", "How a membership ended") {
        Withdrawal = "withdrawal" ("自愿退会", "Withdrawal"),
        Ceased = "ceased" ("单位撤销或注销", "The unit ceased to exist"),
        MovedAway = "moved_away" ("迁出本区", "The unit moved away"),
        Merged = "merged" ("并入其他单位", "Merged into another unit"),
        Split = "split" ("分立终止", "Ended by a split"),
    }
}

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::{ApplicationId, EndedBy, UnitId};

    /// A time of membership; without `left_on` it lasts.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "membership_period")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i32,
        pub joined_on: Date,
        pub consent_basis: Option<String>,
        pub consent_on: Option<Date>,
        pub application_id: Option<ApplicationId>,
        pub left_on: Option<Date>,
        pub ended_by: Option<EndedBy>,
        pub reason: Option<String>,
        /// The day that the evidence of a dissolution bears.
        pub evidence_on: Option<Date>,
        pub receipt_no: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as MembershipPeriod;

/// How a membership begins.
#[derive(Debug, Clone)]
pub(crate) struct Joining {
    pub(crate) on: NaiveDate,
    pub(crate) consent_basis: String,
    pub(crate) consent_on: NaiveDate,
    pub(crate) application: Option<ApplicationId>,
}

/// How a membership ends.
#[derive(Debug, Clone)]
pub(super) struct Leaving {
    pub(super) on: NaiveDate,
    pub(super) by: EndedBy,
    pub(super) reason: Option<String>,
    pub(super) evidence_on: Option<NaiveDate>,
    pub(super) receipt_no: Option<String>,
}

/// The partial unique index keeps two from lasting at once.
pub(super) async fn begin(work: &Work<'_>, unit: UnitId, joining: Joining) -> Result<()> {
    let last: Option<i32> = row::Entity::find()
        .select_only()
        .column(row::Column::Seq)
        .filter(row::Column::UnitId.eq(unit))
        .order_by_desc(row::Column::Seq)
        .into_tuple()
        .one(work.tx())
        .await?;
    let period = row::Model {
        unit_id: unit,
        seq: last.unwrap_or_default() + 1,
        joined_on: joining.on,
        consent_basis: Some(joining.consent_basis),
        consent_on: Some(joining.consent_on),
        application_id: joining.application,
        left_on: None,
        ended_by: None,
        reason: None,
        evidence_on: None,
        receipt_no: None,
    };
    let active: row::ActiveModel = period.into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn end(work: &Work<'_>, unit: UnitId, leaving: Leaving) -> Result<()> {
    row::Entity::update_many()
        .col_expr(row::Column::LeftOn, Expr::val(leaving.on))
        .col_expr(row::Column::EndedBy, Expr::val(leaving.by))
        .col_expr(row::Column::Reason, Expr::val(leaving.reason))
        .col_expr(row::Column::EvidenceOn, Expr::val(leaving.evidence_on))
        .col_expr(row::Column::ReceiptNo, Expr::val(leaving.receipt_no))
        .filter(row::Column::UnitId.eq(unit))
        .filter(row::Column::LeftOn.is_null())
        .exec(work.tx())
        .await?;
    Ok(())
}

/// The day on which the first member of all joined.
pub async fn first_joined_on(db: &impl ConnectionTrait) -> Result<Option<NaiveDate>> {
    let first = row::Entity::find().select_only().column(row::Column::JoinedOn).order_by_asc(row::Column::JoinedOn);
    Ok(first.into_tuple().one(db).await?)
}

/// The times of membership of a unit, first to last.
pub async fn of(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<MembershipPeriod>> {
    Ok(row::Entity::find().filter(row::Column::UnitId.eq(unit)).order_by_asc(row::Column::Seq).all(db).await?)
}
