//! What clients send about units.

use chrono::NaiveDate;
use gongjian_kernel::Text;
use gongjian_membership::unit::{
    AffiliationLevel, Consent, Membership, NewContact, NewUnit, PartyOrgKind, UnitFilter, UnitStatus, UnitType,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::extract::AnyOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UnitQuery {
    /// 会员状态，逗号分隔 / Membership status, any of.
    #[param(style = Form, explode = false, example = json!(["active"]))]
    status: Option<AnyOf<UnitStatus>>,
    /// 单位类型，逗号分隔 / Type, any of.
    #[param(style = Form, explode = false, example = json!(["research", "university"]))]
    unit_type: Option<AnyOf<UnitType>>,
    /// 隶属层级，逗号分隔 / Level of affiliation, any of.
    #[param(style = Form, explode = false, example = json!(["district"]))]
    affiliation_level: Option<AnyOf<AffiliationLevel>>,
    /// 街道代码，逗号分隔 / Street, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["990106007"]))]
    street_code: Option<AnyOf<Text<9, 9>>>,
    /// 是否承办意见的职能部门 / Whether issues are dispatched to it.
    #[param(example = true)]
    handles_issues: Option<bool>,
    /// 名称或曾用名的一部分、拼音首字母，或信用代码、会员编号的开头 / A part of the name or of a former one, initials of its pinyin, or the beginning of the credit code or member number.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", example = "jyj")]
    q: Option<Text<1, 100>>,
    /// 按该日终了时的情况列出 / As it was at the end of that day.
    #[param(example = "2026-06-30")]
    pub(super) as_of: Option<NaiveDate>,
}

impl From<&UnitQuery> for UnitFilter {
    fn from(query: &UnitQuery) -> Self {
        Self {
            status: words(query.status.as_ref()),
            unit_type: words(query.unit_type.as_ref()),
            affiliation_level: words(query.affiliation_level.as_ref()),
            street_code: words(query.street_code.as_ref()).into_iter().map(Text::into_string).collect(),
            handles_issues: query.handles_issues,
            q: query.q.clone().map(Text::into_string),
        }
    }
}

fn words<T: Clone>(any: Option<&AnyOf<T>>) -> Vec<T> {
    any.map(|any| any.0.clone()).unwrap_or_default()
}

/// 登记单位 / A unit to be put on file.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitCreate {
    /// 会员编号，省略时由系统编号 / Member number; from the series where it is absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 32, pattern = "^[A-Z0-9-]+$", examples("HY-0001"))]
    member_no: Option<Text<1, 32>>,
    /// 单位全称 / Full name.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("云栖材料科学研究院"))]
    name: Text<2, 100>,
    /// 单位类型 / Type.
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
    /// 是否承办意见的职能部门（第二十三条）/ Whether issues are dispatched to it (Article 23).
    #[serde(default)]
    #[schema(examples(false))]
    handles_issues: bool,
    /// 单位同意入会的记录（平等自愿原则）/ The unit's consent to joining (voluntariness).
    #[validate(nested)]
    consent: UnitConsent,
    /// 会员状态，省略时为在会 / Membership status; active where it is absent.
    #[serde(default = "active")]
    status: UnitStatus,
    /// 申请日期 / Day of the application.
    #[serde(default)]
    #[schema(examples("2026-01-05"))]
    applied_on: Option<NaiveDate>,
    /// 入会日期，在会单位省略时为今天 / Day of joining; today for an active unit where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-12"))]
    joined_on: Option<NaiveDate>,
    /// 退会日期 / Day of leaving.
    #[serde(default)]
    #[schema(examples("2026-10-01"))]
    withdrawn_on: Option<NaiveDate>,
    /// 固定代表；可在入会后指定（第二十五条）/ The fixed representative; it may be designated after joining (Article 25).
    #[serde(default)]
    #[validate(nested)]
    representative: Option<ContactCreate>,
    /// 联络人；可在入会后指定（第二十五条）/ The liaison; it may be designated after joining (Article 25).
    #[serde(default)]
    #[validate(nested)]
    liaison: Option<ContactCreate>,
}

/// 单位同意入会的文件 / The document by which the unit consented to joining.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitConsent {
    /// 依据：文件字号或会议决定 / The document or decision.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("院党委会议纪要〔2026〕12号"))]
    basis: Text<2, 200>,
    /// 同意日期 / Day of the consent.
    #[schema(examples("2026-01-09"))]
    consented_on: NaiveDate,
}

fn active() -> UnitStatus {
    UnitStatus::Active
}

/// 备案人员 / A person to be filed.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactCreate {
    /// 姓名 / Name.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("李敏"))]
    name: Text<1, 50>,
    /// 职务 / Post in the unit.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("党委副书记"))]
    post: Text<1, 50>,
    /// 手机号码或带区号的固定电话 / Mobile number, or a landline with its area code.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 7, max_length = 32, pattern = "^[0-9+ -]+$", examples("13800000001"))]
    phone: Option<Text<1, 32>>,
    /// 电子邮箱 / E-mail address.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "email", min_length = 3, max_length = 254, examples("limin@example.org"))]
    email: Option<Text<1, 254>>,
    /// 秘书处收到备案的日期，省略时为今天 / Day on which the secretariat received the filing; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-12"))]
    filed_on: Option<NaiveDate>,
}

impl From<UnitCreate> for NewUnit {
    fn from(new: UnitCreate) -> Self {
        Self {
            member_no: new.member_no,
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
            handles_issues: new.handles_issues,
            membership: Membership {
                status: new.status,
                applied_on: new.applied_on,
                joined_on: new.joined_on,
                withdrawn_on: new.withdrawn_on,
            },
            consent: Consent { basis: new.consent.basis, on: new.consent.consented_on },
            representative: new.representative.map(ContactCreate::into),
            liaison: new.liaison.map(ContactCreate::into),
        }
    }
}

impl From<ContactCreate> for NewContact {
    fn from(new: ContactCreate) -> Self {
        Self {
            name: new.name,
            post: new.post,
            phone: new.phone.map(Text::into_string),
            email: new.email.map(Text::into_string),
            filed_on: new.filed_on,
        }
    }
}
