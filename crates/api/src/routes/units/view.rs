//! What clients see of a unit.

use chrono::NaiveDate;
use gongjian_membership::unit::{
    AffiliationLevel, ContactKind, ContactOnFile, PartyOrgKind, UnitCard, UnitStatus, UnitType,
};
use gongjian_membership::{Unit, masked_phone};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::papers::Papers;
use crate::routes::filings::{GapView, ReceiptView};
use crate::routes::issues::instant;

/// 现任固定代表或联络人 / A person who speaks for the unit now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ContactView {
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 职务 / Post in the unit.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("党委副书记"))]
    post: String,
    /// 电话号码，中段隐去 / Phone number, masked.
    #[schema(max_length = 20, pattern = r"^[0-9*-]+$", examples("138****0001"))]
    phone: Option<String>,
    /// 秘书处收到备案的日期 / Day on which the secretariat received the filing.
    #[schema(examples("2026-01-12"))]
    filed_on: NaiveDate,
    /// 任职起始时间 / Since when.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-12T02:03:04.567Z"))]
    since_at: String,
    /// 备案回执；其他单位的人员不见 / The receipt; null for people of other units.
    receipt: Option<ReceiptView>,
}

impl ContactView {
    fn of(contact: ContactOnFile, receipt: Option<ReceiptView>) -> Self {
        let ContactOnFile { person, post, filed_on, since, .. } = contact;
        Self {
            person_id: person.id.0,
            name: person.name,
            post,
            phone: person.phone.as_deref().map(masked_phone),
            filed_on,
            since_at: instant(since),
            receipt,
        }
    }
}

/// 单位 / A unit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitView {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Uuid,
    /// 会员编号 / Member number.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("HY-0001"))]
    member_no: String,
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
    /// 是否承办意见的职能部门 / Whether issues are dispatched to it.
    #[schema(examples(false))]
    handles_issues: bool,
    /// 会员状态 / Membership status.
    status: UnitStatus,
    /// 申请日期 / Day of the application.
    #[schema(examples("2026-01-05"))]
    applied_on: Option<NaiveDate>,
    /// 入会日期 / Day of joining.
    #[schema(examples("2026-01-12"))]
    joined_on: Option<NaiveDate>,
    /// 退会日期 / Day of leaving.
    #[schema(examples("2026-10-01"))]
    withdrawn_on: Option<NaiveDate>,
    /// 现任固定代表 / The present representative.
    representative: Option<ContactView>,
    /// 现任联络人 / The present liaison.
    liaison: Option<ContactView>,
    /// 缺位的固定代表或联络人（第二十五条）；其他单位的人员不见 / What the unit has not filed (Article 25); null for people of other units.
    #[schema(max_items = 2)]
    filing_gaps: Option<Vec<GapView>>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(3))]
    version: i32,
    /// 建立时间 / Made at.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-12T02:03:04.567Z"))]
    created_at: String,
    /// 更新时间 / Changed at.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-12T02:03:04.567Z"))]
    updated_at: String,
}

impl UnitView {
    /// The unit with the persons who speak for it now.
    pub(super) fn of(unit: Unit, contacts: Vec<ContactOnFile>, papers: Option<Papers>) -> Self {
        let (mut representative, mut liaison) = (None, None);
        for contact in contacts {
            let receipt = papers.as_ref().and_then(|papers| papers.receipt(&contact));
            match contact.kind {
                ContactKind::Representative => representative = Some(ContactView::of(contact, receipt)),
                ContactKind::Liaison => liaison = Some(ContactView::of(contact, receipt)),
            }
        }
        Self {
            id: unit.id.0,
            member_no: unit.member_no,
            name: unit.name,
            unit_type: unit.unit_type,
            affiliation_level: unit.affiliation_level,
            credit_code: unit.credit_code.map(|code| code.as_str().to_owned()),
            credit_code_exempt_reason: unit.credit_code_exempt_reason,
            street_code: unit.street_code,
            zone_codes: unit.zone_codes.0,
            address: unit.address,
            party_org_name: unit.party_org_name,
            party_org_kind: unit.party_org_kind,
            party_member_count: unit.party_member_count,
            handles_issues: unit.handles_issues,
            status: unit.status,
            applied_on: unit.applied_on,
            joined_on: unit.joined_on,
            withdrawn_on: unit.withdrawn_on,
            representative,
            liaison,
            filing_gaps: papers.map(|papers| papers.gaps.into_iter().map(GapView::from).collect()),
            version: unit.version,
            created_at: instant(unit.created_at),
            updated_at: instant(unit.updated_at),
        }
    }
}

/// 单位列表中的一行 / A row of the list of units.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitSummary {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Uuid,
    /// 会员编号 / Member number.
    #[schema(max_length = 40, pattern = "^[A-Z0-9-]+$", examples("HY-0001"))]
    member_no: String,
    /// 单位全称 / Full name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
    /// 单位类型 / Type.
    unit_type: UnitType,
    /// 隶属层级 / Level of affiliation.
    affiliation_level: AffiliationLevel,
    /// 所在街道代码 / Code of the street.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: String,
    /// 是否承办意见的职能部门 / Whether issues are dispatched to it.
    #[schema(examples(false))]
    handles_issues: bool,
    /// 会员状态 / Membership status.
    status: UnitStatus,
    /// 入会日期 / Day of joining.
    #[schema(examples("2026-01-12"))]
    joined_on: Option<NaiveDate>,
}

impl From<UnitCard> for UnitSummary {
    fn from(card: UnitCard) -> Self {
        Self {
            id: card.id.0,
            member_no: card.member_no,
            name: card.name,
            unit_type: card.unit_type,
            affiliation_level: card.affiliation_level,
            street_code: card.street_code,
            handles_issues: card.handles_issues,
            status: card.status,
            joined_on: card.joined_on,
        }
    }
}
