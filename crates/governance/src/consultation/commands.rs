//! Opening a consultation, speaking in it, revising the text, concluding, confirming.

use gongjian_identity::PersonId;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Permission, Refusal, Result, Say, Target, Text, Work, calendar, policy};
use gongjian_membership::{UnitId, unit};
use serde_json::json;

use super::action::{CONSULTATION_KEEP, CONSULTATION_READ, CONSULTATION_STATE, Hearing};
use super::event::{
    CONSULTATION_CONCLUDED, CONSULTATION_CONFIRMED, CONSULTATION_OPENED, CONSULTATION_REVISED, CONSULTATION_STATED,
    CONSULTATION_WITHDRAWN,
};
use super::fault::{
    CONSULTATION_NOT_OPEN, NOBODY_TO_HEAR, NOT_A_PARTY, NOTHING_TO_REVISE, ROUND_OVER, STATED_OTHERWISE, STILL_AWAITED,
};
use super::queries::{ConsultationOnFile, spoken_for, within};
use super::{
    Consultation, ConsultationAction, ConsultationId, ConsultationStatus, Outcome, Party, Position, Round, Statement,
    store,
};
use crate::body::{self, Body, BodyId};
use crate::decision::action::Paper;
use crate::decision::{DecisionPolicy, Matter, commands::decided_by};

/// Who must be heard.
#[derive(Debug, Clone)]
pub enum Parties {
    /// Everybody with a voice in the body today.
    Electors,
    Units(Vec<UnitId>),
}

/// What is to be agreed on.
#[derive(Debug, Clone)]
pub struct NewConsultation {
    pub body: BodyId,
    pub matter: Matter,
    pub subject: Text<2, 200>,
    pub text: Text<2, 20_000>,
    pub parties: Parties,
    /// Announced to the parties: who says nothing consents.
    pub silence_consents: bool,
}

/// What a party says.
#[derive(Debug, Clone)]
pub struct Said {
    /// May stay open for one who speaks for a single party.
    pub party: Option<String>,
    /// The round whose text it is about.
    pub round_no: i32,
    pub position: Position,
    pub text: Option<Text<2, 2000>>,
}

pub async fn open(work: &mut Work<'_>, new: NewConsultation) -> Result<Consultation> {
    let body = body::get(work.tx(), new.body).await.map_err(|refusal| refusal.at("/body_id"))?;
    work.authorize(&CONSULTATION_KEEP, &CONSULTATION_KEEP, &Paper::new(&body))?;
    decided_by(&body, new.matter)?;
    heard_by_right(new.matter, &new.parties)?;
    let id = work.new_id();
    let parties = parties(work, id, &body, new.parties).await?;
    if parties.is_empty() {
        return Err(Refusal::of(&NOBODY_TO_HEAR));
    }
    let consultation = Consultation {
        id,
        body_id: body.id,
        matter: new.matter,
        subject: new.subject.into_string(),
        silence_consents: new.silence_consents,
        status: ConsultationStatus::Open,
        round_no: 1,
        opened_by: work.actor().person.map(PersonId),
        opened_at: work.now(),
        ended_at: None,
        withdraw_reason: None,
        arithmetic: None,
        version: 1,
    };
    let first = round(work, id, 1, new.text).await?;
    store::insert(work, &consultation, &parties, &first).await?;
    let data = json!({
        "body_id": body.id, "matter": consultation.matter, "subject": consultation.subject,
        "silence_consents": consultation.silence_consents, "due_on": first.due_on,
        "parties": parties.iter().map(|party| &party.key).collect::<Vec<_>>(),
    });
    work.record(Event::new(&CONSULTATION_OPENED, id.0, data));
    Ok(consultation)
}

/// What all have a voice in binds them when all are heard. The council asks chosen units about persons and seats
/// (Articles 12 and 14); the charter itself the general meeting votes on (Article 11).
fn heard_by_right(matter: Matter, parties: &Parties) -> Result<()> {
    if matter == Matter::CharterAmendment {
        let (zh, en) = ("章程的制定和修订由会员大会表决。", "The general meeting votes on its charter.");
        return Err(Refusal::field("/matter", "not_allowed", zh, en).with_article(Some(11)));
    }
    let of_persons = matches!(matter, Matter::AnnualVicePresident | Matter::CouncilUnit);
    if matches!(parties, Parties::Units(_)) && !of_persons {
        let zh = "该事项须由全体有表决权者协商；仅人选和理事单位可与指定单位协商。";
        let en = "All who have a voice are heard on it; chosen units only on persons and council units.";
        return Err(Refusal::field("/unit_ids", "not_allowed", zh, en).with_article(Some(12)));
    }
    Ok(())
}

