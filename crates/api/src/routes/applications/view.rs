//! What clients see of an application.

use chrono::NaiveDate;
use gongjian_kernel::Actor;
use gongjian_membership::application::commands::Received;
use gongjian_membership::application::queries::{allowed_actions, open_to_applicant};
use gongjian_membership::application::{
    Application, ApplicationAction, ApplicationOrigin, ApplicationStatus, ConsentVia, Ineligibility,
};
use gongjian_membership::unit::{AffiliationLevel, PartyOrgKind, UnitType};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::instant;

/// 已受理的申请 / An application as it was received.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceivedView {
    /// 申请标识 / Id of the application.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11"))]
    pub(super) id: Uuid,
    /// 申请编号 / Number of the application.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("RH-2026-0001"))]
    number: String,
    /// 查询码，只显示这一次，请妥善保管 / The tracking code. It is shown this once.
    #[schema(format = "password", max_length = 100, examples("rh_6rX0h7rJ2m9Qe1bqk8sV5y3tZ4uWnA0cDfGhJkLmNpQ"))]
    tracking_code: String,
    /// 申请状态 / Status.
    status: ApplicationStatus,
    /// 是否已有单位同意入会的记录 / Whether the unit's consent is on record.
    #[schema(examples(false))]
    has_consent: bool,
}

impl From<Received> for ReceivedView {
    fn from(received: Received) -> Self {
        let Received { application, code } = received;
        Self {
            id: application.id.0,
            has_consent: application.has_consent(),
            number: application.number,
            tracking_code: code.reveal().to_owned(),
            status: application.status,
        }
    }
}

/// 申请人看到的申请 / An application as the applicant sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrackedView {
    /// 申请编号 / Number of the application.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("RH-2026-0001"))]
    number: String,
    /// 申请状态 / Status.
    status: ApplicationStatus,
    /// 单位全称 / Full name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 是否已有单位同意入会的记录 / Whether the unit's consent is on record.
    #[schema(examples(true))]
    has_consent: bool,
    /// 需补正的内容 / What is to be corrected.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("请补充党组织名称全称。"))]
    correction: Option<String>,
    /// 不符合第八条的情形 / What of Article 8 is not met.
    ineligibility: Option<Ineligibility>,
    /// 不予入会的说明 / The rejection in words.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("注册地和服务范围均不在本区。"))]
    rejection: Option<String>,
    /// 如何再次申请 / How to apply again.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("在本区设立办公场所后可再次申请。"))]
    how_to_reapply: Option<String>,
    /// 申请日期 / Day of the application.
    #[schema(examples("2026-01-05"))]
    applied_on: NaiveDate,
    /// 办结日期 / Day of the decision.
    #[schema(examples("2026-01-12"))]
    decided_on: Option<NaiveDate>,
    /// 凭查询码可进行的操作 / What is open with the code now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ApplicationAction>,
}

impl From<Application> for TrackedView {
    fn from(application: Application) -> Self {
        Self {
            allowed_actions: open_to_applicant(&application),
            has_consent: application.has_consent(),
            number: application.number,
            status: application.status,
            name: application.name,
            correction: application.correction,
            ineligibility: application.ineligibility,
            rejection: application.rejection,
            how_to_reapply: application.how_to_reapply,
            applied_on: application.applied_on,
            decided_on: application.decided_on,
        }
    }
}

/// 同意入会的记录 / The consent on record.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JoiningConsentView {
    /// 同意人姓名 / Who consented for the unit.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 同意人职务 / In which post.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("党委书记"))]
    post: String,
    /// 依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("院党委会议纪要〔2026〕12号"))]
    basis: String,
    /// 同意日期 / Day of the consent.
    #[schema(examples("2026-01-09"))]
    consented_on: NaiveDate,
    /// 方式 / How it was given.
    via: ConsentVia,
}

