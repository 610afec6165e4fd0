//! Permissions: votes, owned by units.

use gongjian_identity::{Role, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use uuid::Uuid;

use super::BallotId;
use super::fault::BALLOT_NOT_FOUND;
use crate::body::action::{GENERAL, OWN_BODY, THE_COUNCIL};
use crate::body::{Body, BodyKind};
use crate::meeting::action::{ELECTOR, THE_EXPERTS};

/// Article 13: the secretariat does it for the general meeting and the council; Articles 17 and 18: committees and
/// branches for themselves.
const HOSTS: &[Rule] = &[
    over(Role::SecretariatOffice, GENERAL),
    over(Role::SecretariatOffice, THE_COUNCIL),
    over(Role::SecretariatOffice, THE_EXPERTS),
    over(Role::SecretaryGeneral, GENERAL),
    over(Role::SecretaryGeneral, THE_COUNCIL),
    over(Role::SecretaryGeneral, THE_EXPERTS),
    over(Role::BranchPresident, OWN_BODY),
    over(Role::BranchStaff, OWN_BODY),
    over(Role::CommitteeDirector, OWN_BODY),
];

/// Those whose office gives a voice. Whoever has a written mandate votes besides: that is for the meeting to know.
const VOICES: &[Rule] = &[
    over(Role::MemberRepresentative, ELECTOR),
    over(Role::CouncilMember, THE_COUNCIL),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::Expert, THE_EXPERTS),
];

/// Members of the body, its hosts, the officers.
const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::BranchPresident, OWN_BODY),
    over(Role::BranchStaff, OWN_BODY),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::CouncilMember, THE_COUNCIL),
    over(Role::Expert, THE_EXPERTS),
    over(Role::MemberRepresentative, ELECTOR),
    over(Role::MemberLiaison, ELECTOR),
];

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): what was voted on and what came out of it.
    BALLOT_READ = "ballot.read" art 9 "查看表决" "read ballots" READERS;
    /// Drafting, opening, closing, voiding.
    BALLOT_CONDUCT = "ballot.conduct" art 13 "组织表决" "conduct ballots" HOSTS;
    /// One unit, one vote.
    BALLOT_VOTE = "ballot.vote" art 11 "投票" "vote" VOICES;
}

/// What decides who may do what with a ballot: its body, and which units have a voice there.
#[derive(Debug, Clone)]
pub struct OnBody {
    pub ballot: Option<BallotId>,
    pub body: Body,
    pub units: Vec<Uuid>,
}

impl Resource for OnBody {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match over {
            ELECTOR => match scope {
                Scope::Unit(unit) => self.units.contains(unit),
                Scope::Association | Scope::Branch(_) | Scope::Body(_) => false,
            },
            THE_EXPERTS => self.body.kind == BodyKind::ExpertCommittee,
            over => self.body.relates(over, scope),
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &BALLOT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("ballot", self.ballot.map(|ballot| ballot.0))
    }
}
