//! Who holds the offices of the association (Articles 12, 13, 18, 23, 25).

mod view;

use actix_web::{get, post, web};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::action::{APPOINTMENT_FILE, APPOINTMENT_READ};
use gongjian_membership::appointment::{AppointmentFilter, AppointmentId, NewAppointment, commands, queries};
use gongjian_membership::fault::APPOINTMENT_NOT_FOUND;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::persons::Whom;
use view::{AppointmentCreate, AppointmentEnd, AppointmentQuery, AppointmentView};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_appointments).service(file_appointment).service(get_appointment).service(end_appointment);
}

#[utoipa::path(
    operation_id = "listAppointments",
    tag = tag::OFFICES,
    summary = "任职列表 / List appointments",
    description = "任职备案，按备案先后；职能部门只见本部门的承办人 / Appointments in the order in which they were filed; a department sees its own handlers.",
    params(Paging, AppointmentQuery),
    responses((status = 200, body = PageOf<AppointmentView>, description = "一页 / One page")),
)]
#[get("/v1/appointments")]
pub(crate) async fn list_appointments(caller: Caller, query: Filter<AppointmentQuery>) -> Answer {
    let filter = AppointmentFilter::from(&query.by);
    let cursor = query.page.cursor.as_deref();
    let page = queries::list(caller.store(), &caller.act.actor, &filter, query.page.limit, cursor).await?;
    let actor = &caller.act.actor;
    Ok(query.reply(&PageOf::of(page, |found| AppointmentView::seen_by(actor, found)))?)
}

#[utoipa::path(
    operation_id = "fileAppointment",
    tag = tag::OFFICES,
    summary = "任职备案 / File an appointment",
    description = "第二十五条：任职自备案起生效，账号的权限随之产生；会长、秘书长各一人，继任者备案时前任随之终止；不能为本人备案，管理员不得兼任 / Article 25: it takes effect with the filing, and so does what it permits; there is one president and one secretary-general, whose time ends with the filing of a successor; nobody files his own, and no administrator holds an office.",
    request_body = AppointmentCreate,
    responses((status = 201, body = AppointmentView, description = "已备案 / Filed")),
)]
#[post("/v1/appointments")]
pub(crate) async fn file_appointment(caller: Caller, body: Body<AppointmentCreate>) -> Answer {
    let allowed = async {
        let may = |permission| caller.act.actor.has_some(permission);
        if may(&APPOINTMENT_FILE) {
            Ok(())
        } else {
            caller.authorize(&APPOINTMENT_FILE, &gongjian_kernel::actor::Association)
        }
    };
    caller
        .command(body, allowed, async |work, new| {
            let office = new.office()?;
            commands::may_file(work, &office).await?;
            let person = Whom::of(new.person_id, new.person.as_ref())?.on_file(work).await?;
            let new = NewAppointment { office, basis: new.basis.clone(), event_on: new.event_on };
            let filed = commands::file(work, caller.identity(), person, new).await?;
            Ok(after(work, filed.id).await?.created(format!("/v1/appointments/{}", filed.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getAppointment",
    tag = tag::OFFICES,
    summary = "查看任职 / Read an appointment",
    description = "任职及其依据、备案回执 / The appointment with what it rests on and its receipt.",
    params(("appointment_id" = Uuid, Path, description = "任职标识 / Id of the appointment", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a08")),
    responses((status = 200, body = AppointmentView, description = "任职 / The appointment")),
)]
#[get("/v1/appointments/{appointment_id}")]
pub(crate) async fn get_appointment(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, AppointmentId(path.into_inner())).await?;
    let version = found.appointment.version;
    Ok(Reply::ok(&AppointmentView::seen_by(&caller.act.actor, found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "endAppointment",
    tag = tag::OFFICES,
    summary = "终止任职 / End an appointment",
    description = "第二十五条：自此刻起不再任职，权限随之终止 / Article 25: from now on the office is no longer held, and permits nothing.",
    params(("appointment_id" = Uuid, Path, description = "任职标识 / Id of the appointment", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a08"), IfMatch),
    request_body = AppointmentEnd,
    responses((status = 200, body = AppointmentView, description = "终止后的任职 / The appointment as it is now")),
)]
#[post("/v1/appointments/{appointment_id}/end")]
pub(crate) async fn end_appointment(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<AppointmentEnd>,
) -> Answer {
    let id = AppointmentId(path.into_inner());
    let allowed = async {
        let found = queries::get(caller.store(), &caller.act.actor, id).await?;
        authorize(&caller.act.actor, &APPOINTMENT_FILE, &APPOINTMENT_READ, &found.appointment.office())
    };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, end| {
            commands::end(work, caller.identity(), target, end.basis.clone()).await?;
            after(work, id).await
        })
        .await
}

/// The appointment as it is after a command.
async fn after(work: &Work<'_>, id: AppointmentId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?.ok_or_else(|| Refusal::of(&APPOINTMENT_NOT_FOUND))?;
    let version = found.appointment.version;
    Ok(Reply::ok(&AppointmentView::from(found))?.etag(version))
}
