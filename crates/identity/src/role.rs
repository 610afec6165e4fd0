//! The offices that carry permissions (domain.md §1.5). An account holds a role over a scope.

use gongjian_kernel::actor::ANY;
use gongjian_kernel::{Relation, Rule};

gongjian_kernel::words! {
    /// An office or function that permissions rest on.
    pub enum Role as "role" ("职务角色", "Role") {
        /// Article 25: the unit's fixed representative; acts for the unit in everything.
        MemberRepresentative = "member_representative" ("固定代表", "Fixed representative"),
        /// Article 25: the unit's liaison for daily work.
        MemberLiaison = "member_liaison" ("联络人", "Liaison"),
        /// Article 23: handles issues for a department.
        DepartmentHandler = "department_handler" ("职能部门承办人", "Department handler"),
        /// Article 18: president of a street branch.
        BranchPresident = "branch_president" ("街道分会会长", "Branch president"),
        /// Article 18: works for a street branch.
        BranchStaff = "branch_staff" ("街道分会工作人员", "Branch staff"),
        /// Article 13: the office of the secretariat.
        SecretariatOffice = "secretariat_office" ("秘书处办公室", "Secretariat office"),
        /// Article 13: the secretary-general.
        SecretaryGeneral = "secretary_general" ("秘书长", "Secretary-general"),
        /// Article 12: the president; reads everything.
        President = "president" ("会长", "President"),
        /// Article 12: a vice-president; reads everything.
        VicePresident = "vice_president" ("副会长", "Vice-president"),
        /// Article 13: has a seat in the council; reads its papers.
        CouncilMember = "council_member" ("理事", "Council member"),
        /// Article 17: one of the two directors of a committee.
        CommitteeDirector = "committee_director" ("专业研究委员会主任", "Committee director"),
        /// Article 15: a member of the expert advisory committee; answers what he is asked.
        Expert = "expert" ("咨询专家", "Expert"),
        /// 三员: accounts and configuration, no business.
        SystemAdministrator = "system_administrator" ("系统管理员", "System administrator"),
        /// 三员: roles, keys, lock-outs, no business.
        SecurityAdministrator = "security_administrator" ("安全保密管理员", "Security administrator"),
        /// 三员: reads the audit trail, no business.
        AuditAdministrator = "audit_administrator" ("安全审计员", "Audit administrator"),
    }
}

impl Role {
    /// Whether the office acts for the association itself. A seat in the council and one among the experts
    /// are held over the whole association too, but their holders act in their body alone.
    #[must_use]
    pub fn is_officer(self) -> bool {
        self.scope() == ScopeKind::Association && !matches!(self, Self::CouncilMember | Self::Expert)
    }

    /// What a grant of the role must name: a unit, a street, or nothing.
    #[must_use]
    pub fn scope(self) -> ScopeKind {
        match self {
            Self::MemberRepresentative | Self::MemberLiaison | Self::DepartmentHandler => ScopeKind::Unit,
            Self::BranchPresident | Self::BranchStaff => ScopeKind::Branch,
            Self::CommitteeDirector => ScopeKind::Body,
            Self::SecretariatOffice
            | Self::CouncilMember
            | Self::Expert
            | Self::SecretaryGeneral
            | Self::President
            | Self::VicePresident
            | Self::SystemAdministrator
            | Self::SecurityAdministrator
            | Self::AuditAdministrator => ScopeKind::Association,
        }
    }

    /// The three administrators exclude each other and every business role (三员分立).
    #[must_use]
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::SystemAdministrator | Self::SecurityAdministrator | Self::AuditAdministrator)
    }
}

/// Whoever holds the office, over every thing of the kind.
#[must_use]
pub const fn by(role: Role) -> Rule {
    over(role, ANY)
}

/// Whoever holds the office, over things that stand in this relation to what it is held over.
#[must_use]
pub const fn over(role: Role, over: Relation) -> Rule {
    Rule { role: role.as_str(), over }
}

/// Article 13: the secretariat's business.
pub const SECRETARIAT: &[Rule] = &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral)];

gongjian_kernel::words! {
    /// What an office is held over.
    pub enum ScopeKind as "scope_kind" ("任职范围", "Scope of an office") {
        Association = "association" ("本会", "The whole association"),
        Branch = "branch" ("街道分会", "A street branch"),
        Unit = "unit" ("单位", "A unit"),
        Body = "body" ("机构", "A body"),
    }
}
