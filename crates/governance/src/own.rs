//! What this crate knows of somebody, for himself (个人信息保护法 45): the posts he held, the offices that rest on
//! him, and himself as an expert. An office that goes with a post is told by the post.

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use crate::expert::store::{field, row as expert};
use crate::office::OfficeKind;
use crate::office::store::row as tenure;
use crate::post::PostId;
use crate::post::store::{holding, row as post};

/// A time in a post, or in an office of the association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnService {
    /// The office; null of a post.
    pub kind: Option<OfficeKind>,
    /// What the post or the body is called.
    pub of: String,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
    pub basis: String,
}

/// Oneself on the list of experts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnExpertise {
    pub employer_name: String,
    pub biography: String,
    pub fields: Vec<String>,
}

/// The most of one kind that an export holds: the latest.
const AT_MOST: u64 = 1000;

/// As it is known now, the latest first.
pub async fn services(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<OwnService>> {
    let held: Vec<(PostId, NaiveDate, Option<NaiveDate>, String)> = holding::Entity::find()
        .select_only()
        .columns([
            holding::Column::PostId,
            holding::Column::ValidFrom,
            holding::Column::ValidUntil,
            holding::Column::Basis,
        ])
        .filter(holding::Column::PersonId.eq(person))
        .filter(holding::Column::SupersededAt.is_null())
        .order_by_desc(holding::Column::ValidFrom)
        .limit(AT_MOST)
        .into_tuple()
        .all(db)
        .await?;
    let posts = post::Entity::find().filter(post::Column::Id.is_in(held.iter().map(|row| row.0))).all(db).await?;
    let named = |id: PostId| posts.iter().find(|post| post.id == id).map(|post| post.name.clone()).unwrap_or_default();
    let bodies = crate::body::all(db).await?;
    let tenures = tenure::Entity::find()
        .filter(tenure::Column::PersonId.eq(person))
        .filter(tenure::Column::SupersededAt.is_null())
        .order_by_desc(tenure::Column::ValidFrom)
        .limit(AT_MOST)
        .all(db)
        .await?;
    let of_post = |(post, since, until, basis)| OwnService { kind: None, of: named(post), since, until, basis };
    let of_body = |it: tenure::Model| OwnService {
        kind: Some(it.kind),
        of: bodies.iter().find(|body| body.id == it.body_id).map(|body| body.name.clone()).unwrap_or_default(),
        since: it.valid_from,
        until: it.valid_until,
        basis: it.basis,
    };
    let mut all: Vec<OwnService> = held.into_iter().map(of_post).chain(tenures.into_iter().map(of_body)).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.since));
    Ok(all)
}

pub async fn expertise(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<OwnExpertise>> {
    let Some(known) = expert::Entity::find().filter(expert::Column::PersonId.eq(person)).one(db).await? else {
        return Ok(None);
    };
    let fields = field::Entity::find().filter(field::Column::ExpertId.eq(known.id)).order_by_asc(field::Column::Field);
    let fields = fields.all(db).await?.into_iter().map(|it| it.field).collect();
    Ok(Some(OwnExpertise { employer_name: known.employer_name, biography: known.biography, fields }))
}