/// 入会申请 / An application.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApplicationView {
    /// 申请标识 / Id of the application.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a11"))]
    id: Uuid,
    /// 申请编号 / Number of the application.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("RH-2026-0001"))]
    number: String,
    /// 申请状态 / Status.
    status: ApplicationStatus,
    /// 申请来源 / Origin.
    origin: ApplicationOrigin,
    /// 推荐单位 / The member that recommended the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    recommended_by_unit_id: Option<Uuid>,
    /// 单位全称 / Full name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 单位类型 / Type.
    unit_type: UnitType,
    /// 隶属层级 / Level of affiliation.
    affiliation_level: AffiliationLevel,
    /// 统一社会信用代码 / Unified social credit code.
    #[schema(max_length = 18, pattern = "^[0-9A-HJ-NPQRTUWXY]{18}$", examples("91350100M000100Y43"))]
    credit_code: Option<String>,
    /// 无代码的理由 / Why there is no code.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("部队单位，不使用统一社会信用代码"))]
    credit_code_exempt_reason: Option<String>,
    /// 所在街道代码 / Code of the street.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: String,
    /// 功能区代码 / Codes of the functional zones.
    #[schema(max_items = 20, examples("Z1"))]
    zone_codes: Vec<String>,
    /// 地址 / Address.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青禾区科苑路 7 号"))]
    address: String,
    /// 党组织名称 / Name of the party organisation.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("中共云栖材料科学研究院委员会"))]
    party_org_name: String,
    /// 党组织类别 / Kind of the party organisation.
    party_org_kind: PartyOrgKind,
    /// 党员人数 / Number of party members.
    #[schema(minimum = 0, maximum = 10_000_000, examples(186))]
    party_member_count: Option<i32>,
    /// 经办人的人员标识 / Id of the person to ask.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    contact_person_id: Uuid,
    /// 经办人姓名 / Whom to ask.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("王芳"))]
    contact_name: String,
    /// 经办人职务 / In which post.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("党办主任"))]
    contact_post: String,
    /// 经办人电话，中段隐去 / Phone number, masked.
    #[schema(max_length = 20, pattern = r"^[0-9*-]+$", examples("138****0001"))]
    contact_phone: Option<String>,
    /// 同意入会的记录 / The consent on record.
    consent: Option<JoiningConsentView>,
    /// 需补正的内容 / What is to be corrected.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("请补充党组织名称全称。"))]
    correction: Option<String>,
    /// 不符合第八条的情形 / What of Article 8 is not met.
    ineligibility: Option<Ineligibility>,
    /// 不予入会的说明 / The rejection in words.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("注册地和服务范围均不在本区。"))]
    rejection: Option<String>,
    /// 如何再次申请 / How to apply again.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("在本区设立办公场所后可再次申请。"))]
    how_to_reapply: Option<String>,
    /// 入会后的单位 / The member that the applicant became.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 申请日期 / Day of the application.
    #[schema(examples("2026-01-05"))]
    applied_on: NaiveDate,
    /// 办结日期 / Day of the decision.
    #[schema(examples("2026-01-12"))]
    decided_on: Option<NaiveDate>,
    /// 当前可进行的操作 / What the caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ApplicationAction>,
    /// 版本，即 ETag 的数字 / Version, the number in the ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
    /// 更新时间 / Changed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-12T02:03:04.567Z"))]
    updated_at: String,
}

impl ApplicationView {
    pub(super) fn of(actor: &Actor, application: Application) -> Self {
        let consent = consent(&application);
        Self {
            allowed_actions: allowed_actions(actor, &application),
            consent,
            id: application.id.0,
            number: application.number,
            status: application.status,
            origin: application.origin,
            recommended_by_unit_id: application.recommended_by.map(|unit| unit.0),
            name: application.name,
            unit_type: application.unit_type,
            affiliation_level: application.affiliation_level,
            credit_code: application.credit_code.map(|code| code.as_str().to_owned()),
            credit_code_exempt_reason: application.credit_code_exempt_reason,
            street_code: application.street_code,
            zone_codes: application.zone_codes.0,
            address: application.address,
            party_org_name: application.party_org_name,
            party_org_kind: application.party_org_kind,
            party_member_count: application.party_member_count,
            contact_person_id: application.contact_person_id.0,
            contact_name: application.contact_name,
            contact_post: application.contact_post,
            contact_phone: application.contact_phone_masked,
            correction: application.correction,
            ineligibility: application.ineligibility,
            rejection: application.rejection,
            how_to_reapply: application.how_to_reapply,
            unit_id: application.unit_id.map(|unit| unit.0),
            applied_on: application.applied_on,
            decided_on: application.decided_on,
            version: application.version,
            updated_at: instant(application.updated_at),
        }
    }
}

fn consent(application: &Application) -> Option<JoiningConsentView> {
    Some(JoiningConsentView {
        name: application.consent_name.clone()?,
        post: application.consent_post.clone()?,
        basis: application.consent_basis.clone()?,
        consented_on: application.consent_on?,
        via: application.consent_via?,
    })
}
