//! Article 11(2) and (3): the work report and the annual plan of a year, adopted by the general meeting.

use gongjian_kernel::Result;
use gongjian_kernel::clock::day;
use sea_orm::{ConnectionTrait, QueryOrder as _, entity::prelude::*};

use super::Question;
use crate::compliance::Fact;
use crate::plan::store::row;
use crate::plan::{Instrument, InstrumentKind, InstrumentStatus};

/// It counts for the year that it is about, whenever it was adopted.
pub(super) async fn facts(
    db: &impl ConnectionTrait,
    question: &Question<'_>,
    kind: InstrumentKind,
) -> Result<Vec<Fact>> {
    let instruments = row::Entity::find()
        .filter(row::Column::Kind.eq(kind))
        .filter(row::Column::Status.is_in([InstrumentStatus::Adopted, InstrumentStatus::Published]))
        .filter(row::Column::Year.between(question.years.0, question.years.1))
        .filter(row::Column::AdoptedAt.lt(question.known_before()))
        .order_by_asc(row::Column::AdoptedAt)
        .all(db)
        .await?;
    let fact = |instrument: Instrument| {
        let on = day(instrument.adopted_at?);
        let path = format!("/v1/instruments/{}", instrument.id);
        Some(Fact {
            kind: kind.as_str(),
            id: instrument.id.0,
            path,
            title: instrument.title,
            on,
            of_year: instrument.year,
        })
    };
    Ok(instruments.into_iter().filter_map(fact).collect())
}
