//! One's own data: taking them along, correcting them, asking that they are deleted.

use actix_web::{get, post};
use gongjian_governance::own as governing;
use gongjian_identity::phone::PhoneFault;
use gongjian_identity::privacy::correction::{Change, Correction, correct};
use gongjian_identity::privacy::request::{ask_for_deletion, named};
use gongjian_identity::privacy::{own, person_of};
use gongjian_identity::{Person, Phone};
use gongjian_kernel::seal::DataKeys;
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use gongjian_membership::own as filed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::{Validate, ValidateEmail as _};

use super::view::{
    ConsentView, OwnAccount, OwnAppointment, OwnExpertiseView, OwnFilingView, OwnServiceView, OwnSession,
    PrivacyRequestView, RevealView,
};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch, Patch};
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::issues::instant;
use crate::routes::persons::{OfficeView, PersonView};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_personal_data).service(correct_personal_data).service(request_deletion);
}

/// 本人 / Oneself, in full.
#[derive(Debug, Serialize, ToSchema)]
struct OwnPerson {
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 完整电话号码 / Phone number in full.
    #[schema(max_length = 20, pattern = "^[0-9+-]+$", examples("+8613800000001"))]
    phone: Option<String>,
    /// 电子邮箱 / E-mail address.
    #[schema(format = "email", max_length = 254, examples("limin@example.org"))]
    email: Option<String>,
    /// 登记时间 / Put on file at.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-12T02:03:04.567Z"))]
    created_at: String,
    /// 版本；更正时作为 If-Match / Version, for the If-Match of a correction.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl OwnPerson {
    fn of(person: Person, keys: &DataKeys) -> Result<Self> {
        Ok(Self {
            id: person.id.0,
            phone: person.phone(keys)?,
            name: person.name,
            email: person.email,
            created_at: instant(person.created_at),
            version: person.version,
        })
    }
}

/// 本人个人信息 / What is known of oneself.
#[derive(Debug, Serialize, ToSchema)]
struct PersonalData {
    /// 导出时间 / Exported at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:00:00.000Z"))]
    exported_at: String,
    /// 本人 / Oneself.
    person: OwnPerson,
    /// 账号 / Accounts.
    #[schema(max_items = 1000)]
    accounts: Vec<OwnAccount>,
    /// 现任职务 / Offices held now.
    #[schema(max_items = 1000)]
    offices: Vec<OfficeView>,
    /// 历次备案 / Filings as representative or liaison, the latest first.
    #[schema(max_items = 1000)]
    filings: Vec<OwnFilingView>,
    /// 历次任职 / Appointments, the latest first.
    #[schema(max_items = 1000)]
    appointments: Vec<OwnAppointment>,
    /// 历次公职和本会职务 / Posts, and offices that rest on oneself; the latest first.
    #[schema(max_items = 2000)]
    services: Vec<OwnServiceView>,
    /// 作为咨询专家的资料 / Oneself as an expert.
    expertise: Option<OwnExpertiseView>,
    /// 登录会话 / Sessions, the latest first.
    #[schema(max_items = 1000)]
    sessions: Vec<OwnSession>,
    /// 谁查看过本人电话号码 / Who saw one's number, the latest first.
    #[schema(max_items = 1000)]
    reveals: Vec<RevealView>,
    /// 同意记录 / Consents.
    #[schema(max_items = 1000)]
    consents: Vec<ConsentView>,
    /// 个人信息权利请求 / Requests about one's data.
    #[schema(max_items = 1000)]
    requests: Vec<PrivacyRequestView>,
}

#[utoipa::path(
    operation_id = "getPersonalData",
    tag = tag::PRIVACY,
    summary = "导出本人个人信息 / Export one's own data",
    description = "个人信息保护法第四十五条：查阅、复制本人个人信息，机器可读；每类至多最近 1000 条 / One's own data in a machine-readable form: at most the latest 1000 of each kind.",
    responses((status = 200, body = PersonalData, description = "本人个人信息 / One's own data")),
)]
#[get("/v1/me/personal-data")]
pub(crate) async fn get_personal_data(caller: Caller) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let db = store.db.reader();
    let id = person_of(actor)?;
    let known = own::read(store, actor).await?;
    let (name, version, today) = (known.person.name.clone(), known.person.version, store.today());
    let data = PersonalData {
        exported_at: instant(store.now()),
        person: OwnPerson::of(known.person, &store.keys.data)?,
        accounts: known.accounts.into_iter().map(OwnAccount::from).collect(),
        offices: caller
            .identity()
            .positions(db, &[id], caller.store().today())
            .await?
            .into_iter()
            .map(OfficeView::from)
            .collect(),
        filings: filed::filings(db, id).await?.into_iter().map(OwnFilingView::from).collect(),
        appointments: filed::appointments(db, id).await?.into_iter().map(OwnAppointment::from).collect(),
        services: governing::services(db, id).await?.into_iter().map(OwnServiceView::from).collect(),
        expertise: governing::expertise(db, id).await?.map(OwnExpertiseView::from),
        sessions: known.sessions.into_iter().map(OwnSession::from).collect(),
        reveals: known.reveals.into_iter().map(RevealView::from).collect(),
        consents: known.consents.into_iter().map(ConsentView::from).collect(),
        requests: known.requests.into_iter().map(|r| PrivacyRequestView::own(r, &name, today)).collect(),
    };
    Ok(Reply::ok(&data)?.etag_of_view(version).no_store())
}

