//! Reading key projects and claims. Every member may know of them (Article 9(2)).

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_governance::office::queries::council_units;
use gongjian_governance::plan::Goal;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Result, Store, Work};
use gongjian_membership::UnitId;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::KEY_PROJECT_READ;
use super::fault::{CLAIM_NOT_FOUND, KEY_PROJECT_NOT_FOUND};
use super::store::{claim, row};
use super::{Claim, ClaimId, ClaimStatus, Claiming, KeyProject, KeyProjectId};

/// A key project with what is taken of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyProjectOnFile {
    pub project: KeyProject,
    pub taken: Shares,
}

/// A claim with the project that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimOnFile {
    pub claim: Claim,
    pub project: KeyProject,
}

/// Shares of one project that are claimed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shares {
    pub pending: i64,
    pub confirmed: i64,
}

impl Shares {
    /// Those that nobody else can have.
    #[must_use]
    pub fn live(self) -> i64 {
        self.pending + self.confirmed
    }
}

/// What is taken of some projects, and by whom.
#[derive(Debug, Clone, Default)]
pub struct Taken(HashMap<KeyProjectId, Vec<(UnitId, ClaimStatus, i32)>>);

impl Taken {
    #[must_use]
    pub fn of(&self, project: KeyProjectId) -> Shares {
        let mut shares = Shares::default();
        for (_, status, n) in self.0.get(&project).into_iter().flatten() {
            match status {
                ClaimStatus::Pending => shares.pending += i64::from(*n),
                ClaimStatus::Confirmed => shares.confirmed += i64::from(*n),
                ClaimStatus::Declined | ClaimStatus::Withdrawn | ClaimStatus::Released => {}
            }
        }
        shares
    }

    #[must_use]
    pub fn is_by(&self, project: KeyProjectId, unit: UnitId) -> bool {
        self.0.get(&project).is_some_and(|claims| claims.iter().any(|(by, ..)| *by == unit))
    }
}

/// One query for all of them.
pub(super) async fn taken(
    db: &impl ConnectionTrait,
    projects: impl IntoIterator<Item = KeyProjectId>,
) -> Result<Taken> {
    use claim::Column as C;
    let rows: Vec<(KeyProjectId, UnitId, ClaimStatus, i32)> = claim::Entity::find()
        .select_only()
        .columns([C::KeyProjectId, C::UnitId, C::Status, C::Shares])
        .filter(C::KeyProjectId.is_in(projects))
        .filter(C::Status.is_in(ClaimStatus::LIVE))
        .into_tuple()
        .all(db)
        .await?;
    let mut taken = Taken::default();
    for (project, unit, status, shares) in rows {
        taken.0.entry(project).or_default().push((unit, status, shares));
    }
    Ok(taken)
}

/// What a list of key projects is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct KeyProjectFilter {
    pub year: Option<i32>,
    pub goal: Vec<Goal>,
    pub claiming: Option<Claiming>,
}

/// What a list of claims is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ClaimFilter {
    pub key_project_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub status: Vec<ClaimStatus>,
}

/// A council unit and what it has taken on in a year: none is worth seeing (Article 14(3)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimer {
    pub unit_id: UnitId,
    pub name: String,
    pub pending: i64,
    pub confirmed: i64,
}

pub async fn get(store: &Store, actor: &Actor, id: KeyProjectId) -> Result<KeyProjectOnFile> {
    require_reader(actor)?;
    find(store.db.reader(), id).await
}

/// The project, for whoever may do that with it.
pub async fn check(store: &Store, actor: &Actor, id: KeyProjectId, wanted: &Permission) -> Result<()> {
    let found = get(store, actor, id).await?;
    authorize(actor, wanted, &KEY_PROJECT_READ, &found.project)
}

/// The same of a claim.
pub async fn check_claim(store: &Store, actor: &Actor, id: ClaimId, wanted: &Permission) -> Result<()> {
    let found = get_claim(store, actor, id).await?;
    authorize(actor, wanted, &KEY_PROJECT_READ, &found.claim)
}

async fn find(db: &impl ConnectionTrait, id: KeyProjectId) -> Result<KeyProjectOnFile> {
    let found = row::Entity::find_by_id(id).one(db).await?;
    let project = found.ok_or_else(|| Refusal::of(&KEY_PROJECT_NOT_FOUND))?;
    Ok(KeyProjectOnFile { taken: taken(db, [id]).await?.of(id), project })
}

/// The key project as it is after a command.
pub async fn within(work: &Work<'_>, id: KeyProjectId) -> Result<KeyProjectOnFile> {
    find(work.tx(), id).await
}

