//! What somebody does with a one-time code, and how he asks for one. Nobody has signed in here yet.

use actix_web::post;
use gongjian_identity::Username;
use gongjian_identity::invitation::Redemption;
use gongjian_kernel::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::{Secret, TokensView, unit_names};
use crate::document::tag;
use crate::extract::{Body, Visitor};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(redeem_invitation).service(redeem_password_reset).service(request_password_reset);
}

/// 接受邀请 / An invitation to be redeemed.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationRedemption {
    /// 邀请码，不分大小写，空格与连字符不计 / The code; case, spaces and hyphens make no difference.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 100, examples("MFRG-GZDF-MZTW-Q2LK-NNWG-23TP-OBYX-E43U"))]
    code: Secret,
    /// 自选用户名 / The user name that the person chooses.
    #[schema(value_type = String, min_length = 2, max_length = 32, pattern = r"^[0-9A-Za-z._@\u3400-\u4DBF\u4E00-\u9FFF-]+$", examples("limin"))]
    username: Text<1, 64>,
    /// 密码；须符合现行密码规则（getPasswordPolicy）/ By the rules in force (getPasswordPolicy).
    #[schema(value_type = String, format = "password", min_length = 8, max_length = 128, examples("seven herons under the bridge"))]
    password: Secret,
    /// 设备名称，显示在会话列表中 / Name of the device, shown in the list of sessions.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 80, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("办公室电脑"))]
    device_name: Option<Text<1, 80>>,
}

/// 申请重置密码 / Asking for a new password.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordResetRequest {
    /// 用户名 / User name.
    #[schema(value_type = String, min_length = 1, max_length = 64, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("limin"))]
    username: Text<1, 64>,
}

/// 用重置码设置新密码 / A reset code to be redeemed.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordResetRedemption {
    /// 重置码，不分大小写，空格与连字符不计 / The code; case, spaces and hyphens make no difference.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 100, examples("MFRG-GZDF-MZTW-Q2LK-NNWG-23TP-OBYX-E43U"))]
    code: Secret,
    /// 新密码；须符合现行密码规则（getPasswordPolicy）/ By the rules in force (getPasswordPolicy).
    #[schema(value_type = String, format = "password", min_length = 8, max_length = 128, examples("seven herons under the bridge"))]
    new_password: Secret,
}

#[utoipa::path(
    operation_id = "redeemInvitation",
    tag = tag::IDENTITY,
    summary = "接受邀请 / Redeem an invitation",
    description = "以邀请码开通本人账号并登录（第二十五条）；代码不存在、已用、已撤销、过期或已不任职，答复相同；用户名被占用或密码不合要求的，邀请码仍然有效 / Opens one's account and signs in (Article 25). A code that is unknown, used, revoked or late, or whose person has left office, is answered alike; a name that is taken or a weak password leaves the code good.",
    security(()),
    request_body = InvitationRedemption,
    responses((status = 200, body = TokensView, description = "已开通并登录 / Opened and signed in")),
)]
#[post("/v1/auth/invitations/redeem")]
pub(crate) async fn redeem_invitation(visitor: Visitor, body: Body<InvitationRedemption>) -> Answer {
    let InvitationRedemption { code, username, password, device_name } = body.valid()?;
    let (identity, store) = (visitor.identity(), visitor.store());
    let opening = identity.find_invitation(store, &code.0).await?;
    let chosen = Redemption {
        username: Username::chosen(&username)?,
        password: password.0,
        device_name: device_name.map(Text::into_string),
    };
    let words = unit_names(store, opening.units.iter().copied()).await?;
    let tokens = identity.redeem_invitation(store, &visitor.act, &opening, &chosen, &words).await?;
    Ok(Reply::ok(&TokensView::from(tokens))?.no_store())
}

#[utoipa::path(
    operation_id = "requestPasswordReset",
    tag = tag::IDENTITY,
    summary = "申请重置密码 / Ask for a new password",
    description = "由安全保密管理员核实本人后发放重置码；用户名是否存在，答复相同 / The security administrator makes sure who it is and hands over a code; whether the name is known, the answer is the same.",
    security(()),
    request_body = PasswordResetRequest,
    responses((status = 204, description = "已受理 / Taken in")),
)]
#[post("/v1/auth/password-resets")]
pub(crate) async fn request_password_reset(visitor: Visitor, body: Body<PasswordResetRequest>) -> Answer {
    let PasswordResetRequest { username } = body.valid()?;
    visitor.identity().request_reset(visitor.store(), &visitor.act, &username).await?;
    Ok(Reply::no_content().no_store())
}

#[utoipa::path(
    operation_id = "redeemPasswordReset",
    tag = tag::IDENTITY,
    summary = "用重置码设置新密码 / Set a new password with a code",
    description = "全部会话随之结束，登录锁定解除，第二验证因素不变；代码不存在、已用或过期，答复相同 / All sessions end, locks of the name are lifted, the second factor stays; a code that is unknown, used or late is answered alike.",
    security(()),
    request_body = PasswordResetRedemption,
    responses((status = 204, description = "已设置 / Set")),
)]
#[post("/v1/auth/password-resets/redeem")]
pub(crate) async fn redeem_password_reset(visitor: Visitor, body: Body<PasswordResetRedemption>) -> Answer {
    let PasswordResetRedemption { code, new_password } = body.valid()?;
    let (identity, store) = (visitor.identity(), visitor.store());
    let lost = identity.find_reset(store, &code.0).await?;
    let words = unit_names(store, lost.units.iter().copied()).await?;
    identity.redeem_reset(store, &visitor.act, &lost, &new_password.0, &words).await?;
    Ok(Reply::no_content().no_store())
}
