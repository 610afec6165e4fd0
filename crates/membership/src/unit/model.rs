//! What a unit is, and what must hold before one is put on file.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use gongjian_kernel::clock::day;
use gongjian_kernel::words::WordList;
use gongjian_kernel::{FieldFault, Say, Text};
use unicode_normalization::UnicodeNormalization;

use super::contact::NewContact;
use super::membership::{Consent, Membership, UnitStatus};
use super::{ContactKind, DissolutionGround, EndedBy, ReformKind, Unit, UnitChange, UnitId};
use crate::association::AssociationPolicy;
use crate::contribution::{ContributionAction, ContributionKind, ContributionStatus};
use crate::credit_code::CreditCode;
use crate::filing::{FilingAction, FilingKind, FilingStatus, GapState};
use crate::standing::{DisputeOutcome, LineAction, LineStatus, Side};

gongjian_kernel::words! {
    /// Article 8: the kinds of bodies that the association is open to.
    pub enum UnitType as "unit_type" ("单位类型", "Type of unit") {
        PartyGov = "party_gov" ("机关单位", "Party or government body"),
        Institution = "institution" ("事业单位", "Public institution"),
        University = "university" ("高等院校", "University or college"),
        Soe = "soe" ("国有企业", "State-owned enterprise"),
        Private = "private" ("非公企业", "Private enterprise"),
        SocialOrg = "social_org" ("社会组织", "Social organisation"),
        Military = "military" ("部队", "Military unit"),
        Research = "research" ("科研院所", "Research institute"),
    }
}

gongjian_kernel::words! {
    /// Article 3: the level that the unit belongs to.
    pub enum AffiliationLevel as "affiliation_level" ("隶属层级", "Level of affiliation") {
        Central = "central" ("中直", "Central"),
        Provincial = "provincial" ("省直", "Provincial"),
        Municipal = "municipal" ("市直", "Municipal"),
        District = "district" ("区属", "District"),
        Street = "street" ("街道所属", "Street"),
        None = "none" ("无隶属", "None"),
        Military = "military" ("部队系统", "Military"),
    }
}

gongjian_kernel::words! {
    /// What kind of party organisation the unit has.
    pub enum PartyOrgKind as "party_org_kind" ("党组织类别", "Kind of party organisation") {
        PartyGroup = "party_group" ("党组", "Leading party group"),
        PartyCommittee = "party_committee" ("党委", "Party committee"),
        WorkingCommittee = "working_committee" ("党工委", "Party working committee"),
        GeneralBranch = "general_branch" ("党总支", "General party branch"),
        PartyBranch = "party_branch" ("党支部", "Party branch"),
        JointBranch = "joint_branch" ("联合党支部", "Joint party branch"),
    }
}

/// The words of this crate, for the published dictionary.
pub static WORDS: &[WordList] = &[
    UnitType::WORDS,
    AffiliationLevel::WORDS,
    PartyOrgKind::WORDS,
    UnitStatus::WORDS,
    ContactKind::WORDS,
    UnitChange::WORDS,
    EndedBy::WORDS,
    DissolutionGround::WORDS,
    ReformKind::WORDS,
    FilingKind::WORDS,
    FilingStatus::WORDS,
    FilingAction::WORDS,
    GapState::WORDS,
    Side::WORDS,
    LineStatus::WORDS,
    LineAction::WORDS,
    DisputeOutcome::WORDS,
    ContributionKind::WORDS,
    ContributionStatus::WORDS,
    ContributionAction::WORDS,
];

/// The zones that a unit belongs to; JSON in the database.
#[derive(Debug, Clone, PartialEq, Eq, Default, sea_orm::DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct ZoneCodes(pub Vec<String>);

impl fmt::Display for ZoneCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for ZoneCodes {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json).map(Self)
    }
}

/// A unit to be put on file.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// Of the number series where none is given.
    pub member_no: Option<Text<1, 32>>,
    pub name: Text<2, 100>,
    pub unit_type: UnitType,
    pub affiliation_level: AffiliationLevel,
    pub credit_code: Option<String>,
    pub credit_code_exempt_reason: Option<Text<1, 200>>,
    pub street_code: String,
    pub zone_codes: Vec<String>,
    pub address: Text<1, 200>,
    pub party_org_name: Text<2, 100>,
    pub party_org_kind: PartyOrgKind,
    pub party_member_count: Option<i32>,
    pub handles_issues: bool,
    pub membership: Membership,
    pub consent: Consent,
    /// Article 25: designated after joining; here where it has been done already.
    pub representative: Option<NewContact>,
    pub liaison: Option<NewContact>,
}

