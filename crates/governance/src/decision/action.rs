//! Permissions: decisions and the execution book; how a body's papers relate to offices.

use std::collections::HashSet;

use gongjian_identity::{Role, by, over};
use gongjian_kernel::actor::ANY;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{Actor, FaultEntry, Permission, Relation, Resource, Rule, Scope};
use gongjian_membership::unit;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Decision;
use super::fault::DECISION_NOT_FOUND;
use crate::body::action::{GENERAL, OWN_BODY, THE_COUNCIL};
use crate::body::{self, Body, BodyId, BodyKind};

/// Articles 13 and 15: the secretariat keeps the papers of this body.
pub const SECRETARIATS: Relation = Relation("kept_by_secretariat");
/// Article 9(2): the paper is issued, by the general meeting or the council.
pub const PUBLISHED: Relation = Relation("published");
/// The paper is issued, by a body in which the unit has a voice.
pub const MEMBER: Relation = Relation("member_of_body");
/// The item of the execution book is for the unit, the person or the office to carry out.
pub const OWNER: Relation = Relation("owner");

/// Articles 13, 17, 18: whoever keeps a body's papers.
pub(crate) const KEEPERS: &[Rule] = &[
    over(Role::SecretariatOffice, SECRETARIATS),
    over(Role::SecretaryGeneral, SECRETARIATS),
    over(Role::BranchPresident, OWN_BODY),
    over(Role::CommitteeDirector, OWN_BODY),
];

const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::BranchPresident, OWN_BODY),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::MemberRepresentative, PUBLISHED),
    over(Role::MemberLiaison, PUBLISHED),
    over(Role::DepartmentHandler, PUBLISHED),
    over(Role::BranchPresident, PUBLISHED),
    over(Role::BranchStaff, PUBLISHED),
    over(Role::CouncilMember, PUBLISHED),
    over(Role::CommitteeDirector, PUBLISHED),
    over(Role::Expert, PUBLISHED),
    over(Role::MemberRepresentative, MEMBER),
    over(Role::MemberLiaison, MEMBER),
    over(Role::BranchStaff, MEMBER),
];

const OWNERS: &[Rule] = &[
    over(Role::MemberRepresentative, OWNER),
    over(Role::MemberLiaison, OWNER),
    over(Role::DepartmentHandler, OWNER),
    over(Role::BranchPresident, OWNER),
    over(Role::BranchStaff, OWNER),
    over(Role::SecretariatOffice, OWNER),
    over(Role::SecretaryGeneral, OWNER),
    over(Role::President, OWNER),
    over(Role::VicePresident, OWNER),
    over(Role::CouncilMember, OWNER),
    over(Role::CommitteeDirector, OWNER),
    over(Role::Expert, OWNER),
];

const BOOK_READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::BranchPresident, OWN_BODY),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::CouncilMember, PUBLISHED),
    over(Role::MemberRepresentative, OWNER),
    over(Role::MemberLiaison, OWNER),
    over(Role::DepartmentHandler, OWNER),
    over(Role::BranchPresident, OWNER),
    over(Role::BranchStaff, OWNER),
    over(Role::CouncilMember, OWNER),
    over(Role::CommitteeDirector, OWNER),
    over(Role::Expert, OWNER),
];

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): members know what the general meeting and the council have decided, and a body's own members
    /// what it has.
    DECISION_READ = "decision.read" art 9 "查看决议" "read decisions" READERS;
    DECISION_DRAFT = "decision.draft" art 13 "录入本机构决议" "put a decision of one's body on file" KEEPERS;
    /// What was decided on paper, or before there was a system; marked as such.
    DECISION_DOCUMENT = "decision.enter_document" art 13 "依据书面文件录入决议" "put a decision on file from a document" gongjian_identity::SECRETARIAT;
    DECISION_ISSUE = "decision.issue" art 13 "编号印发决议" "number and issue a decision" KEEPERS;
    EXECUTION_READ = "execution.read" art 13 "查看执行台账" "read the execution book" BOOK_READERS;
    EXECUTION_KEEP = "execution.keep" art 13 "交办、延期、取消执行事项" "assign, extend and cancel items of the execution book" KEEPERS;
    /// Article 10(1): 执行决议.
    EXECUTION_REPORT = "execution.report" art 10 "报告执行进展" "report on the execution of a decision" OWNERS;
    EXECUTION_VERIFY = "execution.verify" art 13 "核验执行结果" "verify that a decision was carried out" gongjian_identity::SECRETARIAT;
}

