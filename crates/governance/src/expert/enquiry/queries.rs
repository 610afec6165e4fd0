//! Reading enquiries. What the caller may see is part of the `WHERE`.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use gongjian_identity::{PersonId, Role, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::calendar::{self, Calendar};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::policy::{self, InForce};
use gongjian_kernel::{Refusal, Result, Scope, Store, Work};
use gongjian_membership::action::own_units;
use sea_orm::sea_query::Query;
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::sight::{Sight, voices};
use super::store::{self, assignment, reader, row};
use super::{AssignmentStatus, Enquiry, EnquiryId, EnquiryLight, EnquiryStatus, ExpertOpinion, Publicity};
use crate::acting;
use crate::expert::action::{ENQUIRY_READ, TOLD};
use crate::expert::fault::ENQUIRY_NOT_FOUND;
use crate::expert::{ExpertId, ExpertPolicy, queries as experts, store as profiles};

/// An enquiry as one reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnquiryOnFile {
    pub sight: Sight,
    pub experts: HashMap<ExpertId, String>,
    /// Those that the reader may read.
    pub opinions: Vec<ExpertOpinion>,
    pub asked_by: Option<String>,
    pub light: Option<EnquiryLight>,
}

/// What a list is narrowed to. An empty list narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EnquiryFilter {
    pub status: Vec<EnquiryStatus>,
    pub field: Vec<String>,
    pub expert_id: Option<Uuid>,
    pub asker_unit_id: Option<Uuid>,
    /// Assigned, and its time has passed.
    pub overdue: Option<bool>,
}

/// The days that divide the lights.
#[derive(Debug, Clone, Copy)]
struct LightDays {
    today: NaiveDate,
    near_until: NaiveDate,
}

impl LightDays {
    fn on(today: NaiveDate, calendar: &Calendar, policy: &ExpertPolicy) -> Self {
        let beyond = calendar.add(today, policy.yellow_workdays + 1).on;
        Self { today, near_until: beyond.checked_sub_days(Days::new(1)).unwrap_or(beyond) }
    }
}

/// A pure function of status, deadline and day.
#[must_use]
pub fn light(
    status: EnquiryStatus,
    due_on: Option<NaiveDate>,
    today: NaiveDate,
    near_until: NaiveDate,
) -> Option<EnquiryLight> {
    match status {
        EnquiryStatus::Submitted | EnquiryStatus::Returned | EnquiryStatus::Withdrawn => None,
        EnquiryStatus::Answered | EnquiryStatus::Concluded | EnquiryStatus::Published => Some(EnquiryLight::Grey),
        EnquiryStatus::Assigned => due_on.map(|due_on| match () {
            () if due_on < today => EnquiryLight::Red,
            () if due_on <= near_until => EnquiryLight::Yellow,
            () => EnquiryLight::Green,
        }),
    }
}

pub async fn get(store: &Store, actor: &Actor, id: EnquiryId) -> Result<EnquiryOnFile> {
    let db = store.db.reader();
    let found = row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&ENQUIRY_NOT_FOUND))?;
    let sight = Sight::of(db, actor, found).await?;
    authorize(actor, &ENQUIRY_READ, &ENQUIRY_READ, &sight)?;
    let days = days(store.today(), calendar::current(store).await?, policy::current(store).await?);
    on_file(db, vec![sight], days).await?.pop().ok_or_else(|| Refusal::of(&ENQUIRY_NOT_FOUND))
}

/// The enquiry as it is after a command.
pub async fn within(work: &Work<'_>, enquiry: Enquiry) -> Result<EnquiryOnFile> {
    let sight = Sight::of(work.tx(), work.actor(), enquiry).await?;
    let days = days(work.today(), calendar::within(work).await?, policy::within(work).await?);
    let found = on_file(work.tx(), vec![sight], days).await?.pop();
    found.ok_or_else(|| Refusal::of(&ENQUIRY_NOT_FOUND))
}

fn days(today: NaiveDate, calendar: Arc<Calendar>, policy: Arc<InForce<ExpertPolicy>>) -> LightDays {
    LightDays::on(today, &calendar, &policy.value)
}

/// What of all enquiries the actor may see.
async fn visible(db: &impl ConnectionTrait, actor: &Actor) -> Result<Condition> {
    use row::Column as C;
    if acting::sees_all(actor, &ENQUIRY_READ) {
        return Ok(Condition::all());
    }
    if !actor.has_some(&ENQUIRY_READ) {
        authorize(actor, &ENQUIRY_READ, &ENQUIRY_READ, &Association)?;
    }
    let mut seen = Condition::any().add(C::AskerUnitId.is_in(own_units(actor, &ENQUIRY_READ)));
    for grant in &actor.grants {
        seen = match &grant.scope {
            Scope::Branch(street) => seen.add(C::AskerStreet.eq(street)),
            Scope::Body(body) => seen.add(C::AskerBodyId.eq(*body)),
            Scope::Association | Scope::Unit(_) => seen,
        };
    }
    if actor.holds(Role::Expert.as_str())
        && let Some(person) = actor.person
        && let Some(me) = profiles::of_person(db, PersonId(person)).await?
    {
        seen = seen.add(C::Id.in_subquery(assigned_to(me.id)));
    }
    let is_told = ENQUIRY_READ.rules.iter().any(|rule| rule.over == TOLD && actor.holds(rule.role));
    if is_told {
        let told =
            Query::select().column(reader::Column::EnquiryId).from(reader::Entity).cond_where(voices(actor)).to_owned();
        seen = seen.add(C::PublishedTo.eq(Publicity::Members)).add(C::Id.in_subquery(told));
    }
    Ok(seen)
}

