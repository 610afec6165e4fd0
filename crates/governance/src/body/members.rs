//! The members of a committee (Articles 9(3), 17): kept here and not in the crate of the committees, because whoever
//! is a member has a voice, and voices are counted left of it. That a unit left the association is not kept: it is
//! derived, and who comes back to the association applies anew.

use chrono::NaiveDate;
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::UnitStatus;
use sea_orm::sea_query::{Expr, ExprTrait as _, JoinType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, FromQueryResult, QuerySelect as _, entity::prelude::*};

use super::fault::{COMMITTEE_MEMBER_ALREADY, COMMITTEE_MEMBERSHIP_NOT_FOUND, COMMITTEE_MEMBERSHIP_OVER};
use super::{Body, BodyId, BodyKind};
use crate::office::Seat;

gongjian_kernel::ids! {
    /// A unit's membership of a committee.
    CommitteeMemberId;
}

pub(crate) mod row {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use super::CommitteeMemberId;
    use crate::body::BodyId;

    /// A unit in a committee, from one day (included) to another (excluded).
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_member")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CommitteeMemberId,
        pub body_id: BodyId,
        pub unit_id: UnitId,
        pub joined_on: Date,
        pub left_on: Option<Date>,
        /// The committee that was merged into this one.
        pub carried_from: Option<BodyId>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as CommitteeMember;

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

/// A member of that day with the name of that day.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct MemberOnFile {
    pub id: CommitteeMemberId,
    pub body_id: BodyId,
    pub unit_id: UnitId,
    pub unit_name: String,
    pub joined_on: NaiveDate,
    pub carried_from: Option<BodyId>,
}

/// The members of that day: the committee is there, and the unit has been in the association ever since it joined.
#[must_use]
pub fn select(day: NaiveDate) -> SelectStatement {
    let of = |table: &'static str, column: &'static str| Expr::col((table, column));
    let (left, gone, dissolved) = (|| of("m", "left_on"), || of("u", "valid_to"), || of("b", "dissolved_on"));
    let since = || of("u", "joined_on");
    Query::select()
        .expr_as(of("m", "id"), "id")
        .expr_as(of("m", "body_id"), "body_id")
        .expr_as(of("m", "unit_id"), "unit_id")
        .expr_as(of("u", "name"), "unit_name")
        .expr_as(of("m", "joined_on"), "joined_on")
        .expr_as(of("m", "carried_from"), "carried_from")
        .from_as("committee_member", "m")
        .join_as(JoinType::InnerJoin, "body", "b", of("b", "id").equals(("m", "body_id")))
        .join_as(
            JoinType::InnerJoin,
            "unit_version",
            "u",
            of("u", "unit_id")
                .equals(("m", "unit_id"))
                .and(of("u", "status").eq(UnitStatus::Active.as_str()))
                .and(of("u", "valid_from").lte(day))
                .and(gone().is_null().or(gone().gt(day))),
        )
        .and_where(of("m", "joined_on").lte(day))
        .and_where(left().is_null().or(left().gt(day)))
        .and_where(since().is_null().or(since().lte(of("m", "joined_on"))))
        .and_where(dissolved().is_null().or(dissolved().gt(day)))
        .order_by(("m", "id"), Order::Asc)
        .to_owned()
}

