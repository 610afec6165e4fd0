//! Ballots as clients see them.

use chrono::NaiveDate;
use gongjian_governance::ballot::action::{BALLOT_CONDUCT, BALLOT_VOTE};
use gongjian_governance::ballot::queries::BallotOnFile;
use gongjian_governance::ballot::rule::Rule;
use gongjian_governance::ballot::{
    Ballot, BallotAction, BallotKind, BallotOutcome, BallotResult, BallotStatus, Candidate, ElectionForm, OnBody,
    Secrecy,
};
use gongjian_governance::body::BodyKind;
use gongjian_governance::decision::Matter;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, Lang, Say};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// What is promised of a secret ballot, and what is not.
const SECRECY: Say = Say::fixed(
    "无记名：系统只保存各项得票的密封累计数，结束后只留结果，不保存谁投了什么；谁已投票是公开的。投票一致时，结果本身会透露。同时掌握服务器密钥并在表决期间读取数据库的人不在此列。",
    "Secret: only sealed running counts are kept, and after the closing only the result; nothing tells who voted how. Who has voted is known. Where all vote alike the result itself tells it. Not covered is whoever holds the server's key and reads the database while the ballot is open.",
);

/// 机构 / The body.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BallotBody {
    /// 机构标识 / Id of the body.
    #[schema(examples("01980000-0000-7000-8000-000000000011"))]
    id: Uuid,
    /// 类别 / Kind.
    kind: BodyKind,
    /// 名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("会员大会"))]
    name: String,
}

/// 候选人 / A candidate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CandidateView {
    /// 候选人标识 / Id of the candidate.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b21"))]
    id: Uuid,
    /// 单位 / The unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 人员 / The person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"))]
    person_id: Option<Uuid>,
    /// 姓名或名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 同意的依据 / What proves the consent.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("候选人同意书"))]
    consent_basis: Option<String>,
    /// 同意日期 / Day of the consent.
    #[schema(examples("2026-11-18"))]
    consented_on: Option<NaiveDate>,
}

impl From<Candidate> for CandidateView {
    fn from(it: Candidate) -> Self {
        Self {
            id: it.id.0,
            unit_id: it.unit_id.map(|id| id.0),
            person_id: it.person_id.map(|id| id.0),
            name: it.name,
            consent_basis: it.consent_basis,
            consented_on: it.consented_on,
        }
    }
}

