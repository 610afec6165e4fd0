//! 议题征集: those who have a voice propose topics, the secretariat takes them on the agenda or says why not
//! (Article 13: the council studies important questions that members bring up).

use gongjian_identity::PersonId;
use gongjian_kernel::{Refusal, Result, Target, Text, Work};
use gongjian_membership::UnitId;
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::agenda::{NewItem, insert_item};
use crate::meeting::case::{Case, said, unknown_as};
use crate::meeting::event::{AGENDA_CHANGED, TOPIC_ACCEPTED, TOPIC_DECLINED, TOPIC_PROPOSED, TOPIC_WITHDRAWN};
use crate::meeting::fault::{NO_VOICE, TOPIC_NOT_FOUND, TOPIC_NOT_OPEN, TOPICS_CLOSED};
use crate::meeting::store::{self, topic};
use crate::meeting::{MeetingAction, MeetingId, Topic, TopicId, TopicStatus};

/// A topic to be proposed.
#[derive(Debug, Clone)]
pub struct NewTopic {
    pub unit: Option<UnitId>,
    pub title: Text<2, 200>,
    pub detail: Text<2, 2000>,
}

/// Before the cut-off; who comes later proposes it for the next meeting.
pub async fn propose_topic(work: &mut Work<'_>, meeting: MeetingId, new: NewTopic) -> Result<Topic> {
    let case = Case::open(work, Target::any(meeting), MeetingAction::ProposeTopic).await?;
    let elector = case.own_voice(work, new.unit).await?;
    let until = case.meeting.topics_close_at.or(case.meeting.called_at);
    if until.is_some_and(|until| until <= work.now()) {
        return Err(Refusal::of(&TOPICS_CLOSED));
    }
    let topic = Topic {
        id: work.new_id(),
        meeting_id: case.meeting.id,
        elector_key: elector.key.clone(),
        unit_id: elector.unit_id,
        elector_name: elector.name.clone(),
        title: new.title.into_string(),
        detail: new.detail.into_string(),
        status: TopicStatus::Proposed,
        proposed_by: work.actor().person.map(PersonId),
        proposed_at: work.now(),
        decided_by: None,
        decided_at: None,
        reason: None,
        agenda_item_id: None,
        version: 1,
    };
    store::insert(work, topic.clone()).await?;
    let data = json!({ "topic_id": topic.id, "title": topic.title, "by": said(elector) });
    case.record(work, &TOPIC_PROPOSED, data);
    Ok(topic)
}

/// The topic comes on the agenda.
pub async fn accept_topic(work: &mut Work<'_>, target: Target<TopicId>, new: NewItem) -> Result<Topic> {
    let (case, before) = open(work, target, MeetingAction::DecideTopic).await?;
    let item = insert_item(work, &case.meeting, case.body.kind, new).await?;
    let decided = Topic { status: TopicStatus::Accepted, agenda_item_id: Some(item.id), ..decided(work, &before) };
    work.update::<topic::Entity>(&before, &decided).await?;
    let data = json!({ "topic_id": decided.id, "agenda_item_id": item.id, "title": item.title });
    case.record(work, &TOPIC_ACCEPTED, data.clone());
    case.close(work, &AGENDA_CHANGED, json!({ "added": data })).await?;
    Ok(decided)
}

/// The topic does not come on the agenda, and the proposer is told why.
pub async fn decline_topic(work: &mut Work<'_>, target: Target<TopicId>, reason: Text<2, 500>) -> Result<Topic> {
    let (case, before) = open(work, target, MeetingAction::DecideTopic).await?;
    let reason = Some(reason.into_string());
    let decided = Topic { status: TopicStatus::Declined, reason, ..decided(work, &before) };
    work.update::<topic::Entity>(&before, &decided).await?;
    case.record(work, &TOPIC_DECLINED, json!({ "topic_id": decided.id, "reason": decided.reason }));
    Ok(decided)
}

/// Whoever proposed it takes it back.
pub async fn withdraw_topic(work: &mut Work<'_>, target: Target<TopicId>) -> Result<Topic> {
    let (case, before) = open(work, target, MeetingAction::ProposeTopic).await?;
    let own = case.own_voice(work, before.unit_id).await?;
    if own.key != before.elector_key {
        return Err(Refusal::of(&NO_VOICE));
    }
    let decided = Topic { status: TopicStatus::Withdrawn, ..decided(work, &before) };
    work.update::<topic::Entity>(&before, &decided).await?;
    case.record(work, &TOPIC_WITHDRAWN, json!({ "topic_id": decided.id }));
    Ok(decided)
}

async fn open(work: &Work<'_>, target: Target<TopicId>, action: MeetingAction) -> Result<(Case, Topic)> {
    let known = topic::Entity::find_by_id(target.id).one(work.tx()).await?;
    let known = known.ok_or_else(|| Refusal::of(&TOPIC_NOT_FOUND))?;
    let meeting = Target::any(known.meeting_id);
    let case = Case::open(work, meeting, action).await.map_err(unknown_as(&TOPIC_NOT_FOUND))?;
    let topic = store::lock_row::<topic::Entity>(work, target.id, &TOPIC_NOT_FOUND).await?;
    target.is_current(topic.version)?;
    if topic.status == TopicStatus::Proposed { Ok((case, topic)) } else { Err(Refusal::of(&TOPIC_NOT_OPEN)) }
}

fn decided(work: &Work<'_>, topic: &Topic) -> Topic {
    Topic {
        decided_by: work.actor().person.map(PersonId),
        decided_at: Some(work.now()),
        version: topic.version + 1,
        ..topic.clone()
    }
}
