//! Conferences and measures in answers.

use chrono::NaiveDate;
use gongjian_kernel::Actor;
use gongjian_ledger::conference::action::DELEGATION_GRANT;
use gongjian_ledger::conference::delegation::Delegation;
use gongjian_ledger::conference::measure::{MeasureAction, MeasureOnFile, MeasureStatus};
use gongjian_ledger::conference::{
    Conference, ConferenceAction, ConferenceKind, ConferenceLevel, ConferenceOnFile, ConferenceStatus, IssueOnAgenda,
    ZoneAttribute, ZoneDomain,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};
use crate::routes::offices::Named;

/// 受邀单位 / A unit that is invited.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InviteeView {
    /// 单位 / The unit.
    unit: UnitRef,
    /// 是否到会；未召开的为空 / Whether it was there; null until it was held.
    #[schema(examples(true))]
    attended: Option<bool>,
}

/// 议程上的事项 / An issue on the agenda.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AgendaIssue {
    /// 事项标识 / Id of the issue.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    id: Uuid,
    /// 编号 / Its number.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("QHYJ-2026-0009"))]
    number: Option<String>,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("老旧园区道路改造"))]
    title: String,
    /// 结论 / What was concluded on it.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("由区住建局牵头，分两段实施。"))]
    conclusion: Option<String>,
}

impl From<IssueOnAgenda> for AgendaIssue {
    fn from(it: IssueOnAgenda) -> Self {
        Self { id: it.id.0, number: it.number, title: it.title, conclusion: it.conclusion }
    }
}

/// 联席会或地区事务协调会 / A joint conference or a zone coordination meeting.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ConferenceView {
    /// 会议标识 / Id of the conference.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"))]
    id: Uuid,
    /// 类别 / Kind.
    kind: ConferenceKind,
    /// 联席会层级 / Level of a joint conference.
    level: Option<ConferenceLevel>,
    /// 街道级联席会的街道 / The street of a street's.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_code: Option<String>,
    /// 功能区 / The zone of a zone meeting.
    zone: Option<Named>,
    /// 议题领域 / Domain of a zone meeting.
    domain: Option<ZoneDomain>,
    /// 议题属性 / What makes it a matter of the zone.
    attribute: Option<ZoneAttribute>,
    /// 编号；批准前为空 / Number; null before the approval.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("JM-2026-001"))]
    number: Option<String>,
    /// 标题 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("园区道路改造联席会"))]
    title: String,
    /// 事由 / What it is for.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("涉及住建、城管、交警三个部门，需共同研究。"))]
    purpose: String,
    /// 状态 / Status.
    status: ConferenceStatus,
    /// 申请或召集时间 / Requested or convened at.
    #[schema(value_type = DateTime<Utc>, examples("2026-05-14T02:03:04.567Z"))]
    requested_at: String,
    /// 批准或不予批准的时间 / Decided at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-05-15T02:03:04.567Z"))]
    decided_at: Option<String>,
    /// 依据的委托 / The delegation by which it was decided in the secretariat's place.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1912"))]
    delegation_id: Option<Uuid>,
    /// 不予批准或取消的理由 / Why it was refused or withdrawn.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("一个部门即可办理。"))]
    reason: Option<String>,
    /// 开始时间 / When it begins.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-05-20T01:00:00.000Z"))]
    starts_at: Option<String>,
    /// 地点 / Place.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("区会议中心"))]
    place: Option<String>,
    /// 主持人 / Who takes the chair.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("秘书长"))]
    chair: Option<String>,
    /// 召开日期 / Held on.
    #[schema(examples("2026-05-20"))]
    held_on: Option<NaiveDate>,
    /// 纪要 / Minutes.
    #[schema(max_length = 20000, pattern = r"^[^\x00]*$", examples("会议议定：分两段实施。"))]
    minutes: Option<String>,
    /// 受邀单位 / Who is invited.
    #[schema(max_items = 500)]
    invitees: Vec<InviteeView>,
    /// 受邀街道 / Streets that a zone invites.
    #[schema(max_items = 100, max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_codes: Vec<String>,
    /// 议程上的事项 / Issues on the agenda.
    #[schema(max_items = 100)]
    issues: Vec<AgendaIssue>,
    /// 议定措施数 / Agreed measures.
    #[schema(minimum = 0, examples(3))]
    measures_total: usize,
    /// 未办结的措施数 / Of which are open.
    #[schema(minimum = 0, examples(1))]
    measures_open: usize,
    /// 办结、取消或不予批准的时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-06-30T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ConferenceAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ConferenceView {
    pub(super) fn of(found: ConferenceOnFile, names: &Names) -> Self {
        let ConferenceOnFile { conference: it, zone, invitees, streets, issues, allowed_actions, .. } = found;
        let invited = |row: gongjian_ledger::conference::Invitee| InviteeView {
            unit: UnitRef::of(row.unit_id, names),
            attended: row.attended,
        };
        Self {
            id: it.id.0,
            kind: it.kind,
            level: it.level,
            street_code: it.street_code,
            zone: zone.map(|(id, name)| Named { id: id.0, name }),
            domain: it.domain,
            attribute: it.attribute,
            number: it.number,
            title: it.title,
            purpose: it.purpose,
            status: it.status,
            requested_at: instant(it.requested_at),
            decided_at: it.decided_at.map(instant),
            delegation_id: it.delegation_id.map(|id| id.0),
            reason: it.reason,
            starts_at: it.starts_at.map(instant),
            place: it.place,
            chair: it.chair,
            held_on: it.held_on,
            minutes: it.minutes,
            invitees: invitees.into_iter().map(invited).collect(),
            street_codes: streets,
            issues: issues.into_iter().map(Into::into).collect(),
            measures_total: found.measures_total,
            measures_open: found.measures_open,
            ended_at: it.ended_at.map(instant),
            allowed_actions,
            version: it.version,
        }
    }
}

