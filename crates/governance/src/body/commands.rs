//! Establishing branches (Article 18) and committees (Article 17).

use chrono::NaiveDate;
use gongjian_identity::Identity;
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Text, Work, policy};
use gongjian_membership::{AssociationPolicy, UnitId};
use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;

use super::action::{BODY_ESTABLISH, BODY_READ};
use super::event::BODY_ESTABLISHED;
use super::fault::{BODY_EXISTS, COMMITTEE_NEEDS_COUNCIL};
use super::store::row;
use super::{Body, BodyId, BodyKind, store};
use crate::decision::{DecisionId, Matter};
use crate::office::{NewTenure, OfficeKind, commands as offices};

/// A branch or a committee to be established.
#[derive(Debug, Clone)]
pub struct NewBody {
    pub kind: BodyKind,
    /// Of a committee: what documents call it. A branch bears that of its street.
    pub code: Option<Text<1, 40>>,
    pub name: Text<2, 100>,
    pub street_code: Option<String>,
    /// Of a committee (Article 17).
    pub lead_unit: Option<UnitId>,
    pub founded_on: Option<NaiveDate>,
    pub basis: Text<2, 200>,
    /// The council's decision; without one, the basis is the document of one from before.
    pub decision: Option<DecisionId>,
    pub decided_on: Option<NaiveDate>,
}

/// Articles 16–18: a branch for each street, whose party secretary is its president; a committee with its lead unit,
/// by decision of the council.
pub async fn establish(work: &mut Work<'_>, identity: &Identity, new: NewBody) -> Result<Body> {
    work.authorize(&BODY_ESTABLISH, &BODY_READ, &Association)?;
    let code = check(work, &new).await?;
    // A committee has no street: to compare with none would find every body without one.
    let mut taken = Condition::any().add(row::Column::Code.eq(&code));
    if let Some(street) = &new.street_code {
        taken = taken.add(row::Column::StreetCode.eq(street));
    }
    if row::Entity::find().filter(taken).exists(work.tx()).await? {
        return Err(Refusal::of(&BODY_EXISTS));
    }
    let body = Body {
        id: work.new_id::<BodyId>(),
        kind: new.kind,
        code,
        name: new.name.clone().into_string(),
        street_code: new.street_code.clone(),
        founded_on: new.founded_on.or(new.decided_on).or(Some(work.today())),
        dissolved_on: None,
        basis: Some(new.basis.clone().into_string()),
        decision_id: new.decision,
        version: 1,
    };
    store::insert(work, &body).await?;
    if let Some(decision) = new.decision {
        crate::decision::spend(work, decision, Matter::CommitteeSet, ("body", body.id.0)).await?;
    }
    let data = json!({ "kind": body.kind, "code": body.code, "name": body.name, "street": body.street_code, "basis": body.basis });
    work.record(Event::new(&BODY_ESTABLISHED, body.id.0, data));
    let kind = if new.kind == BodyKind::Branch { OfficeKind::BranchPresident } else { OfficeKind::CommitteeLeadUnit };
    let office = NewTenure {
        kind,
        body: Some(body.id),
        post: None,
        person: None,
        unit: new.lead_unit,
        since: body.founded_on,
        until: None,
        basis: new.basis,
        method: None,
        decision: None,
        decided_on: None,
    };
    offices::grant(work, identity, office).await?;
    Ok(body)
}

/// The code of the body to be.
async fn check(work: &Work<'_>, new: &NewBody) -> Result<String> {
    let fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
        Err(Refusal::invalid(vec![FieldFault::body(at, code, Say::fixed(zh, en))]))
    };
    for (at, day) in [("/founded_on", new.founded_on), ("/decided_on", new.decided_on)] {
        if day.is_some_and(|day| day > work.today()) {
            return fault(at, "in_future", "日期不能晚于今天。", "It must not lie after today.");
        }
    }
    match (new.kind, &new.street_code, new.lead_unit, &new.code) {
        (BodyKind::Branch, Some(street), None, None) => {
            if new.decision.is_some() {
                return fault(
                    "/decision_id",
                    "not_allowed",
                    "街道分会不须理事会决定。",
                    "No decision of the council establishes a branch.",
                );
            }
            if !policy::within::<AssociationPolicy>(work).await?.value.accepts_street(street) {
                return fault(
                    "/street_code",
                    "unknown_street",
                    "不是本区的街道代码。",
                    "It is no street of the district.",
                );
            }
            Ok(street.clone())
        }
        (BodyKind::Committee, None, Some(_), Some(code)) => {
            if new.decision.is_none() && new.decided_on.is_none() {
                return Err(Refusal::of(&COMMITTEE_NEEDS_COUNCIL));
            }
            Ok(code.clone().into_string())
        }
        (BodyKind::Branch, ..) => fault(
            "/street_code",
            "required",
            "街道分会只填街道代码。",
            "A branch names its street, and neither a code nor a lead unit.",
        ),
        (BodyKind::Committee, ..) => fault(
            "/lead_unit_id",
            "required",
            "专业研究委员会须填代码和牵头单位，不填街道。",
            "A committee names its code and its lead unit, and no street.",
        ),
        (BodyKind::GeneralMeeting | BodyKind::Council | BodyKind::ExpertCommittee, ..) => {
            fault("/kind", "only_one", "该机构只有一个。", "There is one of it already.")
        }
    }
}
