//! The list of units as it was on a past day.

use chrono::NaiveDate;
use gongjian_kernel::actor::{self, Actor, Association};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Result, Store};
use sea_orm::{ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::history::{UnitVersion, row};
use super::model::name_key;
use super::queries::{self, UnitFilter};
use crate::action::UNIT_READ;

/// The units that passed the filter at the end of that day, by member number.
pub async fn list(
    store: &Store,
    actor: &Actor,
    day: NaiveDate,
    filter: &UnitFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<UnitVersion>> {
    use row::Column as C;
    actor::authorize(actor, &UNIT_READ, &UNIT_READ, &Association)?;
    let sealed_for = serde_json::to_string(&("units_as_of", day, filter))?;
    let mut query =
        row::Entity::find().filter(C::ValidFrom.lte(day)).filter(C::ValidTo.is_null().or(C::ValidTo.gt(day)));
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if !filter.unit_type.is_empty() {
        query = query.filter(C::UnitType.is_in(filter.unit_type.iter().copied()));
    }
    if !filter.affiliation_level.is_empty() {
        query = query.filter(C::AffiliationLevel.is_in(filter.affiliation_level.iter().copied()));
    }
    if !filter.street_code.is_empty() {
        query = query.filter(C::StreetCode.is_in(&filter.street_code));
    }
    if let Some(handles_issues) = filter.handles_issues {
        query = query.filter(C::HandlesIssues.eq(handles_issues));
    }
    if let Some(part) = &filter.q {
        query = query.filter(C::NameKey.like(queries::containing(&name_key(part))));
    }
    // On one day a member number stands in one row, so it is the whole key.
    if let Some(cursor) = cursor {
        let last: String = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::MemberNo.gt(last));
    }
    let rows = query.order_by_asc(C::MemberNo).limit(limit + 1).all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |version| version.member_no.clone())
}
