//! Reading briefings, and who has read them. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use gongjian_membership::UnitId;
use gongjian_membership::action::own_units;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{Condition, ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::{BRIEFING_READ, BRIEFING_READERS, Told};
use super::fault::BRIEFING_NOT_FOUND;
use super::store::{self, reader, row};
use super::{AudienceKind, Briefing, BriefingId, BriefingStatus};
use crate::acting;

/// A briefing as one reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefingOnFile {
    pub briefing: Briefing,
    pub drafter: Option<String>,
    pub issuer: Option<String>,
    /// The briefing that corrects this one, once it is out.
    pub replaced_by: Option<BriefingId>,
    /// Those of the reader's units that it was addressed to by name.
    pub addressed: Vec<UnitId>,
    /// When the reader's unit signed it.
    pub read_at: Option<DateTime<Utc>>,
    /// How many units were expected to read, and how many of them have; for those who keep the file.
    pub readership: Option<Readership>,
}

/// Counts of the frozen audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readership {
    pub expected: i64,
    pub read: i64,
    /// Units that joined later and have read.
    pub others: i64,
}

impl Readership {
    /// `None` where nobody was expected.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        (self.expected > 0).then(|| self.read as f64 / self.expected as f64)
    }
}

/// A unit that is expected to read or has read, with the name of whoever read for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderOnFile {
    pub reader: store::reader::Model,
    pub person: Option<String>,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BriefingFilter {
    pub status: Vec<BriefingStatus>,
    pub audience: Vec<AudienceKind>,
    /// Whether a unit of the caller has read it.
    pub read: Option<bool>,
}

/// The briefing as the actor sees it, whoever he is: for the answer to a command.
pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: BriefingId) -> Result<Option<BriefingOnFile>> {
    let Some(found) = row::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(on_file(db, actor, vec![found]).await?.pop())
}

pub async fn get(store: &Store, actor: &Actor, id: BriefingId) -> Result<BriefingOnFile> {
    let found = find(store.db.reader(), actor, id).await?.ok_or_else(|| Refusal::of(&BRIEFING_NOT_FOUND))?;
    let told = Told { briefing: &found.briefing, units: &found.addressed };
    authorize(actor, &BRIEFING_READ, &BRIEFING_READ, &told)?;
    Ok(found)
}

/// What of all briefings the actor may see.
fn visible(actor: &Actor) -> Result<Condition> {
    if acting::sees_all(actor, &BRIEFING_READ) {
        return Ok(Condition::all());
    }
    authorize_somehow(actor)?;
    let out = row::Column::Status.is_in([BriefingStatus::Issued, BriefingStatus::Withdrawn]);
    let own = own_units(actor, &BRIEFING_READ);
    if actor.holds(gongjian_identity::Role::CouncilMember.as_str()) {
        return Ok(Condition::all().add(out));
    }
    let told = Condition::any()
        .add(row::Column::AudienceKind.eq(AudienceKind::AllMembers))
        .add(row::Column::Id.in_subquery(of_units(own)));
    Ok(Condition::all().add(out).add(told))
}

/// Whoever has no office at all that reads briefings is told so.
fn authorize_somehow(actor: &Actor) -> Result<()> {
    if actor.has_some(&BRIEFING_READ) {
        return Ok(());
    }
    authorize(actor, &BRIEFING_READ, &BRIEFING_READ, &Association)
}

fn of_units(units: Vec<Uuid>) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(reader::Column::BriefingId)
        .from(reader::Entity)
        .and_where(reader::Column::UnitId.is_in(units))
        .to_owned()
}

/// One page of briefings, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &BriefingFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<BriefingOnFile>> {
    use row::Column as C;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("briefings", filter))?;
    let mut query = row::Entity::find().filter(visible(actor)?).order_by_desc(C::Id).limit(limit + 1);
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if !filter.audience.is_empty() {
        query = query.filter(C::AudienceKind.is_in(filter.audience.iter().copied()));
    }
    if let Some(read) = filter.read {
        let mut signed = of_units(actor.units().collect());
        signed.and_where(reader::Column::ReadAt.is_not_null());
        query = query.filter(if read { C::Id.in_subquery(signed) } else { C::Id.not_in_subquery(signed) });
    }
    if let Some(cursor) = cursor {
        let before: BriefingId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: on_file(db, actor, page.rows).await?, next_cursor: page.next_cursor })
}

