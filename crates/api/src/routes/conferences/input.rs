//! Conferences and measures in requests.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::Text;
use gongjian_ledger::conference::delegation::NewDelegation;
use gongjian_ledger::conference::measure::{MeasureFilter, MeasureStatus};
use gongjian_ledger::conference::{
    ConferenceEdit, ConferenceFilter, ConferenceKind, ConferenceLevel, ConferenceStatus, Minutes, NewConference,
    NewMeasure, NewZoneMeeting, Sitting, ZoneAttribute, ZoneDomain,
};
use gongjian_ledger::issue::IssueId;
use gongjian_membership::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConferenceQuery {
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["joint"]))]
    kind: Option<AnyOf<ConferenceKind>>,
    /// 联席会层级 / Level of a joint conference.
    #[param(example = "district")]
    level: Option<ConferenceLevel>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["tracking"]))]
    status: Option<AnyOf<ConferenceStatus>>,
    /// 街道级联席会的街道 / The street of a street's.
    #[param(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", example = "990106003")]
    street_code: Option<Text<9, 9>>,
    /// 功能区 / The zone.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1901")]
    zone_id: Option<Uuid>,
    /// 议程上的事项 / An issue on the agenda.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01")]
    issue_id: Option<Uuid>,
}

impl From<&ConferenceQuery> for ConferenceFilter {
    fn from(query: &ConferenceQuery) -> Self {
        Self {
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            level: query.level,
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            street_code: query.street_code.clone().map(Text::into_string),
            zone_id: query.zone_id,
            issue_id: query.issue_id,
        }
    }
}

fn units(ids: Vec<Uuid>) -> Vec<UnitId> {
    ids.into_iter().map(UnitId).collect()
}

fn issues(ids: Vec<Uuid>) -> Vec<IssueId> {
    ids.into_iter().map(IssueId).collect()
}

fn codes(streets: Vec<Text<9, 9>>) -> Vec<String> {
    streets.into_iter().map(Text::into_string).collect()
}

/// 联席会申请 / A joint conference that is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConferenceCreate {
    /// 层级 / Level.
    level: ConferenceLevel,
    /// 街道级的街道 / The street of a street's.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_code: Option<Text<9, 9>>,
    /// 标题 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("园区道路改造联席会"))]
    title: Text<2, 200>,
    /// 事由：为何需多部门多单位共同解决 / Why several departments and units are needed.
    #[schema(value_type = String, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("涉及住建、城管、交警三个部门，需共同研究。"))]
    purpose: Text<2, 4000>,
    /// 受邀单位：本级会员和区属职能部门 / Members of its level, and departments.
    #[serde(default)]
    #[validate(length(max = 500, code = "wrong_count", message = "至多 500 项。 / At most 500 items."))]
    #[schema(max_items = 500, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    invitee_unit_ids: Vec<Uuid>,
    /// 议程上的事项 / Issues on the agenda.
    #[serde(default)]
    #[validate(length(max = 100, code = "wrong_count", message = "至多 100 项。 / At most 100 items."))]
    #[schema(max_items = 100, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    issue_ids: Vec<Uuid>,
}

impl From<ConferenceCreate> for NewConference {
    fn from(new: ConferenceCreate) -> Self {
        Self {
            level: new.level,
            street_code: new.street_code.map(Text::into_string),
            title: new.title,
            purpose: new.purpose,
            invitees: units(new.invitee_unit_ids),
            issues: issues(new.issue_ids),
        }
    }
}

/// 地区事务协调会 / A meeting that a zone convenes.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneMeetingCreate {
    /// 议题领域 / Domain.
    domain: ZoneDomain,
    /// 议题属性 / What makes it a matter of the zone.
    attribute: ZoneAttribute,
    /// 标题 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("东部新城企业用工协调会"))]
    title: Text<2, 200>,
    /// 事由 / What it is for.
    #[schema(value_type = String, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("跨两个街道的企业集中用工。"))]
    purpose: Text<2, 4000>,
    /// 开始时间 / When it begins.
    #[schema(examples("2026-11-25T01:00:00.000Z"))]
    starts_at: DateTime<Utc>,
    /// 地点 / Place.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("东部新城管委会"))]
    place: Text<2, 200>,
    /// 主持人 / Who takes the chair.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("召集人"))]
    chair: Option<Text<1, 50>>,
    /// 受邀的区街两级会员单位和职能部门 / Members of both levels, and departments.
    #[serde(default)]
    #[validate(length(max = 500, code = "wrong_count", message = "至多 500 项。 / At most 500 items."))]
    #[schema(max_items = 500, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    invitee_unit_ids: Vec<Uuid>,
    /// 受邀街道，须在本功能区内 / Streets of the zone that are invited.
    #[serde(default)]
    #[validate(length(max = 100, code = "wrong_count", message = "至多 100 项。 / At most 100 items."))]
    #[schema(value_type = Vec<String>, max_items = 100, examples("990106009"))]
    street_codes: Vec<Text<9, 9>>,
    /// 议程上的事项，须为召集单位承办 / Issues on the agenda that the convening unit leads.
    #[serde(default)]
    #[validate(length(max = 100, code = "wrong_count", message = "至多 100 项。 / At most 100 items."))]
    #[schema(max_items = 100, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    issue_ids: Vec<Uuid>,
}

