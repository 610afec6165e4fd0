//! One issue in hand: what the caller may do with it now, and the way every command takes.
//!
//! [`refusal`] is the only place that says whether an action is open: lifecycle first, then the facts
//! (time limits, counts). Commands ask it, and `allowed_actions` is made from it.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::calendar::{self, Calendar};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{
    Actor, Event, EventEntry, FaultKind, Refusal, Relation, Resource, Result, Say, Scope, Target, Work, policy,
};
use gongjian_membership::UnitId;
use serde_json::{Value, json};

use super::IssueId;
use super::store::{self, Issue, issue};
use crate::action::{ASSISTING, BRANCH, DELEGATED, LEAD, ON_LEDGER, OWN_DRAFT, READ, SUBMITTED, SUBMITTER};
use crate::fault;
use crate::policy::LedgerPolicy;
use crate::vocabulary::{IssueAction, IssueStatus};

/// What decides about permission and openness: the same for a whole issue and for a row of a list.
#[derive(Debug, Clone)]
pub struct Sight {
    pub id: IssueId,
    pub status: IssueStatus,
    pub submitter: UnitId,
    pub lead: Option<UnitId>,
    pub assisting: Vec<UnitId>,
    pub street_code: Option<String>,
    pub on_ledger: bool,
    pub dispatched_on: Option<NaiveDate>,
    pub designated: bool,
    pub due_on: Option<NaiveDate>,
    pub extension_count: i32,
    pub extension_pending: bool,
    pub has_feedback: bool,
    pub closed_on: Option<NaiveDate>,
    pub liaison_may_confirm: bool,
    /// A conference has it on its agenda and will bring it back.
    pub before_conference: bool,
    /// Agreed measures that are not done.
    pub open_measures: i32,
}

impl Sight {
    #[must_use]
    pub fn of(issue: &Issue, assisting: Vec<UnitId>, policy: &LedgerPolicy) -> Self {
        Self {
            id: issue.id,
            status: issue.status,
            submitter: issue.submitter_unit_id,
            lead: issue.lead_unit_id,
            assisting,
            street_code: issue.street_code.clone(),
            on_ledger: issue.ledger_no.is_some(),
            dispatched_on: issue.dispatched_on,
            designated: issue.designated,
            due_on: issue.due_on,
            extension_count: issue.extension_count,
            extension_pending: issue.extension_pending.is_some(),
            has_feedback: issue.satisfaction.is_some() && issue.feedback_excluded.is_none(),
            closed_on: issue.closed_on,
            liaison_may_confirm: policy.liaison_may_confirm,
            before_conference: issue.conference_id.is_some(),
            open_measures: issue.open_measures,
        }
    }
}

impl Resource for Sight {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let submitted = self.status != IssueStatus::Draft;
        let unit = match scope {
            Scope::Unit(unit) => Some(UnitId(*unit)),
            Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
        };
        match over {
            SUBMITTER => unit == Some(self.submitter),
            OWN_DRAFT => unit == Some(self.submitter) && !submitted,
            DELEGATED => unit == Some(self.submitter) && self.liaison_may_confirm,
            LEAD => unit.is_some() && unit == self.lead,
            ASSISTING => unit.is_some_and(|unit| self.assisting.contains(&unit)),
            BRANCH => match scope {
                Scope::Branch(street) => submitted && Some(street) == self.street_code.as_ref(),
                Scope::Association | Scope::Unit(_) | Scope::Body(_) => false,
            },
            SUBMITTED => submitted,
            ON_LEDGER => self.on_ledger,
            _ => false,
        }
    }

    fn unknown(&self) -> &'static gongjian_kernel::FaultEntry {
        &fault::ISSUE_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("issue", Some(self.id.0))
    }
}

/// The rules and the day that an action is held against.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub policy: &'a LedgerPolicy,
    pub calendar: &'a Calendar,
    pub today: NaiveDate,
}

