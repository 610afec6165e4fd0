//! Decisions as they are shown.

use chrono::NaiveDate;
use gongjian_governance::body::{Body, BodyKind};
use gongjian_governance::decision::action::{DECISION_ISSUE, Paper};
use gongjian_governance::decision::commands::drafting;
use gongjian_governance::decision::{DecisionAction, DecisionOnFile, DecisionStatus, Matter, MethodKind};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Refusal, Result};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 机构 / A body.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DecidingBody {
    /// 机构标识 / Id of the body.
    #[schema(examples("01980000-0000-7000-8000-000000000013"))]
    id: Uuid,
    /// 机构类别 / Kind of body.
    kind: BodyKind,
    /// 机构名称 / Name of the body.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("理事会"))]
    name: String,
}

impl From<&Body> for DecidingBody {
    fn from(body: &Body) -> Self {
        Self { id: body.id.0, kind: body.kind, name: body.name.clone() }
    }
}

/// 决议要目 / A decision in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionSummary {
    /// 决议标识 / Id of the decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    id: Uuid,
    /// 机构 / The body.
    body: DecidingBody,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 标题 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("关于通过《会议制度》的决议"))]
    title: String,
    /// 字号，印发时取得 / Number, taken when it is issued.
    #[schema(max_length = 150, pattern = r"^[^\x00]*$", examples("理事会〔2026〕3号"))]
    number: Option<String>,
    /// 决定方式 / How it was decided.
    method: MethodKind,
    /// 今日状态 / Status of today.
    status: DecisionStatus,
    /// 通过日期 / Day of adoption.
    #[schema(examples("2026-11-20"))]
    adopted_on: NaiveDate,
    /// 印发日期 / Day of issue.
    #[schema(examples("2026-11-20"))]
    issued_on: Option<NaiveDate>,
    /// 生效日期 / Effective from.
    #[schema(examples("2027-01-01"))]
    effective_from: Option<NaiveDate>,
    /// 被取代、撤销的日期 / Superseded or revoked from.
    #[schema(examples("2027-06-01"))]
    ended_from: Option<NaiveDate>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<DecisionAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl DecisionSummary {
    pub(super) fn of(actor: &Actor, found: DecisionOnFile, today: NaiveDate) -> Self {
        let status = found.decision.status_on(today);
        let allowed_actions = allowed(actor, &found, status);
        let it = found.decision;
        Self {
            id: it.id.0,
            body: (&found.body).into(),
            matter: it.matter,
            title: it.title,
            number: it.number,
            method: it.method,
            status,
            adopted_on: it.adopted_on,
            issued_on: it.issued_on,
            effective_from: it.effective_from,
            ended_from: it.ended_from,
            allowed_actions,
            version: it.version,
        }
    }
}

fn allowed(actor: &Actor, found: &DecisionOnFile, status: DecisionStatus) -> Vec<DecisionAction> {
    let paper = Paper::decision(&found.decision, &found.body, Default::default());
    let permitted = |action: &DecisionAction| match action {
        DecisionAction::Correct | DecisionAction::Withdraw => actor.may(drafting(found.decision.method), &paper),
        DecisionAction::Issue => actor.may(&DECISION_ISSUE, &paper),
        DecisionAction::TakeEffect | DecisionAction::Supersede | DecisionAction::Revoke => false,
    };
    status.open_actions().filter(permitted).collect()
}

/// 依据决议办理的事项 / Something done on the strength of a decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionUse {
    /// 事项类别 / Kind of what was done.
    #[schema(max_length = 40, pattern = "^[a-z][a-z_]*$", examples("charter_version"))]
    subject_kind: String,
    /// 事项标识 / Id of it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1201"))]
    subject_id: Uuid,
    /// 办理时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    used_at: String,
}

