//! The life of an exchange event, and of a sign-up to it.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Article 17(1): what a committee brings its members together for.
    pub enum ExchangeKind as "exchange_kind" ("交流活动类别", "Kind of exchange event") {
        ExperienceExchange = "experience_exchange" ("经验交流", "Exchange of experience"),
        JointActivity = "joint_activity" ("共建联建活动", "Joint activity"),
    }
}

gongjian_kernel::words! {
    /// Where an exchange event stands.
    pub enum ExchangeStatus as "exchange_status" ("交流活动状态", "Status of an exchange event") {
        Announced = "announced" ("已发布", "Announced"),
        Held = "held" ("已举办", "Held"),
        Cancelled = "cancelled" ("已取消", "Cancelled"),
    }
}

gongjian_kernel::words! {
    /// What is done with an exchange event.
    pub enum ExchangeAction as "exchange_action" ("交流活动办理", "Action on an exchange event") {
        Hold = "hold" ("登记成果", "Enter its outcome"),
        Cancel = "cancel" ("取消", "Cancel"),
    }
}

gongjian_kernel::words! {
    /// Where a sign-up stands.
    pub enum SignUpStatus as "sign_up_status" ("报名状态", "Status of a sign-up") {
        SignedUp = "signed_up" ("已报名", "Signed up"),
        Withdrawn = "withdrawn" ("已取消", "Taken back"),
    }
}

gongjian_kernel::words! {
    /// What is done with a sign-up.
    pub enum SignUpAction as "sign_up_action" ("报名办理", "Action on a sign-up") {
        Withdraw = "withdraw" ("取消报名", "Take back"),
    }
}

impl Lifecycle for ExchangeStatus {
    type Action = ExchangeAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ExchangeAction] = ExchangeAction::ALL;

    fn next(self, action: ExchangeAction) -> Option<Self> {
        match (self, action) {
            (Self::Announced, ExchangeAction::Hold) => Some(Self::Held),
            (Self::Announced, ExchangeAction::Cancel) => Some(Self::Cancelled),
            (Self::Held | Self::Cancelled, ExchangeAction::Hold | ExchangeAction::Cancel) => None,
        }
    }
}

impl Lifecycle for SignUpStatus {
    type Action = SignUpAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [SignUpAction] = SignUpAction::ALL;

    fn next(self, action: SignUpAction) -> Option<Self> {
        match (self, action) {
            (Self::SignedUp, SignUpAction::Withdraw) => Some(Self::Withdrawn),
            (Self::Withdrawn, SignUpAction::Withdraw) => None,
        }
    }
}
