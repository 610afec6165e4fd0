//! One meeting in hand: what the caller may do with it now, and the way every command takes.

use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{
    Actor, Event, EventEntry, FaultEntry, FaultKind, Permission, Refusal, Result, Say, Scope, Target, Work,
};
use gongjian_membership::UnitId;
use gongjian_membership::unit::ContactKind;
use gongjian_membership::unit::queries::is_current_contact;
use serde_json::{Value, json};

use super::action::{
    CONVENE, CORRECT_MINUTES, ELECTOR, GIVE_MANDATE, PROPOSE_TOPIC, READ, Sight, TAKE_PART, WRITE_MINUTES,
};
use super::fault::{MEETING_NOT_OPEN, NO_VOICE, NOT_AN_ELECTOR};
use super::store::{self, meeting};
use super::{Meeting, MeetingAction, MeetingId};
use crate::body::{self, Body, Elector, electorate};

impl MeetingAction {
    /// Who may do it.
    #[must_use]
    pub fn permission(self) -> &'static Permission {
        match self {
            Self::Edit | Self::SetAgenda | Self::DecideTopic | Self::Call | Self::Open | Self::Close | Self::Cancel => {
                &CONVENE
            }
            Self::ProposeTopic => &PROPOSE_TOPIC,
            Self::Acknowledge | Self::Attend | Self::Excuse => &TAKE_PART,
            Self::GiveMandate => &GIVE_MANDATE,
            Self::DraftMinutes | Self::SubmitMinutes | Self::ApproveMinutes => &WRITE_MINUTES,
            Self::CorrectMinutes => &CORRECT_MINUTES,
        }
    }
}

/// What this caller may do with the meeting now.
#[must_use]
pub fn allowed_actions(actor: &Actor, meeting: &Meeting, sight: &Sight) -> Vec<MeetingAction> {
    meeting.status.open_actions().filter(|action| actor.may(action.permission(), sight)).collect()
}

/// A meeting that was loaded (locked), authorized and found open for the action.
#[derive(Debug)]
pub(super) struct Case {
    before: Meeting,
    pub meeting: Meeting,
    pub body: Body,
    pub electors: Vec<Elector>,
    action: MeetingAction,
}

impl Case {
    /// Load (locked) → authorize → version → lifecycle, by whoever the action is for.
    pub async fn open(work: &Work<'_>, target: Target<MeetingId>, action: MeetingAction) -> Result<Self> {
        Self::open_by(work, target, action, action.permission()).await
    }

    /// The same, by somebody who does it for another: attendance that is entered, a correction that is answered.
    pub async fn open_by(
        work: &Work<'_>,
        target: Target<MeetingId>,
        action: MeetingAction,
        permission: &Permission,
    ) -> Result<Self> {
        let meeting = store::lock(work, target.id).await?;
        let body = body::get(work.tx(), meeting.body_id).await?;
        let electors = electorate(work.tx(), &body, work.now()).await?;
        let sight = Sight::of(&meeting, body.clone(), &electors);
        work.authorize(permission, &READ, &sight)?;
        target.is_current(meeting.version)?;
        if meeting.status.next(action).is_none() {
            let (now, wanted) = (meeting.status.label(), action.label());
            let detail = Say::new(
                format!("会议现为“{}”，不能“{}”。", now.zh, wanted.zh),
                format!("The meeting is “{}”; “{}” cannot be done now.", now.en, wanted.en),
            );
            let allowed = allowed_actions(work.actor(), &meeting, &sight);
            let mut refused = Refusal::new(&MEETING_NOT_OPEN, detail);
            refused.allowed_actions = Some(allowed.into_iter().map(MeetingAction::as_str).collect());
            return Err(refused);
        }
        Ok(Self { before: meeting.clone(), meeting, body, electors, action })
    }

    /// Takes the step of the lifecycle, saves, records.
    pub async fn close(mut self, work: &mut Work<'_>, entry: &'static EventEntry, data: Value) -> Result<Meeting> {
        let from = self.before.status;
        self.meeting.status = from.next(self.action).ok_or_else(|| Refusal::of(&MEETING_NOT_OPEN))?;
        self.meeting.version += 1;
        work.update::<meeting::Entity>(&self.before, &self.meeting).await?;
        self.record(work, entry, data);
        Ok(self.meeting)
    }

