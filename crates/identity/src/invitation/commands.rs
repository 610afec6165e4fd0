//! Inviting somebody, and taking it back.

use chrono::Duration;
use gongjian_kernel::{Event, FaultEntry, Refusal, Relation, Resource, Result, Scope, Work};
use serde_json::json;

use super::{Invitation, InvitationId, InvitationState, store};
use crate::account::commands::open_as;
use crate::account::store as accounts;
use crate::account::{AccountId, AccountState, NewAccount, Username};
use crate::action::{ACCOUNT_INVITE, NO_OFFICER, UNIT_OF_PERSON};
use crate::event::{INVITATION_REVOKED, INVITED};
use crate::fault::{HAS_ACCOUNT, INVITATION_ENDED, INVITEE_NOT_FOUND};
use crate::identity::Identity;
use crate::one_time_code::OneTimeCode;
use crate::person::{self, PersonId};
use crate::policy::AccountPolicy;
use crate::position::Position;
use crate::role::Role;

/// Somebody to be invited, with the offices that he holds now. Without one he is nobody to anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    pub person: PersonId,
    pub positions: Vec<Position>,
}

impl Resource for Invitee {
    /// A code opens all that its owner is. So a unit's representative invites those who are nothing but his
    /// unit's liaison or handlers, and the office of the secretariat none of the association's officers.
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let beside = |role: Role| matches!(role, Role::MemberLiaison | Role::DepartmentHandler);
        matches!(scope, Scope::Unit(_))
            && over == UNIT_OF_PERSON
            && self.positions.iter().all(|position| beside(position.role) && position.scope == *scope)
            && !self.positions.is_empty()
            || over == NO_OFFICER
                && *scope == Scope::Association
                && !self.positions.iter().any(|position| position.role.is_officer())
    }

    fn unknown(&self) -> &'static FaultEntry {
        &INVITEE_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("person", Some(self.person.0))
    }
}

/// Article 25: invites somebody who holds an office to open his account. The code is shown once.
pub async fn invite(work: &mut Work<'_>, identity: &Identity, person: PersonId) -> Result<(Invitation, OneTimeCode)> {
    let invitee = Invitee { person, positions: identity.positions(work.tx(), &[person], work.today()).await? };
    work.authorize(&ACCOUNT_INVITE, &ACCOUNT_INVITE, &invitee)?;
    if invitee.positions.is_empty() {
        return Err(Refusal::of(&INVITEE_NOT_FOUND));
    }
    // Of two who invite him at once, the second finds the account of the first.
    person::require(work, person).await?;
    let account = match accounts::lock_of_person(work, person).await? {
        Some(account) if account.state == AccountState::Invited => account.id,
        Some(_) => return Err(Refusal::of(&HAS_ACCOUNT)),
        None => reserve(work, identity, person).await?,
    };
    let policy = AccountPolicy::within(work).await?;
    let code = OneTimeCode::draw()?;
    store::replace(work, person).await?;
    let invitation = Invitation {
        id: work.new_id(),
        account_id: account,
        person_id: person,
        unit_id: invitee.positions.iter().find_map(|position| match position.scope {
            Scope::Unit(unit) => Some(unit),
            Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
        }),
        invited_by: work.actor().account.map(AccountId),
        code_hash: code.hash(),
        state: InvitationState::Open,
        created_at: work.now(),
        expires_at: work.now() + Duration::days(policy.invitation_days.into()),
        ended_at: None,
    };
    store::insert(work, &invitation).await?;
    work.record(Event::new(&INVITED, account.0, said(&invitation)));
    Ok((invitation, code))
}

/// The account that waits for its owner: a name that was drawn, and a password that nobody knows.
async fn reserve(work: &mut Work<'_>, identity: &Identity, person: PersonId) -> Result<AccountId> {
    let serial: uuid::Uuid = work.new_id();
    let drawn = serial.simple().to_string();
    let username = Username::parse(&format!("invited-{}", drawn.get(12..).unwrap_or(&drawn)))?;
    let password = identity.nobodys_password();
    let new = NewAccount { person, username, password, must_change_password: false };
    Ok(open_as(work, new, AccountState::Invited).await?.id)
}

/// Takes an invitation back; its code is dead at once.
pub async fn revoke(work: &mut Work<'_>, id: InvitationId) -> Result<Invitation> {
    let found = store::find(work.tx(), id).await?;
    accounts::lock(work, found.account_id).await?;
    let before = store::lock(work, id).await?;
    work.authorize(&ACCOUNT_INVITE, &ACCOUNT_INVITE, &before)?;
    if !store::end(work, id, InvitationState::Revoked).await? {
        return Err(Refusal::of(&INVITATION_ENDED));
    }
    work.record(Event::new(&INVITATION_REVOKED, before.account_id.0, said(&before)));
    Ok(Invitation { state: InvitationState::Revoked, ended_at: Some(work.now()), ..before })
}

fn said(invitation: &Invitation) -> serde_json::Value {
    json!({ "invitation": invitation.id, "person": invitation.person_id, "unit": invitation.unit_id })
}

/// The account of an invitation, locked, while both are good.
pub(super) async fn lock_both(work: &Work<'_>, id: InvitationId) -> Result<Option<(Invitation, accounts::row::Model)>> {
    let account = store::find(work.tx(), id).await?.account_id;
    let account = accounts::lock(work, account).await?;
    let invitation = store::lock(work, id).await?;
    let good = invitation.is_good(work.now()) && account.state == AccountState::Invited;
    Ok(good.then_some((invitation, account)))
}
