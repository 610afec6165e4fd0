//! Requesting and approving joint conferences (Article 22), convening zone meetings (Article 19).

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, Utc};
use gongjian_committees::zone::{ZoneId, queries as zones};
use gongjian_governance::acting::not_open;
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Permission, Refusal, Result, Target, Text, Work, number, policy};
use gongjian_membership::unit::queries::require_active;
use gongjian_membership::{AssociationPolicy, UnitId};
use serde_json::json;

use super::action::{
    CONFERENCE_DECIDE, CONFERENCE_KEEP, CONFERENCE_READ, CONFERENCE_REQUEST, Sight, ZONE_MEETING_CONVENE,
};
use super::event::{
    CONFERENCE_APPROVED, CONFERENCE_CONVENED, CONFERENCE_REFUSED, CONFERENCE_REQUESTED, CONFERENCE_REVISED,
};
use super::fault::{CONFERENCE_NOT_OPEN, INVITEE_OUT_OF_SCOPE, OWN_REQUEST, STREET_OUT_OF_ZONE};
use super::queries::allowed_actions;
use super::{
    Conference, ConferenceAction as Action, ConferenceId, ConferenceKind, ConferenceLevel, ConferencePolicy,
    ConferenceStatus, ZoneAttribute, ZoneDomain, agenda, delegation, store,
};
use crate::issue::IssueId;

/// A joint conference that is asked for.
#[derive(Debug, Clone)]
pub struct NewConference {
    pub level: ConferenceLevel,
    pub street_code: Option<String>,
    pub title: Text<2, 200>,
    pub purpose: Text<2, 4000>,
    pub invitees: Vec<UnitId>,
    pub issues: Vec<IssueId>,
}

/// A meeting that a zone convenes.
#[derive(Debug, Clone)]
pub struct NewZoneMeeting {
    pub domain: ZoneDomain,
    pub attribute: ZoneAttribute,
    pub title: Text<2, 200>,
    pub purpose: Text<2, 4000>,
    pub starts_at: DateTime<Utc>,
    pub place: Text<2, 200>,
    pub chair: Option<Text<1, 50>>,
    pub invitees: Vec<UnitId>,
    pub streets: Vec<String>,
    pub issues: Vec<IssueId>,
}

/// What changes before a conference meets; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct ConferenceEdit {
    pub title: Option<Text<2, 200>>,
    pub purpose: Option<Text<2, 4000>>,
    pub invitees: Option<Vec<UnitId>>,
    pub streets: Option<Vec<String>>,
    /// Until it is approved; afterwards the secretariat escalates an issue to it.
    pub issues: Option<Vec<IssueId>>,
}

/// Article 22: a street asks for its own, the secretariat for the district's.
pub async fn request(work: &mut Work<'_>, new: NewConference) -> Result<Conference> {
    let street = street_of(work, &new).await?;
    work.authorize(&CONFERENCE_REQUEST, &CONFERENCE_REQUEST, &Sight::to_be(street.clone(), None))?;
    let it = Conference {
        level: Some(new.level),
        street_code: street,
        ..blank(work, ConferenceKind::Joint, new.title.into_string(), new.purpose.into_string())
    };
    store::insert(work, &it).await?;
    let invitees = in_scope(work, &it, new.invitees).await?;
    store::invite(work, it.id, &invitees).await?;
    agenda::put(work, &it, &new.issues, None).await?;
    let data = json!({
        "level": it.level, "street": it.street_code, "title": it.title, "invitees": invitees, "issue_ids": new.issues,
    });
    work.record(Event::new(&CONFERENCE_REQUESTED, it.id.0, data));
    Ok(it)
}

/// Article 19: the unit that convenes the zone invites streets and members of both levels; nobody approves it.
pub async fn convene(work: &mut Work<'_>, zone: ZoneId, new: NewZoneMeeting) -> Result<Conference> {
    let zone = zones::find(work.tx(), zone).await?;
    let convenes = Some(zone.zone.lead_unit_id);
    work.authorize(&ZONE_MEETING_CONVENE, &ZONE_MEETING_CONVENE, &Sight::to_be(None, convenes))?;
    let prefix = policy::within::<ConferencePolicy>(work).await?.value.zone_prefix.clone();
    let it = Conference {
        zone_id: Some(zone.zone.id),
        domain: Some(new.domain),
        attribute: Some(new.attribute),
        number: Some(take_number(work, &prefix).await?),
        status: ConferenceStatus::Scheduled,
        starts_at: Some(new.starts_at),
        place: Some(new.place.into_string()),
        chair: new.chair.map(Text::into_string),
        ..blank(work, ConferenceKind::Zone, new.title.into_string(), new.purpose.into_string())
    };
    store::insert(work, &it).await?;
    let invitees = in_scope(work, &it, new.invitees).await?;
    store::invite(work, it.id, &invitees).await?;
    let streets = in_zone(&zone.streets, new.streets)?;
    store::invite_streets(work, it.id, &streets).await?;
    agenda::put(work, &it, &new.issues, convenes).await?;
    let data = json!({
        "zone": zone.zone.code, "number": it.number, "domain": it.domain, "attribute": it.attribute,
        "title": it.title, "invitees": invitees, "streets": streets, "issue_ids": new.issues,
    });
    work.record(Event::new(&CONFERENCE_CONVENED, it.id.0, data));
    agenda::escalate(work, &it, 0).await?;
    Ok(it)
}

