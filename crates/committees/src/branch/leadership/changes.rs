//! Skipping a turn and swapping two, with the consent of the secretary and of each unit concerned (Article 18).

use gongjian_governance::body::Body;
use gongjian_governance::office::{OfficeKind, of_branches};
use gongjian_governance::post::Moment;
use gongjian_identity::{Identity, PersonId, Role};
use gongjian_kernel::lifecycle::Lifecycle;
use gongjian_kernel::{Actor, Event, Refusal, Result, Scope, Target, Text, Work};
use gongjian_membership::UnitId;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::rotation::Slot;
use super::terms::{go_on, put_turns, slot_of};
use super::{RotationChange, RotationChangeId, RotationChangeKind, RotationConsent, Term, TermId, store};
use crate::branch::action::{BRANCH_READ, OfBranch, ROTATION_CHANGE};
use crate::branch::event::{
    ROTATION_CHANGE_APPLIED, ROTATION_CHANGE_CONSENTED, ROTATION_CHANGE_DECLINED, ROTATION_CHANGE_PROPOSED,
};
use crate::branch::fault::{
    NOT_A_PARTY_OF_CHANGE, ROTATION_CHANGE_NOT_FOUND, ROTATION_CHANGE_NOT_OPEN, TERM_BEGUN, TERM_NOT_FOUND,
};
use crate::branch::lock;

gongjian_kernel::words! {
    /// Where a change of a rotation stands.
    pub enum RotationChangeStatus as "rotation_change_status" ("轮值调整状态", "Status of a change of a rotation") {
        Open = "open" ("待各方同意", "Awaiting consent"),
        Applied = "applied" ("已生效", "In effect"),
        Declined = "declined" ("未获同意", "Declined"),
        /// The term has begun or is there no more.
        Lapsed = "lapsed" ("已失效", "Lapsed"),
    }
}

gongjian_kernel::words! {
    /// What is done with a change of a rotation.
    pub enum RotationChangeAction as "rotation_change_action" ("轮值调整办理", "Action on a change of a rotation") {
        Consent = "consent" ("同意", "Consent"),
        Decline = "decline" ("不同意", "Decline"),
    }
}

impl Lifecycle for RotationChangeStatus {
    type Action = RotationChangeAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [RotationChangeAction] = RotationChangeAction::ALL;

    /// The last consent makes it take effect.
    fn next(self, action: RotationChangeAction) -> Option<Self> {
        match (self, action) {
            (Self::Open, RotationChangeAction::Consent) => Some(Self::Applied),
            (Self::Open, RotationChangeAction::Decline) => Some(Self::Declined),
            (
                Self::Applied | Self::Declined | Self::Lapsed,
                RotationChangeAction::Consent | RotationChangeAction::Decline,
            ) => None,
        }
    }
}

/// The secretary of the street among the parties.
pub const SECRETARY: &str = "secretary";

fn key(unit: UnitId) -> String {
    format!("unit:{unit}")
}

impl RotationChange {
    /// Who must consent.
    #[must_use]
    pub fn parties(&self) -> Vec<String> {
        let units = [Some(self.unit_id), self.other_unit_id].into_iter().flatten();
        std::iter::once(SECRETARY.to_owned()).chain(units.map(key)).collect()
    }

    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        [Some(self.unit_id), self.other_unit_id].into_iter().flatten().collect()
    }
}

