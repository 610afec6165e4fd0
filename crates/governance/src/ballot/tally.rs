//! The count of a motion, and what follows from it. Silence counts as nothing; abstention is a vote, neither for nor against.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::lifecycle::{BallotOutcome, Choice};
use super::rule::{Arithmetic, Bases, Rule};

/// 议案计票 / The count of a motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct MotionCount {
    /// 赞成 / For.
    #[serde(rename = "for")]
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(30))]
    pub in_favour: u64,
    /// 反对 / Against.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(5))]
    pub against: u64,
    /// 弃权 / Abstentions.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(3))]
    pub abstain: u64,
}

impl MotionCount {
    #[must_use]
    pub fn cast(self) -> u64 {
        self.in_favour + self.against + self.abstain
    }

    pub fn add(&mut self, choice: Choice, votes: u64) {
        match choice {
            Choice::For => self.in_favour += votes,
            Choice::Against => self.against += votes,
            Choice::Abstain => self.abstain += votes,
        }
    }

    #[must_use]
    pub fn bases(self, all_electors: u64, present: u64) -> Bases {
        Bases { all_electors, present, votes_cast: self.cast(), for_and_against: self.in_favour + self.against }
    }

    /// Whether the motion is carried, and how that was computed.
    #[must_use]
    pub fn decide(self, rule: &Rule, all_electors: u64, present: u64) -> (BallotOutcome, Arithmetic) {
        let arithmetic = rule.apply(self.in_favour, self.bases(all_electors, present));
        (if arithmetic.holds { BallotOutcome::Carried } else { BallotOutcome::NotCarried }, arithmetic)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule::Base;
    use super::*;

    fn over_half(base: Base) -> Rule {
        Rule::new("over_half", ("过半数", "more than half"), base, (1, 2), true)
    }

    #[test]
    fn silence_is_neither_abstention_nor_against() {
        // 84 electors, 60 present: 20 for, 10 against, 15 abstain, 15 silent.
        let count = MotionCount { in_favour: 20, against: 10, abstain: 15 };
        let carried = |base| count.decide(&over_half(base), 84, 60).0 == BallotOutcome::Carried;
        assert!(!carried(Base::AllElectors) && !carried(Base::Present) && !carried(Base::VotesCast));
        assert!(carried(Base::ForAndAgainst), "20 of 30");
        let (_, shown) = count.decide(&over_half(Base::VotesCast), 84, 60);
        assert_eq!((shown.base_count, shown.formula_en.as_str()), (45, "20 > 45 × 1/2? no"));
    }

    #[test]
    fn the_same_count_under_another_rule_is_another_outcome() {
        let half = MotionCount { in_favour: 42, against: 42, abstain: 0 };
        let at_least = Rule { strict: false, ..over_half(Base::Present) };
        assert_eq!(half.decide(&over_half(Base::Present), 84, 84).0, BallotOutcome::NotCarried);
        assert_eq!(half.decide(&at_least, 84, 84).0, BallotOutcome::Carried);
    }
}
