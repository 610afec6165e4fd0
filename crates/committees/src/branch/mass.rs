//! The mass organisations of a branch (Article 18(5) and (6): 工会、共青团、妇联等).

use chrono::NaiveDate;
use gongjian_governance::body::{self, BodyId};
use gongjian_kernel::actor::Actor;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Event, Permission, Refusal, Result, Store, Target, Text, Work, actor};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::action::{BRANCH_READ, MASS_ORGANISATION_FILE, OfBranch};
use super::event::{MASS_ORGANISATION_FILED, MASS_ORGANISATION_REVISED};
use super::fault::{MASS_ORGANISATION_EXISTS, MASS_ORGANISATION_NOT_FOUND};
use super::queries::{branch, require_reader};

gongjian_kernel::ids! {
    /// A mass organisation of a branch.
    MassOrganisationId;
}

gongjian_kernel::words! {
    /// Article 18(6): kinds of mass organisations.
    pub enum MassOrganisationKind as "mass_organisation_kind" ("群众组织类别", "Kind of mass organisation") {
        TradeUnion = "trade_union" ("工会", "Trade union"),
        YouthLeague = "youth_league" ("共青团", "Youth league"),
        WomensFederation = "womens_federation" ("妇联", "Women's federation"),
        Other = "other" ("其他", "Other"),
    }
}

pub(crate) mod row {
    use gongjian_governance::body::BodyId;
    use sea_orm::entity::prelude::*;

    use super::{MassOrganisationId, MassOrganisationKind};

    /// A mass organisation that a branch supports, from one day (included) to another (excluded).
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mass_organisation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MassOrganisationId,
        pub body_id: BodyId,
        pub kind: MassOrganisationKind,
        pub name: String,
        /// How the branch supports it.
        pub support: Option<String>,
        pub valid_from: Date,
        pub valid_until: Option<Date>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as MassOrganisation;

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

/// One to be filed.
#[derive(Debug, Clone)]
pub struct NewMassOrganisation {
    pub kind: MassOrganisationKind,
    pub name: Text<2, 100>,
    pub support: Option<Text<2, 1000>>,
    /// Today where none is given.
    pub since: Option<NaiveDate>,
}

/// What is changed of one; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct MassOrganisationEdit {
    pub name: Option<Text<2, 100>>,
    pub support: Option<Option<Text<2, 1000>>>,
    /// `Some(None)` takes an end back.
    pub until: Option<Option<NaiveDate>>,
}

pub async fn file(work: &mut Work<'_>, id: BodyId, new: NewMassOrganisation) -> Result<MassOrganisation> {
    let body = branch(work.tx(), id).await?;
    work.authorize(&MASS_ORGANISATION_FILE, &BRANCH_READ, &OfBranch::new(&body))?;
    let made = MassOrganisation {
        id: work.new_id(),
        body_id: id,
        kind: new.kind,
        name: new.name.into_string(),
        support: new.support.map(Text::into_string),
        valid_from: new.since.unwrap_or(work.today()),
        valid_until: None,
        version: 1,
    };
    let active: row::ActiveModel = made.clone().into();
    let inserted = row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map_err(|error| Refusal::unless_taken(error, &MASS_ORGANISATION_EXISTS))?;
    let data = json!({ "branch": body.code, "kind": made.kind, "name": made.name });
    work.record(Event::new(&MASS_ORGANISATION_FILED, made.id.0, data));
    Ok(made)
}

pub async fn revise(
    work: &mut Work<'_>,
    target: Target<MassOrganisationId>,
    edit: MassOrganisationEdit,
) -> Result<MassOrganisation> {
    let before = row::Entity::find_by_id(target.id).lock_exclusive().one(work.tx()).await?;
    let before = before.ok_or_else(|| Refusal::of(&MASS_ORGANISATION_NOT_FOUND))?;
    let body = body::get(work.tx(), before.body_id).await?;
    let subject = ("mass_organisation", Some(before.id.0));
    let seen = OfBranch { unknown: &MASS_ORGANISATION_NOT_FOUND, subject, ..OfBranch::new(&body) };
    work.authorize(&MASS_ORGANISATION_FILE, &BRANCH_READ, &seen)?;
    target.is_current(before.version)?;
    let mut after = MassOrganisation { version: before.version + 1, ..before.clone() };
    if let Some(name) = edit.name {
        after.name = name.into_string();
    }
    if let Some(support) = edit.support {
        after.support = support.map(Text::into_string);
    }
    if let Some(until) = edit.until {
        if until.is_some_and(|until| until <= after.valid_from) {
            let (zh, en) = ("须晚于登记的起始之日。", "It must lie after the first day.");
            return Err(Refusal::field("/valid_until", "not_after_start", zh, en));
        }
        after.valid_until = until;
    }
    work.update::<row::Entity>(&before, &after).await?;
    let data = json!({ "name": after.name, "support": after.support, "valid_until": after.valid_until });
    work.record(Event::new(&MASS_ORGANISATION_REVISED, after.id.0, data));
    Ok(after)
}

pub async fn find(db: &impl ConnectionTrait, id: MassOrganisationId) -> Result<MassOrganisation> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&MASS_ORGANISATION_NOT_FOUND))
}

/// The organisation, for whoever may do that to it.
pub async fn check(
    store: &Store,
    actor: &Actor,
    id: MassOrganisationId,
    wanted: &Permission,
) -> Result<MassOrganisation> {
    let db = store.db.reader();
    let found = find(db, id).await?;
    let body = body::get(db, found.body_id).await?;
    let subject = ("mass_organisation", Some(id.0));
    let seen = OfBranch { unknown: &MASS_ORGANISATION_NOT_FOUND, subject, ..OfBranch::new(&body) };
    actor::authorize(actor, wanted, &BRANCH_READ, &seen)?;
    Ok(found)
}

/// One page of the mass organisations of a branch, in the order in which they were filed.
pub async fn list(
    store: &Store,
    actor: &Actor,
    id: BodyId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<MassOrganisation>> {
    require_reader(actor)?;
    let db = store.db.reader();
    branch(db, id).await?;
    let sealed_for = serde_json::to_string(&("mass_organisations", id))?;
    let of_branch = row::Entity::find().filter(row::Column::BodyId.eq(id));
    let mut query = of_branch.order_by_asc(row::Column::Id).limit(limit + 1);
    if let Some(cursor) = cursor {
        let after: MassOrganisationId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(row::Column::Id.gt(after));
    }
    Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)
}
