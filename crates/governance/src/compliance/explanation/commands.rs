//! Giving a reason, and giving it anew.

use gongjian_identity::PersonId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Event, Refusal, Result, Say, Target, Text, Work};
use serde_json::json;
use uuid::Uuid;

use super::store::{self, row, wording};
use super::{Explanation, ExplanationId, Key, queries};
use crate::compliance::action::{COMPLIANCE_EXPLAIN, COMPLIANCE_READ};
use crate::compliance::event::{EXPLAINED, EXPLANATION_AMENDED};
use crate::compliance::fault::{OBLIGATION_BINDING, OBLIGATION_MET, OBLIGATION_NOT_BEGUN, OBLIGATION_NOT_FOUND};
use crate::compliance::period::year_of;
use crate::compliance::sight::Sight;
use crate::compliance::source::{self, Question, Rules};
use crate::compliance::{Duty, Obligation, Strength, obligation};

/// Why something did not happen.
#[derive(Debug, Clone)]
pub struct NewExplanation {
    pub period: Text<4, 20>,
    /// None for the association itself.
    pub subject_id: Option<Uuid>,
    pub reason: Text<2, 500>,
}

/// The secretariat says why something that holds in principle does not happen. It blocks nothing, and it makes
/// nothing happen: the duty is explained, not met.
pub async fn explain(work: &mut Work<'_>, key: &str, new: NewExplanation) -> Result<Explanation> {
    let known = obligation::find(key).ok_or_else(|| Refusal::of(&OBLIGATION_NOT_FOUND))?;
    work.authorize(&COMPLIANCE_EXPLAIN, &COMPLIANCE_READ, known)?;
    refuse_binding(known)?;
    let duty = duty(work, known, &new).await?;
    if duty.period.from > work.today() {
        return Err(Refusal::of(&OBLIGATION_NOT_BEGUN).with_article(Some(known.article)));
    }
    if duty.state.is_met() {
        return Err(Refusal::of(&OBLIGATION_MET).with_article(Some(known.article)));
    }
    let Key { obligation, period, subject } = Key::of(&duty);
    let year = year_of(&period).unwrap_or_default();
    let id: ExplanationId = work.new_id();
    store::insert(work, &row::Model { id, obligation_key: obligation, period, year, subject_id: subject, version: 1 })
        .await?;
    word(work, id, 1, new.reason).await?;
    let data = json!({
        "obligation": known.key, "article": known.article, "period": duty.period.key, "subject_id": duty.subject.id,
    });
    work.record(Event::new(&EXPLAINED, id.0, data));
    queries::find(work.tx(), id).await
}

/// The same reason in other words; those before stay on file.
pub async fn amend(work: &mut Work<'_>, target: Target<ExplanationId>, reason: Text<2, 500>) -> Result<Explanation> {
    work.authorize(&COMPLIANCE_EXPLAIN, &COMPLIANCE_READ, &Association)?;
    let before = store::lock(work, target.id).await?;
    target.is_current(before.version)?;
    let after = row::Model { version: before.version + 1, ..before.clone() };
    work.update::<row::Entity>(&before, &after).await?;
    word(work, after.id, after.version, reason).await?;
    let data = json!({ "obligation": after.obligation_key, "period": after.period, "wording": after.version });
    work.record(Event::new(&EXPLANATION_AMENDED, after.id.0, data));
    queries::find(work.tx(), after.id).await
}

/// What the charter says without 「原则上」 is not explained away.
fn refuse_binding(known: &Obligation) -> Result<()> {
    match known.strength {
        Strength::InPrinciple => Ok(()),
        Strength::Must | Strength::May => {
            let (label, strength) = (&known.label, known.strength.label());
            let detail = Say::new(
                format!("“{}”：第{}条为“{}”，不以说明代替。", label.zh, known.article, strength.zh),
                format!(
                    "“{}”: Article {} says “{}”; there is nothing to explain.",
                    label.en, known.article, strength.en
                ),
            );
            Err(Refusal::new(&OBLIGATION_BINDING, detail).with_article(Some(known.article)))
        }
    }
}

/// The duty as it stands now.
async fn duty(work: &Work<'_>, known: &'static Obligation, new: &NewExplanation) -> Result<Duty> {
    let unknown = || {
        let zh = "该义务没有这一期间或对象。";
        Refusal::field("/period", "unknown_period", zh, "The obligation has no such period or subject.")
            .with_article(Some(known.article))
    };
    // Years beyond these are no years of the association.
    let year = year_of(&new.period).filter(|year| (1900..=2200).contains(year)).ok_or_else(unknown)?;
    let (rules, sight) = (Rules::within(work).await?, Sight::everything());
    let as_of = work.today();
    let began_on = source::began_on(work.tx(), &rules, as_of).await?;
    let question = Question { rules: &rules, sight: &sight, years: (year, year + 1), as_of, began_on };
    let found = source::duties(work.tx(), &question, std::iter::once(known)).await?;
    let named = found.into_iter().find(|it| it.period.key == *new.period.as_str() && it.subject.id == new.subject_id);
    Ok(named.ok_or_else(unknown)?.judged(None, work.today()))
}

async fn word(work: &Work<'_>, id: ExplanationId, version: i32, reason: Text<2, 500>) -> Result<()> {
    let given_by = work.actor().person.map(PersonId);
    let reason = reason.into_string();
    store::word(work, wording::Model { explanation_id: id, version, reason, given_by, given_at: work.now() }).await
}
