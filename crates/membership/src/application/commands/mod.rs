//! The verbs of an application: receiving it, what the applicant does with the code, what the secretariat decides.

mod applicant;
mod decision;
mod receipt;

pub use applicant::{correct, give_consent, withdraw};
pub use decision::{Rejection, admit, enter_consent, find_eligible, reject, return_for_correction};
pub use receipt::{Received, apply, nominate, recommend};

use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Refusal, Result, Target, Work};

use super::action::APPLICATION_READ;
use super::fault::APPLICATION_CLOSED_TO_ACTION;
use super::{Application, ApplicationAction, ApplicationId, ApplicationStatus, queries, store};

/// Loads, authorizes, and asks the lifecycle: for those with an account.
async fn open(
    work: &Work<'_>,
    target: Target<ApplicationId>,
    action: ApplicationAction,
) -> Result<(Application, ApplicationStatus)> {
    let application = store::lock(work, target.id).await?;
    let wanted = action.permission().unwrap_or(&APPLICATION_READ);
    work.authorize(wanted, &APPLICATION_READ, &application)?;
    target.is_current(application.version)?;
    match application.status.next(action) {
        Some(next) => Ok((application, next)),
        None => {
            let allowed = queries::allowed_actions(work.actor(), &application);
            Err(closed(allowed))
        }
    }
}

fn closed(allowed: Vec<ApplicationAction>) -> Refusal {
    let allowed = allowed.into_iter().map(ApplicationAction::as_str).collect();
    Refusal { allowed_actions: Some(allowed), ..Refusal::of(&APPLICATION_CLOSED_TO_ACTION) }
}

/// Saves, records.
async fn close(
    work: &mut Work<'_>,
    before: &Application,
    after: Application,
    entry: &'static EventEntry,
    mut data: serde_json::Value,
) -> Result<Application> {
    let after = Application { version: before.version + 1, updated_at: work.now(), ..after };
    store::update(work, before, &after).await?;
    data["number"] = after.number.clone().into();
    work.record(Event::new(entry, after.id.0, data));
    Ok(after)
}
