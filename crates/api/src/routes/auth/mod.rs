//! Signing in and out. Answers with tokens are stored nowhere: not by caches, not for an `Idempotency-Key`.

mod codes;
mod rules;
mod second_step;

use actix_web::post;
use gongjian_identity::{Login, SignedIn, Tokens};
use gongjian_kernel::{Result, Store, Text};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::names;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use self::second_step::SecondFactorChallenge;
use super::issues::instant;
use crate::document::tag;
use crate::extract::{Body, CallerBeforeChange, NoFields, Visitor};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(login)
        .service(refresh)
        .service(logout)
        .service(change_password)
        .configure(second_step::configure)
        .configure(codes::configure)
        .configure(rules::configure);
}

/// What somebody types as a password. Never shown, also not in a log.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub(super) struct Secret(pub(super) String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// 登录 / A sign-in.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginRequest {
    /// 用户名，不分大小写与全角半角 / User name; case and width make no difference.
    #[schema(value_type = String, min_length = 1, max_length = 64, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("limin"))]
    username: Text<1, 64>,
    /// 密码 / Password.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 1024, examples("four lanterns over the canal"))]
    password: Secret,
    /// 设备名称，显示在会话列表中 / Name of the device, shown in the list of sessions.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 80, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("办公室电脑"))]
    device_name: Option<Text<1, 80>>,
}

/// 换取新的访问凭证 / A refresh.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshRequest {
    /// 刷新凭证，用一次即作废 / Refresh token; good once.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 200, examples("gjr_AZjD8noQfD6dUm0_GxwKAQ"))]
    refresh_token: Secret,
}

/// 修改密码 / A change of one's password.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordChange {
    /// 当前密码 / The current password.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 1024, examples("four lanterns over the canal"))]
    current_password: Secret,
    /// 新密码；须符合现行密码规则（getPasswordPolicy）/ The new one, by the rules in force (getPasswordPolicy).
    #[schema(value_type = String, format = "password", min_length = 8, max_length = 128, examples("seven herons under the bridge"))]
    new_password: Secret,
}

/// 凭证 / Tokens.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokensView {
    /// 访问凭证（JWT），置于 Authorization 请求头 / Access token (JWT), for the Authorization header.
    #[schema(
        max_length = 2048,
        pattern = r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$",
        examples("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk4In0.c2lnbmF0dXJl")
    )]
    access_token: String,
    /// 凭证类型 / Type of the token.
    #[schema(max_length = 6, pattern = "^Bearer$", examples("Bearer"))]
    token_type: &'static str,
    /// 访问凭证的剩余秒数 / Seconds until the access token ends.
    #[schema(minimum = 0, maximum = 600, examples(600))]
    expires_in_seconds: i64,
    /// 刷新凭证，用一次即作废 / Refresh token; good once.
    #[schema(max_length = 200, pattern = "^gjr_[A-Za-z0-9_-]+$", examples("gjr_AZjD8noQfD6dUm0_GxwKAQ"))]
    refresh_token: String,
    /// 刷新凭证的失效时间 / When the refresh token ends.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-16T02:03:04.567Z"))]
    refresh_expires_at: String,
    /// 是否须先修改密码 / Whether the password must be changed first.
    #[schema(examples(false))]
    must_change_password: bool,
}

impl From<Tokens> for TokensView {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            token_type: "Bearer",
            expires_in_seconds: tokens.expires_in_seconds,
            refresh_token: tokens.refresh_token,
            refresh_expires_at: instant(tokens.refresh_expires_at),
            must_change_password: tokens.must_change_password,
        }
    }
}

#[utoipa::path(
    operation_id = "logIn",
    tag = tag::IDENTITY,
    summary = "登录 / Sign in",
    description = "用户名不存在、密码错误、账号未启用或停用答复相同；连续失败暂时锁定。已启用第二验证因素的账号得到 202 和验证凭证 / An unknown name, a wrong password and an account that is invited, locked or disabled are answered alike; repeated failures lock for a while. An account with a second factor gets 202 and a challenge.",
    security(()),
    request_body = LoginRequest,
    responses(
        (status = 200, body = TokensView, description = "凭证 / Tokens"),
        (status = 202, body = SecondFactorChallenge, description = "须完成第二步验证 / The second factor is still wanted"),
    ),
)]
#[post("/v1/auth/login")]
pub(crate) async fn login(visitor: Visitor, body: Body<LoginRequest>) -> Answer {
    let LoginRequest { username, password, device_name } = body.valid()?;
    let login =
        Login { username: username.into(), password: password.0, device_name: device_name.map(Text::into_string) };
    match visitor.identity().login(visitor.store(), &visitor.act, login).await? {
        SignedIn::Done(tokens) => Ok(Reply::ok(&TokensView::from(tokens))?.no_store()),
        SignedIn::SecondFactor(challenge) => {
            Ok(Reply::ok(&SecondFactorChallenge::from(challenge))?.accepted("/v1/auth/second-factor").no_store())
        }
    }
}

#[utoipa::path(
    operation_id = "refreshTokens",
    tag = tag::IDENTITY,
    summary = "换取新的凭证 / Refresh the tokens",
    description = "刷新凭证用一次即作废；作废的再次出现，会话即被吊销 / A refresh token is good once; a spent one that comes again ends the session.",
    security(()),
    request_body = RefreshRequest,
    responses((status = 200, body = TokensView, description = "新的凭证 / New tokens")),
)]
#[post("/v1/auth/refresh")]
pub(crate) async fn refresh(visitor: Visitor, body: Body<RefreshRequest>) -> Answer {
    let RefreshRequest { refresh_token } = body.valid()?;
    let tokens = visitor.identity().refresh(visitor.store(), &visitor.act, &refresh_token.0).await?;
    Ok(Reply::ok(&TokensView::from(tokens))?.no_store())
}

#[utoipa::path(
    operation_id = "logOut",
    tag = tag::IDENTITY,
    summary = "退出登录 / Sign out",
    description = "结束当前会话，其访问凭证和刷新凭证立即失效 / Ends the present session; its tokens are dead at once.",
    request_body = NoFields,
    responses((status = 204, description = "已退出 / Signed out")),
)]
#[post("/v1/auth/logout")]
pub(crate) async fn logout(caller: CallerBeforeChange, body: Body<NoFields>) -> Answer {
    body.valid()?;
    caller.identity().logout(caller.store(), &caller.act).await?;
    Ok(Reply::no_content().no_store())
}

#[utoipa::path(
    operation_id = "changePassword",
    tag = tag::IDENTITY,
    summary = "修改本人密码 / Change one's password",
    description = "本人的其他会话随之结束 / One's other sessions end with it.",
    request_body = PasswordChange,
    responses((status = 204, description = "已修改 / Changed")),
)]
#[post("/v1/auth/password")]
pub(crate) async fn change_password(caller: CallerBeforeChange, body: Body<PasswordChange>) -> Answer {
    let PasswordChange { current_password, new_password } = body.valid()?;
    let (store, act) = (caller.store(), &caller.act);
    let words = unit_names(store, caller.who.actor.units()).await?;
    caller.identity().change_password(store, act, &current_password.0, &new_password.0, &words).await?;
    Ok(Reply::no_content().no_store())
}

/// What an attacker who knows the person would try: the names of the units.
pub(super) async fn unit_names(store: &Store, units: impl IntoIterator<Item = Uuid>) -> Result<Vec<String>> {
    let units: Vec<UnitId> = units.into_iter().map(UnitId).collect();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    Ok(names(store.db.reader(), units).await?.into_values().collect())
}
