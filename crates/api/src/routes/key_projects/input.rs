//! Key projects and claims in requests.

use chrono::NaiveDate;
use gongjian_governance::plan::{Goal, PlanItemId};
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use gongjian_projects::key_project::{
    ClaimFilter, ClaimStatus, Claiming, Confirmation, KeyProjectFilter, KeyProjectId, NewClaim, NewKeyProject, Revision,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct KeyProjectQuery {
    /// 年度 / Year.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: Option<i32>,
    /// 六共目标，逗号分隔 / Shared goal, any of.
    #[param(style = Form, explode = false, example = json!(["g2"]))]
    goal: Option<AnyOf<Goal>>,
    /// 今日认领窗口 / Whether it can be claimed today.
    #[param(example = "open")]
    claiming: Option<Claiming>,
}

impl From<&KeyProjectQuery> for KeyProjectFilter {
    fn from(query: &KeyProjectQuery) -> Self {
        Self {
            year: query.year,
            goal: query.goal.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            claiming: query.claiming,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct YearQuery {
    /// 年度；省略则为今年 / Year; this one where it is absent.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    pub(super) year: Option<i32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ProjectClaimQuery {
    /// 重点项目 / The key project.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2201")]
    key_project_id: Option<Uuid>,
    /// 认领单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["pending"]))]
    status: Option<AnyOf<ClaimStatus>>,
}

impl From<&ProjectClaimQuery> for ClaimFilter {
    fn from(query: &ProjectClaimQuery) -> Self {
        Self {
            key_project_id: query.key_project_id,
            unit_id: query.unit_id,
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

/// 重点项目 / A key project to be published.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyProjectCreate {
    /// 年度计划中的项目 / The item of the annual plan.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1504"))]
    plan_item_id: Uuid,
    /// 份额总数 / How many shares there are.
    #[validate(range(min = 1, max = 1000, code = "out_of_range", message = "应为 1 至 1000。 / Give 1 to 1000."))]
    #[schema(minimum = 1, maximum = 1000, examples(4))]
    shares_total: i32,
    /// 认领起始日期 / First day on which it can be claimed.
    #[schema(examples("2026-11-20"))]
    claim_from: NaiveDate,
    /// 认领截止日期，含当日 / Last day on which it can be claimed, included.
    #[schema(examples("2026-12-31"))]
    claim_until: NaiveDate,
    /// 要求 / What is asked of those who claim.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("每份承担一期联合培训。"))]
    requirements: Option<Text<2, 2000>>,
}

impl From<KeyProjectCreate> for NewKeyProject {
    fn from(new: KeyProjectCreate) -> Self {
        Self {
            plan_item: PlanItemId(new.plan_item_id),
            shares_total: new.shares_total,
            claim_from: new.claim_from,
            claim_until: new.claim_until,
            requirements: new.requirements,
        }
    }
}

/// 调整 / What changes of a key project.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyProjectUpdate {
    /// 份额总数 / How many shares there are.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(range(min = 1, max = 1000, code = "out_of_range", message = "应为 1 至 1000。 / Give 1 to 1000."))]
    #[schema(nullable = false, minimum = 1, maximum = 1000, examples(6))]
    shares_total: Option<i32>,
    /// 认领截止日期，含当日 / Last day on which it can be claimed, included.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples("2027-01-31"))]
    claim_until: Option<NaiveDate>,
    /// 要求 / What is asked of those who claim.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("每份承担一期联合培训。"))]
    requirements: Option<Text<2, 2000>>,
}

impl From<KeyProjectUpdate> for Revision {
    fn from(edit: KeyProjectUpdate) -> Self {
        Self { shares_total: edit.shares_total, claim_until: edit.claim_until, requirements: edit.requirements }
    }
}

/// 认领 / A claim.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectClaimCreate {
    /// 重点项目 / The key project.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2201"))]
    key_project_id: Uuid,
    /// 认领单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single one.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 份额 / How many shares.
    #[validate(range(min = 1, max = 1000, code = "out_of_range", message = "应为 1 至 1000。 / Give 1 to 1000."))]
    #[schema(minimum = 1, maximum = 1000, examples(2))]
    shares: i32,
    /// 承诺做什么 / What the unit will do.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("承办两期党务干部联合培训。"))]
    undertaking: Text<2, 1000>,
}

impl From<ProjectClaimCreate> for NewClaim {
    fn from(new: ProjectClaimCreate) -> Self {
        Self {
            project: KeyProjectId(new.key_project_id),
            unit: new.unit_id.map(UnitId),
            shares: new.shares,
            undertaking: new.undertaking,
        }
    }
}

/// 确认 / What a claim is confirmed on.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectClaimConfirm {
    /// 认领协议 / The agreement with the unit.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("重点项目认领协议（2026）第 3 号"))]
    agreement_ref: Text<2, 200>,
    /// 签订日期 / Signed on.
    #[schema(examples("2026-11-20"))]
    agreed_on: NaiveDate,
}

impl From<ProjectClaimConfirm> for Confirmation {
    fn from(on: ProjectClaimConfirm) -> Self {
        Self { agreement_ref: on.agreement_ref, agreed_on: on.agreed_on }
    }
}
