//! When units had to file a representative or a liaison, and when they did (Article 25): the history of what
//! `gaps` tells of today. A vacancy begins with joining, or with the end of a term that nobody took over.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use gongjian_kernel::Result;
use gongjian_kernel::calendar::Calendar;
use gongjian_kernel::clock::{day, start_of};
use sea_orm::sea_query::{ExprTrait as _, Query, SelectStatement};
use sea_orm::{ConnectionTrait, JoinType, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::deadline::Deadline;
use super::{FilingId, FilingPolicy};
use crate::unit::period::row as period;
use crate::unit::store::{contact, unit};
use crate::unit::{ContactKind, UnitContactId, UnitId, UnitStatus};

/// A time in which a unit had nobody on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    pub unit_id: UnitId,
    pub unit_name: String,
    pub street_code: String,
    pub kind: ContactKind,
    pub since_on: NaiveDate,
    pub remind_on: NaiveDate,
    pub due_on: NaiveDate,
    pub due_estimated: bool,
    pub filled: Option<Filled>,
}

/// The term that ended a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    pub term: UnitContactId,
    /// None for what was filed before there were receipts.
    pub filing: Option<FilingId>,
    /// The day on which the secretariat received it.
    pub on: NaiveDate,
}

/// Which vacancies are looked for.
#[derive(Debug, Clone)]
pub struct Search<'a> {
    /// Those that began on this day or later; of those that last, all.
    pub from: NaiveDate,
    /// As it was at the end of this day.
    pub as_of: NaiveDate,
    /// Of these units, or of units in these streets; of all where none are named.
    pub only: Option<(&'a [UnitId], &'a [String])>,
}

/// A membership, as far as it matters here.
type Member = (UnitId, NaiveDate, Option<NaiveDate>, String, String);

/// All of them, in two queries.
pub async fn search(
    db: &impl ConnectionTrait,
    search: &Search<'_>,
    calendar: &Calendar,
    policy: &FilingPolicy,
) -> Result<Vec<Vacancy>> {
    let of_unit: RelationDef =
        period::Entity::belongs_to(unit::Entity).from(period::Column::UnitId).to(unit::Column::Id).into();
    let members: Vec<Member> = period::Entity::find()
        .select_only()
        .columns([period::Column::UnitId, period::Column::JoinedOn, period::Column::LeftOn])
        .column(unit::Column::Name)
        .column(unit::Column::StreetCode)
        .join(JoinType::InnerJoin, of_unit)
        .filter(period::Column::JoinedOn.lte(search.as_of))
        .filter(period::Column::UnitId.in_subquery(concerned(search)))
        .order_by_asc(period::Column::UnitId)
        .order_by_asc(period::Column::Seq)
        .into_tuple()
        .all(db)
        .await?;
    let terms = contact::Entity::find()
        .filter(contact::Column::UnitId.in_subquery(concerned(search)))
        .order_by_asc(contact::Column::Since)
        .order_by_asc(contact::Column::Id)
        .all(db)
        .await?;
    let mut by_office: HashMap<(UnitId, ContactKind), Vec<contact::Model>> = HashMap::new();
    for term in terms.into_iter().filter(|term| day(term.since) <= search.as_of) {
        by_office.entry((term.unit_id, term.kind)).or_default().push(term);
    }
    let vacancies = members.iter().flat_map(|(unit_id, joined_on, left_on, name, street)| {
        ContactKind::ALL.iter().flat_map(|kind| {
            let terms = by_office.get(&(*unit_id, *kind)).map_or(&[][..], Vec::as_slice);
            let left_on = left_on.filter(|left_on| *left_on <= search.as_of);
            vacant(terms, *joined_on, left_on, search.as_of).into_iter().map(|(since_on, filled)| {
                let deadline = Deadline::of(calendar, policy, since_on);
                Vacancy {
                    unit_id: *unit_id,
                    unit_name: name.clone(),
                    street_code: street.clone(),
                    kind: *kind,
                    since_on,
                    remind_on: deadline.remind_on,
                    due_on: deadline.due_on,
                    due_estimated: deadline.estimated,
                    filled,
                }
            })
        })
    });
    Ok(vacancies.filter(|vacancy| vacancy.filled.is_none() || vacancy.since_on >= search.from).collect())
}

