//! Submission and triage: Article 23 「对于会员单位提出的困难、建议和意见进行编号登记」.

use chrono::Datelike as _;
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Actor, FaultKind, Refusal, Result, Say, Target, Text, Work, number, policy};
use gongjian_membership::{UnitId, association::AssociationPolicy, unit};
use serde_json::json;

use super::super::IssueId;
use super::super::case::{Case, Sight, record};
use super::super::clock::ClockReason;
use super::super::input::{DraftChange, Merger, Reasoned, Registration, Rejection, Remark, Submission};
use super::super::store::{self, Issue, issue};
use crate::action::SUBMIT;
use crate::event;
use crate::fault::{HAS_DUPLICATES, MERGE_TARGET};
use crate::policy::LedgerPolicy;
use crate::standing;
use crate::vocabulary::{IssueAction, IssueLevel, IssueStatus};

/// A unit submits an issue, or keeps it as a draft. Its representative or liaison does it (Article 25).
pub async fn submit(work: &mut Work<'_>, new: Submission) -> Result<Issue> {
    let unit_id = new.unit_id.map(UnitId).map_or_else(|| own_unit(work.actor()), Ok)?;
    let mut issue = blank(work, unit_id, &new)?;
    let policy = policy::within::<LedgerPolicy>(work).await?;
    let sight = Sight::of(&issue, Vec::new(), &policy.value);
    authorize(work.actor(), &SUBMIT, &SUBMIT, &sight)
        .map_err(|refused| Refusal { record: refused.record, ..not_a_speaker() })?;
    let unit = unit::queries::require_active(work.tx(), unit_id).await?;
    let street = Some(new.street_code.map_or(unit.street_code, Text::into_string));
    issue.street_code = known_street(work, street).await?;
    if !new.draft {
        enter(work, &mut issue, &policy.value).await?;
    }
    store::insert(work, &issue).await?;
    let entry = match (new.draft, issue.status == IssueStatus::BranchReview) {
        (true, _) => &event::DRAFTED,
        (false, true) => &event::REFERRED,
        (false, false) => &event::SUBMITTED,
    };
    if !new.draft {
        store::index(work, &issue).await?;
    }
    record(work, &issue, entry, None, json!({ "title": issue.title, "unit_id": unit_id }));
    Ok(issue)
}

/// Changes a draft. What changes nothing makes no version.
pub async fn edit(work: &mut Work<'_>, target: Target<IssueId>, change: DraftChange) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Edit).await?;
    if let Some(street) = change.street_code {
        case.issue.street_code = known_street(work, street.map(Text::into_string)).await?;
    }
    let issue = &mut case.issue;
    issue.kind = change.kind.unwrap_or(issue.kind);
    issue.urgency = change.urgency.unwrap_or(issue.urgency);
    issue.level = change.level.unwrap_or(issue.level);
    issue.goal = change.goal.unwrap_or(issue.goal);
    replace(&mut issue.category, change.category);
    replace(&mut issue.title, change.title);
    replace(&mut issue.detail, change.detail);
    if let Some(attachments) = change.attachments {
        issue.attachments = serde_json::to_string(&attachments)?;
    }
    if case.is_unchanged() {
        return Ok(case.issue);
    }
    case.close(work, &event::EDITED, json!({})).await
}

/// Submits a draft.
pub async fn submit_draft(work: &mut Work<'_>, target: Target<IssueId>, remark: Remark) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Submit).await?;
    unit::queries::require_active(work.tx(), case.issue.submitter_unit_id).await?;
    let policy = case.policy.clone();
    enter(work, &mut case.issue, &policy.value).await?;
    let case_title = case.issue.title.clone();
    case.issue.submitter_name = work.actor().name.to_string();
    store::index(work, &case.issue).await?;
    let mut entry = &event::SUBMITTED;
    if case.issue.status == IssueStatus::BranchReview {
        case.turn_into(IssueAction::Refer);
        entry = &event::REFERRED;
    }
    case.close(work, entry, json!({ "title": case_title, "note": remark.note })).await
}