/// Something of a body, as permissions see it.
#[derive(Debug)]
pub struct Paper<'a> {
    pub body: &'a Body,
    pub is_issued: bool,
    /// Units with a voice in the body, where that opens anything.
    pub members: HashSet<Uuid>,
    pub unknown: &'static FaultEntry,
    pub subject: (&'static str, Option<Uuid>),
}

impl<'a> Paper<'a> {
    /// Something that is yet to be made for the body. Bodies are no secret: who may not is told so.
    #[must_use]
    pub fn new(body: &'a Body) -> Self {
        Self { body, is_issued: false, members: HashSet::new(), unknown: &FORBIDDEN, subject: body.subject() }
    }

    #[must_use]
    pub fn decision(decision: &Decision, body: &'a Body, members: HashSet<Uuid>) -> Self {
        let is_issued = decision.issued_on.is_some();
        Self { body, is_issued, members, unknown: &DECISION_NOT_FOUND, subject: ("decision", Some(decision.id.0)) }
    }
}

impl Resource for Paper<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match over {
            SECRETARIATS => {
                let advises = self.body.kind == BodyKind::ExpertCommittee;
                advises || self.body.relates(GENERAL, scope) || self.body.relates(THE_COUNCIL, scope)
            }
            PUBLISHED => self.is_issued && (self.body.relates(GENERAL, scope) || self.body.relates(THE_COUNCIL, scope)),
            MEMBER => match scope {
                Scope::Unit(unit) => self.is_issued && self.members.contains(unit),
                Scope::Branch(_) | Scope::Body(_) => self.is_issued && self.body.relates(OWN_BODY, scope),
                Scope::Association => false,
            },
            over => self.body.relates(over, scope),
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        self.unknown
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        self.subject
    }
}

/// Whether the actor holds the permission over everything of the kind, and not only over some of it.
pub(crate) fn over_all(actor: &Actor, permission: &Permission) -> bool {
    permission.rules.iter().any(|rule| rule.over == ANY && actor.holds(rule.role))
}

/// The units with a voice in a branch or a committee. What the general meeting and the council issue is open to all.
pub(crate) async fn members(
    db: &impl ConnectionTrait,
    body: &Body,
    at: chrono::DateTime<chrono::Utc>,
) -> gongjian_kernel::Result<HashSet<Uuid>> {
    match body.kind {
        BodyKind::Branch | BodyKind::Committee => {
            let electors = body::electorate(db, body, at).await?;
            Ok(electors.into_iter().filter_map(|elector| elector.unit_id).map(|unit| unit.0).collect())
        }
        BodyKind::GeneralMeeting | BodyKind::Council | BodyKind::ExpertCommittee => Ok(HashSet::new()),
    }
}

/// The branches and committees in which a unit of the actor has a voice.
pub(crate) async fn bodies_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    bodies: &[Body],
    at: chrono::DateTime<chrono::Utc>,
) -> gongjian_kernel::Result<Vec<BodyId>> {
    let own: HashSet<Uuid> = actor.units().collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut streets = HashSet::new();
    for id in &own {
        let unit = unit::queries::find(db, (*id).into()).await?;
        streets.extend(unit.filter(|unit| unit.status == unit::UnitStatus::Active).map(|unit| unit.street_code));
    }
    let mut found = Vec::new();
    for body in bodies {
        let has_voice = match body.kind {
            BodyKind::Branch => body.street_code.as_ref().is_some_and(|street| streets.contains(street)),
            BodyKind::Committee => !members(db, body, at).await?.is_disjoint(&own),
            BodyKind::GeneralMeeting | BodyKind::Council | BodyKind::ExpertCommittee => false,
        };
        if has_voice {
            found.push(body.id);
        }
    }
    Ok(found)
}
