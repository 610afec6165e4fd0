//! Who may speak for a voice (domain.md A14): the seat belongs to the unit or the post, and is exercised by the
//! unit's fixed representative or its head, by the holder of the post, or by the person himself.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::represented_by;
use sea_orm::sea_query::{Expr, ExprTrait as _, JoinType, Query};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::body::Elector;
use crate::post::{Moment, PostId};

/// What somebody speaks for at an instant.
#[derive(Debug)]
pub struct Voice {
    person: PersonId,
    units: HashSet<UnitId>,
    posts: HashSet<PostId>,
}

#[derive(FromQueryResult)]
struct Held {
    id: PostId,
    unit_id: Option<UnitId>,
}

impl Voice {
    /// Two queries, however many voices are asked about.
    pub async fn of(db: &impl ConnectionTrait, person: PersonId, at: DateTime<Utc>) -> Result<Self> {
        let mut units: HashSet<UnitId> = represented_by(db, person, at).await?.into_iter().collect();
        let held = Query::select()
            .column(("p", "id"))
            .column(("p", "unit_id"))
            .from_as("post_holding", "h")
            .join_as(JoinType::InnerJoin, "post", "p", Expr::col(("p", "id")).equals(("h", "post_id")))
            .and_where(Moment::at(at).holds("h"))
            .and_where(Expr::col(("h", "person_id")).eq(person.0))
            .to_owned();
        let mut posts = HashSet::new();
        for row in db.query_all(&held).await? {
            let post = Held::from_query_result(&row, "")?;
            units.extend(post.unit_id);
            posts.insert(post.id);
        }
        Ok(Self { person, units, posts })
    }

    #[must_use]
    pub fn is_for(&self, elector: &Elector) -> bool {
        let by_unit = elector.unit_id.is_some_and(|unit| self.units.contains(&unit));
        let by_post = elector.post_id.is_some_and(|post| self.posts.contains(&post));
        let is_personal = elector.unit_id.is_none() && elector.post_id.is_none();
        by_unit || by_post || is_personal && elector.person_id == Some(self.person)
    }
}

/// Whether the person may speak for the voice at that instant.
pub async fn speaks_for(
    db: &impl ConnectionTrait,
    elector: &Elector,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<bool> {
    Ok(Voice::of(db, person, at).await?.is_for(elector))
}
