//! A meeting as the caller sees it.

use chrono::NaiveDate;
use gongjian_governance::body::BodyKind;
use gongjian_governance::decision::Matter;
use gongjian_governance::meeting::action::READ_PAPERS;
use gongjian_governance::meeting::queries::{Count, MeetingOnFile};
use gongjian_governance::meeting::{
    AgendaItem, AgendaKind, Meeting, MeetingAction, MeetingKind, MeetingStatus, allowed_actions,
};
use gongjian_kernel::Actor;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 会议 / A meeting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeetingView {
    /// 会议标识 / Id of the meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"))]
    id: Uuid,
    /// 机构 / The body that meets.
    #[schema(examples("01980000-0000-7000-8000-000000000011"))]
    body_id: Uuid,
    /// 机构名称 / Its name, as it was when the meeting was planned.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("会员大会"))]
    body_name: String,
    /// 机构类别 / Kind of body.
    body_kind: BodyKind,
    /// 名称 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("2026年度会员大会"))]
    title: String,
    /// 类别 / Regular, or besides.
    kind: MeetingKind,
    /// 所属年度 / The year that it is held for.
    #[schema(minimum = 1900, maximum = 2200, examples(2026))]
    year: i32,
    /// 所属半年 / The half of it.
    #[schema(minimum = 1, maximum = 2, examples(2))]
    half: Option<i32>,
    /// 状态 / Status.
    status: MeetingStatus,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 20)]
    allowed_actions: Vec<MeetingAction>,
    /// 开会时间 / When it starts.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-18T01:00:00.000Z"))]
    starts_at: String,
    /// 地点 / Where.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("区委党校报告厅"))]
    place: Option<String>,
    /// 线上会议地址；与会方可见 / The address of the online meeting, to those who take part.
    #[schema(max_length = 300, pattern = r"^[^\x00]*$", examples("https://meeting.example.cn/123"))]
    online_url: Option<String>,
    /// 主持人 / Who chairs it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("会长"))]
    chair: String,
    /// 议题征集截止时间 / Until when topics are proposed.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-01T09:00:00.000Z"))]
    topics_close_at: Option<String>,
    /// 通知 / The notice.
    notice: Option<NoticeView>,
    /// 议程，自上而下 / The agenda, from top to bottom.
    #[schema(max_items = 200)]
    agenda: Vec<AgendaItemView>,
    /// 材料；与会方可见 / The papers, to those who take part.
    #[schema(max_items = 200)]
    papers: Vec<PaperTitleView>,
    /// 出席统计：闭会前为此刻，闭会后为闭会时 / Who has a voice and is there: now, or as the close has fixed it.
    attendance: AttendanceCount,
    /// 开会时刻 / Opened at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-18T01:02:00.000Z"))]
    opened_at: Option<String>,
    /// 闭会时刻 / Closed at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-18T03:30:00.000Z"))]
    closed_at: Option<String>,
    /// 取消理由 / Why it was cancelled.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("与区委全会时间冲突。"))]
    cancel_reason: Option<String>,
    /// 纪要提交时间 / When its minutes were submitted.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-21T01:00:00.000Z"))]
    minutes_submitted_at: Option<String>,
    /// 纪要审定时间 / When its minutes were approved.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2027-06-18T01:30:00.000Z"))]
    minutes_approved_at: Option<String>,
    /// 审定纪要的会议 / The meeting that approved them.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1309"))]
    minutes_approved_in_id: Option<Uuid>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

/// 会议通知 / The notice of a meeting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeView {
    /// 发出时间 / When it was given.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-02T01:00:00.000Z"))]
    called_at: String,
    /// 及时的最后一日 / The last day on which it would have been in time.
    #[schema(examples("2026-12-04"))]
    due_on: Option<NaiveDate>,
    /// 迟了几个工作日，0 为及时 / Working days by which it was late; 0 is in time.
    #[schema(minimum = 0, maximum = 100, examples(0))]
    late_workdays: i32,
    /// 已阅知的回执数 / How many have acknowledged it.
    #[schema(minimum = 0, maximum = 1_000_000, examples(86))]
    receipt_count: u64,
}