/// 措施所属的会议 / The conference that agreed on it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ConferenceRef {
    /// 会议标识 / Id of the conference.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1911"))]
    id: Uuid,
    /// 编号 / Number.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("JM-2026-001"))]
    number: Option<String>,
    /// 标题 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("园区道路改造联席会"))]
    title: String,
}

impl From<Conference> for ConferenceRef {
    fn from(it: Conference) -> Self {
        Self { id: it.id.0, number: it.number, title: it.title }
    }
}

/// 议定措施 / A measure that was agreed on.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MeasureView {
    /// 措施标识 / Id of the measure.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1913"))]
    id: Uuid,
    /// 会议 / The conference.
    conference: ConferenceRef,
    /// 对应的事项 / The issue that it serves.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    issue_id: Option<Uuid>,
    /// 措施 / What is to be done.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("完成北段路面改造。"))]
    task: String,
    /// 责任单位 / Its owner.
    owner: UnitRef,
    /// 完成期限 / Due day.
    #[schema(examples("2026-06-30"))]
    due_on: NaiveDate,
    /// 今日是否逾期 / Whether it is overdue today.
    #[schema(examples(false))]
    is_overdue: bool,
    /// 状态 / Status.
    status: MeasureStatus,
    /// 佐证 / What shows that it was done.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("已竣工验收，见验收单 12 号。"))]
    evidence: Option<String>,
    /// 办结日期 / Done on.
    #[schema(examples("2026-06-25"))]
    done_on: Option<NaiveDate>,
    /// 最近一次退回、延期或取消的理由 / Why it was sent back, postponed or dropped last.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("汛期停工。"))]
    reason: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<MeasureAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl MeasureView {
    pub(super) fn of(found: MeasureOnFile, names: &Names, today: NaiveDate) -> Self {
        let MeasureOnFile { measure: it, conference, allowed_actions } = found;
        Self {
            id: it.id.0,
            conference: conference.into(),
            issue_id: it.issue_id.map(|id| id.0),
            task: it.task,
            owner: UnitRef::of(it.owner_unit_id, names),
            due_on: it.due_on,
            is_overdue: it.status == MeasureStatus::Open && it.due_on < today,
            status: it.status,
            evidence: it.evidence,
            done_on: it.done_on,
            reason: it.reason,
            allowed_actions,
            version: it.version,
        }
    }
}

/// 批准权的委托 / That a branch president approves street conferences.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ConferenceDelegationView {
    /// 委托标识 / Id of the delegation.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1912"))]
    id: Uuid,
    /// 街道代码 / The street.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_code: String,
    /// 起始日期 / First day.
    #[schema(examples("2026-01-08"))]
    valid_from: NaiveDate,
    /// 终止之日 / Day from which it is no more.
    #[schema(examples("2027-01-01"))]
    valid_until: Option<NaiveDate>,
    /// 依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("秘书处授权书〔2026〕1号"))]
    basis: String,
    /// 今日是否有效 / Whether it holds today.
    #[schema(examples(true))]
    in_force: bool,
    /// 当前登录人可否收回 / Whether this caller may revoke it.
    #[schema(examples(false))]
    may_revoke: bool,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ConferenceDelegationView {
    pub(super) fn of(actor: &Actor, it: Delegation, today: NaiveDate) -> Self {
        let is_over = it.revoked_at.is_some() || it.valid_until.is_some_and(|until| until <= today);
        Self {
            in_force: it.holds_on(today),
            may_revoke: !is_over && actor.has_some(&DELEGATION_GRANT),
            id: it.id.0,
            street_code: it.street_code,
            valid_from: it.valid_from,
            valid_until: it.valid_until,
            basis: it.basis,
            version: it.version,
        }
    }
}
