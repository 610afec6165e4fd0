//! Filing and revising functional zones (Article 19).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Event, Refusal, Result, Target, Text, Work, policy};
use gongjian_membership::unit::queries as units;
use gongjian_membership::{AssociationPolicy, UnitId};
use serde_json::json;

use super::action::{ZONE_FILE, ZONE_READ};
use super::event::{ZONE_FILED, ZONE_REVISED};
use super::store::{self, row};
use super::{Zone, ZoneId};

/// A zone to be filed.
#[derive(Debug, Clone)]
pub struct NewZone {
    pub code: Text<1, 20>,
    pub name: Text<2, 60>,
    pub focus: Text<2, 200>,
    pub lead_unit: UnitId,
    pub streets: Vec<String>,
    /// Today where none is given.
    pub since: Option<NaiveDate>,
}

/// What is changed of a zone; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct ZoneEdit {
    pub name: Option<Text<2, 60>>,
    pub focus: Option<Text<2, 200>>,
    pub lead_unit: Option<UnitId>,
    pub streets: Option<Vec<String>>,
    /// The first day on which it is no more; `Some(None)` takes that back.
    pub until: Option<Option<NaiveDate>>,
}

/// The secretariat puts a zone on file, with the streets in it and the unit that convenes.
pub async fn file(work: &mut Work<'_>, new: NewZone) -> Result<Zone> {
    work.authorize(&ZONE_FILE, &ZONE_READ, &Association)?;
    convenes(work, new.lead_unit).await?;
    let streets = lie_in_the_district(work, new.streets).await?;
    let association = policy::within::<AssociationPolicy>(work).await?;
    // Units name their zones by these codes: one list of codes, not two.
    if !association.value.zones.is_empty() && association.value.zone(&new.code).is_none() {
        let zh = "本会信息中没有该功能区代码。";
        let en = "The association's data have no zone of this code.";
        return Err(Refusal::field("/code", "unknown_zone", zh, en));
    }
    let zone = Zone {
        id: work.new_id(),
        code: new.code.into_string(),
        name: new.name.into_string(),
        focus: new.focus.into_string(),
        lead_unit_id: new.lead_unit,
        valid_from: new.since.unwrap_or_else(|| work.today()),
        valid_until: None,
        version: 1,
    };
    store::insert(work, &zone).await?;
    store::set_streets(work, zone.id, &streets).await?;
    let data =
        json!({ "code": zone.code, "name": zone.name, "lead_unit_id": zone.lead_unit_id, "street_codes": streets });
    work.record(Event::new(&ZONE_FILED, zone.id.0, data));
    Ok(zone)
}

/// Another name, focus, convening unit or set of streets, or the end of the zone.
pub async fn revise(work: &mut Work<'_>, target: Target<ZoneId>, edit: ZoneEdit) -> Result<Zone> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&ZONE_FILE, &ZONE_READ, &Association)?;
    target.is_current(before.version)?;
    let mut after = Zone { version: before.version + 1, ..before.clone() };
    if let Some(name) = edit.name {
        after.name = name.into_string();
    }
    if let Some(focus) = edit.focus {
        after.focus = focus.into_string();
    }
    if let Some(unit) = edit.lead_unit {
        convenes(work, unit).await?;
        after.lead_unit_id = unit;
    }
    if let Some(until) = edit.until {
        if until.is_some_and(|until| until <= after.valid_from) {
            let zh = "须晚于功能区设立之日。";
            return Err(Refusal::field("/valid_until", "not_after_start", zh, "It must lie after the first day."));
        }
        after.valid_until = until;
    }
    let streets = match edit.streets {
        Some(streets) => Some(lie_in_the_district(work, streets).await?),
        None => None,
    };
    work.update::<row::Entity>(&before, &after).await?;
    if let Some(streets) = &streets {
        store::set_streets(work, after.id, streets).await?;
    }
    let data = json!({
        "name": after.name,
        "focus": after.focus,
        "lead_unit_id": after.lead_unit_id,
        "street_codes": streets,
        "valid_until": after.valid_until,
    });
    work.record(Event::new(&ZONE_REVISED, after.id.0, data));
    Ok(after)
}

/// A member convenes.
async fn convenes(work: &Work<'_>, unit: UnitId) -> Result<()> {
    units::require_active(work.tx(), unit).await.map(drop).map_err(|refusal| refusal.at("/lead_unit_id"))
}

async fn lie_in_the_district(work: &Work<'_>, streets: Vec<String>) -> Result<BTreeSet<String>> {
    let policy = policy::within::<AssociationPolicy>(work).await?;
    if let Some(at) = streets.iter().position(|street| !policy.value.accepts_street(street)) {
        let zh = "不是本区的街道代码。";
        let at = format!("/street_codes/{at}");
        return Err(Refusal::field(&at, "unknown_street", zh, "It is no street of the district."));
    }
    Ok(streets.into_iter().collect())
}
