//! Applying to a committee, checking, deciding, taking back (Articles 9(3) and 17).

use gongjian_governance::body::{self, Body, BodyId, members};
use gongjian_governance::consent::{Key, keys};
use gongjian_governance::office::queries::lead_unit;
use gongjian_identity::PersonId;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Permission, Refusal, Result, Say, Target, Text, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::require_active;
use serde_json::json;

use super::{
    CommitteeApplication, CommitteeApplicationAction as Action, CommitteeApplicationId, CommitteeApplicationStatus,
    DirectorOpinion, store,
};
use crate::committee::action::{
    Affair, COMMITTEE_APPLICATION_READ, COMMITTEE_APPLY, COMMITTEE_CHECK, COMMITTEE_DECIDE,
};
use crate::committee::commands::standing;
use crate::committee::event::{
    APPLICATION_ADMITTED, APPLICATION_CHECKED, APPLICATION_MADE, APPLICATION_REFUSED, APPLICATION_SUPPORTED,
    APPLICATION_WITHDRAWN,
};
use crate::committee::fault::{APPLICATION_NOT_FOUND, APPLICATION_NOT_OPEN, OPINION_GIVEN};

/// Article 9(3): any member applies to as many committees as it likes, to each once at a time.
pub async fn apply(
    work: &mut Work<'_>,
    body: BodyId,
    unit: UnitId,
    reason: Text<2, 1000>,
) -> Result<CommitteeApplication> {
    let body = crate::committee::commands::lock(work, body).await?;
    let affair = Affair { unit: Some(unit), ..Affair::of(&body) };
    work.authorize(&COMMITTEE_APPLY, &COMMITTEE_APPLY, &affair)?;
    standing(work, &body)?;
    require_active(work.tx(), unit).await?;
    let known = members::of_body(work.tx(), body.id, work.today()).await?;
    if known.iter().any(|member| member.unit_id == unit) {
        return Err(Refusal::of(&body::fault::COMMITTEE_MEMBER_ALREADY));
    }
    let application = CommitteeApplication {
        id: work.new_id(),
        body_id: body.id,
        unit_id: unit,
        reason: reason.into_string(),
        status: CommitteeApplicationStatus::Applied,
        applied_by: work.actor().person.map(PersonId),
        applied_at: work.now(),
        checked_by: None,
        checked_at: None,
        remark: None,
        ended_at: None,
        version: 1,
    };
    store::insert(work, &application).await?;
    let data = json!({ "committee": body.code, "unit_id": unit });
    work.record(Event::new(&APPLICATION_MADE, application.id.0, data));
    Ok(application)
}

/// Article 17: the lead unit, which does the daily liaison, says what it has found.
pub async fn check(
    work: &mut Work<'_>,
    target: Target<CommitteeApplicationId>,
    remark: Text<2, 500>,
) -> Result<CommitteeApplication> {
    let (before, body) = open(work, target, &COMMITTEE_CHECK).await?;
    standing(work, &body)?;
    let after = CommitteeApplication {
        checked_by: work.actor().person.map(PersonId),
        checked_at: Some(work.now()),
        remark: Some(remark.into_string()),
        ..step(&before, Action::Check)?
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&APPLICATION_CHECKED, after.id.0, json!({ "remark": after.remark })));
    Ok(after)
}

/// Article 17: a director decides for himself. With both the unit is a member; one who declines says why.
pub async fn decide(
    work: &mut Work<'_>,
    id: CommitteeApplicationId,
    declines: Option<Text<2, 500>>,
) -> Result<CommitteeApplication> {
    let (before, body) = open(work, Target::any(id), &COMMITTEE_DECIDE).await?;
    standing(work, &body)?;
    let reason = declines.map(Text::into_string);
    step(&before, if reason.is_none() { Action::Agree } else { Action::Decline })?;
    let own = own_key(keys(work.tx(), &body, work.now()).await?, work.actor().person)?;
    let given = store::opinions(work.tx(), [id]).await?;
    if given.iter().any(|one| one.office == own.office || one.person_id == own.person) {
        return Err(Refusal::of(&OPINION_GIVEN));
    }
    let (action, event) = match (&reason, given.is_empty()) {
        (Some(_), _) => (Action::Decline, &APPLICATION_REFUSED),
        (None, true) => (Action::Agree, &APPLICATION_SUPPORTED),
        (None, false) => (Action::Admit, &APPLICATION_ADMITTED),
    };
    let mut after = step(&before, action)?;
    if after.status != before.status {
        after.ended_at = Some(work.now());
    }
    if action == Action::Admit {
        require_active(work.tx(), before.unit_id).await?;
        members::enter(work, body.id, before.unit_id).await?;
    }
    let data = json!({ "office": own.office, "person_id": own.person, "unit_id": before.unit_id, "reason": reason });
    let opinion = DirectorOpinion {
        application_id: id,
        office: own.office,
        person_id: own.person,
        name: own.name,
        agrees: reason.is_none(),
        reason,
        given_at: work.now(),
    };
    store::opine(work, opinion).await?;
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(event, id.0, data));
    Ok(after)
}

/// The unit takes it back, at any time before both have decided.
pub async fn withdraw(work: &mut Work<'_>, target: Target<CommitteeApplicationId>) -> Result<CommitteeApplication> {
    let (before, _) = open(work, target, &COMMITTEE_APPLY).await?;
    let after = CommitteeApplication { ended_at: Some(work.now()), ..step(&before, Action::Withdraw)? };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&APPLICATION_WITHDRAWN, after.id.0, json!({ "unit_id": after.unit_id })));
    Ok(after)
}

/// The committee is held first: its offices, its end and its members are decided one after the other.
async fn open(
    work: &Work<'_>,
    target: Target<CommitteeApplicationId>,
    wanted: &Permission,
) -> Result<(CommitteeApplication, Body)> {
    let known = store::get(work.tx(), target.id).await?;
    let body = body::lock(work, known.body_id).await?;
    let application = store::lock(work, target.id).await?;
    let affair = Affair {
        body: &body,
        lead: lead_unit(work.tx(), body.id, work.today()).await?,
        unit: Some(application.unit_id),
        unknown: &APPLICATION_NOT_FOUND,
        subject: ("committee_application", Some(application.id.0)),
    };
    work.authorize(wanted, &COMMITTEE_APPLICATION_READ, &affair)?;
    target.is_current(application.version)?;
    Ok((application, body))
}

/// Each his own: whoever holds one of the two offices at this instant.
fn own_key(keys: [Key; 2], person: Option<uuid::Uuid>) -> Result<Key> {
    keys.into_iter().find(|key| Some(key.person.0) == person).ok_or_else(|| {
        let zh = "由此刻任主任的本人表明意见。";
        let en = "Whoever is a director at this instant decides.";
        Refusal::new(&FORBIDDEN, Say::fixed(zh, en)).with_article(Some(17))
    })
}

/// The application after the action.
fn step(before: &CommitteeApplication, action: Action) -> Result<CommitteeApplication> {
    let status = before.status.next(action).ok_or_else(|| {
        let (told, wanted) = (before.status.label(), action.label());
        let detail = Say::new(
            format!("该申请现为“{}”，不能“{}”。", told.zh, wanted.zh),
            format!("The application is “{}”; “{}” cannot be done now.", told.en, wanted.en),
        );
        Refusal::new(&APPLICATION_NOT_OPEN, detail)
    })?;
    Ok(CommitteeApplication { status, version: before.version + 1, ..before.clone() })
}
