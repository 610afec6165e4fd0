//! The agenda: a tree whose items stand in order below each other (Articles 11 and 13).

use gongjian_kernel::{FieldFault, Refusal, Result, Say, Target, Text, Work};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{QueryOrder as _, entity::prelude::*};
use serde_json::json;

use crate::ballot::store::ballot;
use crate::body::BodyKind;
use crate::charter::store::row as charter;
use crate::decision::Matter;
use crate::meeting::case::{Case, unknown_as};
use crate::meeting::event::AGENDA_CHANGED;
use crate::meeting::fault::{AGENDA_FIXED, AGENDA_ITEM_NOT_FOUND, AGENDA_ITEM_USED, NOT_OF_BODY};
use crate::meeting::store::{self, agenda_item, paper, topic};
use crate::meeting::{AgendaItem, AgendaItemId, AgendaKind, Meeting, MeetingAction, MeetingId, MeetingStatus};
use crate::plan::store::row as instrument;

/// Something to be put on the agenda.
#[derive(Debug, Clone)]
pub struct NewItem {
    pub parent: Option<AgendaItemId>,
    /// Among its neighbours; behind them where none is given.
    pub position: Option<i32>,
    pub kind: AgendaKind,
    pub title: Text<1, 200>,
    pub detail: Option<Text<1, 2000>>,
    pub speaker: Option<Text<1, 50>>,
    pub matter: Option<Matter>,
    pub approves: Option<MeetingId>,
}

/// What of an item is another; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct ItemChange {
    pub parent: Option<Option<AgendaItemId>>,
    pub position: Option<i32>,
    pub title: Option<Text<1, 200>>,
    pub detail: Option<Option<Text<1, 2000>>>,
    pub speaker: Option<Option<Text<1, 50>>>,
    pub matter: Option<Option<Matter>>,
}

/// As many as one meeting can deal with, and one answer shows.
const ITEMS_AT_MOST: usize = 200;

/// Puts an item on the agenda, before the call or after it.
pub async fn add_item(work: &mut Work<'_>, target: Target<MeetingId>, new: NewItem) -> Result<(Meeting, AgendaItem)> {
    let case = Case::open(work, target, MeetingAction::SetAgenda).await?;
    let item = insert_item(work, &case.meeting, case.body.kind, new).await?;
    let data = json!({ "added": said(&item) });
    Ok((case.close(work, &AGENDA_CHANGED, data).await?, item))
}

/// The same as part of a command that has the meeting in hand.
pub(super) async fn insert_item(
    work: &Work<'_>,
    meeting: &Meeting,
    body: BodyKind,
    new: NewItem,
) -> Result<AgendaItem> {
    let items = items_of(work, meeting.id).await?;
    if items.len() >= ITEMS_AT_MOST {
        return Err(Refusal::field("/title", "too_many", "议程至多 200 项。", "An agenda has 200 items at most."));
    }
    let NewItem { parent, position, kind, title, detail, speaker, matter, approves } = new;
    let mut item = AgendaItem {
        id: work.new_id(),
        meeting_id: meeting.id,
        parent_id: parent,
        position: i32::MAX,
        kind,
        title: title.into_string(),
        detail: detail.map(Text::into_string),
        speaker: speaker.map(Text::into_string),
        matter,
        approves_meeting_id: approves,
        added_at: work.now(),
        version: 1,
    };
    check(work, meeting, body, &item).await?;
    find_place(&items, &item)?;
    item.position = make_room(work, &items, &item, position).await?;
    store::insert(work, item.clone()).await?;
    Ok(item)
}

/// Changes an item, or moves it with all that stands below it.
pub async fn change_item(work: &mut Work<'_>, target: Target<AgendaItemId>, change: ItemChange) -> Result<AgendaItem> {
    let meeting = meeting_of(work, target.id).await?;
    let unknown = unknown_as(&AGENDA_ITEM_NOT_FOUND);
    let case = Case::open(work, Target::any(meeting), MeetingAction::SetAgenda).await.map_err(unknown)?;
    let before = store::lock_row::<agenda_item::Entity>(work, target.id, &AGENDA_ITEM_NOT_FOUND).await?;
    target.is_current(before.version)?;
    let ItemChange { parent, position, title, detail, speaker, matter } = change;
    let mut after = before.clone();
    after.version += 1;
    after.title = title.map_or(after.title, Text::into_string);
    after.detail = detail.map_or(after.detail, |detail| detail.map(Text::into_string));
    after.speaker = speaker.map_or(after.speaker, |speaker| speaker.map(Text::into_string));
    after.matter = matter.unwrap_or(after.matter);
    after.parent_id = parent.unwrap_or(after.parent_id);
    check(work, &case.meeting, case.body.kind, &after).await?;
    if parent.is_some() || position.is_some() {
        let items: Vec<_> = items_of(work, case.meeting.id).await?;
        find_place(&items, &after)?;
        let others: Vec<_> = items.into_iter().filter(|other| other.id != after.id).collect();
        after.position = make_room(work, &others, &after, position).await?;
    }
    work.update::<agenda_item::Entity>(&before, &after).await?;
    let data = json!({ "before": said(&before), "after": said(&after) });
    case.close(work, &AGENDA_CHANGED, data).await?;
    Ok(after)
}

