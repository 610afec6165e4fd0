//! What others may rest on a decision. Every command that the charter binds to a decision asks here.

use gongjian_identity::PersonId;
use gongjian_kernel::{Event, Refusal, Result, Say, Work};
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::event::DECISION_USED;
use super::fault::{
    DECISION_ENDED, DECISION_NOT_EFFECTIVE, DECISION_NOT_FOUND, DECISION_ON_ANOTHER_MATTER, DECISION_USED_ALREADY,
};
use super::store::{self, used};
use super::{Decision, DecisionId, DecisionStatus, Matter};

/// The decision, if it is effective today and about the matter. Nobody ends it before the transaction does.
pub async fn require_effective(work: &Work<'_>, id: DecisionId, matter: Matter) -> Result<Decision> {
    let article = matter.decided_by().map(|(_, article)| article);
    let unknown = || Refusal::of(&DECISION_NOT_FOUND).with_article(article).at("/decision_id");
    let decision = store::hold(work, id).await?.ok_or_else(unknown)?;
    if decision.matter != matter {
        let (told, wanted) = (decision.matter.label(), matter.label());
        let detail = Say::new(
            format!("该决议的事项为“{}”，此处需要“{}”。", told.zh, wanted.zh),
            format!("The decision is about “{}”; “{}” is needed.", told.en, wanted.en),
        );
        return Err(Refusal::new(&DECISION_ON_ANOTHER_MATTER, detail).with_article(article));
    }
    match decision.status_on(work.today()) {
        DecisionStatus::Effective => Ok(decision),
        DecisionStatus::Adopted | DecisionStatus::Issued => {
            Err(Refusal::of(&DECISION_NOT_EFFECTIVE).with_article(article))
        }
        DecisionStatus::Superseded | DecisionStatus::Revoked | DecisionStatus::Withdrawn => {
            Err(Refusal::of(&DECISION_ENDED).with_article(article))
        }
    }
}

/// Uses an effective decision for the subject. The second use is refused: of a decision that is good for one act
/// every other one, of the others the same one. The unique index decides between two at once.
pub async fn spend(work: &mut Work<'_>, id: DecisionId, matter: Matter, subject: (&'static str, Uuid)) -> Result<()> {
    let decision = require_effective(work, id, matter).await?;
    let (subject_kind, subject_id) = subject;
    let use_key = if matter.is_good_for_one_act() { String::new() } else { format!("{subject_kind}:{subject_id}") };
    let row = used::Model {
        id: work.new_id(),
        decision_id: decision.id,
        use_key,
        subject_kind: subject_kind.to_owned(),
        subject_id,
        used_by: work.actor().person.map(PersonId),
        used_at: work.now(),
    };
    let article = matter.decided_by().map(|(_, article)| article);
    let active: used::ActiveModel = row.into();
    used::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &DECISION_USED_ALREADY).with_article(article))?;
    let data = json!({ "number": decision.number, "subject_kind": subject_kind, "subject_id": subject_id });
    work.record(Event::new(&DECISION_USED, decision.id.0, data));
    Ok(())
}
