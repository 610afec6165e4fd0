//! Drafting a version, loading the official text, putting a version into force.

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Permission, Refusal, Result, Say, Target, Text, Work, number};
use serde_json::json;

use super::action::{CHARTER_DRAFT, CHARTER_ENACT, CHARTER_READ};
use super::event::{
    CHARTER_DISCARDED, CHARTER_DRAFTED, CHARTER_EDITED, CHARTER_ENACTED, CHARTER_RETURNED, CHARTER_SUBMITTED,
};
use super::fault::{
    CHARTER_BASE_SUPERSEDED, CHARTER_DAY_TAKEN, CHARTER_DRAFT_AFTER_DECISION, CHARTER_NOT_OPEN,
    CHARTER_VERSION_NOT_FOUND,
};
use super::model::{Article, out_of_order};
use super::queries::{in_force, last_adopted};
use super::{CharterAction, CharterStatus, CharterVersion, CharterVersionId, seed, store};
use crate::agenda::Agenda;
use crate::decision::{self, DecisionId, Matter};

/// A draft to be made.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// The version in force where none is named.
    pub based_on: Option<CharterVersionId>,
    /// What it is to change, and why.
    pub note: Text<2, 500>,
}

/// What the general meeting has adopted, and from when it holds.
#[derive(Debug, Clone, Copy)]
pub struct Adoption {
    pub decision: DecisionId,
    /// Today, where no day is named.
    pub effective_from: Option<NaiveDate>,
}

/// Article 13(1): the secretariat drafts an amendment, from what is in force.
pub async fn draft(work: &mut Work<'_>, new: NewVersion) -> Result<CharterVersion> {
    work.authorize(&CHARTER_DRAFT, &CHARTER_DRAFT, &Association)?;
    let base = match new.based_on {
        Some(id) => store::lock(work, id).await.map_err(|refusal| refusal.at("/based_on_id"))?,
        None => in_force(work.tx(), work.today()).await?,
    };
    if base.status != CharterStatus::Adopted {
        return Err(Refusal::of(&CHARTER_VERSION_NOT_FOUND).at("/based_on_id"));
    }
    let version = CharterVersion {
        id: work.new_id(),
        number: None,
        status: CharterStatus::Draft,
        based_on: Some(base.id),
        note: new.note.into_string(),
        brought_along: false,
        text_document: None,
        text_loaded_at: None,
        meeting_id: None,
        agenda_item_id: None,
        submitted_at: None,
        decision_id: None,
        adopted_at: None,
        effective_from: None,
        reason: None,
        created_by: work.actor().person.map(PersonId),
        created_at: work.now(),
        version: 1,
        ..base.clone()
    };
    store::insert(work, &version).await?;
    store::replace(work, version.id, &store::articles(work.tx(), base.id).await?).await?;
    let data = json!({ "based_on": base.number, "note": version.note });
    work.record(Event::new(&CHARTER_DRAFTED, version.id.0, data));
    Ok(version)
}

/// The version, held, where the actor may do this with it now.
pub(super) async fn open(
    work: &Work<'_>,
    target: Target<CharterVersionId>,
    wanted: &Permission,
    action: CharterAction,
) -> Result<(CharterVersion, CharterVersion)> {
    let before = store::lock(work, target.id).await?;
    work.authorize(wanted, &CHARTER_READ, &before)?;
    target.is_current(before.version)?;
    let status = before.status.next(action).ok_or_else(|| not_open(&before, action))?;
    let after = CharterVersion { status, version: before.version + 1, ..before.clone() };
    Ok((before, after))
}

pub(super) fn not_open(version: &CharterVersion, action: CharterAction) -> Refusal {
    let (now, wanted) = (version.status.label(), action.label());
    let detail = Say::new(
        format!("该版本现为“{}”，不能“{}”。", now.zh, wanted.zh),
        format!("The version is “{}”; “{}” cannot be done now.", now.en, wanted.en),
    );
    let allowed = version.status.open_actions().map(CharterAction::as_str).collect();
    Refusal { allowed_actions: Some(allowed), ..Refusal::new(&CHARTER_NOT_OPEN, detail) }
}

/// Writes all articles of a draft anew: inserting, moving and removing are this.
pub async fn rewrite(
    work: &mut Work<'_>,
    target: Target<CharterVersionId>,
    articles: Vec<Article>,
) -> Result<CharterVersion> {
    let (before, after) = open(work, target, &CHARTER_DRAFT, CharterAction::Edit).await?;
    let faults = out_of_order(&articles, |at| format!("/articles/{at}"));
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).with_article(Some(11)));
    }
    store::replace(work, after.id, &articles).await?;
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&CHARTER_EDITED, after.id.0, json!({ "articles": articles.len() })));
    Ok(after)
}

