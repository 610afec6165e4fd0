//! Stand-in until the identity crate exports these.
use std::sync::Arc;

use gongjian_kernel::{Actor, Refusal, Result, Store};

#[derive(Debug, Default)]
pub struct Identity;

#[derive(Debug)]
pub struct Caller {
    pub actor: Actor,
    pub must_change_password: bool,
}

impl Identity {
    pub async fn authenticate(&self, _store: &Store, _token: &str) -> Result<Arc<Caller>> {
        Err(Refusal::of(&crate::faults::AUTHENTICATION_REQUIRED))
    }
}
