//! A unit disputes a line of its passbook, and the secretariat answers. Both stay on record.

use chrono::{Datelike as _, NaiveDate};
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work};
use serde_json::json;

use super::action::{STANDING_ANSWER, STANDING_DISPUTE, STANDING_READ};
use super::event::{STANDING_ANSWERED, STANDING_DISPUTED};
use super::fault::STANDING_NOT_OPEN;
use super::store::{self, line};
use super::{Dispute, DisputeOutcome, Line, LineAction, LineId, LineStatus};

/// The answer to a dispute.
#[derive(Debug, Clone)]
pub struct Answer {
    pub outcome: DisputeOutcome,
    pub text: Text<2, 500>,
    pub correction: Correction,
}

/// What a line should have said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    pub day: Option<NaiveDate>,
    pub title: Option<Text<1, 200>>,
    pub quantity: Option<i32>,
}

const QUANTITY_AT_MOST: i32 = 1_000_000;

/// The unit says what is wrong with the line.
pub async fn dispute(work: &mut Work<'_>, target: Target<LineId>, reason: Text<2, 500>) -> Result<Line> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&STANDING_DISPUTE, &STANDING_READ, &before)?;
    target.is_current(before.version)?;
    let status = step(&before, LineAction::Dispute)?;
    let after = Line { status, version: before.version + 1, ..before.clone() };
    work.update::<line::Entity>(&before, &after).await?;
    let dispute = Dispute {
        id: work.new_id(),
        line_id: after.id,
        reason: reason.into_string(),
        raised_by: work.actor().person.map(PersonId),
        raised_at: work.now(),
        outcome: None,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    let data = json!({ "unit_id": after.unit_id, "dispute_id": dispute.id, "reason": dispute.reason });
    store::insert_dispute(work, dispute).await?;
    work.record(Event::new(&STANDING_DISPUTED, after.id.0, data));
    Ok(after)
}

/// The secretariat explains the line, corrects it, or strikes it.
pub async fn answer(work: &mut Work<'_>, target: Target<LineId>, answer: Answer) -> Result<Line> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&STANDING_ANSWER, &STANDING_READ, &before)?;
    target.is_current(before.version)?;
    let status = step(&before, answer.action()?)?;
    answer.check(work.today())?;
    let dispute = store::open_dispute(work, before.id).await?;
    let dispute = dispute.ok_or_else(|| Refusal::internal("a disputed line without a dispute"))?;
    let Answer { outcome, text, correction } = answer;
    let day = correction.day.unwrap_or(before.day);
    let after = Line {
        status,
        day,
        year: day.year(),
        title: correction.title.map_or_else(|| before.title.clone(), Text::into_string),
        quantity: correction.quantity.unwrap_or(before.quantity),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<line::Entity>(&before, &after).await?;
    let said = |line: &Line| json!({ "day": line.day, "title": line.title, "quantity": line.quantity });
    let data = json!({
        "unit_id": after.unit_id, "dispute_id": dispute.id, "outcome": outcome, "answer": text,
        "before": said(&before), "after": said(&after),
    });
    let answered = Dispute {
        outcome: Some(outcome),
        answer: Some(text.into_string()),
        answered_by: work.actor().person.map(PersonId),
        answered_at: Some(work.now()),
        ..dispute
    };
    store::close_dispute(work, &answered).await?;
    work.record(Event::new(&STANDING_ANSWERED, after.id.0, data));
    Ok(after)
}

fn step(line: &Line, action: LineAction) -> Result<LineStatus> {
    line.status.next(action).ok_or_else(|| {
        let (now, wanted) = (line.status.label(), action.label());
        let detail = Say::new(
            format!("履职记录现为“{}”，不能“{}”。", now.zh, wanted.zh),
            format!("The line is “{}”; “{}” cannot be done now.", now.en, wanted.en),
        );
        Refusal::new(&STANDING_NOT_OPEN, detail)
    })
}

impl Answer {
    fn action(&self) -> Result<LineAction> {
        match self.outcome {
            DisputeOutcome::Explained => Ok(LineAction::Explain),
            DisputeOutcome::Corrected => Ok(LineAction::Correct),
            DisputeOutcome::Struck => Ok(LineAction::Strike),
            DisputeOutcome::Lapsed => {
                let zh = "来源撤回时由系统记载，不能作为答复。";
                Err(Refusal::field("/outcome", "not_allowed", zh, "It follows from the source and is no answer."))
            }
        }
    }

    /// A correction says what is right; the other outcomes change nothing.
    fn check(&self, today: NaiveDate) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
        };
        let Correction { day, title, quantity } = &self.correction;
        let given = [("/day", day.is_some()), ("/title", title.is_some()), ("/quantity", quantity.is_some())];
        if self.outcome == DisputeOutcome::Corrected {
            if given.iter().all(|(_, given)| !given) {
                fault("/quantity", "required", "更正须填写正确的内容。", "A correction says what is right.");
            }
            if day.is_some_and(|day| day > today) {
                fault("/day", "in_future", "日期不能晚于今天。", "It must not lie after today.");
            }
            if quantity.is_some_and(|quantity| !(1..=QUANTITY_AT_MOST).contains(&quantity)) {
                fault("/quantity", "out_of_range", "数量应为 1 至 1000000。", "Give 1 to 1000000.");
            }
        } else {
            for (at, _) in given.iter().filter(|(_, given)| *given) {
                fault(at, "not_allowed", "只有更正才填写此项。", "Only a correction has it.");
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}
