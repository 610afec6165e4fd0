//! The notice, and who consents to it.

use actix_web::{get, post, web};
use gongjian_identity::privacy::PrivacyPolicy;
use gongjian_identity::privacy::consent::{self, ConsentId};
use gongjian_identity::privacy::policy::Purpose;
use gongjian_kernel::policy;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::view::ConsentView;
use crate::document::tag;
use crate::extract::{Body, Caller, NoFields, Visitor};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_privacy_notice).service(give_consent).service(withdraw_consent);
}

/// 个人信息处理规则 / The notice.
#[derive(Debug, Serialize, ToSchema)]
struct PrivacyNotice {
    /// 版本 / Version.
    #[schema(minimum = 1, maximum = 1_000_000, examples(1))]
    version: i32,
    /// 个人信息处理者的名称和联系方式 / Who processes the data, and how to reach it.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("党建促进会秘书处"))]
    contact: String,
    /// 正文 / Text.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("本会为履行章程规定的职责处理个人信息。"))]
    text: String,
    /// 处理目的 / What the data are for.
    #[schema(max_items = 20)]
    purposes: Vec<Purpose>,
}

#[utoipa::path(
    operation_id = "getPrivacyNotice",
    tag = tag::PRIVACY,
    summary = "个人信息处理规则 / Read the privacy notice",
    description = "个人信息保护法第十七条：现行版本；无须登录 / The present version; open to everybody.",
    security(()),
    responses((status = 200, body = PrivacyNotice, description = "现行版本 / The present version")),
)]
#[get("/v1/privacy-notice")]
pub(crate) async fn get_privacy_notice(visitor: Visitor) -> Answer {
    let now = policy::current::<PrivacyPolicy>(visitor.store()).await?;
    let PrivacyPolicy { notice_version, notice_contact, notice_text, purposes, .. } = &now.value;
    let notice = PrivacyNotice {
        version: *notice_version,
        contact: notice_contact.clone(),
        text: notice_text.clone(),
        purposes: purposes.clone(),
    };
    Ok(Reply::ok(&notice)?)
}

/// 同意 / A consent to be given.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct ConsentOrder {
    /// 所同意的版本 / Version of the notice.
    #[schema(minimum = 1, maximum = 1_000_000, examples(1))]
    notice_version: i32,
}

#[utoipa::path(
    operation_id = "giveConsent",
    tag = tag::PRIVACY,
    summary = "同意个人信息处理规则 / Consent to the privacy notice",
    description = "记录本账号同意现行版本；重复同意不另记录 / Puts the consent of this account to the present version on record, once.",
    request_body = ConsentOrder,
    responses((status = 200, body = ConsentView, description = "同意记录 / The consent")),
)]
#[post("/v1/me/consents")]
pub(crate) async fn give_consent(caller: Caller, body: Body<ConsentOrder>) -> Answer {
    caller
        .command(body, async { Ok(()) }, async |work, order| {
            Reply::ok(&ConsentView::from(consent::give(work, order.notice_version).await?))
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawConsent",
    tag = tag::PRIVACY,
    summary = "撤回同意 / Take a consent back",
    description = "个人信息保护法第十五条：撤回不影响此前处理的效力 / What was done before stays lawful.",
    params(("consent_id" = Uuid, Path, description = "同意记录标识 / Id of the consent", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a0c")),
    request_body = NoFields,
    responses((status = 200, body = ConsentView, description = "已撤回 / Taken back")),
)]
#[post("/v1/me/consents/{consent_id}/withdraw")]
pub(crate) async fn withdraw_consent(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    let id = ConsentId(path.into_inner());
    caller
        .command(body, async { Ok(()) }, async |work, _| {
            Reply::ok(&ConsentView::from(consent::withdraw(work, id).await?))
        })
        .await
}