/// 更正：未给的成员不变，null 为删去 / A correction: what is absent stays, null removes.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct CorrectionOrder {
    /// 姓名；由秘书处核对后更正 / Name; the secretariat checks it first.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("李旻"))]
    name: Option<Text<1, 50>>,
    /// 电话号码；即时更正 / Phone number, corrected at once.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 7, max_length = 32, pattern = "^[0-9+ -]+$", examples("13800000002"))]
    phone: Patch<Text<1, 32>>,
    /// 电子邮箱；即时更正 / E-mail address, corrected at once.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "email", min_length = 3, max_length = 254, examples("limin@example.org"))]
    email: Patch<Text<3, 254>>,
    /// 更正姓名的理由 / Why the name is wrong.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000]*$", examples("与身份证件不一致"))]
    reason: Option<Text<2, 500>>,
}

impl CorrectionOrder {
    fn read(&self) -> Result<Correction> {
        let mut faults = Vec::new();
        let phone = change(&self.phone, |raw| match Phone::parse(raw) {
            Ok(phone) => Some(phone),
            Err(PhoneFault) => {
                faults.push(FieldFault::body("/phone", PhoneFault::CODE, PhoneFault::detail()));
                None
            }
        });
        let email = change(&self.email, |raw| Some(raw.to_owned()));
        if let Change::Set(email) = &email
            && !email.validate_email()
        {
            let detail = Say::fixed("不是有效的电子邮箱地址。", "It is no e-mail address.");
            faults.push(FieldFault::body("/email", "invalid_email", detail));
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        Ok(Correction { name: self.name.clone(), phone, email, reason: self.reason.clone() })
    }
}

fn change<const MIN: usize, const MAX: usize, T>(
    patch: &Patch<Text<MIN, MAX>>,
    read: impl FnOnce(&str) -> Option<T>,
) -> Change<T> {
    match patch {
        Patch::Keep => Change::Keep,
        Patch::Clear => Change::Clear,
        Patch::Set(text) => read(text.as_str()).map_or(Change::Keep, Change::Set),
    }
}

/// 更正结果 / What a correction did.
#[derive(Debug, Serialize, ToSchema)]
struct Corrected {
    /// 更正后的本人信息，电话号码和邮箱隐去部分 / Oneself afterwards, number and address masked.
    person: PersonView,
    /// 更正姓名的请求；未要求更正姓名的为空 / The request for another name, if any.
    request: Option<PrivacyRequestView>,
}

#[utoipa::path(
    operation_id = "correctPersonalData",
    tag = tag::PRIVACY,
    summary = "更正本人个人信息 / Correct one's own data",
    description = "个人信息保护法第四十六条：电话号码、电子邮箱即时更正并留有记录；姓名由秘书处答复。If-Match 为导出中 person.version / Number and address are corrected at once and on record; another name is answered by the secretariat. If-Match is the person.version of the export.",
    params(IfMatch),
    request_body = CorrectionOrder,
    responses((status = 200, body = Corrected, description = "更正后 / As it is now")),
)]
#[post("/v1/me/corrections")]
pub(crate) async fn correct_personal_data(caller: Caller, if_match: IfMatch, body: Body<CorrectionOrder>) -> Answer {
    caller
        .act_on((), if_match, body, async { Ok(()) }, async |work, seen, order| {
            let (person, request) = correct(work, seen, order.read()?).await?;
            let (version, name) = (person.version, person.name.clone());
            let request = request.map(|request| PrivacyRequestView::own(request, &name, work.today()));
            Ok(Reply::ok(&Corrected { person: person.into(), request })?.etag(version))
        })
        .await
}

/// 注销请求 / A request for deletion.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct DeletionOrder {
    /// 理由，可不填 / Reason, if there is one to give.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000]*$", examples("已离任，不再参与本会工作"))]
    reason: Option<Text<2, 500>>,
}

#[utoipa::path(
    operation_id = "requestDeletion",
    tag = tag::PRIVACY,
    summary = "要求注销 / Ask for deletion",
    description = "个人信息保护法第四十七条：由秘书处在规定的工作日内答复；同意后姓名、电话号码、邮箱删除，账号停用，历史记录以标识保留；现任备案职务的须先变更备案（第二十五条）/ Answered by the secretariat within so many working days. When it is granted, name, number and address are gone and the account is shut; history stays by id. Whoever holds a filed office is succeeded first (Article 25).",
    request_body = DeletionOrder,
    responses((status = 201, body = PrivacyRequestView, description = "已提出 / Made")),
)]
#[post("/v1/me/deletion-requests")]
pub(crate) async fn request_deletion(caller: Caller, body: Body<DeletionOrder>) -> Answer {
    caller
        .command(body, async { Ok(()) }, async |work, order| {
            let request = ask_for_deletion(work, order.reason.clone()).await?;
            let view = PrivacyRequestView::of(named(work.tx(), request).await?, work.today());
            Ok(Reply::ok(&view)?.created(format!("/v1/privacy-requests/{}", view.id)).etag(view.version))
        })
        .await
}
