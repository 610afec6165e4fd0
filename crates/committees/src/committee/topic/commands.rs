//! Proposing a topic to the council, and following it (Articles 13 and 20).

use gongjian_governance::body::{self, BodyId, COUNCIL};
use gongjian_governance::decision::{DecisionId, queries as decisions, require_effective};
use gongjian_governance::meeting::{self, AgendaItemId};
use gongjian_governance::office::queries::lead_unit;
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Permission, Refusal, Result, Say, Target, Text, Work};
use serde_json::json;

use super::{CommitteeTopic, CommitteeTopicAction as Action, CommitteeTopicId, CommitteeTopicStatus, store};
use crate::committee::action::{Affair, COMMITTEE_TOPIC_FOLLOW, COMMITTEE_TOPIC_PROPOSE, COMMITTEE_TOPIC_READ};
use crate::committee::commands::standing;
use crate::committee::event::{TOPIC_DECIDED, TOPIC_NOT_TAKEN, TOPIC_PLACED, TOPIC_PROPOSED, TOPIC_WITHDRAWN};
use crate::committee::fault::{NOT_THE_COUNCILS, TOPIC_NOT_FOUND, TOPIC_NOT_OPEN};

/// What a committee brings before the council.
#[derive(Debug, Clone)]
pub struct NewCommitteeTopic {
    pub title: Text<2, 200>,
    pub detail: Text<2, 2000>,
}

/// A director proposes it.
pub async fn propose(work: &mut Work<'_>, id: BodyId, new: NewCommitteeTopic) -> Result<CommitteeTopic> {
    let body = crate::committee::commands::lock(work, id).await?;
    work.authorize(&COMMITTEE_TOPIC_PROPOSE, &COMMITTEE_TOPIC_PROPOSE, &Affair::of(&body))?;
    standing(work, &body)?;
    let topic = CommitteeTopic {
        id: work.new_id(),
        body_id: body.id,
        title: new.title.into_string(),
        detail: new.detail.into_string(),
        status: CommitteeTopicStatus::Proposed,
        proposed_by: work.actor().person.map(PersonId),
        proposed_at: work.now(),
        meeting_id: None,
        agenda_item_id: None,
        decision_id: None,
        decision_number: None,
        reason: None,
        ended_at: None,
        version: 1,
    };
    store::insert(work, &topic).await?;
    let data = json!({ "committee": body.code, "title": topic.title });
    work.record(Event::new(&TOPIC_PROPOSED, topic.id.0, data));
    Ok(topic)
}

/// The secretariat places it: an item of the agenda of a meeting of the council.
pub async fn place(
    work: &mut Work<'_>,
    target: Target<CommitteeTopicId>,
    item: AgendaItemId,
) -> Result<CommitteeTopic> {
    let before = open(work, target, &COMMITTEE_TOPIC_FOLLOW).await?;
    let mut after = step(&before, Action::Place)?;
    let foreign = || Refusal::of(&NOT_THE_COUNCILS).at("/agenda_item_id");
    let item = meeting::queries::item(work.tx(), item).await?.ok_or_else(foreign)?;
    let meeting = meeting::get(work.tx(), item.meeting_id).await?;
    if meeting.body_id != COUNCIL {
        return Err(foreign());
    }
    after.meeting_id = Some(meeting.id);
    after.agenda_item_id = Some(item.id);
    let data = json!({ "meeting_id": meeting.id, "agenda_item_id": item.id });
    save(work, &before, after, &TOPIC_PLACED, data).await
}

/// The council has decided on it, with effect.
pub async fn decide(
    work: &mut Work<'_>,
    target: Target<CommitteeTopicId>,
    decision: DecisionId,
) -> Result<CommitteeTopic> {
    let before = open(work, target, &COMMITTEE_TOPIC_FOLLOW).await?;
    let mut after = step(&before, Action::Decide)?;
    let found = decisions::find(work.tx(), decision).await.map_err(|refusal| refusal.at("/decision_id"))?;
    if found.body.id != COUNCIL {
        return Err(Refusal::of(&NOT_THE_COUNCILS).at("/decision_id"));
    }
    let decision = require_effective(work, decision, found.decision.matter).await?;
    after.decision_id = Some(decision.id);
    after.decision_number = decision.number;
    after.ended_at = Some(work.now());
    let data = json!({ "decision_id": after.decision_id, "number": after.decision_number });
    save(work, &before, after, &TOPIC_DECIDED, data).await
}

/// It is not taken, and the committee is told why.
pub async fn decline(
    work: &mut Work<'_>,
    target: Target<CommitteeTopicId>,
    reason: Text<2, 500>,
) -> Result<CommitteeTopic> {
    let before = open(work, target, &COMMITTEE_TOPIC_FOLLOW).await?;
    let reason = Some(reason.into_string());
    let after = CommitteeTopic { reason, ended_at: Some(work.now()), ..step(&before, Action::Decline)? };
    let data = json!({ "reason": after.reason });
    save(work, &before, after, &TOPIC_NOT_TAKEN, data).await
}

/// The committee takes it back before it is on an agenda.
pub async fn withdraw(work: &mut Work<'_>, target: Target<CommitteeTopicId>) -> Result<CommitteeTopic> {
    let before = open(work, target, &COMMITTEE_TOPIC_PROPOSE).await?;
    let after = CommitteeTopic { ended_at: Some(work.now()), ..step(&before, Action::Withdraw)? };
    save(work, &before, after, &TOPIC_WITHDRAWN, json!({})).await
}

async fn open(work: &Work<'_>, target: Target<CommitteeTopicId>, wanted: &Permission) -> Result<CommitteeTopic> {
    let topic = store::lock(work, target.id).await?;
    let body = body::get(work.tx(), topic.body_id).await?;
    let affair = Affair {
        lead: lead_unit(work.tx(), body.id, work.today()).await?,
        unknown: &TOPIC_NOT_FOUND,
        subject: ("committee_topic", Some(topic.id.0)),
        ..Affair::of(&body)
    };
    work.authorize(wanted, &COMMITTEE_TOPIC_READ, &affair)?;
    target.is_current(topic.version)?;
    Ok(topic)
}

async fn save(
    work: &mut Work<'_>,
    before: &CommitteeTopic,
    after: CommitteeTopic,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<CommitteeTopic> {
    work.update::<store::row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

/// The topic after the action.
fn step(before: &CommitteeTopic, action: Action) -> Result<CommitteeTopic> {
    let status = before.status.next(action).ok_or_else(|| {
        let (told, wanted) = (before.status.label(), action.label());
        let detail = Say::new(
            format!("该议题现为“{}”，不能“{}”。", told.zh, wanted.zh),
            format!("The topic is “{}”; “{}” cannot be done now.", told.en, wanted.en),
        );
        Refusal::new(&TOPIC_NOT_OPEN, detail)
    })?;
    Ok(CommitteeTopic { status, version: before.version + 1, ..before.clone() })
}
