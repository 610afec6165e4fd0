//! Reading ballots. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use gongjian_identity::PersonId;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Result, Store, Work};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::BALLOT_READ;
use super::lifecycle::{BallotKind, BallotOutcome, BallotStatus, Secrecy};
use super::outcome::{BallotResult, Frozen};
use super::store::{self, ballot, elector, mark};
use super::{Ballot, BallotId, Candidate, CandidateId, OnBody, RollEntry, sitting};
use crate::body::{self, Body, BodyId};
use crate::meeting::{AgendaItemId, MeetingId};

/// A ballot with what belongs to it.
#[derive(Debug, Clone)]
pub struct BallotOnFile {
    pub ballot: Ballot,
    pub body: Body,
    pub candidates: Vec<Candidate>,
    pub frozen: Option<Frozen>,
    pub result: Option<BallotResult>,
    /// How many have voted so far.
    pub voted: u64,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BallotFilter {
    pub meeting_id: Option<MeetingId>,
    pub agenda_item_id: Option<AgendaItemId>,
    pub body_id: Option<BodyId>,
    pub status: Vec<BallotStatus>,
}

/// A voice of the roll; how it voted where that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceOnRoll {
    pub entry: RollEntry,
    pub candidates: Vec<CandidateId>,
    /// Open ballots tell it, after the closing.
    pub is_told: bool,
}

/// A ballot by its id, for somebody who may read it; and how the permission stands to him.
pub async fn get(store: &Store, actor: &Actor, id: BallotId) -> Result<(BallotOnFile, OnBody)> {
    let db = store.db.reader();
    let (ballot, seen) = seen(store, actor, id).await?;
    authorize(actor, &BALLOT_READ, &BALLOT_READ, &seen)?;
    Ok((on_file(db, ballot, seen.body.clone()).await?, seen))
}

/// Whether the actor may do this to the ballot, for callers whose request is not valid.
pub async fn may(store: &Store, actor: &Actor, id: BallotId, wanted: &Permission) -> Result<()> {
    let (_, seen) = seen(store, actor, id).await?;
    authorize(actor, wanted, &BALLOT_READ, &seen)
}

async fn seen(store: &Store, actor: &Actor, id: BallotId) -> Result<(Ballot, OnBody)> {
    let db = store.db.reader();
    let ballot = store::get(db, id).await?;
    let body = body::get(db, ballot.body_id).await?;
    let seen = sitting::seen(db, actor, Some(id), body, store.now()).await?;
    Ok((ballot, seen))
}

/// Whether nobody may learn how anybody votes: a request to such a ballot leaves no trace of what it said.
pub async fn is_secret(store: &Store, id: BallotId) -> Result<bool> {
    let secrecy: Option<Secrecy> = ballot::Entity::find_by_id(id)
        .select_only()
        .column(ballot::Column::Secrecy)
        .into_tuple()
        .one(store.db.reader())
        .await?;
    Ok(secrecy != Some(Secrecy::Open))
}

/// The ballot as it is after a command.
pub async fn after(work: &Work<'_>, ballot: Ballot) -> Result<(BallotOnFile, OnBody)> {
    let body = body::get(work.tx(), ballot.body_id).await?;
    let seen = sitting::seen(work.tx(), work.actor(), Some(ballot.id), body, work.now()).await?;
    Ok((on_file(work.tx(), ballot, seen.body.clone()).await?, seen))
}

async fn on_file(db: &impl ConnectionTrait, ballot: Ballot, body: Body) -> Result<BallotOnFile> {
    let candidates = match ballot.kind {
        BallotKind::Motion => Vec::new(),
        BallotKind::Election => store::candidates(db, ballot.id).await?,
    };
    let voted = if ballot.opened_at.is_some() { store::turnout(db, ballot.id).await? } else { 0 };
    let (frozen, result) = (Frozen::find(&ballot)?, BallotResult::of(&ballot)?);
    Ok(BallotOnFile { ballot, body, candidates, frozen, result, voted })
}

