//! Experts in answers.

use chrono::NaiveDate;
use gongjian_governance::expert::action::{EXPERT_DECLARE, Profile};
use gongjian_governance::expert::{ExpertOnFile, Tie};
use gongjian_kernel::Actor;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::issues::{Names, UnitRef};

/// 专家与单位的关系 / A tie to a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TieView {
    /// 单位 / The unit.
    unit: UnitRef,
    /// 关系 / What ties him to it.
    tie: Tie,
}

/// 聘期 / A term of office.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExpertTerm {
    /// 职务标识 / Id of the tenure.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1231"))]
    tenure_id: Uuid,
    /// 起始日 / First day.
    #[schema(examples("2026-11-20"))]
    since: NaiveDate,
    /// 届满后的第一日；不设届期的为空 / The first day after it; null where there is no end.
    #[schema(examples("2029-11-20"))]
    until: Option<NaiveDate>,
}

/// 专家 / An expert.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExpertView {
    /// 专家标识 / Id of the expert.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1731"))]
    id: Uuid,
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("周文"))]
    name: String,
    /// 电话号码，中段隐去；部队专家对他人不显示 / Phone number, masked; null to others where he is a military unit's.
    #[schema(max_length = 20, pattern = r"^[0-9*-]+$", examples("138****0001"))]
    phone: Option<String>,
    /// 任职单位，在册的；部队专家对他人不显示 / The employer, where it is on file; null like the phone.
    employer_unit: Option<UnitRef>,
    /// 任职单位名称；部队专家对他人不显示 / Name of the employer; null like the phone.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖理工大学马克思主义学院"))]
    employer_name: Option<String>,
    /// 简介；部队专家对他人不显示 / Biography; null like the phone.
    #[schema(max_length = 5000, pattern = r"^[^\x00]*$", examples("长期从事基层党建理论研究。"))]
    biography: Option<String>,
    /// 专长 / Fields.
    #[schema(max_items = 20, examples("基层治理"))]
    fields: Vec<String>,
    /// 是否接受咨询 / Whether he takes enquiries.
    #[schema(examples(true))]
    is_available: bool,
    /// 今日的聘期；不在聘的为空 / His term of today; null where he is not in office.
    term: Option<ExpertTerm>,
    /// 须回避的单位；限秘书处和本人 / Units that he keeps away from; for the secretariat and himself.
    #[schema(max_items = 1000)]
    ties: Option<Vec<TieView>>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ExpertView {
    /// As the reader may see him: of a military unit's expert, no more to others than who he is and what he knows
    /// (个人信息保护法 6, domain.md §6.5).
    pub(super) fn of(actor: &Actor, found: ExpertOnFile, names: &Names) -> Self {
        let ExpertOnFile { expert: it, person, fields, ties, term, is_military } = found;
        let in_full = actor.may(&EXPERT_DECLARE, &Profile { expert: &it, reader: actor.person });
        let is_shown = in_full || !is_military;
        let ties = || ties.iter().map(|tie| TieView { unit: UnitRef::of(tie.unit_id, names), tie: tie.tie }).collect();
        Self {
            id: it.id.0,
            person_id: it.person_id.0,
            name: person.name,
            phone: person.phone_masked.filter(|_| is_shown),
            employer_unit: it.employer_unit_id.filter(|_| is_shown).map(|unit| UnitRef::of(unit, names)),
            employer_name: is_shown.then_some(it.employer_name),
            biography: is_shown.then_some(it.biography),
            fields,
            is_available: it.is_available,
            term: term.map(|term| ExpertTerm { tenure_id: term.id.0, since: term.since, until: term.until }),
            ties: in_full.then(ties),
            version: it.version,
        }
    }
}
