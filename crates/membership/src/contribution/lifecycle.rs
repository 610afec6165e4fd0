//! What units give, and what becomes of it.

use gongjian_kernel::lifecycle::Lifecycle;

use crate::standing::LineKind;

gongjian_kernel::words! {
    /// Article 10(3).
    pub enum ContributionKind as "contribution_kind" ("贡献类别", "Kind of contribution") {
        Information = "information" ("信息资料", "Information"),
        Research = "research" ("研究成果", "Research result"),
        Resource = "resource" ("可共享资源", "Resource to share"),
        Suggestion = "suggestion" ("建议", "Suggestion"),
    }
}

gongjian_kernel::words! {
    /// Where a contribution stands.
    pub enum ContributionStatus as "contribution_status" ("贡献状态", "Status of a contribution") {
        Submitted = "submitted" ("已提交", "Submitted"),
        Acknowledged = "acknowledged" ("已收悉", "Acknowledged"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with a contribution.
    pub enum ContributionAction as "contribution_action" ("贡献办理", "Action on a contribution") {
        Acknowledge = "acknowledge" ("确认收悉", "Acknowledge"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
    }
}

impl Lifecycle for ContributionStatus {
    type Action = ContributionAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ContributionAction] = ContributionAction::ALL;

    fn next(self, action: ContributionAction) -> Option<Self> {
        match (self, action) {
            (Self::Submitted, ContributionAction::Acknowledge) => Some(Self::Acknowledged),
            (Self::Submitted | Self::Acknowledged, ContributionAction::Withdraw) => Some(Self::Withdrawn),
            (Self::Acknowledged | Self::Withdrawn, ContributionAction::Acknowledge)
            | (Self::Withdrawn, ContributionAction::Withdraw) => None,
        }
    }
}

static INFORMATION: LineKind = LineKind::duty("contributed_information", "提供信息资料", "Information provided");
static RESEARCH: LineKind = LineKind::duty("contributed_research", "提供研究成果", "Research result provided");
static RESOURCE: LineKind = LineKind::duty("contributed_resource", "提供可共享资源", "Resource shared");
static SUGGESTION: LineKind = LineKind::duty("contributed_suggestion", "提出建议", "Suggestion made");

/// The lines that contributions enter.
pub static LINE_KINDS: &[&LineKind] = &[&INFORMATION, &RESEARCH, &RESOURCE, &SUGGESTION];

impl ContributionKind {
    #[must_use]
    pub fn line(self) -> &'static LineKind {
        match self {
            Self::Information => &INFORMATION,
            Self::Research => &RESEARCH,
            Self::Resource => &RESOURCE,
            Self::Suggestion => &SUGGESTION,
        }
    }
}