/// One page of ballots, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &BallotFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<(Ballot, String)>> {
    use ballot::Column as C;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("ballots", filter))?;
    if !actor.has_some(&BALLOT_READ) {
        authorize(actor, &BALLOT_READ, &BALLOT_READ, &Association)?;
    }
    let mut query = ballot::Entity::find().order_by_desc(C::Id).limit(limit + 1);
    if let Some(bodies) = sitting::readable(db, actor, store.now()).await? {
        query = query.filter(C::BodyId.is_in(bodies));
    }
    if let Some(meeting) = filter.meeting_id {
        query = query.filter(C::MeetingId.eq(meeting));
    }
    if let Some(item) = filter.agenda_item_id {
        query = query.filter(C::AgendaItemId.eq(item));
    }
    if let Some(body) = filter.body_id {
        query = query.filter(C::BodyId.eq(body));
    }
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: BallotId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let names: HashMap<BodyId, String> = body::all(db).await?.into_iter().map(|body| (body.id, body.name)).collect();
    let named = |ballot: Ballot| {
        let name = names.get(&ballot.body_id).cloned().unwrap_or_default();
        (ballot, name)
    };
    Ok(Page { rows: page.rows.into_iter().map(named).collect(), next_cursor: page.next_cursor })
}

/// One page of the roll, by key. How a voice voted is told of open ballots, once they are closed and counted.
pub async fn roll(
    store: &Store,
    actor: &Actor,
    id: BallotId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<VoiceOnRoll>> {
    use elector::Column as C;
    let db = store.db.reader();
    let (ballot, seen) = seen(store, actor, id).await?;
    authorize(actor, &BALLOT_READ, &BALLOT_READ, &seen)?;
    let sealed_for = serde_json::to_string(&("ballot_roll", id))?;
    let mut query = elector::Entity::find().filter(C::BallotId.eq(id)).order_by_asc(C::ElectorKey).limit(limit + 1);
    if let Some(cursor) = cursor {
        let after: String = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::ElectorKey.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.elector_key.clone())?;
    let counted = matches!(ballot.outcome, Some(BallotOutcome::Carried | BallotOutcome::NotCarried));
    let is_told = counted && ballot.secrecy == Secrecy::Open;
    Ok(Page { rows: told(db, id, page.rows, is_told).await?, next_cursor: page.next_cursor })
}

async fn told(
    db: &impl ConnectionTrait,
    id: BallotId,
    rows: Vec<RollEntry>,
    is_told: bool,
) -> Result<Vec<VoiceOnRoll>> {
    let mut marks: HashMap<String, Vec<CandidateId>> = HashMap::new();
    if is_told {
        let keys = rows.iter().map(|row| row.elector_key.as_str());
        let found = mark::Entity::find()
            .filter(mark::Column::BallotId.eq(id))
            .filter(mark::Column::ElectorKey.is_in(keys))
            .order_by_asc(mark::Column::CandidateId)
            .all(db)
            .await?;
        for mark in found {
            marks.entry(mark.elector_key).or_default().push(mark.candidate_id);
        }
    }
    let voice = |entry: RollEntry| VoiceOnRoll {
        candidates: marks.remove(&entry.elector_key).unwrap_or_default(),
        entry,
        is_told,
    };
    Ok(rows.into_iter().map(voice).collect())
}

/// The receipts of the actor: of votes that he cast, and of his units.
pub async fn receipts(store: &Store, actor: &Actor, id: BallotId) -> Result<Vec<VoiceOnRoll>> {
    use elector::Column as C;
    let db = store.db.reader();
    let (ballot, seen) = seen(store, actor, id).await?;
    let mut own = C::UnitId.is_in(actor.units());
    if let Some(person) = actor.person {
        own = own.or(C::VotedBy.eq(PersonId(person)));
    }
    let voted = elector::Entity::find().filter(C::BallotId.eq(id)).filter(C::VotedAt.is_not_null()).filter(own);
    let rows = voted.order_by_asc(C::ElectorKey).all(db).await?;
    // Whoever voted by a written mandate reads his receipt, whatever else he may read.
    if rows.is_empty() {
        authorize(actor, &BALLOT_READ, &BALLOT_READ, &seen)?;
    }
    let is_told = ballot.secrecy == Secrecy::Open;
    told(db, id, rows, is_told).await
}
