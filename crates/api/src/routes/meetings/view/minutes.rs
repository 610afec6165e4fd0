//! Minutes as the caller sees them.

use gongjian_governance::meeting::queries::MinutesOnFile;
use gongjian_governance::meeting::{Correction, CorrectionStatus, MeetingStatus};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::parts::MeetingVoiceView;
use crate::routes::issues::instant;

/// 会议纪要 / The minutes of a meeting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MinutesView {
    /// 会议 / The meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"))]
    meeting_id: Uuid,
    /// 会议状态：已闭会为草稿，纪要待审定，纪要已审定 / Status of the meeting: closed for a draft, minuted, approved.
    status: MeetingStatus,
    /// 概述 / What they say as a whole.
    #[schema(max_length = 20000, pattern = r"^[^\x00]*$", examples("会议由会长主持，听取并审议了理事会工作报告。"))]
    summary: String,
    /// 各议程的记录 / What they say of each item.
    #[schema(max_items = 200)]
    items: Vec<MinutesItemView>,
    /// 更正意见；与会方可见 / Corrections, to those who take part.
    #[schema(max_items = 10000)]
    corrections: Vec<CorrectionView>,
    /// 审定时间 / Approved at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2027-06-18T01:30:00.000Z"))]
    approved_at: Option<String>,
    /// 审定纪要的会议 / The meeting that approved them.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1309"))]
    approved_in_id: Option<Uuid>,
    /// 审定纪要的决定 / The decision that approved them.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1501"))]
    approved_by_decision_id: Option<Uuid>,
    /// 会议的版本 / Version of the meeting.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

/// 一项议程的记录 / What the minutes say of an item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MinutesItemView {
    /// 议程项 / The item.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    agenda_item_id: Uuid,
    /// 编号 / Its number in the tree.
    #[schema(max_length = 100, pattern = r"^[0-9.]+$", examples("2.1"))]
    number: String,
    /// 名称 / Its title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("听取审议理事会工作报告"))]
    title: String,
    /// 记录 / What was said and decided.
    #[schema(max_length = 20000, pattern = r"^[^\x00]*$", examples("会议审议通过理事会工作报告。"))]
    content: String,
}

impl MinutesView {
    pub(crate) fn of(it: MinutesOnFile) -> Self {
        let MinutesOnFile { found, minutes, items, corrections } = it;
        let said = found.agenda.iter().filter_map(|(number, item)| {
            let said = items.iter().find(|said| said.agenda_item_id == item.id)?;
            Some(MinutesItemView {
                agenda_item_id: item.id.0,
                number: number.clone(),
                title: item.title.clone(),
                content: said.content.clone(),
            })
        });
        Self {
            meeting_id: found.meeting.id.0,
            status: found.meeting.status,
            summary: minutes.summary,
            items: said.collect(),
            corrections: corrections.into_iter().map(CorrectionView::of).collect(),
            approved_at: found.meeting.approved_at.map(instant),
            approved_in_id: found.meeting.approved_in_id.map(|id| id.0),
            approved_by_decision_id: found.meeting.approved_by_decision_id.map(|id| id.0),
            version: found.meeting.version,
        }
    }
}

/// 更正意见 / A correction.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectionView {
    /// 更正意见标识 / Id of the correction.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1308"))]
    id: Uuid,
    /// 提出方 / Who found it.
    voice: MeetingVoiceView,
    /// 所涉议程；概述的为空 / The item; null for the summary.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"))]
    agenda_item_id: Option<Uuid>,
    /// 意见 / What is wrong.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("发言单位应为云栖材料科学研究院。"))]
    content: String,
    /// 状态 / What became of it.
    status: CorrectionStatus,
    /// 答复 / The answer.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("已按意见更正。"))]
    answer: Option<String>,
    /// 更正前 / The text before.
    #[schema(max_length = 20000, pattern = r"^[^\x00]*$", examples("研究院发言。"))]
    before: Option<String>,
    /// 更正后 / The text after.
    #[schema(max_length = 20000, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院发言。"))]
    after: Option<String>,
    /// 提出时间 / Proposed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-12-22T01:00:00.000Z"))]
    proposed_at: String,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl CorrectionView {
    pub(crate) fn of(it: Correction) -> Self {
        Self {
            id: it.id.0,
            voice: MeetingVoiceView::new(it.elector_key, it.unit_id, it.elector_name),
            agenda_item_id: it.agenda_item_id.map(|item| item.0),
            content: it.content,
            status: it.status,
            answer: it.answer,
            before: it.before,
            after: it.after,
            proposed_at: instant(it.proposed_at),
            version: it.version,
        }
    }
}
