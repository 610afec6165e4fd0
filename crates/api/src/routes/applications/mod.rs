//! Applications for membership (Articles 8 and 9(4)).

mod applicant;
mod decision;
pub(in crate::routes) mod input;
pub(in crate::routes) mod view;

use actix_web::{get, post, web};
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Refusal, write};
use gongjian_membership::application::action::APPLICATION_NOMINATE;
use gongjian_membership::application::{ApplicationFilter, ApplicationId, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::document::tag;
use crate::extract::{Body, Caller, Filter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use input::{ApplicationCreate, ApplicationQuery};
use view::{ApplicationView, ReceivedView};

/// Literal paths before those with parameters.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .configure(applicant::configure)
        .service(list_applications)
        .service(nominate_unit)
        .service(get_application)
        .configure(decision::configure);
}

#[utoipa::path(
    operation_id = "listApplications",
    tag = tag::UNITS,
    summary = "入会申请列表 / List applications",
    description = "按受理先后；街道分会见本街道的申请，会员单位固定代表见本单位推荐的申请 / In the order in which they were received; a branch sees those of its street, a representative those that his unit recommended.",
    params(Paging, ApplicationQuery),
    responses((status = 200, body = PageOf<ApplicationView>, description = "一页 / One page")),
)]
#[get("/v1/applications")]
pub(crate) async fn list_applications(caller: Caller, query: Filter<ApplicationQuery>) -> Answer {
    let filter = ApplicationFilter::from(&query.by);
    let cursor = query.page.cursor.as_deref();
    let page = queries::list(caller.store(), &caller.act.actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |row| ApplicationView::of(&caller.act.actor, row)))?)
}

#[utoipa::path(
    operation_id = "nominateUnit",
    tag = tag::UNITS,
    summary = "提名单位入会 / Nominate a unit",
    description = "第八条：秘书处或单位所在街道的分会提名；查询码只显示一次，请转交该单位，由其确认同意入会 / Article 8: by the secretariat or the branch of the street; the tracking code is shown once and is passed on to the unit, which consents with it.",
    request_body = ApplicationCreate,
    responses((status = 201, body = ReceivedView, description = "已受理 / Received")),
)]
#[post("/v1/nominations")]
pub(crate) async fn nominate_unit(caller: Caller, body: Body<ApplicationCreate>) -> Answer {
    if !caller.act.actor.has_some(&APPLICATION_NOMINATE) {
        caller.authorize(&APPLICATION_NOMINATE, &Association)?;
    }
    let new = body.valid()?.into();
    let received = write(caller.store(), &caller.act, async |work| commands::nominate(work, &new).await).await?;
    Ok(received_reply(received)?)
}

/// The answer with the code is kept nowhere.
pub(in crate::routes) fn received_reply(received: commands::Received) -> Result<Reply, Refusal> {
    let version = received.application.version;
    let view = ReceivedView::from(received);
    let location = format!("/v1/applications/{}", view.id);
    Ok(Reply::ok(&view)?.created(location).etag(version).no_store())
}

#[utoipa::path(
    operation_id = "getApplication",
    tag = tag::UNITS,
    summary = "查看入会申请 / Read an application",
    description = "申请内容、同意入会的记录与当前可进行的操作 / What it says, the consent on record, and what the caller may do now.",
    params(("application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11")),
    responses((status = 200, body = ApplicationView, description = "申请 / The application")),
)]
#[get("/v1/applications/{application_id}")]
pub(crate) async fn get_application(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = ApplicationId(path.into_inner());
    let application = queries::get(caller.store(), &caller.act.actor, id).await?;
    let version = application.version;
    Ok(Reply::ok(&ApplicationView::of(&caller.act.actor, application))?.etag_of_view(version))
}