/// Why the action is not open now, or `None`. Permission is another question.
#[must_use]
pub fn refusal(sight: &Sight, action: IssueAction, rules: Rules<'_>) -> Option<Refusal> {
    if sight.status.next(action).is_none() {
        let (now, wanted, rule) = (sight.status.label(), action.label(), action.rule());
        return Some(Refusal::new(
            &fault::TRANSITION_NOT_ALLOWED,
            Say::new(
                format!("事项现为“{}”，不能“{}”。{}", now.zh, wanted.zh, rule.zh),
                format!("The issue is “{}”; “{}” cannot be done now. {}", now.en, wanted.en, rule.en),
            ),
        ));
    }
    let Rules { policy, calendar, today } = rules;
    let entry = match action {
        IssueAction::Return if sight.designated => Some(&fault::RETURN_LIMIT_REACHED),
        IssueAction::Return => {
            let until = sight.dispatched_on.map(|on| calendar.add(on, policy.return_workdays).on);
            (until < Some(today)).then_some(&fault::RETURN_TOO_LATE)
        }
        IssueAction::RequestExtension => {
            let used = u32::try_from(sight.extension_count).is_ok_and(|count| count >= policy.extensions_per_round);
            match sight.due_on {
                Some(due_on) if due_on < today => Some(&fault::EXTENSION_TOO_LATE),
                Some(_) | None if sight.extension_pending => Some(&fault::EXTENSION_PENDING),
                Some(_) | None => used.then_some(&fault::EXTENSION_ALREADY_USED),
            }
        }
        IssueAction::DecideExtension => (!sight.extension_pending).then_some(&fault::NO_EXTENSION_PENDING),
        IssueAction::Reopen => {
            let until = sight.closed_on.and_then(|on| on.checked_add_days(Days::new(policy.reopen_days.into())));
            until.is_some_and(|until| until < today).then_some(&fault::REOPEN_TOO_LATE)
        }
        IssueAction::ExcludeFeedback => (!sight.has_feedback).then_some(&fault::NO_FEEDBACK),
        IssueAction::ConcludeMeeting => sight.before_conference.then_some(&fault::CONFERENCE_BRINGS_IT_BACK),
        IssueAction::Cancel => (sight.open_measures > 0).then_some(&fault::MEASURES_OPEN),
        IssueAction::Edit
        | IssueAction::Submit
        | IssueAction::Refer
        | IssueAction::PassOn
        | IssueAction::Settle
        | IssueAction::Insist
        | IssueAction::Withdraw
        | IssueAction::Register
        | IssueAction::Reject
        | IssueAction::Merge
        | IssueAction::Dispatch
        | IssueAction::Reassign
        | IssueAction::Sign
        | IssueAction::Contribute
        | IssueAction::ReportProgress
        | IssueAction::Suspend
        | IssueAction::Resume
        | IssueAction::Escalate
        | IssueAction::Reply
        | IssueAction::Confirm
        | IssueAction::AutoConfirm
        | IssueAction::Dispute
        | IssueAction::Rule
        | IssueAction::Urge
        | IssueAction::Supervise => None,
    };
    entry.map(Refusal::of)
}

/// Whether the caller's office carries the action; a refusal tells the rule behind it.
pub(super) fn permit(actor: &Actor, action: IssueAction, sight: &Sight) -> Result<()> {
    authorize(actor, action.permission(), &READ, sight).map_err(|refused| {
        if refused.kind() != FaultKind::Denied {
            return refused;
        }
        let rule = action.rule();
        let detail =
            Say::new(format!("{}{}", refused.detail.zh, rule.zh), format!("{} {}", refused.detail.en, rule.en));
        Refusal { detail, ..refused }
    })
}

/// What this caller may do with the issue now.
#[must_use]
pub fn allowed_actions(actor: &Actor, sight: &Sight, rules: Rules<'_>) -> Vec<IssueAction> {
    sight
        .status
        .open_actions()
        .filter(|action| actor.may(action.permission(), sight) && refusal(sight, *action, rules).is_none())
        .collect()
}

