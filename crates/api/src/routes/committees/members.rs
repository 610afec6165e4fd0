//! Who belongs to a committee (Articles 9(3) and 17).

use actix_web::{get, post, web};
use chrono::NaiveDate;
use gongjian_committees::committee::action::COMMITTEE_LEAVE;
use gongjian_committees::committee::{commands, queries};
use gongjian_governance::body::BodyId;
use gongjian_governance::body::members::{CommitteeMember, CommitteeMemberId, MemberOnFile};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::view::CommitteeQuery;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::offices::Named;
use crate::routes::posts::moment::moment;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_committee_members).service(leave_committee);
}

/// 专委会成员 / A member of a committee.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommitteeMemberView {
    /// 成员记录标识 / Id of the membership.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"))]
    id: Uuid,
    /// 专委会 / The committee.
    #[schema(examples("01980000-0000-7000-8000-000000001702"))]
    committee_id: Uuid,
    /// 单位 / The unit.
    unit: Named,
    /// 加入日期 / Joined on.
    #[schema(examples("2026-11-20"))]
    joined_on: NaiveDate,
    /// 由该专委会合并而来 / Came over from the committee that was merged.
    #[schema(examples("01980000-0000-7000-8000-000000001706"))]
    carried_from: Option<Uuid>,
}

impl From<MemberOnFile> for CommitteeMemberView {
    fn from(it: MemberOnFile) -> Self {
        Self {
            id: it.id.0,
            committee_id: it.body_id.0,
            unit: Named { id: it.unit_id.0, name: it.unit_name },
            joined_on: it.joined_on,
            carried_from: it.carried_from.map(|body| body.0),
        }
    }
}

/// 已终止的成员资格 / A membership that has ended.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommitteeLeavingView {
    /// 成员记录标识 / Id of the membership.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"))]
    id: Uuid,
    /// 专委会 / The committee.
    #[schema(examples("01980000-0000-7000-8000-000000001702"))]
    committee_id: Uuid,
    /// 单位 / The unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    unit_id: Uuid,
    /// 加入日期 / Joined on.
    #[schema(examples("2026-11-20"))]
    joined_on: NaiveDate,
    /// 退出日期 / Left on.
    #[schema(examples("2026-11-23"))]
    left_on: Option<NaiveDate>,
}

impl From<CommitteeMember> for CommitteeLeavingView {
    fn from(it: CommitteeMember) -> Self {
        let CommitteeMember { joined_on, left_on, .. } = it;
        Self { id: it.id.0, committee_id: it.body_id.0, unit_id: it.unit_id.0, joined_on, left_on }
    }
}

#[utoipa::path(
    operation_id = "listCommitteeMembers",
    tag = tag::COMMITTEES,
    summary = "专委会成员 / List members of a committee",
    description = "某日的成员单位；牵头单位、主任和秘书处见全部，其他单位见本单位。退会之日成员资格随之终止 / The member units of a day: all for the lead unit, the directors and the secretariat, others see their own unit. Whoever leaves the association is a member no more that day.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702"), Paging, CommitteeQuery),
    responses((status = 200, body = PageOf<CommitteeMemberView>, description = "一页 / One page")),
)]
#[get("/v1/committees/{committee_id}/members")]
pub(crate) async fn list_committee_members(
    caller: Caller,
    path: web::Path<Uuid>,
    query: Filter<CommitteeQuery>,
) -> Answer {
    let day = moment(caller.store(), query.by.as_of, None).day;
    let (id, limit, cursor) = (BodyId(path.into_inner()), query.page.limit, query.page.cursor.as_deref());
    let page = queries::members_of(caller.store(), &caller.act.actor, id, day, limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, CommitteeMemberView::from))?)
}

#[utoipa::path(
    operation_id = "leaveCommittee",
    tag = tag::COMMITTEES,
    summary = "退出专委会 / Leave a committee",
    description = "第九条：退出自由，即时生效，无须批准 / Article 9: leaving is free, at once, and nobody is asked.",
    params(("committee_membership_id" = Uuid, Path, description = "成员记录标识 / Id of the membership", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711")),
    request_body = NoFields,
    responses((status = 200, body = CommitteeLeavingView, description = "已退出 / Left")),
)]
#[post("/v1/committee-memberships/{committee_membership_id}/leave")]
pub(crate) async fn leave_committee(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    let id = CommitteeMemberId(path.into_inner());
    let may = async {
        let found = queries::membership(caller.store(), &caller.act.actor, id, &COMMITTEE_LEAVE);
        found.await.map(drop)
    };
    caller
        .command(body, may, async |work, _| Reply::ok(&CommitteeLeavingView::from(commands::leave(work, id).await?)))
        .await
}
