//! Whom a briefing or a call for opinion is meant for. The units are counted out when it goes out, and then stay.

use chrono::{DateTime, Utc};
use gongjian_kernel::clock::day;
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::active_of_type;
use gongjian_membership::unit::{UnitType, members_on};
use sea_orm::ConnectionTrait;

use crate::body::{self, COUNCIL};

gongjian_kernel::words! {
    /// Article 2: whom something is told to, or asked of.
    pub enum AudienceKind as "audience_kind" ("通报对象", "Audience") {
        AllMembers = "all_members" ("全体会员", "All members"),
        CouncilUnits = "council_units" ("理事单位", "Council units"),
        StreetMembers = "street_members" ("某街道的会员", "Members of a street"),
        UnitsOfType = "units_of_type" ("某类会员", "Members of a type"),
    }
}

/// An audience as it is written down. A street or a type stands where the kind asks for it, and only there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    pub kind: AudienceKind,
    pub street: Option<Text<9, 9>>,
    pub unit_type: Option<UnitType>,
}

impl Audience {
    /// Refuses what is missing or does not belong; `at` is where the audience stands in the body.
    pub fn check(&self, at: &str) -> Result<()> {
        let mut faults = Vec::new();
        let mut fits = |member: &str, is_asked: bool, is_given: bool| {
            let (code, detail) = match (is_asked, is_given) {
                (true, false) => ("required", Say::fixed("此类对象须指明。", "This audience needs it.")),
                (false, true) => ("not_allowed", Say::fixed("此类对象没有此项。", "This audience has none.")),
                (true, true) | (false, false) => return,
            };
            faults.push(FieldFault::body(format!("{at}/{member}"), code, detail));
        };
        fits("street_code", self.kind == AudienceKind::StreetMembers, self.street.is_some());
        fits("unit_type", self.kind == AudienceKind::UnitsOfType, self.unit_type.is_some());
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

/// The units that an audience consists of at that instant.
pub(super) async fn units(
    db: &impl ConnectionTrait,
    kind: AudienceKind,
    street: Option<&str>,
    unit_type: Option<UnitType>,
    at: DateTime<Utc>,
) -> Result<Vec<UnitId>> {
    let members = async |street: Option<&str>| -> Result<Vec<UnitId>> {
        Ok(members_on(db, day(at), street).await?.into_iter().map(|(unit, _)| unit).collect())
    };
    match (kind, street, unit_type) {
        (AudienceKind::AllMembers, _, _) => members(None).await,
        (AudienceKind::StreetMembers, Some(street), _) => members(Some(street)).await,
        (AudienceKind::UnitsOfType, _, Some(unit_type)) => active_of_type(db, unit_type).await,
        (AudienceKind::CouncilUnits, _, _) => {
            let council = body::get(db, COUNCIL).await?;
            let mut units: Vec<UnitId> =
                body::electorate(db, &council, at).await?.into_iter().filter_map(|elector| elector.unit_id).collect();
            units.sort_unstable();
            units.dedup();
            Ok(units)
        }
        (AudienceKind::StreetMembers, None, _) | (AudienceKind::UnitsOfType, _, None) => {
            Err(Refusal::internal("an audience without its street or type"))
        }
    }
}
