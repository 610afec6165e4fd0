//! Units through institutional reform, their history, and the units that a member recommends.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Permission, Refusal, Result, Target, Text, Work, write};
use gongjian_membership::Unit;
use gongjian_membership::action::{UNIT_READ, UNIT_REFORM, UNIT_RENAME};
use gongjian_membership::application::action::APPLICATION_RECOMMEND;
use gongjian_membership::application::commands as applications;
use gongjian_membership::unit::{
    AffiliationLevel, Decision, NewName, Parts, UnitChange, UnitId, UnitStatus, UnitType, UnitVersion, history,
    queries, reform,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::after;
use super::input::UnitCreate;
use super::view::UnitView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::routes::applications::input::ApplicationCreate;
use crate::routes::applications::received_reply;
use crate::routes::applications::view::ReceivedView;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(rename_unit)
        .service(merge_unit)
        .service(split_unit)
        .service(list_unit_history)
        .service(recommend_unit);
}

/// 单位更名 / A unit's new name.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Renaming {
    /// 新的单位全称 / The new full name.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青禾区文化和旅游局"))]
    name: Text<2, 100>,
    /// 新的党组织名称，省略时不变 / The new name of the party organisation; unchanged where it is absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("中共青禾区文化和旅游局党组"))]
    party_org_name: Option<Text<2, 100>>,
    /// 依据 / The document that it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青编〔2026〕7号"))]
    basis: Text<2, 200>,
    /// 文件日期 / Day of the document.
    #[schema(examples("2026-06-30"))]
    decided_on: NaiveDate,
}

/// 并入其他单位 / A merger into another unit.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Merging {
    /// 并入的单位，须在会 / The member that it goes up in.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02"))]
    into_unit_id: Uuid,
    /// 依据 / The document that it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青编〔2026〕7号"))]
    basis: Text<2, 200>,
    /// 文件日期 / Day of the document.
    #[schema(examples("2026-06-30"))]
    decided_on: NaiveDate,
}

/// 单位分立 / The split of a unit.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Splitting {
    /// 分立出的单位，各有同意入会的记录 / The new units, each with its consent.
    #[validate(nested)]
    #[schema(min_items = 1, max_items = 20)]
    units: Vec<UnitCreate>,
    /// 原单位是否存续 / Whether the unit goes on beside them.
    #[schema(examples(false))]
    continues: bool,
    /// 依据 / The document that it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青编〔2026〕7号"))]
    basis: Text<2, 200>,
    /// 文件日期 / Day of the document.
    #[schema(examples("2026-06-30"))]
    decided_on: NaiveDate,
}

/// 单位沿革中的一段 / A unit during some time.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitVersionView {
    /// 次序 / Which in the order of time.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    seq: i32,
    /// 自何日起（含）/ First day.
    #[schema(examples("2026-01-12"))]
    valid_from: NaiveDate,
    /// 至何日止（不含）；现状为空 / Day from which it holds no more; null for the present.
    #[schema(examples("2026-06-30"))]
    valid_to: Option<NaiveDate>,
    /// 变更 / What made it so.
    change: UnitChange,
    /// 依据 / What it rests on.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("青编〔2026〕7号"))]
    basis: Option<String>,
    /// 备案回执编号 / Number of the receipt.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("BA-2026-0012"))]
    receipt_no: Option<String>,
    /// 会员编号 / Member number.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("HY-0001"))]
    member_no: String,
    /// 单位全称 / Full name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("青禾区文化局"))]
    name: String,
    /// 单位类型 / Type.
    unit_type: UnitType,
    /// 隶属层级 / Level of affiliation.
    affiliation_level: AffiliationLevel,
    /// 统一社会信用代码 / Unified social credit code.
    #[schema(max_length = 18, pattern = "^[0-9A-HJ-NPQRTUWXY]{18}$", examples("91350100M000100Y43"))]
    credit_code: Option<String>,
    /// 所在街道代码 / Code of the street.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: String,
    /// 会员状态 / Membership status.
    status: UnitStatus,
}

impl From<UnitVersion> for UnitVersionView {
    fn from(version: UnitVersion) -> Self {
        Self {
            seq: version.seq,
            valid_from: version.valid_from,
            valid_to: version.valid_to,
            change: version.change,
            basis: version.basis,
            receipt_no: version.receipt_no,
            member_no: version.member_no,
            name: version.name,
            unit_type: version.unit_type,
            affiliation_level: version.affiliation_level,
            credit_code: version.credit_code.map(|code| code.as_str().to_owned()),
            street_code: version.street_code,
            status: version.status,
        }
    }
}