/// Another purpose, other invitees, until it has met.
pub async fn revise(work: &mut Work<'_>, target: Target<ConferenceId>, edit: ConferenceEdit) -> Result<Conference> {
    let (before, sight) = open(work, target, &CONFERENCE_KEEP).await?;
    let closed = |status: ConferenceStatus| {
        let detail = gongjian_kernel::Say::new(
            format!("会议现为“{}”，不能调整。", status.label().zh),
            format!("The conference is “{}”; it cannot be revised now.", status.label().en),
        );
        Err(Refusal::new(&CONFERENCE_NOT_OPEN, detail))
    };
    if !before.status.is_in_preparation() || (edit.issues.is_some() && before.status != ConferenceStatus::Requested) {
        return closed(before.status);
    }
    let mut after = Conference { version: before.version + 1, ..before.clone() };
    if let Some(title) = edit.title {
        after.title = title.into_string();
    }
    if let Some(purpose) = edit.purpose {
        after.purpose = purpose.into_string();
    }
    work.update::<store::row::Entity>(&before, &after).await?;
    if let Some(units) = edit.invitees {
        store::invite(work, after.id, &in_scope(work, &after, units).await?).await?;
    }
    if let Some(streets) = edit.streets {
        let lie_in = match after.zone_id {
            Some(zone) => zones::find(work.tx(), zone).await?.streets,
            None => Vec::new(),
        };
        store::invite_streets(work, after.id, &in_zone(&lie_in, streets)?).await?;
    }
    if let Some(issues) = edit.issues {
        store::clear_agenda(work, after.id).await?;
        agenda::put(work, &after, &issues, sight.convenes).await?;
    }
    let invitees = store::invitees(work.tx(), after.id).await?;
    let data = json!({ "title": after.title, "purpose": after.purpose, "invitees": invitees });
    work.record(Event::new(&CONFERENCE_REVISED, after.id.0, data));
    Ok(after)
}

/// Article 22 「经理事会秘书处批准」: with it, what is on the agenda goes before the conference.
pub async fn approve(work: &mut Work<'_>, target: Target<ConferenceId>, workdays: u32) -> Result<Conference> {
    let (before, after) = decided(work, target, Action::Approve).await?;
    let prefix = policy::within::<ConferencePolicy>(work).await?.value.joint_prefix.clone();
    let after = Conference { number: Some(take_number(work, &prefix).await?), ..after };
    let data = json!({
        "number": after.number, "delegation_id": after.delegation_id, "extension_workdays": workdays,
    });
    let after = save(work, &before, after, &CONFERENCE_APPROVED, data).await?;
    agenda::escalate(work, &after, workdays).await?;
    Ok(after)
}

pub async fn refuse(work: &mut Work<'_>, target: Target<ConferenceId>, reason: Text<2, 500>) -> Result<Conference> {
    let (before, after) = decided(work, target, Action::Refuse).await?;
    let after = Conference { reason: Some(reason.into_string()), ended_at: Some(work.now()), ..after };
    let data = json!({ "reason": after.reason, "delegation_id": after.delegation_id });
    save(work, &before, after, &CONFERENCE_REFUSED, data).await
}

/// By somebody else than who has asked; on record, whether in the secretariat's place.
async fn decided(work: &Work<'_>, target: Target<ConferenceId>, action: Action) -> Result<(Conference, Conference)> {
    let (before, sight) = open(work, target, &CONFERENCE_DECIDE).await?;
    let after = step(work, &before, &sight, action)?;
    let person = work.actor().person.map(PersonId);
    if person.is_some() && person == before.requested_by {
        return Err(Refusal::of(&OWN_REQUEST));
    }
    // Whoever decides by an office of the secretariat needs no delegation.
    let own = Sight { delegated: false, ..sight };
    let in_place = if work.actor().may(&CONFERENCE_DECIDE, &own) {
        None
    } else {
        delegation::in_force(work.tx(), before.street_code.as_deref(), work.today()).await?
    };
    let delegation_id = in_place.map(|held| held.id);
    let after = Conference { decided_by: person, decided_at: Some(work.now()), delegation_id, ..after };
    Ok((before, after))
}