impl From<ZoneMeetingCreate> for NewZoneMeeting {
    fn from(new: ZoneMeetingCreate) -> Self {
        Self {
            domain: new.domain,
            attribute: new.attribute,
            title: new.title,
            purpose: new.purpose,
            starts_at: new.starts_at,
            place: new.place,
            chair: new.chair,
            invitees: units(new.invitee_unit_ids),
            streets: codes(new.street_codes),
            issues: issues(new.issue_ids),
        }
    }
}

/// 会议安排的调整 / What changes before a conference meets.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConferenceUpdate {
    /// 标题 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("园区道路改造联席会"))]
    title: Option<Text<2, 200>>,
    /// 事由 / What it is for.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("涉及三个部门。"))]
    purpose: Option<Text<2, 4000>>,
    /// 受邀单位，整体替换 / Who is invited, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(length(max = 500, code = "wrong_count", message = "至多 500 项。 / At most 500 items."))]
    #[schema(nullable = false, max_items = 500, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    invitee_unit_ids: Option<Vec<Uuid>>,
    /// 议程上的事项，批准前可整体替换 / Issues on the agenda, replaced as a whole until it is approved.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(length(max = 100, code = "wrong_count", message = "至多 100 项。 / At most 100 items."))]
    #[schema(nullable = false, max_items = 100, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    issue_ids: Option<Vec<Uuid>>,
    /// 受邀街道，整体替换 / Streets that are invited, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(length(max = 100, code = "wrong_count", message = "至多 100 项。 / At most 100 items."))]
    #[schema(value_type = Vec<String>, nullable = false, required = false, max_items = 100, examples("990106009"))]
    street_codes: Option<Vec<Text<9, 9>>>,
}

impl From<ConferenceUpdate> for ConferenceEdit {
    fn from(edit: ConferenceUpdate) -> Self {
        Self {
            title: edit.title,
            purpose: edit.purpose,
            invitees: edit.invitee_unit_ids.map(units),
            streets: edit.street_codes.map(codes),
            issues: edit.issue_ids.map(issues),
        }
    }
}

/// 批准 / An approval.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConferenceApproval {
    /// 议程上各事项顺延的工作日数，上限见台账配置 / Working days added for the issues on the agenda; the ledger's policy has the limit.
    #[serde(default)]
    #[validate(range(max = 250, code = "out_of_range", message = "应为 0 至 250。 / Give 0 to 250."))]
    #[schema(minimum = 0, maximum = 250, examples(10))]
    pub(super) extension_workdays: u32,
}

/// 时间地点 / When and where.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConferenceSchedule {
    /// 开始时间 / When it begins.
    #[schema(examples("2026-11-25T01:00:00.000Z"))]
    starts_at: DateTime<Utc>,
    /// 地点 / Place.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("区会议中心"))]
    place: Text<2, 200>,
    /// 主持人 / Who takes the chair.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("秘书长"))]
    chair: Option<Text<1, 50>>,
}

impl From<ConferenceSchedule> for Sitting {
    fn from(at: ConferenceSchedule) -> Self {
        Self { starts_at: at.starts_at, place: at.place, chair: at.chair }
    }
}

/// 召开情况 / That it was held.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConferenceHeld {
    /// 到会的受邀单位 / Who of the invited was there.
    #[serde(default)]
    #[validate(length(max = 500, code = "wrong_count", message = "至多 500 项。 / At most 500 items."))]
    #[schema(max_items = 500, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) attended_unit_ids: Vec<Uuid>,
    /// 召开日期；省略为今天 / Held on; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-11-25"))]
    pub(super) held_on: Option<NaiveDate>,
}

impl ConferenceHeld {
    pub(super) fn attended(&self) -> Vec<UnitId> {
        units(self.attended_unit_ids.clone())
    }
}

