//! The year of the issues: a timeline of commands, each on its day.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate, NaiveTime};
use gongjian_kernel::calendar::{self, Calendar};
use gongjian_kernel::clock::{SetClock, instant};
use gongjian_kernel::{Act, Refusal, Result, Store, Target, Text, Work, write};
use gongjian_ledger::duty;
use gongjian_ledger::issue::commands;
use gongjian_ledger::issue::input::{
    ExtensionDecision, ExtensionRequest, Feedback, Merger, NewNote, NewReply, Order, Reasoned, Registration, Rejection,
    Remark, ReturnSlip, Submission, Suspension,
};
use gongjian_ledger::issue::{Issue, IssueId};
use gongjian_ledger::vocabulary::{Goal, IssueLevel, IssueStatus, Outcome, RejectGround, Satisfaction};
use indicatif::ProgressBar;

use super::cast::Cast;
use super::conferences;
use super::sample::{self, Sample};

/// One command of the timeline.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Submit,
    /// Of a branch's level: its branch passes it on.
    PassOn,
    Reject,
    Merge,
    Register,
    /// To this member's department.
    Dispatch(String),
    ReturnSlip,
    Sign,
    Progress,
    Contribute,
    AskExtension(u32),
    GrantExtension,
    Escalate,
    ConcludeMeeting,
    Suspend,
    Reply,
    Confirm {
        solved: bool,
        satisfaction: Satisfaction,
        contacted: bool,
    },
    Rule,
    Cancel,
}

/// Steps by day, in the order in which they were laid: the steps of an issue follow each other.
type Timeline = BTreeMap<NaiveDate, Vec<(usize, Step)>>;

/// A suspension is reviewed within the quarter, a week before the day that was set.
const REVIEW_DAYS: i64 = 90;

fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default()
}

pub(super) async fn run(
    store: &Store,
    clock: &SetClock,
    sample: &Sample,
    cast: &Cast,
    progress: &ProgressBar,
) -> Result<()> {
    progress.set_message("意见台账 / the ledger");
    let calendar = calendar::current(store).await?;
    let mut timeline = Timeline::new();
    for (at, issue) in sample.issues.iter().enumerate() {
        plan(&mut timeline, &calendar, at, issue);
    }
    progress.inc_length(timeline.values().map(Vec::len).sum::<usize>() as u64);
    let mut ids: Vec<Option<IssueId>> = vec![None; sample.issues.len()];
    let last = last_day();
    let first = timeline.keys().next().copied().unwrap_or(last);
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    for today in first.iter_days().take_while(|today| *today <= last) {
        clock.set(instant(today, nine));
        if calendar.is_workday(today) {
            duty::run(store).await?;
        }
        for (at, step) in timeline.remove(&today).unwrap_or_default() {
            clock.advance(Duration::minutes(7));
            let issue = take(store, sample, cast, at, &step, &ids).await?;
            if let Some(slot) = ids.get_mut(at) {
                *slot = Some(issue.id);
            }
            progress.inc(1);
        }
    }
    clock.set(instant(last, NaiveTime::from_hms_opt(18, 0, 0).unwrap_or_default()));
    Ok(())
}

