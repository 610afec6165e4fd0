//! The urn of a secret ballot: one row of sealed running counts. A vote is never a row of its own, so nothing has an order,
//! a time or a neighbour that could be held beside the roll. See ADR 0013.

use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::sea_query::Expr;
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::BallotId;
use super::store::urn as row;

/// How often each option was chosen. The last count is that of the votes themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counts {
    options: Vec<u64>,
    cast: u64,
}

impl Counts {
    fn none(options: usize) -> Self {
        Self { options: vec![0; options], cast: 0 }
    }

    fn add(&mut self, chosen: &[usize]) -> Result<()> {
        for option in chosen {
            let count = self.options.get_mut(*option).ok_or_else(|| Refusal::internal("a choice without a place"))?;
            *count += 1;
        }
        self.cast += 1;
        Ok(())
    }

    pub(super) fn options(&self) -> &[u64] {
        &self.options
    }

    /// Always of one length, whatever the counts are: the sealed text is as long as this.
    fn text(&self) -> String {
        let all = self.options.iter().chain([&self.cast]);
        all.map(|count| format!("{count:020}")).collect::<Vec<_>>().join(",")
    }

    fn read(text: &str) -> Result<Self> {
        let broken = || Refusal::internal("an urn that cannot be read");
        let mut options = text.split(',').map(str::parse).collect::<Result<Vec<u64>, _>>().map_err(|_| broken())?;
        let cast = options.pop().ok_or_else(broken)?;
        Ok(Self { options, cast })
    }
}

fn place(ballot: BallotId) -> String {
    format!("ballot_urn.counts {ballot}")
}

/// An empty urn.
pub(super) async fn set_up(work: &Work<'_>, ballot: BallotId, options: usize) -> Result<()> {
    let counts = work.store.keys.data.seal(&place(ballot), &Counts::none(options).text())?;
    row::Entity::insert(row::ActiveModel::from(row::Model { ballot_id: ballot, counts }).reset_all())
        .exec_without_returning(work.tx())
        .await?;
    Ok(())
}

/// Adds a vote. The row is held to the commit, so this comes last; the head of the audit trail is held as long anyway.
pub(super) async fn put(work: &Work<'_>, ballot: BallotId, chosen: &[usize]) -> Result<()> {
    let mut counts = open(work, ballot).await?;
    counts.add(chosen)?;
    let sealed = work.store.keys.data.seal(&place(ballot), &counts.text())?;
    row::Entity::update_many()
        .col_expr(row::Column::Counts, Expr::val(sealed))
        .filter(row::Column::BallotId.eq(ballot))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// The counts. `cast` of the roll must agree with them: an urn that was put back to an earlier state is noticed.
pub(super) async fn empty(work: &Work<'_>, ballot: BallotId, cast: u64) -> Result<Counts> {
    let counts = open(work, ballot).await?;
    if counts.cast != cast {
        return Err(Refusal::internal(format!("the urn of {ballot} does not agree with the roll")));
    }
    destroy(work, ballot).await?;
    Ok(counts)
}

pub(super) async fn destroy(work: &Work<'_>, ballot: BallotId) -> Result<()> {
    row::Entity::delete_by_id(ballot).exec(work.tx()).await?;
    Ok(())
}

async fn open(work: &Work<'_>, ballot: BallotId) -> Result<Counts> {
    let found = row::Entity::find_by_id(ballot).lock_exclusive().one(work.tx()).await?;
    let found = found.ok_or_else(|| Refusal::internal("a secret ballot without an urn"))?;
    Counts::read(&work.store.keys.data.open(&place(ballot), &found.counts)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_come_back_as_they_were_put_in_and_are_of_one_length() {
        let mut counts = Counts::none(3);
        let empty = counts.text();
        for chosen in [&[0][..], &[2], &[0, 2], &[]] {
            counts.add(chosen).unwrap();
        }
        assert_eq!((counts.options(), counts.cast), (&[2, 0, 2][..], 4));
        assert_eq!(Counts::read(&counts.text()).unwrap(), counts);
        assert_eq!(counts.text().len(), empty.len(), "the length tells nothing");
        assert!(counts.add(&[3]).is_err() && Counts::read("x").is_err());
    }
}
