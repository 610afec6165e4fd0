//! Reading the trail: newest first, by time and number.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, Select};
use serde::Serialize;

use super::row::{Column, Entity, Model};
use crate::fault::Result;
use crate::keys::Keys;
use crate::page::{self, Page};

/// Which rows; all conditions hold.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TrailFilter {
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub to: Option<DateTime<Utc>>,
    /// Any of these; none named means all.
    pub kinds: Vec<String>,
    pub actor: Option<Uuid>,
    /// Any of these accounts: those of one person.
    pub actors: Option<Vec<Uuid>>,
    pub unit: Option<Uuid>,
    pub subject_kind: Option<String>,
    pub subject: Option<Uuid>,
    pub succeeded: Option<bool>,
    pub ip: Option<IpAddr>,
    pub request: Option<Uuid>,
    /// Up to this number: what is written meanwhile is left out.
    pub up_to: Option<i64>,
}

impl TrailFilter {
    fn rows(&self) -> Select<Entity> {
        let mut rows = Entity::find();
        if let Some(last) = self.up_to {
            rows = rows.filter(Column::Seq.lte(last));
        }
        if let Some(from) = self.from {
            rows = rows.filter(Column::At.gte(from));
        }
        if let Some(to) = self.to {
            rows = rows.filter(Column::At.lt(to));
        }
        if !self.kinds.is_empty() {
            rows = rows.filter(Column::Kind.is_in(self.kinds.iter().map(String::as_str)));
        }
        if let Some(actors) = &self.actors {
            rows = rows.filter(Column::ActorId.is_in(actors.iter().copied()));
        }
        for (column, id) in [
            (Column::ActorId, self.actor),
            (Column::ActorUnitId, self.unit),
            (Column::SubjectId, self.subject),
            (Column::RequestId, self.request),
        ] {
            if let Some(id) = id {
                rows = rows.filter(column.eq(id));
            }
        }
        if let Some(kind) = &self.subject_kind {
            rows = rows.filter(Column::SubjectKind.eq(kind.as_str()));
        }
        match self.succeeded {
            // Written out: a partial index serves no bound value.
            Some(false) => rows = rows.filter(Expr::cust("succeeded = FALSE")),
            Some(true) => rows = rows.filter(Column::Succeeded.eq(true)),
            None => {}
        }
        if let Some(ip) = self.ip {
            rows = rows.filter(Column::Ip.eq(ip.to_string()));
        }
        rows
    }
}

/// Where a reader has come to: the time and number of the last row read.
type Place = (DateTime<Utc>, i64);

/// The next rows after a place.
pub async fn batch(
    db: &impl ConnectionTrait,
    filter: &TrailFilter,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Model>> {
    let mut rows = filter.rows().order_by_desc(Column::At).order_by_desc(Column::Seq).limit(limit);
    if let Some((at, seq)) = after {
        let earlier = Column::At.lt(at).or(Column::At.eq(at).and(Column::Seq.lt(seq)));
        rows = rows.filter(Column::At.lte(at)).filter(earlier);
    }
    Ok(rows.all(db).await?)
}

/// One page, newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    keys: &Keys,
    filter: &TrailFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Model>> {
    let sealed_for = serde_json::to_string(&("trail", filter))?;
    let after = cursor.map(|cursor| page::open::<Place>(keys, &sealed_for, cursor)).transpose()?;
    let rows = batch(db, filter, after, limit + 1).await?;
    Page::cut(rows, limit, keys, &sealed_for, |row| (row.at, row.seq))
}

/// How many rows there are, if no more than `most`.
pub async fn count(db: &impl ConnectionTrait, filter: &TrailFilter, most: u64) -> Result<Option<u64>> {
    let in_order = filter.rows().select_only().column(Column::Seq);
    let beyond = in_order.order_by_desc(Column::At).order_by_desc(Column::Seq).offset(most).limit(1);
    if beyond.into_tuple::<i64>().one(db).await?.is_some() {
        return Ok(None);
    }
    Ok(Some(filter.rows().count(db).await?))
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::Id.eq(id)).one(db).await?)
}
