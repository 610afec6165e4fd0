//! Consulting and information services (Article 17(2) 「开展专业咨询、信息服务等合作」): a committee offers them,
//! member units ask for them, and the committee answers.

pub mod commands;
mod lifecycle;
pub mod queries;
pub mod requests;
pub(super) mod store;

use chrono::NaiveDate;

pub use lifecycle::{ServiceAction, ServiceKind, ServiceRequestAction, ServiceRequestStatus, ServiceStatus};
pub use queries::{ServiceFilter, ServiceOnFile, ServiceRequestFilter, ServiceRequestOnFile};
pub use store::request::Model as ServiceRequest;
pub use store::row::Model as CommitteeService;

gongjian_kernel::ids! {
    /// A service that a committee offers.
    CommitteeServiceId;
    /// A unit asks for a service of a committee.
    ServiceRequestId;
}

impl CommitteeService {
    /// Whether units can ask for it: to the end of its last day.
    #[must_use]
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.status == ServiceStatus::Offered && self.valid_until.is_none_or(|until| day <= until)
    }
}