async fn parties(work: &Work<'_>, id: ConsultationId, body: &Body, wanted: Parties) -> Result<Vec<Party>> {
    match wanted {
        Parties::Electors => {
            let electors = body::electorate(work.tx(), body, work.now()).await?;
            Ok(electors.into_iter().map(|elector| Party::of(id, elector)).collect())
        }
        Parties::Units(mut units) => {
            units.sort_unstable();
            units.dedup();
            let mut parties = Vec::with_capacity(units.len());
            for unit in units {
                let unit = unit::queries::require_active(work.tx(), unit).await.map_err(|r| r.at("/unit_ids"))?;
                let key = format!("unit:{}", unit.id);
                let (unit_id, name) = (Some(unit.id), unit.name);
                parties.push(Party { consultation_id: id, key, unit_id, post_id: None, person_id: None, name });
            }
            Ok(parties)
        }
    }
}

/// The time to be heard is the policy's of the day on which the round begins.
async fn round(work: &Work<'_>, id: ConsultationId, round_no: i32, text: Text<2, 20_000>) -> Result<Round> {
    let policy = policy::within::<DecisionPolicy>(work).await?;
    let calendar = calendar::within(work).await?;
    let due_on = calendar.add(work.today(), policy.value.consultation_workdays).on;
    Ok(Round { consultation_id: id, round_no, text: text.into_string(), opened_at: work.now(), due_on })
}

/// A party is heard, once in a round. The same again is the same.
pub async fn state(work: &mut Work<'_>, id: ConsultationId, said: Said) -> Result<Consultation> {
    let (found, own) = load(work, id, &CONSULTATION_STATE).await?;
    let party = speaking(&found, &own, said.party.as_deref())?;
    step(&found.consultation, ConsultationAction::State)?;
    if said.round_no != found.consultation.round_no || work.today() > found.round().due_on {
        return Err(Refusal::of(&ROUND_OVER));
    }
    let text = said.text.map(Text::into_string);
    if text.is_none() && said.position != Position::Support {
        return Err(Refusal::field(
            "/text",
            "required",
            "请写明意见或理由。",
            "Say what the comment or the reason is.",
        ));
    }
    let before = found.statements.iter().find(|row| row.round_no == said.round_no && row.party_key == party);
    match before {
        Some(row) if row.position == said.position && row.text == text => return Ok(found.consultation),
        Some(_) => return Err(Refusal::of(&STATED_OTHERWISE)),
        None => {}
    }
    let statement = Statement {
        id: work.new_id(),
        consultation_id: id,
        round_no: said.round_no,
        party_key: party,
        position: said.position,
        text,
        stated_by: work.actor().person.map(PersonId),
        stated_at: work.now(),
    };
    store::insert_statement(work, &statement).await?;
    let data = json!({
        "round_no": statement.round_no, "party": statement.party_key, "position": statement.position,
        "text": statement.text,
    });
    work.record(Event::new(&CONSULTATION_STATED, id.0, data));
    Ok(found.consultation)
}

/// Somebody objected or commented: all are heard again on a revised text.
pub async fn revise(
    work: &mut Work<'_>,
    target: Target<ConsultationId>,
    text: Text<2, 20_000>,
) -> Result<Consultation> {
    let found = kept(work, target).await?;
    let before = found.consultation.clone();
    step(&before, ConsultationAction::Revise)?;
    if found.tally.object + found.tally.support_with_comments == 0 {
        return Err(Refusal::of(&NOTHING_TO_REVISE));
    }
    let after = Consultation { round_no: before.round_no + 1, version: before.version + 1, ..before.clone() };
    let next = round(work, after.id, after.round_no, text).await?;
    work.update::<store::row::Entity>(&before, &after).await?;
    store::insert_round(work, &next).await?;
    let data = json!({ "round_no": after.round_no, "text": next.text, "due_on": next.due_on });
    work.record(Event::new(&CONSULTATION_REVISED, after.id.0, data));
    Ok(after)
}

