//! What came out of a ballot: what is kept of it, and what decisions rest on.

use chrono::{DateTime, Utc};
use gongjian_kernel::{Refusal, Result};
use sea_orm::{ConnectionTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::election::{CandidateCount, ElectionResult};
use super::fault::BALLOT_NOT_OPEN;
use super::rule::{Arithmetic, Rule};
use super::store::{self, ballot};
use super::tally::MotionCount;
use super::{Ballot, BallotId, BallotOutcome, BallotStatus};
use crate::body::BodyId;
use crate::decision::Matter;
use crate::meeting::{AgendaItemId, MeetingId};

/// What a ballot goes by, as it was when it opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub quorum: Rule,
    pub majority: Rule,
    pub secret_minimum: u32,
    /// Of the voting policy.
    pub policy_version: i32,
    pub quorum_at_opening: Arithmetic,
}

impl Frozen {
    pub(super) fn of(ballot: &Ballot) -> Result<Self> {
        let rules = ballot.rules.as_deref().ok_or_else(|| Refusal::internal("an open ballot without rules"))?;
        Ok(serde_json::from_str(rules)?)
    }

    /// The rules, where the ballot has opened.
    pub fn find(ballot: &Ballot) -> Result<Option<Self>> {
        if ballot.rules.is_some() { Self::of(ballot).map(Some) } else { Ok(None) }
    }
}

/// 计票结果与计算过程 / The count and its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BallotResult {
    /// 开始时的法定人数 / The quorum when the ballot opened.
    pub quorum_at_opening: Arithmetic,
    /// 结束时的法定人数 / The quorum when it closed.
    pub quorum_at_closing: Arithmetic,
    /// 投票数；无效时为空 / How many voted; null without a quorum.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(38))]
    pub voted: Option<u64>,
    /// 到会未投票数，不等于弃权 / Present and silent, which is no abstention.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(2))]
    pub silent: Option<u64>,
    /// 投票过少，为保密不公布票数 / A secret ballot with so few votes that the numbers would tell; only the verdict is told.
    #[schema(examples(false))]
    pub withheld: bool,
    /// 议案的票数 / The count of a motion.
    pub count: Option<MotionCount>,
    /// 议案的通过规则 / The majority rule applied to a motion.
    pub majority: Option<Arithmetic>,
    /// 选举的得票 / Candidates of an election, those with most votes first.
    #[schema(max_items = 200)]
    pub candidates: Vec<CandidateCount>,
    /// 未选出的名额 / Seats that are left.
    #[schema(minimum = 0, maximum = 100, examples(0))]
    pub unfilled: u64,
}

impl BallotResult {
    pub(super) fn with_quorum(frozen: &Frozen, quorum_at_closing: Arithmetic) -> Self {
        Self {
            quorum_at_opening: frozen.quorum_at_opening.clone(),
            quorum_at_closing,
            voted: None,
            silent: None,
            withheld: false,
            count: None,
            majority: None,
            candidates: Vec::new(),
            unfilled: 0,
        }
    }

    /// Nothing was decided, so nothing is counted.
    pub(super) fn without_quorum(frozen: &Frozen, quorum_at_closing: Arithmetic) -> Self {
        Self::with_quorum(frozen, quorum_at_closing)
    }

    /// The result, where the ballot is closed.
    pub fn of(ballot: &Ballot) -> Result<Option<Self>> {
        Ok(ballot.result.as_deref().map(serde_json::from_str).transpose()?)
    }

    pub(super) fn election(&self) -> ElectionResult {
        let unfilled = usize::try_from(self.unfilled).unwrap_or_default();
        ElectionResult { candidates: self.candidates.clone(), unfilled }
    }
}

/// What a decision rests on. An election is carried once every seat is filled, over however many rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub ballot: BallotId,
    pub meeting_id: MeetingId,
    pub body_id: BodyId,
    pub agenda_item_id: AgendaItemId,
    pub matter: Matter,
    pub carried: bool,
    pub closed_at: DateTime<Utc>,
    /// The result of the last round, and of those before it.
    pub arithmetic: serde_json::Value,
}

/// The outcome of a closed ballot; refuses before.
pub async fn outcome(db: &impl ConnectionTrait, id: BallotId) -> Result<Outcome> {
    let ballot = store::get(db, id).await?;
    let (Some(outcome), Some(result), Some(closed_at)) = (ballot.outcome, BallotResult::of(&ballot)?, ballot.ended_at)
    else {
        return Err(Refusal::of(&BALLOT_NOT_OPEN));
    };
    let mut earlier = Vec::new();
    let mut previous = ballot.previous_id;
    while let Some(id) = previous {
        let round = store::get(db, id).await?;
        earlier.push(json!({ "round": round.round, "result": BallotResult::of(&round)? }));
        previous = round.previous_id;
    }
    Ok(Outcome {
        ballot: ballot.id,
        meeting_id: ballot.meeting_id,
        body_id: ballot.body_id,
        agenda_item_id: ballot.agenda_item_id,
        matter: ballot.matter,
        carried: outcome == BallotOutcome::Carried,
        closed_at,
        arithmetic: json!({ "round": ballot.round, "result": result, "earlier_rounds": earlier }),
    })
}

/// Whether a ballot is open in the meeting: it does not close before.
pub async fn open_in(db: &impl ConnectionTrait, meeting: MeetingId) -> Result<bool> {
    use ballot::Column as C;
    let open = ballot::Entity::find().filter(C::MeetingId.eq(meeting)).filter(C::Status.eq(BallotStatus::Open));
    Ok(open.count(db).await? > 0)
}
