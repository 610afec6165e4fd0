//! Drafting an instrument, laying it before a body, recording what the body has decided.

use chrono::{Datelike as _, NaiveDate};
use gongjian_identity::PersonId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Permission, Refusal, Result, Say, Target, Text, Work};
use serde_json::json;

use super::action::{INSTRUMENT_ADOPT, INSTRUMENT_DRAFT, INSTRUMENT_READ};
use super::event::{
    INSTRUMENT_ADOPTED, INSTRUMENT_DISCARDED, INSTRUMENT_DRAFTED, INSTRUMENT_EDITED, INSTRUMENT_PUBLISHED,
    INSTRUMENT_RETURNED, INSTRUMENT_SUBMITTED,
};
use super::fault::{INSTRUMENT_AFTER_DECISION, INSTRUMENT_NOT_AMENDABLE, INSTRUMENT_NOT_OPEN, PLAN_WITHOUT_ITEMS};
use super::item::{self, Items};
use super::{
    Figure, Instrument, InstrumentAction, InstrumentId, InstrumentKind, InstrumentStatus, queries, rule, store,
};
use crate::agenda::Agenda;
use crate::decision::{self, DecisionId};

/// An instrument to be drafted.
#[derive(Debug, Clone)]
pub struct NewInstrument {
    pub kind: InstrumentKind,
    pub title: Text<2, 100>,
    /// Of plans and reports.
    pub year: Option<i32>,
    pub text: Option<Text<1, 20000>>,
    /// The plan or rule in force that it is to replace.
    pub amends: Option<InstrumentId>,
    /// Of plans.
    pub items: Option<Items>,
}

/// What is to be otherwise.
#[derive(Debug, Clone, Default)]
pub struct InstrumentPatch {
    pub title: Option<Text<2, 100>>,
    pub text: Option<Text<1, 20000>>,
    pub items: Option<Items>,
}

/// What the body has decided, and from when it holds.
#[derive(Debug, Clone, Copy)]
pub struct Adoption {
    pub decision: DecisionId,
    /// Today, where no day is named.
    pub effective_from: Option<NaiveDate>,
}

/// Article 13: the secretariat drafts what the council has to prepare.
pub async fn draft(work: &mut Work<'_>, new: NewInstrument) -> Result<Instrument> {
    work.authorize(&INSTRUMENT_DRAFT, &INSTRUMENT_DRAFT, &Association)?;
    let amended = match new.amends {
        Some(id) => Some(amendable(work, id, new.kind).await?),
        None => None,
    };
    let year = year_of(new.kind, new.year, amended.as_ref())?;
    if amended.is_none() {
        queries::require_none_of_year(work.tx(), new.kind, year).await?;
    }
    if new.items.is_some() && new.kind != InstrumentKind::AnnualPlan {
        return Err(only_plans_have_items());
    }
    let instrument = Instrument {
        id: work.new_id(),
        kind: new.kind,
        year,
        title: new.title.into_string(),
        text: new.text.map(Text::into_string).unwrap_or_default(),
        status: InstrumentStatus::Draft,
        amends_id: new.amends,
        meeting_id: None,
        agenda_item_id: None,
        submitted_at: None,
        figures: None,
        decision_id: None,
        adopted_at: None,
        effective_from: None,
        ended_on: None,
        abolished_by: None,
        published_at: None,
        rule_year: None,
        rule_seq: None,
        edition: None,
        reason: None,
        created_by: work.actor().person.map(PersonId),
        created_at: work.now(),
        version: 1,
    };
    store::insert(work, &instrument).await?;
    match (new.items, new.amends) {
        (Some(items), _) => item::replace(work, instrument.id, year, items).await?,
        (None, Some(amended)) => item::copy(work, amended, instrument.id).await?,
        (None, None) => {}
    }
    let data = json!({ "kind": instrument.kind, "title": instrument.title, "year": instrument.year, "amends_id": instrument.amends_id });
    work.record(Event::new(&INSTRUMENT_DRAFTED, instrument.id.0, data));
    Ok(instrument)
}

fn only_plans_have_items() -> Refusal {
    Refusal::field("/items", "not_for_this_kind", "只有年度计划列工作项目。", "Only an annual plan has items.")
}

