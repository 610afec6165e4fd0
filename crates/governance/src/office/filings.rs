//! Changes of office that are to be filed (Article 25 「及时报秘书处备案」; Article 17: directors, with the council). A
//! task is no record: it is a holder of an office whom no filing has reported, so it goes away with the filing.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::Actor;
use gongjian_kernel::calendar::{self, Calendar};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Event, Refusal, Result, Store, Target, Work, policy};
use gongjian_membership::filing::deadline::Deadline;
use gongjian_membership::filing::{self, Filing, FilingId, FilingKind, FilingStatus, NewFiling};
use gongjian_membership::unit::UnitStatus;
use gongjian_membership::{FilingPolicy, UnitId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, JoinType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::json;

use super::action::{OFFICE_FILE, OFFICE_READ, TenureInQuestion};
use super::event::OFFICE_CHANGE_FILED;
use super::fault::NOTHING_TO_FILE;
use super::{OfficeKind, TenureId, queries::require_reader, store};
use crate::body::BodyId;
use crate::post::{Moment, PostId};

gongjian_kernel::words! {
    /// Article 25: where the filing of a change stands.
    pub enum FilingState as "office_filing_state" ("职务变更备案情况", "Filing of a change of office") {
        Open = "open" ("待备案", "To be filed"),
        Late = "late" ("逾期未备案", "Late"),
        Filed = "filed" ("已备案", "Filed"),
    }
}

/// A holder of an office who took it by a change.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Change {
    pub tenure_id: TenureId,
    pub kind: OfficeKind,
    pub body_id: BodyId,
    pub body_name: String,
    pub post_id: Option<PostId>,
    pub post_name: Option<String>,
    pub unit_id: Option<UnitId>,
    pub person_id: PersonId,
    pub event_on: NaiveDate,
    pub filing_id: Option<FilingId>,
}

/// A change with where its filing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub change: Change,
    pub person: String,
    pub due_on: NaiveDate,
    pub due_estimated: bool,
    /// Working days late, until today or until it was filed.
    pub late_workdays: i32,
    pub state: FilingState,
    pub filing: Option<Filing>,
}

/// The kinds of office whose holders are filed as persons; the others by the change of a post's holder.
const FILED_BY_PERSON: [OfficeKind; 2] = [OfficeKind::CommitteeDirectorLead, OfficeKind::CommitteeDirectorMember];

#[expect(clippy::wildcard_enum_match_arm, reason = "every other kind is alike here")]
fn filing_kind(kind: OfficeKind) -> FilingKind {
    match kind {
        OfficeKind::CommitteeDirectorLead | OfficeKind::CommitteeDirectorMember => FilingKind::CommitteeDirector,
        _ => FilingKind::OfficeChange,
    }
}

/// Every change of office up to that day, and the filing that reports it, if there is one.
fn select(today: NaiveDate) -> SelectStatement {
    let of = |table: &'static str, column: &'static str| Expr::col((table, column));
    let known = Moment::on(today);
    let person = || Func::coalesce([of("t", "person_id"), of("h", "person_id")]);
    let event_on = || Func::coalesce([of("h", "valid_from"), of("t", "valid_from")]);
    let ended = || of("t", "valid_until");
    // The holder changes while the office lasts; whoever was there when it began was chosen with it.
    let of_post = of("h", "id")
        .is_not_null()
        .and(of("h", "brought_along").eq(false))
        .and(of("h", "valid_from").gte(of("t", "valid_from")))
        .and(ended().is_null().or(of("h", "valid_from").lt(ended())));
    let of_person = of("t", "kind").is_in(FILED_BY_PERSON.map(OfficeKind::as_str));
    Query::select()
        .expr_as(of("t", "id"), "tenure_id")
        .expr_as(of("t", "kind"), "kind")
        .expr_as(of("t", "body_id"), "body_id")
        .expr_as(of("b", "name"), "body_name")
        .expr_as(of("t", "post_id"), "post_id")
        .expr_as(of("p", "name"), "post_name")
        .expr_as(of("t", "unit_id"), "unit_id")
        .expr_as(person(), "person_id")
        .expr_as(event_on(), "event_on")
        .expr_as(of("f", "id"), "filing_id")
        .from_as("office_tenure", "t")
        .join_as(JoinType::InnerJoin, "body", "b", of("b", "id").equals(("t", "body_id")))
        .join_as(JoinType::LeftJoin, "post", "p", of("p", "id").equals(("t", "post_id")))
        .join_as(
            JoinType::LeftJoin,
            "post_holding",
            "h",
            of("h", "post_id").equals(("t", "post_id")).and(known.knows("h")),
        )
        .join_as(JoinType::LeftJoin, "unit", "u", of("u", "id").equals(("t", "unit_id")))
        .join_as(
            JoinType::LeftJoin,
            "filing",
            "f",
            of("f", "subject_id")
                .equals(("t", "id"))
                .and(of("f", "subject_kind").eq("office"))
                .and(of("f", "person_id").eq(person()))
                .and(of("f", "event_on").eq(event_on()))
                .and(of("f", "status").ne(FilingStatus::ReturnedForCorrection.as_str())),
        )
        .and_where(known.knows("t"))
        .and_where(of_post.or(of_person))
        .and_where(Expr::expr(event_on()).lte(today))
        .and_where(of("t", "unit_id").is_null().or(of("u", "status").eq(UnitStatus::Active.as_str())))
        .order_by(("t", "id"), Order::Asc)
        .order_by_expr(event_on().into(), Order::Asc)
        .to_owned()
}