/// Lays the steps of one issue on their days, so that it ends where the oracle has it.
fn plan(timeline: &mut Timeline, calendar: &Calendar, at: usize, issue: &sample::Issue) {
    let after = |day: NaiveDate, workdays: u32| calendar.add(day, workdays).on;
    let mut on = |day: NaiveDate, step: Step| timeline.entry(day).or_default().push((at, step));
    on(issue.submitted_on, Step::Submit);
    if issue.level == IssueLevel::Branch {
        on(issue.submitted_on, Step::PassOn);
    }
    if issue.status == IssueStatus::Rejected {
        on(after(issue.submitted_on, 1), Step::Reject);
    }
    let Some(accepted_on) = issue.accepted_on else { return };
    if issue.merged_into.is_some() {
        on(accepted_on, Step::Merge);
        return;
    }
    on(accepted_on, Step::Register);
    let lead = issue.lead_department_id.clone().unwrap_or_default();
    if issue.status == IssueStatus::Dispatched {
        on(after(accepted_on, 1), Step::Dispatch(lead));
        return;
    }
    let mut dispatched_on = accepted_on;
    if issue.return_count > 0 {
        on(accepted_on, Step::Dispatch("M009".to_owned()));
        dispatched_on = after(accepted_on, 1);
        on(dispatched_on, Step::ReturnSlip);
    }
    on(dispatched_on, Step::Dispatch(lead));
    let next_day = after(dispatched_on, 1);
    let signed_on =
        if issue.replied_on.is_some_and(|replied_on| replied_on <= next_day) { dispatched_on } else { next_day };
    on(signed_on, Step::Sign);
    on(signed_on, Step::Progress);
    if !issue.assisting_unit_ids.is_empty() {
        on(signed_on, Step::Contribute);
    }
    if issue.joint_meeting_no.is_some() {
        on(after(accepted_on, 5), Step::Escalate);
        if let Some(replied_on) = issue.replied_on {
            on(replied_on, Step::ConcludeMeeting);
        }
    } else if issue.extension_workdays > 0 {
        on(after(accepted_on, 5), Step::AskExtension(issue.extension_workdays));
        on(after(accepted_on, 6), Step::GrantExtension);
    }
    if let (true, Some(due_on)) = (issue.extension_pending, issue.base_due_on) {
        on(due_on - Duration::days(4), Step::AskExtension(5));
    }
    if issue.status == IssueStatus::Suspended {
        let mut reviewed_on = after(accepted_on, 5);
        while reviewed_on < last_day() {
            on(reviewed_on, Step::Suspend);
            reviewed_on = after(reviewed_on + Duration::days(REVIEW_DAYS - 7), 0);
        }
    }
    let Some(replied_on) = issue.replied_on else { return };
    let objection = Step::Confirm { solved: false, satisfaction: Satisfaction::Dissatisfied, contacted: false };
    if issue.reopened {
        on(after(accepted_on, 4), Step::Reply);
        on(after(accepted_on, 5), objection.clone());
    }
    on(replied_on, Step::Reply);
    let (Some(closed_on), Some(satisfaction)) = (issue.closed_on, issue.satisfaction) else { return };
    if issue.reopened {
        on(after(replied_on, 1), objection);
        on(closed_on, Step::Rule);
    } else {
        let (solved, contacted) = (issue.solved.unwrap_or(true), issue.contacted.unwrap_or(true));
        on(after(replied_on, 1), Step::Confirm { solved, satisfaction, contacted });
    }
    on(closed_on, Step::Cancel);
}

pub(super) fn text<const MIN: usize, const MAX: usize>(raw: &str) -> Result<Text<MIN, MAX>> {
    Text::parse(raw).map_err(|fault| Refusal::internal(format!("the sample has a text that is {}", fault.code())))
}

fn goal_of(committee: Option<&str>) -> Option<Goal> {
    match committee? {
        "C1" => Some(Goal::Development),
        "C2" => Some(Goal::Talent),
        "C3" => Some(Goal::Culture),
        "C4" | "C6" => Some(Goal::Service),
        "C5" => Some(Goal::Harmony),
        _ => Some(Goal::PartyBuilding),
    }
}

/// Runs one step as the one whose office it is.
async fn take(
    store: &Store,
    sample: &Sample,
    cast: &Cast,
    at: usize,
    step: &Step,
    ids: &[Option<IssueId>],
) -> Result<Issue> {
    let missing = || Refusal::internal(format!("step {step:?} of issue {at} comes too early"));
    let issue = sample.issues.get(at).ok_or_else(missing)?;
    let lead = issue.lead_department_id.as_deref().unwrap_or_default();
    let act = match step {
        Step::Submit => cast.liaison(&issue.submitted_by)?,
        Step::Confirm { .. } => cast.representative(&issue.submitted_by)?,
        Step::Contribute => cast.liaison(issue.assisting_unit_ids.first().ok_or_else(missing)?)?,
        Step::ReturnSlip => cast.handler("M009")?,
        Step::Sign | Step::Progress | Step::AskExtension(_) | Step::Reply => cast.handler(lead)?,
        Step::Suspend => &cast.secretary_general,
        Step::Reject
        | Step::Merge
        | Step::Register
        | Step::Dispatch(_)
        | Step::GrantExtension
        | Step::Rule
        | Step::Cancel => &cast.secretariat,
        Step::PassOn => cast.branch(&issue.street_code)?,
        Step::Escalate | Step::ConcludeMeeting => {
            let id = ids.get(at).copied().flatten().ok_or_else(missing)?;
            return conferences::take(store, sample, cast, issue, step, id).await;
        }
    };
    let act = Act { request_id: store.ids.next(), ..act.clone() };
    let id = ids.get(at).copied().flatten();
    write(store, &act, async |work| match (step, id) {
        (Step::Submit, _) => submit(work, cast, issue).await,
        (_, Some(id)) => command(work, sample, cast, issue, step, Target::any(id), ids).await,
        (_, None) => Err(missing()),
    })
    .await
}

async fn submit(work: &mut Work<'_>, cast: &Cast, issue: &sample::Issue) -> Result<Issue> {
    let new = Submission {
        unit_id: Some(cast.unit(&issue.submitted_by)?.0),
        kind: issue.kind,
        urgency: issue.urgency,
        category: text(&issue.category)?,
        title: text(&issue.title)?,
        detail: text(&issue.detail)?,
        goal: goal_of(issue.committee_code.as_deref()),
        street_code: Some(text(&issue.street_code)?),
        level: issue.level,
        attachments: Vec::new(),
        draft: false,
    };
    commands::submit(work, new).await
}

