//! Meetings in requests.

use chrono::{DateTime, Utc};
use gongjian_governance::decision::Matter;
use gongjian_governance::meeting::commands::{ItemChange, MeetingChange, NewItem, NewPaper};
use gongjian_governance::meeting::queries::MeetingFilter;
use gongjian_governance::meeting::{AgendaItemId, AgendaKind, MeetingId, MeetingKind, MeetingStatus};
use gongjian_kernel::Text;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MeetingQuery {
    /// 机构 / The body.
    #[param(example = "01980000-0000-7000-8000-000000000011")]
    body_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["called"]))]
    status: Option<AnyOf<MeetingStatus>>,
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["regular"]))]
    kind: Option<AnyOf<MeetingKind>>,
    /// 所属年度 / The year that it is held for.
    #[param(minimum = 1900, maximum = 2200, example = 2026)]
    year: Option<i32>,
}

impl From<&MeetingQuery> for MeetingFilter {
    fn from(query: &MeetingQuery) -> Self {
        Self {
            body_id: query.body_id,
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            year: query.year,
        }
    }
}

/// 会议 / A meeting to be held.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MeetingCreate {
    /// 机构 / The body that meets.
    #[schema(examples("01980000-0000-7000-8000-000000000011"))]
    pub(super) body_id: Uuid,
    /// 名称 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("2026年度会员大会"))]
    pub(super) title: Text<2, 100>,
    /// 类别 / Regular, or besides.
    pub(super) kind: MeetingKind,
    /// 所属年度；不填为开会之年 / The year that it is held for; that of its day where absent.
    #[serde(default)]
    #[schema(minimum = 1900, maximum = 2200, examples(2026))]
    pub(super) year: Option<i32>,
    /// 所属半年（1 上半年，2 下半年）；理事会不填的按开会日期 / The half of the year; for the council, that of its day where absent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 2, examples(2))]
    pub(super) half: Option<i32>,
    /// 开会时间 / When it starts.
    #[schema(examples("2026-12-18T01:00:00Z"))]
    pub(super) starts_at: DateTime<Utc>,
    /// 地点；与线上地址至少填一项 / Where; or online.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("区委党校报告厅"))]
    pub(super) place: Option<Text<1, 200>>,
    /// 线上会议地址 / The address of the online meeting.
    #[serde(default)]
    #[schema(max_length = 300, pattern = "^https://[!-~]+$", examples("https://meeting.example.cn/123"))]
    pub(super) online_url: Option<String>,
    /// 主持人 / Who chairs it.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("会长"))]
    pub(super) chair: Text<1, 50>,
    /// 议题征集截止时间；不填至发出通知止 / Until when topics are proposed; until the call where absent.
    #[serde(default)]
    #[schema(examples("2026-12-01T09:00:00Z"))]
    pub(super) topics_close_at: Option<DateTime<Utc>>,
}

/// 会议安排的修改 / A change of the plan.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MeetingUpdate {
    /// 名称 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = Option<String>, nullable = false, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("2026年度会员大会"))]
    title: Option<Text<2, 100>>,
    /// 开会时间 / When it starts.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples("2026-12-18T01:00:00Z"))]
    starts_at: Option<DateTime<Utc>>,
    /// 地点 / Where.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("区委党校报告厅"))]
    place: Patch<Text<1, 200>>,
    /// 线上会议地址 / The address of the online meeting.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 300, pattern = "^https://[!-~]+$", examples("https://meeting.example.cn/123"))]
    online_url: Patch<String>,
    /// 主持人 / Who chairs it.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = Option<String>, nullable = false, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("会长"))]
    chair: Option<Text<1, 50>>,
    /// 议题征集截止时间 / Until when topics are proposed.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-12-01T09:00:00Z"))]
    topics_close_at: Patch<DateTime<Utc>>,
}

/// Absent leaves, null clears.
fn patched<T>(patch: Patch<T>) -> Option<Option<T>> {
    match patch {
        Patch::Keep => None,
        Patch::Clear => Some(None),
        Patch::Set(value) => Some(Some(value)),
    }
}