/// One page of changes, by office and day.
pub async fn list(
    store: &Store,
    actor: &Actor,
    state: Option<FilingState>,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Task>> {
    require_reader(actor)?;
    let rules = Rules::of(store).await?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("office-filings", state))?;
    let mut query = select(rules.today);
    let event_on = || Func::coalesce([Expr::col(("h", "valid_from")), Expr::col(("t", "valid_from"))]);
    let filed = || Expr::col(("f", "id")).is_not_null();
    let late = || Expr::expr(event_on()).lte(rules.latest_late_event());
    match state {
        None => {}
        Some(FilingState::Filed) => drop(query.and_where(filed())),
        Some(FilingState::Late) => drop(query.and_where(filed().not()).and_where(late())),
        Some(FilingState::Open) => drop(query.and_where(filed().not()).and_where(late().not())),
    }
    if let Some(cursor) = cursor {
        let (tenure, day): (TenureId, NaiveDate) = page::open(&store.keys, &sealed_for, cursor)?;
        let same = || Expr::col(("t", "id")).eq(tenure.0);
        let later = Expr::col(("t", "id")).gt(tenure.0).or(same().and(Expr::expr(event_on()).gt(day)));
        query.and_where(later);
    }
    let rows = found(db, query.limit(limit + 1)).await?;
    let page = Page::cut(rows, limit, &store.keys, &sealed_for, |row| (row.tenure_id, row.event_on))?;
    Ok(Page { rows: rules.tasks(db, page.rows).await?, next_cursor: page.next_cursor })
}

