//! Casting a vote, its receipt, the roll.

use actix_web::{get, post, web};
use gongjian_governance::ballot::action::BALLOT_VOTE;
use gongjian_governance::ballot::{BallotId, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::VoteCast;
use super::may;
use super::voices::{RollVoice, VoteReceipt, VoteReceipts};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(cast_vote).service(list_receipts).service(list_roll);
}

#[utoipa::path(
    operation_id = "castVote",
    tag = tag::BALLOTS,
    summary = "投票 / Vote",
    description = "一个单位一票，由此刻代表它的人投出（固定代表、负责人、受书面委托的人；联络人不投票），投出后不能更改。重复投出同一票的，返回同一回执；无记名的票不能比对，同一人重复投出的返回原回执，票不变。结束之后投出的不计 / One unit, one vote, cast by whoever speaks for it at that instant; it cannot be changed. The same vote again gets the same receipt; a secret one cannot be compared, so whoever cast it gets its receipt and the vote stays. What comes after the closing is refused.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01")),
    request_body = VoteCast,
    responses(
        (status = 201, body = VoteReceipt, description = "已投票 / Cast"),
        (status = 200, body = VoteReceipt, description = "此前已投出，返回原回执 / Cast before; its receipt"),
    ),
)]
#[post("/v1/ballots/{ballot_id}/votes")]
pub(crate) async fn cast_vote(caller: Caller, path: web::Path<Uuid>, body: Body<VoteCast>) -> Answer {
    let id = BallotId(path.into_inner());
    // Kept with an Idempotency-Key, the digest of a secret vote would be the same for all who voted alike (ADR 0013).
    let is_secret = queries::is_secret(caller.store(), id).await?;
    let digest = if is_secret { String::new() } else { body.digest().to_owned() };
    let vote = match body.valid().and_then(VoteCast::read) {
        Ok(vote) => vote,
        Err(refusal) => {
            may(&caller, id, &BALLOT_VOTE).await?;
            return Err(refusal.into());
        }
    };
    caller
        .write(&digest, async |work| {
            let cast = commands::cast(work, id, vote.clone()).await?;
            let reply = Reply::ok(&VoteReceipt::of(id, cast.voice))?.etag(1);
            Ok(if cast.is_new { reply.created(format!("/v1/ballots/{id}/receipts")) } else { reply })
        })
        .await
}

#[utoipa::path(
    operation_id = "listReceipts",
    tag = tag::BALLOTS,
    summary = "本人和本单位的投票回执 / Receipts of one's own votes",
    description = "本人投出的和本单位的票的回执；无记名的回执只证明已投，不含内容 / Of votes that the caller cast and of his units; of a secret vote a receipt proves that it was cast, not how.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01")),
    responses((status = 200, body = VoteReceipts, description = "回执 / The receipts")),
)]
#[get("/v1/ballots/{ballot_id}/receipts")]
pub(crate) async fn list_receipts(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = BallotId(path.into_inner());
    let voices = queries::receipts(caller.store(), &caller.act.actor, id).await?;
    let receipts = voices.into_iter().map(|voice| VoteReceipt::of(id, voice)).collect();
    Ok(Reply::ok(&VoteReceipts { receipts })?.etag_of_view(1))
}

#[utoipa::path(
    operation_id = "listRoll",
    tag = tag::BALLOTS,
    summary = "表决名册 / The roll of a ballot",
    description = "开始时固定的名册：谁有表决权、是否到会、是否已投；记名表决结束后含各自的意见 / As it was frozen at the opening: who has a voice, who was present, who has voted; of an open ballot, once closed, how.",
    params(("ballot_id" = Uuid, Path, description = "表决标识 / Id of the ballot", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"), Paging),
    responses((status = 200, body = PageOf<RollVoice>, description = "一页 / One page")),
)]
#[get("/v1/ballots/{ballot_id}/roll")]
pub(crate) async fn list_roll(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let id = BallotId(path.into_inner());
    let page = &query.page;
    let page = queries::roll(caller.store(), &caller.act.actor, id, page.limit, page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, RollVoice::of))?)
}
