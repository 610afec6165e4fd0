//! Key projects and claims in answers.

use chrono::NaiveDate;
use gongjian_governance::plan::Goal;
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_projects::key_project::action::{CLAIM_CONFIRM, CLAIM_MAKE, CLAIM_RELEASE};
use gongjian_projects::key_project::{
    ClaimAction, ClaimOnFile, ClaimStatus, Claimer, Claiming, KeyProject, KeyProjectOnFile,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};

/// 重点项目 / A key project of the year.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeyProjectView {
    /// 重点项目标识 / Id of the key project.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2201"))]
    id: Uuid,
    /// 年度计划中的项目 / The item of the annual plan.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1504"))]
    plan_item_id: Uuid,
    /// 年度 / Year.
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: i32,
    /// 名称 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("党务干部联合培训"))]
    title: String,
    /// 六共目标 / Shared goal.
    goal: Goal,
    /// 要求 / What is asked of those who claim.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("每份承担一期联合培训。"))]
    requirements: Option<String>,
    /// 份额总数 / How many shares there are.
    #[schema(minimum = 1, maximum = 1000, examples(4))]
    shares_total: i32,
    /// 待确认的份额 / Shares claimed and not confirmed yet.
    #[schema(minimum = 0, examples(1))]
    shares_pending: i64,
    /// 已确认的份额 / Shares that are confirmed.
    #[schema(minimum = 0, examples(2))]
    shares_confirmed: i64,
    /// 剩余份额 / Shares that are left.
    #[schema(minimum = 0, examples(1))]
    shares_left: i64,
    /// 今日认领窗口 / Whether it can be claimed today.
    claiming: Claiming,
    /// 认领起始日期 / First day on which it can be claimed.
    #[schema(examples("2026-11-20"))]
    claim_from: NaiveDate,
    /// 认领截止日期，含当日 / Last day on which it can be claimed, included.
    #[schema(examples("2026-12-31"))]
    claim_until: NaiveDate,
    /// 发布时间 / Published at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    published_at: String,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl KeyProjectView {
    pub(super) fn of(found: KeyProjectOnFile, today: NaiveDate) -> Self {
        let KeyProjectOnFile { project: it, taken } = found;
        Self {
            id: it.id.0,
            plan_item_id: it.plan_item_id.0,
            year: it.year,
            claiming: it.claiming_on(today),
            title: it.title,
            goal: it.goal,
            requirements: it.requirements,
            shares_total: it.shares_total,
            shares_pending: taken.pending,
            shares_confirmed: taken.confirmed,
            shares_left: i64::from(it.shares_total) - taken.live(),
            claim_from: it.claim_from,
            claim_until: it.claim_until,
            published_at: instant(it.published_at),
            version: it.version,
        }
    }
}

/// 重点项目的名称 / A key project by its name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeyProjectRef {
    /// 重点项目标识 / Id of the key project.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2201"))]
    id: Uuid,
    /// 年度 / Year.
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: i32,
    /// 名称 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("党务干部联合培训"))]
    title: String,
}

impl From<KeyProject> for KeyProjectRef {
    fn from(it: KeyProject) -> Self {
        Self { id: it.id.0, year: it.year, title: it.title }
    }
}

/// 认领 / A claim.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProjectClaimView {
    /// 认领标识 / Id of the claim.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c2202"))]
    id: Uuid,
    /// 重点项目 / The key project.
    key_project: KeyProjectRef,
    /// 认领单位 / The unit.
    unit: UnitRef,
    /// 份额 / Shares.
    #[schema(minimum = 1, maximum = 1000, examples(2))]
    shares: i32,
    /// 承诺 / What the unit will do.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("承办两期党务干部联合培训。"))]
    undertaking: String,
    /// 状态 / Status.
    status: ClaimStatus,
    /// 认领时间 / Claimed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    claimed_at: String,
    /// 最近办理时间 / When it was confirmed, declined, withdrawn or released last.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-23T02:03:04.567Z"))]
    decided_at: Option<String>,
    /// 认领协议 / The agreement.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("重点项目认领协议（2026）第 3 号"))]
    agreement_ref: Option<String>,
    /// 签订日期 / Signed on.
    #[schema(examples("2026-11-20"))]
    agreed_on: Option<NaiveDate>,
    /// 未予确认、撤回或解除的理由 / Why it was declined, withdrawn or released.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("本单位职能调整。"))]
    reason: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ClaimAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ProjectClaimView {
    pub(super) fn of(actor: &Actor, found: ClaimOnFile, names: &Names) -> Self {
        let ClaimOnFile { claim: it, project } = found;
        let permitted = |action: &ClaimAction| match action {
            ClaimAction::Confirm | ClaimAction::Decline => actor.may(&CLAIM_CONFIRM, &it),
            ClaimAction::Withdraw => actor.may(&CLAIM_MAKE, &it),
            ClaimAction::Release => actor.may(&CLAIM_RELEASE, &it),
        };
        Self {
            allowed_actions: it.status.open_actions().filter(permitted).collect(),
            id: it.id.0,
            key_project: project.into(),
            unit: UnitRef::of(it.unit_id, names),
            shares: it.shares,
            status: it.status,
            claimed_at: instant(it.claimed_at),
            decided_at: it.decided_at.map(instant),
            agreed_on: it.agreed_on,
            undertaking: it.undertaking,
            agreement_ref: it.agreement_ref,
            reason: it.reason,
            version: it.version,
        }
    }
}

/// 一个理事单位的认领数 / What a council unit has taken on.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CouncilUnitClaim {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Uuid,
    /// 单位名称 / Name of the unit.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 待确认的认领数 / Claims that are not confirmed yet.
    #[schema(minimum = 0, examples(0))]
    pending_count: i64,
    /// 已确认的认领数 / Claims that are confirmed.
    #[schema(minimum = 0, examples(1))]
    confirmed_count: i64,
}

/// 理事单位认领情况 / What council units have taken on in a year.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CouncilUnitClaims {
    /// 年度 / Year.
    #[schema(minimum = 2000, maximum = 2100, examples(2026))]
    year: i32,
    /// 没有任何认领的理事单位数 / Council units without any claim.
    #[schema(minimum = 0, examples(3))]
    without_claim_count: usize,
    /// 各理事单位，未认领的在前 / Each council unit, those with none first.
    #[schema(max_items = 10_000)]
    units: Vec<CouncilUnitClaim>,
}

impl CouncilUnitClaims {
    pub(super) fn of(year: i32, claimers: Vec<Claimer>) -> Self {
        let one = |it: Claimer| CouncilUnitClaim {
            unit_id: it.unit_id.0,
            name: it.name,
            pending_count: it.pending,
            confirmed_count: it.confirmed,
        };
        Self {
            year,
            without_claim_count: claimers.iter().filter(|it| it.pending + it.confirmed == 0).count(),
            units: claimers.into_iter().map(one).collect(),
        }
    }
}
