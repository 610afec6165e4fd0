//! Who may speak for a voice (domain.md A14): the seat belongs to the unit or the post, and is exercised by the
//! unit's fixed representative or its head, by the holder of the post, or by the person himself.

use chrono::{DateTime, Utc};
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use gongjian_membership::unit::queries::represented;
use sea_orm::sea_query::{Expr, ExprTrait as _, JoinType, Query};
use sea_orm::{Condition, ConnectionTrait};

use crate::body::Elector;
use crate::post::Moment;

/// Whether the person may speak for the voice at that instant.
pub async fn speaks_for(
    db: &impl ConnectionTrait,
    elector: &Elector,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<bool> {
    if let Some(unit) = elector.unit_id
        && represented(db, unit, person, at).await?
    {
        return Ok(true);
    }
    if elector.unit_id.is_none() && elector.post_id.is_none() {
        return Ok(elector.person_id == Some(person));
    }
    let mut posts = Condition::any();
    if let Some(unit) = elector.unit_id {
        posts = posts.add(Expr::col(("p", "unit_id")).eq(unit.0));
    }
    if let Some(post) = elector.post_id {
        posts = posts.add(Expr::col(("p", "id")).eq(post.0));
    }
    let holds = Query::select()
        .expr(Expr::val(1))
        .from_as("post_holding", "h")
        .join_as(JoinType::InnerJoin, "post", "p", Expr::col(("p", "id")).equals(("h", "post_id")))
        .and_where(Moment::at(at).holds("h"))
        .and_where(Expr::col(("h", "person_id")).eq(person.0))
        .cond_where(posts)
        .limit(1)
        .to_owned();
    Ok(db.query_one(&holds).await?.is_some())
}
