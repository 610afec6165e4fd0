//! One page of the units that a query finds, in the order of the list.

use gongjian_kernel::{Result, Store};
use sea_orm::sea_query::{Expr, ExprTrait as _, LikeExpr, Order, Query, SelectStatement, SimpleExpr};
use sea_orm::{Condition, ConnectionTrait as _, FromQueryResult as _, Statement, Value, entity::prelude::*};

use super::index::{row, term};
use super::terms::{CODE_IS_SELECTIVE, CODE_LENGTH, Wanted, term_of_code};
use crate::unit::UnitCard;
use crate::unit::store::unit;

/// What a page must satisfy beside the query.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub(crate) filter: Condition,
    /// The member number of the last row of the page before.
    pub(crate) after: Option<String>,
    pub(crate) limit: u64,
}

/// The first units of the window that `q` finds: by their texts, and by their numbers where it can be one.
pub(crate) async fn page(store: &Store, q: &str, window: &Window) -> Result<Vec<UnitCard>> {
    let sqlite = store.db.is_sqlite();
    let wanted = Wanted::of(q);
    let driver = rarest(store, &wanted.terms).await?;
    let found = read(store, &by_text(&wanted, driver, window)).await?;
    let Some(number) = &wanted.number else { return Ok(found) };
    let mut ids: Vec<_> = found.iter().map(|card| card.id).collect();
    for select in by_number(number, window, sqlite) {
        ids.extend(read(store, &select).await?.into_iter().map(|card| card.id));
    }
    // The database knows its own order of texts.
    let mut together = cards();
    together
        .from(unit::Entity)
        .and_where(unit::Column::Id.is_in(ids))
        .order_by((unit::Entity, unit::Column::MemberNo), Order::Asc)
        .limit(window.limit);
    read(store, &together).await
}

async fn read(store: &Store, select: &SelectStatement) -> Result<Vec<UnitCard>> {
    let db = store.db.reader();
    Ok(UnitCard::find_by_statement(db.get_database_backend().build(select)).all(db).await?)
}

fn cards() -> SelectStatement {
    use unit::Column as C;
    let mut select = Query::select();
    for column in [
        C::Id,
        C::MemberNo,
        C::Name,
        C::UnitType,
        C::AffiliationLevel,
        C::StreetCode,
        C::HandlesIssues,
        C::Status,
        C::JoinedOn,
    ] {
        select.expr(column.select_as(Expr::col((unit::Entity, column))));
    }
    select
}

/// More of a query's terms than these need not be weighed.
const TERMS_WEIGHED: usize = 12;
/// A term with so many units is common, whatever more it has.
const COMMON: u64 = 2_000;

/// The term with the fewest units.
async fn rarest<'a>(store: &Store, terms: &'a [String]) -> Result<Option<&'a str>> {
    let weighed = &terms[..terms.len().min(TERMS_WEIGHED)];
    if weighed.len() < 2 {
        return Ok(weighed.first().map(String::as_str));
    }
    let db = store.db.reader();
    let counts: Vec<String> = (1..=weighed.len())
        .map(|n| {
            let sign = if store.db.is_sqlite() { "?".to_owned() } else { format!("${n}") };
            format!("(SELECT count(*) FROM (SELECT 1 FROM unit_term WHERE term = {sign} LIMIT {COMMON}) AS t{n})")
        })
        .collect();
    let sql = format!("SELECT {}", counts.join(", "));
    let values: Vec<Value> = weighed.iter().map(|term| term.as_str().into()).collect();
    let counted = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let Some(counted) = counted else { return Ok(None) };
    let mut rarest: Option<(i64, &str)> = None;
    for (at, term) in weighed.iter().enumerate() {
        let count: i64 = counted.try_get_by_index(at)?;
        if rarest.is_none_or(|(least, _)| count < least) {
            rarest = Some((count, term));
        }
    }
    Ok(rarest.map(|(_, term)| term))
}

/// By a term, a stretch of the index in the order of the list. A single character has none: so many units
/// have it that the list itself is walked.
fn by_text(wanted: &Wanted, driver: Option<&str>, window: &Window) -> SelectStatement {
    let mut select = match driver {
        Some(term) => along(term, window),
        None => walk(window),
    };
    if wanted.exact {
        return select;
    }
    let same = Expr::col((row::Entity, row::Column::UnitId)).equals((unit::Entity, unit::Column::Id));
    select.cross_join(row::Entity).and_where(same).and_where(holds(row::Column::Texts, &wanted.key));
    select
}

/// SQLite takes the tables of a `CROSS JOIN` in the order in which they stand.
fn along(term: &str, window: &Window) -> SelectStatement {
    let number = || Expr::col((term::Entity, term::Column::MemberNo));
    let mut select = cards();
    select
        .from(term::Entity)
        .cross_join(unit::Entity)
        .and_where(number().equals((unit::Entity, unit::Column::MemberNo)))
        .and_where(term::Column::Term.eq(term))
        .cond_where(window.filter.clone())
        .order_by((term::Entity, term::Column::MemberNo), Order::Asc)
        .limit(window.limit);
    if let Some(after) = &window.after {
        select.and_where(number().gt(after.as_str()));
    }
    select
}

fn walk(window: &Window) -> SelectStatement {
    let mut select = cards();
    select
        .from(unit::Entity)
        .cond_where(window.filter.clone())
        .order_by((unit::Entity, unit::Column::MemberNo), Order::Asc)
        .limit(window.limit);
    if let Some(after) = &window.after {
        select.and_where(unit::Column::MemberNo.gt(after.as_str()));
    }
    select
}

/// The units whose member number, and those whose credit code, begins like this.
fn by_number(number: &str, window: &Window, sqlite: bool) -> Vec<SelectStatement> {
    let mut by_member_no = walk(window);
    by_member_no.and_where(begins(unit::Column::MemberNo, number, sqlite));
    let mut both = vec![by_member_no];
    if number.len() > CODE_LENGTH || number.contains('-') {
        return both;
    }
    // Most codes of a district begin alike, so a short beginning is a term.
    let by_code = if number.len() >= CODE_IS_SELECTIVE {
        let mut select = walk(window);
        select.and_where(begins(unit::Column::CreditCode, number, sqlite));
        Some(select)
    } else {
        term_of_code(number).map(|term| {
            let mut select = along(&term, window);
            select.and_where(unit::Column::CreditCode.like(LikeExpr::new(format!("{number}%"))));
            select
        })
    };
    both.extend(by_code);
    both
}

/// A beginning, in the words that lead each database to its index. A number holds no wildcards.
fn begins(column: unit::Column, number: &str, sqlite: bool) -> SimpleExpr {
    if sqlite {
        column.gte(number).and(column.lt(format!("{number}\u{10FFFF}")))
    } else {
        column.like(LikeExpr::new(format!("{number}%")))
    }
}

/// Any text around this one, whose own wildcards stand for themselves. Backslash would be read twice by
/// one of the databases.
fn holds(column: impl ColumnTrait, part: &str) -> SimpleExpr {
    let mut pattern = String::from("%");
    for c in part.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    column.like(LikeExpr::new(pattern).escape('!'))
}
