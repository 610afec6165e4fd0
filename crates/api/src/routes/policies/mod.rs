//! Policies: the values that the charter leaves open. Read by everybody in office, changed by merge patch.

mod accounts;
mod patch;
mod view;

use actix_web::{get, patch};
use gongjian_identity::configuration::{CONFIGURATION_CHANGE, CONFIGURATION_READ};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::policy::{self, InForce, Policy};
use gongjian_kernel::{Permission, Result};
use gongjian_ledger::policy::LedgerPolicy;
use gongjian_membership::AssociationPolicy;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::patch::{AssociationPolicyPatch, LedgerPolicyPatch, PolicyPatch};
use self::view::{AssociationPolicyView, LedgerPolicyView, PolicyView};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_ledger_policy)
        .service(update_ledger_policy)
        .service(get_association_policy)
        .service(update_association_policy)
        .configure(accounts::configure);
}

#[utoipa::path(
    operation_id = "getLedgerPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看台账配置 / Read the ledger's policy",
    description = "第二十三条未作规定的时限、次数与权重；version 为 0 表示仍是默认值 / Limits, counts and weights that Article 23 leaves open; version 0 means the defaults.",
    responses((status = 200, body = LedgerPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/ledger")]
pub(crate) async fn get_ledger_policy(caller: Caller) -> Answer {
    read::<LedgerPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateLedgerPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更台账配置 / Change the ledger's policy",
    description = "变更所给的成员，其余不变；只影响此后开始的期限 / Changes the members given and leaves the others; deadlines that run already stay as they are.",
    params(IfMatch),
    request_body(content = LedgerPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = LedgerPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/ledger")]
pub(crate) async fn update_ledger_policy(caller: Caller, if_match: IfMatch, body: Body<LedgerPolicyPatch>) -> Answer {
    change(&caller, if_match, body).await
}

#[utoipa::path(
    operation_id = "getAssociationPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看本会信息 / Read what the association is",
    description = "名称、区划、街道、功能区与专业研究委员会 / Its name, district, streets, zones and committees.",
    responses((status = 200, body = AssociationPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/association")]
pub(crate) async fn get_association_policy(caller: Caller) -> Answer {
    read::<AssociationPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateAssociationPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更本会信息 / Change what the association is",
    description = "变更所给的成员，其余不变；数组整体替换 / Changes the members given and leaves the others; a list is replaced as a whole.",
    params(IfMatch),
    request_body(content = AssociationPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = AssociationPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/association")]
pub(crate) async fn update_association_policy(
    caller: Caller,
    if_match: IfMatch,
    body: Body<AssociationPolicyPatch>,
) -> Answer {
    change(&caller, if_match, body).await
}

async fn read<P: Policy>(caller: &Caller) -> Answer {
    caller.authorize(&CONFIGURATION_READ, &Association)?;
    Ok(reply(&policy::fresh::<P>(caller.store()).await?)?)
}

async fn change<P: Policy + ToSchema>(caller: &Caller, if_match: IfMatch, body: Body<PolicyPatch<P>>) -> Answer {
    change_by(&CONFIGURATION_CHANGE, caller, if_match, body).await
}

/// A policy that somebody else than the system administrator decides on.
async fn change_by<P: Policy + ToSchema>(
    permission: &'static Permission,
    caller: &Caller,
    if_match: IfMatch,
    body: Body<PolicyPatch<P>>,
) -> Answer {
    let allowed = async { authorize(&caller.act.actor, permission, &CONFIGURATION_READ, &Association) };
    caller
        .act_on((), if_match, body, allowed, async |work, target, patch| {
            work.authorize(permission, &CONFIGURATION_READ, &Association)?;
            reply(&policy::change(work, target, |before| patch.onto(before)).await?)
        })
        .await
}

fn reply<P: Policy>(now: &InForce<P>) -> Result<Reply> {
    Ok(Reply::ok(&PolicyView::of(now))?.etag(now.version))
}
