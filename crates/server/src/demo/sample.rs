//! The fictional district: every name is invented, and no region has the code 99.

use chrono::NaiveDate;
use gongjian_committees::branch::leadership::LeadershipMode;
use gongjian_kernel::Result;
use gongjian_ledger::vocabulary::{IssueKind, IssueLevel, IssueStatus, Satisfaction, Urgency};
use gongjian_membership::unit::{AffiliationLevel, PartyOrgKind, UnitStatus, UnitType};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Debug, Deserialize)]
pub(super) struct District {
    pub code: String,
    pub name: String,
    pub city: String,
    pub associations: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Street {
    pub code: String,
    pub name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Zone {
    pub code: String,
    pub name: String,
    pub street_codes: Vec<String>,
    pub focus: String,
    /// Name of the unit that convenes.
    pub lead_unit: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Committee {
    pub code: String,
    pub name: String,
    pub lead_unit_id: String,
    pub director_gov: Director,
    pub director_member: Director,
    pub member_unit_ids: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Director {
    pub person: String,
    pub from_unit_id: String,
    pub filed_on: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Branch {
    pub name: String,
    pub street_code: String,
    pub mode: LeadershipMode,
    pub co_president_unit_id: Option<String>,
    pub rotation: Vec<Turn>,
}

/// A turn of a rotation.
#[derive(Debug, Deserialize)]
pub(super) struct Turn {
    pub unit_id: String,
}

/// A seat in the council, as the oracle has it.
#[derive(Debug, Deserialize)]
pub(super) struct Seat {
    pub holder: String,
    pub basis: String,
    pub source: String,
    pub unit_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    pub name: String,
    pub post: String,
    pub phone: String,
    pub email: String,
    pub filed_on: Option<NaiveDate>,
}

/// How a unit stands with the association in the sample.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    Applied,
    Active,
    Withdrawn,
}

impl Standing {
    /// None for one that has only applied.
    pub(super) fn membership(self) -> Option<UnitStatus> {
        match self {
            Self::Applied => None,
            Self::Active => Some(UnitStatus::Active),
            Self::Withdrawn => Some(UnitStatus::Withdrawn),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Member {
    /// `M001`
    pub id: String,
    pub member_no: String,
    pub name: String,
    #[serde(rename = "type")]
    pub unit_type: UnitType,
    pub affiliation_level: AffiliationLevel,
    pub credit_code: Option<String>,
    pub credit_code_exempt_reason: Option<String>,
    pub street_code: String,
    pub zone_codes: Vec<String>,
    pub address: String,
    pub party_org_name: String,
    pub party_org_kind: PartyOrgKind,
    pub party_member_count: Option<i32>,
    pub status: Standing,
    pub applied_on: Option<NaiveDate>,
    pub joined_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
    pub fixed_representative: Contact,
    pub liaison: Contact,
}

/// One issue as the oracle has it: where it came to by 20 November 2026.
#[derive(Debug, Deserialize)]
pub(super) struct Issue {
    /// `I001`
    pub id: String,
    pub kind: IssueKind,
    pub urgency: Urgency,
    pub category: String,
    pub title: String,
    pub detail: String,
    pub submitted_by: String,
    pub level: IssueLevel,
    pub street_code: String,
    pub committee_code: Option<String>,
    pub lead_department_id: Option<String>,
    pub assisting_unit_ids: Vec<String>,
    pub submitted_on: NaiveDate,
    pub accepted_on: Option<NaiveDate>,
    pub base_due_on: Option<NaiveDate>,
    pub extension_workdays: u32,
    pub extension_pending: bool,
    pub replied_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub status: IssueStatus,
    pub return_count: u32,
    pub reopened: bool,
    pub merged_into: Option<String>,
    pub solved: Option<bool>,
    pub satisfaction: Option<Satisfaction>,
    pub contacted: Option<bool>,
    pub joint_meeting_no: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug)]
pub(super) struct Sample {
    pub district: District,
    pub streets: Vec<Street>,
    pub zones: Vec<Zone>,
    pub committees: Vec<Committee>,
    pub branches: Vec<Branch>,
    pub council: Vec<Seat>,
    pub members: Vec<Member>,
    pub issues: Vec<Issue>,
}

impl Sample {
    pub(super) fn read() -> Result<Self> {
        Ok(Self {
            district: parse(include_str!("../../data/sample/district.json"))?,
            streets: parse(include_str!("../../data/sample/streets.json"))?,
            zones: parse(include_str!("../../data/sample/zones.json"))?,
            committees: parse(include_str!("../../data/sample/committees.json"))?,
            branches: parse(include_str!("../../data/sample/branches.json"))?,
            council: parse(include_str!("../../data/sample/council.json"))?,
            members: parse(include_str!("../../data/sample/members.json"))?,
            issues: parse(include_str!("../../data/sample/issues.json"))?,
        })
    }
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    Ok(serde_json::from_str(json)?)
}
