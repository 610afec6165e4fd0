//! What Articles 11, 13, 17 and 18 leave open: what decisions are called, and how long it may take to be heard, to
//! sign, to execute.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::{Body, BodyKind};

/// 决议字号、协商与双签时限、执行提醒（第十一、十三、十七、十八条）/ Numbers of decisions, time to be heard and to sign, reminders (Articles 11, 13, 17, 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionPolicy {
    /// 会员大会决议代字，{name} 代表机构名称，如 {name}〔2026〕1号 / What numbers of the general meeting begin with; {name} is the name of the body.
    #[schema(min_length = 1, max_length = 40, example = "会员大会")]
    pub general_meeting_prefix: String,
    /// 理事会决议代字 / What numbers of the council begin with.
    #[schema(min_length = 1, max_length = 40, example = "理事会")]
    pub council_prefix: String,
    /// 专业研究委员会决议代字，须含 {name} / What numbers of committees begin with; {name} must be part of it.
    #[schema(min_length = 1, max_length = 40, example = "{name}")]
    pub committee_prefix: String,
    /// 街道分会决议代字，须含 {name} / What numbers of branches begin with; {name} must be part of it.
    #[schema(min_length = 1, max_length = 40, example = "{name}")]
    pub branch_prefix: String,
    /// 党建专家咨询委员会代字 / What numbers of the expert advisory committee begin with.
    #[schema(min_length = 1, max_length = 40, example = "专家委")]
    pub expert_committee_prefix: String,
    /// 每轮协商听取意见的时限（工作日），自该轮开始之日起，当日不计 / Working days in which parties are heard in a round of a consultation; the first day does not count.
    #[schema(minimum = 1, maximum = 250, example = 5)]
    pub consultation_workdays: u32,
    /// 双签时限（工作日），逾期转理事会研究 / Working days in which both keys sign; afterwards it is the council's.
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub consent_workdays: u32,
    /// 执行事项到期前提醒（工作日）/ Working days before its deadline from which an item of the execution book is near due.
    #[schema(minimum = 0, maximum = 250, example = 5)]
    pub execution_warning_workdays: u32,
}

impl Default for DecisionPolicy {
    fn default() -> Self {
        Self {
            general_meeting_prefix: "会员大会".to_owned(),
            council_prefix: "理事会".to_owned(),
            committee_prefix: NAME_OF_BODY.to_owned(),
            branch_prefix: NAME_OF_BODY.to_owned(),
            expert_committee_prefix: "专家委".to_owned(),
            consultation_workdays: 5,
            consent_workdays: 10,
            execution_warning_workdays: 5,
        }
    }
}

const NAME_OF_BODY: &str = "{name}";
const LONGEST_PREFIX: usize = 40;
const LONGEST_LIMIT: u32 = 250;

impl DecisionPolicy {
    fn prefix(&self, kind: BodyKind) -> &str {
        match kind {
            BodyKind::GeneralMeeting => &self.general_meeting_prefix,
            BodyKind::Council => &self.council_prefix,
            BodyKind::Committee => &self.committee_prefix,
            BodyKind::Branch => &self.branch_prefix,
            BodyKind::ExpertCommittee => &self.expert_committee_prefix,
        }
    }

    /// `理事会〔2026〕3号` (条例 art 9): six-sided brackets, the full year, no leading zero.
    #[must_use]
    pub fn number(&self, body: &Body, year: i32, n: i64) -> String {
        format!("{}〔{year}〕{n}号", self.prefix(body.kind).replace(NAME_OF_BODY, &body.name))
    }
}

impl Policy for DecisionPolicy {
    const NAME: &'static str = "decisions";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |at: String, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
        };
        for kind in BodyKind::ALL {
            let (prefix, at) = (self.prefix(*kind), format!("/{kind}_prefix"));
            let has_digit = prefix.chars().any(|c| c.is_numeric() || c == '〔' || c == '〕');
            if prefix.trim().is_empty() || prefix.chars().count() > LONGEST_PREFIX || has_digit {
                let zh = "应为 1 至 40 个字符，不含数字和〔〕。";
                fault(at, "invalid_prefix", zh, "Give 1 to 40 characters without digits and 〔〕.");
            } else if matches!(kind, BodyKind::Committee | BodyKind::Branch) && !prefix.contains(NAME_OF_BODY) {
                let zh = "同类机构不止一个，须含 {name}。";
                fault(at, "invalid_prefix", zh, "There are several such bodies; {name} must be part of it.");
            }
        }
        let limits = [
            ("/consultation_workdays", self.consultation_workdays, 1),
            ("/consent_workdays", self.consent_workdays, 1),
            ("/execution_warning_workdays", self.execution_warning_workdays, 0),
        ];
        for (at, days, least) in limits {
            if !(least..=LONGEST_LIMIT).contains(&days) {
                fault(at.to_owned(), "out_of_range", "超出允许范围，至多 250。", "Out of range; at most 250.");
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}
