//! Units, their representatives and liaisons (Articles 4, 8, 25), how they leave and what becomes of them.

mod contacts;
mod input;
mod leaving;
mod papers;
mod reform;
mod view;

use actix_web::{get, post, web};
use chrono::NaiveDate;
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{Actor, FieldFault, Refusal, Result, Say, Work};
use gongjian_membership::Unit;
use gongjian_membership::action::{UNIT_CONTACT_HISTORY, UNIT_CREATE, UNIT_READ};
use gongjian_membership::unit::{UnitFilter, UnitId, as_of, commands, history, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::document::tag;
use crate::extract::{Body, Caller, Filter, Paging};
use crate::faults::INVALID_PARAMETER;
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
pub(crate) use input::ContactCreate;
use input::{UnitCreate, UnitQuery};
use papers::Papers;
use view::{UnitSummary, UnitView};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_units)
        .service(create_unit)
        .service(get_unit)
        .configure(contacts::configure)
        .configure(leaving::configure)
        .configure(reform::configure);
}

#[utoipa::path(
    operation_id = "listUnits",
    tag = tag::UNITS,
    summary = "单位列表 / List units",
    description = "会员单位与职能部门，按会员编号排列；全部条件同时成立；as_of 列出过去某日的情况 / Member units and departments by member number; all conditions hold; `as_of` lists them as they were on a past day.",
    params(Paging, UnitQuery),
    responses((status = 200, body = PageOf<UnitSummary>, description = "一页 / One page")),
)]
#[get("/v1/units")]
pub(crate) async fn list_units(caller: Caller, query: Filter<UnitQuery>) -> Answer {
    let filter = UnitFilter::from(&query.by);
    let cursor = query.page.cursor.as_deref();
    if let Some(day) = query.by.as_of {
        not_in_future(&caller, day)?;
        let page = as_of::list(caller.store(), &caller.act.actor, day, &filter, query.page.limit, cursor).await?;
        return Ok(query.reply(&PageOf::of(page, UnitSummary::from))?);
    }
    let page = queries::list(caller.store(), &caller.act.actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, UnitSummary::from))?)
}

/// Nobody knows what the members will be.
fn not_in_future(caller: &Caller, day: NaiveDate) -> Result<()> {
    if day <= caller.store().today() {
        return Ok(());
    }
    let at = Locator::Parameter("as_of".to_owned());
    let detail = Say::fixed("日期不能晚于今天。", "It must not lie after today.");
    Err(Refusal { fields: vec![FieldFault { at, code: "in_future", detail }], ..Refusal::of(&INVALID_PARAMETER) })
}

#[utoipa::path(
    operation_id = "createUnit",
    tag = tag::UNITS,
    summary = "登记单位 / Put a unit on file",
    description = "第八、二十五条：凭单位同意入会的文件登记，可同时备案固定代表和联络人 / Articles 8 and 25: puts a unit on file that has consented, with its representative and its liaison where it has designated them.",
    request_body = UnitCreate,
    responses((status = 201, body = UnitView, description = "已登记 / On file")),
)]
#[post("/v1/units")]
pub(crate) async fn create_unit(caller: Caller, body: Body<UnitCreate>) -> Answer {
    let allowed = async { authorize(&caller.act.actor, &UNIT_CREATE, &UNIT_READ, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let unit = commands::create_unit(work, new.clone().into()).await?;
            let location = format!("/v1/units/{}", unit.id);
            Ok(after(work, unit).await?.created(location))
        })
        .await
}

#[utoipa::path(
    operation_id = "getUnit",
    tag = tag::UNITS,
    summary = "查看单位 / Read a unit",
    description = "单位档案及现任固定代表、联络人；电话号码隐去中段；部队单位的详情、备案回执与缺位只对秘书处和本单位显示 / The unit with its present representative and liaison; phone numbers are masked; of a military unit others see only which one it is; receipts and missing filings are for its own people and the secretariat.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")),
    responses((status = 200, body = UnitView, description = "单位 / The unit")),
)]
#[get("/v1/units/{unit_id}")]
pub(crate) async fn get_unit(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let unit = queries::get(caller.store(), &caller.act.actor, UnitId(path.into_inner())).await?;
    let contacts = queries::contacts_of(caller.store().db.reader(), [unit.id]).await?;
    let successors = history::successors(caller.store().db.reader(), unit.id).await?;
    let actor = &caller.act.actor;
    let papers = match sees_papers(actor, &unit) {
        true => Some(Papers::of(caller.store(), &unit, &contacts).await?),
        false => None,
    };
    let version = unit.version;
    Ok(Reply::ok(&UnitView::seen_by(actor, unit, contacts, successors, papers))?.etag_of_view(version))
}

/// The unit as it is after a command.
async fn after(work: &Work<'_>, unit: Unit) -> Result<Reply> {
    let contacts = queries::contacts_of(work.tx(), [unit.id]).await?;
    let successors = history::successors(work.tx(), unit.id).await?;
    let papers = match sees_papers(work.actor(), &unit) {
        true => Some(Papers::within(work, &unit, &contacts).await?),
        false => None,
    };
    let version = unit.version;
    Ok(Reply::ok(&UnitView::of(unit, contacts, successors, papers))?.etag_of_view(version))
}

/// Whether the caller sees the unit's receipts and what it has not filed.
fn sees_papers(actor: &Actor, unit: &Unit) -> bool {
    actor.may(&UNIT_CONTACT_HISTORY, unit)
}
