//! Article 2: the council briefs members at regular intervals, and tells them what became of their opinions.

use gongjian_kernel::Result;
use gongjian_kernel::clock::{day, start_of};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, entity::prelude::*};

use super::{Question, next};
use crate::briefing::opinion::{Call, CallStatus, store::call};
use crate::briefing::store::row;
use crate::briefing::{Briefing, BriefingStatus};
use crate::compliance::{Duty, Fact, Obligation, Period, Subject, SubjectKind};

/// Briefings that were issued in these years, and not withdrawn by then.
pub(super) async fn facts(db: &impl ConnectionTrait, question: &Question<'_>) -> Result<Vec<Fact>> {
    let (from, to) = question.span();
    let issued = row::Entity::find()
        .filter(row::Column::Status.is_in([BriefingStatus::Issued, BriefingStatus::Withdrawn]))
        .filter(row::Column::IssuedAt.gte(start_of(from)))
        .filter(row::Column::IssuedAt.lt(start_of(next(to))))
        .filter(row::Column::IssuedAt.lt(question.known_before()))
        .filter(row::Column::WithdrawnAt.is_null().or(row::Column::WithdrawnAt.gte(question.known_before())))
        .order_by_asc(row::Column::IssuedAt)
        .all(db)
        .await?;
    let fact = |briefing: Briefing| {
        let (on, id) = (day(briefing.issued_at?), briefing.id.0);
        let path = format!("/v1/briefings/{id}");
        Some(Fact { kind: "briefing", id, path, title: briefing.title, on, of_year: None })
    };
    Ok(issued.into_iter().filter_map(fact).collect())
}

/// Each call for opinion that is closed is answered: every point has its result.
pub(super) async fn results(
    db: &impl ConnectionTrait,
    question: &Question<'_>,
    obligation: &'static Obligation,
) -> Result<Vec<Duty>> {
    let calls = call::Entity::find()
        .filter(call::Column::Status.is_in([CallStatus::Closed, CallStatus::Answered]))
        .filter(call::Column::ClosedAt.gte(start_of(question.from())))
        .filter(call::Column::ClosedAt.lt(question.known_before()))
        .order_by_asc(call::Column::ClosedAt)
        .all(db)
        .await?;
    let duty = |call: Call| {
        let closed_on = day(call.closed_at?);
        let due = question.rules.calendar.add(closed_on, question.rules.policy.opinion_result_workdays);
        let path = format!("/v1/opinion-calls/{}", call.id);
        let answered = call.answered_at.filter(|at| *at < question.known_before());
        let fact = answered.map(|at| Fact {
            kind: "opinion_call",
            id: call.id.0,
            path,
            title: call.title.clone(),
            on: day(at),
            of_year: None,
        });
        let subject = Subject::of(SubjectKind::OpinionCall, call.id.0, call.title);
        Some(Duty {
            warn_on: question.warning(obligation.warning, closed_on, due.on),
            due_estimated: due.estimated,
            facts: fact.into_iter().collect(),
            ..Duty::new(obligation, Period::of_event(closed_on, due.on), subject)
        })
    };
    Ok(calls.into_iter().filter_map(duty).collect())
}
