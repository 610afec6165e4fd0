//! What a committee brings before the council (Article 20: 议题), and what becomes of it. A director has no voice in
//! the council, so this is no topic of a meeting's call: the secretariat places it on an agenda.

pub mod commands;
mod lifecycle;
pub mod queries;
pub(super) mod store;

pub use lifecycle::{CommitteeTopicAction, CommitteeTopicStatus};
pub use queries::{CommitteeTopicFilter, CommitteeTopicOnFile};
pub use store::row::Model as CommitteeTopic;

gongjian_kernel::ids! {
    /// A topic that a committee brings before the council.
    CommitteeTopicId;
}
