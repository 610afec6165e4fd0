//! Functional zones in requests and answers.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_committees::zone::{NewZone, ZoneEdit, ZoneFilter, ZoneOnFile};
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::Patch;
use crate::routes::offices::Named;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ZoneQuery {
    /// 所含街道 / A street that lies in it.
    #[param(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", example = "990106007")]
    street_code: Option<Text<9, 9>>,
    /// 召集单位 / The unit that convenes.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    lead_unit_id: Option<Uuid>,
}

impl From<&ZoneQuery> for ZoneFilter {
    fn from(query: &ZoneQuery) -> Self {
        let street_code = query.street_code.clone().map(Text::into_string);
        Self { street_code, lead_unit: query.lead_unit_id.map(UnitId) }
    }
}

/// 功能区 / A functional zone to be filed.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneCreate {
    /// 代码 / Code.
    #[schema(value_type = String, min_length = 1, max_length = 20, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("Z1"))]
    code: Text<1, 20>,
    /// 名称 / Name.
    #[schema(value_type = String, min_length = 2, max_length = 60, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("金融中心功能区"))]
    name: Text<2, 60>,
    /// 共性重点 / What its streets have in common.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("金融集聚、楼宇经济、营商环境"))]
    focus: Text<2, 200>,
    /// 召集单位，须为会员 / The unit that convenes, a member.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    lead_unit_id: Uuid,
    /// 街道，至少一个 / Its streets, at least one.
    #[validate(length(min = 1, max = 100, code = "wrong_count", message = "1 至 100 项。 / 1 to 100 items."))]
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 100, examples("990106007"))]
    street_codes: Vec<Text<9, 9>>,
    /// 设立之日；省略为今天 / First day; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    valid_from: Option<NaiveDate>,
}

impl From<ZoneCreate> for NewZone {
    fn from(new: ZoneCreate) -> Self {
        Self {
            code: new.code,
            name: new.name,
            focus: new.focus,
            lead_unit: UnitId(new.lead_unit_id),
            streets: codes(new.street_codes),
            since: new.valid_from,
        }
    }
}

fn codes(streets: Vec<Text<9, 9>>) -> Vec<String> {
    streets.into_iter().map(Text::into_string).collect()
}

/// 功能区的调整 / A revision of a zone.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneUpdate {
    /// 名称 / Name.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 60, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("金融中心功能区"))]
    name: Option<Text<2, 60>>,
    /// 共性重点 / What its streets have in common.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("金融集聚、楼宇经济、营商环境"))]
    focus: Option<Text<2, 200>>,
    /// 召集单位 / The unit that convenes.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    lead_unit_id: Option<Uuid>,
    /// 街道，整体替换 / Its streets, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(length(min = 1, max = 100, code = "wrong_count", message = "1 至 100 项。 / 1 to 100 items."))]
    #[schema(value_type = Vec<String>, nullable = false, required = false, min_items = 1, max_items = 100, examples("990106007"))]
    street_codes: Option<Vec<Text<9, 9>>>,
    /// 撤销之日；null 为不撤销 / Day from which it is no more; null takes that back.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>, examples("2027-01-01"))]
    valid_until: Patch<NaiveDate>,
}

impl From<ZoneUpdate> for ZoneEdit {
    fn from(edit: ZoneUpdate) -> Self {
        Self {
            name: edit.name,
            focus: edit.focus,
            lead_unit: edit.lead_unit_id.map(UnitId),
            streets: edit.street_codes.map(codes),
            until: match edit.valid_until {
                Patch::Keep => None,
                Patch::Clear => Some(None),
                Patch::Set(day) => Some(Some(day)),
            },
        }
    }
}

/// 功能区 / A functional zone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ZoneView {
    /// 功能区标识 / Id of the zone.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1901"))]
    id: Uuid,
    /// 代码 / Code.
    #[schema(max_length = 20, pattern = r"^[^\x00]*$", examples("Z1"))]
    code: String,
    /// 名称 / Name.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("金融中心功能区"))]
    name: String,
    /// 共性重点 / What its streets have in common.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("金融集聚、楼宇经济、营商环境"))]
    focus: String,
    /// 召集单位 / The unit that convenes.
    lead_unit: Named,
    /// 街道代码 / Its streets.
    #[schema(max_items = 100, examples("990106007"))]
    street_codes: Vec<String>,
    /// 设立之日 / First day.
    #[schema(examples("2026-01-08"))]
    valid_from: NaiveDate,
    /// 撤销之日 / Day from which it is no more.
    #[schema(examples("2027-01-01"))]
    valid_until: Option<NaiveDate>,
    /// 今日是否存续 / Whether it is in force today.
    #[schema(examples(true))]
    in_force: bool,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ZoneView {
    pub(crate) fn of(found: ZoneOnFile, names: &HashMap<UnitId, String>, today: NaiveDate) -> Self {
        let ZoneOnFile { zone, streets } = found;
        let name = names.get(&zone.lead_unit_id).cloned().unwrap_or_default();
        Self {
            id: zone.id.0,
            code: zone.code,
            name: zone.name,
            focus: zone.focus,
            lead_unit: Named { id: zone.lead_unit_id.0, name },
            street_codes: streets,
            valid_from: zone.valid_from,
            valid_until: zone.valid_until,
            in_force: zone.valid_from <= today && zone.valid_until.is_none_or(|until| today < until),
            version: zone.version,
        }
    }
}
