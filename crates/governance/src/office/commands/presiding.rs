//! Article 18: a member unit's representative presides over a branch beside the secretary of the street. Parts of
//! commands that have authorized, with the branch locked.

use chrono::NaiveDate;
use gongjian_identity::Identity;
use gongjian_kernel::{Event, Refusal, Result, Work};
use gongjian_membership::UnitId;

use super::grant::{require_member, slot};
use super::revise::next_of;
use super::said;
use crate::body::Body;
use crate::office::event::{OFFICE_ENDED, OFFICE_GRANTED};
use crate::office::fault::OFFICE_TAKEN;
use crate::office::{OfficeKind, Tenure, TenureId, store};

const KIND: OfficeKind = OfficeKind::BranchCoPresident;

/// From that day on, until the other where one is given, whoever represents the unit presides.
pub async fn preside(
    work: &mut Work<'_>,
    identity: &Identity,
    body: &Body,
    unit: UnitId,
    (since, until): (NaiveDate, Option<NaiveDate>),
    basis: &str,
) -> Result<TenureId> {
    require_member(work, unit, since.min(work.today()), body).await?;
    let tenure = Tenure {
        id: work.new_id::<TenureId>(),
        version: 1,
        kind: KIND,
        body_id: body.id,
        post_id: None,
        person_id: None,
        unit_id: Some(unit),
        slot: slot(KIND, body, None, None, Some(unit)),
        method: None,
        decided_on: None,
        decision_id: None,
        valid_from: since,
        valid_until: until,
        basis: basis.to_owned(),
        recorded_at: work.now(),
        recorded_by: work.actor().person,
        superseded_at: None,
    };
    let ends = |held: &Tenure| held.valid_until.is_none_or(|end| end > since);
    let begins = |held: &Tenure| until.is_none_or(|end| held.valid_from < end);
    if store::of_slot(work.tx(), &tenure.slot).await?.iter().any(|held| ends(held) && begins(held)) {
        return Err(Refusal::of(&OFFICE_TAKEN).with_article(Some(18)));
    }
    store::put(work, &tenure).await?;
    work.record(Event::new(&OFFICE_GRANTED, tenure.id.0, said(&tenure)));
    identity.forget_callers(work);
    Ok(tenure.id)
}

/// From that day on nobody presides beside the secretary; what would have begun then never does.
pub async fn stand_down(work: &mut Work<'_>, identity: &Identity, body: &Body, from: NaiveDate) -> Result<()> {
    for before in store::living(work.tx(), body.id, from).await?.into_iter().filter(|held| held.kind == KIND) {
        store::supersede(work, &before).await?;
        let after = Tenure { valid_until: Some(from), ..next_of(work, &before) };
        if before.valid_from < from {
            store::put(work, &after).await?;
        }
        work.record(Event::new(&OFFICE_ENDED, after.id.0, said(&after)));
    }
    identity.forget_callers(work);
    Ok(())
}
