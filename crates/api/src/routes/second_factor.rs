//! One's own second factor. What is shown once is stored nowhere.

use actix_web::{get, post};
use gongjian_identity::OneTimeCode;
use gongjian_identity::second_factor::{Enrolment, SecondFactorState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::auth::Secret;
use super::issues::instant;
use crate::document::tag;
use crate::extract::{Body, Caller, CallerBeforeEnrolment};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_second_factor)
        .service(enrol_second_factor)
        .service(confirm_second_factor)
        .service(disable_second_factor);
}

/// 本人的第二验证因素 / One's second factor.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SecondFactorView {
    /// 启用时间；未启用的为空 / Since when; null where there is none.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-02T02:03:04.567Z"))]
    enabled_at: Option<String>,
    /// 尚未使用的恢复码数 / Recovery codes that are left.
    #[schema(minimum = 0, maximum = 10, examples(10))]
    recovery_codes_left: u64,
}

impl From<SecondFactorState> for SecondFactorView {
    fn from(state: SecondFactorState) -> Self {
        Self { enabled_at: state.confirmed_at.map(instant), recovery_codes_left: state.recovery_codes_left }
    }
}

/// 启用申请 / An enrolment.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactorEnrolment {
    /// 本人密码 / One's password.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 1024, examples("four lanterns over the canal"))]
    password: Secret,
}

/// 验证器所需的密钥，仅此一次显示 / What the device needs, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SecondFactorSecret {
    /// Base32 密钥 / The secret in base32.
    #[schema(format = "password", max_length = 64, examples("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))]
    secret: String,
    /// 供生成二维码的链接 / The link, for a QR code.
    #[schema(
        format = "uri",
        max_length = 512,
        examples("otpauth://totp/Gongjian:limin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Gongjian")
    )]
    otpauth_uri: String,
}

impl From<Enrolment> for SecondFactorSecret {
    fn from(enrolment: Enrolment) -> Self {
        Self { secret: enrolment.secret, otpauth_uri: enrolment.otpauth_uri }
    }
}

/// 确认 / A confirmation.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactorConfirmation {
    /// 验证器显示的六位数字 / The six digits that the device shows.
    #[schema(value_type = String, format = "password", min_length = 6, max_length = 8, examples("287082"))]
    code: Secret,
}

/// 恢复码，仅此一次显示 / Recovery codes, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecoveryCodes {
    /// 十个恢复码，各用一次；请离线保存 / Ten codes, each good once; keep them offline.
    #[schema(value_type = Vec<RecoveryCode>, max_items = 10)]
    recovery_codes: Vec<String>,
}

/// 恢复码 / A recovery code.
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 40, pattern = "^[A-Z2-7-]+$", examples("MFRG-GZDF-MZTW-Q2LK"))]
pub(super) struct RecoveryCode(String);

/// 停用 / Doing without it.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactorRemoval {
    /// 本人密码 / One's password.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 1024, examples("four lanterns over the canal"))]
    password: Secret,
    /// 验证器显示的六位数字 / The six digits that the device shows.
    #[schema(value_type = String, format = "password", min_length = 6, max_length = 8, examples("287082"))]
    code: Secret,
}

#[utoipa::path(
    operation_id = "getMySecondFactor",
    tag = tag::IDENTITY,
    summary = "本人的第二验证因素 / One's second factor",
    description = "是否启用，还有几个恢复码 / Whether there is one, and how many recovery codes are left.",
    responses((status = 200, body = SecondFactorView, description = "现状 / As it is now")),
)]
#[get("/v1/me/second-factor")]
pub(crate) async fn get_second_factor(caller: CallerBeforeEnrolment) -> Answer {
    let state = caller.identity().second_factor_state(caller.store(), &caller.act).await?;
    Ok(Reply::ok(&SecondFactorView::from(state))?.no_store())
}

#[utoipa::path(
    operation_id = "enrolMySecondFactor",
    tag = tag::IDENTITY,
    summary = "申请启用第二验证因素 / Enrol a second factor",
    description = "得到验证器所需的密钥；以一个验证码确认后方才启用 / Gives the secret that the device needs; nothing changes before a code of it is confirmed.",
    request_body = SecondFactorEnrolment,
    responses((status = 200, body = SecondFactorSecret, description = "密钥 / The secret")),
)]
#[post("/v1/me/second-factor/enrol")]
pub(crate) async fn enrol_second_factor(caller: CallerBeforeEnrolment, body: Body<SecondFactorEnrolment>) -> Answer {
    let SecondFactorEnrolment { password } = body.valid()?;
    let enrolment = caller.identity().enrol_second_factor(caller.store(), &caller.act, &password.0).await?;
    Ok(Reply::ok(&SecondFactorSecret::from(enrolment))?.no_store())
}

#[utoipa::path(
    operation_id = "confirmMySecondFactor",
    tag = tag::IDENTITY,
    summary = "确认启用第二验证因素 / Confirm the second factor",
    description = "自此登录须出示第二验证因素；返回十个恢复码 / From now on sign-ins ask for it; gives ten recovery codes.",
    request_body = SecondFactorConfirmation,
    responses((status = 200, body = RecoveryCodes, description = "恢复码 / The recovery codes")),
)]
#[post("/v1/me/second-factor/confirm")]
pub(crate) async fn confirm_second_factor(
    caller: CallerBeforeEnrolment,
    body: Body<SecondFactorConfirmation>,
) -> Answer {
    let SecondFactorConfirmation { code } = body.valid()?;
    let codes = caller.identity().confirm_second_factor(caller.store(), &caller.act, &code.0).await?;
    let recovery_codes = codes.iter().map(OneTimeCode::text).map(str::to_owned).collect();
    Ok(Reply::ok(&RecoveryCodes { recovery_codes })?.no_store())
}

#[utoipa::path(
    operation_id = "disableMySecondFactor",
    tag = tag::IDENTITY,
    summary = "停用本人的第二验证因素 / Disable one's second factor",
    description = "须出示密码和验证码；密码不符合无第二验证因素时的长度要求的，须随即修改 / Takes the password and a code; a password too short to stand alone must then be changed.",
    request_body = SecondFactorRemoval,
    responses((status = 204, description = "已停用 / Disabled")),
)]
#[post("/v1/me/second-factor/disable")]
pub(crate) async fn disable_second_factor(caller: Caller, body: Body<SecondFactorRemoval>) -> Answer {
    let SecondFactorRemoval { password, code } = body.valid()?;
    caller.identity().disable_second_factor(caller.store(), &caller.act, &password.0, &code.0).await?;
    Ok(Reply::no_content().no_store())
}
