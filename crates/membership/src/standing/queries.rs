//! Reading passbooks. Who may read is part of the `WHERE`.

use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::STANDING_READ;
use super::fault::STANDING_LINE_NOT_FOUND;
use super::store::{dispute, line};
use super::{Dispute, Line, LineId, LineStatus};
use crate::action::{UNIT_READ, own_units};
use crate::fault::UNIT_NOT_FOUND;
use crate::unit::{UnitId, queries as units};

/// A line with what was said against it, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOnFile {
    pub line: Line,
    pub disputes: Vec<Dispute>,
}

/// What a unit has used and done in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passbook {
    pub unit_id: UnitId,
    pub year: i32,
    /// By kind, without what was withdrawn.
    pub tallies: Vec<Tally>,
    /// The latest lines, as many as were asked for.
    pub lines: Vec<Line>,
    pub has_more_lines: bool,
}

/// The lines of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub kind: String,
    pub lines: i64,
    pub quantity: i64,
    pub disputed: i64,
}

/// What a list of lines is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LineFilter {
    pub unit_id: Option<uuid::Uuid>,
    pub year: Option<i32>,
    pub kind: Vec<String>,
    pub status: Vec<LineStatus>,
}

pub async fn find(db: &impl ConnectionTrait, id: LineId) -> Result<Option<LineOnFile>> {
    let Some(line) = line::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let of_line = dispute::Entity::find().filter(dispute::Column::LineId.eq(id));
    let disputes = of_line.order_by_asc(dispute::Column::Id).all(db).await?;
    Ok(Some(LineOnFile { line, disputes }))
}

pub async fn get(store: &Store, actor: &Actor, id: LineId) -> Result<LineOnFile> {
    let found = find(store.db.reader(), id).await?.ok_or_else(|| Refusal::of(&STANDING_LINE_NOT_FOUND))?;
    authorize(actor, &STANDING_READ, &STANDING_READ, &found.line)?;
    Ok(found)
}

/// The passbook of a unit for a year, with so many of its latest lines.
pub async fn passbook(store: &Store, actor: &Actor, id: UnitId, year: i32, lines: u64) -> Result<Passbook> {
    let db = store.db.reader();
    let unit = units::find(db, id).await?.ok_or_else(|| Refusal::of(&UNIT_NOT_FOUND))?;
    authorize(actor, &STANDING_READ, &UNIT_READ, &unit)?;
    let of_year = || line::Entity::find().filter(line::Column::UnitId.eq(id).and(line::Column::Year.eq(year)));
    let mut latest = of_year().order_by_desc(line::Column::Id).limit(lines + 1).all(db).await?;
    let lines = usize::try_from(lines).unwrap_or(usize::MAX);
    let has_more_lines = latest.len() > lines;
    latest.truncate(lines);
    let sums: Vec<(String, LineStatus, i64, i64)> = of_year()
        .select_only()
        .columns([line::Column::Kind, line::Column::Status])
        .column_as(line::Column::Id.count(), "lines")
        .column_as(line::Column::Quantity.sum(), "quantity")
        .group_by(line::Column::Kind)
        .group_by(line::Column::Status)
        .order_by_asc(line::Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    Ok(Passbook { unit_id: id, year, tallies: tallied(sums), lines: latest, has_more_lines })
}

fn tallied(sums: Vec<(String, LineStatus, i64, i64)>) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for (kind, status, lines, quantity) in sums.into_iter().filter(|(_, status, ..)| status.counts()) {
        let disputed = if status == LineStatus::Disputed { lines } else { 0 };
        match tallies.last_mut().filter(|last| last.kind == kind) {
            Some(tally) => {
                tally.lines += lines;
                tally.quantity += quantity;
                tally.disputed += disputed;
            }
            None => tallies.push(Tally { kind, lines, quantity, disputed }),
        }
    }
    tallies
}

/// One page of lines, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &LineFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Line>> {
    let sealed_for = serde_json::to_string(&("standing-lines", filter))?;
    let mut query = line::Entity::find().order_by_desc(line::Column::Id).limit(limit + 1);
    if !actor.may(&STANDING_READ, &Association) {
        let own = own_units(actor, &STANDING_READ);
        if own.is_empty() {
            authorize(actor, &STANDING_READ, &STANDING_READ, &Association)?;
        }
        query = query.filter(line::Column::UnitId.is_in(own));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(line::Column::UnitId.eq(unit));
    }
    if let Some(year) = filter.year {
        query = query.filter(line::Column::Year.eq(year));
    }
    if !filter.kind.is_empty() {
        query = query.filter(line::Column::Kind.is_in(&filter.kind));
    }
    if !filter.status.is_empty() {
        query = query.filter(line::Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: LineId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(line::Column::Id.lt(before));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |line| line.id)
}
