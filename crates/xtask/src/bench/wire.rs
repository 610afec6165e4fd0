//! The same JSON as the release server's, built from the rows and nothing else. Lights and allowed actions
//! are rules, so the bare server says the usual ones of a status.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use gongjian_ledger::issue::clock::Segment;
use serde::Serialize;
use uuid::Uuid;

use super::rows::{Card, Issue};

pub type Names = HashMap<Uuid, String>;

#[derive(Debug, Serialize)]
pub struct UnitRef<'a> {
    id: Uuid,
    name: &'a str,
}

fn unit(id: Uuid, names: &Names) -> UnitRef<'_> {
    UnitRef { id, name: names.get(&id).map_or("", String::as_str) }
}

#[derive(Debug, Serialize)]
struct Reply<'a> {
    replied_on: NaiveDate,
    outcome: &'a str,
    text: &'a str,
    measures: &'a str,
    signed_by: &'a str,
    attachments: Vec<serde_json::Value>,
    handling_workdays: Option<i32>,
    confirm_due_on: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct Papers<'a> {
    instructions: Option<&'a str>,
    return_reason: Option<&'a str>,
    suggested_unit: Option<UnitRef<'a>>,
    extension_reason: Option<&'a str>,
    suspension_plan: Option<&'a str>,
}

fn papers<'a>(issue: &'a Issue, names: &'a Names) -> Papers<'a> {
    Papers {
        instructions: issue.instructions.as_deref(),
        return_reason: issue.return_reason.as_deref(),
        suggested_unit: issue.suggested_unit_id.map(|id| unit(id, names)),
        extension_reason: issue.extension_reason.as_deref(),
        suspension_plan: issue.suspension_plan.as_deref(),
    }
}

/// On the demo's day.
fn overdue(issue: &Issue) -> bool {
    issue.status == "suspended" && issue.review_on < NaiveDate::from_ymd_opt(2026, 11, 20)
}

#[derive(Debug, Serialize)]
struct Feedback<'a> {
    contacted: bool,
    solved: bool,
    satisfaction: &'a str,
    comment: Option<&'a str>,
    excluded_reason: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Rejection<'a> {
    ground: &'a str,
    reason: &'a str,
    channel: &'a str,
}

fn reply(issue: &Issue) -> Option<Reply<'_>> {
    Some(Reply {
        replied_on: issue.replied_on?,
        outcome: issue.outcome.as_deref()?,
        text: issue.reply.as_deref()?,
        measures: issue.measures.as_deref()?,
        signed_by: issue.reply_signed_by.as_deref()?,
        attachments: serde_json::from_str(issue.reply_attachments.as_deref().unwrap_or("[]")).ok()?,
        handling_workdays: issue.handling_workdays,
        confirm_due_on: issue.confirm_due_on,
    })
}

fn feedback(issue: &Issue) -> Option<Feedback<'_>> {
    Some(Feedback {
        contacted: issue.contacted?,
        solved: issue.solved?,
        satisfaction: issue.satisfaction.as_deref()?,
        comment: issue.feedback_comment.as_deref(),
        excluded_reason: issue.feedback_excluded.as_deref(),
    })
}

