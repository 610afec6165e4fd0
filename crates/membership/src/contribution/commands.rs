//! Giving something, acknowledging it, taking it back. The line in the passbook begins and ends with it.

use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Event, Refusal, Result, Say, Target, Text, Work};
use serde_json::json;

use super::action::{CONTRIBUTION_ACKNOWLEDGE, CONTRIBUTION_READ, CONTRIBUTION_SUBMIT};
use super::event::{CONTRIBUTION_ACKNOWLEDGED, CONTRIBUTION_SUBMITTED, CONTRIBUTION_WITHDRAWN};
use super::fault::CONTRIBUTION_NOT_OPEN;
use super::{Contribution, ContributionAction, ContributionId, ContributionKind, ContributionStatus, store};
use crate::action::own_units;
use crate::standing::{self, Entry, Source};
use crate::unit::{UnitId, queries as units};

/// Something to be given.
#[derive(Debug, Clone)]
pub struct NewContribution {
    /// May stay open for one who acts for a single unit.
    pub unit: Option<UnitId>,
    pub kind: ContributionKind,
    pub title: Text<2, 100>,
    pub detail: Text<2, 2000>,
}

/// Article 10(3): the unit's representative or liaison gives something for the unit.
pub async fn submit(work: &mut Work<'_>, new: NewContribution) -> Result<Contribution> {
    let unit = giver(work.actor(), new.unit)?;
    units::require_active(work.tx(), unit).await?;
    let contribution = Contribution {
        id: work.new_id(),
        unit_id: unit,
        kind: new.kind,
        title: new.title.into_string(),
        detail: new.detail.into_string(),
        contributed_on: work.today(),
        status: ContributionStatus::Submitted,
        submitted_by: work.actor().person.map(PersonId),
        submitted_at: work.now(),
        acknowledged_by: None,
        acknowledged_at: None,
        acknowledgement: None,
        retract_reason: None,
        version: 1,
    };
    store::insert(work, &contribution).await?;
    let path = format!("/v1/contributions/{}", contribution.id);
    let source = Source { kind: "contribution", id: contribution.id.0, path: &path };
    let entry = Entry { day: contribution.contributed_on, title: &contribution.title, quantity: 1 };
    standing::enter(work, contribution.kind.line(), unit, source, entry).await?;
    let data = json!({ "unit_id": unit, "kind": contribution.kind, "title": contribution.title });
    work.record(Event::new(&CONTRIBUTION_SUBMITTED, contribution.id.0, data));
    Ok(contribution)
}

/// The unit that gives: one that the actor may speak for in this.
pub fn giver(actor: &Actor, named: Option<UnitId>) -> Result<UnitId> {
    let own = own_units(actor, &CONTRIBUTION_SUBMIT);
    let denied = || {
        let zh = "由单位的固定代表或联络人提交。";
        let en = "The unit's representative or liaison contributes.";
        Refusal::new(&gongjian_kernel::fault::FORBIDDEN, Say::fixed(zh, en)).with_article(CONTRIBUTION_SUBMIT.article)
    };
    match (named, own.as_slice()) {
        (Some(unit), own) if own.contains(&unit.0) => Ok(unit),
        (None, [unit]) => Ok(UnitId(*unit)),
        (None, [first, rest @ ..]) if rest.iter().all(|unit| unit == first) => Ok(UnitId(*first)),
        (Some(_), _) | (None, []) => Err(denied()),
        (None, _) => Err(Refusal::field(
            "/unit_id",
            "required",
            "您代表多个单位，请指明单位。",
            "You act for several units; name the one that contributes.",
        )),
    }
}

/// The secretariat has taken note of it.
pub async fn acknowledge(
    work: &mut Work<'_>,
    target: Target<ContributionId>,
    note: Option<Text<1, 500>>,
) -> Result<Contribution> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&CONTRIBUTION_ACKNOWLEDGE, &CONTRIBUTION_READ, &before)?;
    target.is_current(before.version)?;
    let after = Contribution {
        status: step(&before, ContributionAction::Acknowledge)?,
        acknowledged_by: work.actor().person.map(PersonId),
        acknowledged_at: Some(work.now()),
        acknowledgement: note.map(Text::into_string),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "unit_id": after.unit_id, "note": after.acknowledgement });
    work.record(Event::new(&CONTRIBUTION_ACKNOWLEDGED, after.id.0, data));
    Ok(after)
}

/// The unit takes back what it has given; the line in its passbook is withdrawn with it.
pub async fn retract(
    work: &mut Work<'_>,
    target: Target<ContributionId>,
    reason: Text<2, 500>,
) -> Result<Contribution> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&CONTRIBUTION_SUBMIT, &CONTRIBUTION_READ, &before)?;
    target.is_current(before.version)?;
    let after = Contribution {
        status: step(&before, ContributionAction::Withdraw)?,
        retract_reason: Some(reason.into_string()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    standing::withdraw(work, after.kind.line(), after.unit_id, after.id.0).await?;
    let data = json!({ "unit_id": after.unit_id, "reason": after.retract_reason });
    work.record(Event::new(&CONTRIBUTION_WITHDRAWN, after.id.0, data));
    Ok(after)
}

fn step(contribution: &Contribution, action: ContributionAction) -> Result<ContributionStatus> {
    contribution.status.next(action).ok_or_else(|| {
        let (now, wanted) = (contribution.status.label(), action.label());
        let detail = Say::new(
            format!("该贡献现为“{}”，不能“{}”。", now.zh, wanted.zh),
            format!("The contribution is “{}”; “{}” cannot be done now.", now.en, wanted.en),
        );
        Refusal::new(&CONTRIBUTION_NOT_OPEN, detail)
    })
}