/// The name as two spellings of it agree: width, case and spaces do not tell units apart.
#[must_use]
pub fn name_key(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

/// The faults of one body.
#[derive(Debug, Default)]
pub(crate) struct Faults(pub(crate) Vec<FieldFault>);

impl Faults {
    pub(crate) fn add(&mut self, pointer: impl Into<String>, code: &'static str, detail: Say) {
        self.0.push(FieldFault::body(pointer, code, detail));
    }
}

const MEMBERS_AT_MOST: i32 = 10_000_000;
/// Shorter than this, a reason gives none.
const REASON_AT_LEAST: usize = 4;

impl NewUnit {
    /// The unit as it will be on file, as far as it can be read; what cannot is added to the faults.
    pub(super) fn read(
        &self,
        id: UnitId,
        now: DateTime<Utc>,
        association: &AssociationPolicy,
        faults: &mut Faults,
    ) -> Unit {
        let membership = self.membership.read(day(now), faults);
        let reason = self.credit_code_exempt_reason.as_ref().map(Text::as_str);
        let credit_code = read_credit_code(self.unit_type, self.credit_code.as_deref(), reason, faults);
        check_places(&self.street_code, &self.zone_codes, association, faults);
        if let Some(member_no) = &self.member_no
            && !member_no.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        {
            let detail = Say::fixed(
                "会员编号只用大写字母、数字和连字符。",
                "A member number consists of capital letters, digits and hyphens.",
            );
            faults.add("/member_no", "invalid_member_no", detail);
        }
        check_count(self.party_member_count, faults);
        Unit {
            id,
            member_no: self.member_no.clone().map(Text::into_string).unwrap_or_default(),
            name: self.name.as_str().trim().to_owned(),
            name_key: name_key(&self.name),
            unit_type: self.unit_type,
            affiliation_level: self.affiliation_level,
            credit_code,
            credit_code_exempt_reason: self.credit_code_exempt_reason.clone().map(Text::into_string),
            street_code: self.street_code.clone(),
            zone_codes: ZoneCodes(self.zone_codes.clone()),
            address: self.address.clone().into_string(),
            party_org_name: self.party_org_name.clone().into_string(),
            party_org_kind: self.party_org_kind,
            party_member_count: self.party_member_count,
            handles_issues: self.handles_issues,
            status: membership.status,
            applied_on: membership.applied_on,
            joined_on: membership.joined_on,
            withdrawn_on: membership.withdrawn_on,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }
}

pub(crate) fn check_count(party_members: Option<i32>, faults: &mut Faults) {
    if party_members.is_some_and(|count| !(0..=MEMBERS_AT_MOST).contains(&count)) {
        let detail = Say::fixed("党员人数不合常理。", "This cannot be a number of party members.");
        faults.add("/party_member_count", "out_of_range", detail);
    }
}

/// A code that checks, or a reason for having none; military units need not argue at length.
pub(crate) fn read_credit_code(
    unit_type: UnitType,
    code: Option<&str>,
    reason: Option<&str>,
    faults: &mut Faults,
) -> Option<CreditCode> {
    match (code, reason) {
        (Some(_), Some(_)) => {
            let detail = Say::fixed(
                "已有统一社会信用代码，不应再填免填理由。",
                "There is a credit code, so there is no reason for having none.",
            );
            faults.add("/credit_code_exempt_reason", "not_both", detail);
            None
        }
        (Some(raw), None) => {
            CreditCode::parse(raw).map_err(|fault| faults.add("/credit_code", fault.code(), fault.detail())).ok()
        }
        (None, Some(reason)) => {
            if unit_type != UnitType::Military && reason.trim().chars().count() < REASON_AT_LEAST {
                let detail = Say::new(
                    format!("免填理由至少 {REASON_AT_LEAST} 个字符。"),
                    format!("Give the reason in at least {REASON_AT_LEAST} characters."),
                );
                faults.add("/credit_code_exempt_reason", "too_short", detail);
            }
            None
        }
        (None, None) => {
            let detail = Say::fixed(
                "请填统一社会信用代码；部队等没有代码的单位请填免填理由。",
                "Give the credit code, or, as a military unit or another without one, the reason.",
            );
            faults.add("/credit_code", "required", detail);
            None
        }
    }
}

pub(crate) fn check_places(street: &str, zones: &[String], association: &AssociationPolicy, faults: &mut Faults) {
    if !association.accepts_street(street) {
        let detail = Say::fixed("不是本区的街道代码。", "It is no street of the district.");
        faults.add("/street_code", "unknown_street", detail);
    }
    let mut seen = BTreeSet::new();
    for (at, zone) in zones.iter().enumerate() {
        if association.zone(zone).is_none() {
            let detail = Say::fixed("没有该功能区。", "There is no such zone.");
            faults.add(format!("/zone_codes/{at}"), "unknown_zone", detail);
        } else if !seen.insert(zone) {
            let detail = Say::fixed("功能区重复。", "The zone occurs twice.");
            faults.add(format!("/zone_codes/{at}"), "duplicate", detail);
        }
    }
}
