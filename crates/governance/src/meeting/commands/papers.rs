//! Papers of a meeting: where they are to be found, or what they say.

use gongjian_kernel::{Refusal, Result, Target, Text, Work};
use sea_orm::entity::prelude::*;
use serde_json::json;

use crate::meeting::case::{Case, unknown_as};
use crate::meeting::event::{PAPER_LISTED, PAPER_REMOVED};
use crate::meeting::fault::{AGENDA_ITEM_NOT_FOUND, PAPER_NOT_FOUND};
use crate::meeting::store::{self, agenda_item, paper};
use crate::meeting::{AgendaItemId, Meeting, MeetingAction, MeetingId, Paper, PaperId};

/// A paper to be listed; it says where the document is, or what it says.
#[derive(Debug, Clone)]
pub struct NewPaper {
    pub agenda_item: Option<AgendaItemId>,
    pub title: Text<1, 200>,
    pub reference: Option<Text<1, 200>>,
    pub content: Option<Text<1, 20000>>,
}

const PAPERS_AT_MOST: u64 = 200;

/// Article 9(2): those who take part know what is before them.
pub async fn list_paper(work: &mut Work<'_>, target: Target<MeetingId>, new: NewPaper) -> Result<(Meeting, Paper)> {
    let case = Case::open(work, target, MeetingAction::SetAgenda).await?;
    if new.reference.is_none() && new.content.is_none() {
        let zh = "填写文号（存放位置）或正文。";
        return Err(Refusal::field("/reference", "required", zh, "Give the document's reference or its text."));
    }
    if let Some(item) = new.agenda_item {
        let known = agenda_item::Entity::find_by_id(item)
            .filter(agenda_item::Column::MeetingId.eq(case.meeting.id))
            .exists(work.tx())
            .await?;
        if !known {
            return Err(Refusal::of(&AGENDA_ITEM_NOT_FOUND).at("/agenda_item_id"));
        }
    }
    let listed = paper::Entity::find().filter(paper::Column::MeetingId.eq(case.meeting.id)).count(work.tx()).await?;
    if listed >= PAPERS_AT_MOST {
        return Err(Refusal::field("/title", "too_many", "材料至多 200 件。", "There are 200 papers at most."));
    }
    let paper = Paper {
        id: work.new_id(),
        meeting_id: case.meeting.id,
        agenda_item_id: new.agenda_item,
        title: new.title.into_string(),
        reference: new.reference.map(Text::into_string),
        content: new.content.map(Text::into_string),
        listed_at: work.now(),
    };
    store::insert(work, paper.clone()).await?;
    let data = json!({ "paper_id": paper.id, "title": paper.title, "reference": paper.reference });
    Ok((case.close(work, &PAPER_LISTED, data).await?, paper))
}

/// Takes a paper off the list; what the notice said stays in the notice.
pub async fn remove_paper(work: &mut Work<'_>, target: Target<PaperId>) -> Result<Meeting> {
    let known = paper::Entity::find_by_id(target.id).one(work.tx()).await?;
    let known = known.ok_or_else(|| Refusal::of(&PAPER_NOT_FOUND))?;
    let meeting = Target { id: known.meeting_id, version: target.version };
    let unknown = unknown_as(&PAPER_NOT_FOUND);
    let case = Case::open(work, meeting, MeetingAction::SetAgenda).await.map_err(unknown)?;
    let paper = store::lock_row::<paper::Entity>(work, target.id, &PAPER_NOT_FOUND).await?;
    paper::Entity::delete_by_id(paper.id).exec(work.tx()).await?;
    let data = json!({ "paper_id": paper.id, "title": paper.title });
    case.close(work, &PAPER_REMOVED, data).await
}
