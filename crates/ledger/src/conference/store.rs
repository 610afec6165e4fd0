//! Conferences in the database.

use std::collections::BTreeSet;

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::CONFERENCE_NOT_FOUND;
use super::{Conference, ConferenceId};
use crate::issue::IssueId;

pub mod row {
    use gongjian_committees::zone::ZoneId;
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::conference::{
        ConferenceId, ConferenceKind, ConferenceLevel, ConferenceStatus, DelegationId, ZoneAttribute, ZoneDomain,
    };

    /// A joint conference or a zone coordination meeting.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conference")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ConferenceId,
        pub kind: ConferenceKind,
        /// Of a joint conference.
        pub level: Option<ConferenceLevel>,
        pub street_code: Option<String>,
        pub zone_id: Option<ZoneId>,
        pub domain: Option<ZoneDomain>,
        pub attribute: Option<ZoneAttribute>,
        /// Given with the approval, or when a zone convenes.
        pub number: Option<String>,
        pub title: String,
        pub purpose: String,
        pub status: ConferenceStatus,
        pub requested_by: Option<PersonId>,
        pub requested_at: DateTimeUtc,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<DateTimeUtc>,
        /// Of a refusal, or of a withdrawal.
        pub reason: Option<String>,
        /// Where somebody approved in the secretariat's place.
        pub delegation_id: Option<DelegationId>,
        pub starts_at: Option<DateTimeUtc>,
        pub place: Option<String>,
        pub chair: Option<String>,
        pub held_on: Option<Date>,
        pub minutes: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod invitee {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::conference::ConferenceId;

    /// A unit that is invited.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conference_invitee")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub conference_id: ConferenceId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        /// Told when the conference was held.
        pub attended: Option<bool>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod street {
    use sea_orm::entity::prelude::*;

    use crate::conference::ConferenceId;

    /// A street that a zone invites.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conference_street")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub conference_id: ConferenceId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub street_code: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod issue {
    use sea_orm::entity::prelude::*;

    use crate::conference::ConferenceId;
    use crate::issue::IssueId;

    /// An issue on the agenda, and what was concluded on it.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conference_issue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub conference_id: ConferenceId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub issue_id: IssueId,
        #[sea_orm(column_type = "Text", nullable)]
        pub conclusion: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

pub(super) async fn insert(work: &Work<'_>, it: &Conference) -> Result<()> {
    let active: row::ActiveModel = it.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(crate) async fn find(db: &impl ConnectionTrait, id: ConferenceId) -> Result<Conference> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&CONFERENCE_NOT_FOUND))
}

/// The conference, held until the transaction ends.
pub(crate) async fn lock(work: &Work<'_>, id: ConferenceId) -> Result<Conference> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&CONFERENCE_NOT_FOUND))
}

/// Puts these in the place of those who were invited before.
pub(super) async fn invite(work: &Work<'_>, id: ConferenceId, units: &BTreeSet<UnitId>) -> Result<()> {
    invitee::Entity::delete_many().filter(invitee::Column::ConferenceId.eq(id)).exec(work.tx()).await?;
    if units.is_empty() {
        return Ok(());
    }
    let rows = units.iter().map(|unit| {
        let row = invitee::Model { conference_id: id, unit_id: *unit, attended: None };
        invitee::ActiveModel::from(row).reset_all()
    });
    invitee::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn invite_streets(work: &Work<'_>, id: ConferenceId, streets: &BTreeSet<String>) -> Result<()> {
    street::Entity::delete_many().filter(street::Column::ConferenceId.eq(id)).exec(work.tx()).await?;
    if streets.is_empty() {
        return Ok(());
    }
    let rows = streets.iter().map(|code| {
        let row = street::Model { conference_id: id, street_code: code.clone() };
        street::ActiveModel::from(row).reset_all()
    });
    street::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// Puts the issue on the agenda; once is enough.
pub(crate) async fn put_on_agenda(work: &Work<'_>, id: ConferenceId, issue: IssueId) -> Result<()> {
    let row = issue::Model { conference_id: id, issue_id: issue, conclusion: None };
    let once = OnConflict::columns([issue::Column::ConferenceId, issue::Column::IssueId]).do_nothing().to_owned();
    issue::Entity::insert(issue::ActiveModel::from(row).reset_all())
        .on_conflict(once)
        .exec_without_returning(work.tx())
        .await?;
    Ok(())
}

pub(super) async fn agenda(db: &impl ConnectionTrait, id: ConferenceId) -> Result<Vec<issue::Model>> {
    let rows = issue::Entity::find().filter(issue::Column::ConferenceId.eq(id));
    Ok(rows.order_by_asc(issue::Column::IssueId).all(db).await?)
}

pub(super) async fn clear_agenda(work: &Work<'_>, id: ConferenceId) -> Result<()> {
    issue::Entity::delete_many().filter(issue::Column::ConferenceId.eq(id)).exec(work.tx()).await?;
    Ok(())
}

pub(super) async fn conclude(work: &Work<'_>, id: ConferenceId, issue: IssueId, conclusion: &str) -> Result<()> {
    issue::Entity::update_many()
        .col_expr(issue::Column::Conclusion, Expr::val(conclusion))
        .filter(issue::Column::ConferenceId.eq(id))
        .filter(issue::Column::IssueId.eq(issue))
        .exec(work.tx())
        .await?;
    Ok(())
}

pub(super) async fn invitees(db: &impl ConnectionTrait, id: ConferenceId) -> Result<Vec<UnitId>> {
    Ok(invitee::Entity::find()
        .select_only()
        .column(invitee::Column::UnitId)
        .filter(invitee::Column::ConferenceId.eq(id))
        .order_by_asc(invitee::Column::UnitId)
        .into_tuple()
        .all(db)
        .await?)
}

pub(super) async fn streets(db: &impl ConnectionTrait, id: ConferenceId) -> Result<Vec<String>> {
    Ok(street::Entity::find()
        .select_only()
        .column(street::Column::StreetCode)
        .filter(street::Column::ConferenceId.eq(id))
        .order_by_asc(street::Column::StreetCode)
        .into_tuple()
        .all(db)
        .await?)
}

/// Who of the invited was there.
pub(super) async fn attended(work: &Work<'_>, id: ConferenceId, units: &BTreeSet<UnitId>) -> Result<()> {
    let there = invitee::Column::UnitId.is_in(units.iter().copied());
    for (was_there, which) in [(true, there.clone()), (false, there.not())] {
        invitee::Entity::update_many()
            .col_expr(invitee::Column::Attended, Expr::val(was_there))
            .filter(invitee::Column::ConferenceId.eq(id))
            .filter(which)
            .exec(work.tx())
            .await?;
    }
    Ok(())
}
