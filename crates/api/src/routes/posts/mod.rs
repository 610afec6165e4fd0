//! Public posts and who holds them (Articles 12, 13, 25).

pub(crate) mod moment;
mod view;

use actix_web::{get, post, web};
use gongjian_governance::post::action::{POST_CREATE, POST_READ, POST_RECORD};
use gongjian_governance::post::{Moment, NewHolder, PostFilter, PostId, PostOnFile, commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::moment::moment;
use self::view::{
    HolderCorrect, HolderCreate, HolderEnd, HolderView, KnownQuery, MomentQuery, PostCreate, PostQuery, PostView,
};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::persons::Whom;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_posts)
        .service(create_post)
        .service(get_post)
        .service(list_post_holders)
        .service(record_post_holder)
        .service(end_post_holder)
        .service(correct_post_holder);
}

#[utoipa::path(
    operation_id = "listPosts",
    tag = tag::OFFICES,
    summary = "公职列表 / List posts",
    description = "第十二、十三条：职务所依附的公职及某日的任职人，可按当时所知查询 / Articles 12 and 13: the posts that offices rest on, with their holders on a day, also as it was known at an instant.",
    params(Paging, PostQuery),
    responses((status = 200, body = PageOf<PostView>, description = "一页 / One page")),
)]
#[get("/v1/posts")]
pub(crate) async fn list_posts(caller: Caller, query: Filter<PostQuery>) -> Answer {
    let filter = PostFilter::from(&query.by);
    let at = moment(caller.store(), query.by.as_of, query.by.known_at);
    let cursor = query.page.cursor.as_deref();
    let page = queries::list(caller.store(), &caller.act.actor, &filter, at, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, PostView::from))?)
}

