//! The offices of the charter (Articles 12–18, 25), and who has a seat by them. A tenure rests on a post or on a
//! person: who holds an office that rests on a post is whoever holds the post that day, and is kept nowhere.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
pub mod filings;
mod kind;
pub mod policy;
mod positions;
pub mod queries;
mod seats;
mod speaks;
pub(crate) mod store;
pub mod succession;

pub use action::TenureInQuestion;
pub use commands::{NewTenure, Revision};
pub use filings::Task;
pub use kind::{Facts, Filling, OfficeBody, OfficeKind, OfficeMethod, RestsOn};
pub use policy::OfficePolicy;
pub use positions::positions;
pub use queries::{OfficeFilter, OfficeOnFile};
pub use seats::{Seat, SeatSource, of_branches, of_committees};
pub(crate) use seats::{holders, seats_of, voices};
pub use speaks::{Voice, speaks_for};
pub use store::row::Model as Tenure;

use gongjian_kernel::Result;
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};

use crate::post::PostId;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    OfficeKind::WORDS,
    OfficeBody::WORDS,
    Filling::WORDS,
    RestsOn::WORDS,
    OfficeMethod::WORDS,
    SeatSource::WORDS,
    filings::FilingState::WORDS,
];

gongjian_kernel::ids! {
    /// A tenure: an office over a body, held by a post or a person for some time.
    TenureId;
}

/// The offices that rest on the post that day or will, by what is known now.
pub(crate) async fn tenures_on(
    db: &impl ConnectionTrait,
    post: PostId,
    day: chrono::NaiveDate,
) -> Result<Vec<OfficeKind>> {
    let found = store::row::Entity::find()
        .filter(store::row::Column::PostId.eq(post))
        .filter(store::row::Column::SupersededAt.is_null())
        .filter(store::row::Column::ValidUntil.is_null().or(store::row::Column::ValidUntil.gt(day)))
        .all(db)
        .await?;
    Ok(found.into_iter().map(|tenure| tenure.kind).collect())
}
