//! Exchange of experience and joint activities (Article 17(1) 「组织党建经验交流及共建联建活动项目」): a committee
//! announces them, member units sign up, and what came of them stays on file.

pub mod commands;
mod lifecycle;
pub mod queries;
pub(super) mod store;

use chrono::{DateTime, Utc};

pub use lifecycle::{ExchangeAction, ExchangeKind, ExchangeStatus, SignUpAction, SignUpStatus};
pub use queries::{ExchangeFilter, ExchangeOnFile, SignUpFilter, SignUpOnFile};
pub use store::row::Model as ExchangeEvent;
pub use store::sign_up::Model as SignUp;

gongjian_kernel::ids! {
    /// An exchange event of a committee.
    ExchangeEventId;
    /// A unit takes part in an exchange event.
    SignUpId;
}

impl ExchangeEvent {
    /// Whether units can still sign up: to the end of the last day for it, and never once it has begun.
    #[must_use]
    pub fn takes_sign_ups(&self, now: DateTime<Utc>) -> bool {
        let today = gongjian_kernel::clock::day(now);
        self.status == ExchangeStatus::Announced
            && now < self.starts_at
            && self.sign_up_until.is_none_or(|until| today <= until)
    }
}
