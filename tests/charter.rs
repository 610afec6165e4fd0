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
mod administrators;
mod article_02_briefings;
mod article_08_applications;
mod article_08_joining;
mod article_09_leaving;
mod article_10_standing;
mod article_11_ballots;
mod article_11_charter;
mod article_11_decisions;
mod article_11_meetings;
mod article_12_offices;
mod article_13_consultation;
mod article_13_council;
mod article_13_plans;
mod article_14_claims;
mod article_15_experts;
mod article_17_committees;
mod article_17_consent;
mod article_17_exchange;
mod article_18_branches;
mod article_18_first_look;
mod article_19_zones;
mod article_21_projects;
mod article_22_conferences;
mod article_23_issue_ledger;
mod article_25_appointments;
mod article_25_filings;
mod audit_reading;
mod audit_trail;
mod authority;
mod authorization;
mod bad_luck;
mod compliance;
mod directory;
mod http_edge;
mod institutional_reform;
mod personal_data;
mod repeated_requests;
mod sample_district;
mod signing_in;
