//! What the charter leaves open about voting (domain.md §1.6 A4): quorums and majorities, named, for each matter.

use std::collections::HashSet;

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::{Base, Rule};
use crate::decision::Matter;

/// 某一事项的规则 / The rules of one matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesOfMatter {
    /// 事项 / The matter.
    pub matter: Matter,
    /// 法定人数规则代码 / Code of its quorum.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", max_length = 40, example = "two_thirds_of_electors")]
    pub quorum: String,
    /// 通过规则代码 / Code of its majority.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", max_length = 40, example = "two_thirds_of_present")]
    pub majority: String,
}

/// 表决配置（第十一、十三条未作规定）/ Voting: what Articles 11 and 13 leave open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VotingPolicy {
    /// 可用的规则 / The rules there are.
    #[schema(min_items = 1, max_items = 50)]
    pub rules: Vec<Rule>,
    /// 一般法定人数规则代码，基数须为应到 / Code of the general quorum; its base is all electors.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", max_length = 40, example = "two_thirds_of_electors")]
    pub quorum: String,
    /// 一般通过规则代码 / Code of the general majority.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", max_length = 40, example = "over_half_of_present")]
    pub majority: String,
    /// 选举当选规则代码 / Code of the majority that elects.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", max_length = 40, example = "over_half_of_present")]
    pub election: String,
    /// 另有规则的事项 / Matters with rules of their own.
    #[schema(max_items = 20)]
    pub matters: Vec<RulesOfMatter>,
    /// 无记名表决的最少实到数；投票少于此数的，只公布结论 / Fewest electors present for a secret ballot; with fewer votes cast only the verdict is told.
    #[schema(minimum = 3, maximum = 1000, example = 5)]
    pub secret_minimum: u32,
}

impl Default for VotingPolicy {
    fn default() -> Self {
        let rule = |code, names, base, fraction, strict| Rule::new(code, names, base, fraction, strict);
        Self {
            rules: vec![
                rule(
                    QUORUM,
                    ("应到三分之二以上", "at least two thirds of the electors"),
                    Base::AllElectors,
                    (2, 3),
                    false,
                ),
                rule(OVER_HALF, ("实到过半数", "more than half of those present"), Base::Present, (1, 2), true),
                rule(
                    "half_or_more_of_present",
                    ("实到半数以上", "at least half of those present"),
                    Base::Present,
                    (1, 2),
                    false,
                ),
                rule(
                    TWO_THIRDS,
                    ("实到三分之二以上", "at least two thirds of those present"),
                    Base::Present,
                    (2, 3),
                    false,
                ),
                rule(
                    "over_half_of_votes",
                    ("投票过半数", "more than half of the votes cast"),
                    Base::VotesCast,
                    (1, 2),
                    true,
                ),
                rule(
                    "over_half_of_electors",
                    ("应到过半数", "more than half of the electors"),
                    Base::AllElectors,
                    (1, 2),
                    true,
                ),
            ],
            quorum: QUORUM.to_owned(),
            majority: OVER_HALF.to_owned(),
            election: OVER_HALF.to_owned(),
            matters: vec![RulesOfMatter {
                matter: Matter::CharterAmendment,
                quorum: QUORUM.to_owned(),
                majority: TWO_THIRDS.to_owned(),
            }],
            secret_minimum: 5,
        }
    }
}

const QUORUM: &str = "two_thirds_of_electors";
const OVER_HALF: &str = "over_half_of_present";
const TWO_THIRDS: &str = "two_thirds_of_present";

/// The two rules that a ballot goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    pub quorum: Rule,
    pub majority: Rule,
}

