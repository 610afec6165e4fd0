//! What the secretariat decides on an application.

use actix_web::{post, web};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Permission, Refusal, Result, Target, Work};
use gongjian_membership::application::action::{APPLICATION_CONSENT, APPLICATION_DECIDE, APPLICATION_READ};
use gongjian_membership::application::{Application, ApplicationId, commands, queries};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::input::{Admission, ConsentCreate, RejectionCreate, ReturnForCorrection};
use super::view::ApplicationView;
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, NoFields};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(enter_consent)
        .service(return_application)
        .service(find_applicant_eligible)
        .service(admit_applicant)
        .service(reject_application);
}

#[utoipa::path(
    operation_id = "enterConsent",
    tag = tag::UNITS,
    summary = "登记书面同意 / Enter a written consent",
    description = "平等自愿原则：登记单位同意入会的文件 / Voluntariness: enters the document by which the unit consented.",
    params(("application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11"), IfMatch),
    request_body = ConsentCreate,
    responses((status = 200, body = ApplicationView, description = "申请 / The application as it is now")),
)]
#[post("/v1/applications/{application_id}/consent")]
pub(crate) async fn enter_consent(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ConsentCreate>,
) -> Answer {
    decide(&caller, path, if_match, body, &APPLICATION_CONSENT, async |work, target, sent| {
        commands::enter_consent(work, target, sent.clone().into()).await
    })
    .await
}

#[utoipa::path(
    operation_id = "returnApplication",
    tag = tag::UNITS,
    summary = "退回补正 / Return for correction",
    description = "说明需补正的内容，由申请单位凭查询码补正 / Says what is missing; the applicant corrects it with the tracking code.",
    params(("application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11"), IfMatch),
    request_body = ReturnForCorrection,
    responses((status = 200, body = ApplicationView, description = "申请 / The application as it is now")),
)]
#[post("/v1/applications/{application_id}/return")]
pub(crate) async fn return_application(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ReturnForCorrection>,
) -> Answer {
    decide(&caller, path, if_match, body, &APPLICATION_DECIDE, async |work, target, sent| {
        commands::return_for_correction(work, target, sent.correction.clone()).await
    })
    .await
}

#[utoipa::path(
    operation_id = "findApplicantEligible",
    tag = tag::UNITS,
    summary = "认定符合条件 / Find the applicant eligible",
    description = "第八条：须已有单位同意入会的记录，且不与在会单位重复 / Article 8: the consent is on record, and the unit is no member yet.",
    params(("application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ApplicationView, description = "申请 / The application as it is now")),
)]
#[post("/v1/applications/{application_id}/find-eligible")]
pub(crate) async fn find_applicant_eligible(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    decide(&caller, path, if_match, body, &APPLICATION_DECIDE, async |work, target, _| {
        commands::find_eligible(work, target).await
    })
    .await
}

#[utoipa::path(
    operation_id = "admitApplicant",
    tag = tag::UNITS,
    summary = "吸收入会 / Admit the applicant",
    description = "单位自此在会并有会员编号；曾退会的恢复为同一单位。固定代表和联络人入会后指定（第二十五条）/ From now on the unit is a member with a number; one that had left is the same unit again. It designates its representative and liaison afterwards (Article 25).",
    params(("application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11"), IfMatch),
    request_body = Admission,
    responses((status = 200, body = ApplicationView, description = "已入会 / Admitted")),
)]
#[post("/v1/applications/{application_id}/admit")]
pub(crate) async fn admit_applicant(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Admission>,
) -> Answer {
    decide(&caller, path, if_match, body, &APPLICATION_DECIDE, async |work, target, sent| {
        let (application, _) = commands::admit(work, caller.identity(), target, sent.handles_issues).await?;
        Ok(application)
    })
    .await
}

#[utoipa::path(
    operation_id = "rejectApplication",
    tag = tag::UNITS,
    summary = "不予入会 / Reject an application",
    description = "只限不符合第八条的情形，须说明理由和再次申请的途径 / Only where Article 8 is not met, with the reason and how to apply again.",
    params(("application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11"), IfMatch),
    request_body = RejectionCreate,
    responses((status = 200, body = ApplicationView, description = "申请 / The application as it is now")),
)]
#[post("/v1/applications/{application_id}/reject")]
pub(crate) async fn reject_application(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<RejectionCreate>,
) -> Answer {
    decide(&caller, path, if_match, body, &APPLICATION_DECIDE, async |work, target, sent| {
        commands::reject(work, target, sent.clone().into()).await
    })
    .await
}

async fn decide<T, F>(
    caller: &Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<T>,
    wanted: &Permission,
    run: F,
) -> Answer
where
    T: DeserializeOwned + Validate + ToSchema + 'static,
    F: AsyncFn(&mut Work<'_>, Target<ApplicationId>, &T) -> Result<Application, Refusal>,
{
    let id = ApplicationId(path.into_inner());
    let allowed = async {
        let application = queries::get(caller.store(), &caller.act.actor, id).await?;
        authorize(&caller.act.actor, wanted, &APPLICATION_READ, &application)
    };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, sent| {
            let application = run(work, target, sent).await?;
            let version = application.version;
            Ok(Reply::ok(&ApplicationView::of(work.actor(), application))?.etag_of_view(version))
        })
        .await
}
