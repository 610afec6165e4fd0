//! What a ballot asks of the meeting that it belongs to, and of the body that meets.

use chrono::{DateTime, Utc};
use gongjian_kernel::actor::ANY;
use gongjian_kernel::{Actor, Refusal, Result, Say};
use gongjian_membership::UnitId;
use gongjian_membership::unit::{UnitStatus, queries as units};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::action::BALLOT_READ;
use super::fault::{BALLOT_WITHOUT_MATTER, BALLOT_WRONG_BODY};
use super::{BallotId, OnBody};
use crate::body::{self, Body, BodyId, BodyKind, electorate};
use crate::decision::Matter;
use crate::meeting::{self, AgendaItemId, MeetingId};

pub(super) use crate::meeting::is_present;

/// What the item decides, if this body may: the council does not decide what Article 11 gives to the general meeting.
pub(super) async fn matter(
    db: &impl ConnectionTrait,
    meeting: MeetingId,
    item: AgendaItemId,
    body: BodyKind,
) -> Result<Matter> {
    let item = meeting::item(db, item).await?.filter(|item| item.meeting_id == meeting).ok_or_else(|| {
        let zh = "该次会议没有此议题。";
        Refusal::field("/agenda_item_id", "unknown_item", zh, "The meeting has no such item.")
    })?;
    let matter = item.matter.ok_or_else(|| Refusal::of(&BALLOT_WITHOUT_MATTER))?;
    match matter.decided_by() {
        Some((decider, article)) if decider != body => {
            let (what, who) = (matter.label(), decider.label());
            let detail = Say::new(
                format!("“{}”由{}决定。", what.zh, who.zh),
                format!("“{}” is decided by: {}.", what.en, who.en),
            );
            Err(Refusal::new(&BALLOT_WRONG_BODY, detail).with_article(Some(article)))
        }
        Some(_) | None => Ok(matter),
    }
}

/// The body as the actor sees it: with those of his units that have a voice there.
pub(super) async fn seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ballot: Option<BallotId>,
    body: Body,
    at: DateTime<Utc>,
) -> Result<OnBody> {
    let own: Vec<UnitId> = actor.units().map(UnitId).collect();
    let units = if own.is_empty() { Vec::new() } else { with_a_voice(db, &body, own, at).await? };
    Ok(OnBody { ballot, body, units })
}

async fn with_a_voice(
    db: &impl ConnectionTrait,
    body: &Body,
    own: Vec<UnitId>,
    at: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let mut units = Vec::new();
    match body.kind {
        // Every member has one, or every member of the street: no need to read them all.
        BodyKind::GeneralMeeting | BodyKind::Branch => {
            for unit in own {
                let Some(unit) = units::find(db, unit).await? else { continue };
                let here =
                    body.kind == BodyKind::GeneralMeeting || body.street_code.as_ref() == Some(&unit.street_code);
                if unit.status == UnitStatus::Active && here {
                    units.push(unit.id.0);
                }
            }
        }
        BodyKind::Council | BodyKind::Committee | BodyKind::ExpertCommittee => {
            let electors = electorate(db, body, at).await?;
            units
                .extend(electors.iter().filter_map(|one| one.unit_id).filter(|unit| own.contains(unit)).map(|id| id.0));
        }
    }
    Ok(units)
}

/// The bodies whose ballots the actor may read; `None` where they are all.
pub(super) async fn readable(
    db: &impl ConnectionTrait,
    actor: &Actor,
    at: DateTime<Utc>,
) -> Result<Option<Vec<BodyId>>> {
    if BALLOT_READ.rules.iter().any(|rule| rule.over == ANY && actor.holds(rule.role)) {
        return Ok(None);
    }
    let mut open = Vec::new();
    for body in body::all(db).await? {
        let seen = seen(db, actor, None, body, at).await?;
        if actor.may(&BALLOT_READ, &seen) {
            open.push(seen.body.id);
        }
    }
    Ok(Some(open))
}