/// Takes an item off, as long as nobody has been told of it and nothing rests on it.
pub async fn remove_item(work: &mut Work<'_>, target: Target<AgendaItemId>) -> Result<Meeting> {
    let meeting = meeting_of(work, target.id).await?;
    let unknown = unknown_as(&AGENDA_ITEM_NOT_FOUND);
    let case = Case::open(work, Target::any(meeting), MeetingAction::SetAgenda).await.map_err(unknown)?;
    let item = store::lock_row::<agenda_item::Entity>(work, target.id, &AGENDA_ITEM_NOT_FOUND).await?;
    target.is_current(item.version)?;
    if case.meeting.status != MeetingStatus::Planned {
        return Err(Refusal::of(&AGENDA_FIXED));
    }
    let db = work.tx();
    let is_used = agenda_item::Entity::find().filter(agenda_item::Column::ParentId.eq(item.id)).exists(db).await?
        || paper::Entity::find().filter(paper::Column::AgendaItemId.eq(item.id)).exists(db).await?
        || topic::Entity::find().filter(topic::Column::AgendaItemId.eq(item.id)).exists(db).await?
        || ballot::Entity::find().filter(ballot::Column::AgendaItemId.eq(item.id)).exists(db).await?
        || charter::Entity::find().filter(charter::Column::AgendaItemId.eq(item.id)).exists(db).await?
        || instrument::Entity::find().filter(instrument::Column::AgendaItemId.eq(item.id)).exists(db).await?;
    if is_used {
        return Err(Refusal::of(&AGENDA_ITEM_USED));
    }
    agenda_item::Entity::delete_by_id(item.id).exec(work.tx()).await?;
    let data = json!({ "removed": said(&item) });
    case.close(work, &AGENDA_CHANGED, data).await
}

pub(super) async fn meeting_of(work: &Work<'_>, item: AgendaItemId) -> Result<MeetingId> {
    let item = agenda_item::Entity::find_by_id(item).one(work.tx()).await?;
    item.map(|item| item.meeting_id).ok_or_else(|| Refusal::of(&AGENDA_ITEM_NOT_FOUND))
}

async fn items_of(work: &Work<'_>, meeting: MeetingId) -> Result<Vec<AgendaItem>> {
    Ok(agenda_item::Entity::find()
        .filter(agenda_item::Column::MeetingId.eq(meeting))
        .order_by_asc(agenda_item::Column::Position)
        .order_by_asc(agenda_item::Column::Id)
        .all(work.tx())
        .await?)
}

/// Articles 11 and 13: what the charter gives to one body stands on the agenda of no other, and is not decided
/// elsewhere (domain.md §1.6, A6).
async fn check(work: &Work<'_>, meeting: &Meeting, body: BodyKind, item: &AgendaItem) -> Result<()> {
    let of_matter = item.matter.and_then(Matter::decided_by);
    for (owner, article) in item.kind.only_of().into_iter().chain(of_matter) {
        if owner != body {
            let (zh, en) = (owner.label().zh, owner.label().en);
            let detail = Say::new(
                format!("该事项由{zh}审议（第{article}条）。"),
                format!("It belongs to the {} (Article {article}).", en.to_lowercase()),
            );
            return Err(Refusal::new(&NOT_OF_BODY, detail).with_article(Some(article)));
        }
    }
    let approves = match (item.kind, item.approves_meeting_id) {
        (AgendaKind::MinutesApproval, Some(approved)) => store::get(work.tx(), approved)
            .await
            .is_ok_and(|approved| approved.body_id == meeting.body_id && approved.id != meeting.id),
        (AgendaKind::MinutesApproval, None) => false,
        (_, approved) => approved.is_none(),
    };
    if approves {
        return Ok(());
    }
    let zh = "审定纪要的议程须指明本机构的另一次会议，其他议程不填。";
    let en = "An approval of minutes names another meeting of the body; other items name none.";
    Err(Refusal::field("/approves_meeting_id", "not_allowed", zh, en))
}

/// The item stands below one of the same meeting, and not below itself.
fn find_place(items: &[AgendaItem], item: &AgendaItem) -> Result<()> {
    let mut above = item.parent_id;
    for _ in 0..=items.len() {
        let Some(parent) = above else { return Ok(()) };
        if parent == item.id {
            break;
        }
        let Some(found) = items.iter().find(|other| other.id == parent) else { break };
        above = found.parent_id;
    }
    let detail =
        Say::fixed("上级议程不在本次会议中，或在该项之下。", "The parent is not of this meeting, or lies below.");
    Err(Refusal::invalid(vec![FieldFault::body("/parent_id", AGENDA_ITEM_NOT_FOUND.code, detail)]))
}

/// The position that makes the item the n-th among its neighbours, the last where none is wanted; those behind it
/// step back. `others` are in order.
async fn make_room(work: &Work<'_>, others: &[AgendaItem], item: &AgendaItem, wanted: Option<i32>) -> Result<i32> {
    let neighbours: Vec<&AgendaItem> = others.iter().filter(|other| other.parent_id == item.parent_id).collect();
    let before = wanted.map_or(neighbours.len(), |nth| usize::try_from(nth - 1).unwrap_or(0));
    let Some(next) = neighbours.get(before) else {
        return Ok(neighbours.last().map_or(1, |last| last.position + 1));
    };
    let behind = neighbours[before..].iter().map(|other| other.id);
    agenda_item::Entity::update_many()
        .col_expr(agenda_item::Column::Position, Expr::col(agenda_item::Column::Position).add(1))
        .filter(agenda_item::Column::Id.is_in(behind))
        .exec(work.tx())
        .await?;
    Ok(next.position)
}

fn said(item: &AgendaItem) -> serde_json::Value {
    json!({
        "id": item.id, "parent_id": item.parent_id, "position": item.position, "kind": item.kind,
        "title": item.title, "matter": item.matter, "approves_meeting_id": item.approves_meeting_id,
    })
}
