//! Who was there, who has read the notice, who carries whose voice.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use gongjian_identity::{PersonId, person};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Result, Store};
use gongjian_membership::UnitId;
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{MeetingOnFile, get_for, may};
use crate::body::{Elector, electorate};
use crate::meeting::action::{READ_PAPERS, TAKE_ATTENDANCE};
use crate::meeting::store::{attendance, excuse, mandate, receipt, roll};
use crate::meeting::{Attendance, Mandate, MandateId, MeetingId, Presence, Receipt};

/// A voice in the list of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollLine {
    pub elector_key: String,
    pub unit_id: Option<UnitId>,
    pub name: String,
    pub state: Presence,
    pub reason: Option<String>,
    pub intervals: Vec<Attendance>,
}

/// The list by the names of the voices: as the close has frozen it, or as it is at an instant.
pub async fn roll(
    store: &Store,
    actor: &Actor,
    id: MeetingId,
    at: Option<DateTime<Utc>>,
) -> Result<(MeetingOnFile, Vec<RollLine>)> {
    let found = get_for(store, actor, &READ_PAPERS, id).await?;
    let db = store.db.reader();
    let mut intervals: HashMap<String, Vec<Attendance>> = HashMap::new();
    let all = attendance::Entity::find()
        .filter(attendance::Column::MeetingId.eq(id))
        .order_by_asc(attendance::Column::FromAt)
        .all(db)
        .await?;
    for interval in all {
        intervals.entry(interval.elector_key.clone()).or_default().push(interval);
    }
    let mut take = |key: &str| intervals.remove(key).unwrap_or_default();
    let mut lines: Vec<RollLine> = if found.meeting.closed_at.is_some() && at.is_none() {
        let frozen = roll::Entity::find().filter(roll::Column::MeetingId.eq(id)).all(db).await?;
        let line = |entry: roll::Model| RollLine {
            intervals: take(&entry.elector_key),
            elector_key: entry.elector_key,
            unit_id: entry.unit_id,
            name: entry.elector_name,
            state: entry.state,
            reason: entry.reason,
        };
        frozen.into_iter().map(line).collect()
    } else {
        let at = at.unwrap_or_else(|| store.now());
        let electors = electorate(db, &found.sight.body, at).await?;
        let excuses = excuse::Entity::find().filter(excuse::Column::MeetingId.eq(id)).all(db).await?;
        let reasons: HashMap<&str, &str> =
            excuses.iter().map(|it| (it.elector_key.as_str(), it.reason.as_str())).collect();
        let line = |elector: Elector| {
            let times = take(&elector.key);
            let is_there = |it: &Attendance| it.from_at <= at && it.until_at.is_none_or(|until| until > at);
            let reason = reasons.get(elector.key.as_str()).map(|&reason| reason.to_owned());
            let state = match (times.iter().any(is_there), &reason) {
                (true, _) => Presence::Present,
                (false, Some(_)) => Presence::Excused,
                (false, None) => Presence::Absent,
            };
            let Elector { key, unit_id, name, .. } = elector;
            RollLine { elector_key: key, unit_id, name, state, reason, intervals: times }
        };
        electors.into_iter().map(line).collect()
    };
    lines.sort_by(|one, other| one.elector_key.cmp(&other.elector_key));
    Ok((found, lines))
}

/// One page of those who have read the notice, each with his name.
pub async fn receipts(
    store: &Store,
    actor: &Actor,
    id: MeetingId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<(Receipt, Option<String>)>> {
    may(store, actor, &TAKE_ATTENDANCE, id).await?;
    let db = store.db.reader();
    let sealed_for = format!("receipts {id}");
    let mut query = receipt::Entity::find().filter(receipt::Column::MeetingId.eq(id));
    if let Some(cursor) = cursor {
        let after: Uuid = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(receipt::Column::Id.gt(after));
    }
    let rows = query.order_by_asc(receipt::Column::Id).limit(limit + 1).all(db).await?;
    let page = Page::cut(rows, limit, &store.keys, &sealed_for, |row| row.id)?;
    let persons = person::list(db, page.rows.iter().map(|row| row.person_id)).await?;
    let names: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    let rows = page.rows.into_iter().map(|row| {
        let name = names.get(&row.person_id).cloned();
        (row, name)
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

/// One page of the mandates of a meeting: all for those who keep the list, to others their own.
pub async fn mandates(
    store: &Store,
    actor: &Actor,
    id: MeetingId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Mandate>> {
    let found = get_for(store, actor, &READ_PAPERS, id).await?;
    let sealed_for = format!("mandates {id}");
    let mut query = mandate::Entity::find().filter(mandate::Column::MeetingId.eq(id));
    if !actor.may(&TAKE_ATTENDANCE, &found.sight) {
        let units: Vec<Uuid> = actor.units().collect();
        let person = actor.person.unwrap_or_default();
        query = query.filter(
            sea_orm::Condition::any()
                .add(mandate::Column::UnitId.is_in(units))
                .add(mandate::Column::GivenBy.eq(person))
                .add(mandate::Column::SubstituteId.eq(person)),
        );
    }
    if let Some(cursor) = cursor {
        let after: MandateId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(mandate::Column::Id.gt(after));
    }
    let rows = query.order_by_asc(mandate::Column::Id).limit(limit + 1).all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |row| row.id)
}
