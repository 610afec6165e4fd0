//! Majorities and quorums: exact fractions of a named base. 过半数 and 半数以上 are two rules: 42 of 84 is the latter only.

use gongjian_kernel::{FieldFault, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

gongjian_kernel::words! {
    /// What a fraction is taken of.
    pub enum Base as "voting_base" ("计票基数", "Base of a count") {
        AllElectors = "all_electors" ("应到", "All electors"),
        Present = "present" ("实到", "Electors present"),
        VotesCast = "votes_cast" ("投票", "Votes cast"),
        ForAndAgainst = "for_and_against" ("赞成与反对", "Votes for and against"),
    }
}

/// 表决规则：基数的几分之几 / A rule: a fraction of a base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VotingRule)]
pub struct Rule {
    /// 代码，供各事项引用 / Code that matters refer to.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", min_length = 1, max_length = 40, example = "over_half_of_present")]
    pub code: String,
    /// 中文名称 / Name in Chinese.
    #[schema(pattern = r"^[^\x00]*$", min_length = 1, max_length = 50, example = "实到过半数")]
    pub name_zh: String,
    /// 英文名称 / Name in English.
    #[schema(pattern = r"^[^\x00]*$", min_length = 1, max_length = 100, example = "more than half of those present")]
    pub name_en: String,
    /// 基数 / What the fraction is taken of.
    pub base: Base,
    /// 分子 / Numerator.
    #[schema(minimum = 1, maximum = 1000, example = 1)]
    pub numerator: u32,
    /// 分母 / Denominator.
    #[schema(minimum = 1, maximum = 1000, example = 2)]
    pub denominator: u32,
    /// true 为“超过”，false 为“达到或超过” / true: more than the fraction; false: at least.
    #[schema(example = true)]
    pub strict: bool,
}

/// How often each base was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bases {
    pub all_electors: u64,
    pub present: u64,
    pub votes_cast: u64,
    pub for_and_against: u64,
}

impl Bases {
    #[must_use]
    pub fn of(self, base: Base) -> u64 {
        match base {
            Base::AllElectors => self.all_electors,
            Base::Present => self.present,
            Base::VotesCast => self.votes_cast,
            Base::ForAndAgainst => self.for_and_against,
        }
    }
}

/// 计算过程 / A rule applied, with its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = VotingArithmetic)]
pub struct Arithmetic {
    /// 规则代码 / Code of the rule.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("over_half_of_present"))]
    pub rule: String,
    /// 规则名称 / Name of the rule.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("实到过半数"))]
    pub name_zh: String,
    /// 规则英文名称 / Its English name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("more than half of those present"))]
    pub name_en: String,
    /// 基数 / The base.
    pub base: Base,
    /// 基数之数 / How many the base counts.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(84))]
    pub base_count: u64,
    /// 所得之数 / How many there were.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(42))]
    pub count: u64,
    /// 分子 / Numerator.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    pub numerator: u32,
    /// 分母 / Denominator.
    #[schema(minimum = 1, maximum = 1000, examples(2))]
    pub denominator: u32,
    /// 是否须超过 / More than, or at least.
    #[schema(examples(true))]
    pub strict: bool,
    /// 是否达到 / Whether the rule is met.
    #[schema(examples(false))]
    pub holds: bool,
    /// 算式 / The formula in Chinese.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("42 > 84 × 1/2？否"))]
    pub formula_zh: String,
    /// 算式（英文）/ The formula in English.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("42 > 84 × 1/2? no"))]
    pub formula_en: String,
}

impl Rule {
    #[must_use]
    pub fn new(
        code: &str,
        (zh, en): (&str, &str),
        base: Base,
        (numerator, denominator): (u32, u32),
        strict: bool,
    ) -> Self {
        Self {
            code: code.to_owned(),
            name_zh: zh.to_owned(),
            name_en: en.to_owned(),
            base,
            numerator,
            denominator,
            strict,
        }
    }

    /// Whether that many of the base meet the rule. Nothing is carried by nobody: an empty base meets no rule.
    #[must_use]
    pub fn holds(&self, count: u64, of: u64) -> bool {
        let (left, right) =
            (u128::from(count) * u128::from(self.denominator), u128::from(of) * u128::from(self.numerator));
        of > 0 && if self.strict { left > right } else { left >= right }
    }

    /// The rule applied, and how.
    #[must_use]
    pub fn apply(&self, count: u64, bases: Bases) -> Arithmetic {
        let base_count = bases.of(self.base);
        let holds = self.holds(count, base_count);
        let sign = if self.strict { '>' } else { '≥' };
        let formula = format!("{count} {sign} {base_count} × {}/{}", self.numerator, self.denominator);
        Arithmetic {
            rule: self.code.clone(),
            name_zh: self.name_zh.clone(),
            name_en: self.name_en.clone(),
            base: self.base,
            base_count,
            count,
            numerator: self.numerator,
            denominator: self.denominator,
            strict: self.strict,
            holds,
            formula_zh: format!("{formula}？{}", if holds { "是" } else { "否" }),
            formula_en: format!("{formula}? {}", if holds { "yes" } else { "no" }),
        }
    }