/// An issue that was loaded (locked), authorized and found open for the action.
#[derive(Debug)]
pub(super) struct Case {
    before: Issue,
    pub issue: Issue,
    pub policy: Arc<policy::InForce<LedgerPolicy>>,
    pub calendar: Arc<Calendar>,
    action: IssueAction,
}

impl Case {
    /// Load (locked) → authorize → version → lifecycle and facts.
    pub async fn open(work: &Work<'_>, target: Target<IssueId>, action: IssueAction) -> Result<Self> {
        let policy = policy::within::<LedgerPolicy>(work).await?;
        let calendar = calendar::within(work).await?;
        let issue = store::lock(work, target.id).await?;
        let assisting = store::assisting(work.tx(), target.id).await?;
        let sight = Sight::of(&issue, assisting, &policy.value);
        permit(work.actor(), action, &sight)?;
        target.is_current(issue.version)?;
        let rules = Rules { policy: &policy.value, calendar: &calendar, today: work.today() };
        if let Some(mut refused) = refusal(&sight, action, rules) {
            let allowed = allowed_actions(work.actor(), &sight, rules);
            refused.allowed_actions = Some(allowed.into_iter().map(IssueAction::as_str).collect());
            return Err(refused);
        }
        Ok(Self { before: issue.clone(), issue, policy, calendar, action })
    }

    /// A step within a command that has authorized: the issue, locked, where the lifecycle lets it.
    pub async fn within(work: &Work<'_>, id: IssueId, action: IssueAction) -> Result<Self> {
        let policy = policy::within::<LedgerPolicy>(work).await?;
        let calendar = calendar::within(work).await?;
        let issue = store::lock(work, id).await?;
        if issue.status.next(action).is_none() {
            let (now, wanted) = (issue.status.label(), action.label());
            let number = issue.ledger_no.clone().or_else(|| issue.intake_no.clone()).unwrap_or_default();
            let detail = Say::new(
                format!("事项 {number} 现为“{}”，不能“{}”。", now.zh, wanted.zh),
                format!("Issue {number} is “{}”; “{}” cannot be done now.", now.en, wanted.en),
            );
            return Err(Refusal::new(&fault::TRANSITION_NOT_ALLOWED, detail));
        }
        Ok(Self { before: issue.clone(), issue, policy, calendar, action })
    }

    /// Nothing differs from what was loaded.
    pub fn is_unchanged(&self) -> bool {
        self.before == self.issue
    }

    /// Goes on as another action: a confirmation that objects is a reopening or a dispute.
    pub fn turn_into(&mut self, action: IssueAction) {
        self.action = action;
    }

    /// Takes the step of the lifecycle, saves, records.
    pub async fn close(mut self, work: &mut Work<'_>, entry: &'static EventEntry, data: Value) -> Result<Issue> {
        let from = self.before.status;
        self.issue.status = from.next(self.action).ok_or_else(|| Refusal::of(&fault::TRANSITION_NOT_ALLOWED))?;
        self.issue.version += 1;
        self.issue.updated_at = work.now();
        work.update::<issue::Entity>(&self.before, &self.issue).await?;
        record(work, &self.issue, entry, Some(from), data);
        Ok(self.issue)
    }
}

/// Puts on record what happened to the issue: from which status to which, in which round.
pub(super) fn record(
    work: &mut Work<'_>,
    issue: &Issue,
    entry: &'static EventEntry,
    from: Option<IssueStatus>,
    data: Value,
) {
    let mut facts = json!({
        "from": from.map(IssueStatus::as_str),
        "to": issue.status.as_str(),
        "round": issue.round,
        "number": issue.ledger_no.as_ref().or(issue.intake_no.as_ref()),
    });
    if let (Some(facts), Value::Object(data)) = (facts.as_object_mut(), data) {
        facts.extend(data);
    }
    work.record(Event::new(entry, issue.id.0, facts));
}