/// 一个事项的结论 / What was concluded on an issue.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConclusionCreate {
    /// 事项 / The issue.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    issue_id: Uuid,
    /// 结论 / Conclusion.
    #[schema(value_type = String, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("由区住建局牵头，分两段实施。"))]
    conclusion: Text<2, 4000>,
}

/// 议定措施 / A measure that was agreed on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureCreate {
    /// 对应的事项 / The issue that it serves.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    issue_id: Option<Uuid>,
    /// 措施 / What is to be done.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("完成北段路面改造。"))]
    task: Text<2, 1000>,
    /// 责任单位 / Its owner.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02"))]
    owner_unit_id: Uuid,
    /// 完成期限 / Due day.
    #[schema(examples("2026-12-31"))]
    due_on: NaiveDate,
}

/// 纪要 / Minutes.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConferenceMinutes {
    /// 纪要 / Minutes.
    #[schema(value_type = String, min_length = 2, max_length = 20000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("会议议定：分两段实施。"))]
    minutes: Text<2, 20_000>,
    /// 各事项的结论 / What was concluded on each issue.
    #[serde(default)]
    #[validate(nested, length(max = 100, code = "wrong_count", message = "至多 100 项。 / At most 100 items."))]
    #[schema(max_items = 100)]
    conclusions: Vec<ConclusionCreate>,
    /// 议定措施 / What was agreed on.
    #[serde(default)]
    #[validate(nested, length(max = 100, code = "wrong_count", message = "至多 100 项。 / At most 100 items."))]
    #[schema(max_items = 100)]
    measures: Vec<MeasureCreate>,
}

impl From<ConferenceMinutes> for Minutes {
    fn from(it: ConferenceMinutes) -> Self {
        let measure = |new: MeasureCreate| NewMeasure {
            issue: new.issue_id.map(IssueId),
            task: new.task,
            owner: UnitId(new.owner_unit_id),
            due_on: new.due_on,
        };
        Self {
            text: it.minutes,
            conclusions: it.conclusions.into_iter().map(|one| (IssueId(one.issue_id), one.conclusion)).collect(),
            measures: it.measures.into_iter().map(measure).collect(),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MeasureQuery {
    /// 会议 / The conference.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911")]
    conference_id: Option<Uuid>,
    /// 事项 / The issue.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01")]
    issue_id: Option<Uuid>,
    /// 责任单位 / The owner.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02")]
    owner_unit_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["open"]))]
    status: Option<AnyOf<MeasureStatus>>,
    /// 只看今日已逾期的 / Those that are overdue today alone.
    #[param(example = false)]
    overdue: Option<bool>,
}

impl From<&MeasureQuery> for MeasureFilter {
    fn from(query: &MeasureQuery) -> Self {
        Self {
            conference_id: query.conference_id,
            issue_id: query.issue_id,
            owner_unit_id: query.owner_unit_id,
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            overdue: query.overdue.unwrap_or_default(),
        }
    }
}

/// 办结 / What shows that a measure was done.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureEvidence {
    /// 佐证 / Evidence.
    #[schema(value_type = String, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已竣工验收，见验收单 12 号。"))]
    pub(super) evidence: Text<2, 4000>,
    /// 办结日期；省略为今天 / Done on; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-12-20"))]
    pub(super) done_on: Option<NaiveDate>,
}

/// 延期 / Another day.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasurePostponement {
    /// 新的期限 / The new day.
    #[schema(examples("2027-01-31"))]
    pub(super) due_on: NaiveDate,
    /// 理由 / Reason.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("汛期停工。"))]
    pub(super) reason: Text<2, 500>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConferenceDelegationQuery {
    /// 街道 / The street.
    #[param(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", example = "990106003")]
    pub(super) street_code: Option<Text<9, 9>>,
}

/// 批准权的委托 / A delegation.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConferenceDelegationCreate {
    /// 街道，须已设立分会 / The street; its branch is there.
    #[schema(value_type = String, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_code: Text<9, 9>,
    /// 起始日期；省略为今天 / First day; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-11-20"))]
    valid_from: Option<NaiveDate>,
    /// 终止之日 / Day from which it is no more.
    #[serde(default)]
    #[schema(examples("2027-11-20"))]
    valid_until: Option<NaiveDate>,
    /// 依据 / What it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("秘书处授权书〔2026〕1号"))]
    basis: Text<2, 200>,
}

impl From<ConferenceDelegationCreate> for NewDelegation {
    fn from(new: ConferenceDelegationCreate) -> Self {
        Self {
            street_code: new.street_code.into_string(),
            since: new.valid_from,
            until: new.valid_until,
            basis: new.basis,
        }
    }
}
