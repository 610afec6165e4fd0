//! A unit that is admitted: a new one, or the same one again if it had left.

use gongjian_identity::Identity;
use gongjian_kernel::{Event, Refusal, Result, Work, policy};
use sea_orm::{ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::history::{self, Turn, UnitChange};
use super::period::{self, Joining};
use super::{Unit, UnitId, UnitStatus, commands, queries, store};
use crate::application::Application;
use crate::association::AssociationPolicy;
use crate::directory;
use crate::event::{UNIT_CAME_BACK, UNIT_CREATED};

/// Refuses an application of a unit that is a member already.
pub(crate) async fn refuse_member(work: &Work<'_>, application: &Application) -> Result<()> {
    store::refuse_twin(work, &as_unit(work, application, UnitId(application.id.0))).await
}

pub(crate) async fn is_member_by_code(work: &Work<'_>, code: &crate::CreditCode) -> Result<bool> {
    use store::unit::Column as C;
    let member =
        store::unit::Entity::find().filter(C::CreditCode.eq(code.clone())).filter(C::Status.eq(UnitStatus::Active));
    Ok(member.exists(work.tx()).await?)
}

/// The unit becomes a member with a number of its own; one that comes back is the unit that it was.
pub(crate) async fn admit(
    work: &mut Work<'_>,
    identity: &Identity,
    application: &Application,
    handles_issues: bool,
) -> Result<Unit> {
    refuse_member(work, application).await?;
    let former = former(work, application).await?;
    let today = work.today();
    let (unit, change, entry) = match &former {
        Some(before) => {
            let after = Unit {
                member_no: before.member_no.clone(),
                handles_issues,
                version: before.version + 1,
                created_at: before.created_at,
                ..as_unit(work, application, before.id)
            };
            store::update(work, before, &after).await?;
            (after, UnitChange::CameBack, &UNIT_CAME_BACK)
        }
        None => {
            let association = policy::within::<AssociationPolicy>(work).await?;
            let member_no = commands::next_member_no(work, &association.value.member_prefix).await?;
            let unit = Unit { member_no, handles_issues, ..as_unit(work, application, work.new_id()) };
            store::insert(work, &unit).await?;
            (unit, UnitChange::Joined, &UNIT_CREATED)
        }
    };
    let (Some(basis), Some(on)) = (&application.consent_basis, application.consent_on) else {
        return Err(Refusal::internal("an eligible application without consent"));
    };
    let joining =
        Joining { on: today, consent_basis: basis.clone(), consent_on: on, application: Some(application.id) };
    period::begin(work, unit.id, joining).await?;
    let turn = Turn { on: today, change, basis: Some(application.number.clone()), receipt_no: None };
    history::turn(work, &unit, turn).await?;
    directory::index(work, &unit).await?;
    work.forget_document(queries::NAMES);
    identity.forget_callers(work);
    let data = serde_json::json!({
        "member_no": unit.member_no,
        "name": unit.name,
        "unit_type": unit.unit_type,
        "credit_code": unit.credit_code,
        "credit_code_exempt_reason": unit.credit_code_exempt_reason,
        "handles_issues": unit.handles_issues,
        "status": unit.status,
        "application": application.number,
    });
    work.record(Event::new(entry, unit.id.0, data));
    Ok(unit)
}

/// The unit that left last with this code, or with this name where it has none. One that went up in others
/// does not come back.
async fn former(work: &Work<'_>, application: &Application) -> Result<Option<Unit>> {
    use store::unit::Column as C;
    let same = match &application.credit_code {
        Some(code) => C::CreditCode.eq(code.clone()),
        None => C::CreditCode.is_null().and(C::NameKey.eq(&application.name_key)),
    };
    let left = store::unit::Entity::find()
        .filter(same)
        .filter(C::Status.eq(UnitStatus::Withdrawn))
        .order_by_desc(C::WithdrawnOn)
        .order_by_desc(C::Id);
    Ok(left.lock_exclusive().one(work.tx()).await?)
}

fn as_unit(work: &Work<'_>, application: &Application, id: UnitId) -> Unit {
    let Application { name, name_key, credit_code, street_code, zone_codes, address, .. } = application.clone();
    Unit {
        id,
        member_no: String::new(),
        name,
        name_key,
        unit_type: application.unit_type,
        affiliation_level: application.affiliation_level,
        credit_code,
        credit_code_exempt_reason: application.credit_code_exempt_reason.clone(),
        street_code,
        zone_codes,
        address,
        party_org_name: application.party_org_name.clone(),
        party_org_kind: application.party_org_kind,
        party_member_count: application.party_member_count,
        handles_issues: false,
        status: UnitStatus::Active,
        applied_on: Some(application.applied_on),
        joined_on: Some(work.today()),
        withdrawn_on: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    }
}
