//! Lists: filters, order, pages.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::actor::ANY;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::work::Store;
use gongjian_kernel::{Actor, Refusal, Result, Scope, search};
use gongjian_membership::UnitId;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SimpleExpr};
use sea_orm::{Condition, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Seen, Today};
use crate::action::{ASSISTING, BRANCH, LEAD, ON_LEDGER, READ, SUBMITTED, SUBMITTER};
use crate::conference::ConferenceId;
use crate::issue::IssueId;
use crate::issue::store::{assist, issue};
use crate::vocabulary::{Goal, IssueKind, IssueLevel, IssueStatus, Light, Satisfaction, SupervisionLevel, Urgency};

gongjian_kernel::row_by_position! {
    /// The columns of a list row: no texts.
    #[sea_orm(entity = "issue::Entity", from_query_result = "false")]
    pub struct IssueCard {
        pub id: IssueId,
        pub status: IssueStatus,
        pub intake_no: Option<String>,
        pub ledger_no: Option<String>,
        pub kind: IssueKind,
        pub urgency: Urgency,
        pub category: String,
        pub title: String,
        pub goal: Option<Goal>,
        pub level: IssueLevel,
        pub street_code: Option<String>,
        pub submitter_unit_id: UnitId,
        pub created_at: DateTime<Utc>,
        pub submitted_on: Option<NaiveDate>,
        pub registered_on: Option<NaiveDate>,
        pub lead_unit_id: Option<UnitId>,
        pub dispatched_on: Option<NaiveDate>,
        pub sign_due_on: Option<NaiveDate>,
        pub designated: bool,
        pub round: i32,
        pub due_on: Option<NaiveDate>,
        pub due_estimated: bool,
        pub extension_count: i32,
        pub extension_pending: Option<i32>,
        pub replied_on: Option<NaiveDate>,
        pub satisfaction: Option<Satisfaction>,
        pub feedback_excluded: Option<String>,
        pub closed_on: Option<NaiveDate>,
        pub conference_id: Option<ConferenceId>,
        pub open_measures: i32,
        pub urge_count: i32,
        pub supervision_level: Option<SupervisionLevel>,
        pub version: i32,
    }
}

/// Whether the caller may read issues at all, and which.
fn visible(actor: &Actor) -> Result<Condition> {
    use issue::Column as C;
    let mut seen = Condition::any();
    let mut some = false;
    for grant in &actor.grants {
        for rule in READ.rules.iter().filter(|rule| rule.role == grant.role) {
            let submitted = || C::Status.ne(IssueStatus::Draft);
            let unit = match &grant.scope {
                Scope::Unit(unit) => Some(UnitId(*unit)),
                Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
            };
            let condition: Option<SimpleExpr> = match (rule.over, unit, &grant.scope) {
                (SUBMITTED, ..) => Some(submitted()),
                (ON_LEDGER, ..) => Some(C::LedgerNo.is_not_null()),
                (ANY, ..) => Some(Expr::val(1).eq(1)),
                (SUBMITTER, Some(unit), _) => Some(C::SubmitterUnitId.eq(unit)),
                (LEAD, Some(unit), _) => Some(C::LeadUnitId.eq(unit)),
                (ASSISTING, Some(unit), _) => Some(
                    C::Id.in_subquery(
                        Query::select()
                            .column(assist::Column::IssueId)
                            .from(assist::Entity)
                            .and_where(assist::Column::UnitId.eq(unit))
                            .to_owned(),
                    ),
                ),
                (BRANCH, _, Scope::Branch(street)) => Some(C::StreetCode.eq(street.as_str()).and(submitted())),
                _ => None,
            };
            if let Some(condition) = condition {
                some = true;
                seen = seen.add(condition);
            }
        }
    }
    if some {
        return Ok(seen);
    }
    Err(Refusal::of(&FORBIDDEN).with_article(READ.article))
}

/// How a list is ordered. The id is always the tie-break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum IssueSort {
    /// `-created_at`: newest first.
    #[default]
    Newest,
    /// `created_at`: oldest first.
    Oldest,
    /// `due_on`: the nearest deadline first; issues without one are left out.
    Deadline,
}

/// What a list asks for; all of it must hold.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IssueFilter {
    pub status: Vec<IssueStatus>,
    pub light: Vec<Light>,
    pub kind: Vec<IssueKind>,
    pub urgency: Vec<Urgency>,
    pub category: Vec<String>,
    pub level: Vec<IssueLevel>,
    pub goal: Vec<Goal>,
    pub street_code: Vec<String>,
    pub committee_code: Vec<String>,
    pub unit_id: Option<Uuid>,
    pub lead_unit_id: Option<Uuid>,
    pub assisting_unit_id: Option<Uuid>,
    pub number: Option<String>,
    pub submitted_on: DayRange,
    pub registered_on: DayRange,
    pub due_on: DayRange,
    pub closed_on: DayRange,
    pub q: Option<String>,
    pub sort: IssueSort,
}