/// A turn that is to be skipped, or to be swapped with another.
pub async fn propose(
    work: &mut Work<'_>,
    identity: &Identity,
    term: TermId,
    other: Option<TermId>,
    reason: Text<2, 500>,
) -> Result<RotationChange> {
    let known = store::find_term(work.tx(), term).await?;
    let body = lock(work, known.body_id).await?;
    let term = store::find_term(work.tx(), term).await?;
    let other = match other {
        Some(other) => Some(store::find_term(work.tx(), other).await.map_err(|it| it.at("/other_term_id"))?),
        None => None,
    };
    let units: Vec<UnitId> = [Some(&term), other.as_ref()].into_iter().flatten().map(|term| term.unit_id).collect();
    let subject = ("branch_term", Some(term.id.0));
    let seen = OfBranch { units: &units, unknown: &TERM_NOT_FOUND, subject, ..OfBranch::new(&body) };
    work.authorize(&ROTATION_CHANGE, &BRANCH_READ, &seen)?;
    if let Some(other) = &other
        && (other.body_id != body.id || other.unit_id == term.unit_id)
    {
        let (zh, en) = ("须为本分会另一单位的任期。", "It must be a term of another unit of the branch.");
        return Err(Refusal::field("/other_term_id", "not_another_unit", zh, en));
    }
    for turn in [Some(&term), other.as_ref()].into_iter().flatten() {
        has_not_begun(work, turn)?;
    }
    let change = RotationChange {
        id: work.new_id(),
        body_id: body.id,
        kind: if other.is_some() { RotationChangeKind::Swap } else { RotationChangeKind::Skip },
        term_id: term.id,
        other_term_id: other.as_ref().map(|other| other.id),
        unit_id: term.unit_id,
        other_unit_id: other.as_ref().map(|other| other.unit_id),
        reason: reason.into_string(),
        status: RotationChangeStatus::Open,
        decline_reason: None,
        proposed_by: work.actor().person.map(PersonId),
        proposed_at: work.now(),
        ended_at: None,
        version: 1,
    };
    store::insert_change(work, &change).await?;
    let data = json!({
        "branch": body.code, "kind": change.kind, "term_id": change.term_id, "other_term_id": change.other_term_id,
        "reason": change.reason,
    });
    work.record(Event::new(&ROTATION_CHANGE_PROPOSED, change.id.0, data));
    // Whoever proposes consents, as far as he is a party.
    let own = own_parties(work.tx(), work.actor(), &body, &change, work.today()).await?;
    if own.is_empty() { Ok(change) } else { give(work, identity, &body, change, own).await }
}

/// The secretary, or a unit concerned, consents; with the last of them it takes effect. The same again is the same.
pub async fn consent(work: &mut Work<'_>, identity: &Identity, id: RotationChangeId) -> Result<RotationChange> {
    let (body, change, own) = open(work, Target::any(id), RotationChangeAction::Consent).await?;
    give(work, identity, &body, change, own).await
}

