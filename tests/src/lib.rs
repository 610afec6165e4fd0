//! The tests of the charter stand in `charter.rs`; there is nothing here.
