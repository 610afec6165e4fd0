//! Ballots and votes in requests.

use chrono::NaiveDate;
use gongjian_governance::ballot::input::{BallotEdit, CandidateConsent, Mark, NewBallot, NewCandidate, Vote, Who};
use gongjian_governance::ballot::queries::BallotFilter;
use gongjian_governance::ballot::{BallotKind, BallotStatus, CandidateId, Choice, Secrecy};
use gongjian_governance::body::BodyId;
use gongjian_governance::meeting::{AgendaItemId, MeetingId};
use gongjian_identity::PersonId;
use gongjian_kernel::{Refusal, Result, Text};
use gongjian_membership::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BallotQuery {
    /// 会议 / The meeting.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b02")]
    meeting_id: Option<Uuid>,
    /// 议题 / The item of the agenda.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b03")]
    agenda_item_id: Option<Uuid>,
    /// 机构 / The body.
    #[param(example = "01980000-0000-7000-8000-000000000011")]
    body_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["open"]))]
    status: Option<AnyOf<BallotStatus>>,
}

impl From<&BallotQuery> for BallotFilter {
    fn from(query: &BallotQuery) -> Self {
        Self {
            meeting_id: query.meeting_id.map(MeetingId),
            agenda_item_id: query.agenda_item_id.map(AgendaItemId),
            body_id: query.body_id.map(BodyId),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

/// 表决 / A ballot to be.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BallotCreate {
    /// 会议 / The meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b02"))]
    meeting_id: Uuid,
    /// 议题，其决定事项即表决事项 / The item of its agenda, which says the matter.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b03"))]
    agenda_item_id: Uuid,
    /// 议案表决或选举 / Motion or election.
    kind: BallotKind,
    /// 记名或无记名 / Open or secret.
    secrecy: Secrecy,
    /// 名称 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("通过2027年度工作计划"))]
    title: Text<2, 200>,
    /// 议案内容 / What is moved.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("同意2027年度工作计划。"))]
    motion: Option<Text<2, 4000>>,
    /// 选举的应选名额 / Seats of an election.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100, examples(2))]
    seats: Option<u32>,
    /// 选举的候选人 / Candidates of an election.
    #[serde(default)]
    #[schema(max_items = 200)]
    #[validate(nested, length(max = 200))]
    candidates: Vec<CandidateInput>,
}

/// 候选人 / Somebody who stands: a unit or a person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CandidateInput {
    /// 单位；与 person_id 二者填一 / The unit; this or `person_id`.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 人员；与 unit_id 二者填一 / The person; this or `unit_id`.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"))]
    person_id: Option<Uuid>,
    /// 本人或本单位的同意；开始前须登记 / The candidate's consent; wanted before the ballot opens.
    #[serde(default)]
    #[validate(nested)]
    consent: Option<ConsentInput>,
}

/// 候选人的同意 / A candidate's consent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentInput {
    /// 依据 / What proves it.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("候选人同意书"))]
    basis: Text<2, 200>,
    /// 日期 / The day.
    #[schema(examples("2026-11-18"))]
    consented_on: NaiveDate,
}

impl CandidateInput {
    fn read(self, at: usize) -> Result<NewCandidate> {
        let who = match (self.unit_id, self.person_id) {
            (Some(unit), None) => Who::Unit(UnitId(unit)),
            (None, Some(person)) => Who::Person(PersonId(person)),
            (Some(_), Some(_)) | (None, None) => {
                let zh = "单位和人员二者填一。";
                let at = format!("/candidates/{at}/unit_id");
                return Err(Refusal::field(&at, "one_of", zh, "Give the unit or the person."));
            }
        };
        let consent = self.consent.map(|consent| CandidateConsent { basis: consent.basis, on: consent.consented_on });
        Ok(NewCandidate { who, consent })
    }
}

fn candidates(given: Vec<CandidateInput>) -> Result<Vec<NewCandidate>> {
    given.into_iter().enumerate().map(|(at, one)| one.read(at)).collect()
}

impl TryFrom<BallotCreate> for NewBallot {
    type Error = Refusal;

    fn try_from(new: BallotCreate) -> Result<Self> {
        Ok(Self {
            meeting: MeetingId(new.meeting_id),
            item: AgendaItemId(new.agenda_item_id),
            kind: new.kind,
            secrecy: new.secrecy,
            title: new.title,
            motion: new.motion,
            seats: new.seats,
            candidates: candidates(new.candidates)?,
        })
    }
}

/// 修改拟定的表决，所给的变更，其余不变 / Changes to a draft; what is absent stays.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BallotUpdate {
    /// 记名或无记名 / Open or secret.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false)]
    secrecy: Option<Secrecy>,
    /// 名称 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("通过2027年度工作计划"))]
    title: Option<Text<2, 200>>,
    /// 议案内容 / What is moved.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 4000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("同意2027年度工作计划。"))]
    motion: Patch<Text<2, 4000>>,
    /// 应选名额 / Seats.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, minimum = 1, maximum = 100, examples(2))]
    seats: Option<u32>,
    /// 候选人，整体替换 / Candidates, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, max_items = 200)]
    #[validate(nested, length(max = 200))]
    candidates: Option<Vec<CandidateInput>>,
}

impl TryFrom<BallotUpdate> for BallotEdit {
    type Error = Refusal;

    fn try_from(edit: BallotUpdate) -> Result<Self> {
        let motion = match edit.motion {
            Patch::Keep => None,
            Patch::Clear => Some(None),
            Patch::Set(motion) => Some(Some(motion)),
        };
        let candidates = edit.candidates.map(candidates).transpose()?;
        Ok(Self { secrecy: edit.secrecy, title: edit.title, motion, seats: edit.seats, candidates })
    }
}

/// 作废 / Voiding.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Voiding {
    /// 理由 / Why.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("议案文本有误，修改后重新表决。"))]
    pub(super) reason: Text<2, 500>,
}

/// 投票 / A vote.
#[derive(Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct VoteCast {
    /// 名册上的席位；只代表其一的可省略 / Key of the voice on the roll; may be absent for one who speaks for a single one.
    #[serde(default)]
    #[schema(max_length = 60, pattern = r"^[a-z]+:[0-9a-f-]+$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    elector: Option<String>,
    /// 议案的意见 / On a motion.
    #[serde(default)]
    choice: Option<Choice>,
    /// 选举所选的候选人，至多应选名额；空为不选任何人 / In an election: those chosen, at most as many as seats; none is a blank vote.
    #[serde(default)]
    #[schema(max_items = 100, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b21"))]
    #[validate(length(max = 100))]
    candidate_ids: Option<Vec<Uuid>>,
}

/// Without what it says: a secret vote is in no log.
impl std::fmt::Debug for VoteCast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VoteCast").field("elector", &self.elector).finish_non_exhaustive()
    }
}

impl VoteCast {
    pub(super) fn read(self) -> Result<Vote> {
        let mark = match (self.choice, self.candidate_ids) {
            (Some(choice), None) => Mark::Motion(choice),
            (None, Some(candidates)) => Mark::Candidates(candidates.into_iter().map(CandidateId).collect()),
            (None, None) => {
                let zh = "请填写意见或所选候选人。";
                return Err(Refusal::field("/choice", "required", zh, "Give a choice, or candidates."));
            }
            (Some(_), Some(_)) => {
                let zh = "意见和候选人二者填一。";
                return Err(Refusal::field("/candidate_ids", "not_allowed", zh, "Give a choice or candidates."));
            }
        };
        Ok(Vote { elector: self.elector, mark })
    }
}
