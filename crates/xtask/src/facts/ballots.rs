//! The life of a ballot, and the rules that it goes by where nobody has changed them.

use gongjian_governance::ballot::{BallotStatus, VotingPolicy};
use gongjian_kernel::lifecycle::matrix;

use super::table;

pub fn page() -> String {
    let policy = VotingPolicy::default();
    let rules = policy.rules.iter().map(|rule| {
        let sign = if rule.strict { '>' } else { '≥' };
        let fraction = format!("{sign} {}/{}", rule.numerator, rule.denominator);
        vec![format!("`{}`", rule.code), fraction, rule.base.to_string(), rule.name_zh.clone(), rule.name_en.clone()]
    });
    let matters = policy
        .matters
        .iter()
        .map(|own| vec![own.matter.to_string(), format!("`{}`", own.quorum), format!("`{}`", own.majority)]);
    format!(
        "# Ballots (Articles 11 to 13)\n\n## The life of a ballot\n\nThe state after each action, or – where the action is not \
         open. A closed ballot is `carried`, `not_carried` or void for want of a quorum (`no_quorum`). A run-off is a ballot of \
         its own. The table is `crates/governance/src/ballot/lifecycle.rs`.\n\n{}\n\
         ## Rules\n\nThe default of `GET /v1/policies/voting`. Quorum: `{}`. Majority: `{}`. Elections: `{}`. A secret ballot \
         takes {} present.\n\n{}\n\
         ## Matters with rules of their own\n\n{}",
        matrix::<BallotStatus>(),
        policy.quorum,
        policy.majority,
        policy.election,
        policy.secret_minimum,
        table::of(&["rule", "fraction", "of", "中文", "English"], rules),
        table::of(&["matter", "quorum", "majority"], matters)
    )
}
