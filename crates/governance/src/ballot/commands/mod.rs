//! The verbs of ballots.

mod closing;
mod draft;
mod opening;
mod voting;

pub use closing::{close, run_off, void};
pub use draft::{create, edit, host};
pub use opening::open;
pub use voting::{Cast, cast};

use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Refusal, Result, Say, Target, Work};

use super::action::{BALLOT_CONDUCT, BALLOT_READ};
use super::fault::BALLOT_NOT_OPEN;
use super::{Ballot, BallotAction, BallotId, BallotStatus, sitting, store};
use crate::body::Body;

/// A ballot that the actor conducts, held; its body; the state after the action.
struct Conducted {
    before: Ballot,
    body: Body,
    next: BallotStatus,
}

/// What every verb of those who conduct a ballot begins with: load, authorize, version, lifecycle.
async fn conducted(work: &Work<'_>, target: Target<BallotId>, action: BallotAction) -> Result<Conducted> {
    let before = store::lock(work, target.id).await?;
    let body = crate::body::get(work.tx(), before.body_id).await?;
    let seen = sitting::seen(work.tx(), work.actor(), Some(before.id), body, work.now()).await?;
    work.authorize(&BALLOT_CONDUCT, &BALLOT_READ, &seen)?;
    target.is_current(before.version)?;
    let next = step(&before, action)?;
    Ok(Conducted { body: seen.body, next, before })
}

fn step(ballot: &Ballot, action: BallotAction) -> Result<BallotStatus> {
    ballot.status.next(action).ok_or_else(|| {
        let (now, wanted) = (ballot.status.label(), action.label());
        let detail = Say::new(
            format!("该表决现为“{}”，不能“{}”。", now.zh, wanted.zh),
            format!("The ballot is “{}”; “{}” cannot be done now.", now.en, wanted.en),
        );
        let open = ballot.status.open_actions().map(BallotAction::as_str).collect();
        Refusal { allowed_actions: Some(open), ..Refusal::new(&BALLOT_NOT_OPEN, detail) }
    })
}
