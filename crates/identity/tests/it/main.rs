//! Identity over a database of its own for each test.

mod accounts;
mod fixture;
mod login;
mod rotation;
mod tokens;
