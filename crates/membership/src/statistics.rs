//! The figures of a year that this crate keeps: members, filings, contributions (Articles 8 to 10, 25).

use chrono::NaiveDate;
use gongjian_kernel::Result;
use sea_orm::{ConnectionTrait, ExprTrait as _, PaginatorTrait as _, entity::prelude::*};

use crate::contribution::ContributionStatus;
use crate::contribution::store::row as contribution;
use crate::filing::store::row as filing;
use crate::unit::UnitStatus;
use crate::unit::history::row as version;
use crate::unit::period::row as period;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfMembership {
    pub members_at_end: i64,
    pub joined: i64,
    pub left: i64,
    pub filings: i64,
    pub filings_late: i64,
    /// Those that units have taken back do not count.
    pub contributions: i64,
}

/// What happened from the first day of the year until that day (included).
pub async fn of_year(db: &impl ConnectionTrait, year: i32, until: NaiveDate) -> Result<OfMembership> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN);
    let members = version::Entity::find()
        .filter(version::Column::Status.eq(UnitStatus::Active))
        .filter(version::Column::ValidFrom.lte(until))
        .filter(version::Column::ValidTo.is_null().or(version::Column::ValidTo.gt(until)));
    let joined = period::Entity::find().filter(period::Column::JoinedOn.between(first, until));
    let left = period::Entity::find().filter(period::Column::LeftOn.between(first, until));
    let filed = || filing::Entity::find().filter(filing::Column::FiledOn.between(first, until));
    let given = contribution::Entity::find()
        .filter(contribution::Column::ContributedOn.between(first, until))
        .filter(contribution::Column::Status.ne(ContributionStatus::Withdrawn));
    Ok(OfMembership {
        members_at_end: counted(members.count(db).await?),
        joined: counted(joined.count(db).await?),
        left: counted(left.count(db).await?),
        filings: counted(filed().count(db).await?),
        filings_late: counted(filed().filter(filing::Column::LateWorkdays.gt(0)).count(db).await?),
        contributions: counted(given.count(db).await?),
    })
}

fn counted(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
