//! The roll of a ballot and receipts of votes as clients see them.

use gongjian_governance::ballot::queries::VoiceOnRoll;
use gongjian_governance::ballot::{BallotId, Choice};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 名册上的一席 / A voice of the roll.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RollVoice {
    /// 席位 / Its key.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    elector: String,
    /// 名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 单位 / The unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 开始时是否到会 / Present when the ballot opened.
    #[schema(examples(true))]
    present: bool,
    /// 是否已投 / Whether it has voted.
    #[schema(examples(true))]
    voted: bool,
    /// 意见；记名表决结束后公布 / How it voted on a motion; of open ballots, once closed.
    choice: Option<Choice>,
    /// 所选候选人；记名选举结束后公布 / Whom it chose; of open elections, once closed.
    #[schema(max_items = 100, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b21"))]
    candidate_ids: Vec<Uuid>,
}

impl RollVoice {
    pub(super) fn of(voice: VoiceOnRoll) -> Self {
        let VoiceOnRoll { entry, candidates, is_told } = voice;
        Self {
            elector: entry.elector_key,
            name: entry.name,
            unit_id: entry.unit_id.map(|id| id.0),
            present: entry.present,
            voted: entry.voted_at.is_some(),
            choice: entry.choice.filter(|_| is_told),
            candidate_ids: candidates.into_iter().map(|id| id.0).collect(),
        }
    }
}

/// 回执 / A receipt.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VoteReceipt {
    /// 表决标识 / Id of the ballot.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    ballot_id: Uuid,
    /// 席位 / Key of the voice.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    elector: String,
    /// 名称 / Its name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 回执号 / The receipt.
    #[schema(max_length = 40, pattern = r"^[A-Za-z0-9_-]+$", examples("m3Qx0b1hQ8yJ2mS4aX7c"))]
    receipt: String,
    /// 投票时间 / Cast at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:05:04.567Z"))]
    cast_at: String,
    /// 意见；无记名的不含 / The choice; of a secret vote never.
    choice: Option<Choice>,
    /// 所选候选人；无记名的不含 / Whom it chose; of a secret vote nobody.
    #[schema(max_items = 100, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b21"))]
    candidate_ids: Vec<Uuid>,
}

impl VoteReceipt {
    pub(super) fn of(ballot: BallotId, voice: VoiceOnRoll) -> Self {
        let VoiceOnRoll { entry, candidates, .. } = voice;
        Self {
            ballot_id: ballot.0,
            elector: entry.elector_key,
            name: entry.name,
            receipt: entry.receipt.unwrap_or_default(),
            cast_at: entry.voted_at.map(instant).unwrap_or_default(),
            choice: entry.choice,
            candidate_ids: candidates.into_iter().map(|id| id.0).collect(),
        }
    }
}

/// 回执 / Receipts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VoteReceipts {
    /// 回执 / The receipts.
    #[schema(max_items = 200)]
    pub(super) receipts: Vec<VoteReceipt>,
}
