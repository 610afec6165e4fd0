//! Drafting a briefing, issuing it, reading it, withdrawing it.

use chrono::{Datelike as _, Months, NaiveDate};
use gongjian_identity::PersonId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work, number, policy};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries as members;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use super::action::{BRIEFING_DRAFT, BRIEFING_ISSUE, BRIEFING_READ, BRIEFING_SIGN, Told};
use super::event;
use super::fault::{BRIEFING_NOT_FOUND, BRIEFING_NOT_OPEN, NOT_REPLACEABLE};
use super::store::{self, reader, row};
use super::{
    Audience, AudienceKind, Briefing, BriefingAction, BriefingId, BriefingPolicy, BriefingStatus, Reader, Section,
    Sections, audience,
};
use crate::acting;

/// A briefing to be drafted.
#[derive(Debug, Clone)]
pub struct NewBriefing {
    /// First and last day; the interval of the policy that today lies in where none is given.
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub title: Text<2, 100>,
    pub sections: Vec<Section>,
    pub audience: Audience,
    /// The withdrawn briefing that this one corrects.
    pub replaces: Option<BriefingId>,
}

/// What is changed of a draft; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct BriefingEdit {
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub title: Option<Text<2, 100>>,
    pub sections: Option<Vec<Section>>,
    pub audience: Option<Audience>,
}

/// The interval of the year that the day lies in: a quarter, where it has three months.
fn interval(today: NaiveDate, months: u32) -> Option<(NaiveDate, NaiveDate)> {
    let first = (today.month0() / months) * months;
    let from = NaiveDate::from_ymd_opt(today.year(), first + 1, 1)?;
    let year_end = NaiveDate::from_ymd_opt(today.year(), 12, 31)?;
    let to = from.checked_add_months(Months::new(months))?.pred_opt()?;
    Some((from, to.min(year_end)))
}

fn check_period((from, to): (NaiveDate, NaiveDate)) -> Result<()> {
    if from <= to {
        return Ok(());
    }
    let detail = Say::fixed("止日不能早于起日。", "It must not end before it begins.");
    Err(Refusal::invalid(vec![FieldFault::body("/period/to", "out_of_order", detail)]))
}

/// Article 2: the secretariat drafts what the council tells members.
pub async fn draft(work: &mut Work<'_>, new: NewBriefing) -> Result<Briefing> {
    work.authorize(&BRIEFING_DRAFT, &BRIEFING_DRAFT, &Association)?;
    new.audience.check("/audience")?;
    let months = policy::within::<BriefingPolicy>(work).await?.value.briefing_interval_months;
    let period = new.period.or_else(|| interval(work.today(), months));
    let period = period.ok_or_else(|| Refusal::internal("a year without its quarters"))?;
    check_period(period)?;
    if let Some(replaced) = new.replaces {
        let replaced = store::lock(work, replaced).await.map_err(|refusal| refusal.at("/replaces_id"))?;
        if replaced.status != BriefingStatus::Withdrawn || correction_of(work, replaced.id).await?.is_some() {
            return Err(Refusal::of(&NOT_REPLACEABLE));
        }
    }
    let briefing = Briefing {
        id: work.new_id(),
        number: None,
        period_from: period.0,
        period_to: period.1,
        title: new.title.into_string(),
        sections: Sections(new.sections),
        audience_kind: new.audience.kind,
        audience_street: new.audience.street.map(Text::into_string),
        audience_unit_type: new.audience.unit_type,
        status: BriefingStatus::Draft,
        replaces_id: new.replaces,
        drafted_by: work.actor().person.map(PersonId),
        drafted_at: work.now(),
        issued_by: None,
        issued_at: None,
        withdrawn_by: None,
        withdrawn_at: None,
        withdraw_reason: None,
        version: 1,
    };
    store::insert(work, &briefing).await?;
    let data = json!({ "title": briefing.title, "audience": briefing.audience_kind, "replaces_id": new.replaces });
    work.record(Event::new(&event::BRIEFING_DRAFTED, briefing.id.0, data));
    Ok(briefing)
}

/// The correction of a briefing that was not thrown away.
async fn correction_of(work: &Work<'_>, id: BriefingId) -> Result<Option<Briefing>> {
    let corrections = row::Entity::find()
        .filter(row::Column::ReplacesId.eq(id))
        .filter(row::Column::Status.ne(BriefingStatus::Discarded));
    Ok(corrections.one(work.tx()).await?)
}

pub async fn edit(work: &mut Work<'_>, target: Target<BriefingId>, edit: BriefingEdit) -> Result<Briefing> {
    let before = open(work, target, &BRIEFING_DRAFT, BriefingAction::Edit).await?;
    let period = edit.period.unwrap_or((before.period_from, before.period_to));
    check_period(period)?;
    let mut after = Briefing { period_from: period.0, period_to: period.1, ..before.clone() };
    if let Some(title) = edit.title {
        after.title = title.into_string();
    }
    if let Some(sections) = edit.sections {
        after.sections = Sections(sections);
    }
    if let Some(audience) = edit.audience {
        audience.check("/audience")?;
        after.audience_kind = audience.kind;
        after.audience_street = audience.street.map(Text::into_string);
        after.audience_unit_type = audience.unit_type;
    }
    save(work, &before, after, &event::BRIEFING_EDITED, json!({})).await
}

