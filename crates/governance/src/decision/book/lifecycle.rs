//! Where an item of the execution book stands.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where an item of the execution book stands. Overdue is computed, see the light.
    pub enum ItemStatus as "execution_status" ("执行状态", "Status of an item of the execution book") {
        Open = "open" ("执行中", "Under way"),
        Done = "done" ("已报办结", "Reported done"),
        Verified = "verified" ("已核验", "Verified"),
        Cancelled = "cancelled" ("已取消", "Cancelled"),
    }
}

gongjian_kernel::words! {
    /// What is done with an item of the execution book.
    pub enum ItemAction as "execution_action" ("执行办理", "Action on an item of the execution book") {
        Report = "report" ("报告进展", "Report progress"),
        Finish = "finish" ("报告办结", "Report done"),
        Verify = "verify" ("核验", "Verify"),
        Return = "return" ("退回续办", "Return"),
        Extend = "extend" ("延期", "Extend"),
        Cancel = "cancel" ("取消", "Cancel"),
    }
}

gongjian_kernel::words! {
    /// Who carries it out.
    pub enum OwnerKind as "execution_owner" ("责任主体", "Who carries it out") {
        Unit = "unit" ("单位", "A unit"),
        Person = "person" ("个人", "A person"),
        Office = "office" ("职务", "An office"),
    }
}

gongjian_kernel::words! {
    /// domain.md §0, rule 28.
    pub enum ExecutionLight as "execution_light" ("执行亮灯", "Light of an item") {
        Green = "green" ("正常", "In time"),
        Yellow = "yellow" ("临期", "Near its deadline"),
        Red = "red" ("超期", "Overdue"),
        Grey = "grey" ("已结", "Over"),
    }
}

impl Lifecycle for ItemStatus {
    type Action = ItemAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ItemAction] = ItemAction::ALL;

    fn next(self, action: ItemAction) -> Option<Self> {
        match (self, action) {
            (Self::Open, ItemAction::Report | ItemAction::Extend) => Some(Self::Open),
            (Self::Open, ItemAction::Finish) => Some(Self::Done),
            (Self::Done, ItemAction::Verify) => Some(Self::Verified),
            (Self::Done, ItemAction::Return) => Some(Self::Open),
            (Self::Open | Self::Done, ItemAction::Cancel) => Some(Self::Cancelled),
            (Self::Open, ItemAction::Verify | ItemAction::Return)
            | (Self::Done, ItemAction::Report | ItemAction::Extend | ItemAction::Finish)
            | (
                Self::Verified | Self::Cancelled,
                ItemAction::Report
                | ItemAction::Finish
                | ItemAction::Verify
                | ItemAction::Return
                | ItemAction::Extend
                | ItemAction::Cancel,
            ) => None,
        }
    }
}
