//! Proposing, confirming, declining, withdrawing.

use chrono::Duration;
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Event, EventEntry, FieldFault, Refusal, Result, Target, Text, Work, policy};
use sea_orm::{QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::action::{
    ADMINISTRATOR_CONFIRM, ADMINISTRATOR_PROPOSE, ADMINISTRATOR_READ, DECLINED, EXPIRED, NOT_THE_PROPOSER,
    PASSWORD_OF_ANOTHER, PROPOSED, PROPOSER_GONE, TWO_PERSONS, WITHDRAWN,
};
use super::vocabulary::{GrantChange, ProposalAction, ProposalStatus};
use super::{GrantPolicy, NewProposal, Proposal, ProposalId, store};
use crate::account::grant::{self, current};
use crate::account::store as accounts;
use crate::account::{Account, AccountId, AccountState};
use crate::fault::{ACCOUNT_NOT_FOUND, ACCOUNT_STATE, OWN_ACCOUNT};
use crate::identity::Identity;
use crate::person::PersonId;
use crate::role::Role;

/// Proposes to make an account an administrator, or to end his time. Nobody proposes himself.
pub async fn propose(work: &mut Work<'_>, identity: &Identity, new: NewProposal) -> Result<Proposal> {
    work.authorize(&ADMINISTRATOR_PROPOSE, &ADMINISTRATOR_READ, &Association)?;
    let (proposed_by, proposer_person_id) = whoever_acts(work)?;
    let account = accounts::lock(work, new.account).await.map_err(in_the_body)?;
    let account = Account::from(account);
    if account.person_id == proposer_person_id {
        return Err(Refusal::of(&OWN_ACCOUNT));
    }
    expire_due(work).await?;
    possible(work, identity, &account, new.change, new.role).await?;
    let days = policy::within::<GrantPolicy>(work).await?.value.proposal_days;
    let proposal = Proposal {
        id: work.new_id(),
        account_id: account.id,
        change: new.change,
        role: new.role,
        reason: new.reason.into_string(),
        status: ProposalStatus::Proposed,
        proposed_by,
        proposer_person_id,
        proposer_role: if work.actor().holds(Role::SystemAdministrator.as_str()) {
            Role::SystemAdministrator
        } else {
            Role::SecurityAdministrator
        },
        proposed_at: work.now(),
        expires_at: work.now() + Duration::days(days.into()),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        version: 1,
    };
    store::insert(work, &proposal).await?;
    record(work, &PROPOSED, &proposal);
    Ok(proposal)
}

/// Whether the change can be made now.
async fn possible(
    work: &Work<'_>,
    identity: &Identity,
    account: &Account,
    change: GrantChange,
    role: Role,
) -> Result<()> {
    match change {
        GrantChange::Grant => {
            if account.state != AccountState::Active {
                return Err(Refusal::of(&ACCOUNT_STATE));
            }
            grant::may_start(work, identity, account, role).await?;
            // Else who set it could act as the second person.
            if account.must_change_password { Err(Refusal::of(&PASSWORD_OF_ANOTHER)) } else { Ok(()) }
        }
        GrantChange::End => grant::may_stop(work, account.id, role).await,
    }
}

/// Makes the change, by another person than the one who proposed it, both of them in office.
pub async fn confirm(work: &mut Work<'_>, identity: &Identity, target: Target<ProposalId>) -> Result<Proposal> {
    let before = open(work, target).await?;
    work.authorize(&ADMINISTRATOR_CONFIRM, &ADMINISTRATOR_READ, &before)?;
    target.is_current(before.version)?;
    let status = before.moved(work.now(), ProposalAction::Confirm)?;
    let (_, person) = whoever_acts(work)?;
    if person == before.proposer_person_id {
        return Err(Refusal::of(&TWO_PERSONS));
    }
    let (candidate, proposer) = both(work, &before).await?;
    if candidate.person_id == person || candidate.person_id == before.proposer_person_id {
        return Err(Refusal::of(&OWN_ACCOUNT));
    }
    let in_office = current(work.tx(), proposer.id).await?.iter().any(|grant| grant.role == before.proposer_role);
    if proposer.state != AccountState::Active || !in_office {
        return Err(Refusal::of(&PROPOSER_GONE));
    }
    let account = Account::from(candidate.clone());
    possible(work, identity, &account, before.change, before.role).await?;
    match before.change {
        GrantChange::Grant => grant::start(work, &account, before.role, Some(&before)).await.map(drop)?,
        GrantChange::End => grant::stop(work, &account, before.role, &before).await?,
    }
    work.update::<accounts::row::Entity>(&candidate, &candidate.next(work)).await?;
    identity.forget_callers(work);
    settle(work, &before, status, None).await
}

/// Refuses the change, by whoever could confirm it.
pub async fn decline(work: &mut Work<'_>, target: Target<ProposalId>, reason: Text<2, 200>) -> Result<Proposal> {
    let before = open(work, target).await?;
    work.authorize(&ADMINISTRATOR_CONFIRM, &ADMINISTRATOR_READ, &before)?;
    target.is_current(before.version)?;
    let status = before.moved(work.now(), ProposalAction::Decline)?;
    let after = settle(work, &before, status, Some(reason)).await?;
    record(work, &DECLINED, &after);
    Ok(after)
}

/// Takes a proposal back, by whoever made it.
pub async fn withdraw(work: &mut Work<'_>, target: Target<ProposalId>, reason: Text<2, 200>) -> Result<Proposal> {
    let before = open(work, target).await?;
    work.authorize(&ADMINISTRATOR_PROPOSE, &ADMINISTRATOR_READ, &before)?;
    if work.actor().account != Some(before.proposed_by.0) {
        return Err(Refusal::of(&NOT_THE_PROPOSER));
    }
    target.is_current(before.version)?;
    let status = before.moved(work.now(), ProposalAction::Withdraw)?;
    let after = settle(work, &before, status, Some(reason)).await?;
    record(work, &WITHDRAWN, &after);
    Ok(after)
}

/// Puts on record what nobody has confirmed in time; until then it only reads as expired.
pub async fn expire_due(work: &mut Work<'_>) -> Result<u64> {
    let due = store::row::Entity::find()
        .filter(store::row::Column::Status.eq(ProposalStatus::Proposed))
        .filter(store::row::Column::ExpiresAt.lte(work.now()))
        .lock_exclusive()
        .all(work.tx())
        .await?;
    for before in &due {
        let after = Proposal { status: ProposalStatus::Expired, version: before.version + 1, ..before.clone() };
        work.update::<store::row::Entity>(before, &after).await?;
        record(work, &EXPIRED, &after);
    }
    Ok(due.len() as u64)
}

async fn open(work: &Work<'_>, target: Target<ProposalId>) -> Result<Proposal> {
    store::lock(work, target.id).await
}

/// The accounts of the candidate and of whoever proposed him, locked in the order of their ids.
async fn both(work: &Work<'_>, proposal: &Proposal) -> Result<(accounts::row::Model, accounts::row::Model)> {
    let mut ids = [proposal.account_id, proposal.proposed_by];
    ids.sort();
    let rows = [accounts::lock(work, ids[0]).await?, accounts::lock(work, ids[1]).await?];
    let [first, second] = rows;
    Ok(if first.id == proposal.account_id { (first, second) } else { (second, first) })
}

async fn settle(
    work: &Work<'_>,
    before: &Proposal,
    status: ProposalStatus,
    reason: Option<Text<2, 200>>,
) -> Result<Proposal> {
    let after = Proposal {
        status,
        decided_by: work.actor().account.map(AccountId),
        decided_at: Some(work.now()),
        decision_reason: reason.map(Text::into_string),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(before, &after).await?;
    Ok(after)
}

fn whoever_acts(work: &Work<'_>) -> Result<(AccountId, PersonId)> {
    let actor = work.actor();
    match (actor.account, actor.person) {
        (Some(account), Some(person)) => Ok((AccountId(account), PersonId(person))),
        _ => Err(Refusal::of(&TWO_PERSONS)),
    }
}

fn in_the_body(refusal: Refusal) -> Refusal {
    if refusal.entry == &ACCOUNT_NOT_FOUND {
        let title = ACCOUNT_NOT_FOUND.title.clone();
        return Refusal::invalid(vec![FieldFault::body("/account_id", ACCOUNT_NOT_FOUND.code, title)]);
    }
    refusal
}

fn record(work: &mut Work<'_>, entry: &'static EventEntry, proposal: &Proposal) {
    let data = json!({
        "account": proposal.account_id,
        "change": proposal.change,
        "role": proposal.role,
        "reason": proposal.decision_reason.as_ref().unwrap_or(&proposal.reason),
    });
    work.record(Event::new(entry, proposal.id.0, data));
}
