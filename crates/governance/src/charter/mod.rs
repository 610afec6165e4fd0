//! The charter as versioned data (Article 11(1)): which version is in force on a day, what each article says,
//! how versions differ. The general meeting alone puts another version into force.

pub mod action;
pub mod commands;
pub mod difference;
pub mod event;
pub mod fault;
pub mod lifecycle;
pub mod loading;
pub mod model;
pub mod queries;
mod seed;
pub(crate) mod store;

pub use lifecycle::{CharterAction, CharterStanding, CharterStatus};
pub use model::{Article, Both, Clause};
pub use seed::{founding_articles, install};
pub use store::row::Model as CharterVersion;

pub const WORDS: &[gongjian_kernel::words::WordList] =
    &[CharterStatus::WORDS, CharterStanding::WORDS, CharterAction::WORDS, difference::Change::WORDS];

gongjian_kernel::ids! {
    /// A version of the charter.
    CharterVersionId;
}