async fn command(
    work: &mut Work<'_>,
    sample: &Sample,
    cast: &Cast,
    issue: &sample::Issue,
    step: &Step,
    target: Target<IssueId>,
    ids: &[Option<IssueId>],
) -> Result<Issue> {
    let remark = || Remark { note: None };
    let said = |words: &str| Ok::<_, Refusal>(Reasoned { reason: text(words)? });
    match step {
        Step::Submit => Err(Refusal::internal("an issue is submitted once")),
        Step::Reject => {
            let why = Rejection {
                ground: RejectGround::JudicialProceedings,
                reason: text(issue.note.as_deref().unwrap_or("依法应通过仲裁解决。"))?,
                channel: text("向劳动人事争议仲裁委员会申请仲裁。")?,
            };
            commands::reject(work, target, why).await
        }
        Step::Merge => {
            let master = sample.issues.iter().position(|other| Some(&other.id) == issue.merged_into.as_ref());
            let master = master.and_then(|at| ids.get(at).copied().flatten());
            let into_issue_id = master.ok_or_else(|| Refusal::internal("the master is not there yet"))?.0;
            commands::merge(work, target, Merger { into_issue_id, note: Some(text(&issue.detail)?) }).await
        }
        Step::Register => {
            let committee_code = issue.committee_code.as_deref().map(text).transpose()?;
            commands::register(work, target, Registration { committee_code, ..Registration::default() }).await
        }
        Step::Dispatch(lead) => {
            let assisting = issue.assisting_unit_ids.iter().map(|id| Ok(cast.unit(id)?.0));
            let order = Order {
                lead_unit_id: cast.unit(lead)?.0,
                assisting_unit_ids: assisting.collect::<Result<_>>()?,
                instructions: Some(text("请牵头研究，于时限内答复提出单位。")?),
            };
            commands::dispatch(work, target, order).await
        }
        Step::ReturnSlip => {
            let suggested = issue.lead_department_id.as_deref().map(|id| cast.unit(id)).transpose()?;
            let slip = ReturnSlip {
                reason: text("事项不属于本部门职责，建议由主管部门承办。")?,
                suggested_unit_id: suggested.map(|unit| unit.0),
            };
            commands::return_issue(work, target, slip).await
        }
        Step::Sign => commands::sign(work, target, remark()).await,
        Step::Progress => {
            let note =
                NewNote { text: text("已与提出单位联系并实地了解情况。")?, attachments: Vec::new() };
            Ok(commands::report_progress(work, target, note).await?.0)
        }
        Step::Contribute => {
            let note = NewNote { text: text("已按分工提供协助。")?, attachments: Vec::new() };
            Ok(commands::contribute(work, target, note).await?.0)
        }
        Step::AskExtension(workdays) => {
            let ask = ExtensionRequest { workdays: *workdays, reason: text("需与市级部门会商。")? };
            commands::request_extension(work, target, ask).await
        }
        Step::GrantExtension => {
            let decision = ExtensionDecision { granted: true, note: Some(text("同意延期，请按期答复。")?) };
            commands::decide_extension(work, target, decision).await
        }
        Step::Escalate | Step::ConcludeMeeting => Err(Refusal::internal("conferences are taken elsewhere")),
        Step::PassOn => commands::pass_on(work, target, remark()).await,
        Step::Suspend => {
            let order = Suspension {
                reason: text(issue.note.as_deref().unwrap_or("需上级明确政策。"))?,
                plan: text("每季度与市级部门会商一次。")?,
                review_on: work.today() + Duration::days(REVIEW_DAYS),
            };
            commands::suspend(work, target, order).await
        }
        Step::Reply => {
            let reply = NewReply {
                outcome: if issue.solved == Some(false) { Outcome::PartiallyResolved } else { Outcome::Resolved },
                text: text("经研究协调，现将办理情况答复如下：所提事项已按方案落实。")?,
                measures: text("现场核实，会同协助单位制定并落实方案。")?,
                signed_by: text(&format!(
                    "负责人{}",
                    issue.lead_department_id.as_deref().unwrap_or_default().trim_start_matches('M')
                ))?,
                attachments: Vec::new(),
            };
            commands::reply(work, target, reply).await
        }
        Step::Confirm { solved, satisfaction, contacted } => {
            let feedback =
                Feedback { contacted: *contacted, solved: *solved, satisfaction: *satisfaction, comment: None };
            commands::confirm(work, target, feedback).await
        }
        Step::Rule => commands::rule(work, target, said(issue.note.as_deref().unwrap_or("由秘书处核定。"))?).await,
        Step::Cancel => commands::cancel(work, target, remark()).await,
    }
}
