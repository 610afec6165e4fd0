//! What belongs to a meeting, as the caller sees it.

use gongjian_governance::meeting::code::CheckInCode;
use gongjian_governance::meeting::queries::RollLine;
use gongjian_governance::meeting::{
    Attendance, AttendanceSource, Capacity, Excuse, Mandate, MandateScope, MandateState, Paper, Presence, Receipt,
    Topic, TopicStatus,
};
use gongjian_membership::UnitId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 会议材料 / A paper.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperView {
    /// 材料标识 / Id of the paper.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1303"))]
    id: Uuid,
    /// 所属议程 / The item that it belongs to.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    agenda_item_id: Option<Uuid>,
    /// 名称 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("理事会2026年工作报告"))]
    title: String,
    /// 文号或存放位置 / Its number, or where it is.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青促会〔2026〕8号"))]
    reference: Option<String>,
    /// 正文 / Its text.
    #[schema(max_length = 20000, pattern = r"^[^\x00]*$", examples("一年来，理事会围绕中心工作……"))]
    content: Option<String>,
    /// 列出时间 / Listed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-02T01:00:00.000Z"))]
    listed_at: String,
}

impl PaperView {
    pub(crate) fn of(it: Paper) -> Self {
        let Paper { id, agenda_item_id, title, reference, content, listed_at, .. } = it;
        let agenda_item_id = agenda_item_id.map(|item| item.0);
        Self { id: id.0, agenda_item_id, title, reference, content, listed_at: instant(listed_at) }
    }
}

/// 议题 / A topic.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TopicView {
    /// 议题标识 / Id of the topic.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1305"))]
    id: Uuid,
    /// 会议 / The meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"))]
    meeting_id: Uuid,
    /// 提出方 / Who proposed it.
    proposed_by: MeetingVoiceView,
    /// 名称 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("建议研究青年人才公寓配租办法"))]
    title: String,
    /// 说明 / Detail.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("新引进人才住房困难，建议统筹配租。"))]
    detail: String,
    /// 状态 / What became of it.
    status: TopicStatus,
    /// 提出时间 / Proposed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-25T01:00:00.000Z"))]
    proposed_at: String,
    /// 处理时间 / Decided at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-30T01:00:00.000Z"))]
    decided_at: Option<String>,
    /// 未列入的理由 / Why it was declined.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("已列入意见台账办理。"))]
    reason: Option<String>,
    /// 列入的议程 / The item that it has become.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    agenda_item_id: Option<Uuid>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl TopicView {
    pub(crate) fn of(it: Topic) -> Self {
        Self {
            id: it.id.0,
            meeting_id: it.meeting_id.0,
            proposed_by: MeetingVoiceView::new(it.elector_key, it.unit_id, it.elector_name),
            title: it.title,
            detail: it.detail,
            status: it.status,
            proposed_at: instant(it.proposed_at),
            decided_at: it.decided_at.map(instant),
            reason: it.reason,
            agenda_item_id: it.agenda_item_id.map(|item| item.0),
            version: it.version,
        }
    }
}

/// 机构成员 / A voice of the body.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeetingVoiceView {
    /// 成员标识 / Its key.
    #[schema(max_length = 60, pattern = "^[a-z]+:[0-9a-f-]+$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    key: String,
    /// 单位 / The unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 名称 / Name of the unit or of the post.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
}

impl MeetingVoiceView {
    pub(super) fn new(key: String, unit: Option<UnitId>, name: String) -> Self {
        Self { key, unit_id: unit.map(|unit| unit.0), name }
    }
}

/// 通知回执 / Somebody has read the notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeReceiptView {
    /// 成员 / The voice that he acts for.
    voice: MeetingVoiceView,
    /// 阅知人 / Who has read it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    person_name: Option<String>,
    /// 阅知时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-02T02:00:00.000Z"))]
    read_at: String,
}

impl NoticeReceiptView {
    pub(crate) fn of((it, person_name): (Receipt, Option<String>)) -> Self {
        let voice = MeetingVoiceView::new(it.elector_key, it.unit_id, it.elector_name);
        Self { voice, person_name, read_at: instant(it.read_at) }
    }
}

