//! Permissions: professional committees.

use gongjian_governance::body::Body;
use gongjian_governance::body::action::OWN_BODY;
use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{Actor, FaultEntry, Relation, Resource, Rule, Scope};
use gongjian_membership::UnitId;
use gongjian_membership::action::{OWN_UNIT, UNIT_READ};
use uuid::Uuid;

/// The unit leads the committee (Article 17 「日常联络」).
pub const LEADS: Relation = Relation("leads_committee");

/// Own unit's; the lead unit's and the directors' committee; the association's officers all.
const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::MemberRepresentative, LEADS),
    over(Role::MemberLiaison, LEADS),
    over(Role::MemberRepresentative, OWN_UNIT),
    over(Role::MemberLiaison, OWN_UNIT),
];

const TOPIC_READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    by(Role::CouncilMember),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::MemberRepresentative, LEADS),
    over(Role::MemberLiaison, LEADS),
];

const DIRECTORS: &[Rule] = &[over(Role::CommitteeDirector, OWN_BODY)];

/// The directors, and the lead unit, which does the daily work.
const HOSTS: &[Rule] = &[
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::MemberRepresentative, LEADS),
    over(Role::MemberLiaison, LEADS),
];

/// The unit itself, by its representative or liaison.
const UNITS: &[Rule] = &[over(Role::MemberRepresentative, OWN_UNIT), over(Role::MemberLiaison, OWN_UNIT)];

/// The unit itself, by whoever binds it.
const OWN: &[Rule] = &[over(Role::MemberRepresentative, OWN_UNIT)];

gongjian_kernel::permissions! { PERMISSIONS:
    /// With the council's decision; the secretariat carries it out.
    COMMITTEE_CHANGE = "committee.change" art 17 "依决定更名、合并、撤销专委会" "rename, merge and dissolve committees by decision" SECRETARIAT;
    COMMITTEE_LINK = "committee.link_experts" art 15 "设定专家咨询委员会秘书机构" "make a committee the secretariat of the experts" SECRETARIAT;
    COMMITTEE_MECHANISM = "committee.set_mechanism" art 17 "确定运行机制" "set how the committee works" DIRECTORS;
    COMMITTEE_MEMBER_READ = "committee_member.read" art 9 "查看专委会成员" "read members of committees" READERS;
    /// Article 9(3): leaving is free.
    COMMITTEE_LEAVE = "committee_member.leave" art 9 "退出专委会" "leave a committee" OWN;
    COMMITTEE_APPLICATION_READ = "committee_application.read" art 9 "查看加入专委会的申请" "read applications to committees" READERS;
    COMMITTEE_APPLY = "committee_application.apply" art 9 "申请加入专委会、撤回申请" "apply to a committee, take it back" OWN;
    COMMITTEE_CHECK = "committee_application.check" art 17 "审核加入专委会的申请" "check applications to a committee"
        &[over(Role::MemberRepresentative, LEADS), over(Role::MemberLiaison, LEADS)];
    /// Each director for himself.
    COMMITTEE_DECIDE = "committee_application.decide" art 17 "对加入专委会的申请表明意见" "decide on applications to a committee" DIRECTORS;
    COMMITTEE_TOPIC_READ = "committee_topic.read" art 20 "查看专委会提请理事会的议题" "read a committee's topics for the council" TOPIC_READERS;
    COMMITTEE_TOPIC_PROPOSE = "committee_topic.propose" art 20 "提出、撤回提请理事会的议题" "propose topics to the council, take them back" DIRECTORS;
    COMMITTEE_TOPIC_FOLLOW = "committee_topic.follow" art 13 "安排专委会议题、登记结果" "place a committee's topic, enter what became of it" SECRETARIAT;
    EXCHANGE_READ = "exchange_event.read" art 17 "查看交流活动及报名" "read exchange events and sign-ups" UNIT_READ.rules;
    EXCHANGE_HOST = "exchange_event.host" art 17 "组织交流活动" "hold exchange events of a committee" HOSTS;
    EXCHANGE_SIGN_UP = "exchange_event.sign_up" art 17 "报名参加交流活动、取消报名" "sign up for exchange events, take it back" UNITS;
    SERVICE_READ = "committee_service.read" art 17 "查看专委会提供的服务" "read what services committees offer" UNIT_READ.rules;
    SERVICE_OFFER = "committee_service.offer" art 17 "提供、终止专委会服务" "offer services of a committee, end them" HOSTS;
    SERVICE_REQUEST = "service_request.make" art 17 "申请专委会服务、撤回申请" "ask for a committee's service, take it back" UNITS;
    SERVICE_REQUEST_READ = "service_request.read" art 17 "查看专委会服务申请" "read requests for a committee's services" READERS;
    SERVICE_ANSWER = "service_request.answer" art 17 "办理专委会服务申请" "deal with requests for a committee's services" HOSTS;
}

/// Something of a committee, as permissions see it.
#[derive(Debug, Clone, Copy)]
pub struct Affair<'a> {
    pub body: &'a Body,
    /// The lead unit of today.
    pub lead: Option<UnitId>,
    /// The unit that it is about.
    pub unit: Option<UnitId>,
    pub unknown: &'static FaultEntry,
    pub subject: (&'static str, Option<Uuid>),
}

impl<'a> Affair<'a> {
    /// Something that is yet to be made. Committees are no secret: who may not is told so.
    #[must_use]
    pub fn of(body: &'a Body) -> Self {
        Self { body, lead: None, unit: None, unknown: &FORBIDDEN, subject: body.subject() }
    }
}

impl Resource for Affair<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let is = |unit: Option<UnitId>| unit.is_some_and(|unit| *scope == Scope::Unit(unit.0));
        match over {
            LEADS => is(self.lead),
            OWN_UNIT => is(self.unit),
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

/// What the actor's offices of the readers are held over.
pub(super) fn units_of(actor: &Actor, readers: &gongjian_kernel::Permission) -> Vec<UnitId> {
    let reads = |role: &str| readers.rules.iter().any(|rule| rule.role == role);
    let own = actor.grants.iter().filter(|grant| reads(grant.role)).filter_map(|grant| match grant.scope {
        Scope::Unit(unit) => Some(UnitId(unit)),
        Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
    });
    own.collect()
}

/// The bodies that the actor directs.
pub(super) fn directed_by(actor: &Actor) -> Vec<Uuid> {
    let directed = actor.grants.iter().filter_map(|grant| match grant.scope {
        Scope::Body(body) => Some(body),
        Scope::Association | Scope::Branch(_) | Scope::Unit(_) => None,
    });
    directed.collect()
}
