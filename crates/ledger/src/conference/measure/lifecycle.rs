//! The life of a measure.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where an agreed measure stands.
    pub enum MeasureStatus as "measure_status" ("议定措施状态", "Status of a measure") {
        /// The minutes are not out yet.
        Draft = "draft" ("待下达", "Not out yet"),
        Open = "open" ("落实中", "Open"),
        Done = "done" ("已办结", "Done"),
        Dropped = "dropped" ("已取消", "Dropped"),
    }
}

gongjian_kernel::words! {
    /// What is done with an agreed measure.
    pub enum MeasureAction as "measure_action" ("议定措施办理", "Action on a measure") {
        Complete = "complete" ("报告办结", "Report that it is done"),
        SendBack = "send_back" ("退回重办", "Send back"),
        Postpone = "postpone" ("延期", "Postpone"),
        Drop = "drop" ("取消", "Drop"),
    }
}

use MeasureAction as Action;

impl Lifecycle for MeasureStatus {
    type Action = Action;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Open, Action::Complete) => Some(Self::Done),
            (Self::Open, Action::Postpone) | (Self::Done, Action::SendBack) => Some(Self::Open),
            (Self::Open, Action::Drop) => Some(Self::Dropped),
            (Self::Open, Action::SendBack)
            | (Self::Done, Action::Complete | Action::Postpone | Action::Drop)
            | (Self::Draft | Self::Dropped, Action::Complete | Action::SendBack | Action::Postpone | Action::Drop) => {
                None
            }
        }
    }
}
