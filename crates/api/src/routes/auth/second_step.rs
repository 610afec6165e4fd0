//! The second step of a sign-in.

use actix_web::post;
use gongjian_identity::second_factor::{Challenge, Proof};
use gongjian_kernel::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::{Secret, TokensView};
use crate::document::tag;
use crate::extract::{Body, Visitor};
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::issues::instant;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(show_second_factor);
}

/// 须完成第二步验证 / The second factor is still wanted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SecondFactorChallenge {
    /// 恒为 true / Always true.
    #[schema(examples(true))]
    second_factor_required: bool,
    /// 验证凭证，与第二验证因素一并提交 / To be sent back with the second factor.
    #[schema(max_length = 80, pattern = "^gjc_[A-Za-z0-9_-]+$", examples("gjc_AZjD8noQfD6dUm0_GxwKAQ"))]
    challenge: String,
    /// 验证凭证的失效时间 / When the challenge ends.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:08:04.567Z"))]
    expires_at: String,
}

impl From<Challenge> for SecondFactorChallenge {
    fn from(challenge: Challenge) -> Self {
        Self { second_factor_required: true, challenge: challenge.token, expires_at: instant(challenge.expires_at) }
    }
}

/// 第二步验证：code 与 recovery_code 二者填一 / The second step: exactly one of `code` and `recovery_code`.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactorRequest {
    /// 登录所得的验证凭证 / The challenge of the sign-in.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 80, examples("gjc_AZjD8noQfD6dUm0_GxwKAQ"))]
    challenge: Secret,
    /// 验证器显示的六位数字 / The six digits that the device shows.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "password", min_length = 6, max_length = 8, examples("287082"))]
    code: Option<Secret>,
    /// 恢复码，用一次即作废 / A recovery code; good once.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "password", min_length = 16, max_length = 40, examples("MFRG-GZDF-MZTW-Q2LK"))]
    recovery_code: Option<Secret>,
}

#[utoipa::path(
    operation_id = "showSecondFactor",
    tag = tag::IDENTITY,
    summary = "登录第二步 / Sign in, the second step",
    description = "每个验证码只能使用一次，前后各容许一步（30 秒）；错误次数与密码错误合并计算 / Each code is good once, with one step of 30 seconds of drift; wrong ones are counted with wrong passwords.",
    security(()),
    request_body = SecondFactorRequest,
    responses((status = 200, body = TokensView, description = "凭证 / Tokens")),
)]
#[post("/v1/auth/second-factor")]
pub(crate) async fn show_second_factor(visitor: Visitor, body: Body<SecondFactorRequest>) -> Answer {
    let SecondFactorRequest { challenge, code, recovery_code } = body.valid()?;
    let proof = match (code, recovery_code) {
        (Some(code), None) => Proof::Code(code.0),
        (None, Some(code)) => Proof::RecoveryCode(code.0),
        (Some(_), Some(_)) | (None, None) => {
            let (zh, en) = ("验证码与恢复码须填其一。", "Give a code or a recovery code.");
            return Err(Refusal::field("/code", "exactly_one", zh, en).into());
        }
    };
    let tokens = visitor.identity().second_factor(visitor.store(), &visitor.act, &challenge.0, &proof).await?;
    Ok(Reply::ok(&TokensView::from(tokens))?.no_store())
}
