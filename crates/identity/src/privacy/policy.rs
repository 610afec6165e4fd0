//! What the charter leaves open about personal data, and the notice that everybody can read
//! (个人信息保护法 17).

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 个人信息保护配置：查看次数、答复时限与个人信息处理规则 / Personal data: how many numbers are shown in a day, how soon requests are answered, and the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrivacyPolicy {
    /// 每个账号每日可查看完整电话号码的次数 / How many numbers an account is shown in full in a day.
    #[schema(minimum = 1, maximum = 10_000, example = 100)]
    pub reveals_per_day: u32,
    /// 答复个人信息权利请求的工作日数 / Working days to answer a request.
    #[schema(minimum = 1, maximum = 60, example = 15)]
    pub answer_workdays: u32,
    /// 个人信息处理规则的版本；内容变更时递增 / Version of the notice; it grows when the text changes.
    #[schema(minimum = 1, maximum = 1_000_000, example = 1)]
    pub notice_version: i32,
    /// 个人信息处理者的名称和联系方式 / Who processes the data, and how to reach it.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F]*$", example = "党建促进会秘书处")]
    pub notice_contact: String,
    /// 个人信息处理规则正文 / Text of the notice.
    #[schema(
        min_length = 1,
        max_length = 4000,
        pattern = r"^[^\u0000-\u0008]*$",
        example = "本会为履行章程规定的职责处理个人信息。"
    )]
    pub notice_text: String,
    /// 处理目的 / What the data are for.
    #[schema(min_items = 1, max_items = 20)]
    pub purposes: Vec<Purpose>,
}

/// 处理目的 / What some data are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// 个人信息种类 / Which data.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001F]*$",
        example = "姓名、职务、电话号码、电子邮箱"
    )]
    pub data: String,
    /// 目的 / What for.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001F]*$",
        example = "固定代表、联络人备案和工作联络（第二十五条）"
    )]
    pub purpose: String,
    /// 保存期限 / How long they are kept.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F]*$", example = "任职期间及离任后三年")]
    pub kept: String,
}

impl Default for PrivacyPolicy {
    fn default() -> Self {
        let purpose = |data: &str, purpose: &str, kept: &str| Purpose {
            data: data.to_owned(),
            purpose: purpose.to_owned(),
            kept: kept.to_owned(),
        };
        Self {
            reveals_per_day: 100,
            answer_workdays: 15,
            notice_version: 1,
            notice_contact: "党建促进会秘书处".to_owned(),
            notice_text: "本会为履行章程规定的职责处理会员单位固定代表、联络人及工作人员的个人信息。电话号码加密保存，\
                          默认隐去中段；查看完整号码须说明事由并留有记录，本人可以查询。本人可以查阅、复制、更正个人信息，\
                          可以要求注销；秘书处在规定的工作日内答复。"
                .to_owned(),
            purposes: vec![
                purpose(
                    "姓名、职务、电话号码、电子邮箱",
                    "固定代表、联络人和任职备案，工作联络（第二十五条）",
                    "任职期间；本人要求注销的，依法删除",
                ),
                purpose("账号、登录会话、登录地址和设备", "身份鉴别和账号安全", "会话结束后三十日"),
                purpose("操作记录", "安全审计（网络安全法第二十三条）", "不少于六个月"),
            ],
        }
    }
}

impl Policy for PrivacyPolicy {
    const NAME: &'static str = "privacy";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut bounded = |name: &str, value: i64, least: i64, most: i64| {
            if !(least..=most).contains(&value) {
                let detail = Say::new(format!("应为 {least} 至 {most}。"), format!("{least} to {most}."));
                faults.push(FieldFault::body(format!("/{name}"), "out_of_range", detail));
            }
        };
        bounded("reveals_per_day", self.reveals_per_day.into(), 1, 10_000);
        bounded("answer_workdays", self.answer_workdays.into(), 1, 60);
        bounded("notice_version", self.notice_version.into(), 1, 1_000_000);
        let mut text = |name: String, value: &str, most: usize| {
            if value.trim().is_empty() || value.chars().count() > most {
                let detail = Say::new(format!("应为 1 至 {most} 个字符。"), format!("1 to {most} characters."));
                faults.push(FieldFault::body(name, "out_of_range", detail));
            }
        };
        text("/notice_contact".to_owned(), &self.notice_contact, 200);
        text("/notice_text".to_owned(), &self.notice_text, 4000);
        for (at, purpose) in self.purposes.iter().enumerate() {
            for (name, value) in [("data", &purpose.data), ("purpose", &purpose.purpose), ("kept", &purpose.kept)] {
                text(format!("/purposes/{at}/{name}"), value, 200);
            }
        }
        if !(1..=20).contains(&self.purposes.len()) {
            let detail = Say::fixed("应为 1 至 20 项。", "1 to 20 of them.");
            faults.push(FieldFault::body("/purposes", "out_of_range", detail));
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}
