//! What can be filed, and what the secretariat does with it.

use gongjian_kernel::lifecycle::Lifecycle;

use crate::unit::ContactKind;

gongjian_kernel::words! {
    /// Article 25: what a filing reports.
    pub enum FilingKind as "filing_kind" ("备案类别", "Kind of filing") {
        Representative = "representative" ("固定代表备案", "Filing of a representative"),
        Liaison = "liaison" ("联络人备案", "Filing of a liaison"),
        Appointment = "appointment" ("任职备案", "Filing of an appointment"),
        OfficeChange = "office_change" ("职务变更备案", "Filing of a change of office"),
        /// Article 17: with the council.
        CommitteeDirector = "committee_director" ("专委会主任备案", "Filing of a committee's director"),
    }
}

impl From<ContactKind> for FilingKind {
    fn from(kind: ContactKind) -> Self {
        match kind {
            ContactKind::Representative => Self::Representative,
            ContactKind::Liaison => Self::Liaison,
        }
    }
}

gongjian_kernel::words! {
    /// Where a filing stands. It is in effect in every state.
    pub enum FilingStatus as "filing_status" ("备案状态", "Status of a filing") {
        Submitted = "submitted" ("已报备", "Submitted"),
        Accepted = "accepted" ("已备案", "Accepted"),
        ReturnedForCorrection = "returned_for_correction" ("退回补正", "Returned for correction"),
    }
}

gongjian_kernel::words! {
    /// What the secretariat does after looking at the form.
    pub enum FilingAction as "filing_action" ("备案办理", "Action on a filing") {
        Accept = "accept" ("接收备案", "Accept"),
        Return = "return" ("退回补正", "Return for correction"),
    }
}

impl Lifecycle for FilingStatus {
    type Action = FilingAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [FilingAction] = FilingAction::ALL;

    fn next(self, action: FilingAction) -> Option<Self> {
        match (self, action) {
            (Self::Submitted, FilingAction::Accept) => Some(Self::Accepted),
            (Self::Submitted, FilingAction::Return) => Some(Self::ReturnedForCorrection),
            (Self::Accepted | Self::ReturnedForCorrection, FilingAction::Accept | FilingAction::Return) => None,
        }
    }
}
