//! The charter as a test suite: a file for each article, every test a sentence of it, told over HTTP by the
//! people of the charter. What no article says, but every reader of one relies on, stands beside them.
//!
//! The runtime has a thread beside the test's own: when a test ends, its server goes down while the test
//! waits for it, and what the test has borrowed of the server's connections must find its way back.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts_invitations;
mod accounts_lost_passwords;
mod accounts_passwords;
mod accounts_second_factor;
mod accounts_states;
mod article_08_units;
mod article_23_issue_ledger;
mod article_25_contacts;
mod audit_trail;
mod authorization;
mod bad_luck;
mod http_edge;
mod repeated_requests;
mod sample_district;
mod signing_in;
