//! Committees in requests and answers.

use chrono::NaiveDate;
use gongjian_committees::committee::mechanism::NewMechanism;
use gongjian_committees::committee::{Committee, CommitteeState, FormerName, Mechanism, MechanismKind};
use gongjian_governance::office::{OfficeKind, Seat};
use gongjian_kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::routes::offices::{HolderRef, Named};
use crate::routes::posts::moment::AsOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CommitteeQuery {
    /// 某日（或某一时刻所在之日）的情况；省略为今天 / The day, or an instant that stands for its day; today where it is absent.
    #[param(value_type = Option<String>, max_length = 40, pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$", example = "2026-11-20")]
    pub(super) as_of: Option<AsOf>,
}

/// 更名 / Another name.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeRenaming {
    /// 新名称 / The name from today on.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("人才与教育专业研究委员会"))]
    pub(super) name: Text<2, 100>,
    /// 理事会决议；缺少即不予办理 / The council's decision; refused without one.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    pub(super) decision_id: Option<Uuid>,
}

/// 合并 / A merger.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeMerger {
    /// 承接的专委会 / The committee that it is merged into.
    #[schema(examples("01980000-0000-7000-8000-000000001705"))]
    pub(super) into_id: Uuid,
    /// 理事会决议；缺少即不予办理 / The council's decision; refused without one.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    pub(super) decision_id: Option<Uuid>,
}

/// 撤销 / The end of a committee.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeDissolution {
    /// 理事会决议；缺少即不予办理 / The council's decision; refused without one.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    pub(super) decision_id: Option<Uuid>,
}

/// 专家咨询委员会秘书机构 / The secretariat of the experts.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpertSecretariat {
    /// 是否担任 / Whether this committee is it.
    #[schema(examples(true))]
    pub(super) serves: bool,
}

/// 运行机制 / How the committee works.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct MechanismCreate {
    /// 嵌入既有机制或新建机制 / Embedded or new.
    kind: MechanismKind,
    /// 机制名称 / Name of the mechanism.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("区人才工作联席会议"))]
    name: Text<2, 100>,
    /// 说明 / Description.
    #[schema(examples("每季度随区人才工作联席会议召开一次。"))]
    description: Text<2, 2000>,
    /// 两名主任协商一致的双签 / The consent that both directors have signed.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103"))]
    consent_id: Uuid,
}

impl From<MechanismCreate> for NewMechanism {
    fn from(new: MechanismCreate) -> Self {
        Self { kind: new.kind, name: new.name, description: new.description, consent: new.consent_id.into() }
    }
}

/// 运行机制 / How the committee works from a day on.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MechanismView {
    /// 标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1702"))]
    id: Uuid,
    /// 嵌入既有机制或新建机制 / Embedded or new.
    kind: MechanismKind,
    /// 机制名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("区人才工作联席会议"))]
    name: String,
    /// 说明 / Description.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("每季度随区人才工作联席会议召开一次。"))]
    description: String,
    /// 依据的双签 / The consent that it rests on.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103"))]
    consent_id: Uuid,
    /// 自该日起 / Since that day.
    #[schema(examples("2026-11-20"))]
    since: NaiveDate,
}

impl From<Mechanism> for MechanismView {
    fn from(it: Mechanism) -> Self {
        let Mechanism { kind, name, description, since, .. } = it;
        Self { id: it.id.0, kind, name, description, consent_id: it.consent_id.0, since }
    }
}

/// 曾用名称 / A name that the committee bore until a day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FormerNameView {
    /// 名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("人才教育专业研究委员会"))]
    name: String,
    /// 使用至该日前一日 / Until the day before.
    #[schema(examples("2026-11-20"))]
    until: NaiveDate,
    /// 更名决议 / The decision that renamed it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    decision_id: Uuid,
}

impl From<FormerName> for FormerNameView {
    fn from(it: FormerName) -> Self {
        Self { name: it.name, until: it.until, decision_id: it.decision.0 }
    }
}

/// 专委会主任 / A director of the committee.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DirectorView {
    /// 职务：牵头单位产生或会员单位推荐 / From the lead unit, or recommended by members.
    office: OfficeKind,
    /// 本人 / The person.
    person: Option<HolderRef>,
    /// 来自单位 / The unit that he comes from.
    unit: Option<Named>,
    /// 自该日起 / Since that day.
    #[schema(examples("2026-03-18"))]
    since: Option<NaiveDate>,
}

