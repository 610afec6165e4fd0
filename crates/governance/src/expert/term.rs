//! Who is an expert on a day: the terms of office that stand for the person (domain.md A27: an end is possible, none
//! is needed).

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{ConnectionTrait, entity::prelude::*};

use crate::office::store::row as tenure;
use crate::office::{OfficeKind, TenureId};

/// A term in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub id: TenureId,
    pub since: NaiveDate,
    /// The first day after it.
    pub until: Option<NaiveDate>,
}

/// The persons who are experts on that day, as a part of a query.
pub(super) fn in_office(day: NaiveDate) -> SelectStatement {
    Query::select()
        .column(tenure::Column::PersonId)
        .from(tenure::Entity)
        .and_where(Expr::col(tenure::Column::Kind).eq(OfficeKind::Expert.as_str()))
        .and_where(Expr::col(tenure::Column::SupersededAt).is_null())
        .and_where(Expr::col(tenure::Column::PersonId).is_not_null())
        .and_where(Expr::col(tenure::Column::ValidFrom).lte(day))
        .and_where(Expr::col(tenure::Column::ValidUntil).is_null().or(Expr::col(tenure::Column::ValidUntil).gt(day)))
        .to_owned()
}

/// The terms of these persons that are in force that day.
pub(super) async fn in_force(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    day: NaiveDate,
) -> Result<HashMap<PersonId, Term>> {
    use tenure::Column as C;
    let rows = tenure::Entity::find()
        .filter(C::Kind.eq(OfficeKind::Expert))
        .filter(C::SupersededAt.is_null())
        .filter(C::PersonId.is_in(persons.iter().copied()))
        .filter(C::ValidFrom.lte(day))
        .filter(C::ValidUntil.is_null().or(C::ValidUntil.gt(day)))
        .all(db)
        .await?;
    let term =
        |row: tenure::Model| Some((row.person_id?, Term { id: row.id, since: row.valid_from, until: row.valid_until }));
    Ok(rows.into_iter().filter_map(term).collect())
}