/// 决议 / A decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionView {
    /// 决议标识 / Id of the decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    id: Uuid,
    /// 机构 / The body.
    body: DecidingBody,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 标题 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("关于通过《会议制度》的决议"))]
    title: String,
    /// 正文 / Text.
    #[schema(max_length = 20_000, pattern = r"^[^\x00]*$", examples("理事会决定：通过《会议制度》。"))]
    text: String,
    /// 字号，印发时取得 / Number, taken when it is issued.
    #[schema(max_length = 150, pattern = r"^[^\x00]*$", examples("理事会〔2026〕3号"))]
    number: Option<String>,
    /// 决定方式；document 为书面文件，由秘书处录入 / How it was decided; `document` was entered from paper by the secretariat.
    method: MethodKind,
    /// 表决、协商或双签的标识 / Id of the vote, consultation or consent.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1101"))]
    result_id: Option<Uuid>,
    /// 计算过程 / How the result was counted.
    #[schema(value_type = Option<Object>, additional_properties = true, examples(json!({ "support": 12, "object": 0 })))]
    arithmetic: Option<Value>,
    /// 书面文件 / The document.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青党促〔2025〕3号"))]
    document_ref: Option<String>,
    /// 今日状态 / Status of today.
    status: DecisionStatus,
    /// 通过日期 / Day of adoption.
    #[schema(examples("2026-11-20"))]
    adopted_on: NaiveDate,
    /// 印发日期 / Day of issue.
    #[schema(examples("2026-11-20"))]
    issued_on: Option<NaiveDate>,
    /// 生效日期 / Effective from.
    #[schema(examples("2027-01-01"))]
    effective_from: Option<NaiveDate>,
    /// 被取代、撤销的日期 / Superseded or revoked from.
    #[schema(examples("2027-06-01"))]
    ended_from: Option<NaiveDate>,
    /// 取代、撤销它的决议 / The decision that ends it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1002"))]
    ended_by_id: Option<Uuid>,
    /// 它取代的决议 / Decisions that it takes the place of.
    #[schema(max_items = 50)]
    supersedes: Vec<Uuid>,
    /// 它撤销的决议 / Decisions that it revokes.
    #[schema(max_items = 50)]
    revokes: Vec<Uuid>,
    /// 依据本决议办理的事项 / What was done on the strength of it.
    #[schema(max_items = 1000)]
    uses: Vec<DecisionUse>,
    /// 撤回理由 / Why it was withdrawn.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("录入有误。"))]
    withdraw_reason: Option<String>,
    /// 录入人 / Who put it on file.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    entered_by: Option<String>,
    /// 印发人 / Who issued it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    issued_by: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<DecisionAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl DecisionView {
    pub(super) fn of(actor: &Actor, found: DecisionOnFile, today: NaiveDate) -> Result<Self> {
        let status = found.decision.status_on(today);
        let allowed_actions = allowed(actor, &found, status);
        let ended = |as_what: DecisionStatus| -> Vec<Uuid> {
            found.endings.iter().filter(|row| row.ends_as == as_what).map(|row| row.target_id.0).collect()
        };
        let (supersedes, revokes) = (ended(DecisionStatus::Superseded), ended(DecisionStatus::Revoked));
        let uses = found.uses.into_iter().map(|row| DecisionUse {
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            used_at: instant(row.used_at),
        });
        let result_id = found.decision.result_id();
        let it = found.decision;
        let arithmetic = it.arithmetic.map(|text| serde_json::from_str(&text)).transpose().map_err(Refusal::from)?;
        Ok(Self {
            id: it.id.0,
            body: (&found.body).into(),
            matter: it.matter,
            title: it.title,
            text: it.text,
            number: it.number,
            method: it.method,
            result_id,
            arithmetic,
            document_ref: it.document_ref,
            status,
            adopted_on: it.adopted_on,
            issued_on: it.issued_on,
            effective_from: it.effective_from,
            ended_from: it.ended_from,
            ended_by_id: it.ended_by_id.map(|id| id.0),
            supersedes,
            revokes,
            uses: uses.collect(),
            withdraw_reason: it.withdraw_reason,
            entered_by: found.entered_by,
            issued_by: found.issued_by,
            allowed_actions,
            version: it.version,
        })
    }
}
