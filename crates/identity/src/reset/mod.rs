//! Lost passwords. The intranet has no mail: a person asks without being signed in, the system
//! administrator makes sure who it is and hands over a code, and the code sets a new password.
//!
//! A name that does not exist is answered like one that does, in the same time.

mod commands;
mod redeem;
mod request;
mod store;

pub use commands::{dismiss, issue, list};
pub use redeem::LostPassword;
pub use store::row::Model as PasswordReset;
pub(crate) use store::withdraw;

gongjian_kernel::ids! {
    /// A request for a new password.
    ResetId;
}

gongjian_kernel::words! {
    /// How far a request has come.
    pub enum ResetState as "password_reset_state" ("密码重置申请状态", "State of a password reset") {
        Requested = "requested" ("待核实", "Requested"),
        Issued = "issued" ("已发放重置码", "Code issued"),
        Redeemed = "redeemed" ("已设置新密码", "Redeemed"),
        Dismissed = "dismissed" ("未予办理", "Dismissed"),
    }
}