    /// What is wrong with the rule itself.
    pub(super) fn check(&self, at: &str, faults: &mut Vec<FieldFault>) {
        let mut fault = |member: &str, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(format!("{at}/{member}"), code, Say::fixed(zh, en)));
        };
        let code = self.code.as_bytes();
        let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
        if !code.first().is_some_and(u8::is_ascii_lowercase) || code.len() > 40 || !code.iter().all(plain) {
            fault(
                "code",
                "invalid_code",
                "应为小写字母、数字和下划线。",
                "Give small letters, digits and underscores.",
            );
        }
        for (member, name, longest) in [("name_zh", &self.name_zh, 50), ("name_en", &self.name_en, 100)] {
            if name.trim().is_empty() || name.chars().count() > longest {
                fault(member, "invalid_name", "名称过长或为空。", "The name is empty or too long.");
            }
        }
        let range = 1..=1000;
        if !range.contains(&self.numerator) || !range.contains(&self.denominator) {
            fault("denominator", "out_of_range", "分子、分母应为 1 至 1000。", "Give 1 to 1000.");
        } else if self.numerator > self.denominator || (self.strict && self.numerator == self.denominator) {
            fault("numerator", "out_of_range", "应是能够达到的比例。", "The fraction must be within reach.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: u32, denominator: u32, strict: bool) -> Rule {
        Rule::new("r", ("规则", "rule"), Base::Present, (numerator, denominator), strict)
    }

    fn half(strict: bool) -> Rule {
        fraction(1, 2, strict)
    }

    #[test]
    fn forty_two_of_eighty_four_is_half_and_not_more() {
        let present = Bases { present: 84, ..Bases::default() };
        let over = half(true).apply(42, present);
        assert_eq!((over.holds, over.formula_en.as_str()), (false, "42 > 84 × 1/2? no"));
        assert!(half(true).holds(43, 84));
        let at_least = half(false).apply(42, present);
        assert_eq!((at_least.holds, at_least.formula_zh.as_str()), (true, "42 ≥ 84 × 1/2？是"));
        assert!(!half(false).holds(41, 84));
    }

    #[test]
    fn two_thirds_are_exact() {
        let rule = Rule::new("r", ("规则", "rule"), Base::AllElectors, (2, 3), false);
        for (count, of, holds) in [(66, 100, false), (67, 100, true), (2, 3, true), (25, 38, false), (26, 38, true)] {
            assert_eq!(rule.holds(count, of), holds, "{count} of {of}");
        }
    }

    #[test]
    fn nobody_meets_nothing() {
        assert!(!half(false).holds(0, 0) && !half(true).holds(0, 0));
    }

    #[test]
    fn a_rule_that_nobody_can_meet_is_none() {
        let faults = |rule: Rule| {
            let mut faults = Vec::new();
            rule.check("/rules/0", &mut faults);
            faults.len()
        };
        assert_eq!(faults(half(true)), 0);
        assert_eq!(faults(Rule { numerator: 2, ..half(true) }), 1, "more than all");
        assert_eq!(faults(Rule { numerator: 2, ..half(false) }), 0, "all");
        assert_eq!(faults(Rule { denominator: 0, code: "A".into(), name_en: String::new(), ..half(true) }), 3);
    }

    /// Against the definition: there are as many as the fraction asks for exactly when no smaller whole number would do.
    #[test]
    fn a_rule_is_its_fraction() {
        for (n, d) in (1_u32..=12).flat_map(|d| (1..=d).map(move |n| (n, d))) {
            let (over, at_least) = (fraction(n, d, true), fraction(n, d, false));
            for of in 1_u64..=90 {
                let exact = of * u64::from(n);
                let (least_over, least) = (exact / u64::from(d) + 1, exact.div_ceil(u64::from(d)));
                for count in 0..=of {
                    assert_eq!(over.holds(count, of), count >= least_over, "{count} > {of} × {n}/{d}");
                    assert_eq!(at_least.holds(count, of), count >= least, "{count} ≥ {of} × {n}/{d}");
                }
            }
        }
    }

    #[test]
    fn numbers_beyond_any_association_do_not_overflow() {
        let rule = fraction(999, 1000, false);
        assert!(rule.holds(u64::MAX, u64::MAX) && !rule.holds(u64::MAX / 2, u64::MAX));
    }
}
