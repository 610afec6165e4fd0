//! Whether the trail is what was written: every row follows the one before it, the head names the last
//! one, and nothing contradicts a checkpoint that was kept outside the database.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::{GENESIS, hash_of, head, row};
use crate::fault::{Refusal, Result};
use crate::keys::{Keys, mac_holds};

/// The end of the chain at an instant, to be kept outside the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub seq: i64,
    pub hash: String,
    pub seal: String,
}

impl From<&Checkpoint> for String {
    fn from(mark: &Checkpoint) -> Self {
        format!("{} {} {}", mark.seq, mark.hash, mark.seal)
    }
}

impl Checkpoint {
    fn of(keys: &Keys, seq: i64, hash: &str) -> Self {
        Self { seq, hash: hash.to_owned(), seal: super::seal(keys, seq, hash) }
    }

    /// Reads a line that [`String::from`] wrote; one whose seal does not hold is none.
    #[must_use]
    pub fn parse(line: &str, keys: &Keys) -> Option<Self> {
        let mut parts = line.split_whitespace();
        let seq: i64 = parts.next()?.parse().ok()?;
        let (hash, tag) = (parts.next()?, parts.next()?);
        mac_holds(&keys.audit, format!("{seq} {hash}").as_bytes(), tag).then(|| Self {
            seq,
            hash: hash.to_owned(),
            seal: tag.to_owned(),
        })
    }
}

/// The checkpoints that a text holds, one a line, and how many lines of it hold no seal of ours.
#[must_use]
pub fn checkpoints(text: &str, keys: &Keys) -> (Vec<Checkpoint>, usize) {
    let (mut marks, mut strange) = (Vec::new(), 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match Checkpoint::parse(line, keys) {
            Some(mark) => marks.push(mark),
            None => strange += 1,
        }
    }
    (marks, strange)
}

/// The present end of the chain.
pub async fn checkpoint(db: &impl ConnectionTrait) -> Result<Checkpoint> {
    let head =
        head::Entity::find_by_id(1).one(db).await?.ok_or_else(|| Refusal::internal("the audit trail has no head"))?;
    Ok(Checkpoint { seq: head.seq, hash: head.hash, seal: head.seal })
}

crate::words! {
    /// In which way the trail is broken.
    pub enum Flaw as "audit_flaw" ("审计链异常", "Flaw of the audit trail") {
        BeyondHead = "beyond_head" ("链尾之后另有记录", "The row stands after the end that the head names"),
        Missing = "missing" ("记录缺失", "The row is missing"),
        Unlinked = "unlinked" ("与前一条记录不衔接", "The row does not follow the one before it"),
        Changed = "changed" ("记录被改动", "The row was changed"),
        NotAsCheckpoint = "not_as_checkpoint" ("与库外检查点不符", "The row differs from a checkpoint kept outside"),
        CutOff = "cut_off" ("链尾记录缺失", "Rows are missing at the end: the head names a later one"),
        BadSeal = "bad_seal" ("链尾封印无效", "The seal of the head does not hold"),
        BehindCheckpoint = "behind_checkpoint" ("链尾早于库外检查点", "Rows are missing at the end: a checkpoint kept outside names a later one"),
    }
}

/// What the verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Whole { rows: i64 },
    Broken { at: i64, why: Flaw },
}

/// How far a verification came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// The whole trail up to its head.
    Whole {
        end: Checkpoint,
    },
    /// Whole so far; it goes on from here.
    Partial {
        end: Checkpoint,
    },
    Broken {
        at: i64,
        why: Flaw,
    },
}

const BATCH: u64 = 5000;

/// The number of the newest row.
async fn newest(db: &impl ConnectionTrait) -> Result<i64> {
    let newest = row::Entity::find().order_by_desc(row::Column::Seq).one(db).await?;
    Ok(newest.map_or(0, |row| row.seq))
}

/// Reads the whole trail, in constant memory, and holds it against the head and the checkpoints.
pub async fn verify(db: &impl ConnectionTrait, keys: &Keys, checkpoints: &[Checkpoint]) -> Result<Verdict> {
    Ok(match verify_on(db, keys, checkpoints, None, || true).await? {
        Progress::Whole { end } | Progress::Partial { end } => Verdict::Whole { rows: end.seq },
        Progress::Broken { at, why } => Verdict::Broken { at, why },
    })
}

/// The same from where an earlier verification came to, for as long as `goes_on` says.
///
/// A server may be writing meanwhile. Rows and head are committed together: a row seen before the head
/// is read stands under it, and rows that the head does not name yet are left alone.
pub async fn verify_on(
    db: &impl ConnectionTrait,
    keys: &Keys,
    checkpoints: &[Checkpoint],
    from: Option<&Checkpoint>,
    goes_on: impl Fn() -> bool,
) -> Result<Progress> {
    let broken = |at: i64, why: Flaw| Ok(Progress::Broken { at, why });
    let newest = newest(db).await?;
    let head = checkpoint(db).await?;
    if newest > head.seq {
        return broken(head.seq + 1, Flaw::BeyondHead);
    }
    let (mut last, mut prev_hash) = from.map_or((0, GENESIS.to_owned()), |from| (from.seq, from.hash.clone()));
    let mut marks: Vec<&Checkpoint> = checkpoints.iter().filter(|mark| mark.seq >= last).collect();
    marks.sort_by_key(|mark| mark.seq);
    let mut marks = marks.into_iter().peekable();
    while let Some(mark) = marks.next_if(|mark| mark.seq == last) {
        if mark.hash != prev_hash {
            return broken(last, Flaw::NotAsCheckpoint);
        }
    }
    loop {
        let rows = row::Entity::find()
            .filter(row::Column::Seq.gt(last))
            .filter(row::Column::Seq.lte(head.seq))
            .order_by_asc(row::Column::Seq)
            .limit(BATCH)
            .all(db)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != last + 1 {
                return broken(last + 1, Flaw::Missing);
            }
            if row.prev_hash != prev_hash {
                return broken(row.seq, Flaw::Unlinked);
            }
            if hash_of(&row)? != row.hash {
                return broken(row.seq, Flaw::Changed);
            }
            while let Some(mark) = marks.next_if(|mark| mark.seq <= row.seq) {
                if mark.seq == row.seq && mark.hash != row.hash {
                    return broken(row.seq, Flaw::NotAsCheckpoint);
                }
            }
            (last, prev_hash) = (row.seq, row.hash);
        }
        if last < head.seq && !goes_on() {
            return Ok(Progress::Partial { end: Checkpoint::of(keys, last, &prev_hash) });
        }
    }
    if head.seq != last || head.hash != prev_hash {
        return broken(last + 1, Flaw::CutOff);
    }
    if !mac_holds(&keys.audit, format!("{last} {prev_hash}").as_bytes(), &head.seal) {
        return broken(last, Flaw::BadSeal);
    }
    if let Some(mark) = marks.next() {
        return broken(mark.seq, Flaw::BehindCheckpoint);
    }
    Ok(Progress::Whole { end: head })
}
