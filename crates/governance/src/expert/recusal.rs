//! Whom an expert must keep away from (Article 15): units that he works or worked for, spoke or handled issues for,
//! or has an interest in. Former ones count, and a unit counts with those that it came out of.

use std::collections::HashSet;

use gongjian_kernel::{Refusal, Result, Say};
use gongjian_membership::UnitId;
use gongjian_membership::ties::units_of;
use gongjian_membership::unit::history::predecessors;
use sea_orm::{ConnectionTrait, entity::prelude::*};

use super::fault::EXPERT_RECUSED;
use super::store::unit;
use super::{Expert, enquiry::Enquiry};

/// Refuses an expert who must not answer the enquiry.
pub(super) async fn check(db: &impl ConnectionTrait, expert: &Expert, enquiry: &Enquiry) -> Result<()> {
    if enquiry.asked_by == Some(expert.person_id) {
        let zh = "专家不得答复自己提出的咨询。";
        return Err(Refusal::new(&EXPERT_RECUSED, Say::fixed(zh, "Nobody answers what he asked himself.")));
    }
    let Some(asker) = enquiry.asker_unit_id else { return Ok(()) };
    let mut of_asker = predecessors(db, asker).await?;
    of_asker.push(asker);
    if ties(db, expert).await?.is_disjoint(&of_asker.into_iter().collect()) {
        return Ok(());
    }
    let zh = "专家现任职、曾任职于咨询单位，或与其有利害关系。";
    let en = "The expert is or was with the asking unit, or has an interest in it.";
    Err(Refusal::new(&EXPERT_RECUSED, Say::fixed(zh, en)))
}

async fn ties(db: &impl ConnectionTrait, expert: &Expert) -> Result<HashSet<UnitId>> {
    let declared = unit::Entity::find().filter(unit::Column::ExpertId.eq(expert.id)).all(db).await?;
    let mut units: HashSet<UnitId> = declared.into_iter().map(|tie| tie.unit_id).collect();
    units.extend(expert.employer_unit_id);
    units.extend(units_of(db, expert.person_id).await?);
    Ok(units)
}
