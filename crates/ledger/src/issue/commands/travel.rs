//! The travel of an issue (Articles 11, 13, 19, 22): to a conference, the council or the general meeting, and back, under
//! the number and the clock that it has.

use gongjian_governance::body::{COUNCIL, GENERAL_MEETING};
use gongjian_governance::meeting::{self, AgendaItemId};
use gongjian_kernel::{EventEntry, Permission, Refusal, Result, Target, Work, policy};
use serde_json::{Value, json};

use super::super::IssueId;
use super::super::case::{Case, Sight, record};
use super::super::clock::ClockReason;
use super::super::input::{Escalation, Reasoned};
use super::super::store::{self, Issue, issue};
use super::clock::at_most;
use super::intake::signed;
use crate::conference::store as conferences;
use crate::conference::{Conference, ConferenceId};
use crate::event;
use crate::fault::{EXTENSION_TOO_LATE, NOT_OF_FORUM};
use crate::policy::LedgerPolicy;
use crate::vocabulary::{Forum, IssueAction, IssueStatus};

/// Raises the issue to a meeting. It keeps its number. What the meetings of a round add to the clock has one limit, and
/// nothing is added to what is overdue.
pub async fn escalate(work: &mut Work<'_>, target: Target<IssueId>, order: Escalation) -> Result<Issue> {
    // Conferences are locked before their issues, here as where they are approved and tracked. Whether there is such a
    // one is told below, to whoever may escalate.
    if let Some(id) = order.conference_id {
        conferences::lock(work, ConferenceId(id)).await.ok();
    }
    let case = Case::open(work, target, IssueAction::Escalate).await?;
    let (number, conference) = forum(work, &case.issue, &order).await?;
    let data = json!({ "reason": order.reason, "agenda_item_id": order.agenda_item_id });
    let place = Place { forum: order.forum, number, conference };
    travel(work, case, place, order.extension_workdays, data).await
}

/// Where an issue goes.
struct Place {
    forum: Forum,
    number: Option<String>,
    conference: Option<ConferenceId>,
}

/// The number of the meeting, and the conference where it is one: approved, and yet to meet.
async fn forum(work: &Work<'_>, issue: &Issue, order: &Escalation) -> Result<(Option<String>, Option<ConferenceId>)> {
    let foreign = |pointer: &str| Refusal::of(&NOT_OF_FORUM).at(pointer);
    match (order.forum, order.conference_id, order.agenda_item_id) {
        (Forum::JointMeeting | Forum::ZoneMeeting, Some(id), None) => {
            let it = conferences::find(work.tx(), ConferenceId(id)).await.map_err(|it| it.at("/conference_id"))?;
            if it.forum() != order.forum || !it.status.takes_issues() {
                return Err(foreign("/conference_id"));
            }
            it.takes(issue).map_err(|refusal| refusal.at("/conference_id"))?;
            conferences::put_on_agenda(work, it.id, issue.id).await?;
            Ok((it.number, Some(it.id)))
        }
        (Forum::JointMeeting | Forum::ZoneMeeting, _, _) => Err(foreign("/conference_id")),
        (Forum::Council | Forum::GeneralMeeting, None, item) => {
            if let Some(item) = item {
                let item = meeting::queries::item(work.tx(), AgendaItemId(item)).await?;
                let item = item.ok_or_else(|| foreign("/agenda_item_id"))?;
                let body = meeting::get(work.tx(), item.meeting_id).await?.body_id;
                let wanted = if order.forum == Forum::Council { COUNCIL } else { GENERAL_MEETING };
                if body != wanted {
                    return Err(foreign("/agenda_item_id"));
                }
            }
            Ok((order.meeting_no.as_ref().map(ToString::to_string), None))
        }
        (Forum::Council | Forum::GeneralMeeting, Some(_), _) => Err(foreign("/conference_id")),
    }
}

