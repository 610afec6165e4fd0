//! Consultations as they are shown.

use chrono::NaiveDate;
use gongjian_governance::body::Body;
use gongjian_governance::consultation::action::{CONSULTATION_KEEP, CONSULTATION_STATE, Hearing};
use gongjian_governance::consultation::{
    Consultation, ConsultationAction, ConsultationOnFile, ConsultationStatus, Heard, Outcome, Position, Tally,
};
use gongjian_governance::decision::Matter;
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::decisions::DecidingBody;
use crate::routes::issues::instant;

/// 协商要目 / A consultation in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsultationSummary {
    /// 协商标识 / Id of the consultation.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102"))]
    id: Uuid,
    /// 机构 / The body.
    body: DecidingBody,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 题目 / Subject.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("2027年度执行副会长人选"))]
    subject: String,
    /// 状态 / Status.
    status: ConsultationStatus,
    /// 轮次 / The round under way, or the last one.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round_no: i32,
    /// 发起时间 / Opened at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    opened_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-27T02:03:04.567Z"))]
    ended_at: Option<String>,
}

impl ConsultationSummary {
    pub(super) fn of((it, body): (Consultation, Body)) -> Self {
        Self {
            id: it.id.0,
            body: (&body).into(),
            matter: it.matter,
            subject: it.subject,
            status: it.status,
            round_no: it.round_no,
            opened_at: instant(it.opened_at),
            ended_at: it.ended_at.map(instant),
        }
    }
}

/// 应听取意见的一方 / A party that must be heard.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyView {
    /// 一方的 key / Key of the party.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    key: String,
    /// 名称 / Name.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 单位 / The unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 听取情况 / How it was heard.
    heard: Heard,
}

/// 一轮协商 / A round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundView {
    /// 轮次 / Number of the round.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round_no: i32,
    /// 协商文本 / The text of the round.
    #[schema(
        max_length = 20_000,
        pattern = r"^[^\x00]*$",
        examples("拟由云栖理工大学党委书记担任2027年度执行副会长。")
    )]
    text: String,
    /// 听取意见截止日期，含当日 / Until when parties are heard, that day included.
    #[schema(examples("2026-11-27"))]
    due_on: NaiveDate,
}

/// 协商意见 / What a party has said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementView {
    /// 轮次 / The round.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round_no: i32,
    /// 一方的 key / Key of the party.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    party: String,
    /// 意见 / Position.
    position: Position,
    /// 具体意见或理由 / The comment or the reason.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("建议兼顾东部地区单位。"))]
    text: Option<String>,
    /// 发表人 / Who said it for the party.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    stated_by: Option<String>,
    /// 发表时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-23T02:03:04.567Z"))]
    stated_at: String,
}

/// 对结果的确认 / A confirmation of the outcome.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConfirmationView {
    /// 一方的 key / Key of the party.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    party: String,
    /// 确认人 / Who confirmed it for the party.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    confirmed_by: Option<String>,
    /// 确认时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-30T02:03:04.567Z"))]
    confirmed_at: String,
}

/// 各方计数 / The parties, counted by how they were heard.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TallyOfParties {
    /// 应听取意见的各方 / Parties.
    #[schema(examples(12))]
    parties: i64,
    /// 同意 / Support.
    #[schema(examples(9))]
    support: i64,
    /// 同意并提出意见 / Support with comments.
    #[schema(examples(1))]
    support_with_comments: i64,
    /// 不同意 / Object.
    #[schema(examples(0))]
    object: i64,
    /// 未表态 / Silent.
    #[schema(examples(2))]
    silent: i64,
    /// 未表态，按约定视为同意 / Silent, which is consent here.
    #[schema(examples(0))]
    silent_consent: i64,
    /// 待表态 / Awaited.
    #[schema(examples(0))]
    awaited: i64,
}

impl From<Tally> for TallyOfParties {
    fn from(tally: Tally) -> Self {
        let Tally { parties, support, support_with_comments, object, silent, silent_consent, awaited } = tally;
        Self { parties, support, support_with_comments, object, silent, silent_consent, awaited }
    }
}

