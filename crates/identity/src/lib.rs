//! Accounts, offices, sessions and tokens.
//!
//! * An account belongs to a person, who holds offices ([`Role`]) over a scope because of facts that other
//!   crates keep ([`position`]); what an office permits is declared by the crate that owns the thing.
//! * Only the three administrators are granted to accounts; an account that is one holds nothing else. Two
//!   of them agree on each ([`administrator`]).
//! * Only the audit administrator reads the trail, and that is on record as well ([`trail`]).
//! * An access token says who asks, for ten minutes at most; everything else is read from the database,
//!   at most a second old.
//! * A refresh token is good once; a lost answer can be had again, a stolen token ends the session.
//! * Attempts at passwords are counted in the database before they are looked at.
//! * Phones are sealed; whoever is shown one in full is on record ([`privacy`]).
//!
//! Commands of administrators are functions over [`gongjian_kernel::Work`]; signing in and what one does
//! with one's own account are methods of [`Identity`], because they hash, and no transaction waits for
//! a hash.

pub mod account;
pub mod action;
pub mod administrator;
pub mod configuration;
pub mod event;
pub mod fault;
mod identity;
pub mod invitation;
mod one_time_code;
mod password;
mod password_history;
mod password_rules;
pub mod person;
pub mod phone;
pub mod policy;
pub mod position;
pub mod privacy;
mod refresh;
pub mod reset;
pub mod role;
pub mod second_factor;
pub mod session;
mod settings;
mod throttle;
mod token;
pub mod trail;
mod upkeep;

pub use account::{Account, AccountId, AccountState, NewAccount, Username};
pub use action::PERMISSIONS;
pub use event::IDENTITY_EVENTS;
pub use fault::IDENTITY_FAULTS;
pub use identity::{Caller, Identity};
pub use one_time_code::OneTimeCode;
pub use password::{IssuedPassword, PasswordHash};
pub use password_rules::{MAX_CHARACTERS, MIN_BESIDE_SECOND_FACTOR, PasswordRules};
pub use person::{Person, PersonId};
pub use phone::{Phone, masked_email, masked_phone};
pub use policy::{AccountPolicy, PasswordProfile};
pub use position::Position;
pub use role::{Role, SECRETARIAT, ScopeKind, by, over};
pub use session::{Login, Session, SessionId, SignedIn, Tokens};
pub use settings::{IdentitySettings, MAX_ACCESS_TOKEN_SECONDS};
pub use upkeep::{ensure_first_administrator, set_password_offline, sweep};

/// The words of this crate, for the published dictionary.
pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    Role::WORDS,
    ScopeKind::WORDS,
    AccountState::WORDS,
    account::AccountAction::WORDS,
    administrator::GrantChange::WORDS,
    administrator::ProposalStatus::WORDS,
    administrator::ProposalAction::WORDS,
    trail::VerificationStatus::WORDS,
    gongjian_kernel::audit::Flaw::WORDS,
    PasswordProfile::WORDS,
    invitation::InvitationState::WORDS,
    reset::ResetState::WORDS,
];