async fn travel(work: &mut Work<'_>, mut case: Case, place: Place, asked: u32, mut data: Value) -> Result<Issue> {
    let used = u32::try_from(case.issue.meeting_workdays).unwrap_or(0);
    at_most("/extension_workdays", asked, case.policy.value.meeting_workdays_max.saturating_sub(used))?;
    if asked > 0 && case.issue.due_on < Some(work.today()) {
        return Err(Refusal::of(&EXTENSION_TOO_LATE));
    }
    let issue = &mut case.issue;
    issue.forum = Some(place.forum);
    issue.meeting_no = place.number;
    issue.conference_id = place.conference;
    let lapsed = issue.extension_pending.take();
    if asked > 0 {
        issue.meeting_workdays += signed(asked);
        issue.extension_workdays += signed(asked);
        issue.lengthen(&case.calendar, ClockReason::Escalated, asked, work.today())?;
    }
    data["forum"] = json!(issue.forum);
    data["meeting_no"] = json!(issue.meeting_no);
    data["conference_id"] = json!(issue.conference_id);
    data["extension_workdays"] = json!(asked);
    data["due_on"] = json!(issue.due_on);
    data["lapsed_extension_workdays"] = json!(lapsed);
    case.close(work, &event::ESCALATED, data).await
}

/// The council or the general meeting has spoken; the lead department goes on.
pub async fn conclude_meeting(work: &mut Work<'_>, target: Target<IssueId>, result: Reasoned) -> Result<Issue> {
    let case = Case::open(work, target, IssueAction::ConcludeMeeting).await?;
    let data = json!({ "conclusion": result.reason, "forum": case.issue.forum, "meeting_no": case.issue.meeting_no });
    case.close(work, &event::MEETING_CONCLUDED, data).await
}

/// Part of a conference's approval: the issue goes before it.
pub(crate) async fn bring_before(work: &mut Work<'_>, id: IssueId, it: &Conference, workdays: u32) -> Result<Issue> {
    let case = Case::within(work, id, IssueAction::Escalate).await?;
    it.takes(&case.issue)?;
    let place = Place { forum: it.forum(), number: it.number.clone(), conference: Some(it.id) };
    travel(work, case, place, workdays, json!({ "reason": it.purpose })).await
}

/// Part of a conference's end: the issue comes home, unless it has left before.
pub(crate) async fn bring_home(work: &mut Work<'_>, id: IssueId, it: &Conference, conclusion: &str) -> Result<bool> {
    let known = store::lock(work, id).await?;
    if known.conference_id != Some(it.id) || known.status != IssueStatus::JointMeeting {
        return Ok(false);
    }
    let mut case = Case::within(work, id, IssueAction::ConcludeMeeting).await?;
    case.issue.conference_id = None;
    let data = json!({
        "conclusion": conclusion, "forum": case.issue.forum, "meeting_no": case.issue.meeting_no, "conference_id": it.id,
    });
    case.close(work, &event::MEETING_CONCLUDED, data).await?;
    Ok(true)
}

/// A measure was agreed on, or settled: while one is open the issue is not cancelled.
pub(crate) async fn count_measure(
    work: &mut Work<'_>,
    id: IssueId,
    by: i32,
    entry: &'static EventEntry,
    mut data: Value,
) -> Result<()> {
    let before = store::lock(work, id).await?;
    let open_measures = (before.open_measures + by).max(0);
    let after = Issue { open_measures, version: before.version + 1, updated_at: work.now(), ..before.clone() };
    work.update::<issue::Entity>(&before, &after).await?;
    data["open_measures"] = json!(open_measures);
    record(work, &after, entry, Some(before.status), data);
    Ok(())
}

/// The issue, locked, for a command that is about something else.
pub(crate) async fn known(work: &Work<'_>, id: IssueId) -> Result<Issue> {
    store::lock(work, id).await
}

/// Whether the actor may do that to the issue.
pub(crate) async fn may(work: &Work<'_>, issue: &Issue, wanted: &Permission) -> Result<bool> {
    let policy = policy::within::<LedgerPolicy>(work).await?;
    let assisting = store::assisting(work.tx(), issue.id).await?;
    Ok(work.actor().may(wanted, &Sight::of(issue, assisting, &policy.value)))
}