/// Every change from one day to another with the filing that reports it, and those from before that no filing has
/// reported.
pub(crate) async fn changes(
    db: &impl ConnectionTrait,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(Change, Option<Filing>)>> {
    let event_on = Func::coalesce([Expr::col(("h", "valid_from")), Expr::col(("t", "valid_from"))]);
    let mut query = select(to);
    query.and_where(Expr::expr(event_on).gte(from).or(Expr::col(("f", "id")).is_null()));
    let changes = found(db, &query).await?;
    let filings = filing::queries::of(db, changes.iter().filter_map(|change| change.filing_id)).await?;
    let filings: HashMap<FilingId, Filing> = filings.into_iter().map(|one| (one.id, one)).collect();
    let filed = |change: Change| {
        let filing = change.filing_id.and_then(|id| filings.get(&id).cloned());
        (change, filing)
    };
    Ok(changes.into_iter().map(filed).collect())
}

async fn found(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<Change>> {
    let rows = db.query_all(query).await?;
    Ok(rows.iter().map(|row| Change::from_query_result(row, "")).collect::<std::result::Result<_, _>>()?)
}

/// Article 25: reports a change of the office. It is in effect already; the receipt says when it was filed, and how
/// late. Without a person, the earliest that is still open.
pub async fn file(work: &mut Work<'_>, target: Target<TenureId>, whom: Option<PersonId>) -> Result<Task> {
    let tenure = store::lock(work, target.id).await?;
    work.authorize(&OFFICE_FILE, &OFFICE_READ, &TenureInQuestion::from(&tenure))?;
    target.is_current(tenure.version)?;
    let mut query = select(work.today());
    query.and_where(Expr::col(("t", "id")).eq(tenure.id.0));
    let changes = found(work.tx(), &query).await?;
    let predecessor = |change: &Change| {
        let before = changes.iter().rev().find(|other| other.event_on < change.event_on);
        before.map(|other| other.person_id)
    };
    let open = changes.iter().find(|one| one.filing_id.is_none() && whom.is_none_or(|whom| one.person_id == whom));
    let open = open.ok_or_else(|| Refusal::of(&NOTHING_TO_FILE))?;
    let filing = filing::submit(
        work,
        NewFiling {
            kind: filing_kind(tenure.kind),
            unit: tenure.unit_id,
            person: Some(open.person_id),
            predecessor: predecessor(open),
            subject: ("office", tenure.id.0),
            event_on: open.event_on,
            filed_on: work.today(),
        },
    )
    .await?;
    let data = json!({
        "office": tenure.kind,
        "person": open.person_id,
        "receipt_no": filing.receipt_no,
        "event_on": filing.event_on,
        "late_workdays": filing.late_workdays,
    });
    work.record(Event::new(&OFFICE_CHANGE_FILED, tenure.id.0, data));
    let change = Change { filing_id: Some(filing.id), ..open.clone() };
    let rules = Rules::within(work).await?;
    let person = person::find(work.tx(), change.person_id).await?.map(|person| person.name).unwrap_or_default();
    Ok(rules.task(change, person, Some(filing)))
}

/// The day and the rules that changes are held against.
struct Rules {
    calendar: std::sync::Arc<Calendar>,
    policy: FilingPolicy,
    today: NaiveDate,
}

impl Rules {
    async fn of(store: &Store) -> Result<Self> {
        let policy = policy::current::<FilingPolicy>(store).await?.value.clone();
        Ok(Self { calendar: calendar::current(store).await?, policy, today: store.today() })
    }

    async fn within(work: &Work<'_>) -> Result<Self> {
        let policy = policy::within::<FilingPolicy>(work).await?.value.clone();
        Ok(Self { calendar: calendar::within(work).await?, policy, today: work.today() })
    }

    /// The last day whose changes are late today. The deadline never comes earlier for a later change.
    fn latest_late_event(&self) -> NaiveDate {
        let mut day = self.today;
        while Deadline::of(&self.calendar, &self.policy, day).due_on >= self.today {
            day -= Duration::days(1);
        }
        day
    }

    async fn tasks(&self, db: &impl ConnectionTrait, changes: Vec<Change>) -> Result<Vec<Task>> {
        let filings = filing::queries::of(db, changes.iter().filter_map(|change| change.filing_id)).await?;
        let mut filings: HashMap<FilingId, Filing> = filings.into_iter().map(|one| (one.id, one)).collect();
        let persons = person::list(db, changes.iter().map(|change| change.person_id)).await?;
        let names: HashMap<PersonId, String> = persons.into_iter().map(|one| (one.id, one.name)).collect();
        let task = |change: Change| {
            let name = names.get(&change.person_id).cloned().unwrap_or_default();
            let filing = change.filing_id.and_then(|id| filings.remove(&id));
            self.task(change, name, filing)
        };
        Ok(changes.into_iter().map(task).collect())
    }

    fn task(&self, change: Change, person: String, filing: Option<Filing>) -> Task {
        let deadline = Deadline::of(&self.calendar, &self.policy, change.event_on);
        let open_late = deadline.late_workdays(&self.calendar, self.today);
        let state = match &filing {
            Some(_) => FilingState::Filed,
            None if self.today > deadline.due_on => FilingState::Late,
            None => FilingState::Open,
        };
        Task {
            due_on: filing.as_ref().map_or(deadline.due_on, |filing| filing.due_on),
            due_estimated: deadline.estimated,
            late_workdays: filing.as_ref().map_or(open_late, |filing| filing.late_workdays),
            change,
            person,
            state,
            filing,
        }
    }
}
