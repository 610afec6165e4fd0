//! What becomes of a committee (Article 17) or a branch (Article 18). Parts of commands that have authorized, and spent a decision.

use gongjian_identity::Identity;
use gongjian_kernel::{Result, Text, Work};
use gongjian_membership::UnitId;

use super::store::row;
use super::{Body, members};
use crate::office::commands::end_all;

/// From today on it bears another name.
pub async fn rename(work: &Work<'_>, before: &Body, name: String) -> Result<Body> {
    let after = Body { name, version: before.version + 1, ..before.clone() };
    work.update::<row::Entity>(before, &after).await?;
    Ok(after)
}

/// Something of it is another: whoever has read it before reads it again.
pub async fn touch(work: &Work<'_>, before: &Body) -> Result<Body> {
    let after = Body { version: before.version + 1, ..before.clone() };
    work.update::<row::Entity>(before, &after).await?;
    Ok(after)
}

/// From today on it is no more, and with it its offices and memberships. What it was stays to be read.
pub async fn dissolve(work: &mut Work<'_>, identity: &Identity, before: &Body, basis: Text<2, 200>) -> Result<Body> {
    let after = Body { dissolved_on: Some(work.today()), version: before.version + 1, ..before.clone() };
    work.update::<row::Entity>(before, &after).await?;
    members::end_all(work, before.id).await?;
    end_all(work, identity, before.id, &basis).await?;
    Ok(after)
}

/// The same, and its members are those of the other from today on.
pub async fn merge(
    work: &mut Work<'_>,
    identity: &Identity,
    before: &Body,
    into: &Body,
    basis: Text<2, 200>,
) -> Result<(Body, Vec<UnitId>)> {
    let carried = members::carry(work, before.id, into.id).await?;
    Ok((dissolve(work, identity, before, basis).await?, carried))
}

impl Body {
    /// Whether it is there on that day.
    #[must_use]
    pub fn stands_on(&self, day: chrono::NaiveDate) -> bool {
        self.founded_on.is_none_or(|from| from <= day) && self.dissolved_on.is_none_or(|until| until > day)
    }
}
