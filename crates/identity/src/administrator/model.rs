//! A proposal: what it is, and what is open now.

use chrono::{DateTime, Utc};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{FaultEntry, Refusal, Relation, Resource, Result, Say, Scope, Text};
use uuid::Uuid;

use super::Proposal;
use super::action::{BY_SECURITY, BY_SYSTEM, PROPOSAL_NOT_FOUND, PROPOSAL_STATE};
use super::vocabulary::{GrantChange, ProposalAction, ProposalStatus};
use crate::account::AccountId;
use crate::role::Role;

gongjian_kernel::ids! {
    /// A proposal to make or end an administrator.
    ProposalId;
}

/// Who is to become, or no longer to be, which administrator, and why.
#[derive(Debug, Clone)]
pub struct NewProposal {
    pub account: AccountId,
    pub change: GrantChange,
    pub role: Role,
    pub reason: Text<2, 200>,
}

impl Proposal {
    /// What has become of it by now.
    #[must_use]
    pub fn status_at(&self, now: DateTime<Utc>) -> ProposalStatus {
        if self.status == ProposalStatus::Proposed && now >= self.expires_at {
            ProposalStatus::Expired
        } else {
            self.status
        }
    }

    /// The status after the action, or the refusal with what has become of it.
    pub(super) fn moved(&self, now: DateTime<Utc>, action: ProposalAction) -> Result<ProposalStatus> {
        let status = self.status_at(now);
        status.next(action).ok_or_else(|| {
            let (is, wanted) = (status.label(), action.label());
            let detail = Say::new(
                format!("该授权{}，不能{}。", is.zh, wanted.zh),
                format!("It is {status}: “{action}” is not open."),
            );
            Refusal { allowed_actions: Some(Vec::new()), ..Refusal::new(&PROPOSAL_STATE, detail) }
        })
    }
}

impl Resource for Proposal {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let proposed_by = if self.proposer_role == Role::SystemAdministrator { BY_SYSTEM } else { BY_SECURITY };
        *scope == Scope::Association && over == proposed_by
    }

    fn unknown(&self) -> &'static FaultEntry {
        &PROPOSAL_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("grant_proposal", Some(self.id.0))
    }
}
