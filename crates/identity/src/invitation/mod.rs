//! Invitations: whoever is on file opens his own account with a code that the inviter hands over
//! (Article 25). The account is there from the invitation on, in the state `invited`: it has a name that
//! was drawn and a password that nobody knows, and every path refuses it.
//!
//! * a person holds one open invitation at most; a new one replaces it;
//! * a code is good once, for as long as the policy says, and while the person still holds an office;
//! * a code that is unknown, spent, replaced, revoked or late is refused in the same words.

mod commands;
mod queries;
mod redeem;
mod store;

pub use commands::{Invitee, invite, revoke};
pub use queries::{InvitationFilter, find, list};
pub use redeem::{Opening, Redemption};
pub use store::row::Model as Invitation;
pub(crate) use store::{was_never_redeemed, withdraw};

use chrono::{DateTime, Utc};
use gongjian_kernel::{FaultEntry, Relation, Resource, Scope};

use crate::action::{NO_OFFICER, UNIT_OF_PERSON};
use crate::fault::INVITATION_NOT_FOUND;

gongjian_kernel::ids! {
    /// An invitation.
    InvitationId;
}

gongjian_kernel::words! {
    /// What became of an invitation. One that is open may have run out.
    pub enum InvitationState as "invitation_state" ("邀请状态", "State of an invitation") {
        Open = "open" ("待接受", "Open"),
        Replaced = "replaced" ("已被新邀请取代", "Replaced by a new one"),
        Revoked = "revoked" ("已撤销", "Revoked"),
        Redeemed = "redeemed" ("已接受", "Redeemed"),
    }
}

impl Invitation {
    #[must_use]
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.state == InvitationState::Open && now < self.expires_at
    }
}

impl Resource for Invitation {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Unit(unit) => over == UNIT_OF_PERSON && self.unit_id == Some(*unit),
            Scope::Association => over == NO_OFFICER,
            Scope::Branch(_) | Scope::Body(_) => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &INVITATION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("invitation", Some(self.id.0))
    }
}
