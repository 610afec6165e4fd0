//! Internal rules (Article 13(5)): a gapless number in the year of the first adoption, editions under it, and
//! abolition by another decision of the council.

use chrono::Datelike as _;
use gongjian_kernel::{Event, Refusal, Result, Target, Work, number as series};
use serde_json::json;

use super::action::INSTRUMENT_ADOPT;
use super::commands::{Adoption, first_day, open};
use super::event::RULE_ABOLISHED;
use super::fault::RULE_NOT_IN_FORCE;
use super::{Instrument, InstrumentAction, InstrumentId, store};
use crate::decision::{self, Matter};

/// Numbers a rule as it is adopted: a new one, or the next edition under the number of what it amends.
pub(super) async fn number(work: &Work<'_>, rule: &mut Instrument, amended: Option<&Instrument>) -> Result<()> {
    match amended {
        Some(amended) => {
            rule.rule_year = amended.rule_year;
            rule.rule_seq = amended.rule_seq;
            rule.edition = amended.edition.map(|edition| edition + 1);
        }
        None => {
            let year = work.today().year();
            let taken = series::next(work, "internal_rule", "", year).await?;
            rule.rule_year = Some(year);
            rule.rule_seq = Some(i32::try_from(taken).unwrap_or(i32::MAX));
            rule.edition = Some(1);
        }
    }
    Ok(())
}

/// As it is written: `〔2026〕3号`.
#[must_use]
pub fn number_of(rule: &Instrument) -> Option<String> {
    Some(format!("〔{}〕{}号", rule.rule_year?, rule.rule_seq?))
}

/// The rule holds until the day before; a decision of the council is spent by it.
pub async fn abolish(work: &mut Work<'_>, target: Target<InstrumentId>, by: Adoption) -> Result<Instrument> {
    let (before, after) = open(work, target, &INSTRUMENT_ADOPT, InstrumentAction::Abolish).await?;
    if before.ended_on.is_some() {
        return Err(Refusal::of(&RULE_NOT_IN_FORCE));
    }
    let last = first_day(work, &after, by.effective_from)?;
    decision::spend(work, by.decision, Matter::InternalRule, ("instrument", after.id.0)).await?;
    let ended_on = before.effective_from.map_or(last, |first| first.max(last));
    let after = Instrument { ended_on: Some(ended_on), abolished_by: Some(by.decision), ..after };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "rule_number": number_of(&after), "decision_id": by.decision, "ended_on": ended_on });
    work.record(Event::new(&RULE_ABOLISHED, after.id.0, data));
    Ok(after)
}
