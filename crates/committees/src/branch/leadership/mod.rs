//! Who presides over a branch (Article 18): the secretary of the street by office; by consensus of the members a unit of
//! the street beside him, or the units in turn. Terms are laid ahead without gap or overlap; the office follows from
//! them, and whoever represents the unit holds it.

pub mod changes;
pub mod commands;
pub mod queries;
mod rotation;
pub(crate) mod store;
mod terms;

pub use changes::{RotationChangeAction, RotationChangeStatus};
pub use commands::NewLeadership;
pub use queries::{ChangeFilter, ChangeOnFile, RotationOnFile, TermOnFile};
pub use rotation::{Slot, Span};
pub use store::change::Model as RotationChange;
pub use store::consent::Model as RotationConsent;
pub use store::row::Model as Leadership;
pub use store::term::Model as Term;
pub use terms::tend;

use chrono::{Days, NaiveDate};

use super::BranchPolicy;

gongjian_kernel::ids! {
    /// What a branch has agreed on about its presidents.
    LeadershipId;
    /// A time in which a unit presides.
    TermId;
    /// A change of a rotation.
    RotationChangeId;
}

gongjian_kernel::words! {
    /// Article 18: who presides over a branch.
    pub enum LeadershipMode as "branch_leadership_mode" ("分会会长制", "Who presides over a branch") {
        Single = "single" ("单会长制", "The secretary of the street"),
        Dual = "dual" ("双会长制", "The secretary and a member unit"),
        DualRotating = "dual_rotating" ("双会长轮值制", "The secretary and member units in turn"),
    }
}

gongjian_kernel::words! {
    /// Where the report on a term stands.
    pub enum HandoverState as "branch_handover_state" ("轮值交接情况", "Handing a term over") {
        NotDue = "not_due" ("未到交接期", "Not due"),
        Due = "due" ("待交接", "Due"),
        Overdue = "overdue" ("逾期未交接", "Overdue"),
        Reported = "reported" ("已提交交接报告", "Reported"),
    }
}

gongjian_kernel::words! {
    /// What can be done with a term.
    pub enum BranchTermAction as "branch_term_action" ("分会任期操作", "Action on a branch's term") {
        Report = "report" ("提交交接报告", "Report on it"),
        Skip = "skip" ("提出让过", "Propose to skip it"),
        Swap = "swap" ("提出对调", "Propose to swap it"),
    }
}

gongjian_kernel::words! {
    /// How a rotation is changed.
    pub enum RotationChangeKind as "rotation_change_kind" ("轮值调整方式", "Change of a rotation") {
        Skip = "skip" ("让过", "A unit skips its turn"),
        Swap = "swap" ("对调", "Two units swap their turns"),
    }
}

impl Term {
    /// Where the report on it stands on that day.
    #[must_use]
    pub fn handover_on(&self, day: NaiveDate, policy: &BranchPolicy) -> HandoverState {
        let Some(until) = self.valid_until else { return HandoverState::NotDue };
        let asked_from = until.checked_sub_days(Days::new(policy.handover_days.into())).unwrap_or(until);
        match self.reported_at {
            Some(_) => HandoverState::Reported,
            None if day >= until => HandoverState::Overdue,
            None if day >= asked_from && day >= self.valid_from => HandoverState::Due,
            None => HandoverState::NotDue,
        }
    }

    #[must_use]
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day < until)
    }

    /// What its dates allow on that day; office decides the rest.
    #[must_use]
    pub fn open_actions(&self, day: NaiveDate) -> Vec<BranchTermAction> {
        match (self.valid_until, self.valid_from > day) {
            (Some(_), true) => vec![BranchTermAction::Skip, BranchTermAction::Swap],
            (Some(_), false) if self.reported_at.is_none() => vec![BranchTermAction::Report],
            (Some(_) | None, _) => Vec::new(),
        }
    }
}
