//! Topics of committees in requests and answers.

use gongjian_committees::committee::action::{COMMITTEE_TOPIC_FOLLOW, COMMITTEE_TOPIC_PROPOSE};
use gongjian_committees::committee::topic::commands::NewCommitteeTopic;
use gongjian_committees::committee::topic::{
    CommitteeTopicAction as Action, CommitteeTopicFilter, CommitteeTopicOnFile, CommitteeTopicStatus,
};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::issues::instant;
use crate::routes::offices::Named;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CommitteeTopicQuery {
    /// 专委会 / The committee.
    #[param(example = "01980000-0000-7000-8000-000000001702")]
    committee_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["proposed"]))]
    status: Option<AnyOf<CommitteeTopicStatus>>,
}

impl From<&CommitteeTopicQuery> for CommitteeTopicFilter {
    fn from(query: &CommitteeTopicQuery) -> Self {
        let status = query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Self { committee_id: query.committee_id, status }
    }
}

/// 提请理事会的议题 / A topic for the council.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeTopicCreate {
    /// 题目 / Title.
    #[schema(examples("关于人才公寓配租标准的建议"))]
    title: Text<2, 200>,
    /// 说明 / What it is about.
    #[schema(examples("建议统一配租标准，由区人社局牵头。"))]
    detail: Text<2, 2000>,
}

impl From<CommitteeTopicCreate> for NewCommitteeTopic {
    fn from(new: CommitteeTopicCreate) -> Self {
        Self { title: new.title, detail: new.detail }
    }
}

/// 列入议程 / Where it is placed.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeTopicPlace {
    /// 理事会会议的议程项 / An item of the agenda of a meeting of the council.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f02"))]
    pub(super) agenda_item_id: Uuid,
}

/// 理事会的决定 / What the council has decided.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeTopicDecision {
    /// 理事会决议 / The decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    pub(super) decision_id: Uuid,
}

/// 不采纳的理由 / Why it is not taken.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeTopicReason {
    /// 理由 / Why.
    #[schema(examples("已列入区政府年度计划。"))]
    pub(super) reason: Text<2, 500>,
}

/// 专委会提请理事会的议题 / A topic that a committee brings before the council.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommitteeTopicView {
    /// 议题标识 / Id of the topic.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"))]
    id: Uuid,
    /// 专委会 / The committee.
    committee: Named,
    /// 题目 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("关于人才公寓配租标准的建议"))]
    title: String,
    /// 说明 / What it is about.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("建议统一配租标准，由区人社局牵头。"))]
    detail: String,
    /// 状态 / Status.
    status: CommitteeTopicStatus,
    /// 列入的理事会会议 / The meeting of the council.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f01"))]
    meeting_id: Option<Uuid>,
    /// 议程项 / The item of its agenda.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f02"))]
    agenda_item_id: Option<Uuid>,
    /// 理事会决议 / The council's decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    decision_id: Option<Uuid>,
    /// 决议文号 / Number of the decision.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("理事会〔2026〕7号"))]
    decision_number: Option<String>,
    /// 不采纳的理由 / Why it was not taken.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("已列入区政府年度计划。"))]
    reason: Option<String>,
    /// 提出时间 / Proposed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    proposed_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-27T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<Action>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl CommitteeTopicView {
    pub(super) fn of(actor: &Actor, found: CommitteeTopicOnFile) -> Self {
        let affair = found.affair();
        let permitted = |action: &Action| match action {
            Action::Place | Action::Decide | Action::Decline => actor.may(&COMMITTEE_TOPIC_FOLLOW, &affair),
            Action::Withdraw => actor.may(&COMMITTEE_TOPIC_PROPOSE, &affair),
        };
        let allowed_actions = found.topic.status.open_actions().filter(permitted).collect();
        let it = found.topic;
        Self {
            id: it.id.0,
            committee: Named { id: found.body.id.0, name: found.body.name },
            title: it.title,
            detail: it.detail,
            status: it.status,
            meeting_id: it.meeting_id.map(|id| id.0),
            agenda_item_id: it.agenda_item_id.map(|id| id.0),
            decision_id: it.decision_id.map(|id| id.0),
            decision_number: it.decision_number,
            reason: it.reason,
            proposed_at: instant(it.proposed_at),
            ended_at: it.ended_at.map(instant),
            allowed_actions,
            version: it.version,
        }
    }
}
