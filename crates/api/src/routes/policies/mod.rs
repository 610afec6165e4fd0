//! Policies: the values that the charter leaves open. Read by everybody in office, changed by merge patch.

mod accounts;
mod branches;
mod briefing;
mod compliance;
mod conferences;
mod decisions;
mod experts;
mod meetings;
mod offices;
mod patch;
mod projects;
mod view;
mod voting;

use actix_web::{get, patch};
use gongjian_identity::administrator::GrantPolicy;
use gongjian_identity::configuration::{CONFIGURATION_CHANGE, CONFIGURATION_READ, SECURITY_POLICY_CHANGE};
use gongjian_identity::privacy::PrivacyPolicy;
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::policy::{self, InForce, Policy};
use gongjian_kernel::{Permission, Result};
use gongjian_ledger::policy::LedgerPolicy;
use gongjian_membership::{AssociationPolicy, FilingPolicy, JoiningPolicy};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::patch::{
    AssociationPolicyPatch, FilingPolicyPatch, GrantPolicyPatch, JoiningPolicyPatch, LedgerPolicyPatch, PolicyPatch,
    PrivacyPolicyPatch,
};
use self::view::{
    AssociationPolicyView, FilingPolicyView, GrantPolicyView, JoiningPolicyView, LedgerPolicyView, PolicyView,
    PrivacyPolicyView,
};
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
        .service(get_filing_policy)
        .service(update_filing_policy)
        .service(get_joining_policy)
        .service(update_joining_policy)
        .service(get_grant_policy)
        .service(update_grant_policy)
        .service(get_privacy_policy)
        .service(update_privacy_policy)
        .configure(compliance::configure)
        .configure(accounts::configure)
        .configure(offices::configure)
        .configure(meetings::configure)
        .configure(voting::configure)
        .configure(decisions::configure)
        .configure(briefing::configure)
        .configure(experts::configure)
        .configure(projects::configure)
        .configure(branches::configure)
        .configure(conferences::configure);
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
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
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
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

#[utoipa::path(
    operation_id = "getGrantPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看管理员授权配置 / Read the policy of administrators",
    description = "三员授权的确认期限；version 为 0 表示仍是默认值 / How long a proposal for an administrator may wait; version 0 means the defaults.",
    responses((status = 200, body = GrantPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/grants")]
pub(crate) async fn get_grant_policy(caller: Caller) -> Answer {
    read::<GrantPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateGrantPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更管理员授权配置 / Change the policy of administrators",
    description = "由安全保密管理员变更；已提出的授权期限不变 / Changed by the security administrator; what was proposed already keeps its term.",
    params(IfMatch),
    request_body(content = GrantPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = GrantPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/grants")]
pub(crate) async fn update_grant_policy(caller: Caller, if_match: IfMatch, body: Body<GrantPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &SECURITY_POLICY_CHANGE).await
}

#[utoipa::path(
    operation_id = "getPrivacyPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看个人信息保护配置 / Read the privacy policy",
    description = "查看完整电话号码的每日次数、答复时限与个人信息处理规则 / How many numbers are shown in a day, how soon requests are answered, and the notice.",
    responses((status = 200, body = PrivacyPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/privacy")]
pub(crate) async fn get_privacy_policy(caller: Caller) -> Answer {
    read::<PrivacyPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updatePrivacyPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更个人信息保护配置 / Change the privacy policy",
    description = "变更所给的成员，其余不变；个人信息处理规则变更时递增 notice_version / Changes the members given and leaves the others; notice_version grows with the notice.",
    params(IfMatch),
    request_body(content = PrivacyPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = PrivacyPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/privacy")]
pub(crate) async fn update_privacy_policy(caller: Caller, if_match: IfMatch, body: Body<PrivacyPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

#[utoipa::path(
    operation_id = "getJoiningPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看入会配置 / Read the policy of joining",
    description = "第八、九条未作规定的编号与次数上限 / Numbers and limits that Articles 8 and 9 leave open.",
    responses((status = 200, body = JoiningPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/joining")]
pub(crate) async fn get_joining_policy(caller: Caller) -> Answer {
    read::<JoiningPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateJoiningPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更入会配置 / Change the policy of joining",
    description = "变更所给的成员，其余不变 / Changes the members given and leaves the others.",
    params(IfMatch),
    request_body(content = JoiningPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = JoiningPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/joining")]
pub(crate) async fn update_joining_policy(caller: Caller, if_match: IfMatch, body: Body<JoiningPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

#[utoipa::path(
    operation_id = "getFilingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看备案配置 / Read the policy of filings",
    description = "第二十五条“及时”的时限、提醒时点与回执编号；version 为 0 表示仍是默认值 / How soon Article 25 asks for filings, when to remind, what receipts are called; version 0 means the defaults.",
    responses((status = 200, body = FilingPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/filing")]
pub(crate) async fn get_filing_policy(caller: Caller) -> Answer {
    read::<FilingPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateFilingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更备案配置 / Change the policy of filings",
    description = "变更所给的成员，其余不变；已办备案的时限不变 / Changes the members given and leaves the others; what was filed keeps its deadline.",
    params(IfMatch),
    request_body(content = FilingPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = FilingPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/filing")]
pub(crate) async fn update_filing_policy(caller: Caller, if_match: IfMatch, body: Body<FilingPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

async fn read<P: Policy>(caller: &Caller) -> Answer {
    caller.authorize(&CONFIGURATION_READ, &Association)?;
    Ok(reply(&policy::fresh::<P>(caller.store()).await?)?)
}

async fn change<P: Policy + ToSchema>(
    caller: &Caller,
    if_match: IfMatch,
    body: Body<PolicyPatch<P>>,
    wanted: &Permission,
) -> Answer {
    let allowed = async { authorize(&caller.act.actor, wanted, &CONFIGURATION_READ, &Association) };
    caller
        .act_on((), if_match, body, allowed, async |work, target, patch| {
            work.authorize(wanted, &CONFIGURATION_READ, &Association)?;
            reply(&policy::change(work, target, |before| patch.onto(before)).await?)
        })
        .await
}

fn reply<P: Policy>(now: &InForce<P>) -> Result<Reply> {
    Ok(Reply::ok(&PolicyView::of(now))?.etag(now.version))
}