impl From<MeetingUpdate> for MeetingChange {
    fn from(change: MeetingUpdate) -> Self {
        let MeetingUpdate { title, starts_at, place, online_url, chair, topics_close_at } = change;
        Self {
            title,
            starts_at,
            place: patched(place),
            online_url: patched(online_url),
            chair,
            topics_close_at: patched(topics_close_at),
        }
    }
}

/// 取消 / A cancellation.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Cancellation {
    /// 理由 / Why.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("与区委全会时间冲突，另行通知。"))]
    pub(super) reason: Text<2, 500>,
}

/// 议程项 / An item of the agenda.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AgendaItemCreate {
    /// 上级议程 / The item above.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    parent_id: Option<Uuid>,
    /// 在同级中的次序；不填列在最后 / Place among its neighbours; the last where absent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 200, examples(2))]
    position: Option<i32>,
    /// 类别 / Kind.
    kind: AgendaKind,
    /// 名称 / Title.
    #[schema(value_type = String, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("听取审议理事会工作报告"))]
    title: Text<1, 200>,
    /// 说明 / Detail.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("书面报告已随通知发送。"))]
    detail: Option<Text<1, 2000>>,
    /// 汇报人 / Who speaks to it.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("秘书长"))]
    speaker: Option<Text<1, 50>>,
    /// 决定事项；只通报的不填 / What is to be decided; absent where the item only informs.
    #[serde(default)]
    matter: Option<Matter>,
    /// 审定其纪要的会议 / The meeting whose minutes are to be approved.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1300"))]
    approves_meeting_id: Option<Uuid>,
}

impl From<AgendaItemCreate> for NewItem {
    fn from(new: AgendaItemCreate) -> Self {
        let AgendaItemCreate { parent_id, position, kind, title, detail, speaker, matter, approves_meeting_id } = new;
        let (parent, approves) = (parent_id.map(AgendaItemId), approves_meeting_id.map(MeetingId));
        Self { parent, position, kind, title, detail, speaker, matter, approves }
    }
}

/// 议程项的修改 / A change of an item.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AgendaItemUpdate {
    /// 上级议程 / The item above.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    parent_id: Patch<Uuid>,
    /// 在同级中的次序 / Place among its neighbours.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, minimum = 1, maximum = 200, examples(2))]
    position: Option<i32>,
    /// 名称 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = Option<String>, nullable = false, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("听取审议理事会工作报告"))]
    title: Option<Text<1, 200>>,
    /// 说明 / Detail.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("书面报告已随通知发送。"))]
    detail: Patch<Text<1, 2000>>,
    /// 汇报人 / Who speaks to it.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("秘书长"))]
    speaker: Patch<Text<1, 50>>,
    /// 决定事项 / What is to be decided.
    #[serde(default)]
    #[schema(value_type = Option<Matter>)]
    matter: Patch<Matter>,
}

impl From<AgendaItemUpdate> for ItemChange {
    fn from(change: AgendaItemUpdate) -> Self {
        let AgendaItemUpdate { parent_id, position, title, detail, speaker, matter } = change;
        Self {
            parent: patched(parent_id).map(|parent| parent.map(AgendaItemId)),
            position,
            title,
            detail: patched(detail),
            speaker: patched(speaker),
            matter: patched(matter),
        }
    }
}

/// 会议材料 / A paper.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperCreate {
    /// 所属议程 / The item that it belongs to.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    agenda_item_id: Option<Uuid>,
    /// 名称 / Title.
    #[schema(value_type = String, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("理事会2026年工作报告"))]
    title: Text<1, 200>,
    /// 文号或存放位置；与正文至少填一项 / Its number, or where it is; or its text.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青促会〔2026〕8号"))]
    reference: Option<Text<1, 200>>,
    /// 正文 / Its text.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 20000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("一年来，理事会围绕中心工作……"))]
    content: Option<Text<1, 20000>>,
}

impl From<PaperCreate> for NewPaper {
    fn from(new: PaperCreate) -> Self {
        let PaperCreate { agenda_item_id, title, reference, content } = new;
        Self { agenda_item: agenda_item_id.map(AgendaItemId), title, reference, content }
    }
}
