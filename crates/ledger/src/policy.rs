//! The values that Article 23 leaves open: policy of the association, with the defaults of domain.md
//! §3.3 (our proposal). An administrator changes them through the API.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::vocabulary::{IssueKind, Urgency};

/// 意见台账配置：章程未规定的时限、次数、权重。时限单位为工作日，另注明者除外。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LedgerPolicy {
    /// 收件号代字，如 QHSL → QHSL-2026-0001。
    #[schema(pattern = "^[A-Z]{1,8}$", min_length = 1, max_length = 8, example = "SL")]
    pub intake_prefix: String,
    /// 台账编号代字，如 QHYJ → QHYJ-2026-0001。
    #[schema(pattern = "^[A-Z]{1,8}$", min_length = 1, max_length = 8, example = "YJ")]
    pub ledger_prefix: String,
    /// 困难：办理时限，自编号登记次日起算。
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub difficulty_workdays: u32,
    /// 意见：办理时限。
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub opinion_workdays: u32,
    /// 建议：办理时限。
    #[schema(minimum = 1, maximum = 250, example = 15)]
    pub suggestion_workdays: u32,
    /// 紧急事项：办理时限，不分类别。
    #[schema(minimum = 1, maximum = 250, example = 2)]
    pub urgent_workdays: u32,
    /// 重办：新一轮办理时限，不长于该类事项的时限。
    #[schema(minimum = 1, maximum = 250, example = 5)]
    pub reopened_workdays: u32,
    /// 签收时限，自交办次日起算。
    #[schema(minimum = 1, maximum = 30, example = 1)]
    pub sign_workdays: u32,
    /// 退回时限，自交办次日起算。
    #[schema(minimum = 1, maximum = 30, example = 2)]
    pub return_workdays: u32,
    /// 退回次数上限；达到后由秘书处指定承办，不再退回。
    #[schema(minimum = 1, maximum = 10, example = 2)]
    pub return_limit: u32,
    /// 一次延期至多工作日数。
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub extension_workdays_max: u32,
    /// 每轮办理可延期次数。
    #[schema(minimum = 0, maximum = 5, example = 1)]
    pub extensions_per_round: u32,
    /// 提请会议研究可顺延至多工作日数。
    #[schema(minimum = 0, maximum = 250, example = 20)]
    pub meeting_workdays_max: u32,
    /// 分会级事项由分会先行研究的工作日数，逾期自动转报区级（第十八条）。
    #[schema(minimum = 1, maximum = 60, example = 5)]
    pub first_look_workdays: u32,
    /// 挂账复核间隔至多日历日数（每季度复核）。
    #[schema(minimum = 1, maximum = 366, example = 92)]
    pub suspension_review_days_max: u32,
    /// 答复后提出单位未反馈即自动确认的工作日数。
    #[schema(minimum = 1, maximum = 60, example = 5)]
    pub silence_workdays: u32,
    /// 不认可时自动重办次数；超过后由秘书处核定。
    #[schema(minimum = 0, maximum = 10, example = 1)]
    pub automatic_reopenings: u32,
    /// 销号后秘书处可以重办的日历日数。
    #[schema(minimum = 0, maximum = 366, example = 30)]
    pub reopen_days: u32,
    /// 黄灯：距时限不超过的工作日数。
    #[schema(minimum = 0, maximum = 30, example = 2)]
    pub yellow_workdays: u32,
    /// 一级提醒：时限前的工作日数。
    #[schema(minimum = 0, maximum = 30, example = 2)]
    pub reminder_workdays: u32,
    /// 二级催办：超期的工作日数。
    #[schema(minimum = 1, maximum = 60, example = 1)]
    pub urging_workdays: u32,
    /// 三级督办单：超期的工作日数。
    #[schema(minimum = 1, maximum = 60, example = 5)]
    pub sheet_workdays: u32,
    /// 四级通报：超期的工作日数。
    #[schema(minimum = 1, maximum = 120, example = 10)]
    pub circular_workdays: u32,
    /// 疑似重复：比对前后多少个日历日内的事项。
    #[schema(minimum = 1, maximum = 366, example = 90)]
    pub duplicate_days: u32,
    /// 疑似重复：相似度不低于的百分比。
    #[schema(minimum = 1, maximum = 100, example = 25)]
    pub duplicate_likeness_percent: u32,
    /// 联络人可否代为最终确认。
    #[schema(example = false)]
    pub liaison_may_confirm: bool,
    /// “基本满意”折算百分比。
    #[schema(minimum = 0, maximum = 100, example = 90)]
    pub basically_satisfied_percent: u32,
    /// 综合得分中响应率的权重（百分比）。
    #[schema(minimum = 0, maximum = 100, example = 10)]
    pub response_weight: u32,
    /// 综合得分中解决率的权重（百分比）。
    #[schema(minimum = 0, maximum = 100, example = 50)]
    pub solution_weight: u32,
    /// 综合得分中满意率的权重（百分比）。
    #[schema(minimum = 0, maximum = 100, example = 40)]
    pub satisfaction_weight: u32,
    /// 提醒只在工作日的这个钟点起发出（Asia/Shanghai）。
    #[schema(minimum = 0, maximum = 23, example = 9)]
    pub reminders_from_hour: u32,
    /// 提醒只在工作日的这个钟点前发出。
    #[schema(minimum = 1, maximum = 24, example = 18)]
    pub reminders_until_hour: u32,
    /// 事项分类的推荐词表。
    #[schema(max_items = 200, example = json!(["城市管理", "住房城乡建设"]))]
    pub categories: Vec<String>,
}