#[utoipa::path(
    operation_id = "createPost",
    tag = tag::OFFICES,
    summary = "登记公职 / Put a post on file",
    description = "第十二、十三、十八条：职务可随之担任的公职；一个单位一名负责人，一个街道一名党工委书记 / Articles 12, 13 and 18: a post that offices can rest on; a unit has one head, a street one party secretary.",
    request_body = PostCreate,
    responses((status = 201, body = PostView, description = "已登记 / On file")),
)]
#[post("/v1/posts")]
pub(crate) async fn create_post(caller: Caller, body: Body<PostCreate>) -> Answer {
    let allowed = async {
        if caller.act.actor.has_some(&POST_CREATE) { Ok(()) } else { caller.authorize(&POST_CREATE, &Association) }
    };
    caller
        .command(body, allowed, async |work, new| {
            let post = commands::create(work, new.clone().into()).await?;
            Ok(after(work, post.id).await?.created(format!("/v1/posts/{}", post.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getPost",
    tag = tag::OFFICES,
    summary = "查看公职 / Read a post",
    description = "公职、某日的任职人及随之担任的职务 / The post, its holder on a day, and the offices that rest on it.",
    params(("post_id" = Uuid, Path, description = "公职标识 / Id of the post", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"), MomentQuery),
    responses((status = 200, body = PostView, description = "公职 / The post")),
)]
#[get("/v1/posts/{post_id}")]
pub(crate) async fn get_post(caller: Caller, path: web::Path<Uuid>, query: Query<MomentQuery>) -> Answer {
    let at = moment(caller.store(), query.0.as_of, query.0.known_at);
    let found = queries::get(caller.store(), &caller.act.actor, PostId(path.into_inner()), at).await?;
    reply(found)
}

#[utoipa::path(
    operation_id = "listPostHolders",
    tag = tag::OFFICES,
    summary = "历任人员 / List the holders of a post",
    description = "第二十五条：历任人员，最近的在前，可按当时所知查询 / Article 25: who held the post, the latest first, also as it was known at an instant.",
    params(("post_id" = Uuid, Path, description = "公职标识 / Id of the post", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"), Paging, KnownQuery),
    responses((status = 200, body = PageOf<HolderView>, description = "一页 / One page")),
)]
#[get("/v1/posts/{post_id}/holders")]
pub(crate) async fn list_post_holders(caller: Caller, path: web::Path<Uuid>, query: Filter<KnownQuery>) -> Answer {
    let (id, known_at) = (PostId(path.into_inner()), query.by.known_at);
    let cursor = query.page.cursor.as_deref();
    let actor = &caller.act.actor;
    let page = queries::holders(caller.store(), actor, id, known_at, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, HolderView::from))?)
}

#[utoipa::path(
    operation_id = "recordPostHolder",
    tag = tag::OFFICES,
    summary = "登记任公职 / Record the holder of a post",
    description = "第二十五条“自然更替”：自任职之日起，原任职人离任，随公职担任的各项职务一并更替，并产生待备案事项；不能登记本人，管理员不得任职 / Article 25: from that day the former holder is succeeded, every office that rests on the post passes, and its change is to be filed; nobody records himself, and no administrator.",
    params(("post_id" = Uuid, Path, description = "公职标识 / Id of the post", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"), IfMatch),
    request_body = HolderCreate,
    responses((status = 200, body = PostView, description = "登记后的公职 / The post as it is now")),
)]
#[post("/v1/posts/{post_id}/holders")]
pub(crate) async fn record_post_holder(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<HolderCreate>,
) -> Answer {
    let id = PostId(path.into_inner());
    caller
        .act_on(id, if_match, body, may_record(&caller, id), async |work, target, new| {
            commands::may_record(work, id).await?;
            let person = Whom::of(new.person_id, new.person.as_ref())?.on_file(work).await?;
            let new = NewHolder { person, since: new.since, until: new.until, basis: new.basis.clone() };
            commands::record_holder(work, caller.identity(), target, new).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "endPostHolder",
    tag = tag::OFFICES,
    summary = "登记离任 / Record that the holder leaves",
    description = "第二十五条：自该日起空缺，随公职担任的职务亦然 / Article 25: from that day nobody holds the post, nor the offices that rest on it.",
    params(("post_id" = Uuid, Path, description = "公职标识 / Id of the post", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"), IfMatch),
    request_body = HolderEnd,
    responses((status = 200, body = PostView, description = "登记后的公职 / The post as it is now")),
)]
#[post("/v1/posts/{post_id}/vacate")]
pub(crate) async fn end_post_holder(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<HolderEnd>,
) -> Answer {
    let id = PostId(path.into_inner());
    caller
        .act_on(id, if_match, body, may_record(&caller, id), async |work, target, end| {
            commands::vacate(work, caller.identity(), target, end.until, end.basis.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "correctPostHolder",
    tag = tag::OFFICES,
    summary = "更正任公职记录 / Correct the record of a holder",
    description = "第二十五条：更正起止日期或撤销误登；原记录不删除，仍可按当时所知查询 / Article 25: other days, or none at all; what was recorded stays and can be read as it was known then.",
    params(("post_id" = Uuid, Path, description = "公职标识 / Id of the post", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"), IfMatch),
    request_body = HolderCorrect,
    responses((status = 200, body = PostView, description = "更正后的公职 / The post as it is now")),
)]
#[post("/v1/posts/{post_id}/correct-holder")]
pub(crate) async fn correct_post_holder(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<HolderCorrect>,
) -> Answer {
    let id = PostId(path.into_inner());
    caller
        .act_on(id, if_match, body, may_record(&caller, id), async |work, target, given| {
            commands::correct_holder(work, caller.identity(), target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

async fn may_record(caller: &Caller, id: PostId) -> Result<()> {
    let (store, today) = (caller.store(), caller.store().today());
    let found = queries::get(store, &caller.act.actor, id, Moment::on(today)).await?;
    let asked = commands::question(store.db.reader(), found.post, today).await?;
    authorize(&caller.act.actor, &POST_RECORD, &POST_READ, &asked)
}

/// The post as it is after a command.
async fn after(work: &Work<'_>, id: PostId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, Moment::on(work.today())).await?;
    let version = found.post.version;
    Ok(Reply::ok(&PostView::from(found))?.etag_of_view(version))
}

fn reply(found: PostOnFile) -> Answer {
    let version = found.post.version;
    Ok(Reply::ok(&PostView::from(found))?.etag_of_view(version))
}