/// 签到码 / The code of now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckInCodeView {
    /// 签到码 / The code.
    #[schema(min_length = 6, max_length = 6, pattern = "^[0-9]{6}$", examples("482913"))]
    code: String,
    /// 显示至 / Until when it is shown.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-18T01:00:30.000Z"))]
    valid_until: String,
}

impl CheckInCodeView {
    pub(crate) fn of(code: CheckInCode) -> Self {
        Self { code: code.code, valid_until: instant(code.valid_until) }
    }
}

/// 出席时段 / A time for which a voice was there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttendanceView {
    /// 出席记录标识 / Id of the attendance.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1306"))]
    id: Uuid,
    /// 成员 / The voice.
    voice: MeetingVoiceView,
    /// 出席人 / Who was there for it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    person_name: String,
    /// 出席身份 / In which capacity.
    capacity: Capacity,
    /// 签到方式 / How it was recorded.
    source: AttendanceSource,
    /// 起 / From.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-18T00:50:00.000Z"))]
    from: String,
    /// 止；在会的为空 / Until; null while it lasts.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-18T03:30:00.000Z"))]
    until: Option<String>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl AttendanceView {
    pub(crate) fn of(it: Attendance) -> Self {
        Self {
            id: it.id.0,
            voice: MeetingVoiceView::new(it.elector_key, it.unit_id, it.elector_name),
            person_name: it.person_name,
            capacity: it.capacity,
            source: it.source,
            from: instant(it.from_at),
            until: it.until_at.map(instant),
            version: it.version,
        }
    }
}

/// 出席名单的一行 / A voice in the list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RollLineView {
    /// 成员 / The voice.
    voice: MeetingVoiceView,
    /// 出席情况 / Whether it was there.
    state: Presence,
    /// 请假理由 / Why it was excused.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("参加市里会议。"))]
    reason: Option<String>,
    /// 出席时段 / The times for which it was there.
    #[schema(max_items = 100)]
    intervals: Vec<AttendanceView>,
}

impl RollLineView {
    pub(crate) fn of(it: RollLine) -> Self {
        let voice = MeetingVoiceView::new(it.elector_key, it.unit_id, it.name);
        let intervals = it.intervals.into_iter().map(AttendanceView::of).collect();
        Self { voice, state: it.state, reason: it.reason, intervals }
    }
}

/// 请假 / An excuse.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExcuseView {
    /// 成员 / The voice.
    voice: MeetingVoiceView,
    /// 理由 / Why.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("参加市里会议。"))]
    reason: String,
    /// 时间 / When it was said.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-17T02:00:00.000Z"))]
    reported_at: String,
}

impl ExcuseView {
    pub(crate) fn of(it: Excuse) -> Self {
        let voice = MeetingVoiceView::new(it.elector_key, it.unit_id, it.elector_name);
        Self { voice, reason: it.reason, reported_at: instant(it.reported_at) }
    }
}

/// 书面委托 / A written mandate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MandateView {
    /// 委托标识 / Id of the mandate.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1307"))]
    id: Uuid,
    /// 会议 / The meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"))]
    meeting_id: Uuid,
    /// 委托方 / The voice that is given.
    voice: MeetingVoiceView,
    /// 受委托人标识 / Id of the substitute.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    substitute_person_id: Uuid,
    /// 受委托人 / The substitute.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("王芳"))]
    substitute_name: String,
    /// 权限 / What it covers.
    scope: MandateScope,
    /// 委托书 / The document.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("委托书（2026年12月17日）"))]
    reference: String,
    /// 状态 / State.
    state: MandateState,
    /// 委托时间 / Given at.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-17T02:00:00.000Z"))]
    given_at: String,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl MandateView {
    pub(crate) fn of(it: Mandate) -> Self {
        Self {
            id: it.id.0,
            meeting_id: it.meeting_id.0,
            state: it.state(),
            voice: MeetingVoiceView::new(it.elector_key, it.unit_id, it.elector_name),
            substitute_person_id: it.substitute_id.0,
            substitute_name: it.substitute_name,
            scope: it.scope,
            reference: it.reference,
            given_at: instant(it.given_at),
            version: it.version,
        }
    }
}
