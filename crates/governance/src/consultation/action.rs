//! Permissions: consultation as a way to decide.

use std::collections::HashSet;

use gongjian_identity::{Role, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use uuid::Uuid;

use super::fault::CONSULTATION_NOT_FOUND;
use super::{Consultation, Party};
use crate::body::Body;
use crate::body::action::OWN_BODY;
use crate::decision::action::{KEEPERS, Paper};

/// The unit, or whoever has the voice by himself, must be heard.
pub const PARTY: Relation = Relation("party");
/// The person speaks for a party at this instant.
pub const SPEAKER: Relation = Relation("speaks_for_party");

const SPEAKERS: &[Rule] = &[
    over(Role::MemberRepresentative, SPEAKER),
    over(Role::CouncilMember, SPEAKER),
    over(Role::President, SPEAKER),
    over(Role::VicePresident, SPEAKER),
    over(Role::SecretaryGeneral, SPEAKER),
    over(Role::BranchPresident, SPEAKER),
    over(Role::CommitteeDirector, SPEAKER),
    over(Role::Expert, SPEAKER),
];

const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::BranchPresident, OWN_BODY),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::MemberRepresentative, PARTY),
    over(Role::MemberLiaison, PARTY),
    over(Role::CouncilMember, SPEAKER),
    over(Role::BranchPresident, SPEAKER),
    over(Role::CommitteeDirector, SPEAKER),
    over(Role::Expert, SPEAKER),
];

gongjian_kernel::permissions! { PERMISSIONS:
    CONSULTATION_READ = "consultation.read" art 13 "查看协商" "read consultations" READERS;
    CONSULTATION_KEEP = "consultation.keep" art 13 "发起和办理协商" "open and conduct consultations" KEEPERS;
    /// By the unit's representative or head, by the holder of the post.
    CONSULTATION_STATE = "consultation.state" art 13 "发表协商意见、确认结果" "state a position, confirm the outcome" SPEAKERS;
}

/// A consultation as permissions see it.
#[derive(Debug)]
pub struct Hearing<'a> {
    pub(super) paper: Paper<'a>,
    units: HashSet<Uuid>,
    /// Parties that the actor speaks for now.
    pub spoken_for: &'a [String],
}

impl<'a> Hearing<'a> {
    #[must_use]
    pub fn new(it: &Consultation, body: &'a Body, parties: &[Party], spoken_for: &'a [String]) -> Self {
        let subject = ("consultation", Some(it.id.0));
        let unknown = &CONSULTATION_NOT_FOUND;
        let paper = Paper { unknown, subject, ..Paper::new(body) };
        let units = parties.iter().filter_map(|party| party.unit_id).map(|unit| unit.0).collect();
        Self { paper, units, spoken_for }
    }
}

impl Resource for Hearing<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match over {
            PARTY => matches!(scope, Scope::Unit(unit) if self.units.contains(unit)),
            SPEAKER => !self.spoken_for.is_empty(),
            over => self.paper.relates(over, scope),
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        self.paper.unknown
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        self.paper.subject
    }
}
