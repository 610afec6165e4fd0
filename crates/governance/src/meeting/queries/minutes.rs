//! Article 9(2): the minutes, for those who were there when they are submitted, for all members when approved.

use gongjian_kernel::{Actor, Refusal, Result, Store};
use sea_orm::{QueryOrder as _, entity::prelude::*};

use super::{MeetingOnFile, get_for};
use crate::meeting::action::{READ, READ_PAPERS, WRITE_MINUTES};
use crate::meeting::fault::NO_MINUTES;
use crate::meeting::store::{correction, minutes, minutes_item};
use crate::meeting::{Correction, MeetingId, MeetingStatus, Minutes, MinutesItem};

/// Minutes as they stand.
#[derive(Debug, Clone)]
pub struct MinutesOnFile {
    pub found: MeetingOnFile,
    pub minutes: Minutes,
    pub items: Vec<MinutesItem>,
    /// To those who take part.
    pub corrections: Vec<Correction>,
}

pub async fn minutes(store: &Store, actor: &Actor, id: MeetingId) -> Result<MinutesOnFile> {
    let found = get_for(store, actor, &READ, id).await?;
    let takes_part = actor.may(&READ_PAPERS, &found.sight);
    let is_open = match found.meeting.status {
        MeetingStatus::Approved => true,
        MeetingStatus::Minuted => takes_part,
        MeetingStatus::Closed => actor.may(&WRITE_MINUTES, &found.sight),
        MeetingStatus::Planned | MeetingStatus::Called | MeetingStatus::Open | MeetingStatus::Cancelled => false,
    };
    let db = store.db.reader();
    let written = if is_open { minutes::Entity::find_by_id(id).one(db).await? } else { None };
    let minutes = written.ok_or_else(|| Refusal::of(&NO_MINUTES))?;
    let items = minutes_item::Entity::find().filter(minutes_item::Column::MeetingId.eq(id)).all(db).await?;
    let corrections = if takes_part {
        correction::Entity::find()
            .filter(correction::Column::MeetingId.eq(id))
            .order_by_asc(correction::Column::Id)
            .all(db)
            .await?
    } else {
        Vec::new()
    };
    Ok(MinutesOnFile { found, minutes, items, corrections })
}
