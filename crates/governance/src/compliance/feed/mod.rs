//! Calendar feeds: an address that only its owner knows, for programs that cannot sign in. It tells what its owner
//! may know at that moment, by the offices that he holds then; of the address only a hash is kept.

pub mod commands;
pub mod queries;
mod secret;
pub(crate) mod store;

pub use secret::FeedSecret;
pub use store::row::Model as Feed;

gongjian_kernel::ids! {
    /// A calendar feed.
    FeedId;
}
