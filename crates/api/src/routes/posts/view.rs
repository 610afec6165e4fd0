//! Posts and their holders in requests and answers.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_governance::office::OfficeKind;
use gongjian_governance::post::{Correction, HolderOnFile, HoldingId, NewPost, PostFilter, PostKind, PostOnFile};
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::moment::AsOf;
use crate::extract::AnyOf;
use crate::routes::issues::instant;
use crate::routes::persons::PersonCreate;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PostQuery {
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["unit_head"]))]
    kind: Option<AnyOf<PostKind>>,
    /// 单位 / The unit that it is the head of.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 街道代码 / The street.
    #[param(max_length = 9, pattern = "^[0-9]{9}$", example = "990106007")]
    street_code: Option<String>,
    /// 某日（或某一时刻所在之日）的情况；省略为今天 / The day, or an instant that stands for its day; today where it is absent.
    #[param(value_type = Option<String>, max_length = 40, pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$", example = "2026-11-20")]
    pub(super) as_of: Option<AsOf>,
    /// 按该时刻已知的记录；省略为现在所知 / As it was known at that instant; as it is known now where it is absent.
    #[param(example = "2026-11-20T02:00:00Z")]
    pub(super) known_at: Option<DateTime<Utc>>,
}

impl From<&PostQuery> for PostFilter {
    fn from(query: &PostQuery) -> Self {
        Self {
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            unit_id: query.unit_id,
            street_code: query.street_code.clone(),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MomentQuery {
    /// 某日（或某一时刻所在之日）的情况；省略为今天 / The day, or an instant that stands for its day; today where it is absent.
    #[param(value_type = Option<String>, max_length = 40, pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$", example = "2026-11-20")]
    pub(super) as_of: Option<AsOf>,
    /// 按该时刻已知的记录；省略为现在所知 / As it was known at that instant; as it is known now where it is absent.
    #[param(example = "2026-11-20T02:00:00Z")]
    pub(super) known_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct KnownQuery {
    /// 按该时刻已知的记录；省略为现在所知 / As it was known at that instant; as it is known now where it is absent.
    #[param(example = "2026-11-20T02:00:00Z")]
    pub(super) known_at: Option<DateTime<Utc>>,
}

/// 公职：单位负责人填 unit_id，街道党工委书记填 street_code / A post: the head of a unit names the unit, the party secretary of a street the street.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PostCreate {
    /// 类别 / Kind.
    #[schema(examples("unit_head"))]
    kind: PostKind,
    /// 名称 / Name.
    #[schema(value_type = String, min_length = 2, max_length = 130, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("云栖理工大学负责人"))]
    name: Text<2, 130>,
    /// 单位 / The unit.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 街道代码 / The street.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<Text<9, 9>>,
    /// 设立之日 / Day from which the post is there.
    #[serde(default)]
    #[schema(examples("2026-01-01"))]
    established_on: Option<NaiveDate>,
}

impl From<PostCreate> for NewPost {
    fn from(new: PostCreate) -> Self {
        let PostCreate { kind, name, unit_id, street_code, established_on } = new;
        Self { kind, name, unit: unit_id.map(UnitId), street_code: street_code.map(Text::into_string), established_on }
    }
}

/// 任公职：person_id 与 person 二者填一 / The holder of a post: exactly one of `person_id` and `person`.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct HolderCreate {
    /// 已登记的人员 / Somebody on file.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    pub(super) person_id: Option<Uuid>,
    /// 新登记的人员 / Somebody to be put on file.
    #[serde(default)]
    #[validate(nested)]
    pub(super) person: Option<PersonCreate>,
    /// 任职之日；省略为今天 / First day; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    pub(super) since: Option<NaiveDate>,
    /// 离任之日（当日不再任职）/ The first day after, if it is known.
    #[serde(default)]
    #[schema(examples("2027-01-01"))]
    pub(super) until: Option<NaiveDate>,
    /// 任职依据 / What it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青党干〔2026〕18号"))]
    pub(super) basis: Text<2, 200>,
}

/// 离任 / The end of a holder's time.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct HolderEnd {
    /// 离任之日（当日不再任职）；省略为今天 / The first day after; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-11-20"))]
    pub(super) until: Option<NaiveDate>,
    /// 离任依据 / What it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("工作调动，青党干〔2026〕31号"))]
    pub(super) basis: Text<2, 200>,
}

/// 更正：原记录保留可查 / A correction: what was believed stays known.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct HolderCorrect {
    /// 任职记录 / The record.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e02"))]
    holding_id: Uuid,
    /// 系误登，撤销 / It never was.
    #[serde(default)]
    annulled: bool,
    /// 任职之日 / First day.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    since: Option<NaiveDate>,
    /// 离任之日（当日不再任职）/ The first day after.
    #[serde(default)]
    #[schema(examples("2026-11-20"))]
    until: Option<NaiveDate>,
    /// 无离任之日 / It has no end; `until` is absent then.
    #[serde(default)]
    open_ended: bool,
    /// 更正理由 / Why it is corrected.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("任职文件日期登记有误。"))]
    reason: Text<2, 200>,
}

