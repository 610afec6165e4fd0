//! The mass organisations of branches (Article 18(5) and (6)).

use actix_web::{get, patch, post, web};
use gongjian_committees::branch::action::{BRANCH_READ, MASS_ORGANISATION_FILE};
use gongjian_committees::branch::mass::{self, MassOrganisation, MassOrganisationId};
use gongjian_governance::body::BodyId;
use gongjian_kernel::Result;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{MassOrganisationCreate, MassOrganisationUpdate};
use super::view::MassOrganisationView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_mass_organisations)
        .service(file_mass_organisation)
        .service(get_mass_organisation)
        .service(update_mass_organisation);
}

#[utoipa::path(
    operation_id = "listMassOrganisations",
    tag = tag::BRANCHES,
    summary = "群众组织列表 / List a branch's mass organisations",
    description = "第十八条第（五）、（六）项：工会、共青团、妇联等，先登记的在前 / Article 18(5) and (6): unions, youth league, women's federation and others, in the order in which they were filed.",
    params(("branch_id" = Uuid, Path, description = "分会标识 / Id of the branch", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801"), Paging),
    responses((status = 200, body = PageOf<MassOrganisationView>, description = "一页 / One page")),
)]
#[get("/v1/branches/{branch_id}/mass-organisations")]
pub(crate) async fn list_mass_organisations(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (limit, cursor) = (query.page.limit, query.page.cursor.as_deref());
    let page = mass::list(caller.store(), &caller.act.actor, BodyId(path.into_inner()), limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, MassOrganisationView::from))?)
}

#[utoipa::path(
    operation_id = "fileMassOrganisation",
    tag = tag::BRANCHES,
    summary = "登记群众组织 / File a mass organisation",
    description = "由分会登记；同名的只登记一个 / By the branch; of one name there is one.",
    params(("branch_id" = Uuid, Path, description = "分会标识 / Id of the branch", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801")),
    request_body = MassOrganisationCreate,
    responses((status = 201, body = MassOrganisationView, description = "已登记 / Filed")),
)]
#[post("/v1/branches/{branch_id}/mass-organisations")]
pub(crate) async fn file_mass_organisation(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<MassOrganisationCreate>,
) -> Answer {
    let id = BodyId(path.into_inner());
    let allowed =
        gongjian_committees::branch::queries::may(caller.store(), &caller.act.actor, id, &MASS_ORGANISATION_FILE);
    caller
        .command(body, allowed, async |work, new| {
            let made = mass::file(work, id, new.clone().into()).await?;
            let path = format!("/v1/mass-organisations/{}", made.id);
            Ok(shown(made)?.created(path))
        })
        .await
}

#[utoipa::path(
    operation_id = "getMassOrganisation",
    tag = tag::BRANCHES,
    summary = "查看群众组织 / Read a mass organisation",
    description = "类别、名称和支持措施 / Kind, name, and how the branch supports it.",
    params(("mass_organisation_id" = Uuid, Path, description = "群众组织标识 / Id of the organisation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1813")),
    responses((status = 200, body = MassOrganisationView, description = "群众组织 / The organisation")),
)]
#[get("/v1/mass-organisations/{mass_organisation_id}")]
pub(crate) async fn get_mass_organisation(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = MassOrganisationId(path.into_inner());
    Ok(shown(mass::check(caller.store(), &caller.act.actor, id, &BRANCH_READ).await?)?)
}

#[utoipa::path(
    operation_id = "updateMassOrganisation",
    tag = tag::BRANCHES,
    summary = "变更群众组织 / Revise a mass organisation",
    description = "变更所给的成员，其余不变；valid_until 为终止之日 / Changes the members given and leaves the others; `valid_until` ends it.",
    params(("mass_organisation_id" = Uuid, Path, description = "群众组织标识 / Id of the organisation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1813"), IfMatch),
    request_body(content = MassOrganisationUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = MassOrganisationView, description = "变更后 / The organisation as it is now")),
)]
#[patch("/v1/mass-organisations/{mass_organisation_id}")]
pub(crate) async fn update_mass_organisation(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<MassOrganisationUpdate>,
) -> Answer {
    let id = MassOrganisationId(path.into_inner());
    let allowed = async { mass::check(caller.store(), &caller.act.actor, id, &MASS_ORGANISATION_FILE).await.map(drop) };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, edit| {
            shown(mass::revise(work, target, edit.clone().into()).await?)
        })
        .await
}

fn shown(it: MassOrganisation) -> Result<Reply> {
    let version = it.version;
    Ok(Reply::ok(&MassOrganisationView::from(it))?.etag_of_view(version))
}
