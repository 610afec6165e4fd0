//! One issue, by its id. These statements are asked by nearly every request, so that their text is written
//! once.

use gongjian_kernel::db::StatementText;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::{
    ConnectionTrait, FromQueryResult as _, QueryOrder, QuerySelect, QueryTrait as _, Statement, entity::prelude::*,
};

use super::{Issue, IssueId, assist, issue};
use crate::fault::ISSUE_NOT_FOUND;

static BY_ID: StatementText = StatementText::new();
static LOCKED_BY_ID: StatementText = StatementText::new();
static ASSISTING: StatementText = StatementText::new();

/// The issue, whole.
pub(in crate::issue) async fn find(db: &impl ConnectionTrait, id: IssueId) -> Result<Issue> {
    one(db, BY_ID.with(db, vec![id.into()], |backend| issue::Entity::find_by_id(id).build(backend))).await
}

/// The issue, locked until the commit.
pub(in crate::issue) async fn lock(work: &Work<'_>, id: IssueId) -> Result<Issue> {
    let locked = |backend| issue::Entity::find_by_id(id).lock_exclusive().build(backend);
    one(work.tx(), LOCKED_BY_ID.with(work.tx(), vec![id.into()], locked)).await
}

async fn one(db: &impl ConnectionTrait, statement: Statement) -> Result<Issue> {
    Issue::find_by_statement(statement).one(db).await?.ok_or_else(|| Refusal::of(&ISSUE_NOT_FOUND))
}

pub(in crate::issue) async fn assisting(db: &impl ConnectionTrait, id: IssueId) -> Result<Vec<UnitId>> {
    let statement = ASSISTING.with(db, vec![id.into()], |backend| {
        let of_issue = assist::Entity::find().filter(assist::Column::IssueId.eq(id));
        of_issue.order_by_asc(assist::Column::UnitId).build(backend)
    });
    let rows = assist::Model::find_by_statement(statement).all(db).await?;
    Ok(rows.into_iter().map(|row| row.unit_id).collect())
}
