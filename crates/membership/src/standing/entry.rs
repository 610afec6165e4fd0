//! Entering lines and taking them back, within the transaction of their source.

use chrono::{Datelike as _, NaiveDate};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Result, Work};
use sea_orm::sea_query::OnConflict;
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::store::{self, line};
use super::{Dispute, DisputeOutcome, Line, LineAction, LineKind, LineStatus};
use crate::unit::UnitId;

/// The record that a line comes from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub kind: &'a str,
    pub id: Uuid,
    /// Where the API shows it: `/v1/issues/…`
    pub path: &'a str,
}

/// What a line says.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    pub day: NaiveDate,
    pub title: &'a str,
    pub quantity: i32,
}

/// Enters a line. What this source has shown of the unit already is entered once: a repetition changes
/// nothing.
pub async fn enter(work: &Work<'_>, kind: &LineKind, unit: UnitId, source: Source<'_>, entry: Entry<'_>) -> Result<()> {
    enter_all(work, kind, [unit], source, entry).await
}

/// The same line for many units.
pub async fn enter_all(
    work: &Work<'_>,
    kind: &LineKind,
    units: impl IntoIterator<Item = UnitId>,
    source: Source<'_>,
    entry: Entry<'_>,
) -> Result<()> {
    let row = |unit: UnitId| Line {
        id: work.new_id(),
        unit_id: unit,
        kind: kind.name.to_owned(),
        year: entry.day.year(),
        day: entry.day,
        title: entry.title.to_owned(),
        quantity: entry.quantity,
        source_kind: source.kind.to_owned(),
        source_id: source.id,
        source_path: source.path.to_owned(),
        status: LineStatus::Valid,
        entered_at: work.now(),
        version: 1,
    };
    let once =
        OnConflict::columns([line::Column::Kind, line::Column::UnitId, line::Column::SourceId]).do_nothing().to_owned();
    let rows: Vec<line::ActiveModel> =
        units.into_iter().map(|unit| line::ActiveModel::from(row(unit)).reset_all()).collect();
    for some in rows.chunks(200) {
        let some = line::Entity::insert_many(some.to_vec()).on_conflict(once.clone());
        match some.exec_without_returning(work.tx()).await {
            Ok(_) | Err(DbErr::RecordNotInserted) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Takes a line back together with its source; a dispute over it lapses. No line, nothing to do.
pub async fn withdraw(work: &Work<'_>, kind: &LineKind, unit: UnitId, source: Uuid) -> Result<()> {
    let found = line::Entity::find()
        .filter(line::Column::Kind.eq(kind.name))
        .filter(line::Column::UnitId.eq(unit))
        .filter(line::Column::SourceId.eq(source))
        .lock_exclusive()
        .one(work.tx())
        .await?;
    let Some(before) = found else { return Ok(()) };
    let Some(status) = before.status.next(LineAction::Withdraw) else { return Ok(()) };
    let after = Line { status, version: before.version + 1, ..before.clone() };
    work.update::<line::Entity>(&before, &after).await?;
    if let Some(dispute) = store::open_dispute(work, after.id).await? {
        let lapsed = Some(DisputeOutcome::Lapsed);
        store::close_dispute(work, &Dispute { outcome: lapsed, answered_at: Some(work.now()), ..dispute }).await?;
    }
    Ok(())
}
