//! The life of a service that a committee offers, and of a request for it.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Article 17(2): what a committee does for members.
    pub enum ServiceKind as "service_kind" ("专委会服务类别", "Kind of service") {
        ProfessionalConsulting = "professional_consulting" ("专业咨询", "Professional consulting"),
        InformationService = "information_service" ("信息服务", "Information service"),
    }
}

gongjian_kernel::words! {
    /// Where a service stands.
    pub enum ServiceStatus as "service_status" ("专委会服务状态", "Status of a service") {
        Offered = "offered" ("提供中", "Offered"),
        Ended = "ended" ("已终止", "Ended"),
    }
}

gongjian_kernel::words! {
    /// What is done with a service.
    pub enum ServiceAction as "service_action" ("专委会服务办理", "Action on a service") {
        End = "end" ("终止", "End"),
    }
}

gongjian_kernel::words! {
    /// Where a request for a service stands.
    pub enum ServiceRequestStatus as "service_request_status" ("服务申请状态", "Status of a request for a service") {
        Requested = "requested" ("已申请", "Requested"),
        Accepted = "accepted" ("已受理", "Accepted"),
        Done = "done" ("已办结", "Done"),
        Declined = "declined" ("未受理", "Declined"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with a request for a service.
    pub enum ServiceRequestAction as "service_request_action" ("服务申请办理", "Action on a request for a service") {
        Accept = "accept" ("受理", "Accept"),
        Decline = "decline" ("不予受理", "Decline"),
        Finish = "finish" ("办结", "Finish"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
    }
}

use ServiceRequestAction as Action;

impl Lifecycle for ServiceStatus {
    type Action = ServiceAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ServiceAction] = ServiceAction::ALL;

    fn next(self, action: ServiceAction) -> Option<Self> {
        match (self, action) {
            (Self::Offered, ServiceAction::End) => Some(Self::Ended),
            (Self::Ended, ServiceAction::End) => None,
        }
    }
}

impl Lifecycle for ServiceRequestStatus {
    type Action = Action;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Requested, Action::Accept) => Some(Self::Accepted),
            (Self::Requested, Action::Decline) => Some(Self::Declined),
            (Self::Accepted, Action::Finish) => Some(Self::Done),
            (Self::Requested | Self::Accepted, Action::Withdraw) => Some(Self::Withdrawn),
            (Self::Requested, Action::Finish)
            | (Self::Accepted, Action::Accept | Action::Decline)
            | (
                Self::Done | Self::Declined | Self::Withdrawn,
                Action::Accept | Action::Decline | Action::Finish | Action::Withdraw,
            ) => None,
        }
    }
}
