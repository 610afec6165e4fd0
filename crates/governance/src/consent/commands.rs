//! Asking for the consent of both keys, turning one's own, taking the question back.

use gongjian_identity::PersonId;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Permission, Refusal, Result, Say, Target, Text, Work, calendar, policy};
use serde_json::json;

use super::action::{CONSENT_OPEN, CONSENT_READ, CONSENT_SIGN, Proposal};
use super::event::{CONSENT_AGREED, CONSENT_DECLINED, CONSENT_OPENED, CONSENT_SIGNED, CONSENT_WITHDRAWN};
use super::fault::{CONSENT_NOT_OPEN, KEY_TURNED, NO_TWO_KEYS, ONE_PERSON_BOTH_KEYS};
use super::keys::{Key, article, keys};
use super::{Consent, ConsentAction, ConsentId, ConsentStatus, Signature, store};
use crate::body::{self, Body, BodyId};
use crate::decision::DecisionPolicy;
use crate::decision::action::Paper;

/// What both are to agree on.
#[derive(Debug, Clone)]
pub struct NewConsent {
    pub body: BodyId,
    pub subject: Text<2, 200>,
    pub text: Text<2, 20_000>,
}

/// Articles 17 and 18: opened by the body's own directors or presidents, of whom there must be two.
pub async fn open(work: &mut Work<'_>, new: NewConsent) -> Result<Consent> {
    let body = body::get(work.tx(), new.body).await.map_err(|refusal| refusal.at("/body_id"))?;
    work.authorize(&CONSENT_OPEN, &CONSENT_OPEN, &Paper::new(&body))?;
    keys(work.tx(), &body, work.now()).await?;
    let policy = policy::within::<DecisionPolicy>(work).await?;
    let calendar = calendar::within(work).await?;
    let consent = Consent {
        id: work.new_id(),
        body_id: body.id,
        subject: new.subject.into_string(),
        text: new.text.into_string(),
        status: ConsentStatus::Open,
        opened_by: work.actor().person.map(PersonId),
        opened_at: work.now(),
        due_on: calendar.add(work.today(), policy.value.consent_workdays).on,
        ended_at: None,
        withdraw_reason: None,
        version: 1,
    };
    store::insert(work, &consent).await?;
    let data = json!({ "body_id": body.id, "subject": consent.subject, "due_on": consent.due_on });
    work.record(Event::new(&CONSENT_OPENED, consent.id.0, data));
    Ok(consent)
}

/// The holder of a key at this instant signs. The same again is the same; the second key completes the consent.
pub async fn sign(work: &mut Work<'_>, id: ConsentId) -> Result<Consent> {
    turn(work, id, None).await
}

/// The holder of a key does not agree, for a reason.
pub async fn decline(work: &mut Work<'_>, id: ConsentId, reason: Text<2, 500>) -> Result<Consent> {
    turn(work, id, Some(reason.into_string())).await
}

async fn turn(work: &mut Work<'_>, id: ConsentId, reason: Option<String>) -> Result<Consent> {
    let (before, body) = load(work, id, &CONSENT_SIGN).await?;
    let agrees = reason.is_none();
    let signatures = store::signatures(work.tx(), [id]).await?;
    let person = work.actor().person.map(PersonId);
    // What he has said already stands, also after it was completed by the other.
    if let Some(own) = signatures.iter().find(|row| Some(row.person_id) == person)
        && own.agrees == agrees
        && own.reason == reason
    {
        return Ok(before);
    }
    step(&before, work, if agrees { ConsentAction::Sign } else { ConsentAction::Decline })?;
    let own = own_key(keys(work.tx(), &body, work.now()).await?, person, &body)?;
    let key = own.office.as_str();
    if signatures.iter().any(|row| row.key == key) {
        return Err(Refusal::of(&KEY_TURNED).with_article(article(body.kind)));
    }
    if signatures.iter().any(|row| row.person_id == own.person) {
        return Err(Refusal::of(&ONE_PERSON_BOTH_KEYS).with_article(article(body.kind)));
    }
    let (action, event) = match (agrees, signatures.is_empty()) {
        (false, _) => (ConsentAction::Decline, &CONSENT_DECLINED),
        (true, true) => (ConsentAction::Sign, &CONSENT_SIGNED),
        (true, false) => (ConsentAction::Agree, &CONSENT_AGREED),
    };
    let status = step(&before, work, action)?;
    let data = json!({ "body_id": body.id, "key": key, "person_id": own.person, "reason": reason });
    let signature = Signature {
        consent_id: id,
        key: key.to_owned(),
        person_id: own.person,
        name: own.name,
        agrees,
        reason,
        signed_at: work.now(),
    };
    store::sign(work, signature).await?;
    let ended_at = (status != ConsentStatus::Open).then(|| work.now());
    let after = Consent { status, ended_at, version: before.version + 1, ..before.clone() };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(event, id.0, data));
    Ok(after)
}

/// Whoever asked, or the other of the two, takes the question back.
pub async fn withdraw(work: &mut Work<'_>, target: Target<ConsentId>, reason: Text<2, 500>) -> Result<Consent> {
    let (before, _) = load(work, target.id, &CONSENT_OPEN).await?;
    target.is_current(before.version)?;
    let after = Consent {
        status: step(&before, work, ConsentAction::Withdraw)?,
        ended_at: Some(work.now()),
        withdraw_reason: Some(reason.into_string()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "body_id": after.body_id, "reason": after.withdraw_reason });
    work.record(Event::new(&CONSENT_WITHDRAWN, after.id.0, data));
    Ok(after)
}

async fn load(work: &Work<'_>, id: ConsentId, wanted: &Permission) -> Result<(Consent, Body)> {
    let consent = store::lock(work, id).await?;
    let body = body::get(work.tx(), consent.body_id).await?;
    work.authorize(wanted, &CONSENT_READ, &Proposal::new(&consent, &body, work.today()))?;
    Ok((consent, body))
}

/// Each his own key: the office alone does not do, whoever holds one of the two does.
fn own_key(keys: [Key; 2], person: Option<PersonId>, body: &Body) -> Result<Key> {
    keys.into_iter().find(|key| Some(key.person) == person).ok_or_else(|| {
        let zh = "由此刻任该职务的主任或会长本人签署。";
        let en = "Whoever holds the key at this instant turns it.";
        Refusal::new(&FORBIDDEN, Say::fixed(zh, en)).with_article(article(body.kind).or(NO_TWO_KEYS.article))
    })
}

fn step(consent: &Consent, work: &Work<'_>, action: ConsentAction) -> Result<ConsentStatus> {
    let now = consent.status_on(work.today());
    now.next(action).ok_or_else(|| {
        let (told, wanted) = (now.label(), action.label());
        let detail = Say::new(
            format!("该事项现为“{}”，不能“{}”。", told.zh, wanted.zh),
            format!("The consent is “{}”; “{}” cannot be done now.", told.en, wanted.en),
        );
        Refusal::new(&CONSENT_NOT_OPEN, detail)
    })
}
