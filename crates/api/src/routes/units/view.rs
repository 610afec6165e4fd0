//! What clients see of a unit.

use chrono::NaiveDate;
use gongjian_kernel::Actor;
use gongjian_membership::action::UNIT_READ_IN_FULL;
use gongjian_membership::unit::{
    AffiliationLevel, ContactKind, ContactOnFile, PartyOrgKind, ReformKind, Successor, UnitCard, UnitStatus, UnitType,
    UnitVersion,
};
use gongjian_membership::{Unit, masked_email};
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
    /// 电子邮箱；除秘书处和本单位外隐去部分 / E-mail address; masked but for the secretariat and the unit itself.
    #[schema(max_length = 254, pattern = r"^[^\x00]*$", examples("l****n@example.org"))]
    email: Option<String>,
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
            phone: person.phone_masked,
            email: person.email.as_deref().map(masked_email),
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
    /// 地址；部队单位对其他会员不显示 / Address; null to other members where it is a military unit's.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青禾区科苑路 7 号"))]
    address: Option<String>,
    /// 党组织名称；部队单位对其他会员不显示 / Name of the party organisation; null like the address.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("中共云栖材料科学研究院委员会"))]
    party_org_name: Option<String>,
    /// 党组织类别；部队单位对其他会员不显示 / Kind of the party organisation; null like the address.
    party_org_kind: Option<PartyOrgKind>,
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
    /// 合并、分立后的承继单位 / The units that it was merged or split into.
    #[schema(max_items = 100)]
    successors: Vec<SuccessorView>,
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
    /// The unit as the reader may see it: addresses in full for those who keep the files and for itself; of
    /// a military unit no more to others than which one it is (个人信息保护法 6, domain.md §6.5).
    pub(super) fn seen_by(
        actor: &Actor,
        unit: Unit,
        contacts: Vec<ContactOnFile>,
        successors: Vec<Successor>,
        papers: Option<Papers>,
    ) -> Self {
        let in_full = actor.may(&UNIT_READ_IN_FULL, &unit);
        let is_military = unit.unit_type == UnitType::Military;
        let emails: Vec<_> = contacts.iter().map(|contact| (contact.kind, contact.person.email.clone())).collect();
        let mut view = Self::of(unit, contacts, successors, papers);
        if in_full {
            for (kind, email) in emails {
                let contact = match kind {
                    ContactKind::Representative => &mut view.representative,
                    ContactKind::Liaison => &mut view.liaison,
                };
                if let Some(contact) = contact {
                    contact.email = email;
                }
            }
        } else if is_military {
            view.address = None;
            view.party_org_name = None;
            view.party_org_kind = None;
            view.party_member_count = None;
            view.representative = None;
            view.liaison = None;
        }
        view
    }

    /// The unit with the persons who speak for it now, masked: so it is kept for an `Idempotency-Key`.
    pub(super) fn of(
        unit: Unit,
        contacts: Vec<ContactOnFile>,
        successors: Vec<Successor>,
        papers: Option<Papers>,
    ) -> Self {
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
            address: Some(unit.address),
            party_org_name: Some(unit.party_org_name),
            party_org_kind: Some(unit.party_org_kind),
            party_member_count: unit.party_member_count,
            handles_issues: unit.handles_issues,
            status: unit.status,
            applied_on: unit.applied_on,
            joined_on: unit.joined_on,
            withdrawn_on: unit.withdrawn_on,
            representative,
            liaison,
            successors: successors.into_iter().map(SuccessorView::from).collect(),
            filing_gaps: papers.map(|papers| papers.gaps.into_iter().map(GapView::from).collect()),
            version: unit.version,
            created_at: instant(unit.created_at),
            updated_at: instant(unit.updated_at),
        }
    }
}

/// 承继单位 / A unit that came out of another.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuccessorView {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02"))]
    id: Uuid,
    /// 单位全称 / Full name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("青禾区文化和旅游局"))]
    name: String,
    /// 机构改革方式 / How it came out of it.
    reform: ReformKind,
    /// 自何日起 / Since when.
    #[schema(examples("2026-06-30"))]
    since: NaiveDate,
}

impl From<Successor> for SuccessorView {
    fn from(successor: Successor) -> Self {
        let Successor { unit, name, reform, since } = successor;
        Self { id: unit.0, name, reform, since }
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

impl From<UnitVersion> for UnitSummary {
    fn from(version: UnitVersion) -> Self {
        Self {
            id: version.unit_id.0,
            member_no: version.member_no,
            name: version.name,
            unit_type: version.unit_type,
            affiliation_level: version.affiliation_level,
            street_code: version.street_code,
            handles_issues: version.handles_issues,
            status: version.status,
            joined_on: version.joined_on,
        }
    }
}