    /// Puts on record what happened in the meeting, where the meeting's own row stays as it is.
    pub fn record(&self, work: &mut Work<'_>, entry: &'static EventEntry, data: Value) {
        let mut facts = json!({ "body_id": self.meeting.body_id, "status": self.meeting.status });
        if let (Some(facts), Value::Object(data)) = (facts.as_object_mut(), data) {
            facts.extend(data);
        }
        work.record(Event::new(entry, self.meeting.id.0, facts));
    }

    /// The voice with this key.
    pub fn elector(&self, key: &str) -> Result<&Elector> {
        self.electors.iter().find(|elector| elector.key == key).ok_or_else(|| Refusal::of(&NOT_AN_ELECTOR))
    }

    /// The voice that the actor acts for: the one of the unit that he names, or the only one that he has.
    pub async fn own_voice(&self, work: &Work<'_>, unit: Option<UnitId>) -> Result<&Elector> {
        let own = self.own_voices(work).await?;
        match (unit, own.as_slice()) {
            (Some(unit), own) => match own.iter().find(|elector| elector.unit_id == Some(unit)) {
                Some(elector) => Ok(elector),
                None if self.electors.iter().any(|elector| elector.unit_id == Some(unit)) => {
                    Err(Refusal::of(&NO_VOICE))
                }
                None => Err(Refusal::of(&NOT_AN_ELECTOR)),
            },
            (None, [elector]) => Ok(elector),
            (None, []) => Err(Refusal::of(&NO_VOICE)),
            (None, _) => Err(Refusal::field(
                "/unit_id",
                "required",
                "您代表多个单位，请指明单位。",
                "You act for several units; name the one that you mean.",
            )),
        }
    }

    /// The voices that the actor acts for by an office that carries the action. His filing is read anew: who
    /// was replaced a moment ago acts for nobody.
    async fn own_voices(&self, work: &Work<'_>) -> Result<Vec<&Elector>> {
        let Some(person) = work.actor().person.map(PersonId) else { return Ok(Vec::new()) };
        let mut own = Vec::new();
        for elector in &self.electors {
            let is_own = elector.person_id == Some(person)
                || match elector.unit_id {
                    Some(unit) => acts_for(work, self.action.permission(), person, unit).await?,
                    None => false,
                };
            if is_own {
                own.push(elector);
            }
        }
        Ok(own)
    }
}

/// To a stranger a part of a meeting is as unknown as one that is not there.
pub(super) fn unknown_as(part: &'static FaultEntry) -> impl FnOnce(Refusal) -> Refusal {
    move |refusal| match refusal.kind() {
        FaultKind::NotFound => Refusal { record: refusal.record, ..Refusal::of(part) },
        FaultKind::Conflict
        | FaultKind::Stale
        | FaultKind::Unauthenticated
        | FaultKind::Denied
        | FaultKind::Limited
        | FaultKind::Invalid
        | FaultKind::Unavailable
        | FaultKind::Internal => refusal,
    }
}

/// Whether the person, by an office of his that carries the permission, acts for the unit at this very moment.
async fn acts_for(work: &Work<'_>, permission: &Permission, person: PersonId, unit: UnitId) -> Result<bool> {
    for (role, kind) in [
        (gongjian_identity::Role::MemberRepresentative, ContactKind::Representative),
        (gongjian_identity::Role::MemberLiaison, ContactKind::Liaison),
    ] {
        let carries = permission.rules.iter().any(|rule| rule.role == role.as_str() && rule.over == ELECTOR);
        let held = |grant: &gongjian_kernel::Grant| grant.role == role.as_str() && grant.scope == Scope::Unit(unit.0);
        if carries && work.actor().grants.iter().any(held) && is_current_contact(work.tx(), person, unit, kind).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the audit trail and answers call a voice.
pub(super) fn said(elector: &Elector) -> Value {
    json!({ "elector_key": elector.key, "unit_id": elector.unit_id, "name": elector.name })
}
