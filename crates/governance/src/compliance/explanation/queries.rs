//! Reading reasons.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::{Actor, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, entity::prelude::*,
};
use uuid::Uuid;

use super::store::{row, wording};
use super::{Explanation, ExplanationId, Key};
use crate::compliance::action::COMPLIANCE_READ;
use crate::compliance::fault::{EXPLANATION_NOT_FOUND, OBLIGATION_NOT_FOUND};
use crate::compliance::obligation;

/// The reasons of these years as they were worded before that instant.
pub(crate) async fn in_force(
    db: &impl ConnectionTrait,
    years: (i32, i32),
    known_before: DateTime<Utc>,
) -> Result<HashMap<Key, Explanation>> {
    let reasons = row::Entity::find().filter(row::Column::Year.between(years.0 - 1, years.1)).all(db).await?;
    let found = worded(db, reasons, known_before).await?;
    let keyed = found.into_iter().map(|it| {
        let (obligation, period) = (it.obligation_key.clone(), it.period.clone());
        (Key { obligation, period, subject: it.subject_id.unwrap_or_default() }, it)
    });
    Ok(keyed.collect())
}

/// The reason as it stands now.
pub async fn find(db: &impl ConnectionTrait, id: ExplanationId) -> Result<Explanation> {
    let row = row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&EXPLANATION_NOT_FOUND))?;
    let found = worded(db, vec![row], DateTime::<Utc>::MAX_UTC).await?;
    found.into_iter().next().ok_or_else(|| Refusal::of(&EXPLANATION_NOT_FOUND))
}

/// Every wording of the reasons of an obligation, the latest reason first, each from its last wording back.
pub async fn wordings(
    store: &Store,
    actor: &Actor,
    obligation: &str,
    period: Option<&str>,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Explanation>> {
    let known = obligation::find(obligation).ok_or_else(|| Refusal::of(&OBLIGATION_NOT_FOUND))?;
    authorize(actor, &COMPLIANCE_READ, &COMPLIANCE_READ, known)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("compliance_explanations", obligation, period))?;
    let mut reasons = row::Entity::find().filter(row::Column::ObligationKey.eq(obligation));
    if let Some(period) = period {
        reasons = reasons.filter(row::Column::Period.eq(period));
    }
    let mut query = wording::Entity::find()
        .filter(
            wording::Column::ExplanationId
                .in_subquery(reasons.clone().select_only().column(row::Column::Id).into_query()),
        )
        .order_by_desc(wording::Column::ExplanationId)
        .order_by_desc(wording::Column::Version)
        .limit(limit + 1);
    if let Some(cursor) = cursor {
        let (id, version): (ExplanationId, i32) = page::open(&store.keys, &sealed_for, cursor)?;
        let same = wording::Column::ExplanationId.eq(id).and(wording::Column::Version.lt(version));
        query = query.filter(wording::Column::ExplanationId.lt(id).or(same));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |it| (it.explanation_id, it.version))?;
    let reasons =
        row::Entity::find().filter(row::Column::Id.is_in(page.rows.iter().map(|it| it.explanation_id))).all(db).await?;
    let reasons: HashMap<ExplanationId, row::Model> = reasons.into_iter().map(|it| (it.id, it)).collect();
    let names = names(db, &page.rows).await?;
    let rows = page.rows.into_iter().filter_map(|it| Some(joined(reasons.get(&it.explanation_id)?, it, &names)));
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

/// Each with its last wording before that instant; none that had no wording then.
async fn worded(
    db: &impl ConnectionTrait,
    reasons: Vec<row::Model>,
    known_before: DateTime<Utc>,
) -> Result<Vec<Explanation>> {
    if reasons.is_empty() {
        return Ok(Vec::new());
    }
    let wordings = wording::Entity::find()
        .filter(wording::Column::ExplanationId.is_in(reasons.iter().map(|it| it.id)))
        .order_by_asc(wording::Column::Version)
        .all(db)
        .await?;
    let names = names(db, &wordings).await?;
    let known = wordings.into_iter().filter(|it| it.given_at < known_before);
    let mut last: HashMap<ExplanationId, wording::Model> = known.map(|it| (it.explanation_id, it)).collect();
    Ok(reasons.iter().filter_map(|reason| Some(joined(reason, last.remove(&reason.id)?, &names))).collect())
}

async fn names(db: &impl ConnectionTrait, wordings: &[wording::Model]) -> Result<HashMap<PersonId, String>> {
    let persons = person::list(db, wordings.iter().filter_map(|it| it.given_by)).await?;
    Ok(persons.into_iter().map(|person| (person.id, person.name)).collect())
}

fn joined(reason: &row::Model, wording: wording::Model, names: &HashMap<PersonId, String>) -> Explanation {
    Explanation {
        id: reason.id,
        obligation_key: reason.obligation_key.clone(),
        period: reason.period.clone(),
        subject_id: Some(reason.subject_id).filter(|id| *id != Uuid::nil()),
        reason: wording.reason,
        given_by: wording.given_by,
        giver: wording.given_by.and_then(|id| names.get(&id).cloned()),
        given_at: wording.given_at,
        version: wording.version,
    }
}
