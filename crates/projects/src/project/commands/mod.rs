//! The verbs: what the unit does, what the secretariat does, what everybody may while it is made public.

mod declaring;
mod publicity;
mod review;

pub use declaring::{NewProject, declare, edit, submit, withdraw};
pub use publicity::{Answer, NewObjection, answer, approve, object, publicise};
pub use review::{pass, reject, send_back};
