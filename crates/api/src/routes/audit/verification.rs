//! Verifying the chain of the trail.

use std::time::Duration;

use actix_web::{get, post, web};
use gongjian_identity::trail::{self, Order, TRAIL_VERIFY, Verification, VerificationId, VerificationStatus, examine};
use gongjian_kernel::actor::Association;
use gongjian_kernel::audit::{Checkpoint, Flaw, checkpoints};
use gongjian_kernel::{Lang, Refusal, Result, Text};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::issues::instant;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_audit_verifications).service(verify_audit_trail).service(get_audit_verification);
}

/// 检查点 / A checkpoint: number, hash and seal.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 255, pattern = r"^[0-9]+ sha256:[0-9a-f]{64} \S+$", examples("1024 sha256:0000000000000000000000000000000000000000000000000000000000000000 seal"))]
pub(super) struct CheckpointLine(Text<1, 255>);

/// 核验要求；均可省略 / What to verify; everything may be left out.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AuditVerificationCreate {
    /// 从该次核验所到之处继续；省略则从头核验 / Go on from where that verification came to; from the beginning where it is absent.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d02"))]
    resume_from: Option<Uuid>,
    /// 审计员自行保存的检查点 / Checkpoints that the auditor has kept.
    #[serde(default)]
    #[validate(length(max = 100, code = "too_many", message = "至多 100 个。 / At most 100."))]
    #[schema(max_items = 100)]
    checkpoints: Vec<CheckpointLine>,
}

/// 核验结果 / What a verification found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuditVerificationView {
    /// 核验标识 / Id of the verification.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d02"))]
    id: Uuid,
    /// 结果；partial 表示至此完整，应以其标识继续 / The result; `partial`: whole so far, go on with its id.
    status: VerificationStatus,
    /// 自该序号之后起 / Began after this row; 0 = at the beginning.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(0))]
    from_seq: i64,
    /// 完整至该序号 / Whole up to this row.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(1024))]
    to_seq: i64,
    /// 损坏的位置 / The first row that is wrong.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(513))]
    broken_seq: Option<i64>,
    /// 异常类型 / What is wrong with it.
    flaw: Option<Flaw>,
    /// 异常说明，按所求语言 / The same, in the language asked for.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("记录被改动"))]
    flaw_label: Option<String>,
    /// 封印的检查点，请在系统之外保存 / The sealed end: keep it outside the system.
    #[schema(
        max_length = 255,
        pattern = r"^[0-9]+ sha256:[0-9a-f]{64} \S+$",
        examples("1024 sha256:0000000000000000000000000000000000000000000000000000000000000000 seal")
    )]
    checkpoint: Option<String>,
    /// 对照的检查点个数 / How many checkpoints it was held against.
    #[schema(minimum = 0, maximum = 2_147_483_647, examples(12))]
    checkpoints: i32,
    /// 开始时间 / Began at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    started_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:09.567Z"))]
    ended_at: String,
    /// 核验账号 / The account that asked for it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    requested_by: Option<Uuid>,
}

impl AuditVerificationView {
    fn of(found: Verification, lang: Lang) -> Self {
        Self {
            id: found.id.0,
            status: found.status,
            from_seq: found.from_seq,
            to_seq: found.to_seq,
            broken_seq: found.broken_at,
            flaw: found.flaw,
            flaw_label: found.flaw.map(|flaw| flaw.label().in_lang(lang).to_owned()),
            checkpoint: found.checkpoint,
            checkpoints: found.checkpoints,
            started_at: instant(found.started_at),
            ended_at: instant(found.ended_at),
            requested_by: found.requested_by.map(|account| account.0),
        }
    }
}

/// A request has nine seconds; what is not verified by then is gone on with in the next one.
const LONGEST: Duration = Duration::from_secs(6);

#[utoipa::path(
    operation_id = "verifyAuditTrail",
    tag = tag::ADMINISTRATION,
    summary = "核验审计日志 / Verify the audit trail",
    description = "仅限安全审计员：逐条核对摘要链、链尾封印和库外检查点，并留痕；一次核验不完的结果为 partial，以 resume_from 继续 / For the audit administrator alone: every row, the seal of the head and the checkpoints kept outside are checked, and that is on record; what one request does not finish is `partial`, go on with `resume_from`.",
    request_body = AuditVerificationCreate,
    responses((status = 201, body = AuditVerificationView, description = "已核验 / Verified")),
)]
#[post("/v1/audit-verifications")]
pub(crate) async fn verify_audit_trail(caller: Caller, body: Body<AuditVerificationCreate>) -> Answer {
    caller.authorize(&TRAIL_VERIFY, &Association)?;
    let digest = body.digest().to_owned();
    let wanted = body.valid()?;
    let _turn = caller.long_read()?;
    let order = Order {
        resume_from: wanted.resume_from.map(VerificationId),
        lines: wanted.checkpoints.into_iter().map(|line| line.0.into_string()).collect(),
        of_the_server: kept_outside(&caller).await?,
    };
    let until = Instant::now() + LONGEST;
    let found = examine(caller.store(), &caller.act.actor, order, || Instant::now() < until).await?;
    caller
        .write(&digest, async |work| {
            let noted = trail::note(work, &found).await?;
            let location = format!("/v1/audit-verifications/{}", noted.id);
            Ok(Reply::ok(&AuditVerificationView::of(noted, caller.lang))?.created(location).etag(1))
        })
        .await
}

/// The checkpoints that this server has written beside its database.
async fn kept_outside(caller: &Caller) -> Result<Vec<Checkpoint>> {
    let Some(file) = caller.settings().checkpoint_file.clone().filter(|file| file.exists()) else {
        return Ok(Vec::new());
    };
    let text = web::block(move || std::fs::read_to_string(file)).await.map_err(Refusal::internal)?;
    let (marks, strange) = checkpoints(&text.map_err(Refusal::internal)?, &caller.store().keys);
    if strange > 0 {
        tracing::warn!(strange, "lines of the file of checkpoints hold no seal of this secret");
    }
    Ok(marks)
}

#[utoipa::path(
    operation_id = "listAuditVerifications",
    tag = tag::ADMINISTRATION,
    summary = "核验结果列表 / List verifications",
    description = "仅限安全审计员，最近一次在前 / For the audit administrator alone, the last one first.",
    params(Paging, NoFilter),
    responses((status = 200, body = PageOf<AuditVerificationView>, description = "一页 / One page")),
)]
#[get("/v1/audit-verifications")]
pub(crate) async fn list_audit_verifications(caller: Caller, query: Filter<NoFilter>) -> Answer {
    let cursor = query.page.cursor.as_deref();
    let page = trail::list_verifications(caller.store(), &caller.act.actor, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |found| AuditVerificationView::of(found, caller.lang)))?)
}

#[utoipa::path(
    operation_id = "getAuditVerification",
    tag = tag::ADMINISTRATION,
    summary = "查看核验结果 / Read a verification",
    description = "仅限安全审计员 / For the audit administrator alone.",
    params(("audit_verification_id" = Uuid, Path, description = "核验标识 / Id of the verification", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d02")),
    responses((status = 200, body = AuditVerificationView, description = "核验结果 / What was found")),
)]
#[get("/v1/audit-verifications/{audit_verification_id}")]
pub(crate) async fn get_audit_verification(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = VerificationId(path.into_inner());
    let found = trail::get_verification(caller.store(), &caller.act.actor, id).await?;
    Ok(Reply::ok(&AuditVerificationView::of(found, caller.lang))?.etag(1))
}
