//! Comments in answers.

use std::collections::HashMap;

use gongjian_governance::plan::{Comment, CommentResult};
use gongjian_identity::PersonId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef, instant};

/// 审议意见 / A comment on an instrument.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstrumentCommentView {
    /// 意见标识 / Id of the comment.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d21"))]
    id: Uuid,
    /// 文稿标识 / Id of the instrument.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    instrument_id: Uuid,
    /// 提出意见的会员单位 / The member that said it.
    unit: Option<UnitRef>,
    /// 提出或代为记录的人 / Who said or noted it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    made_by: Option<String>,
    /// 时间 / Made at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    made_at: String,
    /// 意见 / The comment.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("建议增加人才公寓对接。"))]
    text: String,
    /// 采纳情况 / What became of it.
    result: Option<CommentResult>,
    /// 说明或理由 / What was done, or why it was not.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("已列为第六项工作。"))]
    answer: Option<String>,
    /// 答复人 / Who answered.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("王芳"))]
    answered_by: Option<String>,
    /// 答复时间 / Answered at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-21T02:03:04.567Z"))]
    answered_at: Option<String>,
}

impl InstrumentCommentView {
    pub(super) fn of(it: Comment, units: &Names, persons: &HashMap<PersonId, String>) -> Self {
        let name = |id: Option<PersonId>| id.and_then(|id| persons.get(&id).cloned());
        Self {
            id: it.id.0,
            instrument_id: it.instrument_id.0,
            unit: it.unit_id.map(|id| UnitRef::of(id, units)),
            made_by: name(it.made_by),
            made_at: instant(it.made_at),
            text: it.text,
            result: it.result,
            answer: it.answer,
            answered_by: name(it.answered_by),
            answered_at: it.answered_at.map(instant),
        }
    }
}