impl VotingPolicy {
    fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The rules for a matter. An election has the majority of elections unless its matter has one of its own.
    pub fn rules_for(&self, matter: Matter, is_election: bool) -> Result<Rules> {
        let own = self.matters.iter().find(|own| own.matter == matter);
        let general = if is_election { &self.election } else { &self.majority };
        let (quorum, majority) = own.map_or((&self.quorum, general), |own| (&own.quorum, &own.majority));
        let named = |code: &String| {
            self.rule(code).cloned().ok_or_else(|| Refusal::internal(format!("the voting policy has no rule {code}")))
        };
        Ok(Rules { quorum: named(quorum)?, majority: named(majority)? })
    }
}

impl Policy for VotingPolicy {
    const NAME: &'static str = "voting";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut codes = HashSet::new();
        for (at, rule) in self.rules.iter().enumerate() {
            rule.check(&format!("/rules/{at}"), &mut faults);
            if !codes.insert(&rule.code) {
                let detail = Say::fixed("代码重复。", "The code is there twice.");
                faults.push(FieldFault::body(format!("/rules/{at}/code"), "duplicate", detail));
            }
        }
        let mut named = |at: String, code: &str, is_quorum: bool| match self.rule(code) {
            None => {
                let detail = Say::fixed("没有该规则。", "There is no such rule.");
                faults.push(FieldFault::body(at, "unknown_rule", detail));
            }
            Some(rule) if is_quorum && rule.base != Base::AllElectors => {
                let detail = Say::fixed("法定人数的基数须为应到。", "A quorum is a fraction of all electors.");
                faults.push(FieldFault::body(at, "wrong_base", detail));
            }
            Some(_) => {}
        };
        named("/quorum".to_owned(), &self.quorum, true);
        named("/majority".to_owned(), &self.majority, false);
        named("/election".to_owned(), &self.election, false);
        for (at, own) in self.matters.iter().enumerate() {
            named(format!("/matters/{at}/quorum"), &own.quorum, true);
            named(format!("/matters/{at}/majority"), &own.majority, false);
        }
        let mut matters = HashSet::new();
        if let Some(at) = self.matters.iter().position(|own| !matters.insert(own.matter)) {
            let detail = Say::fixed("事项重复。", "The matter is there twice.");
            faults.push(FieldFault::body(format!("/matters/{at}/matter"), "duplicate", detail));
        }
        if self.rules.len() > 50 || self.rules.is_empty() {
            faults.push(FieldFault::body("/rules", "out_of_range", Say::fixed("应为 1 至 50 项。", "Give 1 to 50.")));
        }
        if !(3..=1000).contains(&self.secret_minimum) {
            let detail = Say::fixed("应为 3 至 1000。", "Give 3 to 1000.");
            faults.push(FieldFault::body("/secret_minimum", "out_of_range", detail));
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_of_the_model_charter() {
        let policy = VotingPolicy::default();
        policy.check().unwrap();
        let plan = policy.rules_for(Matter::AnnualPlan, false).unwrap();
        assert_eq!((plan.quorum.code.as_str(), plan.majority.code.as_str()), (QUORUM, OVER_HALF));
        let charter = policy.rules_for(Matter::CharterAmendment, false).unwrap();
        assert!(charter.majority.holds(2, 3) && !charter.majority.holds(1, 2) && !charter.majority.strict);
    }

    #[test]
    fn a_policy_names_rules_that_there_are() {
        let refused = |change: fn(&mut VotingPolicy)| {
            let mut policy = VotingPolicy::default();
            change(&mut policy);
            policy.check().unwrap_err().fields.iter().map(|fault| fault.code).collect::<Vec<_>>()
        };
        assert_eq!(refused(|policy| policy.majority = "none".into()), ["unknown_rule"]);
        assert_eq!(refused(|policy| policy.quorum = OVER_HALF.into()), ["wrong_base"]);
        assert_eq!(refused(|policy| policy.rules.push(policy.rules[0].clone())), ["duplicate"]);
        assert_eq!(refused(|policy| policy.matters.push(policy.matters[0].clone())), ["duplicate"]);
        assert_eq!(refused(|policy| policy.secret_minimum = 2), ["out_of_range"]);
    }
}
