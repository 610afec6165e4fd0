//! What a decision is about, and which body the charter gives it to.

use crate::body::BodyKind;

gongjian_kernel::words! {
    /// Articles 11–14, 17, 20: what can be decided.
    pub enum Matter as "matter" ("决定事项", "Matter decided") {
        CharterAmendment = "charter_amendment" ("制定修订章程", "Making or amending the charter"),
        WorkReport = "work_report" ("审议工作报告", "Accepting the work report"),
        AnnualPlan = "annual_plan" ("工作方针和年度计划", "Policy and annual plan"),
        GeneralOther = "general_other" ("会员大会其他重要事项", "Other matters of the general meeting"),
        InternalRule = "internal_rule" ("内部管理制度", "Internal rules"),
        AnnualVicePresident = "annual_vice_president" ("年度执行副会长", "Annual executive vice-presidents"),
        CouncilUnit = "council_unit" ("理事单位", "Council units"),
        CommitteeSet = "committee_set" ("专业研究委员会设置", "The set of committees"),
        CouncilOther = "council_other" ("理事会其他重大事项", "Other matters of the council"),
        OfBody = "of_body" ("本机构事项", "A matter of the body itself"),
    }
}

impl Matter {
    /// The body that decides it, and the article that says so; `None` where every body decides for itself.
    #[must_use]
    pub fn decided_by(self) -> Option<(BodyKind, u8)> {
        match self {
            Self::CharterAmendment | Self::WorkReport | Self::AnnualPlan | Self::GeneralOther => {
                Some((BodyKind::GeneralMeeting, 11))
            }
            Self::InternalRule | Self::AnnualVicePresident | Self::CouncilOther => Some((BodyKind::Council, 13)),
            Self::CouncilUnit => Some((BodyKind::Council, 14)),
            Self::CommitteeSet => Some((BodyKind::Council, 17)),
            Self::OfBody => None,
        }
    }

    /// Whether a decision on it is good for one act and spent by it: one decision, one version of the charter, one
    /// plan, one rule. The others may name several persons, units or committees, each once.
    #[must_use]
    pub fn is_good_for_one_act(self) -> bool {
        match self {
            Self::CharterAmendment | Self::WorkReport | Self::AnnualPlan | Self::InternalRule => true,
            Self::GeneralOther
            | Self::AnnualVicePresident
            | Self::CouncilUnit
            | Self::CommitteeSet
            | Self::CouncilOther
            | Self::OfBody => false,
        }
    }
}
