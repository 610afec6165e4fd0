//! Annual terms that are about to end (Article 12): each asks for a successor, some time before it ends by itself.
//! A task is no record: it goes away when somebody has been found.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use gongjian_kernel::actor::Actor;
use gongjian_kernel::{Result, Store, policy};
use sea_orm::{QueryOrder as _, entity::prelude::*};

use super::store::row::{Column, Entity};
use super::{OfficeKind, OfficePolicy, Tenure, TenureId, queries::require_reader};

/// How far back a term that ended without a successor is still asked about.
const A_YEAR: Duration = Duration::days(366);

/// An annual office for whose next term somebody is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    pub tenure: Tenure,
    /// The first day of the next term.
    pub from: NaiveDate,
    /// The term is over, and nobody has followed.
    pub overdue: bool,
}

/// The annual offices that end soon or have ended, without those that have a successor: the first that begins when
/// or after one ends follows it, the second the next.
pub async fn due(store: &Store, actor: &Actor) -> Result<Vec<Succession>> {
    require_reader(actor)?;
    let today = store.today();
    let policy = policy::current::<OfficePolicy>(store).await?;
    let notice = today + Duration::days(policy.value.successor_notice_days.into());
    let annual = OfficeKind::ALL.iter().copied().filter(|kind| kind.facts().annual);
    let known = Entity::find()
        .filter(Column::Kind.is_in(annual))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::ValidUntil.gt(today - A_YEAR))
        .order_by_asc(Column::ValidUntil)
        .order_by_asc(Column::Id)
        .all(store.db.reader())
        .await?;
    Ok(unfollowed(known, today, notice))
}

fn unfollowed(known: Vec<Tenure>, today: NaiveDate, notice: NaiveDate) -> Vec<Succession> {
    let followed = followers(&known.iter().collect::<Vec<_>>());
    let ending = known.iter().filter(|tenure| !followed.contains_key(&tenure.id)).filter_map(|tenure| {
        let from = tenure.valid_until.filter(|until| *until <= notice)?;
        Some(Succession { overdue: from <= today, from, tenure: tenure.clone() })
    });
    ending.collect()
}

/// Who follows whom: of several seats alike, the first that begins when or after one ends follows it, the second the
/// next. Nobody follows two.
pub(crate) fn followers<'a>(known: &[&'a Tenure]) -> HashMap<TenureId, &'a Tenure> {
    let mut beginning = known.to_vec();
    beginning.sort_by_key(|tenure| (tenure.valid_from, tenure.id));
    let mut ending: Vec<_> = known.iter().filter_map(|tenure| Some((tenure.valid_until?, *tenure))).collect();
    ending.sort_by_key(|(end, tenure)| (*end, tenure.id));
    let mut followed = HashMap::new();
    for (end, tenure) in ending {
        let follows = |next: &&Tenure| {
            next.kind == tenure.kind && next.body_id == tenure.body_id && next.valid_from >= end && next.id != tenure.id
        };
        if let Some(at) = beginning.iter().position(follows) {
            followed.insert(tenure.id, beginning.remove(at));
        }
    }
    followed
}