/// Article 18: the branch cannot solve it, or has had its time: the district takes it up.
pub async fn pass_on(work: &mut Work<'_>, target: Target<IssueId>, remark: Remark) -> Result<Issue> {
    let case = Case::open(work, target, IssueAction::PassOn).await?;
    case.close(work, &event::PASSED_ON, json!({ "note": remark.note })).await
}

/// Article 18: the branch answers, and the matter is settled unless the unit insists.
pub async fn settle(work: &mut Work<'_>, target: Target<IssueId>, answer: Reasoned) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Settle).await?;
    case.issue.reply = Some(answer.reason.to_string());
    case.close(work, &event::SETTLED, json!({ "text": answer.reason })).await
}

/// The unit is not content with the branch's answer.
pub async fn insist(work: &mut Work<'_>, target: Target<IssueId>, why: Reasoned) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Insist).await?;
    case.issue.reply = None;
    case.close(work, &event::INSISTED, json!({ "reason": why.reason })).await
}

/// The submitter takes the issue back. Its number stays on the ledger and is never used again.
pub async fn withdraw(work: &mut Work<'_>, target: Target<IssueId>, why: Reasoned) -> Result<Issue> {
    let case = Case::open(work, target, IssueAction::Withdraw).await?;
    if !store::lock_duplicates(work, target.id).await?.is_empty() {
        return Err(Refusal::of(&HAS_DUPLICATES));
    }
    standing::withdrawn(work, &case.issue).await?;
    case.close(work, &event::WITHDRAWN, json!({ "reason": why.reason })).await
}

/// Registers the issue: 一事一号. The number is the last thing taken before the row is saved.
pub async fn register(work: &mut Work<'_>, target: Target<IssueId>, as_: Registration) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Register).await?;
    let today = work.today();
    let street = as_.street_code.map(Text::into_string).or_else(|| case.issue.street_code.clone());
    let street = known_street(work, street).await?;
    let committee = known_committee(work, as_.committee_code.map(Text::into_string)).await?;
    let issue = &mut case.issue;
    issue.street_code = street;
    issue.kind = as_.kind.unwrap_or(issue.kind);
    issue.urgency = as_.urgency.unwrap_or(issue.urgency);
    replace(&mut issue.category, as_.category);
    issue.level = as_.level.unwrap_or(issue.level);
    issue.goal = as_.goal.or(issue.goal);
    issue.committee_code = committee.or(issue.committee_code.take());
    issue.registered_on = Some(today);
    issue.registered_month = Some(today.format("%Y-%m").to_string());
    issue.round_started_on = Some(today);
    let limit = case.policy.value.limit(issue.kind, issue.urgency);
    issue.limit_workdays = signed(limit);
    issue.run(&case.calendar, ClockReason::Registered, today, limit, today)?;
    issue.base_due_on = issue.due_on;
    standing::registered(work, issue).await?;
    issue.ledger_no = Some(take_number(work, &case.policy.value.ledger_prefix).await?);
    let data = json!({ "ledger_no": issue.ledger_no, "due_on": issue.due_on, "limit_workdays": limit });
    case.close(work, &event::REGISTERED, data).await
}

/// Tells the unit that the matter is not for the ledger, why, and where to go.
pub async fn reject(work: &mut Work<'_>, target: Target<IssueId>, why: Rejection) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Reject).await?;
    let data = json!({ "ground": why.ground, "reason": why.reason, "channel": why.channel });
    case.issue.reject_ground = Some(why.ground);
    case.issue.reject_reason = Some(why.reason.into());
    case.issue.reject_channel = Some(why.channel.into());
    case.close(work, &event::REJECTED, data).await
}

