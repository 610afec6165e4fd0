//! Putting a decision on file as adopted, correcting it, withdrawing what was entered by mistake.

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::clock::day;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Permission, Refusal, Result, Say, Target, Text, Work};
use serde_json::json;

use super::action::{DECISION_DOCUMENT, DECISION_DRAFT, DECISION_READ, Paper, members};
use super::event::{DECISION_ADOPTED, DECISION_CORRECTED, DECISION_WITHDRAWN};
use super::fault::{DECISION_NOT_OPEN, NOT_THE_BODYS_MATTER};
use super::issuing::check_endings;
use super::{Decision, DecisionAction, DecisionId, DecisionStatus, Matter, Method, MethodKind, method, store};
use crate::body::{self, Body, BodyId};

/// What a body has decided.
#[derive(Debug, Clone)]
pub struct NewDecision {
    pub body: BodyId,
    pub matter: Matter,
    pub title: Text<2, 200>,
    pub text: Text<2, 20_000>,
    pub method: Method,
    /// The day of issue where none is given, the day of adoption for what was decided on paper.
    pub effective_from: Option<NaiveDate>,
    pub supersedes: Vec<DecisionId>,
    pub revokes: Vec<DecisionId>,
}

/// What is corrected before a decision is issued. What is not given stays.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    pub title: Option<Text<2, 200>>,
    pub text: Option<Text<2, 20_000>>,
    /// `Some(None)`: no day is wished for.
    pub effective_from: Option<Option<NaiveDate>>,
    pub supersedes: Option<Vec<DecisionId>>,
    pub revokes: Option<Vec<DecisionId>>,
}

/// Articles 11 and 13: what the body has decided, with the vote, consultation, consent or document behind it.
pub async fn adopt(work: &mut Work<'_>, new: NewDecision) -> Result<Decision> {
    let body = body::get(work.tx(), new.body).await.map_err(|refusal| refusal.at("/body_id"))?;
    work.authorize(drafting(new.method.kind()), drafting(new.method.kind()), &Paper::new(&body))?;
    decided_by(&body, new.matter)?;
    let result = method::result(work.tx(), &new.method).await?;
    if let Some(result) = &result {
        result.must_serve(body.id, new.matter)?;
    }
    let id = work.new_id();
    let endings = pairs(&new.supersedes, &new.revokes)?;
    check_endings(work, (id, body.id, new.matter), &endings).await?;
    let method = new.method.kind();
    let (ballot_id, consultation_id, consent_id, document) = match new.method {
        Method::Ballot(id) => (Some(id), None, None, None),
        Method::Consultation(id) => (None, Some(id), None, None),
        Method::Consent(id) => (None, None, Some(id), None),
        Method::Document { reference, adopted_on } => (None, None, None, Some((reference, adopted_on))),
    };
    let adopted_on = match (&document, &result) {
        (Some((_, adopted_on)), _) => *adopted_on,
        (None, Some(result)) => day(result.concluded_at),
        (None, None) => work.today(),
    };
    let decision = Decision {
        id,
        body_id: body.id,
        matter: new.matter,
        title: new.title.into_string(),
        text: new.text.into_string(),
        method,
        ballot_id,
        consultation_id,
        consent_id,
        document_ref: document.map(|(reference, _)| reference.into_string()),
        concluded_at: result.as_ref().map(|result| result.concluded_at),
        arithmetic: result.map(|result| result.arithmetic.to_string()),
        adopted_on,
        issued_on: None,
        effective_from: new.effective_from,
        number_year: None,
        number_seq: None,
        number: None,
        status: DecisionStatus::Adopted,
        ended_as: None,
        ended_by_id: None,
        ended_from: None,
        withdraw_reason: None,
        entered_by: work.actor().person.map(PersonId),
        entered_at: work.now(),
        issued_by: None,
        version: 1,
    };
    check_days(&decision, work.today())?;
    store::insert(work, &decision).await?;
    store::set_endings(work, decision.id, &endings).await?;
    let data = json!({
        "body_id": decision.body_id, "matter": decision.matter, "title": decision.title, "method": decision.method,
        "result_id": decision.result_id(), "document_ref": decision.document_ref, "adopted_on": decision.adopted_on,
    });
    work.record(Event::new(&DECISION_ADOPTED, decision.id.0, data));
    Ok(decision)
}

/// Corrects what was typed, until the decision is issued. What it rests on stays.
pub async fn correct(work: &mut Work<'_>, target: Target<DecisionId>, given: Correction) -> Result<Decision> {
    let (before, _) = open(work, target, DecisionAction::Correct).await?;
    let known = store::endings(work.tx(), [before.id]).await?;
    let of = |as_what: DecisionStatus| known.iter().filter(move |row| row.ends_as == as_what).map(|row| row.target_id);
    let supersedes = given.supersedes.unwrap_or_else(|| of(DecisionStatus::Superseded).collect());
    let revokes = given.revokes.unwrap_or_else(|| of(DecisionStatus::Revoked).collect());
    let endings = pairs(&supersedes, &revokes)?;
    check_endings(work, (before.id, before.body_id, before.matter), &endings).await?;
    let after = Decision {
        title: given.title.map_or_else(|| before.title.clone(), Text::into_string),
        text: given.text.map_or_else(|| before.text.clone(), Text::into_string),
        effective_from: given.effective_from.unwrap_or(before.effective_from),
        version: before.version + 1,
        ..before.clone()
    };
    check_days(&after, work.today())?;
    work.update::<store::row::Entity>(&before, &after).await?;
    store::set_endings(work, after.id, &endings).await?;
    let said = |it: &Decision| json!({ "title": it.title, "text": it.text, "effective_from": it.effective_from });
    let data = json!({ "before": said(&before), "after": said(&after), "supersedes": supersedes, "revokes": revokes });
    work.record(Event::new(&DECISION_CORRECTED, after.id.0, data));
    Ok(after)
}

