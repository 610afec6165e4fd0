//! Every state against every action, as the table says.

use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_ledger::vocabulary::{IssueAction, IssueStatus};
use gongjian_testkit::{App, Cast, Thing};

async fn tries(cast: &Cast, status: IssueStatus, action: IssueAction, master: &Thing) {
    let Some(body) = cast.contents(action, master) else { return };
    let mut issue = cast.issue_in(status).await;
    if action == IssueAction::DecideExtension && status.next(IssueAction::RequestExtension).is_some() {
        issue = cast.handler.asks_for(&issue, 5).await.ok();
    }
    let from = IssueStatus::parse(issue.text("status")).unwrap();
    let who = cast.whose(action);
    let seen = who.reads(&issue).await;
    let answer = who.acts(&issue, action.as_str(), body).await;
    if seen.status == 404 {
        answer.refused(404, "issue_not_found");
    } else if !may(action, status) {
        answer.refused(403, "forbidden");
    } else if let Some(next) = from.next(action) {
        assert_eq!(answer.ok()["status"], next.as_str(), "{status} {action}");
        assert!(seen.ok().allows(action.as_str()), "{status} {action} succeeds, so allowed_actions names it");
    } else {
        let refused = answer.refused(409, "issue_transition_not_allowed");
        assert!(!refused.allowed_actions().contains(&action.as_str()), "{status} {action}");
        assert_eq!(
            refused.body["allowed_actions"],
            seen.ok()["allowed_actions"],
            "{status} {action}: what is open instead"
        );
    }
}

/// A department or an assisting unit holds its permission only once the issue was dispatched to it.
fn may(action: IssueAction, status: IssueStatus) -> bool {
    let theirs = matches!(
        action,
        IssueAction::Sign
            | IssueAction::Return
            | IssueAction::ReportProgress
            | IssueAction::RequestExtension
            | IssueAction::Reply
            | IssueAction::Contribute
    );
    let before = [
        IssueStatus::Draft,
        IssueStatus::Submitted,
        IssueStatus::Registered,
        IssueStatus::Rejected,
        IssueStatus::Merged,
        IssueStatus::Withdrawn,
    ];
    !(theirs && before.contains(&status))
}

async fn sweep(states: &[IssueStatus]) {
    let app = App::start().await;
    let cast = app.cast().await;
    let master = cast.registered().await;
    for status in states {
        for action in IssueAction::ALL {
            tries(&cast, *status, *action, &master).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_action_before_the_dispatch_is_open_as_the_table_says() {
    sweep(&IssueStatus::ALL[..4]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_action_while_it_is_handled_is_open_as_the_table_says() {
    sweep(&IssueStatus::ALL[4..8]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_action_around_the_reply_is_open_as_the_table_says() {
    sweep(&IssueStatus::ALL[8..12]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_action_at_the_end_is_open_as_the_table_says() {
    sweep(&IssueStatus::ALL[12..]).await;
}
