//! The audit trail, for the audit administrator alone (GB/T 22239 8.1.4.3, 8.1.5; domain.md §7.1, §7.2). Reading,
//! exporting and verifying it is on record: one row for each act. Nothing changes or deletes a row.

mod action;
mod verification;

use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::audit::{self, HistoryRow, TrailFilter};
use gongjian_kernel::page::Page;
use gongjian_kernel::{Act, Event, Permission, Refusal, Result, Store, write};
use sea_orm::{QuerySelect as _, entity::prelude::*};
use serde_json::{Value, json};

use crate::account::store::row as account;
use crate::person::PersonId;
use action::{EXPORTED, READ};

pub use action::{
    EXPORT_TOO_LARGE, PERMISSIONS, TRAIL_EVENTS, TRAIL_EXPORT, TRAIL_FAULTS, TRAIL_READ, TRAIL_ROW_NOT_FOUND,
    TRAIL_VERIFY,
};
pub use verification::{
    Examination, Order, Verification, VerificationId, VerificationStatus, examine, get_verification,
    list_verifications, note,
};

/// The most rows that one export holds.
pub const MOST_EXPORTED: u64 = 100_000;

/// Which rows, and of which person.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub rows: TrailFilter,
    pub person: Option<PersonId>,
}

impl Wanted {
    /// The same, with the accounts of the person in his place.
    async fn resolved(self, store: &Store) -> Result<TrailFilter> {
        let Some(person) = self.person else { return Ok(self.rows) };
        let accounts = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::PersonId.eq(person))
            .into_tuple()
            .all(store.db.reader())
            .await?;
        Ok(TrailFilter { actors: Some(accounts), ..self.rows })
    }
}

/// One page of the trail, newest first.
pub async fn list(
    store: &Store,
    act: &Act,
    wanted: Wanted,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<HistoryRow>> {
    may(act, &TRAIL_READ)?;
    let filter = wanted.resolved(store).await?;
    let page = audit::page(store.db.reader(), &store.keys, &filter, limit, cursor).await?;
    let read = json!({ "filter": asked(&filter)?, "rows": page.rows.len() });
    on_record(store, act, Event::new(&READ, Uuid::nil(), read)).await?;
    Ok(page)
}

/// One row of the trail.
pub async fn get(store: &Store, act: &Act, id: Uuid) -> Result<HistoryRow> {
    may(act, &TRAIL_READ)?;
    let row = audit::find(store.db.reader(), id).await?.ok_or_else(|| Refusal::of(&TRAIL_ROW_NOT_FOUND))?;
    on_record(store, act, Event::new(&READ, id, json!({ "seq": row.seq }))).await?;
    Ok(row)
}

/// What an export is to hold, bounded and on record before its first row goes out. [`audit::batch`] reads it.
pub async fn export(store: &Store, act: &Act, wanted: Wanted) -> Result<TrailFilter> {
    may(act, &TRAIL_EXPORT)?;
    let mut filter = wanted.resolved(store).await?;
    // What is written meanwhile, this very export among it, is not part of it.
    filter.up_to = Some(audit::checkpoint(store.db.reader()).await?.seq);
    let rows = audit::count(store.db.reader(), &filter, MOST_EXPORTED).await?;
    let rows = rows.ok_or_else(|| Refusal::of(&EXPORT_TOO_LARGE))?;
    let exported = json!({ "filter": asked(&filter)?, "rows": rows });
    on_record(store, act, Event::new(&EXPORTED, Uuid::nil(), exported)).await?;
    Ok(filter)
}

fn may(act: &Act, permission: &Permission) -> Result<()> {
    authorize(&act.actor, permission, permission, &Association)
}

/// The conditions that were named.
fn asked(filter: &TrailFilter) -> Result<Value> {
    let mut asked = serde_json::to_value(filter)?;
    if let Some(conditions) = asked.as_object_mut() {
        conditions.retain(|_, value| !value.is_null() && *value != json!([]));
    }
    Ok(asked)
}

/// What cannot be put on record is not shown.
async fn on_record(store: &Store, act: &Act, event: Event) -> Result<()> {
    write(store, act, async |work| {
        work.record(event.clone());
        Ok(())
    })
    .await
}
