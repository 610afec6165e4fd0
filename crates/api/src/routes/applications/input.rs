//! What clients send about applications.

use chrono::NaiveDate;
use gongjian_kernel::Text;
use gongjian_membership::application::commands::Rejection;
use gongjian_membership::application::{
    ApplicationFilter, ApplicationOrigin, ApplicationStatus, ConsentOnRecord, Ineligibility, NewApplication,
    TrackingCode,
};
use gongjian_membership::unit::{AffiliationLevel, PartyOrgKind, UnitType};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::auth::Secret;
use crate::routes::units::ContactCreate;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ApplicationQuery {
    /// 申请状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["applied"]))]
    status: Option<AnyOf<ApplicationStatus>>,
    /// 申请来源，逗号分隔 / Origin, any of.
    #[param(style = Form, explode = false, example = json!(["recommended"]))]
    origin: Option<AnyOf<ApplicationOrigin>>,
    /// 街道代码，逗号分隔 / Street, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["990106007"]))]
    street_code: Option<AnyOf<Text<9, 9>>>,
}

impl From<&ApplicationQuery> for ApplicationFilter {
    fn from(query: &ApplicationQuery) -> Self {
        let streets = query.street_code.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Self {
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            origin: query.origin.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            street_code: streets.into_iter().map(Text::into_string).collect(),
        }
    }
}

/// 入会申请 / An application for membership.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApplicationCreate {
    /// 单位全称 / Full name.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("云栖材料科学研究院"))]
    name: Text<2, 100>,
    /// 单位类型（第八条）/ Type (Article 8).
    unit_type: UnitType,
    /// 隶属层级 / Level of affiliation.
    affiliation_level: AffiliationLevel,
    /// 统一社会信用代码（GB 32100）/ Unified social credit code.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 18, max_length = 18, pattern = "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$", examples("91350100M000100Y43"))]
    credit_code: Option<Text<1, 64>>,
    /// 无代码的理由；与代码二者填一 / Why there is no code; exactly one of the two is given.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("部队单位，不使用统一社会信用代码"))]
    credit_code_exempt_reason: Option<Text<1, 200>>,
    /// 所在街道代码（GB/T 10114）/ Code of the street.
    #[schema(value_type = String, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Text<9, 9>,
    /// 功能区代码 / Codes of the functional zones.
    #[serde(default)]
    #[validate(length(max = 20, code = "too_many", message = "至多 20 项。 / At most 20 items."))]
    #[schema(value_type = Vec<String>, max_items = 20, examples("Z1"))]
    zone_codes: Vec<Text<1, 20>>,
    /// 地址 / Address.
    #[schema(value_type = String, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青禾区科苑路 7 号"))]
    address: Text<1, 200>,
    /// 党组织名称 / Name of the party organisation.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("中共云栖材料科学研究院委员会"))]
    party_org_name: Text<2, 100>,
    /// 党组织类别 / Kind of the party organisation.
    party_org_kind: PartyOrgKind,
    /// 党员人数 / Number of party members.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10_000_000, examples(186))]
    party_member_count: Option<i32>,
    /// 经办人 / Whom to ask about the application.
    #[validate(nested)]
    contact: ContactCreate,
    /// 单位同意入会的记录；可以以后补 / The unit's consent; it may follow later.
    #[serde(default)]
    #[validate(nested)]
    consent: Option<ConsentCreate>,
}

/// 单位同意入会 / The unit's consent to joining.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentCreate {
    /// 同意人姓名 / Who consented for the unit.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("李敏"))]
    name: Text<1, 50>,
    /// 同意人职务 / In which post.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("党委书记"))]
    post: Text<1, 50>,
    /// 依据：文件字号或会议决定 / The document or decision that it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("院党委会议纪要〔2026〕12号"))]
    basis: Text<2, 200>,
    /// 同意日期 / Day of the consent.
    #[schema(examples("2026-01-09"))]
    consented_on: NaiveDate,
}

impl From<ConsentCreate> for ConsentOnRecord {
    fn from(consent: ConsentCreate) -> Self {
        let ConsentCreate { name, post, basis, consented_on: on } = consent;
        Self { name, post, basis, on }
    }
}

impl From<ApplicationCreate> for NewApplication {
    fn from(new: ApplicationCreate) -> Self {
        Self {
            name: new.name,
            unit_type: new.unit_type,
            affiliation_level: new.affiliation_level,
            credit_code: new.credit_code.map(Text::into_string),
            credit_code_exempt_reason: new.credit_code_exempt_reason,
            street_code: new.street_code.into_string(),
            zone_codes: new.zone_codes.into_iter().map(Text::into_string).collect(),
            address: new.address,
            party_org_name: new.party_org_name,
            party_org_kind: new.party_org_kind,
            party_member_count: new.party_member_count,
            contact: new.contact.into(),
            consent: new.consent.map(ConsentCreate::into),
            applied_on: None,
        }
    }
}

/// 申请查询码 / The tracking code of an application.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Tracking {
    /// 申请时给出的查询码 / The code that was given out on applying.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 100, examples("rh_6rX0h7rJ2m9Qe1bqk8sV5y3tZ4uWnA0cDfGhJkLmNpQ"))]
    tracking_code: Secret,
}

/// 补正入会申请 / A corrected application.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    /// 申请时给出的查询码 / The code that was given out on applying.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 100, examples("rh_6rX0h7rJ2m9Qe1bqk8sV5y3tZ4uWnA0cDfGhJkLmNpQ"))]
    tracking_code: Secret,
    /// 补正后的申请全文 / The whole application as it now is.
    #[validate(nested)]
    pub(super) application: ApplicationCreate,
}

/// 凭查询码同意入会 / Consent with the tracking code.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct TrackedConsent {
    /// 申请时给出的查询码 / The code that was given out on applying.
    #[schema(value_type = String, format = "password", min_length = 1, max_length = 100, examples("rh_6rX0h7rJ2m9Qe1bqk8sV5y3tZ4uWnA0cDfGhJkLmNpQ"))]
    tracking_code: Secret,
    /// 单位同意入会 / The unit's consent.
    #[validate(nested)]
    pub(super) consent: ConsentCreate,
}

macro_rules! coded {
    ($($body:ty),*) => {$(
        impl $body {
            pub(super) fn code(&self) -> TrackingCode {
                TrackingCode::sent(self.tracking_code.0.clone())
            }
        }
    )*};
}
coded!(Tracking, Correction, TrackedConsent);

/// 退回补正 / What is to be corrected.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnForCorrection {
    /// 需补正的内容 / What is missing or wrong.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("请补充党组织名称全称。"))]
    pub(super) correction: Text<2, 500>,
}

/// 不予入会 / A rejection.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct RejectionCreate {
    /// 不符合第八条的情形 / What of Article 8 is not met.
    ground: Ineligibility,
    /// 说明 / In words.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("注册地和服务范围均不在本区。"))]
    text: Text<2, 500>,
    /// 如何再次申请 / How to apply again.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("在本区设立办公场所后可再次申请。"))]
    how_to_reapply: Text<2, 500>,
}

impl From<RejectionCreate> for Rejection {
    fn from(rejection: RejectionCreate) -> Self {
        let RejectionCreate { ground, text, how_to_reapply } = rejection;
        Self { ground, text, how_to_reapply }
    }
}

/// 吸收入会 / An admission.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Admission {
    /// 是否承办意见的职能部门（第二十三条）/ Whether issues are dispatched to it (Article 23).
    #[serde(default)]
    #[schema(examples(false))]
    pub(super) handles_issues: bool,
}
