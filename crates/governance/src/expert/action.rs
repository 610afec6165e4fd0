//! Permissions: the expert advisory committee (Article 15).

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use gongjian_membership::action::{BRANCH, OWN_UNIT};
use uuid::Uuid;

use super::Expert;
use super::fault::EXPERT_NOT_FOUND;
use crate::body::action::OWN_BODY;

/// The profile is the reader's own.
pub const HIMSELF: Relation = Relation("himself");
/// The enquiry is assigned to the reader.
pub const ASSIGNED: Relation = Relation("assigned");
/// The outcome is published to the reader.
pub const TOLD: Relation = Relation("told");
/// The secretariat asks for itself.
pub const OF_SECRETARIAT: Relation = Relation("of_secretariat");

const EVERYBODY: &[Rule] = &[
    by(Role::MemberRepresentative),
    by(Role::MemberLiaison),
    by(Role::BranchPresident),
    by(Role::BranchStaff),
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    by(Role::CouncilMember),
    by(Role::CommitteeDirector),
    by(Role::Expert),
];

const ASKERS: &[Rule] = &[
    over(Role::MemberRepresentative, OWN_UNIT),
    over(Role::MemberLiaison, OWN_UNIT),
    over(Role::BranchPresident, BRANCH),
    over(Role::BranchStaff, BRANCH),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::SecretariatOffice, OF_SECRETARIAT),
    over(Role::SecretaryGeneral, OF_SECRETARIAT),
];

const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::MemberRepresentative, OWN_UNIT),
    over(Role::MemberLiaison, OWN_UNIT),
    over(Role::BranchPresident, BRANCH),
    over(Role::BranchStaff, BRANCH),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::Expert, ASSIGNED),
    over(Role::MemberRepresentative, TOLD),
    over(Role::MemberLiaison, TOLD),
    over(Role::BranchPresident, TOLD),
    over(Role::BranchStaff, TOLD),
    over(Role::CommitteeDirector, TOLD),
    over(Role::CouncilMember, TOLD),
    over(Role::Expert, TOLD),
];

gongjian_kernel::permissions! { PERMISSIONS:
    /// Articles 9(2) and 15: who may be asked.
    EXPERT_READ = "expert.read" art 15 "查看专家" "read experts" EVERYBODY;
    /// The council appoints, its secretariat files.
    EXPERT_FILE = "expert.file" art 15 "聘任专家、维护专家信息" "file an expert" SECRETARIAT;
    /// What an expert must keep away from, he says himself.
    EXPERT_DECLARE = "expert.declare" art 15 "登记专家与单位的关系" "declare a tie to a unit"
        &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral), over(Role::Expert, HIMSELF)];
    ENQUIRY_READ = "enquiry.read" art 15 "查看咨询" "read enquiries" READERS;
    ENQUIRY_ASK = "enquiry.ask" art 15 "提出咨询" "ask experts" ASKERS;
    ENQUIRY_ASSIGN = "enquiry.assign" art 15 "指派专家、办结和公布咨询" "assign, conclude and publish enquiries" SECRETARIAT;
    /// Each expert alone, for what is assigned to him.
    ENQUIRY_ANSWER = "enquiry.answer" art 15 "答复咨询" "answer an enquiry" &[over(Role::Expert, ASSIGNED)];
}

/// A profile, and whether it is the reader's own.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    pub expert: &'a Expert,
    pub reader: Option<Uuid>,
}

impl Resource for Profile<'_> {
    fn relates(&self, over: Relation, _: &Scope) -> bool {
        over == HIMSELF && self.reader == Some(self.expert.person_id.0)
    }

    fn unknown(&self) -> &'static FaultEntry {
        &EXPERT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("expert", Some(self.expert.id.0))
    }
}
