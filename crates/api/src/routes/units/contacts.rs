//! Who speaks for a unit, now and before (Article 25).

use actix_web::{get, post, web};
use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Result, Text};
use gongjian_membership::action::{UNIT_CONTACT_CHANGE, UNIT_READ};
use gongjian_membership::unit::succession::{end_contact, set_contact};
use gongjian_membership::unit::terms::{TermFilter, TermOnFile, terms};
use gongjian_membership::unit::{ContactFiling, ContactKind, UnitId, queries};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use super::after;
use super::view::UnitView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::routes::filings::ReceiptView;
use crate::routes::issues::instant;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(file_representative)
        .service(file_liaison)
        .service(end_representative)
        .service(end_liaison)
        .service(list_contacts);
}

/// 固定代表或联络人备案：name 与 person_id 二者填一 / A filing of a representative or a liaison: exactly one of `name` and `person_id`.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactFile {
    /// 新登记的人员姓名 / Name of somebody to be put on file.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("李敏"))]
    name: Option<Text<1, 50>>,
    /// 本单位已登记的人员；秘书处可选任何已登记人员 / Somebody on file of this unit; the secretariat may name anybody on file.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Option<Uuid>,
    /// 职务 / Post in the unit.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("党委副书记"))]
    post: Text<1, 50>,
    /// 手机号码或带区号的固定电话，仅用于新登记的人员 / Mobile number, or a landline with its area code; of somebody new only.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 7, max_length = 32, pattern = "^[0-9+ -]+$", examples("13800000001"))]
    phone: Option<Text<1, 32>>,
    /// 电子邮箱，仅用于新登记的人员 / E-mail address; of somebody new only.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "email", min_length = 3, max_length = 254, examples("limin@example.org"))]
    email: Option<Text<1, 254>>,
    /// 秘书处收到备案的日期，由秘书处填写，省略时为今天 / Day on which the secretariat received the filing, given by the secretariat; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-12"))]
    filed_on: Option<NaiveDate>,
    /// 变动之日，时限自此起算；省略时为收到之日，目前无人担任时不填 / Day of the change, from which the time to file is counted; the day of the filing where it is absent; not given while nobody holds it.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    event_on: Option<NaiveDate>,
}

impl From<ContactFile> for ContactFiling {
    fn from(new: ContactFile) -> Self {
        Self {
            name: new.name,
            person: new.person_id.map(PersonId),
            post: new.post,
            phone: new.phone.map(Text::into_string),
            email: new.email.map(Text::into_string),
            filed_on: new.filed_on,
            event_on: new.event_on,
        }
    }
}

/// 离任 / The end of a term.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactEnd {
    /// 离任原因 / Why it ends.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("工作调动"))]
    reason: Text<2, 200>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TermQuery {
    /// 类别 / Kind.
    #[param(example = "representative")]
    kind: Option<ContactKind>,
}

/// 一段任期 / A term as representative or liaison.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TermView {
    /// 任期标识 / Id of the term.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09"))]
    id: Uuid,
    /// 类别 / Kind.
    kind: ContactKind,
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 电话号码，中段隐去 / Phone number, masked.
    #[schema(max_length = 20, pattern = r"^[0-9*-]+$", examples("138****0001"))]
    phone: Option<String>,
    /// 职务 / Post in the unit.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("党委副书记"))]
    post: String,
    /// 秘书处收到备案的日期 / Day on which the secretariat received the filing.
    #[schema(examples("2026-01-12"))]
    filed_on: NaiveDate,
    /// 任职起始 / Held since.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-12T02:03:04.567Z"))]
    since_at: String,
    /// 任职终止；现任为空 / Held until; null while it is held.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-13T02:03:04.567Z"))]
    until_at: Option<String>,
    /// 离任原因；由继任者接替的为空 / Why it ended; null where a successor took over.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("工作调动"))]
    end_reason: Option<String>,
    /// 前任人员标识 / Id of the predecessor.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a07"))]
    predecessor_id: Option<Uuid>,
    /// 备案回执；备案制度施行前的任期为空 / The receipt; null for terms before there were receipts.
    receipt: Option<ReceiptView>,
}

impl From<TermOnFile> for TermView {
    fn from(found: TermOnFile) -> Self {
        let TermOnFile { term, person, filing } = found;
        Self {
            id: term.id.0,
            kind: term.kind,
            person_id: person.id.0,
            name: person.name,
            phone: person.phone_masked,
            post: term.post,
            filed_on: term.filed_on,
            since_at: instant(term.since),
            until_at: term.until.map(instant),
            end_reason: term.end_reason,
            predecessor_id: term.predecessor_id.map(|person| person.0),
            receipt: filing.as_ref().map(ReceiptView::from),
        }
    }
}