fn unit_of(seat: &Seat) -> Option<Named> {
    Some(Named { id: seat.unit_id?.0, name: seat.unit_name.clone()? })
}

fn person_of(seat: &Seat) -> Option<HolderRef> {
    Some(HolderRef { id: seat.person_id?.0, name: seat.person_name.clone()? })
}

/// 专业研究委员会 / A professional research committee on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommitteeView {
    /// 专委会标识，与机构标识相同 / Id of the committee, that of its body.
    #[schema(examples("01980000-0000-7000-8000-000000001702"))]
    id: Uuid,
    /// 代码 / Code.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("C2"))]
    code: String,
    /// 当日名称 / The name of that day.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("人才教育专业研究委员会"))]
    name: String,
    /// 状态 / State.
    state: CommitteeState,
    /// 缺任的职务 / What is missing.
    #[schema(max_items = 3)]
    missing: Vec<OfficeKind>,
    /// 牵头单位 / The lead unit.
    lead_unit: Option<Named>,
    /// 牵头单位负责人 / The head of the lead unit.
    lead_unit_head: Option<HolderRef>,
    /// 主任 / The directors.
    #[schema(max_items = 2)]
    directors: Vec<DirectorView>,
    /// 成员单位数 / Number of member units.
    #[schema(minimum = 0, maximum = 100_000, examples(4))]
    member_count: u64,
    /// 现行运行机制 / How it works.
    mechanism: Option<MechanismView>,
    /// 此前的运行机制，近者在前 / How it worked before, the latest first.
    #[schema(max_items = 1000)]
    former_mechanisms: Vec<MechanismView>,
    /// 曾用名称，早者在前 / Former names, the first first.
    #[schema(max_items = 1000)]
    former_names: Vec<FormerNameView>,
    /// 设立日期 / Founded on.
    #[schema(examples("2026-03-18"))]
    founded_on: Option<NaiveDate>,
    /// 撤销、合并之日 / The day of its end.
    #[schema(examples("2026-11-20"))]
    dissolved_on: Option<NaiveDate>,
    /// 撤销、合并的决议 / The decision that ended it.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    dissolved_by: Option<Uuid>,
    /// 承接的专委会 / The committee that it was merged into.
    successor: Option<Named>,
    /// 设立依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("章程第十七条"))]
    basis: Option<String>,
    /// 是否为专家咨询委员会秘书机构 / Whether it is the secretariat of the expert advisory committee today.
    #[schema(examples(false))]
    secretariat_for_experts: bool,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl From<Committee> for CommitteeView {
    fn from(it: Committee) -> Self {
        let lead = it.offices.iter().find(|seat| seat.kind == Some(OfficeKind::CommitteeLeadUnit));
        let director = |seat: &Seat| {
            let office = seat.kind.filter(|kind| *kind != OfficeKind::CommitteeLeadUnit)?;
            Some(DirectorView { office, person: person_of(seat), unit: unit_of(seat), since: seat.valid_from })
        };
        let mut mechanisms = it.mechanisms.into_iter().map(MechanismView::from);
        Self {
            id: it.body.id.0,
            name: it.name,
            state: it.state,
            missing: it.missing,
            lead_unit: lead.and_then(unit_of),
            lead_unit_head: lead.and_then(person_of),
            directors: it.offices.iter().filter_map(director).collect(),
            member_count: it.member_count,
            mechanism: mechanisms.next(),
            former_mechanisms: mechanisms.collect(),
            former_names: it.former_names.into_iter().map(FormerNameView::from).collect(),
            founded_on: it.body.founded_on,
            dissolved_on: it.body.dissolved_on.filter(|_| it.state == CommitteeState::Dissolved),
            dissolved_by: it.ended_by.map(|id| id.0),
            successor: it.successor.map(|(id, name)| Named { id: id.0, name }),
            basis: it.body.basis,
            secretariat_for_experts: it.serves_experts,
            code: it.body.code,
            version: it.body.version,
        }
    }
}
