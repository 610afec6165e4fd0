//! Reading meetings. Who may read is asked of the meeting, and part of every `WHERE`.

mod attendance;
mod list;
mod minutes;
mod papers;
mod parts;

pub use attendance::{RollLine, mandates, receipts, roll};
pub use list::{MeetingFilter, list};
pub use minutes::{MinutesOnFile, minutes};
pub use papers::{papers, topic, topics};
pub use parts::{Part, may_part};

use chrono::{DateTime, Utc};
use gongjian_kernel::actor::{Actor, authorize};
use gongjian_kernel::{Permission, Result, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Deserialize;

use super::action::{READ, Sight};
use super::floor::floor;
use super::store::{self, agenda_item, excuse, paper, receipt};
use super::{AgendaItem, AgendaItemId, Meeting, MeetingId, PaperId};
use crate::body::{self, Elector};

/// Who has a voice and who of them is there: counted live until the close, as it was counted then afterwards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Count {
    pub electors: usize,
    pub present: usize,
    pub excused: usize,
    pub absent: usize,
    /// Once it is closed: who was still there then.
    pub present_at_close: Option<usize>,
}

/// A paper without its text.
pub type PaperTitle = (PaperId, Option<AgendaItemId>, String, Option<String>);

/// A meeting with what is shown of it.
#[derive(Debug, Clone)]
pub struct MeetingOnFile {
    pub meeting: Meeting,
    pub sight: Sight,
    pub electors: Vec<Elector>,
    /// In the order of the tree, each with its number.
    pub agenda: Vec<(String, AgendaItem)>,
    pub papers: Vec<PaperTitle>,
    pub count: Count,
    pub read_by: u64,
}

pub async fn find(db: &impl ConnectionTrait, id: MeetingId, now: DateTime<Utc>) -> Result<MeetingOnFile> {
    let meeting = store::get(db, id).await?;
    let body = body::get(db, meeting.body_id).await?;
    let floor = floor(db, &meeting, now).await?;
    let items = agenda_item::Entity::find().filter(agenda_item::Column::MeetingId.eq(id)).all(db).await?;
    let papers = paper::Entity::find()
        .select_only()
        .columns([paper::Column::Id, paper::Column::AgendaItemId, paper::Column::Title, paper::Column::Reference])
        .filter(paper::Column::MeetingId.eq(id))
        .order_by_asc(paper::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let read_by = receipt::Entity::find().filter(receipt::Column::MeetingId.eq(id)).count(db).await?;
    let count = match &meeting.arithmetic {
        Some(counted) => serde_json::from_str(counted)?,
        None => {
            let excuses = excuse::Entity::find().filter(excuse::Column::MeetingId.eq(id)).all(db).await?;
            let has_voice = |key: &str| floor.electors.iter().any(|elector| elector.key == key);
            let excused = excuses.iter().map(|it| it.elector_key.as_str());
            let excused = excused.filter(|key| !floor.present.contains(*key) && has_voice(key)).count();
            let (electors, present) = (floor.electors.len(), floor.present.len());
            Count { electors, present, excused, absent: electors - present - excused, present_at_close: None }
        }
    };
    let sight = Sight::of(&meeting, body, &floor.electors);
    Ok(MeetingOnFile { meeting, sight, electors: floor.electors, agenda: in_order(items), papers, count, read_by })
}

/// The meeting, for one who holds the permission over it.
pub async fn get_for(store: &Store, actor: &Actor, wanted: &Permission, id: MeetingId) -> Result<MeetingOnFile> {
    let found = find(store.db.reader(), id, store.now()).await?;
    authorize(actor, wanted, &READ, &found.sight)?;
    Ok(found)
}

/// Whether the actor holds the permission over the meeting.
pub async fn may(store: &Store, actor: &Actor, wanted: &Permission, id: MeetingId) -> Result<()> {
    let db = store.db.reader();
    let meeting = store::get(db, id).await?;
    let body = body::get(db, meeting.body_id).await?;
    let electors = body::electorate(db, &body, store.now()).await?;
    authorize(actor, wanted, &READ, &Sight::of(&meeting, body, &electors))
}

/// The tree from top to bottom: each item before those below it, with its number, such as 2.1.
fn in_order(mut items: Vec<AgendaItem>) -> Vec<(String, AgendaItem)> {
    items.sort_by_key(|item| (item.position, item.id));
    let mut ordered = Vec::with_capacity(items.len());
    below(&items, None, "", &mut ordered);
    ordered
}

fn below(items: &[AgendaItem], parent: Option<AgendaItemId>, number: &str, ordered: &mut Vec<(String, AgendaItem)>) {
    for (at, item) in (1..).zip(items.iter().filter(|item| item.parent_id == parent)) {
        let number: String = if number.is_empty() { format!("{at}") } else { format!("{number}.{at}") };
        ordered.push((number.clone(), item.clone()));
        below(items, Some(item.id), &number, ordered);
    }
}

/// The item of an agenda, with the meeting that it belongs to.
pub async fn item(db: &impl ConnectionTrait, id: AgendaItemId) -> Result<Option<AgendaItem>> {
    Ok(agenda_item::Entity::find_by_id(id).one(db).await?)
}