impl Default for LedgerPolicy {
    fn default() -> Self {
        let categories = "城市管理 住房城乡建设 市场监管 交通运输 生态环境 劳动和社会保障 教育 医疗卫生 民政 文化体育 公共安全 \
                          水务 园林绿化 通信 退役军人 营商环境 人才服务 党建共建 其他";
        Self {
            intake_prefix: "SL".to_owned(),
            ledger_prefix: "YJ".to_owned(),
            difficulty_workdays: 10,
            opinion_workdays: 10,
            suggestion_workdays: 15,
            urgent_workdays: 2,
            reopened_workdays: 5,
            sign_workdays: 1,
            return_workdays: 2,
            return_limit: 2,
            extension_workdays_max: 10,
            extensions_per_round: 1,
            meeting_workdays_max: 20,
            first_look_workdays: 5,
            suspension_review_days_max: 92,
            silence_workdays: 5,
            automatic_reopenings: 1,
            reopen_days: 30,
            yellow_workdays: 2,
            reminder_workdays: 2,
            urging_workdays: 1,
            sheet_workdays: 5,
            circular_workdays: 10,
            duplicate_days: 90,
            duplicate_likeness_percent: 25,
            liaison_may_confirm: false,
            basically_satisfied_percent: 90,
            response_weight: 10,
            solution_weight: 50,
            satisfaction_weight: 40,
            reminders_from_hour: 9,
            reminders_until_hour: 18,
            categories: categories.split_whitespace().map(str::to_owned).collect(),
        }
    }
}

impl LedgerPolicy {
    /// The limit for a kind, in working days after registration.
    #[must_use]
    pub fn limit(&self, kind: IssueKind, urgency: Urgency) -> u32 {
        match (urgency, kind) {
            (Urgency::Urgent, _) => self.urgent_workdays,
            (Urgency::Normal, IssueKind::Difficulty) => self.difficulty_workdays,
            (Urgency::Normal, IssueKind::Opinion) => self.opinion_workdays,
            (Urgency::Normal, IssueKind::Suggestion) => self.suggestion_workdays,
        }
    }

    #[must_use]
    pub fn reopened_limit(&self, kind: IssueKind, urgency: Urgency) -> u32 {
        self.reopened_workdays.min(self.limit(kind, urgency))
    }
}

impl Policy for LedgerPolicy {
    const NAME: &'static str = "ledger";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut range = |name: &str, value: u32, low: u32, high: u32| {
            if value < low || value > high {
                let detail =
                    Say::new(format!("须在 {low} 与 {high} 之间。"), format!("It must lie between {low} and {high}."));
                faults.push(FieldFault::body(format!("/{name}"), "out_of_range", detail));
            }
        };
        for (name, days) in [
            ("difficulty_workdays", self.difficulty_workdays),
            ("opinion_workdays", self.opinion_workdays),
            ("suggestion_workdays", self.suggestion_workdays),
            ("urgent_workdays", self.urgent_workdays),
            ("reopened_workdays", self.reopened_workdays),
            ("extension_workdays_max", self.extension_workdays_max),
        ] {
            range(name, days, 1, 250);
        }
        range("sign_workdays", self.sign_workdays, 1, 30);
        range("return_workdays", self.return_workdays, 1, 30);
        range("return_limit", self.return_limit, 1, 10);
        range("extensions_per_round", self.extensions_per_round, 0, 5);
        range("meeting_workdays_max", self.meeting_workdays_max, 0, 250);
        range("first_look_workdays", self.first_look_workdays, 1, 60);
        range("suspension_review_days_max", self.suspension_review_days_max, 1, 366);
        range("silence_workdays", self.silence_workdays, 1, 60);
        range("automatic_reopenings", self.automatic_reopenings, 0, 10);
        range("reopen_days", self.reopen_days, 0, 366);
        range("yellow_workdays", self.yellow_workdays, 0, 30);
        range("reminder_workdays", self.reminder_workdays, 0, 30);
        range("urging_workdays", self.urging_workdays, 1, 60);
        range("sheet_workdays", self.sheet_workdays, self.urging_workdays, 60);
        range("circular_workdays", self.circular_workdays, self.sheet_workdays, 120);
        range("duplicate_days", self.duplicate_days, 1, 366);
        range("duplicate_likeness_percent", self.duplicate_likeness_percent, 1, 100);
        range("basically_satisfied_percent", self.basically_satisfied_percent, 0, 100);
        range("reminders_from_hour", self.reminders_from_hour, 0, 23);
        range("reminders_until_hour", self.reminders_until_hour, self.reminders_from_hour + 1, 24);
        let weights =
            self.response_weight.saturating_add(self.solution_weight).saturating_add(self.satisfaction_weight);
        range("satisfaction_weight", weights, 100, 100);
        let is_prefix =
            |prefix: &str| (1..=8).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase());
        for (name, prefix) in [("intake_prefix", &self.intake_prefix), ("ledger_prefix", &self.ledger_prefix)] {
            if !is_prefix(prefix) {
                let detail = Say::fixed("须为 1 至 8 个大写字母。", "It must be 1 to 8 capital letters.");
                faults.push(FieldFault::body(format!("/{name}"), "invalid_value", detail));
            }
        }
        if self.intake_prefix == self.ledger_prefix {
            let detail = Say::fixed("收件号与台账编号的代字不能相同。", "The two numbers must not share a prefix.");
            faults.push(FieldFault::body("/ledger_prefix", "duplicate", detail));
        }
        for (at, category) in self.categories.iter().enumerate() {
            if let Err(fault) = gongjian_kernel::Text::<1, 40>::parse(category) {
                faults.push(FieldFault::body(format!("/categories/{at}"), fault.code(), fault.detail()));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}
