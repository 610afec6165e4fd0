//! The seventeen kinds of office (domain.md §1.2): of which body, how many seats, by which article, how they are
//! filled, what they rest on.

use gongjian_identity::Role;

use crate::body::BodyKind;

gongjian_kernel::words! {
    /// Articles 12–18, 25: the kinds of office.
    pub enum OfficeKind as "office_kind" ("职务类别", "Kind of office") {
        President = "president" ("会长", "President"),
        StandingVicePresidentGovernment = "standing_vice_president_government" ("常务副会长（区委副书记、区长）", "Standing vice-president (head of government)"),
        StandingVicePresidentOrganisation = "standing_vice_president_organisation" ("常务副会长（组织部部长）", "Standing vice-president (head of organisation)"),
        AnnualVicePresidentDesignated = "annual_vice_president_designated" ("年度执行副会长（区委常委）", "Annual executive vice-president (designated)"),
        AnnualVicePresidentElected = "annual_vice_president_elected" ("年度执行副会长（成员单位负责人）", "Annual executive vice-president (consulted or elected)"),
        SecretaryGeneral = "secretary_general" ("秘书长", "Secretary-general"),
        OfficeDirector = "office_director" ("办公室主任", "Director of the office"),
        OfficeStaff = "office_staff" ("专职工作人员", "Full-time staff"),
        CommitteeDirectorLead = "committee_director_lead" ("专委会主任（牵头单位产生）", "Committee director (from the lead unit)"),
        CommitteeDirectorMember = "committee_director_member" ("专委会主任（会员单位推荐）", "Committee director (recommended by members)"),
        CommitteeLeadUnit = "committee_lead_unit" ("专委会牵头单位", "Lead unit of a committee"),
        BranchPresident = "branch_president" ("街道分会会长（街道党工委书记）", "Branch president (party secretary)"),
        BranchCoPresident = "branch_co_president" ("街道分会会长（会员单位代表）", "Branch president (of a member unit)"),
        CouncilUnit = "council_unit" ("理事单位", "Council unit"),
        Expert = "expert" ("专家委员", "Expert"),
        FixedRepresentative = "fixed_representative" ("固定代表", "Fixed representative"),
        Liaison = "liaison" ("联络人", "Liaison"),
    }
}

gongjian_kernel::words! {
    /// What an office belongs to.
    pub enum OfficeBody as "office_body" ("职务所属", "What an office belongs to") {
        Association = "association" ("本会", "The association"),
        Secretariat = "secretariat" ("秘书处", "The secretariat"),
        SecretariatOffice = "secretariat_office" ("秘书处办公室", "The office of the secretariat"),
        Council = "council" ("理事会", "The council"),
        Committee = "committee" ("专业研究委员会", "A committee"),
        Branch = "branch" ("街道分会", "A street branch"),
        ExpertCommittee = "expert_committee" ("党建专家咨询委员会", "The expert advisory committee"),
        Unit = "unit" ("会员单位", "A member unit"),
    }
}

gongjian_kernel::words! {
    /// How an office is filled.
    pub enum Filling as "office_filling" ("产生方式", "How an office is filled") {
        ExOfficio = "ex_officio" ("随公职担任", "Ex officio"),
        Designated = "designated" ("指定", "Designated"),
        ConsultedOrElected = "consulted_or_elected" ("协商或选举", "Consulted or elected"),
        Assigned = "assigned" ("配备", "Assigned"),
        ProducedByLeadUnit = "produced_by_lead_unit" ("牵头单位产生", "Produced by the lead unit"),
        Recommended = "recommended" ("会员单位推荐", "Recommended by member units"),
        TakenOn = "taken_on" ("牵头单位承担", "Taken on by the lead unit"),
        Consensus = "consensus" ("分会会员协商一致", "Consensus of the branch"),
        RecommendedAndConsulted = "recommended_and_consulted" ("推荐和协商", "Recommended and consulted"),
        Appointed = "appointed" ("聘任", "Appointed"),
    }
}

gongjian_kernel::words! {
    /// What tells who holds an office.
    pub enum RestsOn as "office_rests_on" ("职务依附", "What an office rests on") {
        Post = "post" ("公职", "A post"),
        UnitHead = "unit_head" ("单位负责人", "The head of a unit"),
        StreetSecretary = "street_secretary" ("街道党工委书记", "The party secretary of the street"),
        Person = "person" ("本人", "A person"),
        UnitRepresentative = "unit_representative" ("单位固定代表", "The representative of a unit"),
        Filing = "filing" ("单位备案", "A filing of the unit"),
        Appointment = "appointment" ("任职备案", "An appointment"),
    }
}

gongjian_kernel::words! {
    /// Articles 12 and 13(6): how an annual vice-president was found.
    pub enum OfficeMethod as "office_method" ("协商或选举", "Consultation or election") {
        Consultation = "consultation" ("协商", "Consultation"),
        Election = "election" ("选举", "Election"),
    }
}

