//! The kernel on a database of its own.

#![expect(clippy::unwrap_used, reason = "what a test stands on fails loudly")]

mod audit;
mod fixture;
mod work;
