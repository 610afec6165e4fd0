//! Substitutes by written mandate.

use actix_web::{get, post, web};
use gongjian_governance::meeting::action::GIVE_MANDATE;
use gongjian_governance::meeting::commands::NewMandate;
use gongjian_governance::meeting::{Mandate, MandateId, MandateScope, MeetingId, commands, queries};
use gongjian_identity::PersonId;
use gongjian_kernel::{Result, Text};
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::may;
use super::view::MandateView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_mandates).service(give_mandate).service(revoke_mandate);
}

/// 书面委托 / A written mandate.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct MandateCreate {
    /// 单位；只代表一方的可省略 / The unit; may be absent for one who speaks for a single voice.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 受委托人，须在册 / The substitute, somebody on file.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    substitute_person_id: Uuid,
    /// 权限 / What it covers.
    scope: MandateScope,
    /// 委托书 / The document.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("委托书（2026年12月17日）"))]
    reference: Text<2, 200>,
}

fn reply(mandate: Mandate) -> Result<Reply> {
    let version = mandate.version;
    Ok(Reply::ok(&MandateView::of(mandate))?.etag(version))
}

#[utoipa::path(
    operation_id = "listMandates",
    tag = tag::MEETINGS,
    summary = "书面委托列表 / List mandates",
    description = "会务人员可见全部，其他人只见本方的 / All for those who keep the list; to others their own.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), Paging),
    responses((status = 200, body = PageOf<MandateView>, description = "一页 / One page")),
)]
#[get("/v1/meetings/{meeting_id}/mandates")]
pub(crate) async fn list_mandates(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (id, page) = (MeetingId(path.into_inner()), &query.page);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let mandates = queries::mandates(store, actor, id, page.limit, page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(mandates, MandateView::of))?)
}

#[utoipa::path(
    operation_id = "giveMandate",
    tag = tag::MEETINGS,
    summary = "书面委托 / Give a mandate",
    description = "第十一条：固定代表或机构成员本人书面委托一人出席本次会议；不能委托本人和三员，一人所受委托数有上限 / Article 11: whoever has the voice names one substitute for this meeting; not himself, none of the three administrators, and nobody who carries as many as he may.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301")),
    request_body = MandateCreate,
    responses((status = 201, body = MandateView, description = "已委托 / Given")),
)]
#[post("/v1/meetings/{meeting_id}/mandates")]
pub(crate) async fn give_mandate(caller: Caller, path: web::Path<Uuid>, body: Body<MandateCreate>) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .command(body, may(&caller, &GIVE_MANDATE, id), async |work, new| {
            let MandateCreate { unit_id, substitute_person_id, scope, reference } = new.clone();
            let substitute = PersonId(substitute_person_id);
            let new = NewMandate { unit: unit_id.map(UnitId), substitute, scope, reference };
            let mandate = commands::give_mandate(work, id, new).await?;
            Ok(reply(mandate)?.created(format!("/v1/meetings/{id}/mandates")))
        })
        .await
}

#[utoipa::path(
    operation_id = "revokeMandate",
    tag = tag::MEETINGS,
    summary = "撤销委托 / Revoke a mandate",
    description = "受委托人签到或表决之前可以撤销 / Until the substitute has checked in or voted.",
    params(("mandate_id" = Uuid, Path, description = "委托标识 / Id of the mandate", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1307"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = MandateView, description = "已撤销 / Revoked")),
)]
#[post("/v1/mandates/{mandate_id}/revoke")]
pub(crate) async fn revoke_mandate(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = MandateId(path.into_inner());
    let allowed = queries::may_part(caller.store(), &caller.act.actor, &GIVE_MANDATE, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, _| {
            reply(commands::revoke_mandate(work, target).await?)
        })
        .await
}