/// What such a query finds.
pub async fn found(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<MemberOnFile>> {
    let rows = db.query_all(query).await?;
    Ok(rows.iter().map(|row| MemberOnFile::from_query_result(row, "")).collect::<std::result::Result<_, _>>()?)
}

/// The members of one committee on that day.
pub async fn of_body(db: &impl ConnectionTrait, body: BodyId, day: NaiveDate) -> Result<Vec<MemberOnFile>> {
    found(db, select(day).and_where(Expr::col(("m", "body_id")).eq(body.0))).await
}

/// Article 17: a member of a committee has a seat in it, for its unit.
pub(crate) async fn seats(db: &impl ConnectionTrait, body: &Body, day: NaiveDate) -> Result<Vec<Seat>> {
    if body.kind != BodyKind::Committee {
        return Ok(Vec::new());
    }
    let seat = |member: MemberOnFile| Seat {
        tenure_id: None,
        kind: None,
        body_id: Some(body.id),
        body_name: Some(body.name.clone()),
        street_code: None,
        post_id: None,
        post_name: None,
        unit_id: Some(member.unit_id),
        unit_name: Some(member.unit_name),
        person_id: None,
        person_name: None,
        valid_from: Some(member.joined_on),
        valid_until: None,
        basis: None,
    };
    Ok(of_body(db, body.id, day).await?.into_iter().map(seat).collect())
}

/// Enters the unit today; part of a command that has authorized. The body is locked.
pub async fn enter(work: &Work<'_>, body: BodyId, unit: UnitId) -> Result<()> {
    let known = of_body(work.tx(), body, work.today()).await?;
    if known.iter().any(|member| member.unit_id == unit) {
        return Err(Refusal::of(&COMMITTEE_MEMBER_ALREADY));
    }
    insert(work, body, &[unit], None).await
}

/// The members of the one are from today on members of the other, those who are so already once.
pub(super) async fn carry(work: &Work<'_>, from: BodyId, into: BodyId) -> Result<Vec<UnitId>> {
    let known = of_body(work.tx(), into, work.today()).await?;
    let is_known = |unit: UnitId| known.iter().any(|member| member.unit_id == unit);
    let carried = of_body(work.tx(), from, work.today()).await?.into_iter().map(|member| member.unit_id);
    let carried: Vec<UnitId> = carried.filter(|unit| !is_known(*unit)).collect();
    insert(work, into, &carried, Some(from)).await?;
    Ok(carried)
}

async fn insert(work: &Work<'_>, body: BodyId, units: &[UnitId], carried_from: Option<BodyId>) -> Result<()> {
    // What ended with a former membership of the association makes room.
    close(work, row::Column::BodyId.eq(body).and(row::Column::UnitId.is_in(units.iter().copied()))).await?;
    let member = |unit: &UnitId| CommitteeMember {
        id: work.new_id(),
        body_id: body,
        unit_id: *unit,
        joined_on: work.today(),
        left_on: None,
        carried_from,
        version: 1,
    };
    let rows = units.iter().map(|unit| row::ActiveModel::from(member(unit)).reset_all());
    if units.is_empty() {
        return Ok(());
    }
    row::Entity::insert_many(rows)
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &COMMITTEE_MEMBER_ALREADY))?;
    Ok(())
}

/// The membership, held until the transaction ends.
pub async fn lock(work: &Work<'_>, id: CommitteeMemberId) -> Result<CommitteeMember> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&COMMITTEE_MEMBERSHIP_NOT_FOUND))
}

pub async fn get(db: &impl ConnectionTrait, id: CommitteeMemberId) -> Result<CommitteeMember> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&COMMITTEE_MEMBERSHIP_NOT_FOUND))
}

/// Ends it today; part of a command that has authorized.
pub async fn leave(work: &Work<'_>, before: &CommitteeMember) -> Result<CommitteeMember> {
    if before.left_on.is_some() {
        return Err(Refusal::of(&COMMITTEE_MEMBERSHIP_OVER));
    }
    let after = CommitteeMember { left_on: Some(work.today()), version: before.version + 1, ..before.clone() };
    work.update::<row::Entity>(before, &after).await?;
    Ok(after)
}

/// With the committee all its memberships end.
pub(super) async fn end_all(work: &Work<'_>, body: BodyId) -> Result<()> {
    close(work, row::Column::BodyId.eq(body)).await
}

async fn close(work: &Work<'_>, which: Expr) -> Result<()> {
    row::Entity::update_many()
        .col_expr(row::Column::LeftOn, Expr::val(work.today()))
        .col_expr(row::Column::Version, Expr::col(row::Column::Version).add(1))
        .filter(row::Column::LeftOn.is_null())
        .filter(which)
        .exec(work.tx())
        .await?;
    Ok(())
}
