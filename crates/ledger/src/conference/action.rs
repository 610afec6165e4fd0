//! Permissions: joint conferences, zone meetings, measures, and who approves in the secretariat's place.

use gongjian_identity::{Role, by, over};
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use gongjian_membership::UnitId;
use uuid::Uuid;

use super::fault::CONFERENCE_NOT_FOUND;
use super::{Conference, ConferenceLevel};

/// The conference is that of the street.
pub const OWN_STREET: Relation = Relation("own_street");
/// The unit convenes the zone (Article 19).
pub const CONVENES: Relation = Relation("convenes_zone");
/// The unit, or the street, is invited.
pub const INVITED: Relation = Relation("invited");
/// The secretariat has delegated its approval to the branch of the street (Article 22).
pub const DELEGATED: Relation = Relation("delegated");
/// The unit owns the measure.
pub const OWNER: Relation = Relation("owner");

const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::BranchPresident, OWN_STREET),
    over(Role::BranchStaff, OWN_STREET),
    over(Role::MemberRepresentative, CONVENES),
    over(Role::MemberLiaison, CONVENES),
    over(Role::MemberRepresentative, INVITED),
    over(Role::MemberLiaison, INVITED),
    over(Role::DepartmentHandler, INVITED),
    over(Role::BranchPresident, INVITED),
    over(Role::BranchStaff, INVITED),
];

const KEEPERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    over(Role::BranchPresident, OWN_STREET),
    over(Role::BranchStaff, OWN_STREET),
    over(Role::MemberRepresentative, CONVENES),
    over(Role::MemberLiaison, CONVENES),
];

gongjian_kernel::permissions! { PERMISSIONS:
    CONFERENCE_READ = "conference.read" art 22 "查看联席会、地区事务协调会" "read conferences" READERS;
    /// A street asks for its own, the secretariat for the district's.
    CONFERENCE_REQUEST = "conference.request" art 22 "申请召开联席会" "request a joint conference" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::BranchPresident, OWN_STREET),
        over(Role::BranchStaff, OWN_STREET),
    ];
    /// 「经理事会秘书处批准」, or by whom it has delegated that to for a street.
    CONFERENCE_DECIDE = "conference.decide" art 22 "批准联席会" "approve a joint conference" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::BranchPresident, DELEGATED),
    ];
    /// No approval is asked for.
    ZONE_MEETING_CONVENE = "conference.convene_zone" art 19 "召集地区事务协调会" "convene a zone meeting" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, CONVENES),
        over(Role::MemberLiaison, CONVENES),
    ];
    CONFERENCE_KEEP = "conference.keep" art 22 "安排会议、形成纪要、跟踪落实" "schedule, minute and track a conference" KEEPERS;
    DELEGATION_READ = "conference_delegation.read" art 22 "查看联席会批准权的委托" "read delegations of approval" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        over(Role::BranchPresident, OWN_STREET),
        over(Role::BranchStaff, OWN_STREET),
    ];
    DELEGATION_GRANT = "conference_delegation.grant" art 22 "委托、收回街道级联席会的批准权" "delegate approval of street conferences, and revoke it"
        &[by(Role::SecretaryGeneral)];
    MEASURE_READ = "measure.read" art 22 "查看议定措施" "read agreed measures" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        over(Role::BranchPresident, OWN_STREET),
        over(Role::BranchStaff, OWN_STREET),
        over(Role::MemberRepresentative, CONVENES),
        over(Role::MemberLiaison, CONVENES),
        over(Role::MemberRepresentative, INVITED),
        over(Role::MemberLiaison, INVITED),
        over(Role::DepartmentHandler, INVITED),
        over(Role::BranchPresident, INVITED),
        over(Role::BranchStaff, INVITED),
        over(Role::MemberRepresentative, OWNER),
        over(Role::MemberLiaison, OWNER),
        over(Role::DepartmentHandler, OWNER),
    ];
    MEASURE_REPORT = "measure.report" art 22 "报告议定措施的落实" "report that a measure was done" &[
        over(Role::MemberRepresentative, OWNER),
        over(Role::MemberLiaison, OWNER),
        over(Role::DepartmentHandler, OWNER),
    ];
    MEASURE_KEEP = "measure.keep" art 22 "退回、延期、取消议定措施" "return, postpone and drop measures" KEEPERS;
}

/// A conference, or something of one, as permissions see it.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The street of a street conference.
    pub street: Option<String>,
    /// Who convenes the zone.
    pub convenes: Option<UnitId>,
    pub units: Vec<UnitId>,
    pub streets: Vec<String>,
    /// Approval for the street is delegated today.
    pub delegated: bool,
    pub owner: Option<UnitId>,
    pub unknown: &'static FaultEntry,
    pub subject: (&'static str, Option<Uuid>),
}

impl Sight {
    /// One that is yet to be made: who may not is told so.
    #[must_use]
    pub fn to_be(street: Option<String>, convenes: Option<UnitId>) -> Self {
        Self {
            street,
            convenes,
            units: Vec::new(),
            streets: Vec::new(),
            delegated: false,
            owner: None,
            unknown: &FORBIDDEN,
            subject: ("conference", None),
        }
    }

    #[must_use]
    pub fn of(it: &Conference, convenes: Option<UnitId>, units: Vec<UnitId>, streets: Vec<String>) -> Self {
        let street = it.street_code.clone().filter(|_| it.level == Some(ConferenceLevel::Street));
        let unknown = &CONFERENCE_NOT_FOUND;
        Self { units, streets, unknown, subject: ("conference", Some(it.id.0)), ..Self::to_be(street, convenes) }
    }
}

impl Resource for Sight {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match (over, scope) {
            (OWN_STREET, Scope::Branch(street)) => self.street.as_ref() == Some(street),
            (DELEGATED, Scope::Branch(street)) => self.delegated && self.street.as_ref() == Some(street),
            (INVITED, Scope::Branch(street)) => self.streets.contains(street),
            (INVITED, Scope::Unit(unit)) => self.units.contains(&UnitId(*unit)),
            (CONVENES, Scope::Unit(unit)) => self.convenes == Some(UnitId(*unit)),
            (OWNER, Scope::Unit(unit)) => self.owner == Some(UnitId(*unit)),
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        self.unknown
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        self.subject
    }
}
