//! The issue ledger (意见台账), Article 23: reading, and one handler for each verb.

mod clock;
mod closing;
mod filter;
mod handling;
mod intake;
mod read;
mod statistics;
mod supervision;
mod view;

use gongjian_kernel::Result;
use gongjian_ledger::issue::{Issue, IssueId, queries};
use gongjian_ledger::vocabulary::IssueAction;
use gongjian_membership::unit;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::extract::Caller;
use crate::reply::Reply;
use view::IssueView;

pub(super) use view::{Names, UnitRef, instant};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(read::configure)
        .configure(intake::configure)
        .configure(handling::configure)
        .configure(clock::configure)
        .configure(closing::configure)
        .configure(supervision::configure)
        .configure(statistics::configure);
}

/// May the caller take the action, as far as office goes? Asked only where the request itself is bad.
async fn may(caller: &Caller, id: IssueId, action: IssueAction) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, action).await
}

/// The issue as it is after a command, for the answer of the command.
async fn after(work: &gongjian_kernel::Work<'_>, issue: Issue) -> Result<Reply> {
    let version = issue.version;
    let names = unit::queries::all_names_within(work).await?;
    let seen = queries::seen_in(work, issue).await?;
    Ok(Reply::ok(&IssueView::of(seen, &names)?)?.etag_of_view(version))
}
