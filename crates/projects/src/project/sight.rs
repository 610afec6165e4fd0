//! A project as permissions see it; loading and stepping it.

use gongjian_governance::acting::not_open;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{
    Event, EventEntry, FaultEntry, Permission, Refusal, Relation, Resource, Result, Scope, Target, Work,
};
use gongjian_membership::UnitId;
use gongjian_membership::action::OWN_UNIT;
use uuid::Uuid;

use super::action::{DECLARED, JOINT_UNIT, MADE_PUBLIC, PROJECT_READ};
use super::fault::{PROJECT_NOT_FOUND, PROJECT_NOT_OPEN};
use super::{Project, ProjectAction, ProjectId, ProjectStatus, store};

/// A project with the units that take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    pub project: Project,
    pub joint: Vec<UnitId>,
}

impl Resource for Sight {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let it = &self.project;
        match (over, scope) {
            (DECLARED, _) => !it.status.is_private(),
            (MADE_PUBLIC, _) => ProjectStatus::PUBLIC.contains(&it.status),
            (OWN_UNIT, Scope::Unit(unit)) => it.unit_id.0 == *unit,
            (JOINT_UNIT, Scope::Unit(unit)) => self.joint.contains(&UnitId(*unit)) && !it.status.is_private(),
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &PROJECT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("project", Some(self.project.id.0))
    }
}

/// Loads, authorizes, and refuses what is stale or not open now.
pub(super) async fn open(
    work: &Work<'_>,
    target: Target<ProjectId>,
    wanted: &Permission,
    action: ProjectAction,
) -> Result<(Project, ProjectStatus)> {
    let project = store::lock(work, target.id).await?;
    let joint = store::joint(work.tx(), target.id).await?;
    let sight = Sight { project, joint };
    work.authorize(wanted, &PROJECT_READ, &sight)?;
    target.is_current(sight.project.version)?;
    let next = step(&sight.project, action)?;
    Ok((sight.project, next))
}

fn step(project: &Project, action: ProjectAction) -> Result<ProjectStatus> {
    project.status.next(action).ok_or_else(|| {
        let open = project.status.open_actions().map(ProjectAction::as_str).collect();
        let words = (project.status.label(), action.label());
        not_open(&PROJECT_NOT_OPEN, ("该项目", "project"), words, open)
    })
}

/// Writes what the action made of the project.
pub(super) async fn save(
    work: &mut Work<'_>,
    before: &Project,
    after: Project,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<Project> {
    let after = Project { version: before.version + 1, ..after };
    work.update::<store::row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

/// No such thing, or not for the caller.
pub(super) fn unknown() -> Refusal {
    Refusal::of(&PROJECT_NOT_FOUND)
}
