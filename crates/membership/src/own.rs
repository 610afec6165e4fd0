//! What this crate knows of somebody, for himself (个人信息保护法 45): where he was filed, and what he was
//! appointed to.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use crate::appointment::Appointment;
use crate::appointment::store::row as appointment;
use crate::unit::store::contact;
use crate::unit::{ContactKind, UnitId, queries};

/// A time as representative or liaison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFiling {
    pub unit_id: UnitId,
    pub unit_name: String,
    pub kind: ContactKind,
    pub post: String,
    pub filed_on: NaiveDate,
    pub since: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

/// The most of one kind that an export holds: the latest.
const AT_MOST: u64 = 1000;

pub async fn filings(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<OwnFiling>> {
    let rows = contact::Entity::find()
        .filter(contact::Column::PersonId.eq(person))
        .order_by_desc(contact::Column::Since)
        .limit(AT_MOST)
        .all(db)
        .await?;
    let names = queries::names(db, rows.iter().map(|row| row.unit_id)).await?;
    let filing = |row: contact::Model| OwnFiling {
        unit_name: names.get(&row.unit_id).cloned().unwrap_or_default(),
        unit_id: row.unit_id,
        kind: row.kind,
        post: row.post,
        filed_on: row.filed_on,
        since: row.since,
        until: row.until,
    };
    Ok(rows.into_iter().map(filing).collect())
}

pub async fn appointments(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Appointment>> {
    Ok(appointment::Entity::find()
        .filter(appointment::Column::PersonId.eq(person))
        .order_by_desc(appointment::Column::Since)
        .limit(AT_MOST)
        .all(db)
        .await?)
}
