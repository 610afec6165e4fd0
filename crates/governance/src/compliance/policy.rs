//! What the charter leaves open about its own calendar: when to warn, how soon 「及时」 is. How often members are
//! briefed is the policy of briefings, how soon units file that of filings, when terms end that of offices.

use chrono::NaiveDate;
use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 合规日历的提醒与时限（第二、十一、十三、十七、二十五条）/ Warnings and limits of the compliance calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompliancePolicy {
    /// 自哪一日起按周期检查；为空时自首家会员入会之日 / The day from which periods count; where none is set, the day on which the first member joined.
    #[schema(example = "2026-01-01")]
    pub begins_on: Option<NaiveDate>,
    /// 会员大会、年度计划和工作报告自几月一日起提醒（第十一条）/ The month from whose first day the general meeting, the plan and the report are warned of (Article 11).
    #[schema(minimum = 1, maximum = 12, example = 10)]
    pub general_meeting_warn_month: u32,
    /// 半年届满前多少天提醒理事会会议（第十三条）/ Days before the end of the half-year from which the council's meeting is warned of (Article 13).
    #[schema(minimum = 1, maximum = 180, example = 30)]
    pub council_warn_days: u32,
    /// 通报期满前多少天提醒（第二条）/ Days before the end of the interval from which the briefing is warned of (Article 2).
    #[schema(minimum = 1, maximum = 90, example = 15)]
    pub briefing_warn_days: u32,
    /// 征求意见截止后反馈采纳结果的工作日数（第二条）/ Working days from the close of a call for opinion in which all results are given (Article 2).
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub opinion_result_workdays: u32,
    /// 专委会主任缺额后备案的工作日数（第十七条）/ Working days in which a missing director of a committee is on file (Article 17).
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub director_workdays: u32,
    /// 上述工作日期限的提醒时点 / Working days after which these limits are warned of.
    #[schema(minimum = 0, maximum = 249, example = 5)]
    pub reminder_workdays: u32,
}

impl Default for CompliancePolicy {
    fn default() -> Self {
        Self {
            begins_on: None,
            general_meeting_warn_month: 10,
            council_warn_days: 30,
            briefing_warn_days: 15,
            opinion_result_workdays: 10,
            director_workdays: 10,
            reminder_workdays: 5,
        }
    }
}

impl Policy for CompliancePolicy {
    const NAME: &'static str = "compliance";

    fn check(&self) -> Result<()> {
        let shortest = self.opinion_result_workdays.min(self.director_workdays);
        let values = [
            ("/general_meeting_warn_month", self.general_meeting_warn_month, 1..=12),
            ("/council_warn_days", self.council_warn_days, 1..=180),
            ("/briefing_warn_days", self.briefing_warn_days, 1..=90),
            ("/opinion_result_workdays", self.opinion_result_workdays, 1..=250),
            ("/director_workdays", self.director_workdays, 1..=250),
            ("/reminder_workdays", self.reminder_workdays, 0..=shortest.saturating_sub(1)),
        ];
        let faults = values.into_iter().filter(|(_, value, range)| !range.contains(value)).map(|(at, _, range)| {
            let (from, to) = (range.start(), range.end());
            FieldFault::body(
                at,
                "out_of_range",
                Say::new(format!("应为 {from} 至 {to}。"), format!("Give {from} to {to}.")),
            )
        });
        let faults: Vec<FieldFault> = faults.collect();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_hold_and_every_misfit_is_named() {
        CompliancePolicy::default().check().unwrap();
        let wrong = CompliancePolicy {
            general_meeting_warn_month: 13,
            reminder_workdays: 3,
            director_workdays: 3,
            ..CompliancePolicy::default()
        };
        let faults = wrong.check().unwrap_err().fields;
        assert_eq!(faults.len(), 2, "a warning comes before the limit: {faults:?}");
    }
}
