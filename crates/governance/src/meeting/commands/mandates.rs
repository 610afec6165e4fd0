//! 书面委托: a voice that cannot be there is given to somebody who is, in writing and for one meeting.

use gongjian_identity::account::grant::refuse_administrator;
use gongjian_identity::{PersonId, person};
use gongjian_kernel::{FaultKind, Refusal, Result, Target, Text, Work, policy};
use gongjian_membership::UnitId;
use sea_orm::entity::prelude::*;
use serde_json::json;

use crate::meeting::case::{Case, said, unknown_as};
use crate::meeting::event::{MANDATE_GIVEN, MANDATE_REVOKED};
use crate::meeting::fault::{
    MANDATE_LIMIT, MANDATE_NOT_FOUND, MANDATE_NOT_STANDING, MANDATE_STANDING, MANDATE_TO_ADMINISTRATOR,
    MANDATE_TO_ONESELF, MANDATE_USED, NO_VOICE,
};
use crate::meeting::floor::mandate_of;
use crate::meeting::store::{self, mandate};
use crate::meeting::{Mandate, MandateId, MandateScope, MandateState, MeetingAction, MeetingId, MeetingPolicy};
use crate::office;

/// A mandate to be given.
#[derive(Debug, Clone)]
pub struct NewMandate {
    pub unit: Option<UnitId>,
    pub substitute: PersonId,
    pub scope: MandateScope,
    pub reference: Text<2, 200>,
}

/// By whoever has the voice, to one person who is on file; it is the voice's, and outlasts a change of whoever
/// gave it.
pub async fn give_mandate(work: &mut Work<'_>, meeting: MeetingId, new: NewMandate) -> Result<Mandate> {
    let case = Case::open(work, Target::any(meeting), MeetingAction::GiveMandate).await?;
    let elector = case.own_voice(work, new.unit).await?;
    let giver = work.actor().person.map(PersonId).ok_or_else(|| Refusal::of(&NO_VOICE))?;
    if !office::speaks_for(work.tx(), elector, giver, work.now()).await? {
        return Err(Refusal::of(&NO_VOICE));
    }
    if giver == new.substitute || office::speaks_for(work.tx(), elector, new.substitute, work.now()).await? {
        return Err(Refusal::of(&MANDATE_TO_ONESELF));
    }
    let substitute =
        person::require(work, new.substitute).await.map_err(|refusal| refusal.at("/substitute_person_id"))?;
    refuse_administrator(work, substitute.id).await.map_err(|refusal| match refusal.kind() {
        FaultKind::Conflict | FaultKind::Invalid | FaultKind::Denied => Refusal::of(&MANDATE_TO_ADMINISTRATOR),
        FaultKind::NotFound
        | FaultKind::Stale
        | FaultKind::Unauthenticated
        | FaultKind::Limited
        | FaultKind::Unavailable
        | FaultKind::Internal => refusal,
    })?;
    if mandate_of(work.tx(), meeting, &elector.key, work.now()).await?.is_some() {
        return Err(Refusal::of(&MANDATE_STANDING));
    }
    let policy = policy::within::<MeetingPolicy>(work).await?;
    let carried = mandate::Entity::find()
        .filter(mandate::Column::SubstituteId.eq(substitute.id))
        .filter(mandate::Column::MeetingId.eq(meeting))
        .filter(mandate::Column::RevokedAt.is_null())
        .count(work.tx())
        .await?;
    if carried >= policy.value.mandates_per_substitute.into() {
        return Err(Refusal::of(&MANDATE_LIMIT));
    }
    let mandate = Mandate {
        id: work.new_id(),
        meeting_id: meeting,
        elector_key: elector.key.clone(),
        unit_id: elector.unit_id,
        elector_name: elector.name.clone(),
        given_by: giver,
        substitute_id: substitute.id,
        substitute_name: substitute.name,
        scope: new.scope,
        reference: new.reference.into_string(),
        given_at: work.now(),
        used_at: None,
        revoked_at: None,
        version: 1,
    };
    store::insert(work, mandate.clone()).await?;
    let data = json!({
        "mandate_id": mandate.id, "by": said(elector), "substitute_id": mandate.substitute_id,
        "scope": mandate.scope, "reference": mandate.reference,
    });
    case.record(work, &MANDATE_GIVEN, data);
    Ok(mandate)
}

/// Until it is used, the voice takes it back.
pub async fn revoke_mandate(work: &mut Work<'_>, target: Target<MandateId>) -> Result<Mandate> {
    let known = mandate::Entity::find_by_id(target.id).one(work.tx()).await?;
    let known = known.ok_or_else(|| Refusal::of(&MANDATE_NOT_FOUND))?;
    let meeting = Target::any(known.meeting_id);
    let unknown = unknown_as(&MANDATE_NOT_FOUND);
    let case = Case::open(work, meeting, MeetingAction::GiveMandate).await.map_err(unknown)?;
    let own = case.own_voice(work, known.unit_id).await?;
    if own.key != known.elector_key {
        return Err(Refusal::of(&MANDATE_NOT_FOUND));
    }
    let before = store::lock_row::<mandate::Entity>(work, target.id, &MANDATE_NOT_FOUND).await?;
    target.is_current(before.version)?;
    match before.state() {
        MandateState::Standing => {}
        MandateState::Used => return Err(Refusal::of(&MANDATE_USED)),
        MandateState::Revoked => return Err(Refusal::of(&MANDATE_NOT_STANDING)),
    }
    let after = Mandate { revoked_at: Some(work.now()), version: before.version + 1, ..before.clone() };
    work.update::<mandate::Entity>(&before, &after).await?;
    case.record(work, &MANDATE_REVOKED, json!({ "mandate_id": after.id, "elector_key": after.elector_key }));
    Ok(after)
}

/// A vote that the substitute has cast uses the mandate: it is not revoked afterwards.
pub async fn use_mandate(work: &Work<'_>, meeting: MeetingId, elector_key: &str, person: PersonId) -> Result<()> {
    let held = mandate_of(work.tx(), meeting, elector_key, work.now()).await?;
    match held {
        Some(held) if held.substitute_id == person && held.used_at.is_none() => {
            let used = Mandate { used_at: Some(work.now()), version: held.version + 1, ..held.clone() };
            work.update::<mandate::Entity>(&held, &used).await
        }
        Some(_) | None => Ok(()),
    }
}
