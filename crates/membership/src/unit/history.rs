//! What a unit was on which day: a row for each state of it, so that references by id never break and every
//! past day can be asked for.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Result, Store, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{Unit, UnitId, UnitStatus, queries};

gongjian_kernel::words! {
    /// What made a unit another than it was.
    pub enum UnitChange as "unit_change" ("单位变更", "Change of a unit") {
        Joined = "joined" ("入会", "Joined"),
        Renamed = "renamed" ("更名", "Renamed"),
        Withdrew = "withdrew" ("退会", "Withdrew"),
        CameBack = "came_back" ("重新入会", "Came back"),
        Dissolved = "dissolved" ("终止", "Dissolved"),
        Merged = "merged" ("并入其他单位", "Merged into another unit"),
        Split = "split" ("分立", "Split"),
    }
}

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::{UnitChange, UnitId};
    use crate::CreditCode;
    use crate::unit::{AffiliationLevel, UnitStatus, UnitType};

    /// A unit from one day (included) to another (excluded).
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i32,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
        pub change: UnitChange,
        pub basis: Option<String>,
        pub receipt_no: Option<String>,
        pub member_no: String,
        pub name: String,
        pub name_key: String,
        pub unit_type: UnitType,
        pub affiliation_level: AffiliationLevel,
        pub credit_code: Option<CreditCode>,
        pub street_code: String,
        pub handles_issues: bool,
        pub status: UnitStatus,
        pub joined_on: Option<Date>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as UnitVersion;

/// Why the unit is another from a day on.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    pub(crate) on: NaiveDate,
    pub(crate) change: UnitChange,
    pub(crate) basis: Option<String>,
    pub(crate) receipt_no: Option<String>,
}

/// The units that were members at the end of that day, of one street or of all, with their names of that day.
pub async fn members_on(
    db: &impl ConnectionTrait,
    day: NaiveDate,
    street: Option<&str>,
) -> Result<Vec<(UnitId, String)>> {
    let mut query = row::Entity::find()
        .select_only()
        .columns([row::Column::UnitId, row::Column::Name])
        .filter(row::Column::Status.eq(UnitStatus::Active))
        .filter(row::Column::ValidFrom.lte(day))
        .filter(row::Column::ValidTo.is_null().or(row::Column::ValidTo.gt(day)));
    if let Some(street) = street {
        query = query.filter(row::Column::StreetCode.eq(street));
    }
    Ok(query.order_by_asc(row::Column::MemberNo).into_tuple().all(db).await?)
}

/// How many units of each street were members at the end of that day. One query.
pub async fn count_by_street(db: &impl ConnectionTrait, day: NaiveDate) -> Result<HashMap<String, u64>> {
    let counted: Vec<(String, i64)> = row::Entity::find()
        .select_only()
        .column(row::Column::StreetCode)
        .column_as(row::Column::UnitId.count(), "members")
        .filter(row::Column::Status.eq(UnitStatus::Active))
        .filter(row::Column::ValidFrom.lte(day))
        .filter(row::Column::ValidTo.is_null().or(row::Column::ValidTo.gt(day)))
        .group_by(row::Column::StreetCode)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counted.into_iter().map(|(street, members)| (street, u64::try_from(members).unwrap_or(0))).collect())
}

/// The street that the unit lay in on that day, if it was a member then.
pub async fn member_on(db: &impl ConnectionTrait, unit: UnitId, day: NaiveDate) -> Result<Option<String>> {
    Ok(row::Entity::find()
        .select_only()
        .column(row::Column::StreetCode)
        .filter(row::Column::UnitId.eq(unit))
        .filter(row::Column::Status.eq(UnitStatus::Active))
        .filter(row::Column::ValidFrom.lte(day))
        .filter(row::Column::ValidTo.is_null().or(row::Column::ValidTo.gt(day)))
        .into_tuple()
        .one(db)
        .await?)
}

/// Ends what held until now and begins what holds from that day on. The unit is locked.
pub(super) async fn turn(work: &Work<'_>, unit: &Unit, turn: Turn) -> Result<()> {
    let present = row::Entity::find()
        .filter(row::Column::UnitId.eq(unit.id))
        .filter(row::Column::ValidTo.is_null())
        .one(work.tx())
        .await?;
    if let Some(present) = &present {
        row::Entity::update_many()
            .col_expr(row::Column::ValidTo, Expr::val(Ord::max(turn.on, present.valid_from)))
            .filter(row::Column::UnitId.eq(unit.id))
            .filter(row::Column::Seq.eq(present.seq))
            .exec(work.tx())
            .await?;
    }
    let next = row::Model {
        unit_id: unit.id,
        seq: present.as_ref().map_or(0, |present| present.seq) + 1,
        valid_from: present.map_or(turn.on, |present| Ord::max(turn.on, present.valid_from)),
        valid_to: None,
        change: turn.change,
        basis: turn.basis,
        receipt_no: turn.receipt_no,
        member_no: unit.member_no.clone(),
        name: unit.name.clone(),
        name_key: unit.name_key.clone(),
        unit_type: unit.unit_type,
        affiliation_level: unit.affiliation_level,
        credit_code: unit.credit_code.clone(),
        street_code: unit.street_code.clone(),
        handles_issues: unit.handles_issues,
        status: unit.status,
        joined_on: unit.joined_on,
    };
    let active: row::ActiveModel = next.into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// What the unit was, first to last, for one who may read it.
pub async fn of(
    store: &Store,
    actor: &Actor,
    id: UnitId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<UnitVersion>> {
    let unit = queries::get(store, actor, id).await?;
    let sealed_for = format!("unit_history {}", unit.id);
    let mut query = row::Entity::find().filter(row::Column::UnitId.eq(unit.id));
    if let Some(cursor) = cursor {
        let last: i32 = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(row::Column::Seq.gt(last));
    }
    let rows = query.order_by_asc(row::Column::Seq).limit(limit + 1).all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |version| version.seq)
}

pub(super) mod successor {
    use sea_orm::entity::prelude::*;

    use super::UnitId;
    use crate::unit::reform::ReformKind;

    /// What became of a unit.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_successor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub successor_id: UnitId,
        pub reform: ReformKind,
        pub since: Date,
        pub basis: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A unit that came out of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    pub unit: UnitId,
    pub name: String,
    pub reform: super::reform::ReformKind,
    pub since: NaiveDate,
}

/// The units that this one came out of, however long ago (merged into it, split from them).
pub async fn predecessors(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<UnitId>> {
    let (mut found, mut next) = (Vec::new(), vec![unit]);
    while !next.is_empty() {
        let rows = successor::Entity::find().filter(successor::Column::SuccessorId.is_in(next)).all(db).await?;
        next = rows.into_iter().map(|row| row.unit_id).filter(|id| !found.contains(id) && *id != unit).collect();
        next.sort_unstable();
        next.dedup();
        found.extend(&next);
    }
    Ok(found)
}

/// The units that this one was merged into or split into.
pub async fn successors(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Successor>> {
    let rows = successor::Entity::find()
        .filter(successor::Column::UnitId.eq(unit))
        .order_by_asc(successor::Column::SuccessorId)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = queries::names(db, rows.iter().map(|row| row.successor_id)).await?;
    Ok(rows
        .into_iter()
        .map(|row| Successor {
            unit: row.successor_id,
            name: names.remove(&row.successor_id).unwrap_or_default(),
            reform: row.reform,
            since: row.since,
        })
        .collect())
}
