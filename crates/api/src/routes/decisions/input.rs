//! Decisions as they are sent.

use chrono::NaiveDate;
use gongjian_governance::decision::{
    Correction, DecisionFilter, DecisionId, DecisionStatus, Matter, Method, MethodKind, NewDecision,
};
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DecisionQuery {
    /// 机构 / The body.
    #[param(example = "01980000-0000-7000-8000-000000000013")]
    body_id: Option<Uuid>,
    /// 决定事项，逗号分隔 / Matter, any of.
    #[param(style = Form, explode = false, example = json!(["internal_rule"]))]
    matter: Option<AnyOf<Matter>>,
    /// 今日状态，逗号分隔 / Status of today, any of.
    #[param(style = Form, explode = false, example = json!(["effective"]))]
    status: Option<AnyOf<DecisionStatus>>,
    /// 编号年度 / Year of the number.
    #[param(minimum = 1900, maximum = 9999, example = 2026)]
    year: Option<i32>,
    /// 该日有效 / Effective on this day.
    #[param(example = "2026-11-20")]
    effective_on: Option<NaiveDate>,
}

impl From<&DecisionQuery> for DecisionFilter {
    fn from(query: &DecisionQuery) -> Self {
        Self {
            body_id: query.body_id,
            matter: query.matter.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            year: query.year,
            effective_on: query.effective_on,
        }
    }
}

/// 决议：依据表决、协商、双签或书面文件之一 / A decision, with one of vote, consultation, consent and document behind it.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionCreate {
    /// 作出决议的机构 / The body that decided.
    #[schema(examples("01980000-0000-7000-8000-000000000013"))]
    body_id: Uuid,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 标题 / Title.
    #[schema(examples("关于通过《会议制度》的决议"))]
    title: Text<2, 200>,
    /// 正文 / Text.
    #[schema(examples("理事会决定：通过《会议制度》，自印发之日起施行。"))]
    text: Text<2, 20_000>,
    /// 决定方式 / How it was decided.
    method: MethodKind,
    /// 表决标识，方式为 ballot 时必填 / The vote, for `ballot`.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1101"))]
    ballot_id: Option<Uuid>,
    /// 协商标识，方式为 consultation 时必填 / The consultation, for `consultation`.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102"))]
    consultation_id: Option<Uuid>,
    /// 双签标识，方式为 consent 时必填 / The consent, for `consent`.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103"))]
    consent_id: Option<Uuid>,
    /// 文件名称或文号，方式为 document 时必填 / The document, for `document`.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("青党促〔2025〕3号"))]
    document_ref: Option<Text<2, 200>>,
    /// 通过日期，仅方式为 document 时填写 / Day of adoption, for `document` alone.
    #[serde(default)]
    #[schema(examples("2025-12-05"))]
    adopted_on: Option<NaiveDate>,
    /// 生效日期；省略则自印发之日（书面文件自通过之日）起 / Effective from; otherwise the day of issue, of adoption for a document.
    #[serde(default)]
    #[schema(examples("2027-01-01"))]
    effective_from: Option<NaiveDate>,
    /// 自生效之日起取代的决议 / Decisions that it takes the place of from its day on.
    #[serde(default)]
    #[schema(max_items = 50)]
    #[validate(length(max = 50))]
    supersedes: Vec<Uuid>,
    /// 自生效之日起撤销的决议 / Decisions that it revokes from its day on.
    #[serde(default)]
    #[schema(max_items = 50)]
    #[validate(length(max = 50))]
    revokes: Vec<Uuid>,
}

impl DecisionCreate {
    /// What was decided, or every member that does not go with the method.
    pub(super) fn parse(self) -> Result<NewDecision> {
        let asked: &[&str] = match self.method {
            MethodKind::Ballot => &["/ballot_id"],
            MethodKind::Consultation => &["/consultation_id"],
            MethodKind::Consent => &["/consent_id"],
            MethodKind::Document => &["/document_ref", "/adopted_on"],
        };
        let given = [
            ("/ballot_id", self.ballot_id.is_some()),
            ("/consultation_id", self.consultation_id.is_some()),
            ("/consent_id", self.consent_id.is_some()),
            ("/document_ref", self.document_ref.is_some()),
            ("/adopted_on", self.adopted_on.is_some()),
        ];
        let faults = given.into_iter().filter_map(|(at, is_given)| match (asked.contains(&at), is_given) {
            (true, false) => {
                Some(FieldFault::body(at, "required", Say::fixed("该决定方式须填写此项。", "This method asks for it.")))
            }
            (false, true) => {
                let say = Say::fixed("该决定方式不填写此项。", "This method has no such member.");
                Some(FieldFault::body(at, "not_allowed", say))
            }
            (true, true) | (false, false) => None,
        });
        let faults: Vec<_> = faults.collect();
        let method = match (self.ballot_id, self.consultation_id, self.consent_id, self.document_ref, self.adopted_on) {
            _ if !faults.is_empty() => return Err(Refusal::invalid(faults)),
            (Some(id), ..) => Method::Ballot(id),
            (None, Some(id), ..) => Method::Consultation(id),
            (None, None, Some(id), ..) => Method::Consent(id),
            (None, None, None, Some(reference), Some(adopted_on)) => Method::Document { reference, adopted_on },
            (None, None, None, _, _) => return Err(Refusal::invalid(faults)),
        };
        Ok(NewDecision {
            body: self.body_id.into(),
            matter: self.matter,
            title: self.title,
            text: self.text,
            method,
            effective_from: self.effective_from,
            supersedes: ids(self.supersedes),
            revokes: ids(self.revokes),
        })
    }
}

fn ids(all: Vec<Uuid>) -> Vec<DecisionId> {
    all.into_iter().map(DecisionId).collect()
}

/// 决议文稿的更正，限印发之前 / What is corrected before a decision is issued.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionUpdate {
    /// 标题 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples("关于通过《会议制度》的决议"))]
    title: Option<Text<2, 200>>,
    /// 正文 / Text.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples("理事会决定：通过《会议制度》，自印发之日起施行。"))]
    text: Option<Text<2, 20_000>>,
    /// 生效日期；null 为自印发之日起 / Effective from; null for the day of issue.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>, examples("2027-01-01"))]
    effective_from: Patch<NaiveDate>,
    /// 取代的决议，整体替换 / Decisions that it takes the place of; the list is replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, max_items = 50)]
    #[validate(length(max = 50))]
    supersedes: Option<Vec<Uuid>>,
    /// 撤销的决议，整体替换 / Decisions that it revokes; the list is replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, max_items = 50)]
    #[validate(length(max = 50))]
    revokes: Option<Vec<Uuid>>,
}

impl From<DecisionUpdate> for Correction {
    fn from(given: DecisionUpdate) -> Self {
        Self {
            title: given.title,
            text: given.text,
            effective_from: match given.effective_from {
                Patch::Keep => None,
                Patch::Clear => Some(None),
                Patch::Set(day) => Some(Some(day)),
            },
            supersedes: given.supersedes.map(ids),
            revokes: given.revokes.map(ids),
        }
    }
}

/// 撤回误录的决议 / Why a decision that was entered by mistake is withdrawn.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionWithdrawal {
    /// 撤回理由 / Why.
    #[schema(examples("录入有误，另行录入。"))]
    pub(super) reason: Text<2, 500>,
}