/// What the charter says of a kind of office.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub of: OfficeBody,
    /// Seats in each body; none where the charter gives no number.
    pub seats: Option<u8>,
    pub article: u8,
    pub filling: Filling,
    pub rests_on: RestsOn,
    /// One year, ending by itself.
    pub annual: bool,
}

impl OfficeKind {
    /// Article 17: without one of them a committee is incomplete.
    pub const OF_COMMITTEE: [Self; 3] =
        [Self::CommitteeLeadUnit, Self::CommitteeDirectorLead, Self::CommitteeDirectorMember];

    #[must_use]
    pub const fn facts(self) -> Facts {
        use {Filling as F, OfficeBody as B, RestsOn as R};
        let (of, seats, article, filling, rests_on) = match self {
            Self::President | Self::StandingVicePresidentGovernment | Self::StandingVicePresidentOrganisation => {
                (B::Association, Some(1), 12, F::ExOfficio, R::Post)
            }
            Self::AnnualVicePresidentDesignated => (B::Association, None, 12, F::Designated, R::Post),
            Self::AnnualVicePresidentElected => (B::Association, None, 12, F::ConsultedOrElected, R::UnitHead),
            Self::SecretaryGeneral => (B::Secretariat, Some(1), 13, F::ExOfficio, R::Post),
            Self::OfficeDirector => (B::SecretariatOffice, Some(1), 13, F::ExOfficio, R::Post),
            Self::OfficeStaff => (B::SecretariatOffice, None, 13, F::Assigned, R::Appointment),
            Self::CommitteeDirectorLead => (B::Committee, Some(1), 17, F::ProducedByLeadUnit, R::Person),
            Self::CommitteeDirectorMember => (B::Committee, Some(1), 17, F::Recommended, R::Person),
            Self::CommitteeLeadUnit => (B::Committee, Some(1), 17, F::TakenOn, R::UnitHead),
            Self::BranchPresident => (B::Branch, Some(1), 18, F::ExOfficio, R::StreetSecretary),
            Self::BranchCoPresident => (B::Branch, Some(1), 18, F::Consensus, R::UnitRepresentative),
            Self::CouncilUnit => (B::Council, None, 14, F::RecommendedAndConsulted, R::UnitHead),
            Self::Expert => (B::ExpertCommittee, None, 15, F::Appointed, R::Person),
            Self::FixedRepresentative | Self::Liaison => (B::Unit, Some(1), 25, F::Designated, R::Filing),
        };
        let annual = matches!(self, Self::AnnualVicePresidentDesignated | Self::AnnualVicePresidentElected);
        Facts { of, seats, article, filling, rests_on, annual }
    }

    /// The association's top (Articles 12, 13): the secretary-general sees to it.
    #[must_use]
    pub const fn is_top(self) -> bool {
        matches!(self.facts().of, OfficeBody::Association | OfficeBody::Secretariat | OfficeBody::SecretariatOffice)
            && !self.facts().annual
    }

    /// The body that a tenure names. Article 13 sets the secretariat up in the council, whose president leads.
    #[must_use]
    pub const fn body(self) -> Option<BodyKind> {
        match self.facts().of {
            OfficeBody::Association | OfficeBody::Secretariat | OfficeBody::SecretariatOffice | OfficeBody::Council => {
                Some(BodyKind::Council)
            }
            OfficeBody::Committee => Some(BodyKind::Committee),
            OfficeBody::Branch => Some(BodyKind::Branch),
            OfficeBody::ExpertCommittee => Some(BodyKind::ExpertCommittee),
            OfficeBody::Unit => None,
        }
    }

    /// Whether a tenure is granted; the others follow from filings, appointments, and the consensus of a branch.
    #[must_use]
    pub const fn is_granted(self) -> bool {
        !matches!(self.facts().rests_on, RestsOn::Filing | RestsOn::Appointment | RestsOn::UnitRepresentative)
    }

    /// What the holder may act as.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::President => Some(Role::President),
            Self::StandingVicePresidentGovernment
            | Self::StandingVicePresidentOrganisation
            | Self::AnnualVicePresidentDesignated
            | Self::AnnualVicePresidentElected => Some(Role::VicePresident),
            Self::SecretaryGeneral => Some(Role::SecretaryGeneral),
            Self::OfficeDirector => Some(Role::SecretariatOffice),
            Self::CommitteeDirectorLead | Self::CommitteeDirectorMember => Some(Role::CommitteeDirector),
            Self::BranchPresident | Self::BranchCoPresident => Some(Role::BranchPresident),
            Self::Expert => Some(Role::Expert),
            Self::CommitteeLeadUnit
            | Self::CouncilUnit
            | Self::OfficeStaff
            | Self::FixedRepresentative
            | Self::Liaison => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_seventeen_and_thirteen_of_them_are_granted() {
        assert_eq!(OfficeKind::ALL.len(), 17);
        assert_eq!(OfficeKind::ALL.iter().filter(|kind| kind.is_granted()).count(), 13);
        assert!(OfficeKind::ALL.iter().all(|kind| !kind.is_granted() || kind.body().is_some()));
        assert_eq!(OfficeKind::ALL.iter().filter(|kind| kind.is_top()).count(), 6);
    }
}
