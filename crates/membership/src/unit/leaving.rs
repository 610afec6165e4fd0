//! Article 9(4): leaving is free. A notice takes effect on receipt; nobody approves it, nothing is checked.
//! Whoever spoke or handled issues for the unit does so no more from that instant.

use chrono::NaiveDate;
use gongjian_identity::Identity;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ExprTrait as _, entity::prelude::*};

use super::history::{self, Turn, UnitChange};
use super::period::{self, EndedBy, Leaving};
use super::store::{self, contact};
use super::{Unit, UnitId, UnitStatus, queries};
use crate::action::{UNIT_DISSOLVE, UNIT_READ, UNIT_WITHDRAW};
use crate::appointment::store::row as appointment;
use crate::event::{UNIT_DISSOLVED, UNIT_WITHDRAWN};
use crate::fault::UNIT_NOT_ACTIVE;
use crate::filing;

gongjian_kernel::words! {
    /// Why there is no such unit in the district any more. What a unit did or did not do is no ground.
    pub enum DissolutionGround as "dissolution_ground" ("单位终止事由", "Ground of a dissolution") {
        Ceased = "ceased" ("单位撤销或注销", "The unit ceased to exist"),
        MovedAway = "moved_away" ("迁出本区", "The unit moved away"),
    }
}

/// The evidence that a unit is gone.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub ground: DissolutionGround,
    /// The document: a notice of deregistration, a decision on the establishment.
    pub basis: Text<2, 200>,
    pub on: NaiveDate,
}

/// A unit that has left, and the receipt for its notice.
#[derive(Debug, Clone)]
pub struct Left {
    pub unit: Unit,
    pub receipt_no: String,
}

/// The notice of the unit's representative. It is effective on receipt.
pub async fn withdraw(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<UnitId>,
    reason: Option<Text<1, 500>>,
) -> Result<Left> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&UNIT_WITHDRAW, &UNIT_READ, &before)?;
    require_member(&before)?;
    target.is_current(before.version)?;
    let receipt_no = filing::receipt_no(work).await?;
    let end = Ending {
        status: UnitStatus::Withdrawn,
        change: UnitChange::Withdrew,
        by: EndedBy::Withdrawal,
        basis: reason.map(Text::into_string),
        evidence_on: None,
        receipt_no: Some(receipt_no.clone()),
    };
    let unit = end_membership(work, identity, &before, end).await?;
    let data = serde_json::json!({ "member_no": unit.member_no, "receipt_no": receipt_no });
    work.record(Event::new(&UNIT_WITHDRAWN, unit.id.0, data));
    Ok(Left { unit, receipt_no })
}

/// The secretariat puts on file that the unit is gone, with the evidence.
pub async fn dissolve(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<UnitId>,
    evidence: Evidence,
) -> Result<Unit> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&UNIT_DISSOLVE, &UNIT_READ, &before)?;
    target.is_current(before.version)?;
    require_member(&before)?;
    not_after_today(work, evidence.on)?;
    let end = Ending {
        status: UnitStatus::Dissolved,
        change: UnitChange::Dissolved,
        by: match evidence.ground {
            DissolutionGround::Ceased => EndedBy::Ceased,
            DissolutionGround::MovedAway => EndedBy::MovedAway,
        },
        basis: Some(evidence.basis.into_string()),
        evidence_on: Some(evidence.on),
        receipt_no: None,
    };
    let data = serde_json::json!({ "ground": end.by, "basis": end.basis, "evidence_on": end.evidence_on });
    let unit = end_membership(work, identity, &before, end).await?;
    work.record(Event::new(&UNIT_DISSOLVED, unit.id.0, data));
    Ok(unit)
}

/// How a membership ends.
#[derive(Debug, Clone)]
pub(super) struct Ending {
    pub(super) status: UnitStatus,
    pub(super) change: UnitChange,
    pub(super) by: EndedBy,
    pub(super) basis: Option<String>,
    pub(super) evidence_on: Option<NaiveDate>,
    pub(super) receipt_no: Option<String>,
}

/// Ends the membership and every office that rests on it, in one instant. The history stays.
pub(super) async fn end_membership(
    work: &mut Work<'_>,
    identity: &Identity,
    before: &Unit,
    end: Ending,
) -> Result<Unit> {
    let today = work.today();
    let after = Unit {
        status: end.status,
        withdrawn_on: Some(today),
        version: before.version + 1,
        updated_at: work.now(),
        ..before.clone()
    };
    work.update::<store::unit::Entity>(before, &after).await?;
    let leaving = Leaving {
        on: today,
        by: end.by,
        reason: end.basis.clone(),
        evidence_on: end.evidence_on,
        receipt_no: end.receipt_no.clone(),
    };
    period::end(work, after.id, leaving).await?;
    let turn = Turn { on: today, change: end.change, basis: end.basis, receipt_no: end.receipt_no };
    history::turn(work, &after, turn).await?;
    end_offices(work, after.id).await?;
    identity.forget_callers(work);
    work.forget_document(queries::NAMES);
    Ok(after)
}

/// One that comes back designates anew (Article 25): nobody steps back into his office unasked.
async fn end_offices(work: &Work<'_>, unit: UnitId) -> Result<()> {
    contact::Entity::update_many()
        .col_expr(contact::Column::Until, Expr::val(work.now()))
        .filter(contact::Column::UnitId.eq(unit))
        .filter(contact::Column::Until.is_null())
        .exec(work.tx())
        .await?;
    appointment::Entity::update_many()
        .col_expr(appointment::Column::Until, Expr::val(work.now()))
        .col_expr(appointment::Column::EndedBasis, Expr::val("单位会籍终止"))
        .col_expr(appointment::Column::Version, Expr::col(appointment::Column::Version).add(1))
        .filter(appointment::Column::UnitId.eq(unit))
        .filter(appointment::Column::Until.is_null())
        .exec(work.tx())
        .await?;
    Ok(())
}

pub(super) fn require_member(unit: &Unit) -> Result<()> {
    if unit.status.is_living() { Ok(()) } else { Err(Refusal::of(&UNIT_NOT_ACTIVE)) }
}

/// Evidence bears a day that has come.
pub(super) fn not_after_today(work: &Work<'_>, day: NaiveDate) -> Result<()> {
    if day <= work.today() {
        return Ok(());
    }
    let detail = Say::fixed("日期不能晚于今天。", "It must not lie after today.");
    Err(Refusal::invalid(vec![FieldFault::body("/decided_on", "in_future", detail)]))
}