/// Merges a duplicate under the master's number: 一事一号. Its own duplicates go with it.
pub async fn merge(work: &mut Work<'_>, target: Target<IssueId>, into: Merger) -> Result<Issue> {
    let master_id = IssueId(into.into_issue_id);
    let refused =
        |zh: &'static str, en: &'static str| Refusal::new(&MERGE_TARGET, Say::fixed(zh, en)).at("/into_issue_id");
    // Two mergers that cross each other take their locks in the same order.
    let master = if master_id < target.id { Some(store::lock(work, master_id).await) } else { None };
    let mut case = Case::open(work, target, IssueAction::Merge).await?;
    if master_id == target.id {
        return Err(refused("不能并入自身。", "An issue cannot be merged into itself."));
    }
    let master = match master {
        Some(locked) => locked,
        None => store::lock(work, master_id).await,
    };
    let master = master.map_err(|missing| {
        if missing.kind() == FaultKind::NotFound {
            refused("该主事项不存在。", "There is no such master.")
        } else {
            missing
        }
    })?;
    if master.ledger_no.is_none() || master.status.is_final() {
        return Err(refused("主事项须已编号登记且尚未办结。", "The master must be registered and not yet done."));
    }
    for duplicate in store::lock_duplicates(work, target.id).await? {
        follow(work, duplicate, &master).await?;
    }
    let today = work.today();
    let issue = &mut case.issue;
    issue.voided_no = issue.ledger_no.take();
    issue.ledger_no.clone_from(&master.ledger_no);
    issue.merged_into = Some(master_id);
    issue.registered_on = issue.registered_on.or(Some(today));
    issue.due_on = None;
    let data = json!({ "ledger_no": master.ledger_no, "voided_no": issue.voided_no, "note": into.note });
    // The master's history names no other unit's issue.
    record(work, &master, &event::DUPLICATE_JOINED, Some(master.status), json!({}));
    case.close(work, &event::MERGED, data).await
}

/// A duplicate of a duplicate goes under the number of the master.
async fn follow(work: &mut Work<'_>, before: Issue, master: &Issue) -> Result<()> {
    let mut after = before.clone();
    after.merged_into = Some(master.id);
    after.ledger_no.clone_from(&master.ledger_no);
    after.version += 1;
    after.updated_at = work.now();
    work.update::<issue::Entity>(&before, &after).await?;
    record(work, &after, &event::MERGED, Some(before.status), json!({ "ledger_no": master.ledger_no }));
    Ok(())
}

/// The unit that the caller acts for, where it is only one.
fn own_unit(actor: &Actor) -> Result<UnitId> {
    let mut units = actor.units();
    match (units.next(), units.next()) {
        (Some(unit), None) => Ok(UnitId(unit)),
        (None, _) => Err(not_a_speaker()),
        (Some(_), Some(_)) => Err(Refusal::field(
            "/unit_id",
            "required",
            "您代表多个单位，请指明提出单位。",
            "You act for several units; name the one that submits.",
        )),
    }
}

fn not_a_speaker() -> Refusal {
    let rule = Say::fixed(
        "事项由会员单位的固定代表或联络人代表本单位提出。",
        "A member unit's representative or liaison submits an issue for the unit.",
    );
    Refusal::new(&gongjian_kernel::fault::FORBIDDEN, rule).with_article(Some(23))
}

