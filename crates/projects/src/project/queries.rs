//! Reading projects. What the caller may see is part of the `WHERE`.

use gongjian_governance::plan::Goal;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Result, Store, Work};
use gongjian_membership::action::own_units;
use sea_orm::sea_query::Query;
use sea_orm::{Condition, ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::{DECLARED, MADE_PUBLIC, PROJECT_READ};
use super::fault::OBJECTION_NOT_FOUND;
use super::sight::unknown;
use super::store::{self, joint, objection, revision, row};
use super::{Declaration, Objection, ObjectionId, Project, ProjectId, ProjectStatus, Revision, Sight};

/// A project with its declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectOnFile {
    pub sight: Sight,
    pub declaration: Declaration,
}

/// What a list is narrowed to. An empty list narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProjectFilter {
    pub status: Vec<ProjectStatus>,
    pub goal: Vec<Goal>,
    pub year: Option<i32>,
    pub unit_id: Option<Uuid>,
    pub committee_code: Option<String>,
    pub street_code: Option<String>,
}

async fn sight(db: &impl ConnectionTrait, id: ProjectId) -> Result<Sight> {
    let project = row::Entity::find_by_id(id).one(db).await?.ok_or_else(unknown)?;
    Ok(Sight { joint: store::joint(db, id).await?, project })
}

pub async fn get(store: &Store, actor: &Actor, id: ProjectId) -> Result<ProjectOnFile> {
    let db = store.db.reader();
    let sight = sight(db, id).await?;
    authorize(actor, &PROJECT_READ, &PROJECT_READ, &sight)?;
    Ok(ProjectOnFile { declaration: store::declaration(db, &sight.project).await?, sight })
}

/// For whoever may do that with it.
pub async fn check(store: &Store, actor: &Actor, id: ProjectId, wanted: &Permission) -> Result<()> {
    authorize(actor, wanted, &PROJECT_READ, &sight(store.db.reader(), id).await?)
}

/// The objection, for whoever may read its project. A stranger learns of neither.
pub async fn get_objection(store: &Store, actor: &Actor, id: ObjectionId) -> Result<Objection> {
    check_objection(store, actor, id, &PROJECT_READ).await
}

/// The same for whoever may do that with its project.
pub async fn check_objection(store: &Store, actor: &Actor, id: ObjectionId, wanted: &Permission) -> Result<Objection> {
    let objection = store::find_objection(store.db.reader(), id).await?;
    let sight = sight(store.db.reader(), objection.project_id).await?;
    if !actor.may(&PROJECT_READ, &sight) {
        return Err(Refusal::of(&OBJECTION_NOT_FOUND));
    }
    authorize(actor, wanted, &PROJECT_READ, &sight)?;
    Ok(objection)
}

/// The project as it is after a command.
pub async fn within(work: &Work<'_>, project: Project) -> Result<ProjectOnFile> {
    let joint = store::joint(work.tx(), project.id).await?;
    let declaration = store::declaration(work.tx(), &project).await?;
    Ok(ProjectOnFile { sight: Sight { project, joint }, declaration })
}

/// What of all projects the actor may see.
fn visible(actor: &Actor) -> Result<Condition> {
    use row::Column as C;
    if !actor.has_some(&PROJECT_READ) {
        authorize(actor, &PROJECT_READ, &PROJECT_READ, &Association)?;
    }
    let by = |over| PROJECT_READ.rules.iter().any(|rule| rule.over == over && actor.holds(rule.role));
    let own = own_units(actor, &PROJECT_READ);
    let taking_part = Query::select()
        .column(joint::Column::ProjectId)
        .from(joint::Entity)
        .and_where(joint::Column::UnitId.is_in(own.iter().copied()))
        .to_owned();
    let joined = C::Id.in_subquery(taking_part).and(C::Status.ne(ProjectStatus::Draft));
    let mut seen = Condition::any().add(C::UnitId.is_in(own)).add(joined);
    if by(MADE_PUBLIC) {
        seen = seen.add(C::Status.is_in(ProjectStatus::PUBLIC));
    }
    if by(DECLARED) {
        seen = seen.add(C::Status.ne(ProjectStatus::Draft));
    }
    Ok(seen)
}

/// One page of projects, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ProjectFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Project>> {
    use row::Column as C;
    let sealed_for = serde_json::to_string(&("projects", filter))?;
    let mut query = row::Entity::find().filter(visible(actor)?).order_by_desc(C::Id).limit(limit + 1);
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if !filter.goal.is_empty() {
        query = query.filter(C::Goal.is_in(filter.goal.iter().copied()));
    }
    if let Some(year) = filter.year {
        query = query.filter(C::Year.eq(year));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(C::UnitId.eq(unit));
    }
    if let Some(code) = &filter.committee_code {
        query = query.filter(C::CommitteeCode.eq(code));
    }
    if let Some(code) = &filter.street_code {
        query = query.filter(C::StreetCode.eq(code));
    }
    if let Some(cursor) = cursor {
        let before: ProjectId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.id)
}

/// One page of what the declaration was, the latest first.
pub async fn revisions(
    store: &Store,
    actor: &Actor,
    id: ProjectId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Revision>> {
    check(store, actor, id, &PROJECT_READ).await?;
    let sealed_for = serde_json::to_string(&("project_revisions", id))?;
    let found = revision::Entity::find().filter(revision::Column::ProjectId.eq(id));
    let mut query = found.order_by_desc(revision::Column::Revision).limit(limit + 1);
    if let Some(cursor) = cursor {
        let before: i32 = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(revision::Column::Revision.lt(before));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.revision)
}

/// One page of objections, the latest first.
pub async fn objections(
    store: &Store,
    actor: &Actor,
    id: ProjectId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Objection>> {
    check(store, actor, id, &PROJECT_READ).await?;
    let sealed_for = serde_json::to_string(&("project_objections", id))?;
    let found = objection::Entity::find().filter(objection::Column::ProjectId.eq(id));
    let mut query = found.order_by_desc(objection::Column::Id).limit(limit + 1);
    if let Some(cursor) = cursor {
        let before: ObjectionId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(objection::Column::Id.lt(before));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.id)
}
