//! Permissions: briefings and calls for opinion. The secretariat drafts and keeps the file (Article 13); what goes
//! out in the name of the council goes out by order of the secretary-general.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use gongjian_membership::UnitId;
use gongjian_membership::action::OWN_UNIT;
use uuid::Uuid;

use super::fault::BRIEFING_NOT_FOUND;
use super::{AudienceKind, Briefing};

/// It has gone out: whoever has a seat in the council knows what the council tells members.
pub const ISSUED: Relation = Relation("issued");

const ORDER: &[Rule] = &[by(Role::SecretaryGeneral)];
const OVERSIGHT: &[Rule] =
    &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral), by(Role::President), by(Role::VicePresident)];
const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::CouncilMember, ISSUED),
    over(Role::MemberRepresentative, OWN_UNIT),
    over(Role::MemberLiaison, OWN_UNIT),
];
const UNITS: &[Rule] = &[over(Role::MemberRepresentative, OWN_UNIT), over(Role::MemberLiaison, OWN_UNIT)];

gongjian_kernel::permissions! { PERMISSIONS:
    /// Articles 2 and 9(2): members read what is told to them.
    BRIEFING_READ = "briefing.read" art 2 "查看通报" "read briefings" READERS;
    BRIEFING_DRAFT = "briefing.draft" art 2 "起草通报" "draft a briefing" SECRETARIAT;
    BRIEFING_ISSUE = "briefing.issue" art 2 "签发、撤回通报" "issue or withdraw a briefing" ORDER;
    /// The receipt of one's own unit.
    BRIEFING_SIGN = "briefing.sign" art 2 "签阅通报" "sign a briefing as read" UNITS;
    BRIEFING_READERS = "briefing.readers" art 2 "查看签阅情况" "see who has read a briefing" OVERSIGHT;
    CALL_READ = "opinion_call.read" art 2 "查看征求意见" "read calls for opinion" READERS;
    CALL_DRAFT = "opinion_call.draft" art 2 "起草征求意见" "draft a call for opinion" SECRETARIAT;
    CALL_OPEN = "opinion_call.open" art 2 "发出、取消征求意见" "open or cancel a call for opinion" ORDER;
    CALL_ANSWER = "opinion_call.answer" art 2 "截止并反馈征求意见" "close and answer a call for opinion" SECRETARIAT;
    OPINION_READ = "opinion.read" art 2 "查看意见" "read opinions"
        &[
            by(Role::SecretariatOffice),
            by(Role::SecretaryGeneral),
            by(Role::President),
            by(Role::VicePresident),
            over(Role::MemberRepresentative, OWN_UNIT),
            over(Role::MemberLiaison, OWN_UNIT),
        ];
    /// Articles 2, 9(2) and 10(3): the unit says what it thinks, and may take it back.
    OPINION_SUBMIT = "opinion.submit" art 2 "提出意见建议" "reply to a call for opinion" UNITS;
    OPINION_DECIDE = "opinion.decide" art 2 "作出采纳结果" "say what becomes of an opinion" SECRETARIAT;
}

/// A briefing, and those of the reader's units that it is told to.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub briefing: &'a Briefing,
    pub units: &'a [UnitId],
}

impl Resource for Told<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let is_out = self.briefing.status.is_out();
        match (over, scope) {
            (ISSUED, _) => is_out,
            // Whoever joins later reads what all members were told; the frozen list decides the rest.
            (OWN_UNIT, Scope::Unit(unit)) => {
                is_out
                    && (self.briefing.audience_kind == AudienceKind::AllMembers || self.units.contains(&UnitId(*unit)))
            }
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &BRIEFING_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("briefing", Some(self.briefing.id.0))
    }
}
