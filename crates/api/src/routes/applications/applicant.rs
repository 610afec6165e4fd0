//! What a unit does without an account. The tracking code stands in the body and never in an address; one
//! that nobody gave out is answered like any other credential that is not good.

use actix_web::post;
use gongjian_membership::application::{Application, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;

use super::input::{ApplicationCreate, Correction, TrackedConsent, Tracking};
use super::received_reply;
use super::view::{ReceivedView, TrackedView};
use crate::document::tag;
use crate::extract::{Body, Visitor};
use crate::problem::Answer;
use crate::reply::Reply;
use gongjian_kernel::Result;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(apply_for_membership)
        .service(track_application)
        .service(correct_application)
        .service(consent_to_membership)
        .service(withdraw_application);
}

#[utoipa::path(
    operation_id = "applyForMembership",
    tag = tag::UNITS,
    summary = "申请入会 / Apply for membership",
    description = "第八、九条：入会自愿，无须账号；查询码只显示一次。已在会与已有申请在办的单位答复相同；同一地址、同一代码每日次数有限 / Articles 8 and 9: joining is free and needs no account; the tracking code is shown once. A member and an applicant are answered alike; each address and each credit code has a daily limit.",
    security(()),
    request_body = ApplicationCreate,
    responses((status = 201, body = ReceivedView, description = "已受理 / Received")),
)]
#[post("/v1/applications")]
pub(crate) async fn apply_for_membership(visitor: Visitor, body: Body<ApplicationCreate>) -> Answer {
    let new = body.valid()?.into();
    let received = commands::apply(visitor.store(), &visitor.act, new).await?;
    Ok(received_reply(received)?)
}

#[utoipa::path(
    operation_id = "trackApplication",
    tag = tag::UNITS,
    summary = "凭查询码查看申请 / Follow an application",
    description = "办理状态、需补正的内容、不予入会的理由与再次申请的途径 / Its status, what is to be corrected, the reason of a rejection and how to apply again.",
    security(()),
    request_body = Tracking,
    responses((status = 200, body = TrackedView, description = "申请 / The application")),
)]
#[post("/v1/applications/by-code/track")]
pub(crate) async fn track_application(visitor: Visitor, body: Body<Tracking>) -> Answer {
    let application = queries::track(visitor.store(), &body.valid()?.code()).await?;
    Ok(tracked(application)?)
}

#[utoipa::path(
    operation_id = "correctApplication",
    tag = tag::UNITS,
    summary = "补正申请 / Correct an application",
    description = "以补正后的全文重新提交；单位名称或代码变更的，须重新确认同意入会 / Sends the whole application again; where the name or the code changes, the unit consents anew.",
    security(()),
    request_body = Correction,
    responses((status = 200, body = TrackedView, description = "补正后的申请 / The application as it is now")),
)]
#[post("/v1/applications/by-code/correct")]
pub(crate) async fn correct_application(visitor: Visitor, body: Body<Correction>) -> Answer {
    let allowed = async { Ok(()) };
    visitor
        .command(body, allowed, async |work, sent| {
            tracked(commands::correct(work, &sent.code(), &sent.application.clone().into()).await?)
        })
        .await
}

#[utoipa::path(
    operation_id = "consentToMembership",
    tag = tag::UNITS,
    summary = "确认同意入会 / Consent to membership",
    description = "平等自愿原则：未经单位同意，不作任何决定 / Voluntariness: nothing is decided without the unit's consent.",
    security(()),
    request_body = TrackedConsent,
    responses((status = 200, body = TrackedView, description = "申请 / The application as it is now")),
)]
#[post("/v1/applications/by-code/consent")]
pub(crate) async fn consent_to_membership(visitor: Visitor, body: Body<TrackedConsent>) -> Answer {
    let allowed = async { Ok(()) };
    visitor
        .command(body, allowed, async |work, sent| {
            tracked(commands::give_consent(work, &sent.code(), sent.consent.clone().into()).await?)
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawApplication",
    tag = tag::UNITS,
    summary = "撤回申请 / Withdraw an application",
    description = "入会前随时可以撤回，以后可以再次申请 / At any time before admission; the unit may apply again.",
    security(()),
    request_body = Tracking,
    responses((status = 200, body = TrackedView, description = "已撤回 / Withdrawn")),
)]
#[post("/v1/applications/by-code/withdraw")]
pub(crate) async fn withdraw_application(visitor: Visitor, body: Body<Tracking>) -> Answer {
    let allowed = async { Ok(()) };
    visitor.command(body, allowed, async |work, sent| tracked(commands::withdraw(work, &sent.code()).await?)).await
}

fn tracked(application: Application) -> Result<Reply> {
    Ok(Reply::ok(&TrackedView::from(application))?.no_store())
}