/// 表决 / A ballot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BallotView {
    /// 表决标识 / Id of the ballot.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    id: Uuid,
    /// 会议 / The meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b02"))]
    meeting_id: Uuid,
    /// 议题 / The item of its agenda.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b03"))]
    agenda_item_id: Uuid,
    /// 机构 / The body.
    body: BallotBody,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 类别 / Kind.
    kind: BallotKind,
    /// 记名或无记名 / Open or secret.
    secrecy: Secrecy,
    /// 无记名的承诺及其限度 / What is promised of a secret ballot; null for an open one.
    #[schema(
        max_length = 500,
        pattern = r"^[^\x00]*$",
        examples("无记名：系统只保存各项得票的密封累计数，结束后只留结果。")
    )]
    secrecy_notice: Option<String>,
    /// 轮次 / Round.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round: i32,
    /// 上一轮 / The round before.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b00"))]
    previous_id: Option<Uuid>,
    /// 名称 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("通过2027年度工作计划"))]
    title: String,
    /// 议案内容 / What is moved.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("同意2027年度工作计划。"))]
    motion: Option<String>,
    /// 应选名额 / Seats of an election.
    #[schema(minimum = 1, maximum = 100, examples(2))]
    seats: Option<i32>,
    /// 差额或等额 / Form of an election.
    election_form: Option<ElectionForm>,
    /// 候选人 / Candidates.
    #[schema(max_items = 200)]
    candidates: Vec<CandidateView>,
    /// 状态 / Status.
    status: BallotStatus,
    /// 结论 / Outcome.
    outcome: Option<BallotOutcome>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<BallotAction>,
    /// 法定人数规则，开始时固定 / The quorum, frozen at the opening.
    quorum: Option<Rule>,
    /// 通过或当选规则，开始时固定 / The majority, frozen at the opening.
    majority: Option<Rule>,
    /// 应到 / Electors on the roll.
    #[schema(minimum = 0, maximum = 2_147_483_647, examples(84))]
    electors: Option<i32>,
    /// 开始时实到 / Present when it opened.
    #[schema(minimum = 0, maximum = 2_147_483_647, examples(60))]
    present: Option<i32>,
    /// 已投票数 / How many have voted.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64, examples(58))]
    voted: u64,
    /// 计票结果与计算过程 / The count and its arithmetic, once closed.
    result: Option<BallotResult>,
    /// 作废理由 / Why it was voided.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("议案文本有误。"))]
    void_reason: Option<String>,
    /// 开始时间 / Opened at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    opened_at: Option<String>,
    /// 结束或作废时间 / Closed or voided at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:13:04.567Z"))]
    ended_at: Option<String>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl BallotView {
    pub(super) fn of(actor: &Actor, found: BallotOnFile, seen: &OnBody, lang: Lang) -> Self {
        let BallotOnFile { ballot: it, body, candidates, frozen, result, voted } = found;
        let is_election = it.kind == BallotKind::Election;
        let seats_left = result.as_ref().is_some_and(|result| result.unfilled > 0);
        let permitted = |action: &BallotAction| match action {
            BallotAction::Vote => actor.may(&BALLOT_VOTE, seen),
            BallotAction::RunOff => is_election && seats_left && actor.may(&BALLOT_CONDUCT, seen),
            BallotAction::Edit | BallotAction::Open | BallotAction::Close | BallotAction::Void => {
                actor.may(&BALLOT_CONDUCT, seen)
            }
        };
        let is_contested = i32::try_from(candidates.len()).is_ok_and(|candidates| candidates > it.seats);
        let form = if is_contested { ElectionForm::Contested } else { ElectionForm::Equal };
        let notice = (it.secrecy == Secrecy::Secret).then(|| SECRECY.in_lang(lang).to_owned());
        let (quorum, majority) = frozen.map(|frozen| (frozen.quorum, frozen.majority)).unzip();
        Self {
            id: it.id.0,
            meeting_id: it.meeting_id.0,
            agenda_item_id: it.agenda_item_id.0,
            body: BallotBody { id: body.id.0, kind: body.kind, name: body.name },
            matter: it.matter,
            kind: it.kind,
            secrecy: it.secrecy,
            secrecy_notice: notice,
            round: it.round,
            previous_id: it.previous_id.map(|id| id.0),
            seats: is_election.then_some(it.seats),
            election_form: is_election.then_some(form),
            candidates: candidates.into_iter().map(CandidateView::from).collect(),
            allowed_actions: it.status.open_actions().filter(permitted).collect(),
            title: it.title,
            motion: it.motion,
            status: it.status,
            outcome: it.outcome,
            quorum,
            majority,
            electors: it.electors,
            present: it.present,
            voted,
            result,
            void_reason: it.void_reason,
            opened_at: it.opened_at.map(instant),
            ended_at: it.ended_at.map(instant),
            version: it.version,
        }
    }
}

/// 表决概要 / A ballot in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BallotSummary {
    /// 表决标识 / Id of the ballot.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    id: Uuid,
    /// 会议 / The meeting.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b02"))]
    meeting_id: Uuid,
    /// 议题 / The item of its agenda.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b03"))]
    agenda_item_id: Uuid,
    /// 机构 / The body.
    #[schema(examples("01980000-0000-7000-8000-000000000011"))]
    body_id: Uuid,
    /// 机构名称 / Name of the body.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("会员大会"))]
    body_name: String,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 类别 / Kind.
    kind: BallotKind,
    /// 记名或无记名 / Open or secret.
    secrecy: Secrecy,
    /// 轮次 / Round.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round: i32,
    /// 名称 / Title.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("通过2027年度工作计划"))]
    title: String,
    /// 状态 / Status.
    status: BallotStatus,
    /// 结论 / Outcome.
    outcome: Option<BallotOutcome>,
    /// 开始时间 / Opened at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:03:04.567Z"))]
    opened_at: Option<String>,
    /// 结束或作废时间 / Closed or voided at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:13:04.567Z"))]
    ended_at: Option<String>,
    /// 版本 / Version.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl BallotSummary {
    pub(super) fn of((it, body_name): (Ballot, String)) -> Self {
        Self {
            id: it.id.0,
            meeting_id: it.meeting_id.0,
            agenda_item_id: it.agenda_item_id.0,
            body_id: it.body_id.0,
            body_name,
            matter: it.matter,
            kind: it.kind,
            secrecy: it.secrecy,
            round: it.round,
            title: it.title,
            status: it.status,
            outcome: it.outcome,
            opened_at: it.opened_at.map(instant),
            ended_at: it.ended_at.map(instant),
            version: it.version,
        }
    }
}
