//! Putting posts on file, and recording who holds them (Article 25 「自然更替」).

mod holders;

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{
    Event, FaultEntry, FieldFault, Refusal, Relation, Resource, Result, Say, Scope, Text, Work, policy,
};
use gongjian_membership::action::OWN_UNIT;
use gongjian_membership::unit::queries as units;
use gongjian_membership::{AssociationPolicy, UnitId};
use sea_orm::entity::prelude::*;
use serde_json::json;
use uuid::Uuid;

pub use holders::{correct_holder, may_record, question, record_holder, vacate};

use super::action::{POST_CREATE, POST_READ};
use super::event::POST_CREATED;
use super::fault::POST_EXISTS;
use super::store::row;
use super::{HoldingId, Post, PostId, PostKind, store};

/// A post to be put on file.
#[derive(Debug, Clone)]
pub struct NewPost {
    pub kind: PostKind,
    pub name: Text<2, 130>,
    pub unit: Option<UnitId>,
    pub street_code: Option<String>,
    pub established_on: Option<NaiveDate>,
}

/// Who holds a post, from which day, by which document.
#[derive(Debug, Clone)]
pub struct NewHolder {
    pub person: PersonId,
    /// Today where none is given.
    pub since: Option<NaiveDate>,
    /// The first day after; none is open.
    pub until: Option<NaiveDate>,
    pub basis: Text<2, 200>,
}

/// What was wrong about a holder's time.
#[derive(Debug, Clone)]
pub struct Correction {
    pub holding: HoldingId,
    /// It never was.
    pub annulled: bool,
    pub since: Option<NaiveDate>,
    /// `Some(None)`: it has no end.
    pub until: Option<Option<NaiveDate>>,
    pub reason: Text<2, 200>,
}

impl Resource for NewPost {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Unit(unit) => {
                over == OWN_UNIT && self.kind == PostKind::UnitHead && self.unit.is_some_and(|own| own.0 == *unit)
            }
            Scope::Association | Scope::Branch(_) | Scope::Body(_) => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &FORBIDDEN
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("post", None)
    }
}

/// Articles 12, 13, 18: a post that offices can rest on. A unit has one head, a street one party secretary.
pub async fn create(work: &mut Work<'_>, new: NewPost) -> Result<Post> {
    work.authorize(&POST_CREATE, &POST_READ, &new)?;
    let fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
        Err(Refusal::invalid(vec![FieldFault::body(at, code, Say::fixed(zh, en))]))
    };
    if (new.kind == PostKind::UnitHead) != new.unit.is_some() {
        return fault(
            "/unit_id",
            "required",
            "单位负责人须填单位，其他公职不填。",
            "The head of a unit names it, no other post does.",
        );
    }
    if (new.kind == PostKind::StreetSecretary) != new.street_code.is_some() {
        return fault(
            "/street_code",
            "required",
            "街道党工委书记须填街道代码，其他公职不填。",
            "The party secretary of a street names it, no other post does.",
        );
    }
    if let Some(unit) = new.unit
        && units::find(work.tx(), unit).await?.is_none()
    {
        return fault("/unit_id", "unit_not_found", "没有该单位。", "No such unit.");
    }
    if let Some(street) = &new.street_code
        && !policy::within::<AssociationPolicy>(work).await?.value.accepts_street(street)
    {
        return fault("/street_code", "unknown_street", "不是本区的街道代码。", "It is no street of the district.");
    }
    if existing(work, new.unit, new.street_code.as_deref()).await?.is_some() {
        return Err(Refusal::of(&POST_EXISTS));
    }
    put_on_file(work, new.kind, new.name.into_string(), new.unit, new.street_code, new.established_on).await
}

/// The post of the head of a unit. A unit has a head, whether or not anybody has put that on file.
pub(crate) async fn head_of(work: &mut Work<'_>, unit: UnitId) -> Result<Post> {
    if let Some(post) = existing(work, Some(unit), None).await? {
        return Ok(post);
    }
    let name = units::find(work.tx(), unit).await?.map(|unit| unit.name).unwrap_or_default();
    put_on_file(work, PostKind::UnitHead, format!("{name}负责人"), Some(unit), None, None).await
}

/// The post of the party secretary of a street, likewise.
pub(crate) async fn secretary_of(work: &mut Work<'_>, street: &str) -> Result<Post> {
    if let Some(post) = existing(work, None, Some(street)).await? {
        return Ok(post);
    }
    let policy = policy::within::<AssociationPolicy>(work).await?;
    let name = policy.value.street(street).map_or(street, |street| &street.name);
    let name = format!("{name}党工委书记");
    put_on_file(work, PostKind::StreetSecretary, name, None, Some(street.to_owned()), None).await
}

async fn existing(work: &Work<'_>, unit: Option<UnitId>, street: Option<&str>) -> Result<Option<Post>> {
    let query = match (unit, street) {
        (Some(unit), _) => row::Entity::find().filter(row::Column::UnitId.eq(unit)),
        (None, Some(street)) => row::Entity::find().filter(row::Column::StreetCode.eq(street)),
        (None, None) => return Ok(None),
    };
    Ok(query.one(work.tx()).await?)
}

async fn put_on_file(
    work: &mut Work<'_>,
    kind: PostKind,
    name: String,
    unit_id: Option<UnitId>,
    street_code: Option<String>,
    established_on: Option<NaiveDate>,
) -> Result<Post> {
    let post = Post {
        id: work.new_id::<PostId>(),
        kind,
        name,
        unit_id,
        street_code,
        established_on,
        recorded_at: work.now(),
        recorded_by: work.actor().person,
        version: 1,
    };
    store::insert(work, &post).await?;
    let data = json!({ "kind": post.kind, "name": post.name, "unit": post.unit_id, "street": post.street_code });
    work.record(Event::new(&POST_CREATED, post.id.0, data));
    Ok(post)
}
