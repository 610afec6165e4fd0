//! Who speaks for a unit (Article 25): filing somebody, replacing him, and leaving the place empty.
//!
//! A succession is one act: the predecessor's term ends and the successor's begins in one transaction, and
//! so do their rights, which are derived from the terms. Nothing else hangs on the person: drafts, issues
//! and orders belong to the unit, and whoever speaks for it now goes on with them.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_identity::account::grant::refuse_administrator;
use gongjian_identity::fault::PERSON_NOT_FOUND;
use gongjian_identity::{Identity, PersonId, person};
use gongjian_kernel::actor::Association;
use gongjian_kernel::clock::start_of;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Target, Text, Work, policy};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ExprTrait as _, QuerySelect as _, QueryTrait as _};

use super::contact::Filing;
use super::proposal::{ContactFiling, Who, read};
use super::store::{self, contact, unit};
use super::{ContactKind, Term, Unit, UnitContactId, UnitId, UnitStatus};
use crate::action::{UNIT_CONTACT_CHANGE, UNIT_READ};
use crate::event::{UNIT_CONTACT_ENDED, UNIT_CONTACT_FILED};
use crate::fault::UNIT_NOT_ACTIVE;
use crate::filing::action::FILING_CHECK;
use crate::filing::fault::{CONTACT_VACANT, ONE_PERSON_FOR_EACH, SPEAKS_FOR_ANOTHER_UNIT};
use crate::filing::{self, FilingPolicy, NewFiling};

/// A term that begins.
struct NewTerm {
    unit: UnitId,
    kind: ContactKind,
    person: PersonId,
    predecessor: Option<PersonId>,
    post: String,
    since: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    event_on: NaiveDate,
    filed_on: NaiveDate,
}

/// Article 25: ends the term of the present representative or liaison and begins the successor's. Filing
/// records what the unit decided; nobody's consent is asked for.
pub async fn set_contact(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<UnitId>,
    kind: ContactKind,
    new: ContactFiling,
) -> Result<Unit> {
    let before = open(work, target).await?;
    let terms = terms(work, before.id, kind).await?;
    let present = terms.iter().find(|term| term.until.is_none()).cloned();
    let proposal = read(work, new, &before, present.as_ref(), &terms)?;
    let person = match proposal.who {
        Who::New(person) => person::create(work, person).await?.id,
        Who::OnFile(person) => admit(work, before.id, kind, person).await?,
    };
    if let Some(present) = &present {
        end(work, present, None).await?;
    }
    let after = touch(work, before).await?;
    let last = present.or_else(|| terms.into_iter().max_by_key(|term| term.until));
    let term = NewTerm {
        unit: after.id,
        kind,
        person,
        predecessor: last.map(|last| last.person_id).filter(|predecessor| *predecessor != person),
        post: proposal.post,
        since: work.now(),
        until: None,
        event_on: proposal.event_on,
        filed_on: proposal.filed_on,
    };
    begin(work, term).await?;
    identity.forget_callers(work);
    Ok(after)
}

/// Article 25: a representative or liaison leaves and nobody has been designated yet. The time for filing a
/// successor begins.
pub async fn end_contact(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<UnitId>,
    kind: ContactKind,
    reason: Text<2, 200>,
) -> Result<Unit> {
    let before = open(work, target).await?;
    let terms = terms(work, before.id, kind).await?;
    let present = terms.into_iter().find(|term| term.until.is_none());
    let present = present.ok_or_else(|| Refusal::of(&CONTACT_VACANT))?;
    end(work, &present, Some(reason.as_str())).await?;
    let after = touch(work, before).await?;
    let data = serde_json::json!({ "kind": kind, "person_id": present.person_id, "reason": reason });
    work.record(Event::new(&UNIT_CONTACT_ENDED, after.id.0, data));
    identity.forget_callers(work);
    Ok(after)
}

/// Files the first representative or liaison of a unit that is put on file. What was filed in the past has
/// held since then, and ended with the membership.
pub(super) async fn file_first(work: &mut Work<'_>, unit: &Unit, kind: ContactKind, filing: Filing) -> Result<()> {
    let Filing { person, post, filed_on } = filing;
    let since = std::cmp::min(work.now(), start_of(filed_on));
    let term = NewTerm {
        unit: unit.id,
        kind,
        person: person::create(work, person).await?.id,
        predecessor: None,
        post,
        since,
        until: unit.withdrawn_on.map(|left| std::cmp::max(since, start_of(left))),
        event_on: unit.joined_on.unwrap_or(filed_on),
        filed_on,
    };
    begin(work, term).await
}

