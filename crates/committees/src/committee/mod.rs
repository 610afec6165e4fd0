//! Professional committees (专业研究委员会, Articles 9(3), 15, 17, 20). A committee is a body: its offices, meetings,
//! consents and decisions are those of every body. Here is what it has of its own: who belongs to it, how it works,
//! what it brings before the council, the exchange and
//! the services that it offers to members, and what the council makes of the set of committees.

pub mod action;
pub mod application;
pub mod commands;
pub mod event;
pub mod exchange;
pub mod fault;
pub mod mechanism;
pub mod queries;
pub mod service;
mod store;
pub mod topic;

pub use mechanism::{Mechanism, MechanismKind};
pub use queries::{Committee, CommitteeState, FormerName};

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    CommitteeState::WORDS,
    MechanismKind::WORDS,
    application::CommitteeApplicationStatus::WORDS,
    application::CommitteeApplicationAction::WORDS,
    topic::CommitteeTopicStatus::WORDS,
    topic::CommitteeTopicAction::WORDS,
    exchange::ExchangeKind::WORDS,
    exchange::ExchangeStatus::WORDS,
    exchange::ExchangeAction::WORDS,
    exchange::SignUpStatus::WORDS,
    exchange::SignUpAction::WORDS,
    service::ServiceKind::WORDS,
    service::ServiceStatus::WORDS,
    service::ServiceAction::WORDS,
    service::ServiceRequestStatus::WORDS,
    service::ServiceRequestAction::WORDS,
];