impl From<HolderCorrect> for Correction {
    fn from(given: HolderCorrect) -> Self {
        let HolderCorrect { holding_id, annulled, since, until, open_ended, reason } = given;
        let until = if open_ended { Some(None) } else { until.map(Some) };
        Self { holding: HoldingId(holding_id), annulled, since, until, reason }
    }
}

/// 任公职的时段 / A holder's time in a post.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HolderView {
    /// 任职记录标识 / Id of the record.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e02"))]
    id: Uuid,
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    person_name: String,
    /// 任职之日 / First day.
    #[schema(examples("2026-01-08"))]
    since: NaiveDate,
    /// 离任之日（当日不再任职）；未定为空 / The first day after; null where none is known.
    #[schema(examples("2026-11-20"))]
    until: Option<NaiveDate>,
    /// 任职依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青党干〔2026〕18号"))]
    basis: String,
    /// 登记时间 / Recorded at.
    #[schema(value_type = DateTime<Utc>, examples("2026-01-08T02:03:04.567Z"))]
    recorded_at: String,
    /// 更正时间；现行记录为空 / When it was superseded; null for what is known now.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-13T02:03:04.567Z"))]
    superseded_at: Option<String>,
}

impl From<HolderOnFile> for HolderView {
    fn from(found: HolderOnFile) -> Self {
        let HolderOnFile { holding, name } = found;
        Self {
            id: holding.id.0,
            person_id: holding.person_id.0,
            person_name: name,
            since: holding.valid_from,
            until: holding.valid_until,
            basis: holding.basis,
            recorded_at: instant(holding.recorded_at),
            superseded_at: holding.superseded_at.map(instant),
        }
    }
}

/// 公职 / A post.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PostView {
    /// 公职标识 / Id of the post.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    id: Uuid,
    /// 类别 / Kind.
    #[schema(examples("unit_head"))]
    kind: PostKind,
    /// 名称 / Name.
    #[schema(max_length = 130, pattern = r"^[^\x00]*$", examples("云栖理工大学负责人"))]
    name: String,
    /// 单位 / The unit that it is the head of, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 街道代码 / The street, if any.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 设立之日 / Day from which it is there, where that is known.
    #[schema(examples("2026-01-01"))]
    established_on: Option<NaiveDate>,
    /// 该日的任职人；空缺为空 / Who holds it on the day asked about; null while nobody does.
    holder: Option<HolderView>,
    /// 该日随之担任的职务 / The offices that rest on it that day.
    #[schema(max_items = 50)]
    offices: Vec<OfficeKind>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl From<PostOnFile> for PostView {
    fn from(found: PostOnFile) -> Self {
        let PostOnFile { post, holder, carries } = found;
        Self {
            id: post.id.0,
            kind: post.kind,
            name: post.name,
            unit_id: post.unit_id.map(|unit| unit.0),
            street_code: post.street_code,
            established_on: post.established_on,
            holder: holder.map(HolderView::from),
            offices: carries,
            version: post.version,
        }
    }
}
