//! The expert's part: each answers alone what is assigned to him, or says why he must not.

use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Refusal, Result, Target, Text, Work};
use serde_json::json;

use super::sight::{Sight, open, save, step};
use super::{AssignmentAction, AssignmentStatus, DeclineGround, Enquiry, EnquiryAction, EnquiryId, store};
use crate::acting;
use crate::expert::action::ENQUIRY_ANSWER;
use crate::expert::fault::ASSIGNMENT_NOT_OPEN;
use crate::expert::{Tie, event, recusal, store as experts};

/// Others answer meanwhile: no version is asked for, since nobody overwrites anybody.
async fn mine(work: &Work<'_>, id: EnquiryId, action: EnquiryAction, part: AssignmentAction) -> Result<(Sight, usize)> {
    let sight = open(work, Target::any(id), &ENQUIRY_ANSWER, action).await?;
    let me = sight.me;
    let at = sight.assignments.iter().position(|known| Some(known.expert_id) == me && known.status.is_his());
    let at = at.ok_or_else(|| Refusal::internal("authorized by an assignment that is not there"))?;
    let status = sight.assignments[at].status;
    status.next(part).ok_or_else(|| closed(status, part))?;
    Ok((sight, at))
}

pub(super) fn closed(status: AssignmentStatus, action: AssignmentAction) -> Refusal {
    let open = status.open_actions().map(AssignmentAction::as_str).collect();
    acting::not_open(&ASSIGNMENT_NOT_OPEN, ("指派", "assignment"), (status.label(), action.label()), open)
}

/// The expert gives his opinion, once; again where it was returned to him.
pub async fn answer(work: &mut Work<'_>, id: EnquiryId, text: Text<2, 10000>) -> Result<Enquiry> {
    let (mut sight, at) = mine(work, id, EnquiryAction::Answer, AssignmentAction::Answer).await?;
    // What ties him to the asker may have come to light since he was assigned.
    let himself = experts::lock(work, sight.assignments[at].expert_id).await?;
    recusal::check(work.tx(), &himself, &sight.enquiry).await?;
    let part = &mut sight.assignments[at];
    part.status = AssignmentStatus::Answered;
    part.answered_at = Some(work.now());
    part.reason = None;
    store::update(work, part).await?;
    let expert = part.expert_id;
    let revision = store::say(work, id, expert, text.into_string()).await?;
    let after = settled(&sight)?;
    let data = json!({ "number": after.number, "expert_id": expert, "revision": revision });
    save(work, &sight.enquiry, after, &event::ENQUIRY_ANSWERED, data).await
}

/// The expert must not answer, or cannot. An interest that he names is kept: he is not asked again by that unit.
pub async fn decline(
    work: &mut Work<'_>,
    id: EnquiryId,
    ground: DeclineGround,
    reason: Text<2, 500>,
) -> Result<Enquiry> {
    let (mut sight, at) = mine(work, id, EnquiryAction::Decline, AssignmentAction::Decline).await?;
    let part = &mut sight.assignments[at];
    part.status = AssignmentStatus::Declined;
    part.ground = Some(ground);
    part.reason = Some(reason.into_string());
    store::update(work, part).await?;
    let expert = part.expert_id;
    let tie = match ground {
        DeclineGround::Interest => Some(Tie::Interest),
        DeclineGround::FormerUnit => Some(Tie::Former),
        DeclineGround::NotHisField | DeclineGround::Unavailable => None,
    };
    if let (Some(tie), Some(unit)) = (tie, sight.enquiry.asker_unit_id) {
        experts::tie(work, expert, unit, tie).await?;
    }
    let after = settled(&sight)?;
    let data = json!({ "number": after.number, "expert_id": expert, "ground": ground });
    save(work, &sight.enquiry, after, &event::ENQUIRY_DECLINED, data).await
}

/// What the enquiry is when one of its experts has answered or gone: answered when no answer is awaited any more,
/// to be assigned anew when nobody is left.
pub(super) fn settled(sight: &Sight) -> Result<Enquiry> {
    let before = &sight.enquiry;
    let is = |wanted: fn(AssignmentStatus) -> bool| sight.assignments.iter().any(|it| wanted(it.status));
    if is(AssignmentStatus::is_awaited) {
        return Ok(before.clone());
    }
    if is(AssignmentStatus::is_his) {
        return Ok(Enquiry { status: step(before, EnquiryAction::Complete)?, ..before.clone() });
    }
    let status = step(before, EnquiryAction::Vacate)?;
    Ok(Enquiry { status, due_on: None, due_estimated: false, calendar_basis: None, ..before.clone() })
}
