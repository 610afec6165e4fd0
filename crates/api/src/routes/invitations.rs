//! Invitations: how people on file come to their accounts (Article 25).

use actix_web::{get, post, web};
use gongjian_identity::action::ACCOUNT_INVITE;
use gongjian_identity::fault::INVITATION_NOT_FOUND;
use gongjian_identity::invitation::{self, Invitation, InvitationFilter, InvitationId, InvitationState};
use gongjian_identity::{OneTimeCode, Person, PersonId, person};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Refusal, Result, Work};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::issues::instant;
use super::persons::PersonView;
use super::shown_once::{WithCode, shown_once};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_invitations).service(create_invitation).service(get_invitation).service(revoke_invitation);
}

/// 邀请 / An invitation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct InvitationView {
    /// 邀请标识 / Id of the invitation.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a08"))]
    id: Uuid,
    /// 被邀请人 / Who is invited.
    person: PersonView,
    /// 任职单位；不以单位为范围的为空 / The unit that the person acts for, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 待开通的账号 / The account that waits for its owner.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    account_id: Uuid,
    /// 状态；待接受的可能已过期 / State; one that is open may have run out.
    state: InvitationState,
    /// 发出时间 / Issued at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    created_at: String,
    /// 失效时间 / Good until.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-09T02:03:04.567Z"))]
    expires_at: String,
    /// 结束时间 / Ended at.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-03-03T02:03:04.567Z"))]
    ended_at: Option<String>,
}

impl From<(Invitation, Person)> for InvitationView {
    fn from((invitation, person): (Invitation, Person)) -> Self {
        Self {
            id: invitation.id.0,
            person: person.into(),
            unit_id: invitation.unit_id,
            account_id: invitation.account_id.0,
            state: invitation.state,
            created_at: instant(invitation.created_at),
            expires_at: instant(invitation.expires_at),
            ended_at: invitation.ended_at.map(instant),
        }
    }
}

/// 邀请及其邀请码 / An invitation with its code.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvitationWithCode {
    /// 邀请 / The invitation.
    invitation: InvitationView,
    /// 邀请码，由邀请人当面或经可靠途径转交，仅此一次显示；重发的请求为空 / The code for the inviter to hand over, shown this once; null for a request that was sent again.
    #[schema(format = "password", max_length = 60, examples("MFRG-GZDF-MZTW-Q2LK-NNWG-23TP-OBYX-E43U"))]
    code: Option<String>,
}

impl WithCode for InvitationWithCode {
    fn show(&mut self, code: &OneTimeCode) {
        self.code = Some(code.text().to_owned());
    }

    fn reply(&self) -> Result<Reply> {
        Ok(Reply::ok(self)?.created(format!("/v1/invitations/{}", self.invitation.id)).etag_of_view(1))
    }
}

/// 邀请一名人员 / Somebody to be invited.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationCreate {
    /// 已备案、现任职务的人员 / Somebody on file who holds an office now.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Uuid,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct InvitationQuery {
    /// 状态 / State.
    #[param(example = "open")]
    state: Option<InvitationState>,
}

#[utoipa::path(
    operation_id = "createInvitation",
    tag = tag::IDENTITY,
    summary = "邀请人员开通账号 / Invite somebody to open an account",
    description = "秘书处和系统管理员邀请已备案、任职的人员，固定代表邀请本单位的联络人和承办人（第二十五条）；新邀请取代旧邀请 / The secretariat and the system administrator invite whoever holds an office, a unit's representative its liaison and handlers (Article 25); a new invitation replaces the one before it.",
    request_body = InvitationCreate,
    responses((status = 201, body = InvitationWithCode, description = "已邀请 / Invited")),
)]
#[post("/v1/invitations")]
pub(crate) async fn create_invitation(caller: Caller, body: Body<InvitationCreate>) -> Answer {
    invites(&caller)?;
    let digest = body.digest().to_owned();
    let person = PersonId(body.valid()?.person_id);
    shown_once(&caller, &digest, async |work| {
        let (invitation, code) = invitation::invite(work, caller.identity(), person).await?;
        let invitation = view(work, invitation).await?;
        Ok((InvitationWithCode { invitation, code: None }, code))
    })
    .await
}

#[utoipa::path(
    operation_id = "listInvitations",
    tag = tag::IDENTITY,
    summary = "邀请列表 / List invitations",
    description = "最新在前；固定代表看到本单位的邀请 / The newest first; a unit's representative sees those of the unit.",
    params(Paging, InvitationQuery),
    responses((status = 200, body = PageOf<InvitationView>, description = "一页 / One page")),
)]
#[get("/v1/invitations")]
pub(crate) async fn list_invitations(caller: Caller, query: Filter<InvitationQuery>) -> Answer {
    let filter = InvitationFilter { state: query.by.state };
    let cursor = query.page.cursor.as_deref();
    let page = invitation::list(caller.store(), &caller.act.actor, &filter, cursor, query.page.limit).await?;
    Ok(query.reply(&PageOf::of(page, InvitationView::from))?)
}

#[utoipa::path(
    operation_id = "getInvitation",
    tag = tag::IDENTITY,
    summary = "查看邀请 / Read an invitation",
    description = "邀请的现状，不含邀请码 / The invitation as it is now, without its code.",
    params(("invitation_id" = Uuid, Path, description = "邀请标识 / Id of the invitation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a08")),
    responses((status = 200, body = InvitationView, description = "邀请 / The invitation")),
)]
#[get("/v1/invitations/{invitation_id}")]
pub(crate) async fn get_invitation(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = invitation::find(caller.store().db.reader(), InvitationId(path.into_inner())).await?;
    let found = found.ok_or_else(|| Refusal::of(&INVITATION_NOT_FOUND))?;
    caller.authorize(&ACCOUNT_INVITE, &found.0)?;
    Ok(Reply::ok(&InvitationView::from(found))?.etag_of_view(1))
}

#[utoipa::path(
    operation_id = "revokeInvitation",
    tag = tag::IDENTITY,
    summary = "撤销邀请 / Revoke an invitation",
    description = "邀请码立即失效 / Its code is dead at once.",
    params(("invitation_id" = Uuid, Path, description = "邀请标识 / Id of the invitation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a08")),
    request_body = NoFields,
    responses((status = 200, body = InvitationView, description = "已撤销 / Revoked")),
)]
#[post("/v1/invitations/{invitation_id}/revoke")]
pub(crate) async fn revoke_invitation(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    let id = InvitationId(path.into_inner());
    caller
        .command(body, async { invites(&caller) }, async |work, _| {
            let revoked = invitation::revoke(work, id).await?;
            Reply::ok(&view(work, revoked).await?)
        })
        .await
}

/// Whether the caller invites anybody at all.
fn invites(caller: &Caller) -> Result<()> {
    let actor = &caller.act.actor;
    if actor.has_some(&ACCOUNT_INVITE) {
        Ok(())
    } else {
        authorize(actor, &ACCOUNT_INVITE, &ACCOUNT_INVITE, &Association)
    }
}

async fn view(work: &Work<'_>, invitation: Invitation) -> Result<InvitationView> {
    let person = person::find(work.tx(), invitation.person_id).await?;
    Ok((invitation, person.ok_or_else(|| Refusal::of(&INVITATION_NOT_FOUND))?).into())
}