fn blank(work: &Work<'_>, unit: UnitId, new: &Submission) -> Result<Issue> {
    Ok(Issue {
        id: work.new_id(),
        status: IssueStatus::Draft,
        intake_no: None,
        ledger_no: None,
        voided_no: None,
        kind: new.kind,
        urgency: new.urgency,
        category: new.category.to_string(),
        title: new.title.to_string(),
        detail: new.detail.to_string(),
        goal: new.goal,
        level: new.level,
        street_code: None,
        committee_code: None,
        attachments: serde_json::to_string(&new.attachments)?,
        submitter_unit_id: unit,
        submitter_name: work.actor().name.to_string(),
        created_at: work.now(),
        submitted_on: None,
        registered_on: None,
        registered_month: None,
        lead_unit_id: None,
        dispatched_on: None,
        instructions: None,
        sign_due_on: None,
        signed_on: None,
        designated: false,
        return_count: 0,
        return_reason: None,
        suggested_unit_id: None,
        round: 1,
        automatic_reopenings: 0,
        round_started_on: None,
        limit_workdays: 0,
        base_due_on: None,
        due_on: None,
        due_estimated: false,
        extension_workdays: 0,
        extension_pending: None,
        extension_reason: None,
        extension_count: 0,
        meeting_workdays: 0,
        clock: "[]".to_owned(),
        review_on: None,
        suspension_reason: None,
        suspension_plan: None,
        forum: None,
        meeting_no: None,
        conference_id: None,
        open_measures: 0,
        replied_on: None,
        outcome: None,
        reply: None,
        measures: None,
        reply_signed_by: None,
        reply_attachments: None,
        handling_workdays: None,
        confirm_due_on: None,
        contacted: None,
        solved: None,
        satisfaction: None,
        feedback_comment: None,
        feedback_excluded: None,
        closure_basis: None,
        ruling: None,
        confirmed_on: None,
        closed_on: None,
        reject_ground: None,
        reject_reason: None,
        reject_channel: None,
        merged_into: None,
        urge_count: 0,
        supervision_level: None,
        version: 1,
        updated_at: work.now(),
    })
}

/// What makes a draft a submission: its day and its intake number.
async fn enter(work: &Work<'_>, issue: &mut Issue, policy: &LedgerPolicy) -> Result<()> {
    issue.status =
        if branch_looks_first(work, issue).await? { IssueStatus::BranchReview } else { IssueStatus::Submitted };
    issue.submitted_on = Some(work.today());
    issue.intake_no = Some(take_number(work, &policy.intake_prefix).await?);
    Ok(())
}

/// Article 18: what is of a branch's level goes to the branch of its street, where there is one.
async fn branch_looks_first(work: &Work<'_>, issue: &Issue) -> Result<bool> {
    let (IssueLevel::Branch, Some(street)) = (issue.level, &issue.street_code) else { return Ok(false) };
    let branch = gongjian_governance::body::branch_of(work.tx(), street).await?;
    Ok(branch.is_some_and(|branch| branch.stands_on(work.today())))
}

/// `QHYJ-2026-0001`: gapless within the year of Asia/Shanghai.
async fn take_number(work: &Work<'_>, prefix: &str) -> Result<String> {
    let year = work.today().year();
    let number = number::next(work, prefix, "association", year).await?;
    Ok(format!("{prefix}-{year}-{number:04}"))
}

async fn known_street(work: &Work<'_>, code: Option<String>) -> Result<Option<String>> {
    let association = policy::within::<AssociationPolicy>(work).await?;
    match code {
        Some(code) if !association.value.accepts_street(&code) => {
            Err(Refusal::field("/street_code", "unknown_street", "该街道代码不存在。", "There is no such street."))
        }
        known => Ok(known),
    }
}

async fn known_committee(work: &Work<'_>, code: Option<String>) -> Result<Option<String>> {
    let association = policy::within::<AssociationPolicy>(work).await?;
    match code {
        Some(code) if !association.value.committees.is_empty() && association.value.committee(&code).is_none() => {
            let (zh, en) = ("该专业研究委员会代码不存在。", "There is no such committee.");
            Err(Refusal::field("/committee_code", "unknown_committee", zh, en))
        }
        known => Ok(known),
    }
}

fn replace<const MIN: usize, const MAX: usize>(old: &mut String, new: Option<Text<MIN, MAX>>) {
    if let Some(new) = new {
        *old = new.into_string();
    }
}

pub(super) fn signed(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}