/// Plans and reports are about a year, rules are not. An amendment is about the year of what it amends.
fn year_of(kind: InstrumentKind, given: Option<i32>, amended: Option<&Instrument>) -> Result<Option<i32>> {
    let refused = |zh: &str, en: &str| Err(Refusal::field("/year", "invalid_year", zh, en));
    match (kind, given, amended) {
        (InstrumentKind::InternalRule, None, _) => Ok(None),
        (InstrumentKind::InternalRule, Some(_), _) => refused("制度没有年度。", "A rule is about no year."),
        (_, given, Some(amended)) if given.is_none() || given == amended.year => Ok(amended.year),
        (_, _, Some(_)) => refused("与所修订的计划年度不同。", "It is not the year of what is amended."),
        (_, Some(year), None) if (2000..=2100).contains(&year) => Ok(Some(year)),
        (_, _, None) => refused("年度应为 2000 至 2100。", "Give a year from 2000 to 2100."),
    }
}

/// What can be amended: the plan or rule of this kind that nothing has followed yet, held.
async fn amendable(work: &Work<'_>, id: InstrumentId, kind: InstrumentKind) -> Result<Instrument> {
    let instrument = store::lock(work, id).await.map_err(|refusal| refusal.at("/amends_id"))?;
    let fits = instrument.kind == kind && kind != InstrumentKind::WorkReport;
    if fits && instrument.decision_id.is_some() && instrument.ended_on.is_none() {
        return Ok(instrument);
    }
    Err(Refusal::of(&INSTRUMENT_NOT_AMENDABLE).with_article(kind.article()))
}

/// The instrument, held, where the actor may do this with it now.
pub(super) async fn open(
    work: &Work<'_>,
    target: Target<InstrumentId>,
    wanted: &Permission,
    action: InstrumentAction,
) -> Result<(Instrument, Instrument)> {
    let before = store::lock(work, target.id).await?;
    work.authorize(wanted, &INSTRUMENT_READ, &before)?;
    target.is_current(before.version)?;
    let status = step(&before, action)?;
    let after = Instrument { status, version: before.version + 1, ..before.clone() };
    Ok((before, after))
}

pub(super) fn step(instrument: &Instrument, action: InstrumentAction) -> Result<InstrumentStatus> {
    let is_for_kind = action != InstrumentAction::Abolish || instrument.kind == InstrumentKind::InternalRule;
    instrument.status.next(action).filter(|_| is_for_kind).ok_or_else(|| {
        let (now, wanted) = (instrument.status.label(), action.label());
        let detail = Say::new(
            format!("该{}现为“{}”，不能“{}”。", instrument.kind.label().zh, now.zh, wanted.zh),
            format!("The {} is “{}”; “{}” cannot be done now.", instrument.kind.label().en, now.en, wanted.en),
        );
        let allowed = instrument.status.open_actions().map(InstrumentAction::as_str).collect();
        Refusal { allowed_actions: Some(allowed), ..Refusal::new(&INSTRUMENT_NOT_OPEN, detail) }
            .with_article(instrument.kind.article())
    })
}

pub async fn edit(work: &mut Work<'_>, target: Target<InstrumentId>, patch: InstrumentPatch) -> Result<Instrument> {
    let (before, after) = open(work, target, &INSTRUMENT_DRAFT, InstrumentAction::Edit).await?;
    let after = Instrument {
        title: patch.title.map_or(after.title, Text::into_string),
        text: patch.text.map_or(after.text, Text::into_string),
        ..after
    };
    if let Some(items) = patch.items {
        if after.kind != InstrumentKind::AnnualPlan {
            return Err(only_plans_have_items());
        }
        item::replace(work, after.id, after.year, items).await?;
    }
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&INSTRUMENT_EDITED, after.id.0, json!({ "title": after.title })));
    Ok(after)
}

/// The instrument lies before its body; from now on nobody changes it, and the figures of a report are frozen.
pub async fn submit(
    work: &mut Work<'_>,
    target: Target<InstrumentId>,
    to: Agenda,
    figures: Option<&[Figure]>,
) -> Result<Instrument> {
    let (before, after) = open(work, target, &INSTRUMENT_DRAFT, InstrumentAction::Submit).await?;
    if after.kind == InstrumentKind::AnnualPlan && item::of(work.tx(), after.id).await?.is_empty() {
        return Err(Refusal::of(&PLAN_WITHOUT_ITEMS));
    }
    to.check(work, after.kind.matter()).await?;
    let figures = figures.filter(|_| after.kind == InstrumentKind::WorkReport);
    let after = Instrument {
        meeting_id: to.meeting,
        agenda_item_id: to.item,
        submitted_at: Some(work.now()),
        figures: figures.map(serde_json::to_string).transpose()?,
        ..after
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "kind": after.kind, "meeting_id": to.meeting, "agenda_item_id": to.item, "figures": figures });
    work.record(Event::new(&INSTRUMENT_SUBMITTED, after.id.0, data));
    Ok(after)
}

