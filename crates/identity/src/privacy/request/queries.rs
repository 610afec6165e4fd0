//! Reading requests about personal data.

use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Result, Store, actor};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{Request, RequestId, RequestKind, RequestStatus, require, row};
use crate::privacy::action::PRIVACY_REQUEST_READ;
use crate::privacy::reveal::names;

/// A request, with the name of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestView {
    pub request: Request,
    pub name: String,
}

/// A request, for whom it is about and for who answers it.
pub async fn get(store: &Store, actor: &Actor, id: RequestId) -> Result<RequestView> {
    let db = store.db.reader();
    let request = require(db, id).await?;
    if !request.is_own(actor) {
        actor::authorize(actor, &PRIVACY_REQUEST_READ, &PRIVACY_REQUEST_READ, &request)?;
    }
    named(db, request).await
}

/// The request as it is after a command.
pub async fn named(db: &impl ConnectionTrait, request: Request) -> Result<RequestView> {
    let name = names(db, [request.person_id]).await?.remove(&request.person_id).unwrap_or_default();
    Ok(RequestView { request, name })
}

/// What a list of requests is narrowed to.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct RequestFilter {
    pub kind: Option<RequestKind>,
    pub status: Option<RequestStatus>,
    /// Those whose last day is over without an answer.
    pub overdue: bool,
}

/// One page of requests in the order in which they came.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &RequestFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<RequestView>> {
    actor::authorize(actor, &PRIVACY_REQUEST_READ, &PRIVACY_REQUEST_READ, &actor::Association)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("privacy requests", filter))?;
    let mut rows = row::Entity::find().order_by_asc(row::Column::Id).limit(limit.saturating_add(1));
    if let Some(kind) = filter.kind {
        rows = rows.filter(row::Column::Kind.eq(kind));
    }
    if let Some(status) = filter.status {
        rows = rows.filter(row::Column::Status.eq(status));
    }
    if filter.overdue {
        rows =
            rows.filter(row::Column::Status.eq(RequestStatus::Submitted)).filter(row::Column::DueOn.lt(store.today()));
    }
    if let Some(cursor) = cursor {
        let after: RequestId = page::open(&store.keys, &sealed_for, cursor)?;
        rows = rows.filter(row::Column::Id.gt(after));
    }
    let page = Page::cut(rows.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let names = names(db, page.rows.iter().map(|row| row.person_id)).await?;
    let named =
        |request: Request| RequestView { name: names.get(&request.person_id).cloned().unwrap_or_default(), request };
    Ok(Page { rows: page.rows.into_iter().map(named).collect(), next_cursor: page.next_cursor })
}
