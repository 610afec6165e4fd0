//! Appointing experts, and keeping what is known of them.

use chrono::NaiveDate;
use gongjian_identity::{Identity, PersonId};
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Event, Refusal, Result, Target, Text, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries as units;
use serde_json::json;

use super::action::{EXPERT_DECLARE, EXPERT_FILE, EXPERT_READ, Profile};
use super::event::{EXPERT_EDITED, EXPERT_FILED, EXPERT_TIED};
use super::fault::EXPERT_EXISTS;
use super::store::{self, row};
use super::{Expert, ExpertId, Tie};
use crate::office::{NewTenure, OfficeKind, commands as offices};

/// An expert to be appointed.
#[derive(Debug, Clone)]
pub struct NewExpert {
    pub person: PersonId,
    /// Where the employer is a unit on file.
    pub employer_unit: Option<UnitId>,
    pub employer_name: Text<2, 100>,
    pub biography: Text<2, 5000>,
    pub fields: Vec<String>,
    /// Units that he was with.
    pub former_units: Vec<UnitId>,
    /// Today where none is given.
    pub since: Option<NaiveDate>,
    /// The first day after his term; none is needed (domain.md A27).
    pub until: Option<NaiveDate>,
    /// The document by which the council appoints him.
    pub basis: Text<2, 200>,
}

/// What is changed of a profile; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct ExpertEdit {
    /// The employer as a whole: his name, and the unit where it is one on file.
    pub employer: Option<(Text<2, 100>, Option<UnitId>)>,
    pub biography: Option<Text<2, 5000>>,
    pub fields: Option<Vec<String>>,
    pub is_available: Option<bool>,
}

/// Article 15: the council appoints, the secretariat files: a profile and a term of office.
pub async fn appoint(work: &mut Work<'_>, identity: &Identity, new: NewExpert) -> Result<Expert> {
    work.authorize(&EXPERT_FILE, &EXPERT_FILE, &Association)?;
    if store::of_person(work.tx(), new.person).await?.is_some() {
        return Err(Refusal::of(&EXPERT_EXISTS));
    }
    let expert = Expert {
        id: work.new_id(),
        person_id: new.person,
        employer_unit_id: new.employer_unit,
        employer_name: new.employer_name.into_string(),
        biography: new.biography.into_string(),
        is_available: true,
        created_at: work.now(),
        version: 1,
    };
    for (at, unit) in new.former_units.iter().enumerate() {
        on_file(work, *unit, &format!("/former_unit_ids/{at}")).await?;
    }
    if let Some(unit) = new.employer_unit {
        on_file(work, unit, "/employer_unit_id").await?;
    }
    store::insert(work, &expert).await?;
    store::set_fields(work, expert.id, &distinct(new.fields)).await?;
    for unit in new.former_units {
        store::tie(work, expert.id, unit, Tie::Former).await?;
    }
    if let Some(unit) = new.employer_unit {
        store::tie(work, expert.id, unit, Tie::Employer).await?;
    }
    let tenure = NewTenure {
        kind: OfficeKind::Expert,
        body: None,
        post: None,
        person: Some(new.person),
        unit: None,
        since: new.since,
        until: new.until,
        basis: new.basis,
        method: None,
        decision: None,
        decided_on: None,
    };
    let tenure = offices::grant(work, identity, tenure).await?;
    let data = json!({ "person_id": expert.person_id, "tenure_id": tenure.id, "employer_unit_id": new.employer_unit });
    work.record(Event::new(&EXPERT_FILED, expert.id.0, data));
    Ok(expert)
}

async fn on_file(work: &Work<'_>, unit: UnitId, at: &str) -> Result<()> {
    match units::find(work.tx(), unit).await? {
        Some(_) => Ok(()),
        None => Err(Refusal::of(&gongjian_membership::fault::UNIT_NOT_FOUND).at(at)),
    }
}

fn distinct(mut fields: Vec<String>) -> Vec<String> {
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// The profile changes. A former employer stays one: recusal looks back.
pub async fn edit(work: &mut Work<'_>, target: Target<ExpertId>, edit: ExpertEdit) -> Result<Expert> {
    let before = open(work, target, &EXPERT_FILE).await?;
    let mut after = Expert { version: before.version + 1, ..before.clone() };
    if let Some((name, unit)) = edit.employer {
        if let Some(unit) = unit {
            on_file(work, unit, "/employer/unit_id").await?;
        }
        if let Some(former) = before.employer_unit_id.filter(|former| Some(*former) != unit) {
            store::tie(work, before.id, former, Tie::Former).await?;
        }
        if let Some(unit) = unit {
            store::tie(work, before.id, unit, Tie::Employer).await?;
        }
        after.employer_name = name.into_string();
        after.employer_unit_id = unit;
    }
    if let Some(biography) = edit.biography {
        after.biography = biography.into_string();
    }
    if let Some(is_available) = edit.is_available {
        after.is_available = is_available;
    }
    work.update::<row::Entity>(&before, &after).await?;
    if let Some(fields) = edit.fields {
        store::set_fields(work, after.id, &distinct(fields)).await?;
    }
    let data = json!({ "employer_unit_id": after.employer_unit_id, "available": after.is_available });
    work.record(Event::new(&EXPERT_EDITED, after.id.0, data));
    Ok(after)
}

/// The expert, or the secretariat for him, says which unit he must keep away from, and why.
pub async fn declare(work: &mut Work<'_>, target: Target<ExpertId>, unit: UnitId, tie: Tie) -> Result<Expert> {
    let before = open(work, target, &EXPERT_DECLARE).await?;
    on_file(work, unit, "/unit_id").await?;
    if tie == Tie::Employer {
        let zh = "任职单位在专家信息中变更。";
        return Err(Refusal::field("/tie", "not_allowed", zh, "The employer is a part of the profile."));
    }
    if before.employer_unit_id != Some(unit) {
        store::tie(work, before.id, unit, tie).await?;
    }
    let after = Expert { version: before.version + 1, ..before.clone() };
    work.update::<row::Entity>(&before, &after).await?;
    work.record(Event::new(&EXPERT_TIED, after.id.0, json!({ "unit_id": unit, "tie": tie })));
    Ok(after)
}

async fn open(work: &Work<'_>, target: Target<ExpertId>, wanted: &gongjian_kernel::Permission) -> Result<Expert> {
    let before = store::lock(work, target.id).await?;
    let profile = Profile { expert: &before, reader: work.actor().person };
    work.authorize(wanted, &EXPERT_READ, &profile)?;
    target.is_current(before.version)?;
    Ok(before)
}
