//! Urging (催办) and supervision sheets (督办) of four levels, by hand and by rule.

use chrono::NaiveDate;
use gongjian_kernel::{Result, Target, Work};
use serde_json::json;

use super::super::IssueId;
use super::super::case::Case;
use super::super::input::{Reasoned, SupervisionOrder};
use super::super::store::{self, Issue, Sheet};
use crate::event;
use crate::vocabulary::{IssueAction, SheetGround, SupervisionLevel};

/// Urges the lead department.
pub async fn urge(work: &mut Work<'_>, target: Target<IssueId>, why: Reasoned) -> Result<(Issue, Sheet)> {
    let case = Case::open(work, target, IssueAction::Urge).await?;
    let order = NewSheet {
        level: SupervisionLevel::Urging,
        ground: SheetGround::Other,
        reason: why.reason.into(),
        copy_to: None,
        rule_key: None,
        due_on: case.issue.due_on,
    };
    issue_sheet(work, case, order).await
}

/// Issues a supervision sheet.
pub async fn supervise(
    work: &mut Work<'_>,
    target: Target<IssueId>,
    order: SupervisionOrder,
) -> Result<(Issue, Sheet)> {
    let case = Case::open(work, target, IssueAction::Supervise).await?;
    let order = NewSheet {
        level: order.level,
        ground: order.ground,
        reason: order.reason.into(),
        copy_to: order.copy_to.map(Into::into),
        rule_key: None,
        due_on: case.issue.due_on,
    };
    issue_sheet(work, case, order).await
}

/// What a rule issues once: a sheet for each issue, round, level, ground and deadline.
pub(crate) fn rule_key(
    id: IssueId,
    round: i32,
    level: SupervisionLevel,
    ground: SheetGround,
    due_on: NaiveDate,
) -> String {
    format!("{id}/{round}/{level}/{ground}/{due_on}")
}

/// A sheet that a rule issues. Nothing happens where the rule has issued it already.
pub(crate) async fn by_rule(
    work: &mut Work<'_>,
    id: IssueId,
    level: SupervisionLevel,
    ground: SheetGround,
) -> Result<bool> {
    let case = Case::open(work, Target::any(id), IssueAction::Supervise).await?;
    let due_on = match ground {
        SheetGround::SignFor => case.issue.sign_due_on,
        SheetGround::SuspensionReview => case.issue.review_on,
        SheetGround::Reply | SheetGround::Other => case.issue.due_on,
    };
    let Some(due_on) = due_on else { return Ok(false) };
    let rule_key = rule_key(id, case.issue.round, level, ground, due_on);
    if store::has_sheet(work, &rule_key).await? {
        return Ok(false);
    }
    let day = due_on.format("%Y年%-m月%-d日");
    let (reason, copy_to) = match (ground, level) {
        (SheetGround::SignFor, _) => (format!("应于{day}（含当日）前签收，尚未签收。"), None),
        (SheetGround::SuspensionReview, SupervisionLevel::Reminder) => {
            (format!("挂账复核日期{day}已到，请复核。"), Some("秘书长"))
        }
        (SheetGround::SuspensionReview, _) => (format!("挂账复核日期{day}已过，尚未复核。"), Some("秘书长")),
        (_, SupervisionLevel::Reminder) => (format!("办理时限为{day}，请按期答复。"), None),
        (_, SupervisionLevel::Urging) => (format!("办理时限{day}已过，请尽快答复。"), Some("分管领导")),
        (_, SupervisionLevel::Sheet) => (format!("办理时限{day}已过，仍未答复，予以督办。"), Some("秘书长")),
        (_, SupervisionLevel::Circular) => (format!("办理时限{day}已过，长期未答复，予以通报。"), Some("理事会")),
    };
    let order = NewSheet {
        level,
        ground,
        reason,
        copy_to: copy_to.map(str::to_owned),
        rule_key: Some(rule_key),
        due_on: Some(due_on),
    };
    issue_sheet(work, case, order).await?;
    Ok(true)
}

struct NewSheet {
    level: SupervisionLevel,
    ground: SheetGround,
    reason: String,
    copy_to: Option<String>,
    rule_key: Option<String>,
    /// The deadline that the sheet is about.
    due_on: Option<NaiveDate>,
}

async fn issue_sheet(work: &mut Work<'_>, mut case: Case, new: NewSheet) -> Result<(Issue, Sheet)> {
    let sheet = Sheet {
        id: work.new_id(),
        issue_id: case.issue.id,
        round: case.issue.round,
        level: new.level,
        ground: new.ground,
        rule_key: new.rule_key,
        due_on: new.due_on,
        reason: new.reason,
        copy_to: new.copy_to,
        issued_by: work.actor().name.to_string(),
        issued_at: work.now(),
    };
    store::insert_sheet(work, &sheet).await?;
    let urging = new.level == SupervisionLevel::Urging;
    case.issue.urge_count += i32::from(urging);
    case.issue.supervision_level = case.issue.supervision_level.max(Some(new.level));
    let entry = if urging { &event::URGED } else { &event::SUPERVISED };
    let data = json!({
        "sheet_id": sheet.id, "level": sheet.level, "ground": sheet.ground, "reason": sheet.reason,
        "copy_to": sheet.copy_to, "by_rule": sheet.rule_key.is_some(),
    });
    Ok((case.close(work, entry, data).await?, sheet))
}
