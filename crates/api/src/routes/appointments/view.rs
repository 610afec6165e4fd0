//! Appointments in requests and answers.

use chrono::NaiveDate;
use gongjian_identity::{Role, ScopeKind};
use gongjian_kernel::{Actor, Refusal, Result, Scope, Text};
use gongjian_membership::action::PERSON_REVEAL;
use gongjian_membership::appointment::{AppointmentFilter, AppointmentOnFile, Office};
use gongjian_membership::fault::OFFICE_NOT_APPOINTED;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::routes::issues::instant;
use crate::routes::persons::{PersonCreate, PersonView};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AppointmentQuery {
    /// 职务 / Office.
    #[param(example = "department_handler")]
    role: Option<Role>,
    /// 任职单位 / The unit that it is held for.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 是否现任 / Whether it is held now.
    #[param(example = true)]
    current: Option<bool>,
}

impl From<&AppointmentQuery> for AppointmentFilter {
    fn from(query: &AppointmentQuery) -> Self {
        Self { role: query.role, unit_id: query.unit_id, current: query.current }
    }
}

/// 任职备案：person_id 与 person 二者填一；unit_id、street_code 依职务填写 / An appointment: exactly one of `person_id` and `person`; the office tells which of `unit_id` and `street_code` it needs.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AppointmentCreate {
    /// 已登记的人员 / Somebody on file.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    pub(super) person_id: Option<Uuid>,
    /// 新登记的人员 / Somebody to be put on file.
    #[serde(default)]
    #[validate(nested)]
    pub(super) person: Option<PersonCreate>,
    /// 职务 / Office.
    #[schema(examples("department_handler"))]
    role: Role,
    /// 任职单位 / The unit that it is held for.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 任职街道 / The street that it is held for.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<Text<9, 9>>,
    /// 任职依据：文件字号或会议决定 / What it rests on: a document or a decision.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青党干〔2026〕18号"))]
    pub(super) basis: Text<2, 200>,
    /// 变动之日，备案时限自此起算；省略时为今天 / Day of the change, from which the time to file is counted; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    pub(super) event_on: Option<NaiveDate>,
}

impl AppointmentCreate {
    /// What the role is held over, from the member that it needs; the other one is out of place.
    pub(super) fn office(&self) -> Result<Office> {
        let (kind, label) = (self.role.scope(), self.role.label());
        let needs = |pointer: &str| {
            let (zh, en) = (format!("“{}”须填写此项。", label.zh), format!("“{}” needs it.", label.en));
            Refusal::field(pointer, "required", zh, en)
        };
        let out_of_place = |pointer: &str| {
            let (zh, en) = (format!("“{}”不填此项。", label.zh), format!("“{}” is not held over it.", label.en));
            Refusal::field(pointer, "not_allowed", zh, en)
        };
        if self.unit_id.is_some() && kind != ScopeKind::Unit {
            return Err(out_of_place("/unit_id"));
        }
        if self.street_code.is_some() && kind != ScopeKind::Branch {
            return Err(out_of_place("/street_code"));
        }
        let scope = match kind {
            ScopeKind::Association => Scope::Association,
            ScopeKind::Unit => Scope::Unit(self.unit_id.ok_or_else(|| needs("/unit_id"))?),
            ScopeKind::Branch => {
                Scope::Branch(self.street_code.clone().ok_or_else(|| needs("/street_code"))?.into_string())
            }
            ScopeKind::Body => return Err(Refusal::of(&OFFICE_NOT_APPOINTED)),
        };
        Ok(Office { role: self.role, scope })
    }
}

/// 终止任职 / The end of an appointment.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AppointmentEnd {
    /// 终止依据 / What the end rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("工作调动，青党干〔2026〕31号"))]
    pub(super) basis: Text<2, 200>,
}

/// 任职 / An appointment.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AppointmentView {
    /// 任职标识 / Id of the appointment.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a08"))]
    id: Uuid,
    /// 人员 / The person.
    person: PersonView,
    /// 职务 / Office.
    #[schema(examples("department_handler"))]
    role: Role,
    /// 任职单位；不以单位为范围的为空 / The unit that it is held for, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 任职街道；不以街道为范围的为空 / The street that it is held for, if any.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 任职依据 / What it rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("青党干〔2026〕18号"))]
    basis: String,
    /// 备案回执编号；备案制度施行前的任职为空 / Number of the receipt; null for what was held before appointments were filed.
    #[schema(max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", examples("BA-2026-0012"))]
    receipt_no: Option<String>,
    /// 任职起始 / Held since.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    since: String,
    /// 任职终止；现任为空 / Held until; null while it is held.
    #[schema(value_type = Option<DateTime<Utc>>, examples("2026-11-13T02:03:04.567Z"))]
    until: Option<String>,
    /// 终止依据 / What the end rests on.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("工作调动，青党干〔2026〕31号"))]
    ended_basis: Option<String>,
    /// 版本，即 ETag 的数字 / Version, the number in the ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl AppointmentView {
    /// With the address, for those who keep the files and for the unit itself.
    pub(super) fn seen_by(actor: &Actor, found: AppointmentOnFile) -> Self {
        let with_address = actor.may(&PERSON_REVEAL, &found.appointment.office());
        let person = with_address.then(|| PersonView::with_address(found.person.clone()));
        let view = Self::from(found);
        match person {
            Some(person) => Self { person, ..view },
            None => view,
        }
    }
}

impl From<AppointmentOnFile> for AppointmentView {
    fn from(found: AppointmentOnFile) -> Self {
        let AppointmentOnFile { appointment, person } = found;
        Self {
            id: appointment.id.0,
            person: person.into(),
            role: appointment.role,
            unit_id: appointment.unit_id.map(|unit| unit.0),
            street_code: appointment.street_code,
            basis: appointment.basis,
            receipt_no: appointment.receipt_no,
            since: instant(appointment.since),
            until: appointment.until.map(instant),
            ended_basis: appointment.ended_basis,
            version: appointment.version,
        }
    }
}
