//! Articles 12, 14, 15, 17, 18: offices that are to be filled, and terms that end and want a successor. Tenures tell
//! what was known when, so that a past day is told as it was told then.

use std::collections::HashMap;

use gongjian_kernel::Result;
use gongjian_kernel::clock::day;
use gongjian_membership::filing::Filing;
use gongjian_membership::filing::deadline::Deadline;
use sea_orm::{ConnectionTrait, QueryOrder as _, entity::prelude::*};

use super::Question;
use crate::body::{Body, BodyId, BodyKind, body_row};
use crate::compliance::{Duty, Fact, Obligation, Period, Subject, SubjectKind};
use crate::office::filings::{self, Change};
use crate::office::store::row;
use crate::office::succession::followers;
use crate::office::{OfficeKind, Tenure};
use crate::post::Moment;

/// What is known of offices and of the bodies that they belong to, read once for all obligations.
pub(super) struct Known {
    tenures: Vec<Tenure>,
    bodies: HashMap<BodyId, Body>,
}

pub(super) async fn known(db: &impl ConnectionTrait, question: &Question<'_>) -> Result<Known> {
    let moment = Moment { day: question.as_of, known_at: Some(question.known_before()) };
    let kinds = [
        OfficeKind::CommitteeDirectorLead,
        OfficeKind::CommitteeDirectorMember,
        OfficeKind::AnnualVicePresidentDesignated,
        OfficeKind::AnnualVicePresidentElected,
        OfficeKind::CouncilUnit,
        OfficeKind::Expert,
        OfficeKind::BranchCoPresident,
    ];
    let tenures = row::Entity::find()
        .filter(row::Column::Kind.is_in(kinds))
        .filter(moment.knows("office_tenure"))
        .order_by_asc(row::Column::ValidFrom)
        .all(db)
        .await?;
    let bodies = body_row::Entity::find().all(db).await?;
    Ok(Known { tenures, bodies: bodies.into_iter().map(|body| (body.id, body)).collect() })
}

fn fact(tenure: &Tenure) -> Fact {
    Fact {
        kind: "office",
        id: tenure.id.0,
        path: format!("/v1/offices/{}", tenure.id),
        title: tenure.basis.clone(),
        // It is on file from the day on which it was recorded, and holds from its own.
        on: day(tenure.recorded_at).max(tenure.valid_from),
        of_year: None,
    }
}

/// Article 17: each committee has two directors. One that is missing is to be found from the day on which the
/// committee was founded, or the one before him left.
pub(super) fn directors(
    question: &Question<'_>,
    obligation: &'static Obligation,
    kind: OfficeKind,
    known: &Known,
) -> Vec<Duty> {
    let limit = question.rules.policy.director_workdays;
    let lives = |body: &&Body| {
        body.kind == BodyKind::Committee
            && body.founded_on.is_none_or(|day| day <= question.as_of)
            && body.dissolved_on.is_none_or(|day| day > question.as_of)
    };
    let of_body = |body: &Body| {
        let terms: Vec<&Tenure> = known.tenures.iter().filter(|it| it.kind == kind && it.body_id == body.id).collect();
        let mut duties = Vec::new();
        // Of a committee that was there before it was kept, it is asked for since there is somebody to ask.
        let mut vacant_since = Some(body.founded_on.unwrap_or(question.began_on));
        let mut is_first = true;
        for (at, term) in terms.iter().enumerate() {
            let begins_on = term.valid_from;
            if let Some(since) = vacant_since.filter(|since| is_first || begins_on > *since) {
                duties.push((since, Some(fact(term))));
            }
            is_first = false;
            vacant_since = term.valid_until.filter(|until| *until <= question.as_of || terms.len() > at + 1);
        }
        duties.extend(vacant_since.filter(|since| *since <= question.as_of).map(|since| (since, None)));
        let duty = |(since, fact): (chrono::NaiveDate, Option<Fact>)| {
            let due = question.rules.calendar.add(since, limit);
            let subject =
                Subject { body: Some(body.id), ..Subject::of(SubjectKind::Committee, body.id.0, body.name.clone()) };
            Duty {
                warn_on: question.warning(obligation.warning, since, due.on),
                due_estimated: due.estimated,
                facts: fact.into_iter().collect(),
                ..Duty::new(obligation, Period::of_event(since, due.on), subject)
            }
        };
        duties.into_iter().map(duty).collect::<Vec<_>>()
    };
    known.bodies.values().filter(lives).flat_map(of_body).collect()
}

/// Article 25: whoever takes an office by a change is filed in time.
pub(super) async fn changes(
    db: &impl ConnectionTrait,
    question: &Question<'_>,
    obligation: &'static Obligation,
) -> Result<Vec<Duty>> {
    let rules = question.rules;
    let changes = filings::changes(db, question.from(), question.as_of).await?;
    let duty = |(change, filing): (Change, Option<Filing>)| {
        let deadline = Deadline::of(&rules.calendar, &rules.filing, change.event_on);
        let fact = filing.filter(|filing| filing.submitted_at < question.known_before()).map(|filing| Fact {
            kind: "filing",
            id: filing.id.0,
            path: format!("/v1/filings/{}", filing.id),
            title: filing.receipt_no,
            on: filing.filed_on,
            of_year: None,
        });
        let name = format!("{} · {}", change.kind.label().zh, change.body_name);
        let subject = Subject {
            unit: change.unit_id,
            body: Some(change.body_id),
            ..Subject::of(SubjectKind::Office, change.tenure_id.0, name)
        };
        Duty {
            warn_on: deadline.remind_on,
            due_estimated: deadline.estimated,
            facts: fact.into_iter().collect(),
            ..Duty::new(obligation, Period::of_event(change.event_on, deadline.due_on), subject)
        }
    };
    Ok(changes.into_iter().map(duty).collect())
}

/// A term that ends wants a successor: a tenure of the same kind in the same body that begins when it ends, or later.
pub(super) fn terms(
    question: &Question<'_>,
    obligation: &'static Obligation,
    kind: OfficeKind,
    known: &Known,
) -> Vec<Duty> {
    let of_kind: Vec<&Tenure> = known.tenures.iter().filter(|tenure| tenure.kind == kind).collect();
    let followed = followers(&of_kind);
    let duty = |tenure: &Tenure| {
        let ends_on = tenure.valid_until?;
        let last_day = ends_on.pred_opt()?;
        let body = known.bodies.get(&tenure.body_id);
        // Whoever is named before the term ends meets it on the day on which he was.
        let facts = followed.get(&tenure.id).map(|&other| Fact { on: day(other.recorded_at), ..fact(other) });
        let name = format!("{} · {}", kind.label().zh, body.map_or("", |body| body.name.as_str()));
        let subject = Subject {
            unit: tenure.unit_id,
            street: body.and_then(|body| body.street_code.clone()),
            body: Some(tenure.body_id),
            ..Subject::of(SubjectKind::Office, tenure.id.0, name)
        };
        let period = Period { key: last_day.to_string(), from: tenure.valid_from, to: last_day };
        Some(Duty {
            warn_on: question.warning(obligation.warning, tenure.valid_from, last_day),
            facts: facts.into_iter().collect(),
            ..Duty::new(obligation, period, subject)
        })
    };
    of_kind.iter().filter_map(|&tenure| duty(tenure)).collect()
}
