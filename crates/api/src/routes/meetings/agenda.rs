//! The agenda and the papers.

use actix_web::{get, patch, post, web};
use gongjian_governance::meeting::action::CONVENE;

use gongjian_governance::meeting::{AgendaItemId, MeetingId, PaperId, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{AgendaItemCreate, AgendaItemUpdate, PaperCreate};
use super::view::{MeetingView, PaperView};
use super::{after, may};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(add_agenda_item)
        .service(update_agenda_item)
        .service(remove_agenda_item)
        .service(list_meeting_papers)
        .service(list_meeting_paper)
        .service(remove_meeting_paper);
}

#[utoipa::path(
    operation_id = "addAgendaItem",
    tag = tag::MEETINGS,
    summary = "增列议程 / Add an agenda item",
    description = "第十一、十三条：专属会员大会或理事会的事项只列入该机构的议程；通知后增列的显示增列时间 / Articles 11 and 13: what belongs to one body stands on its agenda alone; items added after the call show when they were.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = AgendaItemCreate,
    responses((status = 200, body = MeetingView, description = "增列后的会议 / The meeting as it is now")),
)]
#[post("/v1/meetings/{meeting_id}/agenda-items")]
pub(crate) async fn add_agenda_item(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<AgendaItemCreate>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &CONVENE, id), async |work, target, new| {
            commands::add_item(work, target, new.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "updateAgendaItem",
    tag = tag::MEETINGS,
    summary = "修改议程 / Change an agenda item",
    description = "修改或移动议程项，其下级随之移动；If-Match 为该项的版本 / Changes or moves an item with all below it; If-Match is the version of the item.",
    params(("agenda_item_id" = Uuid, Path, description = "议程项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"), IfMatch),
    request_body(content = AgendaItemUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = MeetingView, description = "修改后的会议 / The meeting as it is now")),
)]
#[patch("/v1/agenda-items/{agenda_item_id}")]
pub(crate) async fn update_agenda_item(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<AgendaItemUpdate>,
) -> Answer {
    let id = AgendaItemId(path.into_inner());
    let (store, actor) = (caller.store(), &caller.act.actor);
    let allowed = queries::may_part(store, actor, &CONVENE, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, change| {
            let item = commands::change_item(work, target, change.clone().into()).await?;
            after(work, item.meeting_id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "removeAgendaItem",
    tag = tag::MEETINGS,
    summary = "撤下议程 / Remove an agenda item",
    description = "通知发出前撤下，且没有下级议程、材料和议题 / Before the call, and while nothing rests on it.",
    params(("agenda_item_id" = Uuid, Path, description = "议程项标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1302"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = MeetingView, description = "撤下后的会议 / The meeting as it is now")),
)]
#[post("/v1/agenda-items/{agenda_item_id}/remove")]
pub(crate) async fn remove_agenda_item(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = AgendaItemId(path.into_inner());
    let (store, actor) = (caller.store(), &caller.act.actor);
    let allowed = queries::may_part(store, actor, &CONVENE, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, _| {
            let meeting = commands::remove_item(work, target).await?;
            after(work, meeting.id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listMeetingPapers",
    tag = tag::MEETINGS,
    summary = "会议材料 / List the papers of a meeting",
    description = "第九条第二项：与会方和负责人可见 / Article 9(2): for those who take part and for the officers.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), Paging),
    responses((status = 200, body = PageOf<PaperView>, description = "一页 / One page")),
)]
#[get("/v1/meetings/{meeting_id}/papers")]
pub(crate) async fn list_meeting_papers(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (id, page) = (MeetingId(path.into_inner()), &query.page);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let papers = queries::papers(store, actor, id, page.limit, page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(papers, PaperView::of))?)
}

#[utoipa::path(
    operation_id = "addMeetingPaper",
    tag = tag::MEETINGS,
    summary = "列出会议材料 / List a paper",
    description = "写明文号（存放位置）或正文；不上传文件 / Its number, where it is, or its text; files are not uploaded.",
    params(("meeting_id" = Uuid, Path, description = "会议标识 / Id of the meeting", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1301"), IfMatch),
    request_body = PaperCreate,
    responses((status = 200, body = MeetingView, description = "列出后的会议 / The meeting as it is now")),
)]
#[post("/v1/meetings/{meeting_id}/papers")]
pub(crate) async fn list_meeting_paper(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<PaperCreate>,
) -> Answer {
    let id = MeetingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, &CONVENE, id), async |work, target, new| {
            commands::list_paper(work, target, new.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "removeMeetingPaper",
    tag = tag::MEETINGS,
    summary = "撤下会议材料 / Take a paper off",
    description = "通知中已列的内容不变；If-Match 为会议的版本 / What the notice said stays; If-Match is the version of the meeting.",
    params(("paper_id" = Uuid, Path, description = "材料标识 / Id of the paper", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1303"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = MeetingView, description = "撤下后的会议 / The meeting as it is now")),
)]
#[post("/v1/papers/{paper_id}/remove")]
pub(crate) async fn remove_meeting_paper(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = PaperId(path.into_inner());
    let (store, actor) = (caller.store(), &caller.act.actor);
    let allowed = queries::may_part(store, actor, &CONVENE, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, _| {
            let meeting = commands::remove_paper(work, target).await?;
            after(work, meeting.id).await
        })
        .await
}
