//! Consultations as they are sent.

use gongjian_governance::consultation::{
    ConsultationFilter, ConsultationStatus, NewConsultation, Parties, Position, Said,
};
use gongjian_governance::decision::Matter;
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConsultationQuery {
    /// 机构 / The body.
    #[param(example = "01980000-0000-7000-8000-000000000013")]
    body_id: Option<Uuid>,
    /// 决定事项，逗号分隔 / Matter, any of.
    #[param(style = Form, explode = false, example = json!(["annual_vice_president"]))]
    matter: Option<AnyOf<Matter>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["open"]))]
    status: Option<AnyOf<ConsultationStatus>>,
}

impl From<&ConsultationQuery> for ConsultationFilter {
    fn from(query: &ConsultationQuery) -> Self {
        Self {
            body_id: query.body_id,
            matter: query.matter.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

/// 协商 / A consultation.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsultationCreate {
    /// 机构 / The body.
    #[schema(examples("01980000-0000-7000-8000-000000000013"))]
    body_id: Uuid,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 题目 / Subject.
    #[schema(examples("2027年度执行副会长人选"))]
    subject: Text<2, 200>,
    /// 协商文本 / The text to agree on.
    #[schema(examples("拟由云栖理工大学党委书记担任2027年度执行副会长。"))]
    text: Text<2, 20_000>,
    /// 应听取意见的单位；省略则为该机构全体成员 / Units that must be heard; otherwise everybody with a voice in the body.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 500)]
    #[validate(length(min = 1, max = 500))]
    unit_ids: Option<Vec<Uuid>>,
    /// 事先约定：时限内未表态视为同意；默认否 / Announced: silence is consent; false by default.
    #[serde(default)]
    #[schema(examples(false))]
    silence_consents: bool,
}

impl From<ConsultationCreate> for NewConsultation {
    fn from(new: ConsultationCreate) -> Self {
        let parties =
            new.unit_ids.map_or(Parties::Electors, |units| Parties::Units(units.into_iter().map(UnitId).collect()));
        Self {
            body: new.body_id.into(),
            matter: new.matter,
            subject: new.subject,
            text: new.text,
            parties,
            silence_consents: new.silence_consents,
        }
    }
}

/// 协商意见 / What a party says.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsultationStatement {
    /// 一方的 key；只代表一方的可省略 / Key of the party; may be absent for one who speaks for a single party.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    party: Option<Text<1, 60>>,
    /// 意见所针对的轮次 / The round whose text it is about.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    #[validate(range(min = 1, max = 1000))]
    round_no: i32,
    /// 意见 / Position.
    position: Position,
    /// 具体意见或理由；不同意或提出意见时必填 / The comment or the reason; asked for unless the party simply supports.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("建议兼顾东部地区单位。"))]
    text: Option<Text<2, 2000>>,
}

impl From<ConsultationStatement> for Said {
    fn from(sent: ConsultationStatement) -> Self {
        let ConsultationStatement { party, round_no, position, text } = sent;
        Self { party: party.map(Text::into_string), round_no, position, text }
    }
}

/// 修改后的文本 / A revised text.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct RevisedText {
    /// 协商文本 / The text to agree on.
    #[schema(examples("拟由云栖理工大学党委书记、东部实业公司党委书记担任2027年度执行副会长。"))]
    pub(super) text: Text<2, 20_000>,
}

/// 撤回协商 / Why a consultation is withdrawn.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsultationWithdrawal {
    /// 撤回理由 / Why.
    #[schema(examples("改由会议表决。"))]
    pub(super) reason: Text<2, 500>,
}

/// 确认协商结果 / A confirmation of the outcome.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomeConfirmation {
    /// 一方的 key；只代表一方的可省略 / Key of the party; may be absent for one who speaks for a single party.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) party: Option<Text<1, 60>>,
}
