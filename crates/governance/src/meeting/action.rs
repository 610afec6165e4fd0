//! Permissions: meetings of every body. Who prepares a body's meetings is the same for the whole of a meeting.

use gongjian_identity::{Role, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use uuid::Uuid;

use super::fault::MEETING_NOT_FOUND;
use super::{Meeting, MeetingId, MeetingStatus};
use crate::body::action::{GENERAL, OWN_BODY, THE_COUNCIL};
use crate::body::{Body, BodyKind, Elector};

/// The unit has a voice in the body.
pub const ELECTOR: Relation = Relation("elector");
/// The body is the expert advisory committee (Article 15).
pub const THE_EXPERTS: Relation = Relation("expert_committee");
/// Article 9(2): approved minutes of the general meeting and of the council.
pub const OPEN_MINUTES: Relation = Relation("open_minutes");

/// Article 13: the secretariat prepares the general meeting and the council; Articles 17 and 18: committees
/// and branches prepare their own.
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

/// Whoever takes part with a voice, or checks a unit in.
const PARTICIPANTS: &[Rule] = &[
    over(Role::MemberRepresentative, ELECTOR),
    over(Role::MemberLiaison, ELECTOR),
    over(Role::CouncilMember, THE_COUNCIL),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::Expert, THE_EXPERTS),
];

/// A voice is given away by whoever has it; the liaison has none.
const VOICES: &[Rule] = &[
    over(Role::MemberRepresentative, ELECTOR),
    over(Role::CouncilMember, THE_COUNCIL),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::Expert, THE_EXPERTS),
];

const OFFICERS_AND_PARTICIPANTS: &[Rule] = &[
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

const MEMBERS_TOO: &[Rule] = &[
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
    over(Role::MemberRepresentative, OPEN_MINUTES),
    over(Role::MemberLiaison, OPEN_MINUTES),
];

gongjian_kernel::permissions! { PERMISSIONS:
    /// The meeting and its agenda; whoever may read its minutes finds it.
    READ = "meeting.read" art 9 "查看会议" "read meetings" MEMBERS_TOO;
    /// Papers of a body are for those who have a voice in it, and for the officers.
    READ_PAPERS = "meeting.read_papers" art 9 "查看会议材料和出席情况" "read papers and attendance" OFFICERS_AND_PARTICIPANTS;
    CONVENE = "meeting.convene" art 13 "筹备召开会议" "prepare and hold meetings" HOSTS;
    TAKE_ATTENDANCE = "meeting.take_attendance" art 13 "登记出席" "take attendance" HOSTS;
    WRITE_MINUTES = "meeting.write_minutes" art 13 "起草和提交会议纪要" "write minutes" HOSTS;
    /// Article 13: the council studies important questions that members bring up.
    PROPOSE_TOPIC = "meeting.propose_topic" art 13 "提出议题" "propose topics" PARTICIPANTS;
    /// Article 10(2): taking part.
    TAKE_PART = "meeting.take_part" art 10 "阅知通知、签到、请假" "acknowledge the notice, check in, be excused" PARTICIPANTS;
    GIVE_MANDATE = "meeting.give_mandate" art 11 "书面委托他人出席" "give a written mandate" VOICES;
    CORRECT_MINUTES = "meeting.correct_minutes" art 9 "对纪要提出更正" "propose corrections to minutes" PARTICIPANTS;
}

/// What decides who may do what with a meeting: its body, whose units have a voice there, whether its minutes
/// are open.
#[derive(Debug, Clone)]
pub struct Sight {
    pub meeting: Option<MeetingId>,
    pub body: Body,
    pub units: Vec<Uuid>,
    pub approved: bool,
}

impl Sight {
    /// Of a meeting that is to be.
    #[must_use]
    pub fn of_body(body: Body, electors: &[Elector]) -> Self {
        let units = electors.iter().filter_map(|elector| elector.unit_id.map(|unit| unit.0)).collect();
        Self { meeting: None, body, units, approved: false }
    }

    #[must_use]
    pub fn of(meeting: &Meeting, body: Body, electors: &[Elector]) -> Self {
        let approved = meeting.status == MeetingStatus::Approved;
        Self { meeting: Some(meeting.id), approved, ..Self::of_body(body, electors) }
    }
}

impl Resource for Sight {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match over {
            ELECTOR => match scope {
                Scope::Unit(unit) => self.units.contains(unit),
                Scope::Association | Scope::Branch(_) | Scope::Body(_) => false,
            },
            THE_EXPERTS => self.body.kind == BodyKind::ExpertCommittee,
            OPEN_MINUTES => self.approved && matches!(self.body.kind, BodyKind::GeneralMeeting | BodyKind::Council),
            over => self.body.relates(over, scope),
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &MEETING_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("meeting", self.meeting.map(|meeting| meeting.0))
    }
}