/// Days, first and last included.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct DayRange {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl IssueFilter {
    fn condition(&self, today: &Today, sqlite: bool) -> Condition {
        use issue::Column as C;
        let mut all = Condition::all();
        macro_rules! any_of {
            ($($field:ident => $column:ident),*) => {$(
                if !self.$field.is_empty() {
                    all = all.add(C::$column.is_in(self.$field.iter().cloned()));
                }
            )*};
        }
        any_of!(status => Status, kind => Kind, urgency => Urgency, category => Category, level => Level, goal => Goal,
            street_code => StreetCode, committee_code => CommitteeCode);
        if !self.light.is_empty() {
            let lights = self.light.iter().map(|wanted| today.has_light(*wanted));
            all = all.add(lights.fold(Condition::any(), Condition::add));
        }
        if let Some(unit) = self.unit_id {
            all = all.add(C::SubmitterUnitId.eq(UnitId(unit)));
        }
        if let Some(unit) = self.lead_unit_id {
            all = all.add(C::LeadUnitId.eq(UnitId(unit)));
        }
        if let Some(unit) = self.assisting_unit_id {
            let assisted = Query::select()
                .column(assist::Column::IssueId)
                .from(assist::Entity)
                .and_where(assist::Column::UnitId.eq(UnitId(unit)))
                .to_owned();
            all = all.add(C::Id.in_subquery(assisted));
        }
        if let Some(number) = &self.number {
            all = all.add(Condition::any().add(C::LedgerNo.eq(number)).add(C::IntakeNo.eq(number)));
        }
        for (column, days) in [
            (C::SubmittedOn, self.submitted_on),
            (C::RegisteredOn, self.registered_on),
            (C::DueOn, self.due_on),
            (C::ClosedOn, self.closed_on),
        ] {
            all = all.add_option(days.from.map(|day| column.gte(day)));
            all = all.add_option(days.until.map(|day| column.lte(day)));
        }
        if let Some(q) = &self.q {
            all = all.add(found(q, sqlite));
        }
        all
    }
}

/// The text search, the one query that the databases write differently.
fn found(q: &str, sqlite: bool) -> SimpleExpr {
    if search::phrases(q).is_empty() {
        return Expr::val(1).eq(0);
    }
    if sqlite {
        let sql = "issue.id IN (SELECT issue_id FROM issue_search WHERE issue_search MATCH ?)";
        Expr::cust_with_values(sql, [search::fts5(q)])
    } else {
        let sql = "issue.id IN (SELECT issue_id FROM issue_search WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', $1))";
        Expr::cust_with_values(sql, [search::tsquery(q)])
    }
}

/// One page of the issues that the caller may see.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &IssueFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Seen<IssueCard>>> {
    use issue::Column as C;
    let today = Today::of(store).await?;
    let db = store.db.reader();
    let fingerprint = serde_json::to_string(filter)?;
    let mut query = issue::Entity::find()
        .filter(visible(actor)?)
        .filter(filter.condition(&today, store.db.is_sqlite()))
        .limit(limit + 1);
    let after: Option<(Option<NaiveDate>, IssueId)> =
        cursor.map(|cursor| page::open(&store.keys, &fingerprint, cursor)).transpose()?;
    match filter.sort {
        IssueSort::Newest => {
            query = query.order_by_desc(C::Id);
            if let Some((_, id)) = after {
                query = query.filter(C::Id.lt(id));
            }
        }
        IssueSort::Oldest => {
            query = query.order_by_asc(C::Id);
            if let Some((_, id)) = after {
                query = query.filter(C::Id.gt(id));
            }
        }
        IssueSort::Deadline => {
            query = query.filter(C::DueOn.is_not_null()).order_by_asc(C::DueOn).order_by_asc(C::Id);
            if let Some((due_on, id)) = after {
                let later = Condition::any()
                    .add(C::DueOn.gt(due_on))
                    .add(Condition::all().add(C::DueOn.eq(due_on)).add(C::Id.gt(id)));
                query = query.filter(later);
            }
        }
    }
    let rows = query.into_partial_model::<IssueCard>().all(db).await?;
    let page = Page::cut(rows, limit, &store.keys, &fingerprint, |card| (card.due_on, card.id))?;
    let helped = assisted_by(db, actor, &page.rows).await?;
    let rows = page.rows.into_iter().map(|card| {
        let assisting = helped.iter().filter(|(id, _)| *id == card.id).map(|(_, unit)| *unit).collect();
        today.card(actor, card, assisting)
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

/// Which of these issues the caller's own units assist: one query for the page, none for callers who act
/// for no unit.
async fn assisted_by(db: &impl ConnectionTrait, actor: &Actor, cards: &[IssueCard]) -> Result<Vec<(IssueId, UnitId)>> {
    let units: Vec<UnitId> = actor.units().map(UnitId).collect();
    let open: Vec<IssueId> = cards.iter().filter(|card| card.dispatched_on.is_some()).map(|card| card.id).collect();
    if units.is_empty() || open.is_empty() {
        return Ok(Vec::new());
    }
    let rows = assist::Entity::find()
        .filter(assist::Column::IssueId.is_in(open))
        .filter(assist::Column::UnitId.is_in(units))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.issue_id, row.unit_id)).collect())
}
