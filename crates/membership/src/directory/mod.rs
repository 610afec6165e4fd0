//! The directory of units (Article 9(2)): found by any part of the name, by the initials of its pinyin, by
//! credit code and member number.
//!
//! `unit_term` holds, for each term, the units that have it in the order of the list, so that a page is one
//! stretch of a tree on both databases, however many units there are and however common the term is. A
//! query of more than one term walks the rarest and compares the text. See ADR 0011.

mod index;
pub(crate) mod search;
mod terms;

pub use index::{add, index, seed};
