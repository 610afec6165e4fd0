//! A meeting in a list.

use gongjian_governance::meeting::{Meeting, MeetingKind, MeetingStatus};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 会议简况 / A meeting in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeetingSummary {
    /// 会议标识 / Id of the meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"))]
    id: Uuid,
    /// 机构 / The body that meets.
    #[schema(examples("01980000-0000-7000-8000-000000000011"))]
    body_id: Uuid,
    /// 机构名称 / Its name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("会员大会"))]
    body_name: String,
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
    /// 开会时间 / When it starts.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-18T01:00:00.000Z"))]
    starts_at: String,
    /// 地点 / Where.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("区委党校报告厅"))]
    place: Option<String>,
    /// 版本 / Version.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl MeetingSummary {
    pub(crate) fn of(it: Meeting) -> Self {
        Self {
            id: it.id.0,
            body_id: it.body_id.0,
            body_name: it.body_name,
            title: it.title,
            kind: it.kind,
            year: it.year,
            half: it.half,
            status: it.status,
            starts_at: instant(it.starts_at),
            place: it.place,
            version: it.version,
        }
    }
}
