//! What is said in deliberation, and what became of it (Article 13).

use actix_web::{get, post, web};
use gongjian_governance::plan::action::{INSTRUMENT_COMMENT, INSTRUMENT_DRAFT};
use gongjian_governance::plan::{Comment, CommentId, InstrumentId, comment};
use gongjian_kernel::{Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::comment_view::InstrumentCommentView;
use super::input::{InstrumentCommentAnswer, InstrumentCommentCreate};
use super::may;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_comments).service(make_comment).service(get_comment).service(answer_comment);
}

#[utoipa::path(
    operation_id = "listInstrumentComments",
    tag = tag::CHARTER,
    summary = "审议意见列表 / List comments on an instrument",
    description = "参加审议的人员可见，最早的在前 / For those who deliberate, the oldest first.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), Paging),
    responses((status = 200, body = PageOf<InstrumentCommentView>, description = "一页 / One page")),
)]
#[get("/v1/instruments/{instrument_id}/comments")]
pub(crate) async fn list_comments(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let id = InstrumentId(path.into_inner());
    let (store, page) = (caller.store(), &query.page);
    let page = comment::list(store, &caller.act.actor, id, page.limit, page.cursor.as_deref()).await?;
    let persons = comment::names(store.db.reader(), &page.rows).await?;
    let units = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |row| InstrumentCommentView::of(row, &units, &persons)))?)
}

#[utoipa::path(
    operation_id = "commentOnInstrument",
    tag = tag::CHARTER,
    summary = "提出审议意见 / Comment on an instrument",
    description = "理事、会长、副会长和秘书处在审议时提出；秘书处可代会员单位记录 / Council members, the president, vice-presidents and the secretariat while it is deliberated; the secretariat notes what a member unit has said.",
    params(("instrument_id" = Uuid, Path, description = "文稿标识 / Id of the instrument", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01")),
    request_body = InstrumentCommentCreate,
    responses((status = 201, body = InstrumentCommentView, description = "已提出 / Made")),
)]
#[post("/v1/instruments/{instrument_id}/comments")]
pub(crate) async fn make_comment(caller: Caller, path: web::Path<Uuid>, body: Body<InstrumentCommentCreate>) -> Answer {
    let id = InstrumentId(path.into_inner());
    caller
        .command(body, may(&caller, id, &INSTRUMENT_COMMENT), async |work, new| {
            let made = comment::make(work, id, new.clone().into()).await?;
            let location = format!("/v1/instrument-comments/{}", made.id);
            Ok(after(work, made).await?.created(location))
        })
        .await
}

#[utoipa::path(
    operation_id = "getInstrumentComment",
    tag = tag::CHARTER,
    summary = "查看审议意见 / Read a comment",
    description = "审议意见及其采纳情况 / The comment, and what became of it.",
    params(("comment_id" = Uuid, Path, description = "意见标识 / Id of the comment", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d21")),
    responses((status = 200, body = InstrumentCommentView, description = "审议意见 / The comment")),
)]
#[get("/v1/instrument-comments/{comment_id}")]
pub(crate) async fn get_comment(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = CommentId(path.into_inner());
    let found = comment::get(caller.store(), &caller.act.actor, id, &INSTRUMENT_COMMENT).await?;
    let persons = comment::names(caller.store().db.reader(), std::slice::from_ref(&found)).await?;
    let view = InstrumentCommentView::of(found, &*all_names(caller.store()).await?, &persons);
    Ok(Reply::ok(&view)?.etag_of_view(1))
}

#[utoipa::path(
    operation_id = "answerInstrumentComment",
    tag = tag::CHARTER,
    summary = "答复审议意见 / Say what became of a comment",
    description = "采纳、部分采纳或未采纳，附说明；只答复一次 / Adopted, partly adopted or not, with what was done or why not; told once.",
    params(("comment_id" = Uuid, Path, description = "意见标识 / Id of the comment", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d21")),
    request_body = InstrumentCommentAnswer,
    responses((status = 200, body = InstrumentCommentView, description = "已答复 / Answered")),
)]
#[post("/v1/instrument-comments/{comment_id}/answer")]
pub(crate) async fn answer_comment(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<InstrumentCommentAnswer>,
) -> Answer {
    let id = CommentId(path.into_inner());
    let allowed = async { comment::get(caller.store(), &caller.act.actor, id, &INSTRUMENT_DRAFT).await.map(drop) };
    caller
        .command(body, allowed, async |work, given| {
            let answered = comment::answer(work, id, given.clone().into()).await?;
            after(work, answered).await
        })
        .await
}

/// The comment as it is after a command.
async fn after(work: &Work<'_>, made: Comment) -> Result<Reply> {
    let persons = comment::names(work.tx(), std::slice::from_ref(&made)).await?;
    let view = InstrumentCommentView::of(made, &*all_names_within(work).await?, &persons);
    Ok(Reply::ok(&view)?.etag_of_view(1))
}
