//! The whole network on one page (Articles 16–19, 22): committees, branches and zones, who leads them today, and what is
//! open with each. A constant number of queries, however large it is.

use std::collections::HashMap;

use gongjian_committees::branch::queries as branches;
use gongjian_committees::branch::{BranchOnFile, action::BRANCH_READ};
use gongjian_committees::committee::{Committee, queries as committees};
use gongjian_committees::zone::{ZoneOnFile, queries as zones};
use gongjian_governance::body::{self, Body, BodyKind};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::{Result, Store};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use crate::conference::ConferenceStatus;
use crate::conference::store::row as conference;
use crate::issue::queries::{open_by_committee, open_by_street};

/// What is open with a part of the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Issues of the ledger that are not cancelled.
    pub issues: u64,
    /// Conferences that are not over.
    pub conferences: u64,
}

/// The network on a day.
#[derive(Debug, Clone)]
pub struct Network {
    pub committees: Vec<(Committee, Open)>,
    pub branches: Vec<(BranchOnFile, Open)>,
    pub zones: Vec<(ZoneOnFile, Open)>,
}

/// For whoever may read branches, as of today.
pub async fn network(store: &Store, actor: &Actor) -> Result<Network> {
    if !actor.has_some(&BRANCH_READ) {
        authorize(actor, &BRANCH_READ, &BRANCH_READ, &Association)?;
    }
    let (db, today) = (store.db.reader(), store.today());
    let (mut of_committees, mut of_branches) = (Vec::new(), Vec::new());
    for body in body::all(db).await?.into_iter().filter(|body| body.stands_on(today)) {
        match body.kind {
            BodyKind::Committee => of_committees.push(body),
            BodyKind::Branch => of_branches.push(body),
            BodyKind::GeneralMeeting | BodyKind::Council | BodyKind::ExpertCommittee => {}
        }
    }
    let (by_committee, by_street) = (open_by_committee(db).await?, open_by_street(db).await?);
    let (held_by_street, held_by_zone) = (meeting_by_street(db).await?, meeting_by_zone(db).await?);
    let count = |of: &HashMap<String, u64>, key: &str| of.get(key).copied().unwrap_or_default();
    let with_committee = |it: Committee| {
        let open = Open { issues: count(&by_committee, &it.body.code), conferences: 0 };
        (it, open)
    };
    let street = |body: &Body| body.street_code.clone().unwrap_or_default();
    let with_branch = |it: BranchOnFile| {
        let street = street(&it.body);
        let open = Open { issues: count(&by_street, &street), conferences: count(&held_by_street, &street) };
        (it, open)
    };
    let with_zone = |it: ZoneOnFile| {
        let issues = it.streets.iter().map(|street| count(&by_street, street)).sum();
        let conferences = held_by_zone.get(&it.zone.id.0).copied().unwrap_or_default();
        (it, Open { issues, conferences })
    };
    Ok(Network {
        committees: committees::on_day(db, of_committees, today).await?.into_iter().map(with_committee).collect(),
        branches: branches::on_day(db, of_branches, today).await?.into_iter().map(with_branch).collect(),
        zones: zones::on_day(db, today).await?.into_iter().map(with_zone).collect(),
    })
}

const OVER: [ConferenceStatus; 3] = [ConferenceStatus::Refused, ConferenceStatus::Closed, ConferenceStatus::Withdrawn];

/// Conferences that are not over, by street.
async fn meeting_by_street(db: &impl ConnectionTrait) -> Result<HashMap<String, u64>> {
    let rows: Vec<(Option<String>, i64)> = not_over(conference::Column::StreetCode).into_tuple().all(db).await?;
    Ok(rows.into_iter().filter_map(|(street, open)| Some((street?, u64::try_from(open).ok()?))).collect())
}

/// The same by zone.
async fn meeting_by_zone(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, u64>> {
    let rows: Vec<(Option<Uuid>, i64)> = not_over(conference::Column::ZoneId).into_tuple().all(db).await?;
    Ok(rows.into_iter().filter_map(|(zone, open)| Some((zone?, u64::try_from(open).ok()?))).collect())
}

fn not_over(by: conference::Column) -> Select<conference::Entity> {
    conference::Entity::find()
        .select_only()
        .column(by)
        .column_as(conference::Column::Id.count(), "open")
        .filter(by.is_not_null())
        .filter(conference::Column::Status.is_not_in(OVER))
        .group_by(by)
}
