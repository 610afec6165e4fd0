//! Where something lies before a body: a meeting, an item of its agenda. Both may be open still.

use chrono::{DateTime, Utc};
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::EntityTrait as _;

use crate::decision::{Decision, Matter, MethodKind};
use crate::meeting::store::agenda_item;
use crate::meeting::{self, AgendaItemId, MeetingId};

#[derive(Debug, Clone, Copy, Default)]
pub struct Agenda {
    pub meeting: Option<MeetingId>,
    pub item: Option<AgendaItemId>,
}

impl Agenda {
    /// The meeting is that of the body which decides the matter, and the item is one of its agenda.
    pub async fn check(self, work: &Work<'_>, matter: Matter) -> Result<()> {
        let article = matter.decided_by().map(|(_, article)| article);
        let refused =
            |at: &str, zh: &str, en: &str| Err(Refusal::field(at, "not_on_the_agenda", zh, en).with_article(article));
        let Some(id) = self.meeting else {
            return match self.item {
                Some(_) => {
                    refused("/meeting_id", "应写明议程项所属的会议。", "Name the meeting that the item belongs to.")
                }
                None => Ok(()),
            };
        };
        let held = meeting::get(work.tx(), id).await.map_err(|refusal| refusal.at("/meeting_id"))?;
        let body = crate::body::get(work.tx(), held.body_id).await?;
        if matter.decided_by().is_some_and(|(kind, _)| kind != body.kind) {
            return refused(
                "/meeting_id",
                "该会议的机构无权决定此事项。",
                "The body of this meeting does not decide the matter.",
            );
        }
        let Some(item) = self.item else { return Ok(()) };
        let known = agenda_item::Entity::find_by_id(item).one(work.tx()).await?;
        if known.is_some_and(|item| item.meeting_id == id) {
            return Ok(());
        }
        refused("/agenda_item_id", "该会议没有这一议程项。", "The meeting has no such item on its agenda.")
    }
}

impl Decision {
    /// A body adopts what lies before it: a text that was submitted after the result is another one. What was
    /// decided on paper may be entered later.
    #[must_use]
    pub fn is_on_what_lay_before(&self, submitted_at: Option<DateTime<Utc>>) -> bool {
        self.method == MethodKind::Document || submitted_at.zip(self.concluded_at).is_some_and(|(at, end)| at <= end)
    }
}