/// 协商 / A consultation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsultationView {
    /// 协商标识 / Id of the consultation.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102"))]
    id: Uuid,
    /// 机构 / The body.
    body: DecidingBody,
    /// 决定事项 / The matter.
    matter: Matter,
    /// 题目 / Subject.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("2027年度执行副会长人选"))]
    subject: String,
    /// 是否约定未表态视为同意 / Whether it was announced that silence is consent.
    #[schema(examples(false))]
    silence_consents: bool,
    /// 状态 / Status.
    status: ConsultationStatus,
    /// 此刻得出结论是否为协商一致；仍有待表态者为 null / Whether concluding now would be consensus; null while somebody is awaited.
    #[schema(examples(true))]
    is_consensus: Option<bool>,
    /// 轮次 / The round under way, or the last one.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round_no: i32,
    /// 本轮截止日期，含当日 / Until when parties are heard in it, that day included.
    #[schema(examples("2026-11-27"))]
    due_on: NaiveDate,
    /// 各方计数 / The parties, counted.
    tally: TallyOfParties,
    /// 各方 / The parties.
    #[schema(max_items = 1000)]
    parties: Vec<PartyView>,
    /// 各轮 / The rounds, first to last.
    #[schema(max_items = 1000)]
    rounds: Vec<RoundView>,
    /// 各方意见，先发表的在前 / What was said, oldest first.
    #[schema(max_items = 1000)]
    statements: Vec<StatementView>,
    /// 对结果的确认 / Confirmations of the outcome.
    #[schema(max_items = 1000)]
    confirmations: Vec<ConfirmationView>,
    /// 当前登录人代表的各方 / Parties that this caller speaks for.
    #[schema(max_items = 1000)]
    speaks_for: Vec<String>,
    /// 发起人 / Who opened it.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    opened_by: Option<String>,
    /// 发起时间 / Opened at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    opened_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-27T02:03:04.567Z"))]
    ended_at: Option<String>,
    /// 撤回理由 / Why it was withdrawn.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("改由会议表决。"))]
    withdraw_reason: Option<String>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ConsultationAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ConsultationView {
    pub(super) fn of(actor: &Actor, found: ConsultationOnFile, own: Vec<String>) -> Self {
        let allowed_actions = allowed(actor, &found, &own);
        let due_on = found.round().due_on;
        let name = |id: Option<gongjian_identity::PersonId>| id.and_then(|id| found.names.get(&id).cloned());
        let parties = found.heard.iter().map(|(party, heard)| PartyView {
            key: party.key.clone(),
            name: party.name.clone(),
            unit_id: party.unit_id.map(|unit| unit.0),
            heard: *heard,
        });
        let statements = found.statements.iter().map(|row| StatementView {
            round_no: row.round_no,
            party: row.party_key.clone(),
            position: row.position,
            text: row.text.clone(),
            stated_by: name(row.stated_by),
            stated_at: instant(row.stated_at),
        });
        let confirmations = found.confirmations.iter().map(|row| ConfirmationView {
            party: row.party_key.clone(),
            confirmed_by: name(row.confirmed_by),
            confirmed_at: instant(row.confirmed_at),
        });
        let rounds = found.rounds.iter().map(|row| RoundView {
            round_no: row.round_no,
            text: row.text.clone(),
            due_on: row.due_on,
        });
        let it = &found.consultation;
        Self {
            id: it.id.0,
            body: (&found.body).into(),
            matter: it.matter,
            subject: it.subject.clone(),
            silence_consents: it.silence_consents,
            status: it.status,
            is_consensus: match found.outcome {
                Outcome::Pending => None,
                Outcome::Consensus => Some(true),
                Outcome::NotReached => Some(false),
            },
            round_no: it.round_no,
            due_on,
            tally: found.tally.into(),
            parties: parties.collect(),
            rounds: rounds.collect(),
            statements: statements.collect(),
            confirmations: confirmations.collect(),
            speaks_for: own,
            opened_by: name(it.opened_by),
            opened_at: instant(it.opened_at),
            ended_at: it.ended_at.map(instant),
            withdraw_reason: it.withdraw_reason.clone(),
            allowed_actions,
            version: it.version,
        }
    }
}

fn allowed(actor: &Actor, found: &ConsultationOnFile, own: &[String]) -> Vec<ConsultationAction> {
    let parties: Vec<_> = found.heard.iter().map(|(party, _)| party.clone()).collect();
    let hearing = Hearing::new(&found.consultation, &found.body, &parties, own);
    let permitted = |action: &ConsultationAction| match action {
        ConsultationAction::State | ConsultationAction::Confirm => actor.may(&CONSULTATION_STATE, &hearing),
        ConsultationAction::Revise | ConsultationAction::Withdraw => actor.may(&CONSULTATION_KEEP, &hearing),
        ConsultationAction::Conclude => found.outcome == Outcome::Consensus && actor.may(&CONSULTATION_KEEP, &hearing),
        ConsultationAction::Fail => found.outcome == Outcome::NotReached && actor.may(&CONSULTATION_KEEP, &hearing),
    };
    found.consultation.status.open_actions().filter(permitted).collect()
}