fn assigned_to(expert: ExpertId) -> sea_orm::sea_query::SelectStatement {
    let his = AssignmentStatus::ALL.iter().filter(|status| status.is_his()).map(|status| status.as_str());
    Query::select()
        .column(assignment::Column::EnquiryId)
        .from(assignment::Entity)
        .and_where(assignment::Column::ExpertId.eq(expert))
        .and_where(assignment::Column::Status.is_in(his))
        .to_owned()
}

/// One page of enquiries, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &EnquiryFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<EnquiryOnFile>> {
    use row::Column as C;
    let (db, today) = (store.db.reader(), store.today());
    let sealed_for = serde_json::to_string(&("enquiries", filter))?;
    let mut query = row::Entity::find().filter(visible(db, actor).await?).order_by_desc(C::Id).limit(limit + 1);
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if !filter.field.is_empty() {
        query = query.filter(C::Field.is_in(&filter.field));
    }
    if let Some(unit) = filter.asker_unit_id {
        query = query.filter(C::AskerUnitId.eq(unit));
    }
    if let Some(expert) = filter.expert_id {
        query = query.filter(C::Id.in_subquery(assigned_to(ExpertId(expert))));
    }
    if let Some(overdue) = filter.overdue {
        let is_over = Condition::all().add(C::Status.eq(EnquiryStatus::Assigned)).add(C::DueOn.lt(today));
        query = query.filter(if overdue {
            is_over
        } else {
            Condition::any().add(C::Status.ne(EnquiryStatus::Assigned)).add(C::DueOn.gte(today))
        });
    }
    if let Some(cursor) = cursor {
        let before: EnquiryId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let days = days(today, calendar::current(store).await?, policy::current(store).await?);
    let sights = sights(db, actor, page.rows).await?;
    Ok(Page { rows: on_file(db, sights, days).await?, next_cursor: page.next_cursor })
}

/// The same as for one, in a fixed number of queries.
async fn sights(db: &impl ConnectionTrait, actor: &Actor, rows: Vec<Enquiry>) -> Result<Vec<Sight>> {
    let ids: Vec<EnquiryId> = rows.iter().map(|row| row.id).collect();
    let assignments = store::assignments(db, ids.iter().copied()).await?;
    let me = match actor.person {
        Some(person) => profiles::of_person(db, PersonId(person)).await?.map(|expert| expert.id),
        None => None,
    };
    let told: Vec<EnquiryId> = reader::Entity::find()
        .filter(reader::Column::EnquiryId.is_in(ids))
        .filter(voices(actor))
        .select_only()
        .column(reader::Column::EnquiryId)
        .into_tuple()
        .all(db)
        .await?;
    let sight = |enquiry: Enquiry| Sight {
        assignments: assignments.iter().filter(|it| it.enquiry_id == enquiry.id).cloned().collect(),
        me,
        is_told: enquiry.published_to == Some(Publicity::Members) || told.contains(&enquiry.id),
        enquiry,
    };
    Ok(rows.into_iter().map(sight).collect())
}

async fn on_file(db: &impl ConnectionTrait, sights: Vec<Sight>, days: LightDays) -> Result<Vec<EnquiryOnFile>> {
    let names = experts::names(db, sights.iter().flat_map(|it| &it.assignments).map(|it| it.expert_id)).await?;
    let opinions = store::opinions(db, sights.iter().map(|it| it.enquiry.id)).await?;
    let askers = person::list(db, sights.iter().filter_map(|it| it.enquiry.asked_by)).await?;
    let askers: HashMap<PersonId, String> = askers.into_iter().map(|person| (person.id, person.name)).collect();
    let on_file = |sight: Sight| {
        let it = &sight.enquiry;
        // Until all have answered, an opinion is its author's alone; what somebody said who then stood aside is
        // nobody else's advice.
        let stands = |expert| {
            sight.assignments.iter().any(|part| part.expert_id == expert && part.status == AssignmentStatus::Answered)
        };
        let is_read = |said: &&ExpertOpinion| {
            said.enquiry_id == it.id
                && (it.status.shows_opinions() && stands(said.expert_id) || Some(said.expert_id) == sight.me)
        };
        EnquiryOnFile {
            experts: sight
                .assignments
                .iter()
                .filter_map(|part| names.get_key_value(&part.expert_id))
                .map(|(id, name)| (*id, name.clone()))
                .collect(),
            opinions: opinions.iter().filter(is_read).cloned().collect(),
            asked_by: it.asked_by.and_then(|id| askers.get(&id).cloned()),
            light: light(it.status, it.due_on, days.today, days.near_until),
            sight,
        }
    };
    Ok(sights.into_iter().map(on_file).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lights_of_an_enquiry() {
        let on = |day: &str| day.parse::<NaiveDate>().unwrap();
        let (today, near) = (on("2026-11-20"), on("2026-11-24"));
        let at = |status, due: &str| light(status, due.parse().ok(), today, near);
        assert_eq!(at(EnquiryStatus::Assigned, "2026-11-19"), Some(EnquiryLight::Red));
        assert_eq!(at(EnquiryStatus::Assigned, "2026-11-24"), Some(EnquiryLight::Yellow));
        assert_eq!(at(EnquiryStatus::Assigned, "2026-11-25"), Some(EnquiryLight::Green));
        assert_eq!(at(EnquiryStatus::Answered, "2026-11-19"), Some(EnquiryLight::Grey));
        assert_eq!(at(EnquiryStatus::Submitted, ""), None);
    }
}
