//! Articles 11 and 13: meetings that were opened. One that was planned, called or cancelled was not held; the civil
//! day in Shanghai on which it was opened tells for which period it counts.

use gongjian_kernel::Result;
use gongjian_kernel::clock::{day, start_of};
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{ConnectionTrait, JoinType, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use uuid::Uuid;

use super::{Question, next};
use crate::body::{BodyId, COUNCIL};
use crate::compliance::{Duty, Fact, Obligation, Period, Subject, SubjectKind};
use crate::meeting::{AgendaKind, Meeting, MeetingId, MeetingStatus};
use crate::meeting::{agenda_item, meeting_row as row};

const HELD: [MeetingStatus; 4] =
    [MeetingStatus::Open, MeetingStatus::Closed, MeetingStatus::Minuted, MeetingStatus::Approved];

/// The meetings that a body held in these years.
async fn held(db: &impl ConnectionTrait, question: &Question<'_>, body: BodyId) -> Result<Vec<Meeting>> {
    let (from, to) = question.span();
    Ok(row::Entity::find()
        .filter(row::Column::BodyId.eq(body))
        .filter(row::Column::Status.is_in(HELD))
        .filter(row::Column::OpenedAt.gte(start_of(from)))
        .filter(row::Column::OpenedAt.lt(start_of(next(to))))
        .filter(row::Column::OpenedAt.lt(question.known_before()))
        .order_by_asc(row::Column::OpenedAt)
        .all(db)
        .await?)
}

pub(super) async fn facts(db: &impl ConnectionTrait, question: &Question<'_>, body: BodyId) -> Result<Vec<Fact>> {
    let held = held(db, question, body).await?;
    Ok(held.iter().filter_map(fact).collect())
}

fn fact(meeting: &Meeting) -> Option<Fact> {
    Some(Fact {
        kind: "meeting",
        id: meeting.id.0,
        path: format!("/v1/meetings/{}", meeting.id),
        title: meeting.title.clone(),
        on: day(meeting.opened_at?),
        of_year: None,
    })
}

/// Article 13: each meeting of the council hears the secretariat.
pub(super) async fn reports(
    db: &impl ConnectionTrait,
    question: &Question<'_>,
    obligation: &'static Obligation,
) -> Result<Vec<Duty>> {
    let held = held(db, question, COUNCIL).await?;
    let of_meeting: RelationDef =
        agenda_item::Entity::belongs_to(row::Entity).from(agenda_item::Column::MeetingId).to(row::Column::Id).into();
    let (from, to) = question.span();
    let items: Vec<(MeetingId, Uuid, String)> = agenda_item::Entity::find()
        .select_only()
        .columns([agenda_item::Column::MeetingId, agenda_item::Column::Id, agenda_item::Column::Title])
        .join(JoinType::InnerJoin, of_meeting)
        .filter(agenda_item::Column::Kind.eq(AgendaKind::SecretariatReport))
        .filter(agenda_item::Column::AddedAt.lt(question.known_before()))
        .filter(Expr::col((row::Entity, row::Column::BodyId)).eq(COUNCIL))
        .filter(Expr::col((row::Entity, row::Column::OpenedAt)).gte(start_of(from)))
        .filter(Expr::col((row::Entity, row::Column::OpenedAt)).lt(start_of(next(to))))
        .order_by_asc(agenda_item::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let duty = |meeting: &Meeting| {
        let on = day(meeting.opened_at?);
        let subject = Subject::of(SubjectKind::Meeting, meeting.id.0, meeting.title.clone());
        let heard = items.iter().filter(|(of, _, _)| *of == meeting.id);
        let facts = heard.map(|(_, item, title)| Fact {
            kind: "agenda_item",
            id: *item,
            path: format!("/v1/meetings/{}", meeting.id),
            title: title.clone(),
            on,
            of_year: None,
        });
        Some(Duty { facts: facts.collect(), ..Duty::new(obligation, Period::of_event(on, on), subject) })
    };
    Ok(held.iter().filter_map(duty).collect())
}
