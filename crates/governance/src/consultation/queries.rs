//! Reading consultations. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_identity::{PersonId, Role, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::clock::day;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Resource as _, Result, Store, Work};
use sea_orm::sea_query::Query;
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;
use serde_json::{Value, json};

use super::action::{CONSULTATION_READ, Hearing};
use super::fault::CONSULTATION_NOT_FOUND;
use super::outcome::{self, assess};
use super::store::row::{Column, Entity};
use super::store::{self, confirmation, party};
use super::{Consultation, ConsultationId, ConsultationStatus, Heard, Outcome, Party, Round, Statement, Tally};
use crate::body::action::OWN_BODY;
use crate::body::{self, Body};
use crate::decision::action::over_all;
use crate::decision::{Matter, MethodResult, not_concluded, unknown_result};
use crate::office::Voice;

/// A consultation with all that was said in it.
#[derive(Debug, Clone)]
pub struct ConsultationOnFile {
    pub consultation: Consultation,
    pub body: Body,
    /// The parties, and how each was heard in the round under way or the last one.
    pub heard: Vec<(Party, Heard)>,
    pub rounds: Vec<Round>,
    pub statements: Vec<Statement>,
    pub confirmations: Vec<confirmation::Model>,
    pub outcome: Outcome,
    pub tally: Tally,
    pub names: HashMap<PersonId, String>,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ConsultationFilter {
    pub body_id: Option<Uuid>,
    pub matter: Vec<Matter>,
    pub status: Vec<ConsultationStatus>,
}

impl ConsultationOnFile {
    /// The round under way, or the last one.
    #[must_use]
    pub fn round(&self) -> &Round {
        let last = self.rounds.len().saturating_sub(1);
        &self.rounds[last]
    }

    pub(super) fn parties(&self) -> Vec<Party> {
        self.heard.iter().map(|(party, _)| party.clone()).collect()
    }

