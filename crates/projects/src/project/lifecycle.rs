//! The life of a project until it is approved (domain terms of Articles 20 and 21: 申报 → 审核（核准） → 公示 → 立项).

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a project stands.
    pub enum ProjectStatus as "project_status" ("项目状态", "Status of a project") {
        Draft = "draft" ("草稿", "Draft"),
        Submitted = "submitted" ("已申报", "Declared"),
        Returned = "returned" ("退回补正", "Returned for correction"),
        Checked = "checked" ("形式审查通过", "Form checked"),
        Publicised = "publicised" ("公示中", "Made public"),
        Approved = "approved" ("已立项", "Approved"),
        Rejected = "rejected" ("未予立项", "Not approved"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with a project.
    pub enum ProjectAction as "project_action" ("项目办理", "Action on a project") {
        Edit = "edit" ("修改申报书", "Edit the declaration"),
        Submit = "submit" ("申报", "Declare"),
        Return = "return" ("退回补正", "Return for correction"),
        Pass = "pass" ("形式审查通过", "Pass the check of form"),
        Publicise = "publicise" ("核准并公示", "Decide and make public"),
        Object = "object" ("提出异议", "Object"),
        Approve = "approve" ("立项", "Approve"),
        Reject = "reject" ("不予立项", "Do not approve"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
    }
}

impl Lifecycle for ProjectStatus {
    type Action = ProjectAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ProjectAction] = ProjectAction::ALL;

    #[rustfmt::skip]
    fn next(self, action: ProjectAction) -> Option<Self> {
        use ProjectAction as A;
        match self {
            Self::Draft | Self::Returned => match action {
                A::Edit => Some(self),
                A::Submit => Some(Self::Submitted),
                A::Withdraw => Some(Self::Withdrawn),
                A::Return | A::Pass | A::Publicise | A::Object | A::Approve | A::Reject => None,
            },
            Self::Submitted => match action {
                A::Return => Some(Self::Returned),
                A::Pass => Some(Self::Checked),
                A::Reject => Some(Self::Rejected),
                A::Withdraw => Some(Self::Withdrawn),
                A::Edit | A::Submit | A::Publicise | A::Object | A::Approve => None,
            },
            Self::Checked => match action {
                A::Publicise => Some(Self::Publicised),
                A::Reject => Some(Self::Rejected),
                A::Withdraw => Some(Self::Withdrawn),
                A::Edit | A::Submit | A::Return | A::Pass | A::Object | A::Approve => None,
            },
            Self::Publicised => match action {
                A::Object => Some(Self::Publicised),
                A::Approve => Some(Self::Approved),
                A::Reject => Some(Self::Rejected),
                A::Withdraw => Some(Self::Withdrawn),
                A::Edit | A::Submit | A::Return | A::Pass | A::Publicise => None,
            },
            Self::Approved | Self::Rejected | Self::Withdrawn => match action {
                A::Edit | A::Submit | A::Return | A::Pass | A::Publicise | A::Object | A::Approve | A::Reject
                    | A::Withdraw => None,
            },
        }
    }
}

impl ProjectStatus {
    /// Those that the declaring unit alone knows of.
    #[must_use]
    pub fn is_private(self) -> bool {
        self == Self::Draft
    }

    /// Those that every member knows of.
    pub const PUBLIC: [Self; 2] = [Self::Publicised, Self::Approved];

    /// Those that are over without a project.
    pub const ENDED: [Self; 2] = [Self::Rejected, Self::Withdrawn];
}
