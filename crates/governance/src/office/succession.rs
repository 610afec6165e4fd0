//! Annual terms that are about to end (Article 12): each asks for a successor, some time before it ends by itself.
//! A task is no record: it goes away when somebody has been found.

use chrono::{Duration, NaiveDate};
use gongjian_kernel::actor::Actor;
use gongjian_kernel::{Result, Store, policy};
use sea_orm::{QueryOrder as _, entity::prelude::*};

use super::store::row::{Column, Entity};
use super::{OfficeKind, OfficePolicy, Tenure, queries::require_reader};

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
    let mut followers: Vec<(OfficeKind, NaiveDate)> = known.iter().map(|one| (one.kind, one.valid_from)).collect();
    followers.sort_by_key(|(_, from)| *from);
    let ending = known.into_iter().filter_map(|tenure| {
        let from = tenure.valid_until.filter(|until| *until <= notice)?;
        let next = followers.iter().position(|(kind, begins)| *kind == tenure.kind && *begins >= from);
        match next {
            Some(at) => {
                followers.remove(at);
                None
            }
            None => Some(Succession { overdue: from <= today, from, tenure }),
        }
    });
    ending.collect()
}