/// The body wants it otherwise: it is a draft again, and a report shows live figures again.
pub async fn send_back(work: &mut Work<'_>, target: Target<InstrumentId>, reason: Text<2, 500>) -> Result<Instrument> {
    let (before, after) = open(work, target, &INSTRUMENT_DRAFT, InstrumentAction::Return).await?;
    let after = Instrument { submitted_at: None, figures: None, reason: Some(reason.into_string()), ..after };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&INSTRUMENT_RETURNED, after.id.0, json!({ "reason": after.reason })));
    Ok(after)
}

pub async fn discard(work: &mut Work<'_>, target: Target<InstrumentId>, reason: Text<2, 500>) -> Result<Instrument> {
    let (before, after) = open(work, target, &INSTRUMENT_DRAFT, InstrumentAction::Discard).await?;
    let after = Instrument { reason: Some(reason.into_string()), ..after };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&INSTRUMENT_DISCARDED, after.id.0, json!({ "reason": after.reason })));
    Ok(after)
}

/// Articles 11 and 13(5): the body that the charter names has adopted it. The decision is spent by it; what it
/// amends holds until its first day.
pub async fn adopt(work: &mut Work<'_>, target: Target<InstrumentId>, by: Adoption) -> Result<Instrument> {
    let (before, mut after) = open(work, target, &INSTRUMENT_ADOPT, InstrumentAction::Adopt).await?;
    let effective_from = first_day(work, &after, by.effective_from)?;
    let amended = match after.amends_id {
        Some(id) => Some(amendable(work, id, after.kind).await?),
        None => None,
    };
    if amended.is_none() {
        queries::require_none_of_year(work.tx(), after.kind, after.year).await?;
    }
    let matter = after.kind.matter();
    let decided = decision::require_effective(work, by.decision, matter).await?;
    if !decided.is_on_what_lay_before(before.submitted_at) {
        return Err(Refusal::of(&INSTRUMENT_AFTER_DECISION).with_article(after.kind.article()));
    }
    decision::spend(work, by.decision, matter, ("instrument", after.id.0)).await?;
    if let Some(amended) = &amended {
        // What would have begun later than its successor never holds.
        let ended_on = amended.effective_from.map_or(effective_from, |first| first.max(effective_from));
        let ended = Instrument { ended_on: Some(ended_on), version: amended.version + 1, ..amended.clone() };
        work.update::<store::row::Entity>(amended, &ended).await?;
    }
    after = Instrument {
        decision_id: Some(by.decision),
        adopted_at: Some(work.now()),
        effective_from: Some(effective_from),
        ..after
    };
    if after.kind == InstrumentKind::InternalRule {
        rule::number(work, &mut after, amended.as_ref()).await?;
    }
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({
        "kind": after.kind, "decision_id": by.decision, "effective_from": effective_from,
        "amends_id": after.amends_id, "rule_number": rule::number_of(&after),
    });
    work.record(Event::new(&INSTRUMENT_ADOPTED, after.id.0, data));
    Ok(after)
}

/// The day that it holds from: not past, and of a plan a day of its year or before it.
pub(super) fn first_day(work: &Work<'_>, instrument: &Instrument, given: Option<NaiveDate>) -> Result<NaiveDate> {
    let first = given.unwrap_or_else(|| work.today());
    let refused = |code, zh: &str, en: &str| {
        Err(Refusal::field("/effective_from", code, zh, en).with_article(instrument.kind.article()))
    };
    if first < work.today() {
        return refused("in_the_past", "施行日期不得早于今日。", "The day on which it takes effect is not past.");
    }
    if given.is_some()
        && instrument.kind == InstrumentKind::AnnualPlan
        && instrument.year.is_some_and(|year| first.year() > year)
    {
        return refused("out_of_range", "不得晚于计划年度。", "It does not lie after the year of the plan.");
    }
    Ok(first)
}

/// Article 9(2): the members are told.
pub async fn publish(work: &mut Work<'_>, target: Target<InstrumentId>) -> Result<Instrument> {
    let (before, after) = open(work, target, &INSTRUMENT_ADOPT, InstrumentAction::Publish).await?;
    let after = Instrument { published_at: Some(work.now()), ..after };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&INSTRUMENT_PUBLISHED, after.id.0, json!({ "kind": after.kind, "title": after.title })));
    Ok(after)
}
