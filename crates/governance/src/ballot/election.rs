//! The count of an election: who is elected, and who stands in the run-off.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::rule::{Arithmetic, Bases, Rule};

/// 候选人得票 / How a candidate did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CandidateCount {
    /// 候选人标识 / Id of the candidate.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b21"))]
    pub candidate_id: Uuid,
    /// 姓名或名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    pub name: String,
    /// 得票；无记名且投票过少时不公布 / Votes; null where a secret ballot had too few.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(30))]
    pub votes: Option<u64>,
    /// 是否当选 / Elected.
    #[schema(examples(true))]
    pub elected: bool,
    /// 与他人得票相等而未定 / Tied with others for the last seats.
    #[schema(examples(false))]
    pub tied: bool,
    /// 是否达到当选规则 / The majority rule applied; null as `votes`.
    pub majority: Option<Arithmetic>,
}

/// What came out of an election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElectionResult {
    /// Those with most votes first.
    pub candidates: Vec<CandidateCount>,
    pub unfilled: usize,
}

/// A candidate with his votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub id: Uuid,
    pub name: String,
    pub votes: u64,
}

/// Elected are those with most votes among those who meet the rule, as many as there are seats. Where votes are equal at the
/// last seat, none of the equal ones has it.
#[must_use]
pub fn count(mut standings: Vec<Standing>, seats: usize, rule: &Rule, bases: Bases) -> ElectionResult {
    standings.sort_by(|a, b| b.votes.cmp(&a.votes).then_with(|| a.id.cmp(&b.id)));
    let qualified = standings.iter().filter(|one| rule.holds(one.votes, bases.of(rule.base))).count();
    let places = seats.min(qualified);
    // The votes at which the line is drawn, where it runs through equal ones.
    let tied_at = match (places.checked_sub(1).and_then(|last| standings.get(last)), standings.get(places)) {
        (Some(last), Some(next)) if places < qualified && last.votes == next.votes => Some(last.votes),
        _ => None,
    };
    let candidates: Vec<CandidateCount> = standings
        .into_iter()
        .enumerate()
        .map(|(place, one)| {
            let tied = tied_at == Some(one.votes);
            CandidateCount {
                candidate_id: one.id,
                name: one.name,
                votes: Some(one.votes),
                elected: place < places && !tied,
                tied,
                majority: Some(rule.apply(one.votes, bases)),
            }
        })
        .collect();
    let elected = candidates.iter().filter(|one| one.elected).count();
    ElectionResult { unfilled: seats - elected, candidates }
}

/// Who stands in the next round for the seats that are left: those who tied; otherwise the next by votes, one more than
/// there are seats where the election was contested, and all who are equal with the last of them.
#[must_use]
pub fn run_off(result: &ElectionResult, is_contested: bool) -> Vec<Uuid> {
    if result.unfilled == 0 {
        return Vec::new();
    }
    let left: Vec<&CandidateCount> = result.candidates.iter().filter(|one| !one.elected).collect();
    if left.iter().any(|one| one.tied) {
        return left.into_iter().filter(|one| one.tied).map(|one| one.candidate_id).collect();
    }
    let wanted = result.unfilled + usize::from(is_contested);
    let last = left.get(wanted - 1).and_then(|one| one.votes);
    let stands = |(place, one): &(usize, &CandidateCount)| *place < wanted || one.votes == last;
    left.into_iter().enumerate().filter(stands).map(|(_, one)| one.candidate_id).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rule::Base;
    use super::*;

    fn rule() -> Rule {
        Rule::new("over_half", ("过半数", "more than half"), Base::Present, (1, 2), true)
    }

    fn election(votes: &[u64], seats: usize, present: u64) -> ElectionResult {
        let standing = |(at, votes): (usize, &u64)| Standing {
            id: Uuid::from_u128(at as u128),
            name: format!("c{at}"),
            votes: *votes,
        };
        count(votes.iter().enumerate().map(standing).collect(), seats, &rule(), Bases { present, ..Bases::default() })
    }

    fn elected(result: &ElectionResult) -> Vec<String> {
        result.candidates.iter().filter(|one| one.elected).map(|one| one.name.clone()).collect()
    }

    fn next(result: &ElectionResult, contested: bool) -> Vec<u128> {
        run_off(result, contested).into_iter().map(|id| id.as_u128()).collect()
    }

    #[test]
    fn most_votes_among_the_qualified_win() {
        let result = election(&[12, 18, 15, 9], 2, 20);
        assert_eq!((elected(&result), result.unfilled), (vec!["c1".to_owned(), "c2".to_owned()], 0));
        assert!(next(&result, true).is_empty());
    }

    #[test]
    fn a_tie_for_the_last_seat_goes_to_a_run_off_of_the_tied() {
        let result = election(&[15, 18, 15, 9], 2, 20);
        assert_eq!((elected(&result), result.unfilled, next(&result, true)), (vec!["c1".to_owned()], 1, vec![0, 2]));
        let three = election(&[15, 15, 15], 2, 20);
        assert_eq!((elected(&three).len(), three.unfilled, next(&three, true)), (0, 2, vec![0, 1, 2]));
    }

    #[test]
    fn a_tie_with_seats_for_all_is_none() {
        assert_eq!(election(&[15, 15, 3], 2, 20).unfilled, 0);
    }

    #[test]
    fn without_the_majority_a_seat_stays_empty_and_the_next_stand() {
        let result = election(&[18, 10, 8, 8, 2], 2, 20);
        assert_eq!((elected(&result), result.unfilled), (vec!["c0".to_owned()], 1), "10 of 20 is not more than half");
        assert_eq!(next(&result, true), [1, 2, 3], "one more than seats, and whoever is equal with the last");
        assert_eq!(next(&result, false), [1]);
    }

    #[test]
    fn equal_numbers_may_leave_all_seats_empty() {
        let result = election(&[0, 0], 2, 20);
        assert_eq!((result.unfilled, next(&result, false)), (2, vec![0, 1]));
    }
}
