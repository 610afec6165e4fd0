//! What Articles 11 and 13 leave open about meetings.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::BodyKind;

/// 会议的通知、签到与委托（第十一、十三条）/ Notice, check-in and mandates of meetings (Articles 11 and 13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingPolicy {
    /// 会员大会提前通知的工作日数 / Working days of notice for the general meeting.
    #[schema(minimum = 0, maximum = 60, example = 10)]
    pub general_notice_workdays: u32,
    /// 其他机构提前通知的工作日数 / Working days of notice for the other bodies.
    #[schema(minimum = 0, maximum = 60, example = 5)]
    pub notice_workdays: u32,
    /// 会前多少分钟开始签到 / Minutes before a meeting from which one may check in.
    #[schema(minimum = 0, maximum = 720, example = 60)]
    pub check_in_lead_minutes: u32,
    /// 签到码更换周期（秒） / Seconds after which the code for checking in is another.
    #[schema(minimum = 10, maximum = 600, example = 30)]
    pub code_seconds: u32,
    /// 签到码可错次数 / Wrong codes after which a person is refused for a time.
    #[schema(minimum = 1, maximum = 20, example = 5)]
    pub wrong_codes: u32,
    /// 超过次数后停用的分钟数 / Minutes for which he is refused.
    #[schema(minimum = 1, maximum = 120, example = 10)]
    pub refused_minutes: u32,
    /// 一人至多接受的委托数 / Mandates that one substitute carries at most.
    #[schema(minimum = 1, maximum = 10, example = 1)]
    pub mandates_per_substitute: u32,
}

impl Default for MeetingPolicy {
    fn default() -> Self {
        Self {
            general_notice_workdays: 10,
            notice_workdays: 5,
            check_in_lead_minutes: 60,
            code_seconds: 30,
            wrong_codes: 5,
            refused_minutes: 10,
            mandates_per_substitute: 1,
        }
    }
}

impl MeetingPolicy {
    #[must_use]
    pub fn notice_for(&self, body: BodyKind) -> u32 {
        match body {
            BodyKind::GeneralMeeting => self.general_notice_workdays,
            BodyKind::Council | BodyKind::Committee | BodyKind::Branch | BodyKind::ExpertCommittee => {
                self.notice_workdays
            }
        }
    }
}

impl Policy for MeetingPolicy {
    const NAME: &'static str = "meetings";

    fn check(&self) -> Result<()> {
        let ranges = [
            ("/general_notice_workdays", self.general_notice_workdays, 0, 60),
            ("/notice_workdays", self.notice_workdays, 0, 60),
            ("/check_in_lead_minutes", self.check_in_lead_minutes, 0, 720),
            ("/code_seconds", self.code_seconds, 10, 600),
            ("/wrong_codes", self.wrong_codes, 1, 20),
            ("/refused_minutes", self.refused_minutes, 1, 120),
            ("/mandates_per_substitute", self.mandates_per_substitute, 1, 10),
        ];
        let out = |(at, value, min, max): (&str, u32, u32, u32)| {
            let detail = Say::new(format!("应为 {min} 至 {max}。"), format!("Give {min} to {max}."));
            (!(min..=max).contains(&value)).then(|| FieldFault::body(at, "out_of_range", detail))
        };
        let faults: Vec<_> = ranges.into_iter().filter_map(out).collect();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}
