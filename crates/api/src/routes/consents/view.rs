//! Consents of both keys in requests and answers.

use chrono::NaiveDate;
use gongjian_governance::consent::action::{CONSENT_OPEN, CONSENT_SIGN, Proposal};
use gongjian_governance::consent::{ConsentAction, ConsentFilter, ConsentOnFile, ConsentStatus, NewConsent, Signature};
use gongjian_governance::office::OfficeKind;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::decisions::DecidingBody;
use crate::routes::issues::instant;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct JointConsentQuery {
    /// 机构 / The body.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")]
    body_id: Option<Uuid>,
    /// 今日状态，逗号分隔；escalated 为逾期转理事会 / Status of today, any of; `escalated` is the council's.
    #[param(style = Form, explode = false, example = json!(["escalated"]))]
    status: Option<AnyOf<ConsentStatus>>,
}

impl From<&JointConsentQuery> for ConsentFilter {
    fn from(query: &JointConsentQuery) -> Self {
        let status = query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Self { body_id: query.body_id, status }
    }
}

/// 须双签的事项 / What both are to agree on.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct JointConsentCreate {
    /// 专业研究委员会或街道分会 / The committee or the branch.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"))]
    body_id: Uuid,
    /// 题目 / Subject.
    #[schema(examples("嵌入区人才工作联席会议机制"))]
    subject: Text<2, 200>,
    /// 内容，双方签署同一文本 / The text; both sign the same.
    #[schema(examples("人才教育专业研究委员会嵌入区人才工作联席会议机制运行。"))]
    text: Text<2, 20_000>,
}

impl From<JointConsentCreate> for NewConsent {
    fn from(new: JointConsentCreate) -> Self {
        Self { body: new.body_id.into(), subject: new.subject, text: new.text }
    }
}

/// 不同意、撤回的理由 / Why it is declined or taken back.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct JointConsentReason {
    /// 理由 / Why.
    #[schema(examples("宜先征求会员单位意见。"))]
    pub(super) reason: Text<2, 500>,
}

/// 签署意见 / What the holder of a key has said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsentSignature {
    /// 职务 / The office that holds the key.
    office: OfficeKind,
    /// 签署人 / Who signed.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 是否同意 / Whether he agrees.
    #[schema(examples(true))]
    agrees: bool,
    /// 不同意的理由 / Why not.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("宜先征求会员单位意见。"))]
    reason: Option<String>,
    /// 签署时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    signed_at: String,
}

impl ConsentSignature {
    fn of(row: Signature) -> Option<Self> {
        let office = OfficeKind::parse(&row.key)?;
        let Signature { name, agrees, reason, signed_at, .. } = row;
        Some(Self { office, name, agrees, reason, signed_at: instant(signed_at) })
    }
}

/// 双签事项 / A consent of both keys.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JointConsentView {
    /// 双签标识 / Id of the consent.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103"))]
    id: Uuid,
    /// 机构 / The body.
    body: DecidingBody,
    /// 题目 / Subject.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("嵌入区人才工作联席会议机制"))]
    subject: String,
    /// 内容 / The text.
    #[schema(
        max_length = 20_000,
        pattern = r"^[^\x00]*$",
        examples("人才教育专业研究委员会嵌入区人才工作联席会议机制运行。")
    )]
    text: String,
    /// 今日状态 / Status of today.
    status: ConsentStatus,
    /// 双签截止日期，含当日；此后转理事会 / Until when both sign, that day included; afterwards it is the council's.
    #[schema(examples("2026-12-04"))]
    due_on: NaiveDate,
    /// 签署意见，先签的在前 / What was signed, first to last.
    #[schema(max_items = 2)]
    signatures: Vec<ConsentSignature>,
    /// 发起时间 / Opened at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    opened_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-27T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 撤回理由 / Why it was taken back.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("内容有误。"))]
    withdraw_reason: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ConsentAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl JointConsentView {
    pub(super) fn of(actor: &Actor, found: ConsentOnFile, today: NaiveDate) -> Self {
        let ConsentOnFile { consent: it, body, signatures } = found;
        let status = it.status_on(today);
        let proposal = Proposal::new(&it, &body, today);
        let has_signed = signatures.iter().any(|row| Some(row.person_id.0) == actor.person);
        let permitted = |action: &ConsentAction| match action {
            ConsentAction::Sign | ConsentAction::Decline => !has_signed && actor.may(&CONSENT_SIGN, &proposal),
            ConsentAction::Withdraw => actor.may(&CONSENT_OPEN, &proposal),
            ConsentAction::Agree | ConsentAction::Escalate => false,
        };
        Self {
            id: it.id.0,
            body: (&body).into(),
            status,
            due_on: it.due_on,
            allowed_actions: status.open_actions().filter(permitted).collect(),
            signatures: signatures.into_iter().filter_map(ConsentSignature::of).collect(),
            opened_at: instant(it.opened_at),
            ended_at: it.ended_at.map(instant),
            subject: it.subject,
            text: it.text,
            withdraw_reason: it.withdraw_reason,
            version: it.version,
        }
    }
}