fn blank(work: &Work<'_>, kind: ConferenceKind, title: String, purpose: String) -> Conference {
    Conference {
        id: work.new_id(),
        kind,
        level: None,
        street_code: None,
        zone_id: None,
        domain: None,
        attribute: None,
        number: None,
        title,
        purpose,
        status: ConferenceStatus::Requested,
        requested_by: work.actor().person.map(PersonId),
        requested_at: work.now(),
        decided_by: None,
        decided_at: None,
        reason: None,
        delegation_id: None,
        starts_at: None,
        place: None,
        chair: None,
        held_on: None,
        minutes: None,
        ended_at: None,
        version: 1,
    }
}

/// `JM-2026-001`: gapless within the year of Asia/Shanghai.
async fn take_number(work: &Work<'_>, prefix: &str) -> Result<String> {
    let year = work.today().year();
    let number = number::next(work, prefix, "association", year).await?;
    Ok(format!("{prefix}-{year}-{number:03}"))
}

async fn street_of(work: &Work<'_>, new: &NewConference) -> Result<Option<String>> {
    let fault = |code: &'static str, zh: &str, en: &str| Err(Refusal::field("/street_code", code, zh, en));
    match (new.level, &new.street_code) {
        (ConferenceLevel::District, None) => Ok(None),
        (ConferenceLevel::District, Some(_)) => {
            fault("not_allowed", "区级联席会不填街道。", "The district's names no street.")
        }
        (ConferenceLevel::Street, None) => fault("required", "街道级联席会须填街道。", "A street's names its street."),
        (ConferenceLevel::Street, Some(street)) => {
            if !policy::within::<AssociationPolicy>(work).await?.value.accepts_street(street) {
                return fault("unknown_street", "不是本区的街道代码。", "It is no street of the district.");
            }
            Ok(Some(street.clone()))
        }
    }
}

/// Article 22 「在各自会员范围内」, with departments of the district; Article 19: members of both levels.
async fn in_scope(work: &Work<'_>, it: &Conference, units: Vec<UnitId>) -> Result<BTreeSet<UnitId>> {
    for (at, id) in units.iter().enumerate() {
        let pointer = format!("/invitee_unit_ids/{at}");
        let unit = require_active(work.tx(), *id).await.map_err(|refusal| refusal.at(&pointer))?;
        let is_own = it.level != Some(ConferenceLevel::Street) || Some(&unit.street_code) == it.street_code.as_ref();
        if !unit.handles_issues && !is_own {
            return Err(Refusal::of(&INVITEE_OUT_OF_SCOPE).at(&pointer));
        }
    }
    Ok(units.into_iter().collect())
}

/// Article 19 「相关街道」.
fn in_zone(lie_in: &[String], streets: Vec<String>) -> Result<BTreeSet<String>> {
    if let Some(at) = streets.iter().position(|street| !lie_in.contains(street)) {
        return Err(Refusal::of(&STREET_OUT_OF_ZONE).at(&format!("/street_codes/{at}")));
    }
    Ok(streets.into_iter().collect())
}

/// The conference, locked, for whoever may do that.
pub(super) async fn open(
    work: &Work<'_>,
    target: Target<ConferenceId>,
    wanted: &Permission,
) -> Result<(Conference, Sight)> {
    let before = store::lock(work, target.id).await?;
    let sight = super::queries::sight(work.tx(), &before, work.today()).await?;
    work.authorize(wanted, &CONFERENCE_READ, &sight)?;
    target.is_current(before.version)?;
    Ok((before, sight))
}

/// The conference after the action.
pub(super) fn step(work: &Work<'_>, before: &Conference, sight: &Sight, action: Action) -> Result<Conference> {
    let status = before.status.next(action).ok_or_else(|| {
        let open = allowed_actions(work.actor(), sight, before.status).into_iter().map(Action::as_str).collect();
        not_open(&CONFERENCE_NOT_OPEN, ("该会议", "conference"), (before.status.label(), action.label()), open)
    })?;
    Ok(Conference { status, version: before.version + 1, ..before.clone() })
}

pub(super) async fn save(
    work: &mut Work<'_>,
    before: &Conference,
    after: Conference,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<Conference> {
    work.update::<store::row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}