/// Writes one article of a draft: in the place of the one with its number, or at the end.
pub async fn write_article(
    work: &mut Work<'_>,
    target: Target<CharterVersionId>,
    article: Article,
) -> Result<CharterVersion> {
    let (before, after) = open(work, target, &CHARTER_DRAFT, CharterAction::Edit).await?;
    let mut articles = store::articles(work.tx(), after.id).await?;
    let number = article.number;
    match articles.iter_mut().find(|it| it.number == number) {
        Some(old) => *old = article,
        None => articles.push(article),
    }
    let faults = out_of_order(&articles, |_| String::new());
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).with_article(Some(11)));
    }
    store::replace(work, after.id, &articles).await?;
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&CHARTER_EDITED, after.id.0, json!({ "article": number })));
    Ok(after)
}

/// The draft lies before the general meeting; from now on nobody changes it.
pub async fn submit(work: &mut Work<'_>, target: Target<CharterVersionId>, to: Agenda) -> Result<CharterVersion> {
    let (before, after) = open(work, target, &CHARTER_DRAFT, CharterAction::Submit).await?;
    to.check(work, Matter::CharterAmendment).await?;
    let after =
        CharterVersion { meeting_id: to.meeting, agenda_item_id: to.item, submitted_at: Some(work.now()), ..after };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "meeting_id": to.meeting, "agenda_item_id": to.item });
    work.record(Event::new(&CHARTER_SUBMITTED, after.id.0, data));
    Ok(after)
}

/// The meeting wants it otherwise: it is a draft again.
pub async fn send_back(
    work: &mut Work<'_>,
    target: Target<CharterVersionId>,
    reason: Text<2, 500>,
) -> Result<CharterVersion> {
    let (before, after) = open(work, target, &CHARTER_DRAFT, CharterAction::Return).await?;
    let after = CharterVersion { submitted_at: None, reason: Some(reason.into_string()), ..after };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&CHARTER_RETURNED, after.id.0, json!({ "reason": after.reason })));
    Ok(after)
}

/// Nothing comes of the draft; it stays readable to those who drafted it.
pub async fn discard(
    work: &mut Work<'_>,
    target: Target<CharterVersionId>,
    reason: Text<2, 500>,
) -> Result<CharterVersion> {
    let (before, after) = open(work, target, &CHARTER_DRAFT, CharterAction::Discard).await?;
    let after = CharterVersion { reason: Some(reason.into_string()), ..after };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&CHARTER_DISCARDED, after.id.0, json!({ "reason": after.reason })));
    Ok(after)
}

/// Article 11(1): what the general meeting has adopted holds from a day on. The decision is spent by it.
pub async fn enact(work: &mut Work<'_>, target: Target<CharterVersionId>, by: Adoption) -> Result<CharterVersion> {
    let first = store::lock_first(work).await?.map(|first| first.id);
    let (before, after) = open(work, target, &CHARTER_ENACT, CharterAction::Enact).await?;
    let effective_from = by.effective_from.unwrap_or_else(|| work.today());
    if effective_from < work.today() {
        let (zh, en) = ("施行日期不得早于今日。", "The day on which it takes effect is not past.");
        return Err(Refusal::field("/effective_from", "in_the_past", zh, en).with_article(Some(11)));
    }
    let last = last_adopted(work.tx()).await?;
    if last.as_ref().and_then(|last| last.effective_from).is_some_and(|taken| taken >= effective_from) {
        return Err(Refusal::of(&CHARTER_DAY_TAKEN));
    }
    if last.map_or(first, |last| Some(last.id)) != after.based_on {
        return Err(Refusal::of(&CHARTER_BASE_SUPERSEDED));
    }
    let adopted = decision::require_effective(work, by.decision, Matter::CharterAmendment).await?;
    if !adopted.is_on_what_lay_before(before.submitted_at) {
        return Err(Refusal::of(&CHARTER_DRAFT_AFTER_DECISION));
    }
    decision::spend(work, by.decision, Matter::CharterAmendment, ("charter_version", after.id.0)).await?;
    let taken = number::next(work, seed::SERIES, "", 0).await?;
    let after = CharterVersion {
        number: Some(i32::try_from(taken).unwrap_or(i32::MAX)),
        decision_id: Some(by.decision),
        adopted_at: Some(work.now()),
        effective_from: Some(effective_from),
        ..after
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "number": after.number, "decision_id": by.decision, "effective_from": effective_from });
    work.record(Event::new(&CHARTER_ENACTED, after.id.0, data));
    Ok(after)
}