/// One of them does not, and says why.
pub async fn decline(
    work: &mut Work<'_>,
    target: Target<RotationChangeId>,
    reason: Text<2, 500>,
) -> Result<RotationChange> {
    let (_, before, own) = open(work, target, RotationChangeAction::Decline).await?;
    let after = RotationChange {
        status: RotationChangeStatus::Declined,
        decline_reason: Some(reason.into_string()),
        ended_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::change::Entity>(&before, &after).await?;
    let data = json!({ "parties": own, "reason": after.decline_reason });
    work.record(Event::new(&ROTATION_CHANGE_DECLINED, after.id.0, data));
    Ok(after)
}

/// The change with its branch locked, for one who is a party.
async fn open(
    work: &Work<'_>,
    target: Target<RotationChangeId>,
    action: RotationChangeAction,
) -> Result<(Body, RotationChange, Vec<String>)> {
    let known = store::find_change(work.tx(), target.id).await?;
    let body = lock(work, known.body_id).await?;
    let change = store::find_change(work.tx(), target.id).await?;
    authorized(work.actor(), &body, &change)?;
    target.is_current(change.version)?;
    let own = own_parties(work.tx(), work.actor(), &body, &change, work.today()).await?;
    if own.is_empty() {
        return Err(Refusal::of(&NOT_A_PARTY_OF_CHANGE));
    }
    if change.status.next(action).is_none() {
        let told = (change.status.label(), action.label());
        let entry = &ROTATION_CHANGE_NOT_OPEN;
        return Err(gongjian_governance::acting::not_open(entry, ("该调整", "change"), told, Vec::new()));
    }
    Ok((body, change, own))
}

pub(super) fn authorized(actor: &Actor, body: &Body, change: &RotationChange) -> Result<()> {
    let units = change.units();
    let subject = ("rotation_change", Some(change.id.0));
    let seen = OfBranch { units: &units, unknown: &ROTATION_CHANGE_NOT_FOUND, subject, ..OfBranch::new(body) };
    gongjian_kernel::actor::authorize(actor, &ROTATION_CHANGE, &BRANCH_READ, &seen)
}

async fn give(
    work: &mut Work<'_>,
    identity: &Identity,
    body: &Body,
    before: RotationChange,
    own: Vec<String>,
) -> Result<RotationChange> {
    let mut given: Vec<String> =
        store::consents(work.tx(), [before.id]).await?.into_iter().map(|consent| consent.party).collect();
    for party in own {
        if given.contains(&party) {
            continue;
        }
        let given_by = work.actor().person.map(PersonId);
        let consent = RotationConsent { change_id: before.id, party: party.clone(), given_by, given_at: work.now() };
        store::insert_consent(work, consent).await?;
        work.record(Event::new(&ROTATION_CHANGE_CONSENTED, before.id.0, json!({ "party": party })));
        given.push(party);
    }
    if !before.parties().iter().all(|party| given.contains(party)) {
        return Ok(before);
    }
    apply(work, identity, body, before).await
}

async fn apply(
    work: &mut Work<'_>,
    identity: &Identity,
    body: &Body,
    before: RotationChange,
) -> Result<RotationChange> {
    let first = store::find_term(work.tx(), before.term_id).await?;
    let other = match before.other_term_id {
        Some(other) => Some(store::find_term(work.tx(), other).await?),
        None => None,
    };
    for turn in [Some(&first), other.as_ref()].into_iter().flatten() {
        has_not_begun(work, turn)?;
    }
    let leadership = store::latest(work.tx(), body.id).await?.ok_or_else(|| Refusal::of(&TERM_BEGUN))?;
    let from = other.as_ref().map_or(first.valid_from, |other| first.valid_from.min(other.valid_from));
    let after = RotationChange {
        status: RotationChangeStatus::Applied,
        ended_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::change::Entity>(&before, &after).await?;
    let later = store::living(work.tx(), body.id, work.today()).await?;
    let turn = |term: &Term| -> Option<Slot> {
        let slot = slot_of(term);
        match &other {
            None => (term.id != first.id).then_some(slot),
            Some(other) if term.id == first.id => Some(Slot { unit: other.unit_id, ..slot }),
            Some(other) if term.id == other.id => Some(Slot { unit: first.unit_id, ..slot }),
            Some(_) => Some(slot),
        }
    };
    let slots: Vec<Slot> = later.iter().filter(|term| term.valid_from >= from).filter_map(turn).collect();
    put_turns(work, identity, body, &leadership, from, &slots).await?;
    go_on(work, identity, body).await?;
    let data = json!({ "branch": body.code, "kind": after.kind, "from": from });
    work.record(Event::new(&ROTATION_CHANGE_APPLIED, after.id.0, data));
    Ok(after)
}

/// Only turns of a rotation that have not begun are changed.
fn has_not_begun(work: &Work<'_>, term: &Term) -> Result<()> {
    let is_to_come = term.valid_until.is_some() && term.valid_from > work.today();
    if is_to_come { Ok(()) } else { Err(Refusal::of(&TERM_BEGUN)) }
}

/// The parties that the actor speaks for: the secretary by his post, a unit by its representative.
pub(super) async fn own_parties(
    db: &impl ConnectionTrait,
    actor: &Actor,
    body: &Body,
    change: &RotationChange,
    today: chrono::NaiveDate,
) -> Result<Vec<String>> {
    let mut own = Vec::new();
    if let Some(person) = actor.person.map(PersonId) {
        let seats = of_branches(db, Moment::on(today)).await?;
        let is_his = |kind: Option<OfficeKind>| kind == Some(OfficeKind::BranchPresident);
        if seats.iter().any(|it| it.body_id == Some(body.id) && is_his(it.kind) && it.person_id == Some(person)) {
            own.push(SECRETARY.to_owned());
        }
    }
    let represents = |unit: &UnitId| {
        let role = Role::MemberRepresentative.as_str();
        actor.grants.iter().any(|grant| grant.role == role && grant.scope == Scope::Unit(unit.0))
    };
    own.extend(change.units().into_iter().filter(represents).map(key));
    Ok(own)
}
