//! What a unit that leaves was part of: open issues that it submitted, leads or assists (Article 9(4)).

use gongjian_kernel::page::{self, Page};
use gongjian_kernel::work::Store;
use gongjian_kernel::{Result, Work};
use gongjian_membership::UnitId;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use crate::issue::IssueId;
use crate::issue::store::{assist, issue};
use crate::vocabulary::IssueStatus;

/// An open issue, and what the unit has to do with it.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "issue::Entity")]
pub struct OpenIssue {
    pub id: IssueId,
    pub status: IssueStatus,
    pub intake_no: Option<String>,
    pub ledger_no: Option<String>,
    pub title: String,
    pub submitter_unit_id: UnitId,
    pub lead_unit_id: Option<UnitId>,
}

/// How many there are of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCounts {
    pub submitted: u64,
    pub led: u64,
    pub assisted: u64,
}

fn is_open() -> Expr {
    let done = IssueStatus::ALL.iter().copied().filter(|status| status.is_final() || *status == IssueStatus::Draft);
    issue::Column::Status.is_not_in(done)
}

fn assisted(unit: UnitId) -> Expr {
    let asked = Query::select()
        .column(assist::Column::IssueId)
        .from(assist::Entity)
        .and_where(assist::Column::UnitId.eq(unit))
        .to_owned();
    issue::Column::Id.in_subquery(asked)
}

/// One page, in the order in which they were submitted. The caller has been authorized.
pub async fn of_unit(store: &Store, unit: UnitId, limit: u64, cursor: Option<&str>) -> Result<Page<OpenIssue>> {
    use issue::Column as C;
    let sealed_for = format!("handover {unit}");
    let part = Condition::any().add(C::SubmitterUnitId.eq(unit)).add(C::LeadUnitId.eq(unit)).add(assisted(unit));
    let mut query = issue::Entity::find().filter(is_open()).filter(part).order_by_asc(C::Id).limit(limit + 1);
    if let Some(cursor) = cursor {
        let after: IssueId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.gt(after));
    }
    let rows = query.into_partial_model::<OpenIssue>().all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |row| row.id)
}

/// The same, counted as this unit of work sees it.
pub async fn counts(work: &Work<'_>, unit: UnitId) -> Result<OpenCounts> {
    let db = work.tx();
    Ok(OpenCounts {
        submitted: count(db, issue::Column::SubmitterUnitId.eq(unit)).await?,
        led: count(db, issue::Column::LeadUnitId.eq(unit)).await?,
        assisted: count(db, assisted(unit)).await?,
    })
}

async fn count(db: &impl ConnectionTrait, part: Expr) -> Result<u64> {
    Ok(issue::Entity::find().filter(is_open().and(part)).count(db).await?)
}
