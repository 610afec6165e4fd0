//! Possible duplicates of an issue: a suggestion only, a person merges (domain.md §3.3).

use std::collections::HashSet;

use chrono::Days;
use gongjian_kernel::work::Store;
use gongjian_kernel::{Actor, Refusal, Result, policy, search};
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, entity::prelude::*};

use super::IssueId;
use super::queries;
use super::store::issue::{Column as C, Entity};
use crate::policy::LedgerPolicy;
use crate::vocabulary::{IssueAction, IssueStatus};

/// An issue that may be about the same matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    pub id: IssueId,
    pub intake_no: Option<String>,
    pub ledger_no: Option<String>,
    pub title: String,
    pub status: IssueStatus,
    /// Shared pairs of characters, as a percentage of the shorter text.
    pub likeness_percent: u32,
}

#[derive(Debug, FromQueryResult)]
struct Candidate {
    id: IssueId,
    intake_no: Option<String>,
    ledger_no: Option<String>,
    title: String,
    detail: String,
    status: IssueStatus,
}

const CANDIDATES: u64 = 500;
const SHOWN: usize = 10;

/// Issues of the same unit, category or street within the policy's days, the likest first.
pub async fn find(store: &Store, actor: &Actor, id: IssueId) -> Result<Vec<Similar>> {
    let issue = queries::get(store, actor, id).await?.issue;
    queries::check(store, actor, id, IssueAction::Merge).await?;
    let policy = policy::current::<LedgerPolicy>(store).await?;
    let (days, least) = (Days::new(policy.value.duplicate_days.into()), policy.value.duplicate_likeness_percent);
    let submitted_on = issue.submitted_on.ok_or_else(|| Refusal::of(&crate::fault::ISSUE_NOT_FOUND))?;
    let near = Condition::any()
        .add(C::SubmitterUnitId.eq(issue.submitter_unit_id))
        .add(C::Category.eq(&issue.category))
        .add_option(issue.street_code.as_ref().map(|street| C::StreetCode.eq(street)));
    let gone = [IssueStatus::Draft, IssueStatus::Rejected, IssueStatus::Merged, IssueStatus::Withdrawn];
    let candidates = Entity::find()
        .select_only()
        .columns([C::Id, C::IntakeNo, C::LedgerNo, C::Title, C::Detail, C::Status])
        .filter(near)
        .filter(C::Id.ne(id))
        .filter(C::Status.is_not_in(gone))
        .filter(C::SubmittedOn.gte(submitted_on.checked_sub_days(days)))
        .filter(C::SubmittedOn.lte(submitted_on.checked_add_days(days)))
        .order_by_desc(C::SubmittedOn)
        .limit(CANDIDATES)
        .into_model::<Candidate>()
        .all(store.db.reader())
        .await?;
    let own = search::tokens(&format!("{}\n{}", issue.title, issue.detail));
    let mut similar: Vec<Similar> = candidates
        .into_iter()
        .map(|found| Similar {
            likeness_percent: likeness(&own, &search::tokens(&format!("{}\n{}", found.title, found.detail))),
            id: found.id,
            intake_no: found.intake_no,
            ledger_no: found.ledger_no,
            title: found.title,
            status: found.status,
        })
        .filter(|found| found.likeness_percent >= least)
        .collect();
    similar.sort_by_key(|found| std::cmp::Reverse((found.likeness_percent, found.id)));
    similar.truncate(SHOWN);
    Ok(similar)
}

/// How many of the shorter text's pairs the longer one shares.
fn likeness(a: &str, b: &str) -> u32 {
    // Only whole pairs: what stands alone at the end of a run says little.
    let pairs = |tokens: &'_ str| -> HashSet<String> {
        tokens.split(' ').filter(|token| token.len() == PAIR).map(str::to_owned).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    let shorter = a.len().min(b.len());
    let shared = a.intersection(&b).count();
    (shared * 100).checked_div(shorter).and_then(|percent| u32::try_from(percent).ok()).unwrap_or(0)
}

/// `u` and two characters of six hexadecimal digits.
const PAIR: usize = 13;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_matter_in_other_words_is_alike_and_another_matter_is_not() {
        let text = |words: &str| search::tokens(words);
        let flooded = text("雨季低洼路段积水 新港路积水影响货运。");
        assert!(likeness(&flooded, &text("新港路雨后积水严重 与新港路积水同一诉求。")) >= 25);
        assert!(likeness(&flooded, &text("引进博士子女入学难 希望协调学区学位。")) < 10);
        assert_eq!(likeness(&flooded, ""), 0);
    }
}