#[utoipa::path(
    operation_id = "fileRepresentative",
    tag = tag::UNITS,
    summary = "备案固定代表 / File the representative",
    description = "第二十五条：换人由本单位决定，自报备起生效，回执随答复给出；前任任期、职权随之终止 / Article 25: the unit decides, and it takes effect with the filing, whose receipt the answer holds; the predecessor's term and rights end with it.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = ContactFile,
    responses((status = 200, body = UnitView, description = "备案后的单位 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/representative")]
pub(crate) async fn file_representative(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ContactFile>,
) -> Answer {
    file(&caller, UnitId(path.into_inner()), if_match, body, ContactKind::Representative).await
}

#[utoipa::path(
    operation_id = "fileLiaison",
    tag = tag::UNITS,
    summary = "备案联络人 / File the liaison",
    description = "第二十五条：换人由本单位决定，自报备起生效，回执随答复给出；前任任期、职权随之终止 / Article 25: the unit decides, and it takes effect with the filing, whose receipt the answer holds; the predecessor's term and rights end with it.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = ContactFile,
    responses((status = 200, body = UnitView, description = "备案后的单位 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/liaison")]
pub(crate) async fn file_liaison(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ContactFile>,
) -> Answer {
    file(&caller, UnitId(path.into_inner()), if_match, body, ContactKind::Liaison).await
}

#[utoipa::path(
    operation_id = "endRepresentative",
    tag = tag::UNITS,
    summary = "固定代表离任 / End the representative's term",
    description = "第二十五条：离任而暂无接替人选；报备接替人选的时限自此起算 / Article 25: the representative leaves and nobody is designated yet; the time for filing a successor begins.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = ContactEnd,
    responses((status = 200, body = UnitView, description = "离任后的单位 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/representative/end")]
pub(crate) async fn end_representative(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ContactEnd>,
) -> Answer {
    end(&caller, UnitId(path.into_inner()), if_match, body, ContactKind::Representative).await
}

#[utoipa::path(
    operation_id = "endLiaison",
    tag = tag::UNITS,
    summary = "联络人离任 / End the liaison's term",
    description = "第二十五条：离任而暂无接替人选；报备接替人选的时限自此起算 / Article 25: the liaison leaves and nobody is designated yet; the time for filing a successor begins.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), IfMatch),
    request_body = ContactEnd,
    responses((status = 200, body = UnitView, description = "离任后的单位 / The unit as it is now")),
)]
#[post("/v1/units/{unit_id}/liaison/end")]
pub(crate) async fn end_liaison(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ContactEnd>,
) -> Answer {
    end(&caller, UnitId(path.into_inner()), if_match, body, ContactKind::Liaison).await
}

#[utoipa::path(
    operation_id = "listUnitContacts",
    tag = tag::UNITS,
    summary = "历任固定代表和联络人 / Former and present contacts",
    description = "第二十五条：全部任期，最近的在前；限本单位人员和秘书处 / Article 25: all terms, the latest first; for the unit's own people and the secretariat.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), Paging, TermQuery),
    responses((status = 200, body = PageOf<TermView>, description = "一页 / One page")),
)]
#[get("/v1/units/{unit_id}/contacts")]
pub(crate) async fn list_contacts(caller: Caller, path: web::Path<Uuid>, query: Filter<TermQuery>) -> Answer {
    let (unit, filter) = (UnitId(path.into_inner()), TermFilter { kind: query.by.kind });
    let cursor = query.page.cursor.as_deref();
    let page = terms(caller.store(), &caller.act.actor, unit, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, TermView::from))?)
}

async fn may_change(caller: &Caller, id: UnitId) -> Result<()> {
    let unit = queries::get(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, &UNIT_CONTACT_CHANGE, &UNIT_READ, &unit)
}

async fn file(caller: &Caller, id: UnitId, if_match: IfMatch, body: Body<ContactFile>, kind: ContactKind) -> Answer {
    caller
        .act_on(id, if_match, body, may_change(caller, id), async |work, target, new| {
            let unit = set_contact(work, caller.identity(), target, kind, new.clone().into()).await?;
            after(work, unit).await
        })
        .await
}

async fn end(caller: &Caller, id: UnitId, if_match: IfMatch, body: Body<ContactEnd>, kind: ContactKind) -> Answer {
    caller
        .act_on(id, if_match, body, may_change(caller, id), async |work, target, end| {
            let unit = end_contact(work, caller.identity(), target, kind, end.reason.clone()).await?;
            after(work, unit).await
        })
        .await
}
