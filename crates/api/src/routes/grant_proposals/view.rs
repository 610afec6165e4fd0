//! Proposals for administrators in requests and answers.

use chrono::{DateTime, Utc};
use gongjian_identity::administrator::{GrantChange, NewProposal, ProposalFilter, ProposalStatus, ProposalView};
use gongjian_identity::{AccountId, Role};
use gongjian_kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::routes::issues::instant;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct GrantProposalQuery {
    /// 状态 / Status.
    #[param(example = "proposed")]
    status: Option<ProposalStatus>,
    /// 账号 / The account that is to become or no longer to be administrator.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06")]
    account_id: Option<Uuid>,
}

impl From<&GrantProposalQuery> for ProposalFilter {
    fn from(query: &GrantProposalQuery) -> Self {
        Self { status: query.status, account: query.account_id.map(AccountId) }
    }
}

/// 管理员授权提议 / A change of administrators to be proposed.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantProposalCreate {
    /// 账号 / The account.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    account_id: Uuid,
    /// 授予或终止 / To grant or to end.
    #[schema(examples("grant"))]
    change: GrantChange,
    /// 管理员角色：系统、安全或审计管理员 / Which of the three administrators.
    #[schema(examples("audit_administrator"))]
    role: Role,
    /// 理由 / The reason.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("原安全审计员调离，由其接任。"))]
    reason: Text<2, 200>,
}

impl From<&GrantProposalCreate> for NewProposal {
    fn from(new: &GrantProposalCreate) -> Self {
        Self { account: AccountId(new.account_id), change: new.change, role: new.role, reason: new.reason.clone() }
    }
}

/// 否决或撤回的理由 / Why it is declined or withdrawn.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantProposalEnd {
    /// 理由 / The reason.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("人选另行研究。"))]
    pub(super) reason: Text<2, 200>,
}

/// 账号 / An account.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccountRef {
    /// 账号标识 / Id of the account.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    id: Uuid,
    /// 用户名 / User name.
    #[schema(max_length = 64, pattern = r"^[^\x00]*$", examples("limin"))]
    username: String,
}

/// 管理员授权 / A proposal for an administrator.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GrantProposalView {
    /// 授权标识 / Id of the proposal.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09"))]
    id: Uuid,
    /// 账号 / The account.
    account: AccountRef,
    /// 授予或终止 / To grant or to end.
    change: GrantChange,
    /// 管理员角色 / Which administrator.
    #[schema(examples("audit_administrator"))]
    role: Role,
    /// 理由 / The reason.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("原安全审计员调离，由其接任。"))]
    reason: String,
    /// 状态 / Status.
    status: ProposalStatus,
    /// 提出人 / Who proposed it.
    proposed_by: AccountRef,
    /// 以何管理员身份提出 / As which administrator.
    #[schema(examples("system_administrator"))]
    proposer_role: Role,
    /// 提出时间 / Proposed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    proposed_at: String,
    /// 失效时间 / Expires at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-09T02:03:04.567Z"))]
    expires_at: String,
    /// 确认、否决或撤回的人 / Who confirmed, declined or withdrew it.
    decided_by: Option<AccountRef>,
    /// 确认、否决或撤回的时间 / When.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-03T02:03:04.567Z"))]
    decided_at: Option<String>,
    /// 否决或撤回的理由 / Why it was declined or withdrawn.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("人选另行研究。"))]
    decision_reason: Option<String>,
    /// 版本，即 ETag 的数字 / Version, the number in the ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl GrantProposalView {
    pub(super) fn of(found: &ProposalView, now: DateTime<Utc>) -> Self {
        let account = |id: AccountId| AccountRef { id: id.0, username: found.username(id).to_owned() };
        let proposal = &found.proposal;
        Self {
            id: proposal.id.0,
            account: account(proposal.account_id),
            change: proposal.change,
            role: proposal.role,
            reason: proposal.reason.clone(),
            status: proposal.status_at(now),
            proposed_by: account(proposal.proposed_by),
            proposer_role: proposal.proposer_role,
            proposed_at: instant(proposal.proposed_at),
            expires_at: instant(proposal.expires_at),
            decided_by: proposal.decided_by.map(account),
            decided_at: proposal.decided_at.map(instant),
            decision_reason: proposal.decision_reason.clone(),
            version: proposal.version,
        }
    }
}
