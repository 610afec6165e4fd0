//! Bodies and their rosters in requests and answers.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_governance::body::{Body, BodyFilter, BodyKind, NewBody, Roster, RosterSeat};
use gongjian_governance::decision::DecisionId;
use gongjian_governance::office::{OfficeKind, SeatSource};
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::issues::instant;
use crate::routes::offices::{HolderRef, Named};
use crate::routes::posts::moment::AsOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BodyQuery {
    /// 机构类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["committee"]))]
    kind: Option<AnyOf<BodyKind>>,
}

impl From<&BodyQuery> for BodyFilter {
    fn from(query: &BodyQuery) -> Self {
        Self { kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default() }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RosterQuery {
    /// 某日（或某一时刻所在之日）的情况；省略为今天 / The day, or an instant that stands for its day; today where it is absent.
    #[param(value_type = Option<String>, max_length = 40, pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$", example = "2026-11-20")]
    pub(super) as_of: Option<AsOf>,
    /// 按该时刻已知的记录；省略为现在所知 / As it was known at that instant; as it is known now where it is absent.
    #[param(example = "2026-11-20T02:00:00Z")]
    pub(super) known_at: Option<DateTime<Utc>>,
}

/// 设立机构：街道分会填 street_code；专委会填 code、lead_unit_id / A body: a branch names its street, a committee its code and lead unit.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BodyCreate {
    /// 机构类别：街道分会或专委会 / Branch or committee.
    #[schema(examples("branch"))]
    kind: BodyKind,
    /// 专委会代码 / Code of a committee.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("C2"))]
    code: Option<Text<1, 40>>,
    /// 名称 / Name.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("书院街道分会"))]
    name: Text<2, 100>,
    /// 街道代码 / The street of a branch.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<Text<9, 9>>,
    /// 专委会牵头单位 / Lead unit of a committee.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    lead_unit_id: Option<Uuid>,
    /// 设立之日；省略为决定之日，或今天 / Day of founding; that of the decision, or today, where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    founded_on: Option<NaiveDate>,
    /// 依据 / What it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("理事会纪要〔2026〕2号"))]
    basis: Text<2, 200>,
    /// 理事会决定 / The council's decision.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e07"))]
    decision_id: Option<Uuid>,
    /// 本系统启用前所作决定的日期，依据即其文件 / Day of a decision from before, whose document is the basis.
    #[serde(default)]
    #[schema(examples("2025-12-20"))]
    decided_on: Option<NaiveDate>,
}

impl From<BodyCreate> for NewBody {
    fn from(new: BodyCreate) -> Self {
        Self {
            kind: new.kind,
            code: new.code,
            name: new.name,
            street_code: new.street_code.map(Text::into_string),
            lead_unit: new.lead_unit_id.map(UnitId),
            founded_on: new.founded_on,
            basis: new.basis,
            decision: new.decision_id.map(DecisionId),
            decided_on: new.decided_on,
        }
    }
}

/// 机构 / A body.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BodyView {
    /// 机构标识 / Id of the body.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    id: Uuid,
    /// 机构类别 / Kind.
    kind: BodyKind,
    /// 代码 / Code.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("C2"))]
    code: String,
    /// 名称 / Name.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("人才教育专业研究委员会"))]
    name: String,
    /// 街道代码 / The street of a branch.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 设立之日 / Day of founding, where it is known.
    #[schema(examples("2026-01-08"))]
    founded_on: Option<NaiveDate>,
    /// 撤销之日 / Day from which it is no more.
    #[schema(examples("2027-01-01"))]
    dissolved_on: Option<NaiveDate>,
    /// 设立依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("理事会纪要〔2026〕2号"))]
    basis: Option<String>,
    /// 理事会决定 / The council's decision, if there is one in this system.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e07"))]
    decision_id: Option<Uuid>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl From<Body> for BodyView {
    fn from(body: Body) -> Self {
        Self {
            id: body.id.0,
            kind: body.kind,
            code: body.code,
            name: body.name,
            street_code: body.street_code,
            founded_on: body.founded_on,
            dissolved_on: body.dissolved_on,
            basis: body.basis,
            decision_id: body.decision_id.map(|decision| decision.0),
            version: body.version,
        }
    }
}

/// 席位 / A seat.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SeatView {
    /// 席位来源 / Why it is a seat.
    source: SeatSource,
    /// 来源说明 / The same in words.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("专业研究委员会牵头单位负责人"))]
    why: String,
    /// 章程条款 / Article.
    #[schema(minimum = 1, maximum = 27, examples(13))]
    article: u8,
    /// 职务标识；街道党工委书记无须另行产生，为空 / Id of the office; null for the party secretary of a street, who needs none.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e03"))]
    office_id: Option<Uuid>,
    /// 职务类别 / Kind of office.
    office: Option<OfficeKind>,
    /// 产生该席位的机构，如专委会 / The body whose office gives the seat, such as a committee.
    body: Option<Named>,
    /// 公职 / The post.
    post: Option<Named>,
    /// 单位 / The unit.
    unit: Option<Named>,
    /// 街道代码 / The street.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 任职人；空缺为空 / Who sits there; null while nobody does.
    person: Option<HolderRef>,
    /// 表决主体；一人数席的相同 / The voice; the same for all seats of one person.
    #[schema(max_length = 60, pattern = "^[a-z]*:?[0-9a-f-]*$", examples("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    elector_key: String,
}

impl From<RosterSeat> for SeatView {
    fn from(one: RosterSeat) -> Self {
        let RosterSeat { seat, source, article, elector_key } = one;
        let named = |id: Option<Uuid>, name: Option<String>| id.map(|id| Named { id, name: name.unwrap_or_default() });
        Self {
            source,
            why: source.label().zh.into_owned(),
            article,
            office_id: seat.tenure_id.map(|id| id.0),
            office: seat.kind,
            body: named(seat.body_id.map(|id| id.0), seat.body_name),
            post: named(seat.post_id.map(|id| id.0), seat.post_name),
            unit: named(seat.unit_id.map(|id| id.0), seat.unit_name),
            street_code: seat.street_code,
            person: seat.person_id.map(|id| HolderRef { id: id.0, name: seat.person_name.unwrap_or_default() }),
            elector_key,
        }
    }
}

/// 名册：按日推算，不另行登记 / A roster: computed for a day, kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RosterView {
    /// 机构 / The body.
    body: Named,
    /// 机构类别 / Kind.
    kind: BodyKind,
    /// 日期 / The day.
    #[schema(examples("2026-11-20"))]
    as_of: NaiveDate,
    /// 按该时刻所知；现在所知为空 / As it was known then; null for what is known now.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-20T02:00:00.000Z"))]
    known_at: Option<String>,
    /// 席位数 / Seats.
    #[schema(minimum = 0, examples(40))]
    seat_count: usize,
    /// 人数：一人数席只计一次 / Persons: whoever has several seats counts once.
    #[schema(minimum = 0, examples(38))]
    person_count: usize,
    /// 席位 / The seats.
    #[schema(max_items = 10_000)]
    seats: Vec<SeatView>,
}

impl From<Roster> for RosterView {
    fn from(roster: Roster) -> Self {
        Self {
            body: Named { id: roster.body.id.0, name: roster.body.name },
            kind: roster.body.kind,
            as_of: roster.moment.day,
            known_at: roster.moment.known_at.map(instant),
            seat_count: roster.seats.len(),
            person_count: roster.voices,
            seats: roster.seats.into_iter().map(SeatView::from).collect(),
        }
    }
}