/// Takes back what was entered by mistake; the result behind it may serve again.
pub async fn withdraw(work: &mut Work<'_>, target: Target<DecisionId>, reason: Text<2, 500>) -> Result<Decision> {
    let (before, status) = open(work, target, DecisionAction::Withdraw).await?;
    let withdraw_reason = Some(reason.into_string());
    let after = Decision { status, withdraw_reason, version: before.version + 1, ..before.clone() };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "body_id": after.body_id, "title": after.title, "reason": after.withdraw_reason });
    work.record(Event::new(&DECISION_WITHDRAWN, after.id.0, data));
    Ok(after)
}

async fn open(
    work: &Work<'_>,
    target: Target<DecisionId>,
    action: DecisionAction,
) -> Result<(Decision, DecisionStatus)> {
    let before = store::lock(work, target.id).await?;
    authorize(work, &before, drafting(before.method)).await?;
    target.is_current(before.version)?;
    let status = step(&before, work.today(), action)?;
    Ok((before, status))
}

pub(super) async fn authorize(work: &Work<'_>, decision: &Decision, wanted: &Permission) -> Result<Body> {
    let body = body::get(work.tx(), decision.body_id).await?;
    let members = members(work.tx(), &body, work.now()).await?;
    work.authorize(wanted, &DECISION_READ, &Paper::decision(decision, &body, members))?;
    Ok(body)
}

/// What was decided on paper is entered by the secretariat alone.
#[must_use]
pub fn drafting(method: MethodKind) -> &'static Permission {
    match method {
        MethodKind::Document => &DECISION_DOCUMENT,
        MethodKind::Ballot | MethodKind::Consultation | MethodKind::Consent => &DECISION_DRAFT,
    }
}

/// The body is the one that the charter names for the matter (domain.md A6: the council cannot decide what Article
/// 11 gives to the general meeting).
pub(crate) fn decided_by(body: &Body, matter: Matter) -> Result<()> {
    match matter.decided_by() {
        Some((kind, article)) if kind != body.kind => {
            let (of, about) = (kind.label(), matter.label());
            let detail = Say::new(
                format!("第{article}条：“{}”由{}决定。", about.zh, of.zh),
                format!("Article {article}: “{}” is decided by: {}.", about.en, of.en),
            );
            Err(Refusal::new(&NOT_THE_BODYS_MATTER, detail).with_article(Some(article)))
        }
        Some(_) | None => Ok(()),
    }
}

/// What is replaced and what is revoked, each decision once.
fn pairs(supersedes: &[DecisionId], revokes: &[DecisionId]) -> Result<Vec<(DecisionId, DecisionStatus)>> {
    let as_what = |ids: &[DecisionId], ends_as| ids.iter().map(move |id| (*id, ends_as)).collect::<Vec<_>>();
    let mut all = as_what(supersedes, DecisionStatus::Superseded);
    all.extend(as_what(revokes, DecisionStatus::Revoked));
    all.sort_unstable_by_key(|(id, _)| *id);
    if all.windows(2).any(|two| matches!(two, [(one, _), (other, _)] if one == other)) {
        return Err(Refusal::field("/revokes", "duplicate", "同一决议只列一次。", "Name each decision once."));
    }
    Ok(all)
}

fn check_days(decision: &Decision, today: NaiveDate) -> Result<()> {
    if decision.adopted_on > today {
        return Err(Refusal::field(
            "/adopted_on",
            "in_future",
            "通过日期不能晚于今天。",
            "It must not lie after today.",
        ));
    }
    match decision.effective_from {
        Some(from) if from < decision.adopted_on => Err(Refusal::field(
            "/effective_from",
            "before_adoption",
            "生效日期不能早于通过日期。",
            "It must not lie before the day of adoption.",
        )),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn step(decision: &Decision, today: NaiveDate, action: DecisionAction) -> Result<DecisionStatus> {
    let now = decision.status_on(today);
    now.next(action).ok_or_else(|| {
        let (told, wanted) = (now.label(), action.label());
        let detail = Say::new(
            format!("该决议现为“{}”，不能“{}”。", told.zh, wanted.zh),
            format!("The decision is “{}”; “{}” cannot be done now.", told.en, wanted.en),
        );
        let open = now.open_actions().filter(|action| action.is_done_by_hand()).map(DecisionAction::as_str).collect();
        Refusal { allowed_actions: Some(open), ..Refusal::new(&DECISION_NOT_OPEN, detail) }
    })
}
