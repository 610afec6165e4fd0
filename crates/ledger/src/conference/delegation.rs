//! Approval of street conferences in the secretariat's place (Article 22): delegated by the secretary-general to the
//! president of the branch, on record, and taken back.

use chrono::NaiveDate;
use gongjian_governance::body::branch_of;
use gongjian_governance::body::fault::BODY_NOT_FOUND;
use gongjian_identity::PersonId;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Event, Permission, Refusal, Result, Scope, Store, Target, Text, Work};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::DelegationId;
use super::action::{DELEGATION_GRANT, DELEGATION_READ, Sight};
use super::event::{DELEGATION_GRANTED, DELEGATION_REVOKED};
use super::fault::{DELEGATION_NOT_FOUND, DELEGATION_OVER, DELEGATION_OVERLAPS};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::conference::DelegationId;

    /// The president of the branch approves, from one day (included) to another (excluded).
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conference_delegation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DelegationId,
        pub street_code: String,
        pub valid_from: Date,
        pub valid_until: Option<Date>,
        pub basis: String,
        pub granted_by: Option<PersonId>,
        pub granted_at: DateTimeUtc,
        pub revoked_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Delegation;

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

/// A delegation to be recorded.
#[derive(Debug, Clone)]
pub struct NewDelegation {
    pub street_code: String,
    /// Today where none is given.
    pub since: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub basis: Text<2, 200>,
}

impl Delegation {
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day < until)
    }

    fn sight(&self) -> Sight {
        Sight {
            unknown: &DELEGATION_NOT_FOUND,
            subject: ("conference_delegation", Some(self.id.0)),
            ..Sight::to_be(Some(self.street_code.clone()), None)
        }
    }
}

pub async fn grant(work: &mut Work<'_>, new: NewDelegation) -> Result<Delegation> {
    work.authorize(&DELEGATION_GRANT, &DELEGATION_READ, &Association)?;
    let branch = branch_of(work.tx(), &new.street_code).await?;
    let branch = branch.ok_or_else(|| Refusal::of(&BODY_NOT_FOUND).at("/street_code"))?;
    // Of two for one street the later one waits here.
    gongjian_governance::body::lock(work, branch.id).await?;
    let since = new.since.unwrap_or(work.today());
    if new.until.is_some_and(|until| until <= since) {
        let (zh, en) = ("须晚于起始日期。", "It must lie after the first day.");
        return Err(Refusal::field("/valid_until", "not_after_start", zh, en));
    }
    let known = row::Entity::find().filter(row::Column::StreetCode.eq(&new.street_code)).all(work.tx()).await?;
    let meets = |held: &Delegation| {
        held.valid_until.is_none_or(|end| end > since) && new.until.is_none_or(|end| held.valid_from < end)
    };
    if known.iter().any(meets) {
        return Err(Refusal::of(&DELEGATION_OVERLAPS));
    }
    let made = Delegation {
        id: work.new_id(),
        street_code: new.street_code,
        valid_from: since,
        valid_until: new.until,
        basis: new.basis.into_string(),
        granted_by: work.actor().person.map(PersonId),
        granted_at: work.now(),
        revoked_at: None,
        version: 1,
    };
    let active: row::ActiveModel = made.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    let data = json!({
        "street": made.street_code, "since": made.valid_from, "until": made.valid_until, "basis": made.basis,
    });
    work.record(Event::new(&DELEGATION_GRANTED, made.id.0, data));
    Ok(made)
}

/// From today on the secretariat approves itself again; one that has not begun never does.
pub async fn revoke(work: &mut Work<'_>, target: Target<DelegationId>) -> Result<Delegation> {
    let before = row::Entity::find_by_id(target.id).lock_exclusive().one(work.tx()).await?;
    let before = before.ok_or_else(|| Refusal::of(&DELEGATION_NOT_FOUND))?;
    work.authorize(&DELEGATION_GRANT, &DELEGATION_READ, &before.sight())?;
    target.is_current(before.version)?;
    let today = work.today();
    if before.revoked_at.is_some() || before.valid_until.is_some_and(|until| until <= today) {
        return Err(Refusal::of(&DELEGATION_OVER));
    }
    let valid_until = Some(Ord::max(today, before.valid_from));
    let after = Delegation { valid_until, revoked_at: Some(work.now()), version: before.version + 1, ..before.clone() };
    work.update::<row::Entity>(&before, &after).await?;
    work.record(Event::new(&DELEGATION_REVOKED, after.id.0, json!({ "street": after.street_code })));
    Ok(after)
}

/// The delegation in force for the street on that day.
pub(super) async fn in_force(
    db: &impl ConnectionTrait,
    street: Option<&str>,
    day: NaiveDate,
) -> Result<Option<Delegation>> {
    let Some(street) = street else { return Ok(None) };
    let until = row::Column::ValidUntil;
    Ok(row::Entity::find()
        .filter(row::Column::StreetCode.eq(street))
        .filter(row::Column::ValidFrom.lte(day))
        .filter(until.is_null().or(until.gt(day)))
        .one(db)
        .await?)
}

pub async fn find(db: &impl ConnectionTrait, id: DelegationId) -> Result<Delegation> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&DELEGATION_NOT_FOUND))
}

/// The delegation, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: DelegationId, wanted: &Permission) -> Result<Delegation> {
    let found = find(store.db.reader(), id).await?;
    authorize(actor, wanted, &DELEGATION_READ, &found.sight())?;
    Ok(found)
}

/// One page of delegations, the latest first; a branch sees its own.
pub async fn list(
    store: &Store,
    actor: &Actor,
    street: Option<&str>,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Delegation>> {
    let wanted = &DELEGATION_READ;
    if !actor.has_some(wanted) {
        authorize(actor, wanted, wanted, &Association)?;
    }
    let sealed_for = serde_json::to_string(&("conference_delegations", street))?;
    let mut query = row::Entity::find().order_by_desc(row::Column::Id).limit(limit + 1);
    if !actor.may(wanted, &Association) {
        let own = actor.grants.iter().filter_map(|grant| match &grant.scope {
            Scope::Branch(street) => Some(street.clone()),
            Scope::Association | Scope::Unit(_) | Scope::Body(_) => None,
        });
        query = query.filter(row::Column::StreetCode.is_in(own));
    }
    if let Some(street) = street {
        query = query.filter(row::Column::StreetCode.eq(street));
    }
    if let Some(cursor) = cursor {
        let before: DelegationId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(row::Column::Id.lt(before));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.id)
}
