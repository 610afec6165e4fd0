//! Which offices a person may be given. The rule joins two crates: accounts know no units.

use gongjian_identity::{NewGrant, PersonId, Role, ScopeKind};
use gongjian_kernel::{FaultKind, FieldFault, Refusal, Result, Say, Scope, Work, policy};
use gongjian_membership::unit::{ContactKind, queries};
use gongjian_membership::{AssociationPolicy, UnitId};

use super::input::GrantCreate;

/// The offices of an account that is opened, or all faults, each at its place in the body.
pub(super) async fn appoint_all(work: &Work<'_>, person: PersonId, wanted: &[GrantCreate]) -> Result<Vec<NewGrant>> {
    let (mut grants, mut faults) = (Vec::new(), Vec::new());
    for (index, wanted) in wanted.iter().enumerate() {
        match appoint(work, person, wanted, &format!("/grants/{index}")).await {
            Ok(grant) => grants.push(grant),
            Err(refusal) if refusal.fields.is_empty() => return Err(refusal),
            Err(refusal) => faults.extend(refusal.fields),
        }
    }
    if faults.is_empty() { Ok(grants) } else { Err(Refusal::invalid(faults)) }
}

/// Article 25: a unit is represented by the person that it has filed, and only while it is a member.
/// Article 23: issues are handled for a department that they are dispatched to.
pub(super) async fn appoint(work: &Work<'_>, person: PersonId, wanted: &GrantCreate, at: &str) -> Result<NewGrant> {
    let scope = scope(work, wanted, at).await?;
    if let Scope::Unit(unit) = scope {
        check_unit(work, person, wanted.role, UnitId(unit)).await.map_err(|refusal| at_place(refusal, at))?;
    }
    NewGrant::new(wanted.role, scope)
}

async fn check_unit(work: &Work<'_>, person: PersonId, role: Role, unit: UnitId) -> Result<()> {
    let kind = match role {
        Role::MemberRepresentative => ContactKind::Representative,
        Role::MemberLiaison => ContactKind::Liaison,
        Role::DepartmentHandler => return queries::require_department(work.tx(), unit).await.map(drop),
        Role::BranchPresident
        | Role::BranchStaff
        | Role::SecretariatOffice
        | Role::SecretaryGeneral
        | Role::President
        | Role::VicePresident
        | Role::SystemAdministrator
        | Role::SecurityAdministrator
        | Role::AuditAdministrator => return Ok(()),
    };
    queries::require_active(work.tx(), unit).await?;
    if queries::is_current_contact(work.tx(), person, unit, kind).await? {
        return Ok(());
    }
    let label = kind.label();
    Err(Refusal::field(
        "",
        "not_current_contact",
        format!("该人员不是该单位备案的现任{}，请先备案。", label.zh),
        format!("The person is not the unit's {} on file; file him first.", label.en.to_lowercase()),
    )
    .with_article(Some(25)))
}

/// What the role is held over, from the member that it needs; the other one is out of place.
async fn scope(work: &Work<'_>, wanted: &GrantCreate, at: &str) -> Result<Scope> {
    let kind = wanted.role.scope();
    let needs = |name: &str| {
        let (role, pointer) = (wanted.role.label(), format!("{at}/{name}"));
        Refusal::field(&pointer, "required", format!("“{}”须填写此项。", role.zh), format!("“{}” needs it.", role.en))
    };
    let out_of_place = |name: &str| {
        let (role, pointer) = (wanted.role.label(), format!("{at}/{name}"));
        Refusal::field(
            &pointer,
            "not_allowed",
            format!("“{}”不填此项。", role.zh),
            format!("“{}” is not held over it.", role.en),
        )
    };
    if wanted.unit_id.is_some() && kind != ScopeKind::Unit {
        return Err(out_of_place("unit_id"));
    }
    if wanted.street_code.is_some() && kind != ScopeKind::Branch {
        return Err(out_of_place("street_code"));
    }
    match kind {
        ScopeKind::Association => Ok(Scope::Association),
        ScopeKind::Unit => wanted.unit_id.map(Scope::Unit).ok_or_else(|| needs("unit_id")),
        ScopeKind::Branch => {
            let street = wanted.street_code.as_deref().ok_or_else(|| needs("street_code"))?;
            if policy::within::<AssociationPolicy>(work).await?.value.accepts_street(street) {
                return Ok(Scope::Branch(street.to_owned()));
            }
            let detail = Say::fixed("不是本区的街道代码。", "It is no street of the district.");
            Err(Refusal::invalid(vec![FieldFault::body(format!("{at}/street_code"), "unknown_street", detail)]))
        }
    }
}

/// A refusal over the unit becomes a fault of the grant that names it.
fn at_place(refusal: Refusal, at: &str) -> Refusal {
    match refusal.kind() {
        FaultKind::NotFound | FaultKind::Conflict | FaultKind::Invalid => {
            let (code, detail) = match refusal.fields.into_iter().next() {
                Some(field) => (field.code, field.detail),
                None => (refusal.entry.code, refusal.detail),
            };
            Refusal::invalid(vec![FieldFault::body(at, code, detail)]).with_article(refusal.article)
        }
        FaultKind::Stale
        | FaultKind::Unauthenticated
        | FaultKind::Denied
        | FaultKind::Limited
        | FaultKind::Unavailable
        | FaultKind::Internal => refusal,
    }
}