async fn open(work: &Work<'_>, target: Target<UnitId>) -> Result<Unit> {
    let unit = store::lock(work, target.id).await?;
    work.authorize(&UNIT_CONTACT_CHANGE, &UNIT_READ, &unit)?;
    target.is_current(unit.version)?;
    if unit.status.is_living() { Ok(unit) } else { Err(Refusal::of(&UNIT_NOT_ACTIVE)) }
}

async fn touch(work: &Work<'_>, before: Unit) -> Result<Unit> {
    let after = Unit { version: before.version + 1, updated_at: work.now(), ..before.clone() };
    work.update::<unit::Entity>(&before, &after).await?;
    Ok(after)
}

async fn terms(work: &Work<'_>, unit: UnitId, kind: ContactKind) -> Result<Vec<Term>> {
    let of_unit = contact::Column::UnitId.eq(unit).and(contact::Column::Kind.eq(kind));
    Ok(contact::Entity::find().filter(of_unit).all(work.tx()).await?)
}

/// Whether somebody on file may speak for the unit. The row of the person is held, so that two units cannot
/// file one person at once.
async fn admit(work: &Work<'_>, unit_id: UnitId, kind: ContactKind, person: PersonId) -> Result<PersonId> {
    let unknown = || {
        let fault = FieldFault::body("/person_id", PERSON_NOT_FOUND.code, PERSON_NOT_FOUND.title.clone());
        Refusal::invalid(vec![fault])
    };
    match person::require(work, person).await {
        Err(refusal) if refusal.entry == &PERSON_NOT_FOUND => return Err(unknown()),
        held => held.map(drop)?,
    }
    let of_person = || contact::Entity::find().filter(contact::Column::PersonId.eq(person));
    let known_here = of_person().filter(contact::Column::UnitId.eq(unit_id)).exists(work.tx()).await?;
    // To a unit, the persons of others do not exist.
    if !known_here && !work.actor().may(&FILING_CHECK, &Association) {
        return Err(unknown());
    }
    refuse_administrator(work, person).await?;
    let living = unit::Entity::find()
        .select_only()
        .column(unit::Column::Id)
        .filter(unit::Column::Status.eq(UnitStatus::Active))
        .into_query();
    let present = of_person()
        .filter(contact::Column::Until.is_null())
        .filter(contact::Column::UnitId.in_subquery(living))
        .all(work.tx())
        .await?;
    if present.iter().any(|term| term.unit_id != unit_id) {
        return Err(Refusal::of(&SPEAKS_FOR_ANOTHER_UNIT));
    }
    let holds_the_other = present.iter().any(|term| term.kind != kind);
    if holds_the_other && !policy::within::<FilingPolicy>(work).await?.value.one_person_may_be_both {
        return Err(Refusal::of(&ONE_PERSON_FOR_EACH));
    }
    Ok(person)
}

async fn end(work: &Work<'_>, present: &Term, reason: Option<&str>) -> Result<()> {
    contact::Entity::update_many()
        .col_expr(contact::Column::Until, Expr::val(work.now()))
        .col_expr(contact::Column::EndReason, Expr::val(reason.map(str::to_owned)))
        .filter(contact::Column::Id.eq(present.id))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// The record names persons by id only: it is kept for good, their data is not.
async fn begin(work: &mut Work<'_>, term: NewTerm) -> Result<()> {
    let NewTerm { unit: unit_id, kind, person: person_id, predecessor, post, since, until, event_on, filed_on } = term;
    let id: UnitContactId = work.new_id();
    let filing = NewFiling {
        kind: kind.into(),
        unit: Some(unit_id),
        person: Some(person_id),
        predecessor,
        subject: ("unit_contact", id.0),
        event_on,
        filed_on,
    };
    let filing = filing::submit(work, filing).await?;
    let row = Term {
        id,
        unit_id,
        kind,
        person_id,
        post,
        filed_on,
        since,
        until,
        filing_id: Some(filing.id),
        predecessor_id: predecessor,
        end_reason: None,
    };
    let data = serde_json::json!({
        "kind": kind,
        "person_id": person_id,
        "predecessor_id": predecessor,
        "post": row.post,
        "filed_on": filed_on,
        "event_on": event_on,
        "filing_id": filing.id,
        "receipt_no": filing.receipt_no,
        "late_workdays": filing.late_workdays,
    });
    let row: contact::ActiveModel = row.into();
    contact::Entity::insert(row.reset_all()).exec_without_returning(work.tx()).await?;
    work.record(Event::new(&UNIT_CONTACT_FILED, unit_id.0, data));
    Ok(())
}