/// 议程项 / An item of the agenda.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgendaItemView {
    /// 议程项标识 / Id of the item.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    id: Uuid,
    /// 编号 / Its number in the tree.
    #[schema(max_length = 100, pattern = r"^[0-9.]+$", examples("2.1"))]
    number: String,
    /// 上级议程 / The item above.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1304"))]
    parent_id: Option<Uuid>,
    /// 类别 / Kind.
    kind: AgendaKind,
    /// 名称 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("听取审议理事会工作报告"))]
    title: String,
    /// 说明 / Detail.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("书面报告已随通知发送。"))]
    detail: Option<String>,
    /// 汇报人 / Who speaks to it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("秘书长"))]
    speaker: Option<String>,
    /// 决定事项；只通报的为空 / What is to be decided; null where the item only informs.
    matter: Option<Matter>,
    /// 审定其纪要的会议 / The meeting whose minutes are to be approved.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1300"))]
    approves_meeting_id: Option<Uuid>,
    /// 是否在通知发出后增列 / Whether it was added after the call.
    #[schema(examples(false))]
    added_after_call: bool,
    /// 版本 / Version of the item.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

/// 会议材料 / A paper, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperTitleView {
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
}

/// 出席统计 / How many have a voice, how many are there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttendanceCount {
    /// 应到 / Voices.
    #[schema(minimum = 0, maximum = 1_000_000, examples(96))]
    electors: usize,
    /// 实到；闭会后为曾出席的 / There; after the close, those who have been there.
    #[schema(minimum = 0, maximum = 1_000_000, examples(82))]
    present: usize,
    /// 请假 / Excused.
    #[schema(minimum = 0, maximum = 1_000_000, examples(9))]
    excused: usize,
    /// 缺席 / Absent.
    #[schema(minimum = 0, maximum = 1_000_000, examples(5))]
    absent: usize,
    /// 闭会时仍在会的 / Still there at the close.
    #[schema(minimum = 0, maximum = 1_000_000, examples(80))]
    present_at_close: Option<usize>,
}

impl From<Count> for AttendanceCount {
    fn from(count: Count) -> Self {
        let Count { electors, present, excused, absent, present_at_close } = count;
        Self { electors, present, excused, absent, present_at_close }
    }
}

impl AgendaItemView {
    fn of((number, item): (String, AgendaItem), meeting: &Meeting) -> Self {
        Self {
            id: item.id.0,
            number,
            parent_id: item.parent_id.map(|id| id.0),
            kind: item.kind,
            title: item.title,
            detail: item.detail,
            speaker: item.speaker,
            matter: item.matter,
            approves_meeting_id: item.approves_meeting_id.map(|id| id.0),
            added_after_call: meeting.called_at.is_some_and(|called_at| item.added_at > called_at),
            version: item.version,
        }
    }
}

impl MeetingView {
    pub(crate) fn of(actor: &Actor, found: MeetingOnFile) -> Self {
        let allowed_actions = allowed_actions(actor, &found.meeting, &found.sight);
        let takes_part = actor.may(&READ_PAPERS, &found.sight);
        let it = found.meeting;
        let notice = it.called_at.map(|called_at| NoticeView {
            called_at: instant(called_at),
            due_on: it.notice_due_on,
            late_workdays: it.late_workdays.unwrap_or_default(),
            receipt_count: found.read_by,
        });
        let papers = found.papers.into_iter().map(|(id, item, title, reference)| PaperTitleView {
            id: id.0,
            agenda_item_id: item.map(|item| item.0),
            title,
            reference,
        });
        Self {
            id: it.id.0,
            body_id: it.body_id.0,
            body_kind: found.sight.body.kind,
            allowed_actions,
            notice,
            agenda: found.agenda.into_iter().map(|item| AgendaItemView::of(item, &it)).collect(),
            papers: if takes_part { papers.collect() } else { Vec::new() },
            attendance: found.count.into(),
            body_name: it.body_name,
            title: it.title,
            kind: it.kind,
            year: it.year,
            half: it.half,
            status: it.status,
            starts_at: instant(it.starts_at),
            place: it.place,
            online_url: it.online_url.filter(|_| takes_part),
            chair: it.chair,
            topics_close_at: it.topics_close_at.map(instant),
            opened_at: it.opened_at.map(instant),
            closed_at: it.closed_at.map(instant),
            cancel_reason: it.cancel_reason,
            minutes_submitted_at: it.submitted_at.map(instant),
            minutes_approved_at: it.approved_at.map(instant),
            minutes_approved_in_id: it.approved_in_id.map(|id| id.0),
            version: it.version,
        }
    }
}
