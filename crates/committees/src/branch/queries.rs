//! Reading branches: who presides today, how many members there are. A fixed number of queries, however many branches.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_governance::body::{self, Body, BodyFilter, BodyId, BodyKind, queries as bodies};
use gongjian_governance::office::{OfficeKind, Seat, of_branches};
use gongjian_governance::post::Moment;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::Page;
use gongjian_kernel::{Permission, Refusal, Result, Store};
use gongjian_membership::unit::count_by_street;
use sea_orm::ConnectionTrait;

use super::action::{BRANCH_READ, OfBranch};
use super::fault::BRANCH_NOT_FOUND;
use super::leadership::{Leadership, LeadershipMode, store};

/// A branch on a day.
#[derive(Debug, Clone)]
pub struct BranchOnFile {
    pub body: Body,
    pub mode: LeadershipMode,
    /// What set the mode; none of a branch that has had its secretary alone from the start.
    pub leadership: Option<Leadership>,
    /// The party secretary of the street.
    pub secretary: Option<Seat>,
    /// Whoever presides beside him, for a member unit.
    pub co_president: Option<Seat>,
    pub member_count: u64,
}

/// The branch, for whoever may read branches.
pub async fn get(store: &Store, actor: &Actor, id: BodyId) -> Result<BranchOnFile> {
    require_reader(actor)?;
    find(store.db.reader(), id, store.today()).await
}

/// The branch as it is after a command.
pub async fn find(db: &impl ConnectionTrait, id: BodyId, day: NaiveDate) -> Result<BranchOnFile> {
    let body = branch(db, id).await?;
    on_day(db, vec![body], day).await?.pop().ok_or_else(|| Refusal::of(&BRANCH_NOT_FOUND))
}

/// One page of branches, in the order in which they were established.
pub async fn list(store: &Store, actor: &Actor, limit: u64, cursor: Option<&str>) -> Result<Page<BranchOnFile>> {
    require_reader(actor)?;
    let filter = BodyFilter { kind: vec![BodyKind::Branch] };
    let page = bodies::list(store, actor, &filter, limit, cursor).await?;
    let rows = on_day(store.db.reader(), page.rows, store.today()).await?;
    Ok(Page { rows, next_cursor: page.next_cursor })
}

/// Three queries.
pub async fn on_day(db: &impl ConnectionTrait, bodies: Vec<Body>, day: NaiveDate) -> Result<Vec<BranchOnFile>> {
    let seats = of_branches(db, Moment::on(day)).await?;
    let counts = count_by_street(db, day).await?;
    let mut set: HashMap<BodyId, Leadership> = HashMap::new();
    for row in store::in_force(db, bodies.iter().map(|body| body.id), day).await? {
        set.insert(row.body_id, row);
    }
    let branch = |body: Body| {
        let held = |kind| seats.iter().find(|seat| seat.body_id == Some(body.id) && seat.kind == Some(kind)).cloned();
        let leadership = set.remove(&body.id);
        let street = body.street_code.as_deref().unwrap_or_default();
        let co_president = held(OfficeKind::BranchCoPresident);
        // One from before it was kept what branches agree on tells that there are two.
        let otherwise = if co_president.is_some() { LeadershipMode::Dual } else { LeadershipMode::Single };
        BranchOnFile {
            mode: leadership.as_ref().map_or(otherwise, |it| it.mode),
            secretary: held(OfficeKind::BranchPresident),
            co_president,
            member_count: counts.get(street).copied().unwrap_or_default(),
            leadership,
            body,
        }
    };
    Ok(bodies.into_iter().map(branch).collect())
}

/// Whether the actor may do that with the branch.
pub async fn may(store: &Store, actor: &Actor, id: BodyId, wanted: &Permission) -> Result<()> {
    let body = branch(store.db.reader(), id).await?;
    authorize(actor, wanted, &BRANCH_READ, &OfBranch::new(&body))
}

pub(super) async fn branch(db: &impl ConnectionTrait, id: BodyId) -> Result<Body> {
    let found = body::get(db, id).await.map_err(|_| Refusal::of(&BRANCH_NOT_FOUND))?;
    if found.kind == BodyKind::Branch { Ok(found) } else { Err(Refusal::of(&BRANCH_NOT_FOUND)) }
}

/// Whoever may not read a branch may not know of any.
pub(super) fn require_reader(actor: &Actor) -> Result<()> {
    if actor.has_some(&BRANCH_READ) { Ok(()) } else { authorize(actor, &BRANCH_READ, &BRANCH_READ, &Association) }
}