/// By order of the secretary-general it goes out: who is expected to read it is counted out now, and stays.
pub async fn issue(work: &mut Work<'_>, target: Target<BriefingId>) -> Result<Briefing> {
    let before = open(work, target, &BRIEFING_ISSUE, BriefingAction::Issue).await?;
    let street = before.audience_street.as_deref();
    let (kind, unit_type) = (before.audience_kind, before.audience_unit_type);
    let units = audience::units(work.tx(), kind, street, unit_type, work.now()).await?;
    store::expect(work, before.id, &units).await?;
    let prefix = policy::within::<BriefingPolicy>(work).await?.value.briefing_prefix.clone();
    let year = work.today().year();
    let number = number::next(work, "briefing", &prefix, year).await?;
    let after = Briefing {
        status: BriefingStatus::Issued,
        number: Some(format!("{prefix}-{year}-{number:04}")),
        issued_by: work.actor().person.map(PersonId),
        issued_at: Some(work.now()),
        ..before.clone()
    };
    let data = json!({ "number": after.number, "expected": units.len() });
    save(work, &before, after, &event::BRIEFING_ISSUED, data).await
}

/// What was told proves wrong. Who has read it stays on record, and the correction names it.
pub async fn withdraw(work: &mut Work<'_>, target: Target<BriefingId>, reason: Text<2, 500>) -> Result<Briefing> {
    let before = open(work, target, &BRIEFING_ISSUE, BriefingAction::Withdraw).await?;
    let after = Briefing {
        status: BriefingStatus::Withdrawn,
        withdrawn_by: work.actor().person.map(PersonId),
        withdrawn_at: Some(work.now()),
        withdraw_reason: Some(reason.into_string()),
        ..before.clone()
    };
    let data = json!({ "number": after.number, "reason": after.withdraw_reason });
    save(work, &before, after, &event::BRIEFING_WITHDRAWN, data).await
}

/// A draft that comes to nothing. It never had a number.
pub async fn discard(work: &mut Work<'_>, target: Target<BriefingId>) -> Result<Briefing> {
    let before = open(work, target, &BRIEFING_DRAFT, BriefingAction::Discard).await?;
    let after = Briefing { status: BriefingStatus::Discarded, ..before.clone() };
    save(work, &before, after, &event::BRIEFING_DISCARDED, json!({})).await
}

/// A unit has read it. The first reading counts: a repetition changes nothing.
pub async fn sign(work: &mut Work<'_>, id: BriefingId, named: Option<UnitId>) -> Result<Reader> {
    let briefing = row::Entity::find_by_id(id).one(work.tx()).await?;
    let briefing = briefing.ok_or_else(|| Refusal::of(&BRIEFING_NOT_FOUND))?;
    let units = store::addressed(work.tx(), id, work.actor().units().map(UnitId)).await?;
    work.authorize(&BRIEFING_SIGN, &BRIEFING_READ, &Told { briefing: &briefing, units: &units })?;
    let unit = acting::unit_of(work.actor(), &BRIEFING_SIGN, named)?;
    // Of several units that somebody acts for, it must be one that was told.
    if briefing.audience_kind != AudienceKind::AllMembers && !units.contains(&unit) {
        return Err(Refusal::of(&BRIEFING_NOT_FOUND));
    }
    members::require_active(work.tx(), unit).await?;
    step(&briefing, BriefingAction::Read)?;
    let known = reader::Entity::find_by_id((id, unit)).one(work.tx()).await?;
    if let Some(read) = known.as_ref().filter(|known| known.read_at.is_some()) {
        return Ok(read.clone());
    }
    let is_expected = known.is_some();
    let (read_by, read_at) = (work.actor().person.map(PersonId), Some(work.now()));
    if is_expected {
        let first = reader::Entity::update_many()
            .set(reader::ActiveModel { read_by: Set(read_by), read_at: Set(read_at), ..Default::default() })
            .filter(reader::Column::BriefingId.eq(id))
            .filter(reader::Column::UnitId.eq(unit))
            .filter(reader::Column::ReadAt.is_null())
            .exec(work.tx())
            .await?;
        if first.rows_affected == 0 {
            let read = reader::Entity::find_by_id((id, unit)).one(work.tx()).await?;
            return read.ok_or_else(|| Refusal::internal("a receipt vanished"));
        }
    }
    let read = Reader { briefing_id: id, unit_id: unit, is_expected, read_by, read_at };
    if !is_expected {
        let active: reader::ActiveModel = read.clone().into();
        reader::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    }
    work.record(Event::new(&event::BRIEFING_READ, id.0, json!({ "unit_id": unit, "expected": is_expected })));
    Ok(read)
}

/// Loads, authorizes, and refuses what is stale or not open now.
async fn open(
    work: &Work<'_>,
    target: Target<BriefingId>,
    wanted: &gongjian_kernel::Permission,
    action: BriefingAction,
) -> Result<Briefing> {
    let before = store::lock(work, target.id).await?;
    let units = store::addressed(work.tx(), before.id, work.actor().units().map(UnitId)).await?;
    work.authorize(wanted, &BRIEFING_READ, &Told { briefing: &before, units: &units })?;
    target.is_current(before.version)?;
    step(&before, action)?;
    Ok(before)
}

async fn save(
    work: &mut Work<'_>,
    before: &Briefing,
    after: Briefing,
    event: &'static gongjian_kernel::EventEntry,
    data: serde_json::Value,
) -> Result<Briefing> {
    let after = Briefing { version: before.version + 1, ..after };
    work.update::<row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

fn step(briefing: &Briefing, action: BriefingAction) -> Result<BriefingStatus> {
    briefing.status.next(action).ok_or_else(|| {
        let open = briefing.status.open_actions().map(BriefingAction::as_str).collect();
        acting::not_open(&BRIEFING_NOT_OPEN, ("通报", "briefing"), (briefing.status.label(), action.label()), open)
    })
}