#[utoipa::path(
    operation_id = "renameUnit",
    tag = tag::UNITS,
    summary = "单位更名备案 / File a new name",
    description = "由本单位固定代表或秘书处凭文件备案；曾用名仍可检索 / By the unit's representative or the secretariat, with the document; the former name is found as before.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = Renaming,
    responses((status = 200, body = UnitView, description = "更名后的单位 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/rename")]
pub(crate) async fn rename_unit(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Renaming>,
) -> Answer {
    reforms(&caller, path, if_match, body, &UNIT_RENAME, async |work, target, sent: &Renaming| {
        let decision = Decision { basis: sent.basis.clone(), on: sent.decided_on };
        let new = NewName { name: sent.name.clone(), party_org_name: sent.party_org_name.clone(), decision };
        reform::rename(work, target, new).await
    })
    .await
}

#[utoipa::path(
    operation_id = "mergeUnit",
    tag = tag::UNITS,
    summary = "登记单位合并 / Put a merger on file",
    description = "单位并入另一在会单位而终止；原标识继续有效，并指向承继单位 / The unit ends in another member; its id goes on to be understood and names its successor.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = Merging,
    responses((status = 200, body = UnitView, description = "合并后的原单位 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/merge")]
pub(crate) async fn merge_unit(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Merging>,
) -> Answer {
    reforms(&caller, path, if_match, body, &UNIT_REFORM, async |work, target, sent: &Merging| {
        let decision = Decision { basis: sent.basis.clone(), on: sent.decided_on };
        reform::merge(work, caller.identity(), target, UnitId(sent.into_unit_id), decision).await
    })
    .await
}

#[utoipa::path(
    operation_id = "splitUnit",
    tag = tag::UNITS,
    summary = "登记单位分立 / Put a split on file",
    description = "分立出的单位各有同意入会的记录；原单位存续或终止 / Each of the new units has consented to membership; the unit goes on or ends.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = Splitting,
    responses((status = 200, body = UnitView, description = "分立后的原单位 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/split")]
pub(crate) async fn split_unit(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Splitting>,
) -> Answer {
    reforms(&caller, path, if_match, body, &UNIT_REFORM, async |work, target, sent: &Splitting| {
        let decision = Decision { basis: sent.basis.clone(), on: sent.decided_on };
        let units = sent.units.iter().cloned().map(UnitCreate::into).collect();
        let parts = Parts { units, continues: sent.continues, decision };
        reform::split(work, caller.identity(), target, parts).await
    })
    .await
}

async fn reforms<T, F>(
    caller: &Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<T>,
    wanted: &Permission,
    run: F,
) -> Answer
where
    T: DeserializeOwned + Validate + ToSchema + 'static,
    F: AsyncFn(&mut Work<'_>, Target<UnitId>, &T) -> Result<Unit, Refusal>,
{
    let id = UnitId(path.into_inner());
    let allowed = async {
        let unit = queries::get(caller.store(), &caller.act.actor, id).await?;
        authorize(&caller.act.actor, wanted, &UNIT_READ, &unit)
    };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, sent| {
            let unit = run(work, target, sent).await?;
            after(work, unit).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listUnitHistory",
    tag = tag::UNITS,
    summary = "单位沿革 / History of a unit",
    description = "入会、更名、合并、分立、退会，按先后 / Joining, names, mergers, splits, leaving, first to last.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), Paging),
    responses((status = 200, body = PageOf<UnitVersionView>, description = "一页 / One page")),
)]
#[get("/v1/units/{unit_id}/history")]
pub(crate) async fn list_unit_history(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let id = UnitId(path.into_inner());
    let cursor = query.page.cursor.as_deref();
    let page = history::of(caller.store(), &caller.act.actor, id, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, UnitVersionView::from))?)
}

#[utoipa::path(
    operation_id = "recommendUnit",
    tag = tag::UNITS,
    summary = "推荐单位入会 / Recommend a unit",
    description = "第八条：在会单位的固定代表推荐；查询码只显示一次，请转交被推荐单位，由其确认同意入会 / Article 8: by the representative of a member; the tracking code is shown once and is passed on to the unit, which consents with it.",
    params(("unit_id" = Uuid, Path, description = "推荐单位标识 / Id of the recommending unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")),
    request_body = ApplicationCreate,
    responses((status = 201, body = ReceivedView, description = "已受理 / Received")),
)]
#[post("/v1/units/{unit_id}/recommendations")]
pub(crate) async fn recommend_unit(caller: Caller, path: web::Path<Uuid>, body: Body<ApplicationCreate>) -> Answer {
    let id = UnitId(path.into_inner());
    let unit = queries::get(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, &APPLICATION_RECOMMEND, &UNIT_READ, &unit)?;
    let new = body.valid()?.into();
    let recommend = async |work: &mut Work<'_>| applications::recommend(work, id, &new).await;
    Ok(received_reply(write(caller.store(), &caller.act, recommend).await?)?)
}
