//! Units through institutional reform: they are renamed, merged, split. An id keeps its meaning for good; what
//! became of a unit stands beside it.

use chrono::NaiveDate;
use gongjian_identity::Identity;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work, policy};
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::history::{self, Turn, UnitChange, successor};
use super::leaving::{Ending, end_membership, not_after_today, require_member};
use super::model::{NewUnit, name_key};
use super::period::EndedBy;
use super::{Unit, UnitId, UnitStatus, commands, queries, store};
use crate::action::{UNIT_READ, UNIT_REFORM, UNIT_RENAME};
use crate::association::AssociationPolicy;
use crate::directory;
use crate::event::{UNIT_MERGED, UNIT_RENAMED, UNIT_SPLIT};
use crate::fault::UNIT_NOT_ACTIVE;
use crate::filing;

gongjian_kernel::words! {
    /// How one unit came out of another.
    pub enum ReformKind as "reform_kind" ("机构改革方式", "Kind of reform") {
        Merger = "merger" ("合并", "Merger"),
        Split = "split" ("分立", "Split"),
    }
}

/// The document that a reform rests on, and its day.
#[derive(Debug, Clone)]
pub struct Decision {
    pub basis: Text<2, 200>,
    pub on: NaiveDate,
}

/// A unit's new name.
#[derive(Debug, Clone)]
pub struct NewName {
    pub name: Text<2, 100>,
    /// As before where none is given.
    pub party_org_name: Option<Text<2, 100>>,
    pub decision: Decision,
}

/// What a unit is split into.
#[derive(Debug, Clone)]
pub struct Parts {
    pub units: Vec<NewUnit>,
    /// Whether the unit goes on beside them.
    pub continues: bool,
    pub decision: Decision,
}

/// Files that the unit bears another name. The old one stays findable.
pub async fn rename(work: &mut Work<'_>, target: Target<UnitId>, new: NewName) -> Result<Unit> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&UNIT_RENAME, &UNIT_READ, &before)?;
    target.is_current(before.version)?;
    require_member(&before)?;
    not_after_today(work, new.decision.on)?;
    let after = Unit {
        name: new.name.as_str().trim().to_owned(),
        name_key: name_key(&new.name),
        party_org_name: new.party_org_name.map_or(before.party_org_name.clone(), Text::into_string),
        version: before.version + 1,
        updated_at: work.now(),
        ..before.clone()
    };
    if after.name_key != before.name_key {
        store::refuse_name_twin(work, &after).await?;
    }
    store::update(work, &before, &after).await?;
    let receipt_no = filing::receipt_no(work).await?;
    let data = json!({ "before": before.name, "after": after.name, "basis": new.decision.basis,
        "decided_on": new.decision.on, "receipt_no": receipt_no });
    let turn = Turn {
        on: work.today(),
        change: UnitChange::Renamed,
        basis: Some(new.decision.basis.into_string()),
        receipt_no: Some(receipt_no),
    };
    history::turn(work, &after, turn).await?;
    directory::index(work, &after).await?;
    work.forget_document(queries::NAMES);
    work.record(Event::new(&UNIT_RENAMED, after.id.0, data));
    Ok(after)
}

/// The unit goes up in another one, which is a member already.
pub async fn merge(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<UnitId>,
    into: UnitId,
    decision: Decision,
) -> Result<Unit> {
    let before = lock_both(work, target.id, into).await?;
    work.authorize(&UNIT_REFORM, &UNIT_READ, &before)?;
    target.is_current(before.version)?;
    require_member(&before)?;
    not_after_today(work, decision.on)?;
    if into == before.id {
        let detail = Say::fixed("不能并入本单位。", "A unit is not merged into itself.");
        return Err(Refusal::invalid(vec![FieldFault::body("/into_unit_id", "same_unit", detail)]));
    }
    queries::require_active(work.tx(), into).await.map_err(|refusal| refusal.at("/into_unit_id"))?;
    let end = Ending {
        status: UnitStatus::Dissolved,
        change: UnitChange::Merged,
        by: EndedBy::Merged,
        basis: Some(decision.basis.to_string()),
        evidence_on: Some(decision.on),
        receipt_no: None,
    };
    let after = end_membership(work, identity, &before, end).await?;
    succeed(work, after.id, into, ReformKind::Merger, &decision).await?;
    let data = json!({ "into": into, "basis": decision.basis, "decided_on": decision.on });
    work.record(Event::new(&UNIT_MERGED, after.id.0, data));
    Ok(after)
}

/// Two mergers at once take the two units in the same order.
async fn lock_both(work: &Work<'_>, id: UnitId, into: UnitId) -> Result<Unit> {
    if into < id && queries::find(work.tx(), into).await?.is_some() {
        store::lock(work, into).await?;
    }
    let unit = store::lock(work, id).await?;
    if into > id && queries::find(work.tx(), into).await?.is_some() {
        store::lock(work, into).await?;
    }
    Ok(unit)
}

const PARTS_AT_MOST: usize = 20;

/// The unit is split into new ones, each of which consented to membership; it goes on beside them or ends.
pub async fn split(work: &mut Work<'_>, identity: &Identity, target: Target<UnitId>, parts: Parts) -> Result<Unit> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&UNIT_REFORM, &UNIT_READ, &before)?;
    target.is_current(before.version)?;
    require_member(&before)?;
    not_after_today(work, parts.decision.on)?;
    if parts.units.is_empty() || parts.units.len() > PARTS_AT_MOST {
        let (zh, en) = (format!("1 至 {PARTS_AT_MOST} 个单位。"), format!("1 to {PARTS_AT_MOST} units."));
        return Err(Refusal::field("/units", "invalid_length", zh, en));
    }
    let basis = parts.decision.basis.to_string();
    let after = if parts.continues {
        let after = Unit { version: before.version + 1, updated_at: work.now(), ..before.clone() };
        store::update(work, &before, &after).await?;
        let turn = Turn { on: work.today(), change: UnitChange::Split, basis: Some(basis), receipt_no: None };
        history::turn(work, &after, turn).await?;
        after
    } else {
        let end = Ending {
            status: UnitStatus::Dissolved,
            change: UnitChange::Split,
            by: EndedBy::Split,
            basis: Some(basis),
            evidence_on: Some(parts.decision.on),
            receipt_no: None,
        };
        end_membership(work, identity, &before, end).await?
    };
    // Before the first part, so that the parts may take the name of one that ended.
    let association = policy::within::<AssociationPolicy>(work).await?;
    let mut ids = Vec::with_capacity(parts.units.len());
    for (at, part) in parts.units.into_iter().enumerate() {
        let part = commands::enrol(work, part, &association.value, &format!("/units/{at}")).await?;
        if !part.status.is_living() {
            return Err(Refusal::of(&UNIT_NOT_ACTIVE).at(&format!("/units/{at}/status")));
        }
        succeed(work, after.id, part.id, ReformKind::Split, &parts.decision).await?;
        ids.push(part.id);
    }
    let data = json!({ "into": ids, "continues": parts.continues, "basis": parts.decision.basis,
        "decided_on": parts.decision.on });
    work.record(Event::new(&UNIT_SPLIT, after.id.0, data));
    Ok(after)
}

async fn succeed(work: &Work<'_>, unit: UnitId, into: UnitId, reform: ReformKind, decision: &Decision) -> Result<()> {
    let row = successor::Model {
        unit_id: unit,
        successor_id: into,
        reform,
        since: work.today(),
        basis: decision.basis.to_string(),
    };
    let active: successor::ActiveModel = row.into();
    successor::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}
