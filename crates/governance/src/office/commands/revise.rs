//! Ending a tenure, and putting right what was recorded of one. What was believed stays known.

use chrono::NaiveDate;
use gongjian_identity::Identity;
use gongjian_kernel::{Event, Refusal, Result, Target, Text, Work};
use serde_json::json;

use super::grant::{not_before_decision, not_his_own, require_member, two_origins, within_a_year};
use super::{Interval, Revision, said};
use crate::body::{self, BodyId};
use crate::office::action::{OFFICE_GRANT, OFFICE_READ, TenureInQuestion};
use crate::office::event::{OFFICE_CORRECTED, OFFICE_ENDED};
use crate::office::fault::{OFFICE_NOT_GRANTED, OFFICE_OVER, OFFICE_TAKEN};
use crate::office::{Tenure, TenureId, store};

/// From that day on the office is not held.
pub async fn end(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<TenureId>,
    until: Option<NaiveDate>,
    basis: Text<2, 200>,
) -> Result<Tenure> {
    let before = open(work, target).await?;
    let until = until.unwrap_or(work.today());
    if before.valid_until.is_some_and(|end| end <= work.today() || end < until) {
        return Err(Refusal::of(&OFFICE_OVER).with_article(Some(before.kind.facts().article)));
    }
    Interval::of(before.valid_from, Some(until))?;
    let after = Tenure { valid_until: Some(until), ..next_of(work, &before) };
    store::supersede(work, &before).await?;
    store::put(work, &after).await?;
    let mut data = said(&after);
    data["basis"] = json!(basis);
    work.record(Event::new(&OFFICE_ENDED, after.id.0, data));
    identity.forget_callers(work);
    Ok(after)
}

/// With the body its offices end today; one that begins later, or began today, never is.
pub(crate) async fn end_all(
    work: &mut Work<'_>,
    identity: &Identity,
    body: BodyId,
    basis: &Text<2, 200>,
) -> Result<()> {
    let today = work.today();
    for before in store::living(work.tx(), body, today).await? {
        store::supersede(work, &before).await?;
        let after = Tenure { valid_until: Some(today), ..next_of(work, &before) };
        if before.valid_from < today {
            store::put(work, &after).await?;
        }
        let mut data = said(&after);
        data["basis"] = json!(basis);
        work.record(Event::new(&OFFICE_ENDED, after.id.0, data));
    }
    identity.forget_callers(work);
    Ok(())
}

/// The days of the tenure were others, or it never was.
pub async fn correct(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<TenureId>,
    revision: Revision,
) -> Result<Option<Tenure>> {
    let before = open(work, target).await?;
    not_his_own(work, before.post_id, before.person_id).await?;
    store::supersede(work, &before).await?;
    let after = if revision.annulled {
        None
    } else {
        let since = revision.since.unwrap_or(before.valid_from);
        let until = revision.until.unwrap_or(before.valid_until);
        let interval = Interval::of(since, until)?;
        if before.kind.facts().annual {
            within_a_year(since, until.unwrap_or(NaiveDate::MAX))?;
        }
        let others = store::of_slot(work.tx(), &before.slot).await?;
        if others.iter().any(|other| other.id != before.id && interval.meets(other)) {
            return Err(Refusal::of(&OFFICE_TAKEN).with_article(Some(before.kind.facts().article)));
        }
        not_before_decision(work, since, before.decision_id, before.decided_on).await?;
        if let Some(unit) = before.unit_id {
            let body = body::get(work.tx(), before.body_id).await?;
            require_member(work, unit, since, &body).await?;
        }
        let after = Tenure { valid_from: since, valid_until: until, ..next_of(work, &before) };
        two_origins(work, &after).await?;
        store::put(work, &after).await?;
        Some(after)
    };
    let mut data = said(after.as_ref().unwrap_or(&before));
    data["annulled"] = json!(revision.annulled);
    data["reason"] = json!(revision.reason);
    work.record(Event::new(&OFFICE_CORRECTED, before.id.0, data));
    identity.forget_callers(work);
    Ok(after)
}

/// The tenure with its body locked, as where offices are filled.
async fn open(work: &Work<'_>, target: Target<TenureId>) -> Result<Tenure> {
    let seen = store::lock(work, target.id).await?;
    work.authorize(&OFFICE_GRANT, &OFFICE_READ, &TenureInQuestion::from(&seen))?;
    target.is_current(seen.version)?;
    if seen.kind.is_granted() { Ok(seen) } else { Err(Refusal::of(&OFFICE_NOT_GRANTED)) }
}

pub(super) fn next_of(work: &Work<'_>, tenure: &Tenure) -> Tenure {
    Tenure {
        version: tenure.version + 1,
        recorded_at: work.now(),
        recorded_by: work.actor().person,
        superseded_at: None,
        ..tenure.clone()
    }
}