fn rejection(issue: &Issue) -> Option<Rejection<'_>> {
    Some(Rejection {
        ground: issue.reject_ground.as_deref()?,
        reason: issue.reject_reason.as_deref()?,
        channel: issue.reject_channel.as_deref()?,
    })
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The light and the secretariat's actions that issues in this status usually have.
fn usual(status: &str) -> (Option<&'static str>, &'static [&'static str]) {
    match status {
        "submitted" => (None, &["register", "reject", "merge"]),
        "registered" => (Some("green"), &["merge", "dispatch"]),
        "dispatched" => (Some("green"), &["urge", "supervise"]),
        "signed" | "in_progress" => (Some("green"), &["escalate", "urge", "supervise"]),
        "suspended" => (Some("white"), &["resume", "supervise"]),
        "awaiting_confirmation" => (Some("green"), &["exclude_feedback"]),
        "closed" => (Some("grey"), &["exclude_feedback"]),
        _ => (None, &[]),
    }
}

macro_rules! view {
    ($name:ident { $($field:ident: $type:ty = $value:expr,)* } from ($row:ident: &$row_type:ident, $names:ident $(, $more:ident: $more_type:ty)*)) => {
        #[derive(Debug, Serialize)]
        pub struct $name<'a> { $($field: $type,)* }

        impl<'a> $name<'a> {
            pub fn of($row: &'a $row_type, $names: &'a Names $(, $more: $more_type)*) -> serde_json::Result<Self> {
                Ok(Self { $($field: $value,)* })
            }
        }
    };
}

view!(IssueView {
    id: Uuid = issue.id,
    intake_no: Option<&'a str> = issue.intake_no.as_deref(),
    ledger_no: Option<&'a str> = issue.ledger_no.as_deref(),
    voided_no: Option<&'a str> = issue.voided_no.as_deref(),
    status: &'a str = &issue.status,
    light: Option<&'static str> = usual(&issue.status).0,
    allowed_actions: &'static [&'static str] = usual(&issue.status).1,
    kind: &'a str = &issue.kind,
    urgency: &'a str = &issue.urgency,
    category: &'a str = &issue.category,
    title: &'a str = &issue.title,
    detail: &'a str = &issue.detail,
    goal: Option<&'a str> = issue.goal.as_deref(),
    level: &'a str = &issue.level,
    street_code: Option<&'a str> = issue.street_code.as_deref(),
    committee_code: Option<&'a str> = issue.committee_code.as_deref(),
    attachments: Vec<serde_json::Value> = serde_json::from_str(&issue.attachments)?,
    submitter: UnitRef<'a> = unit(issue.submitter_unit_id, names),
    submitter_name: &'a str = &issue.submitter_name,
    lead: Option<UnitRef<'a>> = issue.lead_unit_id.map(|id| unit(id, names)),
    assisting: Vec<UnitRef<'a>> = assisting.into_iter().map(|id| unit(id, names)).collect(),
    submitted_on: Option<NaiveDate> = issue.submitted_on,
    registered_on: Option<NaiveDate> = issue.registered_on,
    dispatched_on: Option<NaiveDate> = issue.dispatched_on,
    sign_due_on: Option<NaiveDate> = issue.sign_due_on,
    signed_on: Option<NaiveDate> = issue.signed_on,
    is_designated: bool = issue.designated,
    return_count: i32 = issue.return_count,
    round: i32 = issue.round,
    limit_workdays: i32 = issue.limit_workdays,
    base_due_on: Option<NaiveDate> = issue.base_due_on,
    due_on: Option<NaiveDate> = issue.due_on,
    is_due_estimated: bool = issue.due_estimated,
    extension_workdays: i32 = issue.extension_workdays,
    extension_pending_workdays: Option<i32> = issue.extension_pending,
    clock: Vec<Segment> = serde_json::from_str(&issue.clock)?,
    suspension_reason: Option<&'a str> = issue.suspension_reason.as_deref(),
    review_on: Option<NaiveDate> = issue.review_on,
    is_review_overdue: bool = overdue(issue),
    papers: Option<Papers<'a>> = Some(papers(issue, names)),
    master: Option<()> = None,
    forum: Option<&'a str> = issue.forum.as_deref(),
    meeting_no: Option<&'a str> = issue.meeting_no.as_deref(),
    reply: Option<Reply<'a>> = reply(issue),
    feedback: Option<Feedback<'a>> = feedback(issue),
    closure_basis: Option<&'a str> = issue.closure_basis.as_deref(),
    ruling: Option<&'a str> = issue.ruling.as_deref(),
    confirmed_on: Option<NaiveDate> = issue.confirmed_on,
    closed_on: Option<NaiveDate> = issue.closed_on,
    rejection: Option<Rejection<'a>> = rejection(issue),
    merged_into_issue_id: Option<Uuid> = issue.merged_into,
    urge_count: i32 = issue.urge_count,
    supervision_level: Option<&'a str> = issue.supervision_level.as_deref(),
    version: i32 = issue.version,
    created_at: String = instant(issue.created_at),
    updated_at: String = instant(issue.updated_at),
} from (issue: &Issue, names, assisting: Vec<Uuid>));

view!(CardView {
    id: Uuid = card.id,
    intake_no: Option<&'a str> = card.intake_no.as_deref(),
    ledger_no: Option<&'a str> = card.ledger_no.as_deref(),
    status: &'a str = &card.status,
    light: Option<&'static str> = usual(&card.status).0,
    allowed_actions: &'static [&'static str] = usual(&card.status).1,
    kind: &'a str = &card.kind,
    urgency: &'a str = &card.urgency,
    category: &'a str = &card.category,
    title: &'a str = &card.title,
    goal: Option<&'a str> = card.goal.as_deref(),
    level: &'a str = &card.level,
    street_code: Option<&'a str> = card.street_code.as_deref(),
    submitter: UnitRef<'a> = unit(card.submitter_unit_id, names),
    lead: Option<UnitRef<'a>> = card.lead_unit_id.map(|id| unit(id, names)),
    submitted_on: Option<NaiveDate> = card.submitted_on,
    registered_on: Option<NaiveDate> = card.registered_on,
    due_on: Option<NaiveDate> = card.due_on,
    is_due_estimated: bool = card.due_estimated,
    replied_on: Option<NaiveDate> = card.replied_on,
    closed_on: Option<NaiveDate> = card.closed_on,
    round: i32 = card.round,
    urge_count: i32 = card.urge_count,
    supervision_level: Option<&'a str> = card.supervision_level.as_deref(),
    version: i32 = card.version,
    created_at: String = instant(card.created_at),
} from (card: &Card, names));

/// A page with the id of its last row for a cursor.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    pub data: Vec<CardView<'a>>,
    pub has_more: bool,
    pub next_cursor: Option<String>,
}
