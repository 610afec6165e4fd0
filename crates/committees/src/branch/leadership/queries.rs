//! Reading who presides over branches: terms that were, that run and that are to come, and what is proposed.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_governance::body::{self, Body, BodyId};
use gongjian_kernel::actor::{Actor, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Result, Store, policy};
use gongjian_membership::UnitId;
use gongjian_membership::unit::members_on;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::changes::authorized;
use super::rotation::{Slot, Span, extend, lay};
use super::terms::slot_of;
use super::{
    HandoverState, Leadership, LeadershipMode, RotationChange, RotationChangeId, RotationChangeStatus, RotationConsent,
    Term, TermId, store,
};
use crate::branch::BranchPolicy;
use crate::branch::action::{BRANCH_READ, HANDOVER_REPORT, OfBranch, ROTATION_CHANGE};
use crate::branch::fault::TERM_NOT_FOUND;
use crate::branch::queries::{branch, require_reader};

/// A term with its branch.
#[derive(Debug, Clone)]
pub struct TermOnFile {
    pub term: Term,
    pub body: Body,
    pub handover: HandoverState,
}

/// The rotation of a branch: the terms that are laid, and what follows after them if nothing changes.
#[derive(Debug, Clone)]
pub struct RotationOnFile {
    pub body: Body,
    pub leadership: Option<Leadership>,
    pub order: Vec<UnitId>,
    /// The one that runs and those to come.
    pub terms: Vec<TermOnFile>,
    pub preview: Vec<Span>,
}

/// A change of a rotation with its branch and who has consented.
#[derive(Debug, Clone)]
pub struct ChangeOnFile {
    pub change: RotationChange,
    pub body: Body,
    pub consents: Vec<RotationConsent>,
}

/// What a list of changes is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangeFilter {
    pub branch_id: Option<Uuid>,
    pub status: Vec<RotationChangeStatus>,
}

/// The rotation, with so many terms from now on: those that are laid, then a preview.
pub async fn rotation(store: &Store, actor: &Actor, id: BodyId, terms: usize) -> Result<RotationOnFile> {
    require_reader(actor)?;
    let (db, today) = (store.db.reader(), store.today());
    let body = branch(db, id).await?;
    let policy = policy::current::<BranchPolicy>(store).await?;
    let leadership = store::in_force(db, [id], today).await?.pop();
    let laid = store::living(db, id, today).await?;
    let (mut order, mut preview) = (Vec::new(), Vec::new());
    if let Some(leadership) = &leadership {
        order = leadership.order()?;
    }
    let rotating = leadership.as_ref().filter(|it| it.mode == LeadershipMode::DualRotating);
    if let (Some(rotating), Some(last)) = (rotating, laid.last())
        && let (Some(from), Some(months)) = (last.valid_until, rotating.period_months)
    {
        let members = members_on(db, today, body.street_code.as_deref()).await?;
        let mut slots: Vec<Slot> = Vec::new();
        let position = slot_of(last).position;
        let members = members.into_iter().map(|(unit, _)| unit).collect();
        extend(&mut slots, &order, Some(position), &members, terms.saturating_sub(laid.len()));
        preview = lay(&slots, from, u32::try_from(months).unwrap_or(1));
    }
    let terms = laid.into_iter().take(terms).map(|term| TermOnFile {
        handover: term.handover_on(today, &policy.value),
        body: body.clone(),
        term,
    });
    Ok(RotationOnFile { terms: terms.collect(), body, leadership, order, preview })
}

/// One page of the terms of a branch, the latest first: those that were, too.
pub async fn terms(
    store: &Store,
    actor: &Actor,
    id: BodyId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<TermOnFile>> {
    require_reader(actor)?;
    let (db, today) = (store.db.reader(), store.today());
    let body = branch(db, id).await?;
    let policy = policy::current::<BranchPolicy>(store).await?;
    let sealed_for = serde_json::to_string(&("branch_terms", id))?;
    let of_branch = store::term::Entity::find().filter(store::term::Column::BodyId.eq(id));
    let mut query = of_branch.order_by_desc(store::term::Column::ValidFrom).limit(limit + 1);
    if let Some(cursor) = cursor {
        let before: NaiveDate = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(store::term::Column::ValidFrom.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.valid_from)?;
    let on_file =
        |term: Term| TermOnFile { handover: term.handover_on(today, &policy.value), body: body.clone(), term };
    Ok(Page { rows: page.rows.into_iter().map(on_file).collect(), next_cursor: page.next_cursor })
}

pub async fn find_term(
    db: &impl ConnectionTrait,
    id: TermId,
    today: NaiveDate,
    policy: &BranchPolicy,
) -> Result<TermOnFile> {
    let term = store::find_term(db, id).await?;
    let body = branch(db, term.body_id).await?;
    Ok(TermOnFile { handover: term.handover_on(today, policy), body, term })
}

/// The term, for whoever may do that to it.
pub async fn check_term(store: &Store, actor: &Actor, id: TermId, wanted: &Permission) -> Result<TermOnFile> {
    let policy = policy::current::<BranchPolicy>(store).await?;
    let found = find_term(store.db.reader(), id, store.today(), &policy.value).await?;
    let units = [found.term.unit_id];
    let subject = ("branch_term", Some(id.0));
    let seen = OfBranch { units: &units, unknown: &TERM_NOT_FOUND, subject, ..OfBranch::new(&found.body) };
    authorize(actor, wanted, &BRANCH_READ, &seen)?;
    Ok(found)
}

impl TermOnFile {
    /// Whether the actor may report on it, and whether he may propose a change.
    #[must_use]
    pub fn permits(&self, actor: &Actor) -> (bool, bool) {
        let units = [self.term.unit_id];
        let seen = OfBranch { units: &units, ..OfBranch::new(&self.body) };
        (actor.may(&HANDOVER_REPORT, &seen), actor.may(&ROTATION_CHANGE, &seen))
    }
}

pub async fn find_change(db: &impl ConnectionTrait, id: RotationChangeId) -> Result<ChangeOnFile> {
    let change = store::find_change(db, id).await?;
    let body = branch(db, change.body_id).await?;
    Ok(ChangeOnFile { consents: store::consents(db, [id]).await?, body, change })
}

/// The change, for whoever reads branches.
pub async fn get_change(store: &Store, actor: &Actor, id: RotationChangeId) -> Result<ChangeOnFile> {
    require_reader(actor)?;
    find_change(store.db.reader(), id).await
}

/// Whether the actor may have a say in the change.
pub async fn check_change(store: &Store, actor: &Actor, id: RotationChangeId) -> Result<()> {
    let found = find_change(store.db.reader(), id).await?;
    authorized(actor, &found.body, &found.change)
}

/// One page of changes, the latest first.
pub async fn changes(
    store: &Store,
    actor: &Actor,
    filter: &ChangeFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ChangeOnFile>> {
    use store::change::{Column, Entity};
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("rotation_changes", filter))?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if let Some(branch) = filter.branch_id {
        query = query.filter(Column::BodyId.eq(branch));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: RotationChangeId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies: HashMap<BodyId, Body> = body::all(db).await?.into_iter().map(|body| (body.id, body)).collect();
    let consents = store::consents(db, page.rows.iter().map(|row| row.id)).await?;
    let on_file = |change: RotationChange| {
        let consents = consents.iter().filter(|given| given.change_id == change.id).cloned().collect();
        Some(ChangeOnFile { body: bodies.get(&change.body_id)?.clone(), consents, change })
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(on_file).collect(), next_cursor: page.next_cursor })
}