/// One page of key projects, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &KeyProjectFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<KeyProjectOnFile>> {
    use row::Column as C;
    require_reader(actor)?;
    let (db, today) = (store.db.reader(), store.today());
    let sealed_for = serde_json::to_string(&("key_projects", filter))?;
    let mut query = row::Entity::find().order_by_desc(C::Id).limit(limit + 1);
    if let Some(year) = filter.year {
        query = query.filter(C::Year.eq(year));
    }
    if !filter.goal.is_empty() {
        query = query.filter(C::Goal.is_in(filter.goal.iter().copied()));
    }
    query = match filter.claiming {
        None => query,
        Some(Claiming::Upcoming) => query.filter(C::ClaimFrom.gt(today)),
        Some(Claiming::Open) => query.filter(C::ClaimFrom.lte(today)).filter(C::ClaimUntil.gte(today)),
        Some(Claiming::Closed) => query.filter(C::ClaimUntil.lt(today)),
    };
    if let Some(cursor) = cursor {
        let before: KeyProjectId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let taken = taken(db, page.rows.iter().map(|project| project.id)).await?;
    let on_file = |project: KeyProject| KeyProjectOnFile { taken: taken.of(project.id), project };
    Ok(Page { rows: page.rows.into_iter().map(on_file).collect(), next_cursor: page.next_cursor })
}

pub(crate) async fn require_claim(db: &impl ConnectionTrait, id: ClaimId) -> Result<Claim> {
    claim::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&CLAIM_NOT_FOUND))
}

async fn with_projects(db: &impl ConnectionTrait, claims: Vec<Claim>) -> Result<Vec<ClaimOnFile>> {
    let ids = claims.iter().map(|claim| claim.key_project_id);
    let projects = row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?;
    let projects: HashMap<KeyProjectId, KeyProject> = projects.into_iter().map(|it| (it.id, it)).collect();
    let on_file = |claim: Claim| Some(ClaimOnFile { project: projects.get(&claim.key_project_id)?.clone(), claim });
    Ok(claims.into_iter().filter_map(on_file).collect())
}

pub async fn get_claim(store: &Store, actor: &Actor, id: ClaimId) -> Result<ClaimOnFile> {
    require_reader(actor)?;
    let db = store.db.reader();
    with_projects(db, vec![require_claim(db, id).await?]).await?.pop().ok_or_else(|| Refusal::of(&CLAIM_NOT_FOUND))
}

/// The claim as it is after a command.
pub async fn claim_within(work: &Work<'_>, claim: Claim) -> Result<ClaimOnFile> {
    with_projects(work.tx(), vec![claim]).await?.pop().ok_or_else(|| Refusal::of(&CLAIM_NOT_FOUND))
}

/// One page of claims, the latest first.
pub async fn list_claims(
    store: &Store,
    actor: &Actor,
    filter: &ClaimFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ClaimOnFile>> {
    use claim::Column as C;
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("project_claims", filter))?;
    let mut query = claim::Entity::find().order_by_desc(C::Id).limit(limit + 1);
    if let Some(project) = filter.key_project_id {
        query = query.filter(C::KeyProjectId.eq(project));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(C::UnitId.eq(unit));
    }
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: ClaimId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_projects(db, page.rows).await?, next_cursor: page.next_cursor })
}

/// The council units of that day with what each has taken on of the year's key projects; those with nothing first.
pub async fn claimers(store: &Store, actor: &Actor, year: i32, day: NaiveDate) -> Result<Vec<Claimer>> {
    require_reader(actor)?;
    let db = store.db.reader();
    let rows: Vec<(UnitId, ClaimStatus)> = claim::Entity::find()
        .select_only()
        .columns([claim::Column::UnitId, claim::Column::Status])
        .filter(claim::Column::Status.is_in(ClaimStatus::LIVE))
        .filter(
            claim::Column::KeyProjectId.in_subquery(
                sea_orm::sea_query::Query::select()
                    .column(row::Column::Id)
                    .from(row::Entity)
                    .and_where(row::Column::Year.eq(year))
                    .to_owned(),
            ),
        )
        .into_tuple()
        .all(db)
        .await?;
    let count = |unit: UnitId, status: ClaimStatus| {
        let found = rows.iter().filter(|row| **row == (unit, status)).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    };
    let mut claimers: Vec<Claimer> = council_units(db, day)
        .await?
        .into_iter()
        .map(|(unit, name)| Claimer {
            unit_id: unit,
            name,
            pending: count(unit, ClaimStatus::Pending),
            confirmed: count(unit, ClaimStatus::Confirmed),
        })
        .collect();
    claimers.sort_by_key(|it| (it.confirmed, it.pending));
    Ok(claimers)
}

fn require_reader(actor: &Actor) -> Result<()> {
    if actor.has_some(&KEY_PROJECT_READ) {
        Ok(())
    } else {
        authorize(actor, &KEY_PROJECT_READ, &KEY_PROJECT_READ, &Association)
    }
}