/// One page of the units that were expected to read or have read, by unit.
pub async fn readers(
    store: &Store,
    actor: &Actor,
    id: BriefingId,
    read: Option<bool>,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ReaderOnFile>> {
    use reader::Column as C;
    let db = store.db.reader();
    let found = find(db, actor, id).await?.ok_or_else(|| Refusal::of(&BRIEFING_NOT_FOUND))?;
    let told = Told { briefing: &found.briefing, units: &found.addressed };
    authorize(actor, &BRIEFING_READERS, &BRIEFING_READ, &told)?;
    let sealed_for = serde_json::to_string(&("briefing_readers", id, read))?;
    let mut query = reader::Entity::find().filter(C::BriefingId.eq(id)).order_by_asc(C::UnitId).limit(limit + 1);
    if let Some(read) = read {
        query = query.filter(if read { C::ReadAt.is_not_null() } else { C::ReadAt.is_null() });
    }
    if let Some(cursor) = cursor {
        let after: UnitId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::UnitId.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.unit_id)?;
    let names = names(db, page.rows.iter().filter_map(|row| row.read_by)).await?;
    let rows = page.rows.into_iter().map(|reader| {
        let person = reader.read_by.and_then(|id| names.get(&id).cloned());
        ReaderOnFile { reader, person }
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

/// When the last briefing went out: what the next one is counted from (Article 2, 「定期」).
pub async fn last_issued(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    let last = row::Entity::find()
        .filter(row::Column::Status.eq(BriefingStatus::Issued))
        .order_by_desc(row::Column::IssuedAt)
        .one(db)
        .await?;
    Ok(last.and_then(|last| last.issued_at))
}

pub(super) async fn names(
    db: &impl ConnectionTrait,
    persons: impl IntoIterator<Item = PersonId>,
) -> Result<HashMap<PersonId, String>> {
    Ok(person::list(db, persons).await?.into_iter().map(|person| (person.id, person.name)).collect())
}

/// A fixed number of queries for a page.
async fn on_file(db: &impl ConnectionTrait, actor: &Actor, rows: Vec<Briefing>) -> Result<Vec<BriefingOnFile>> {
    let ids: Vec<BriefingId> = rows.iter().map(|row| row.id).collect();
    let names = names(db, rows.iter().flat_map(|row| [row.drafted_by, row.issued_by]).flatten()).await?;
    let corrections = row::Entity::find()
        .filter(row::Column::ReplacesId.is_in(ids.iter().copied()))
        .filter(row::Column::Status.is_in([BriefingStatus::Issued, BriefingStatus::Withdrawn]))
        .all(db)
        .await?;
    let own: Vec<UnitId> = actor.units().map(UnitId).collect();
    let mine = reader::Entity::find()
        .filter(reader::Column::BriefingId.is_in(ids.iter().copied()))
        .filter(reader::Column::UnitId.is_in(own))
        .all(db)
        .await?;
    let counts = if actor.may(&BRIEFING_READERS, &Association) { Some(readerships(db, &ids).await?) } else { None };
    let on_file = |briefing: Briefing| BriefingOnFile {
        drafter: briefing.drafted_by.and_then(|id| names.get(&id).cloned()),
        issuer: briefing.issued_by.and_then(|id| names.get(&id).cloned()),
        replaced_by: corrections.iter().find(|it| it.replaces_id == Some(briefing.id)).map(|it| it.id),
        addressed: mine.iter().filter(|it| it.briefing_id == briefing.id).map(|it| it.unit_id).collect(),
        read_at: mine.iter().filter(|it| it.briefing_id == briefing.id).filter_map(|it| it.read_at).min(),
        readership: counts.as_ref().map(|counts| counts.get(&briefing.id).copied().unwrap_or_default()),
        briefing,
    };
    Ok(rows.into_iter().map(on_file).collect())
}

async fn readerships(db: &impl ConnectionTrait, ids: &[BriefingId]) -> Result<HashMap<BriefingId, Readership>> {
    let rows: Vec<(BriefingId, bool, i64, i64)> = reader::Entity::find()
        .filter(reader::Column::BriefingId.is_in(ids.iter().copied()))
        .select_only()
        .columns([reader::Column::BriefingId, reader::Column::IsExpected])
        .column_as(Expr::col(reader::Column::UnitId).count(), "units")
        .column_as(Expr::col(reader::Column::ReadAt).count(), "read")
        .group_by(reader::Column::BriefingId)
        .group_by(reader::Column::IsExpected)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts: HashMap<BriefingId, Readership> = HashMap::new();
    for (id, is_expected, units, read) in rows {
        let count = counts.entry(id).or_default();
        if is_expected {
            (count.expected, count.read) = (units, read);
        } else {
            count.others = read;
        }
    }
    Ok(counts)
}
