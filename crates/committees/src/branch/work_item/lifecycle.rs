//! The duties of a branch, and the life of an item of its work.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Article 18(1)–(8): what a branch is there for.
    pub enum BranchDuty as "branch_duty" ("分会职责", "Duty of a branch") {
        GrassRoots = "grass_roots" ("培育基层党组织", "Foster grass-roots party organisations"),
        Resources = "resources" ("整合会员资源服务群众", "Pool members' resources to serve residents"),
        ServiceInstitutions = "service_institutions" ("共建区域性公共服务机构", "Build public service institutions together"),
        MemberNeeds = "member_needs" ("了解会员需求", "Know what members need"),
        MassOrganisations = "mass_organisations" ("支持群众组织", "Support mass organisations"),
        JointActivities = "joint_activities" ("统筹协调工青妇等开展活动", "Co-ordinate activities of unions, youth and women"),
        KeyProjects = "key_projects" ("组织会员推进年度重点项目", "Advance the year's key projects with members"),
        Other = "other" ("其他", "Other"),
    }
}

gongjian_kernel::words! {
    /// Where an item of a branch's work stands.
    pub enum WorkItemStatus as "branch_work_status" ("分会工作状态", "Status of a branch's work") {
        Planned = "planned" ("已列入", "Planned"),
        Done = "done" ("已完成", "Done"),
        Dropped = "dropped" ("已取消", "Dropped"),
    }
}

gongjian_kernel::words! {
    /// What is done with an item of a branch's work.
    pub enum WorkItemAction as "branch_work_action" ("分会工作办理", "Action on a branch's work") {
        Revise = "revise" ("调整", "Revise"),
        Complete = "complete" ("完成", "Complete"),
        Drop = "drop" ("取消", "Drop"),
    }
}

use WorkItemAction as Action;

impl Lifecycle for WorkItemStatus {
    type Action = Action;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Planned, Action::Revise) => Some(Self::Planned),
            (Self::Planned, Action::Complete) => Some(Self::Done),
            (Self::Planned, Action::Drop) => Some(Self::Dropped),
            (Self::Done | Self::Dropped, Action::Revise | Action::Complete | Action::Drop) => None,
        }
    }
}
