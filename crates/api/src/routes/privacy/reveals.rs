//! Seeing a number in full, and who has seen one's own.

use actix_web::{get, post, web};
use gongjian_identity::PersonId;
use gongjian_identity::privacy::reveal::{self, Need, RevealPurpose};
use gongjian_kernel::{Text, write};
use gongjian_membership::reveal as numbers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::view::RevealView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(reveal_person).service(list_reveals);
}

/// 查看事由 / What a number is needed for.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct RevealOrder {
    /// 用途 / Purpose.
    #[schema(examples("issue_handling"))]
    purpose: RevealPurpose,
    /// 具体事由；本人可见，请勿填写电话号码 / The reason in words, which the person will read; not the number.
    #[schema(value_type = String, min_length = 4, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("核实 QHYJ-2026-0012 号事项的现场情况"))]
    reason: Text<4, 200>,
}

/// 完整电话号码 / A number in full.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Revealed {
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Uuid,
    /// 完整电话号码 / The number.
    #[schema(max_length = 20, pattern = "^[0-9+-]+$", examples("+8613800000001"))]
    phone: String,
}

#[utoipa::path(
    operation_id = "revealPhone",
    tag = tag::PRIVACY,
    summary = "查看完整电话号码 / See a phone number in full",
    description = "秘书处，或该人员所属单位的固定代表、联络人，说明事由后查看；每次查看均留有记录，本人可以查询；每个账号每日次数有限。结果不缓存，也不因 Idempotency-Key 保存 / For the secretariat and for the representative and liaison of the person's own unit, with a reason. Every look is on record and told to the person; an account has so many in a day. The answer is kept nowhere, not for an Idempotency-Key either.",
    params(("person_id" = Uuid, Path, description = "人员标识 / Id of the person", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04")),
    request_body = RevealOrder,
    responses((status = 200, body = Revealed, description = "完整电话号码 / The number")),
)]
#[post("/v1/persons/{person_id}/reveal")]
pub(crate) async fn reveal_person(caller: Caller, path: web::Path<Uuid>, body: Body<RevealOrder>) -> Answer {
    let id = PersonId(path.into_inner());
    numbers::may(caller.store().db.reader(), &caller.act.actor, id).await?;
    let RevealOrder { purpose, reason } = body.valid()?;
    let need = Need { purpose, reason };
    let shown = write(caller.store(), &caller.act, async |work| numbers::reveal(work, id, need.clone()).await);
    Ok(Reply::ok(&Revealed { person_id: id.0, phone: shown.await? })?.no_store())
}

#[utoipa::path(
    operation_id = "listReveals",
    tag = tag::PRIVACY,
    summary = "谁查看过本人电话号码 / Who has seen one's number",
    description = "何人、何时、因何事由查看过本人的完整电话号码，最新在前；只有本人可以查询，他人为 404 / Who saw one's own number, when, and what for, the latest first; a 404 to everybody else.",
    params(("person_id" = Uuid, Path, description = "本人的人员标识 / One's own id as a person", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"), Paging),
    responses((status = 200, body = PageOf<RevealView>, description = "一页 / One page")),
)]
#[get("/v1/persons/{person_id}/reveals")]
pub(crate) async fn list_reveals(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (id, cursor) = (PersonId(path.into_inner()), query.page.cursor.as_deref());
    let page = reveal::list(caller.store(), &caller.act.actor, id, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, RevealView::from))?)
}
