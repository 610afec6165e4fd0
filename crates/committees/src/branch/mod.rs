//! Street branches (街道分会, Articles 16 and 18). A branch is a body: the units of its street have a voice in it, and
//! its meetings, consultations and decisions are those of every body. Here is what it has of its own: who presides
//! beside the secretary of the street, the eight duties as the year's work, what members need, the mass organisations.

pub mod action;
pub mod event;
pub mod fault;
pub mod leadership;
pub mod mass;
pub mod need;
mod policy;
pub mod queries;
pub mod work_item;

pub use policy::BranchPolicy;
pub use queries::BranchOnFile;

use gongjian_governance::body::{self, Body, BodyId, BodyKind};
use gongjian_kernel::{Refusal, Result, Work};

use self::fault::BRANCH_NOT_FOUND;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    leadership::LeadershipMode::WORDS,
    leadership::HandoverState::WORDS,
    leadership::BranchTermAction::WORDS,
    leadership::RotationChangeKind::WORDS,
    leadership::RotationChangeStatus::WORDS,
    leadership::RotationChangeAction::WORDS,
    work_item::BranchDuty::WORDS,
    work_item::WorkItemStatus::WORDS,
    work_item::WorkItemAction::WORDS,
    need::NeedStatus::WORDS,
    need::NeedAction::WORDS,
    mass::MassOrganisationKind::WORDS,
];

/// The branch, held until the transaction ends.
pub(crate) async fn lock(work: &Work<'_>, id: BodyId) -> Result<Body> {
    let body = body::lock(work, id).await.map_err(|_| Refusal::of(&BRANCH_NOT_FOUND))?;
    if body.kind == BodyKind::Branch { Ok(body) } else { Err(Refusal::of(&BRANCH_NOT_FOUND)) }
}