/// The outcome, as the facts have it: nobody says what it is.
pub async fn conclude(work: &mut Work<'_>, target: Target<ConsultationId>) -> Result<Consultation> {
    let found = kept(work, target).await?;
    let before = found.consultation.clone();
    let status = match found.outcome {
        Outcome::Consensus => step(&before, ConsultationAction::Conclude)?,
        Outcome::NotReached => step(&before, ConsultationAction::Fail)?,
        Outcome::Pending => {
            step(&before, ConsultationAction::Conclude)?;
            return Err(Refusal::of(&STILL_AWAITED));
        }
    };
    let arithmetic = found.arithmetic();
    let after = Consultation {
        status,
        ended_at: Some(work.now()),
        arithmetic: Some(arithmetic.to_string()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "outcome": after.status, "arithmetic": arithmetic });
    work.record(Event::new(&CONSULTATION_CONCLUDED, after.id.0, data));
    Ok(after)
}

/// The question is no longer asked.
pub async fn withdraw(
    work: &mut Work<'_>,
    target: Target<ConsultationId>,
    reason: Text<2, 500>,
) -> Result<Consultation> {
    let before = kept(work, target).await?.consultation;
    let after = Consultation {
        status: step(&before, ConsultationAction::Withdraw)?,
        ended_at: Some(work.now()),
        withdraw_reason: Some(reason.into_string()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "reason": after.withdraw_reason });
    work.record(Event::new(&CONSULTATION_WITHDRAWN, after.id.0, data));
    Ok(after)
}

/// A party says that the outcome is what it was. The same again is the same.
pub async fn confirm(work: &mut Work<'_>, id: ConsultationId, party: Option<&str>) -> Result<Consultation> {
    let (found, own) = load(work, id, &CONSULTATION_STATE).await?;
    let party_key = speaking(&found, &own, party)?;
    step(&found.consultation, ConsultationAction::Confirm)?;
    if found.confirmations.iter().any(|row| row.party_key == party_key) {
        return Ok(found.consultation);
    }
    let data = json!({ "party": party_key, "outcome": found.consultation.status });
    let confirmed_by = work.actor().person.map(PersonId);
    let row = store::confirmation::Model { consultation_id: id, party_key, confirmed_by, confirmed_at: work.now() };
    store::insert_confirmation(work, row).await?;
    work.record(Event::new(&CONSULTATION_CONFIRMED, id.0, data));
    Ok(found.consultation)
}

/// The consultation, locked, for whoever may do that; and the parties that the actor speaks for.
async fn load(work: &Work<'_>, id: ConsultationId, wanted: &Permission) -> Result<(ConsultationOnFile, Vec<String>)> {
    let locked = store::lock(work, id).await?;
    let found = within(work, locked).await?;
    let own = spoken_for(work.tx(), work.actor(), &found.parties(), work.now()).await?;
    let hearing = Hearing::new(&found.consultation, &found.body, &found.parties(), &own);
    work.authorize(wanted, &CONSULTATION_READ, &hearing)?;
    Ok((found, own))
}

async fn kept(work: &Work<'_>, target: Target<ConsultationId>) -> Result<ConsultationOnFile> {
    let (found, _) = load(work, target.id, &CONSULTATION_KEEP).await?;
    target.is_current(found.consultation.version)?;
    Ok(found)
}

/// The party that the actor speaks for: one of his own.
fn speaking(found: &ConsultationOnFile, own: &[String], named: Option<&str>) -> Result<String> {
    match (named, own) {
        (Some(key), own) if own.iter().any(|one| one == key) => Ok(key.to_owned()),
        (Some(key), _) if found.heard.iter().any(|(party, _)| party.key == key) => {
            let zh = "由该方的固定代表、负责人或该职务任职人员发表。";
            let en = "Whoever speaks for the party does this.";
            Err(Refusal::new(&FORBIDDEN, Say::fixed(zh, en)).with_article(CONSULTATION_STATE.article))
        }
        (Some(_), _) => Err(Refusal::of(&NOT_A_PARTY).at("/party")),
        (None, [one]) => Ok(one.clone()),
        (None, _) => Err(Refusal::field(
            "/party",
            "required",
            "您代表多方，请指明一方。",
            "You speak for several parties; name the one.",
        )),
    }
}

fn step(it: &Consultation, action: ConsultationAction) -> Result<ConsultationStatus> {
    it.status.next(action).ok_or_else(|| {
        let (now, wanted) = (it.status.label(), action.label());
        let detail = Say::new(
            format!("该协商现为“{}”，不能“{}”。", now.zh, wanted.zh),
            format!("The consultation is “{}”; “{}” cannot be done now.", now.en, wanted.en),
        );
        Refusal::new(&CONSULTATION_NOT_OPEN, detail)
    })
}
