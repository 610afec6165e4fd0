//! The figures of a year that this crate keeps: meetings held, decisions issued (Articles 11 and 13).

use chrono::NaiveDate;
use gongjian_kernel::Result;
use gongjian_kernel::clock::start_of;
use sea_orm::{ConnectionTrait, PaginatorTrait as _, entity::prelude::*};

use crate::body::{BodyId, COUNCIL, GENERAL_MEETING};
use crate::decision::store::row as decision;
use crate::meeting::MeetingStatus;
use crate::meeting::store::meeting;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfGovernance {
    pub general_meetings: i64,
    pub council_meetings: i64,
    pub decisions: i64,
}

/// What happened from the first day of the year until that day (included).
pub async fn of_year(db: &impl ConnectionTrait, year: i32, until: NaiveDate) -> Result<OfGovernance> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN);
    let issued = decision::Entity::find().filter(decision::Column::IssuedOn.between(first, until));
    Ok(OfGovernance {
        general_meetings: held(db, GENERAL_MEETING, first, until).await?,
        council_meetings: held(db, COUNCIL, first, until).await?,
        decisions: i64::try_from(issued.count(db).await?).unwrap_or(i64::MAX),
    })
}

/// Meetings that have taken place: closed, whatever became of their minutes.
async fn held(db: &impl ConnectionTrait, body: BodyId, first: NaiveDate, until: NaiveDate) -> Result<i64> {
    let over = [MeetingStatus::Closed, MeetingStatus::Minuted, MeetingStatus::Approved];
    let found = meeting::Entity::find()
        .filter(meeting::Column::BodyId.eq(body))
        .filter(meeting::Column::Status.is_in(over))
        .filter(meeting::Column::OpenedAt.gte(start_of(first)))
        .filter(meeting::Column::OpenedAt.lt(start_of(until + chrono::Days::new(1))));
    Ok(i64::try_from(found.count(db).await?).unwrap_or(i64::MAX))
}
