//! Enquiries in requests.

use gongjian_governance::body::BodyId;
use gongjian_governance::expert::ExpertId;
use gongjian_governance::expert::enquiry::{
    Agreement, AskerChoice, AskerKind, DeclineGround, EnquiryFilter, EnquiryStatus, NewEnquiry, Publicity,
};
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
pub(super) struct EnquiryQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["assigned"]))]
    status: Option<AnyOf<EnquiryStatus>>,
    /// 领域，逗号分隔 / Field, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["基层治理"]))]
    field: Option<AnyOf<Text<1, 40>>>,
    /// 被指派的专家 / The expert to whom it is assigned.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731")]
    expert_id: Option<Uuid>,
    /// 咨询单位 / The asking unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    asker_unit_id: Option<Uuid>,
    /// 是否逾期未答复 / Whether its time has passed without an answer.
    #[param(example = true)]
    overdue: Option<bool>,
}

impl From<&EnquiryQuery> for EnquiryFilter {
    fn from(query: &EnquiryQuery) -> Self {
        let fields = |any: &AnyOf<Text<1, 40>>| any.0.iter().map(|field| field.as_str().to_owned()).collect();
        Self {
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            field: query.field.as_ref().map(fields).unwrap_or_default(),
            expert_id: query.expert_id,
            asker_unit_id: query.asker_unit_id,
            overdue: query.overdue,
        }
    }
}

/// 咨询方；可代表多方提出的须指明 / Who asks; to be named by one who may ask for several.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AskerInput {
    /// 类别 / Kind.
    kind: AskerKind,
    /// 单位 / The unit.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 街道代码 / Code of the street.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_code: Option<Text<9, 9>>,
    /// 专业研究委员会 / The committee.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    body_id: Option<Uuid>,
}

/// 公开范围 / How widely it may be told.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreementInput {
    /// 范围 / How widely.
    publicity: Publicity,
    /// 机构；仅限某机构的成员 / The body, where it is told to the members of one.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    body_id: Option<Uuid>,
}

impl From<AgreementInput> for Agreement {
    fn from(input: AgreementInput) -> Self {
        Self { publicity: input.publicity, body: input.body_id.map(BodyId) }
    }
}

/// 咨询 / An enquiry.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct EnquiryCreate {
    /// 咨询方；只代表一方的可省略 / Who asks; may be absent for one who asks for a single one.
    #[serde(default)]
    #[validate(nested)]
    asker: Option<AskerInput>,
    /// 领域 / Field.
    #[schema(value_type = String, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("基层治理"))]
    field: Text<1, 40>,
    /// 问题 / Question.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("非公企业党组织如何与街道分会联建？"))]
    question: Text<2, 1000>,
    /// 用途 / Purpose.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("供本单位制定2027年联建方案参考。"))]
    purpose: Text<2, 500>,
    /// 同意的公开范围 / How widely the asker lets it be told.
    #[validate(nested)]
    agreement: AgreementInput,
}

impl From<EnquiryCreate> for NewEnquiry {
    fn from(new: EnquiryCreate) -> Self {
        let choice = |it: AskerInput| AskerChoice {
            kind: Some(it.kind),
            unit: it.unit_id.map(UnitId),
            street: it.street_code.map(Text::into_string),
            body: it.body_id.map(BodyId),
        };
        Self {
            asker: new.asker.map(choice).unwrap_or_default(),
            field: new.field,
            question: new.question,
            purpose: new.purpose,
            agreement: new.agreement.into(),
        }
    }
}

/// 补充 / A clarification.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct EnquiryClarification {
    /// 补充后的问题 / The question as it is meant.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("百人以下的非公企业党组织如何与街道分会联建？"))]
    pub(super) question: Text<2, 1000>,
    /// 用途；省略则不变 / Purpose; as before where it is absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("供本单位制定2027年联建方案参考。"))]
    pub(super) purpose: Option<Text<2, 500>>,
}

/// 指派 / An assignment.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct EnquiryAssign {
    /// 专家 / The experts.
    #[validate(length(min = 1, max = 20, code = "wrong_count", message = "1 至 20 项。 / 1 to 20 items."))]
    #[schema(min_items = 1, max_items = 20, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"))]
    expert_ids: Vec<Uuid>,
}

impl EnquiryAssign {
    pub(super) fn experts(&self) -> Vec<ExpertId> {
        self.expert_ids.iter().copied().map(ExpertId).collect()
    }
}

/// 专家意见 / An opinion.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpertAnswer {
    /// 意见 / What the expert thinks.
    #[schema(value_type = String, min_length = 2, max_length = 10000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("可由街道分会牵头组建联合党支部。"))]
    pub(super) text: Text<2, 10000>,
}

/// 回避或谢绝 / Why an expert does not answer.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpertDecline {
    /// 事由 / Ground.
    pub(super) ground: DeclineGround,
    /// 说明 / Why.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("本人担任咨询单位的顾问。"))]
    pub(super) reason: Text<2, 500>,
}

/// 对一位专家 / About one expert.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpertReason {
    /// 专家 / The expert.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"))]
    pub(super) expert_id: Uuid,
    /// 理由 / Why.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("请说明所引政策的依据。"))]
    pub(super) reason: Text<2, 500>,
}

/// 办结 / A conclusion.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct EnquiryConclusion {
    /// 办结意见 / What follows from the opinions.
    #[schema(value_type = String, min_length = 2, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("两位专家意见一致，可按联合党支部方式推进。"))]
    pub(super) conclusion: Text<2, 5000>,
}
