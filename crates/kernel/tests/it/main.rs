//! The kernel on a database of its own.

mod audit;
mod fixture;
mod work;