/// The units that joined or changed since then, or lack somebody.
fn concerned(search: &Search<'_>) -> SelectStatement {
    use sea_orm::sea_query::IntoColumnRef as _;
    let unit_id = || (unit::Entity, unit::Column::Id).into_column_ref();
    let joined = Query::select()
        .expr(Expr::val(1))
        .from(period::Entity)
        .and_where(Expr::col((period::Entity, period::Column::UnitId)).eq(Expr::col(unit_id())))
        .and_where(period::Column::JoinedOn.gte(search.from))
        .to_owned();
    let changed = Query::select()
        .expr(Expr::val(1))
        .from(contact::Entity)
        .and_where(Expr::col((contact::Entity, contact::Column::UnitId)).eq(Expr::col(unit_id())))
        .and_where(contact::Column::Until.gte(start_of(search.from)))
        .to_owned();
    let lacks = |kind: ContactKind| {
        let present = Query::select()
            .expr(Expr::val(1))
            .from(contact::Entity)
            .and_where(Expr::col((contact::Entity, contact::Column::UnitId)).eq(Expr::col(unit_id())))
            .and_where(contact::Column::Kind.eq(kind))
            .and_where(contact::Column::Until.is_null())
            .to_owned();
        unit::Column::Status.eq(UnitStatus::Active).and(Expr::exists(present).not())
    };
    let wanted = Expr::exists(joined)
        .or(Expr::exists(changed))
        .or(lacks(ContactKind::Representative))
        .or(lacks(ContactKind::Liaison));
    let mut units = Query::select();
    units.column((unit::Entity, unit::Column::Id)).from(unit::Entity).and_where(wanted);
    if let Some((ids, streets)) = search.only {
        let ids = unit::Column::Id.is_in(ids.iter().copied());
        units.and_where(ids.or(unit::Column::StreetCode.is_in(streets.iter().cloned())));
    }
    units
}

/// When nobody was on file, and which term ended it. `left_on` is the first day after the membership.
fn vacant(
    terms: &[contact::Model],
    joined_on: NaiveDate,
    left_on: Option<NaiveDate>,
    as_of: NaiveDate,
) -> Vec<(NaiveDate, Option<Filled>)> {
    let end = as_of.checked_add_days(Days::new(1)).map_or(as_of, |next| next);
    let over = |until: DateTime<Utc>| until < start_of(end);
    let mut found = Vec::new();
    // Joining asks for a filing, whether or not it came the same day.
    let mut open = Some(joined_on);
    let mut is_joining = true;
    for term in terms {
        let since_on = day(term.since);
        if since_on < joined_on || left_on.is_some_and(|left_on| since_on > left_on) {
            continue;
        }
        if let Some(vacant_since) = open.take()
            && (is_joining || since_on > vacant_since)
        {
            let filled = Filled { term: term.id, filing: term.filing_id, on: term.filed_on };
            found.push((vacant_since, Some(filled)));
        }
        is_joining = false;
        open = term.until.filter(|until| over(*until)).map(day);
    }
    if let Some(vacant_since) = open.filter(|_| left_on.is_none()) {
        found.push((vacant_since, None));
    }
    found
}

#[cfg(test)]
mod tests {
    use gongjian_identity::PersonId;

    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(since: &str, until: Option<&str>) -> contact::Model {
        let at = |text: &str| start_of(on(text)) + chrono::Duration::hours(10);
        contact::Model {
            id: UnitContactId(Uuid::from_u128(1)),
            unit_id: UnitId(Uuid::nil()),
            kind: ContactKind::Liaison,
            person_id: PersonId(Uuid::nil()),
            post: String::new(),
            filed_on: on(since),
            since: at(since),
            until: until.map(at),
            filing_id: None,
            predecessor_id: None,
            end_reason: None,
        }
    }

    fn told(terms: &[contact::Model], left_on: Option<&str>, as_of: &str) -> Vec<(String, Option<String>)> {
        let found = vacant(terms, on("2026-03-02"), left_on.map(on), on(as_of));
        found.into_iter().map(|(since, filled)| (since.to_string(), filled.map(|it| it.on.to_string()))).collect()
    }

    fn line(since: &str, filled: Option<&str>) -> (String, Option<String>) {
        (since.to_owned(), filled.map(str::to_owned))
    }

    #[test]
    fn joining_asks_for_a_filing_and_so_does_a_term_that_ends() {
        assert_eq!(told(&[], None, "2026-03-20"), [line("2026-03-02", None)]);
        let served = [term("2026-03-10", Some("2026-05-06")), term("2026-06-01", None)];
        let both = [line("2026-03-02", Some("2026-03-10")), line("2026-05-06", Some("2026-06-01"))];
        assert_eq!(told(&served, None, "2026-07-01"), both);
        let before = [line("2026-03-02", Some("2026-03-10")), line("2026-05-06", None)];
        assert_eq!(told(&served[..1], None, "2026-05-20"), before);
    }

    #[test]
    fn whoever_takes_over_at_once_leaves_no_vacancy() {
        let terms = [term("2026-03-02", Some("2026-05-06")), term("2026-05-06", None)];
        assert_eq!(told(&terms, None, "2026-07-01"), [line("2026-03-02", Some("2026-03-02"))]);
        assert_eq!(told(&terms[..1], None, "2026-05-05"), [line("2026-03-02", Some("2026-03-02"))]);
    }

    #[test]
    fn a_unit_that_has_left_owes_nothing_more() {
        let terms = [term("2026-03-02", Some("2026-05-06"))];
        assert_eq!(told(&terms, Some("2026-05-06"), "2026-07-01"), [line("2026-03-02", Some("2026-03-02"))]);
        assert!(told(&[], Some("2026-05-06"), "2026-07-01").is_empty());
    }
}