    /// How the outcome is counted.
    #[must_use]
    pub fn arithmetic(&self) -> Value {
        let parties: Vec<Value> = self
            .heard
            .iter()
            .map(|(party, heard)| json!({ "party": party.key, "name": party.name, "heard": heard }))
            .collect();
        json!({
            "rounds": self.consultation.round_no, "silence_consents": self.consultation.silence_consents,
            "due_on": self.round().due_on, "tally": self.tally, "parties": parties,
        })
    }
}

pub(super) async fn within(work: &Work<'_>, consultation: Consultation) -> Result<ConsultationOnFile> {
    on_file(work.tx(), consultation, work.today()).await
}

/// How everybody was heard is computed for the day, or for the day on which the consultation ended.
async fn on_file(
    db: &impl ConnectionTrait,
    consultation: Consultation,
    today: NaiveDate,
) -> Result<ConsultationOnFile> {
    let id = consultation.id;
    let body = body::get(db, consultation.body_id).await?;
    let (parties, rounds) = (store::parties(db, id).await?, store::rounds(db, id).await?);
    let statements = store::statements(db, id).await?;
    let confirmations = store::confirmations(db, id).await?;
    let Some(round) = rounds.last() else { return Err(Refusal::internal("a consultation without a round")) };
    let on = consultation.ended_at.map_or(today, day);
    let silence = consultation.silence_consents;
    let heard: Vec<(Party, Heard)> = parties
        .into_iter()
        .map(|party| {
            let heard = outcome::heard(&party, round, &statements, silence, on);
            (party, heard)
        })
        .collect();
    let (outcome, tally) = assess(heard.iter().map(|(_, heard)| *heard));
    let acting = statements.iter().map(|row| row.stated_by).chain(confirmations.iter().map(|row| row.confirmed_by));
    let acting = acting.chain([consultation.opened_by]).flatten();
    let persons = person::list(db, acting).await?;
    let names = persons.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(ConsultationOnFile { consultation, body, heard, rounds, statements, confirmations, outcome, tally, names })
}

pub async fn find(db: &impl ConnectionTrait, id: ConsultationId, today: NaiveDate) -> Result<ConsultationOnFile> {
    let found = Entity::find_by_id(id).one(db).await?;
    on_file(db, found.ok_or_else(|| Refusal::of(&CONSULTATION_NOT_FOUND))?, today).await
}

/// The consultation for whoever may do that, and the parties that the actor speaks for now.
pub async fn check(
    store: &Store,
    actor: &Actor,
    id: ConsultationId,
    wanted: &Permission,
) -> Result<(ConsultationOnFile, Vec<String>)> {
    let db = store.db.reader();
    let found = find(db, id, store.today()).await?;
    let own = spoken_for(db, actor, &found.parties(), store.now()).await?;
    authorize(
        actor,
        wanted,
        &CONSULTATION_READ,
        &Hearing::new(&found.consultation, &found.body, &found.parties(), &own),
    )?;
    Ok((found, own))
}

/// The consultation as it is after a command, and the parties that the actor speaks for.
pub async fn seen_in(work: &Work<'_>, id: ConsultationId) -> Result<(ConsultationOnFile, Vec<String>)> {
    let found = find(work.tx(), id, work.today()).await?;
    let own = spoken_for(work.tx(), work.actor(), &found.parties(), work.now()).await?;
    Ok((found, own))
}

/// The parties that the actor speaks for at that instant.
pub async fn spoken_for(
    db: &impl ConnectionTrait,
    actor: &Actor,
    parties: &[Party],
    at: DateTime<Utc>,
) -> Result<Vec<String>> {
    let Some(person) = actor.person.map(PersonId) else { return Ok(Vec::new()) };
    let voice = Voice::of(db, person, at).await?;
    Ok(parties.iter().filter(|party| voice.is_for(&party.elector())).map(|party| party.key.clone()).collect())
}

/// One page of consultations, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ConsultationFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<(Consultation, Body)>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("consultations", filter))?;
    let bodies = body::all(db).await?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !over_all(actor, &CONSULTATION_READ) {
        if !actor.has_some(&CONSULTATION_READ) {
            authorize(actor, &CONSULTATION_READ, &CONSULTATION_READ, &Association)?;
        }
        query = query.filter(readable(actor, &bodies));
    }
    if let Some(body) = filter.body_id {
        query = query.filter(Column::BodyId.eq(body));
    }
    if !filter.matter.is_empty() {
        query = query.filter(Column::Matter.is_in(filter.matter.iter().copied()));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: ConsultationId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let with_body = |row: Consultation| {
        let body = bodies.iter().find(|body| body.id == row.body_id)?.clone();
        Some((row, body))
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(with_body).collect(), next_cursor: page.next_cursor })
}

/// Those of one's own body, and those in which one's unit or oneself is heard.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other kind is alike here")]
fn readable(actor: &Actor, bodies: &[Body]) -> Condition {
    let keeps = |body: &&Body| {
        actor.grants.iter().any(|grant| {
            [Role::BranchPresident, Role::CommitteeDirector].iter().any(|role| role.as_str() == grant.role)
                && body.relates(OWN_BODY, &grant.scope)
        })
    };
    let ids = bodies.iter().filter(keeps).map(|body| body.id);
    let units = actor.grants.iter().filter_map(|grant| match grant.scope {
        gongjian_kernel::Scope::Unit(unit)
            if [Role::MemberRepresentative, Role::MemberLiaison].iter().any(|role| role.as_str() == grant.role) =>
        {
            Some(unit)
        }
        _ => None,
    });
    let mut his = Condition::any().add(party::Column::UnitId.is_in(units));
    if let Some(person) = actor.person {
        his = his.add(party::Column::PersonId.eq(person));
    }
    let heard = Query::select().column(party::Column::ConsultationId).from(party::Entity).cond_where(his).to_owned();
    Condition::any().add(Column::BodyId.is_in(ids)).add(Column::Id.in_subquery(heard))
}

/// The result, once there is one.
pub(crate) async fn result(db: &impl ConnectionTrait, id: ConsultationId) -> Result<MethodResult> {
    let found = Entity::find_by_id(id).one(db).await?.ok_or_else(|| unknown_result("/consultation_id"))?;
    let concluded_at = found.ended_at.ok_or_else(not_concluded)?;
    Ok(MethodResult {
        body: found.body_id,
        matter: found.matter,
        carried: found.status == ConsultationStatus::Consensus,
        concluded_at,
        arithmetic: found.arithmetic.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or(Value::Null),
    })
}
