//! One's own sessions.

use actix_web::{get, post, web};
use gongjian_identity::{AccountId, Session, SessionId};
use gongjian_kernel::page::{self, Page};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::issues::instant;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_sessions).service(revoke_session).service(revoke_other_sessions);
}

/// 登录会话 / A session.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionView {
    /// 会话标识 / Id of the session.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a05"))]
    id: Uuid,
    /// 是否当前会话 / Whether it is the present one.
    #[schema(examples(true))]
    is_current: bool,
    /// 设备名称 / Name of the device.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("办公室电脑"))]
    device_name: Option<String>,
    /// 登录地址 / Address of the sign-in.
    #[schema(max_length = 45, pattern = "^[0-9a-f.:]+$", examples("192.0.2.1"))]
    ip: Option<String>,
    /// 登录时的客户端标识 / Client that signed in.
    #[schema(max_length = 512, pattern = r"^[^\x00]*$", examples("Mozilla/5.0"))]
    user_agent: Option<String>,
    /// 登录时间 / Signed in at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    created_at: String,
    /// 最近使用时间 / Last used at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T03:03:04.567Z"))]
    last_used_at: String,
    /// 至迟结束时间 / Ends at the latest.
    #[schema(value_type = DateTime<Utc>, examples("2026-05-31T02:03:04.567Z"))]
    expires_at: String,
}

impl SessionView {
    pub(super) fn of(session: Session, current: SessionId) -> Self {
        Self {
            id: session.id.0,
            is_current: session.id == current,
            device_name: session.device_name,
            ip: session.ip,
            user_agent: session.user_agent,
            created_at: instant(session.created_at),
            last_used_at: instant(session.last_used_at),
            expires_at: instant(session.expires_at),
        }
    }
}

#[utoipa::path(
    operation_id = "listSessions",
    tag = tag::IDENTITY,
    summary = "本人的登录会话 / List one's sessions",
    description = "本人未结束的会话，最新在前 / One's live sessions, the newest first.",
    params(Paging),
    responses((status = 200, body = PageOf<SessionView>, description = "一页 / One page")),
)]
#[get("/v1/sessions")]
pub(crate) async fn list_sessions(caller: Caller, query: Filter<NoFilter>) -> Answer {
    let sessions = caller.identity().list_sessions(caller.store(), &caller.act.actor).await?;
    page(&caller, sessions, caller.who.account, &query)
}

/// One page of the live sessions of an account.
pub(super) fn page(caller: &Caller, sessions: Vec<Session>, of: AccountId, query: &Filter<NoFilter>) -> Answer {
    let bound_to = format!("sessions/{of}");
    let keys = &caller.store().keys;
    let cursor = query.page.cursor.as_deref();
    let last: Option<SessionId> = cursor.map(|cursor| page::open(keys, &bound_to, cursor)).transpose()?;
    // The ids are in the order of the sign-ins, so that the last one seen tells where to go on.
    let rest = sessions.into_iter().filter(|session| last.is_none_or(|last| session.id < last)).collect();
    let page = Page::cut(rest, query.page.limit, keys, &bound_to, |session: &Session| session.id)?;
    Ok(query.reply(&PageOf::of(page, |session| SessionView::of(session, caller.who.session)))?)
}

/// 已结束的会话 / Sessions that were ended.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EndedSessions {
    /// 结束的会话数 / How many.
    #[schema(minimum = 0, maximum = 100_000, examples(2))]
    ended: u64,
}

#[utoipa::path(
    operation_id = "revokeOtherSessions",
    tag = tag::IDENTITY,
    summary = "结束本人的其他会话 / Revoke one's other sessions",
    description = "当前会话保留，其余立即结束 / The present session stays; all others are dead at once.",
    request_body = NoFields,
    responses((status = 200, body = EndedSessions, description = "已结束 / Ended")),
)]
#[post("/v1/sessions/revoke-others")]
pub(crate) async fn revoke_other_sessions(caller: Caller, body: Body<NoFields>) -> Answer {
    body.valid()?;
    let ended = caller.identity().revoke_other_sessions(caller.store(), &caller.act).await?;
    Ok(Reply::ok(&EndedSessions { ended })?)
}

#[utoipa::path(
    operation_id = "revokeSession",
    tag = tag::IDENTITY,
    summary = "结束本人的一个会话 / Revoke one of one's sessions",
    description = "其访问凭证和刷新凭证立即失效；他人的会话为 404 / Its tokens are dead at once; somebody else's session is a 404.",
    params(("session_id" = Uuid, Path, description = "会话标识 / Id of the session", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a05")),
    request_body = NoFields,
    responses((status = 204, description = "已结束 / Revoked")),
)]
#[post("/v1/sessions/{session_id}/revoke")]
pub(crate) async fn revoke_session(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    body.valid()?;
    caller.identity().revoke_session(caller.store(), &caller.act, SessionId(path.into_inner())).await?;
    Ok(Reply::no_content())
}
