//! Persons in requests and answers.

use gongjian_identity::person::{self, NewPerson};
use gongjian_identity::{Person, PersonId, Position, Role};
use gongjian_kernel::{FieldFault, Refusal, Result, Scope, Text, Work};
use gongjian_membership::phone::PhoneFault;
use gongjian_membership::{Phone, masked_email};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// 人员 / A person to be put on file.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonCreate {
    /// 姓名 / Name.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("王芳"))]
    pub(super) name: Text<1, 50>,
    /// 手机号码或带区号的固定电话 / Mobile number, or a landline with its area code.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 7, max_length = 32, pattern = "^[0-9+ -]+$", examples("13800000002"))]
    pub(super) phone: Option<Text<1, 32>>,
    /// 电子邮箱 / E-mail address.
    #[serde(default)]
    #[validate(
        email(code = "invalid_email", message = "不是有效的电子邮箱地址。 / It is no e-mail address."),
        length(max = 254, code = "too_long", message = "至多 254 个字符。 / At most 254 characters.")
    )]
    #[schema(format = "email", min_length = 3, max_length = 254, examples("wangfang@example.org"))]
    pub(super) email: Option<String>,
}

/// 人员 / A person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonView {
    /// 人员标识 / Id of the person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    id: Uuid,
    /// 姓名 / Name.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    name: String,
    /// 电话号码，中段隐去 / Phone number, masked.
    #[schema(max_length = 20, pattern = r"^[0-9*-]+$", examples("138****0001"))]
    phone: Option<String>,
    /// 电子邮箱；除秘书处和本单位外隐去部分 / E-mail address; masked but for the secretariat and the person's own unit.
    #[schema(max_length = 254, pattern = r"^[^\x00]*$", examples("l****n@example.org"))]
    email: Option<String>,
}

/// Masked: as others see the person, and as answers are kept for an `Idempotency-Key`.
impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        let email = person.email.as_deref().map(masked_email);
        Self { id: person.id.0, name: person.name, phone: person.phone_masked, email }
    }
}

impl PersonView {
    /// With the address, for those who keep the files and for the person's own unit.
    pub(crate) fn with_address(person: Person) -> Self {
        let email = person.email.clone();
        Self { email, ..person.into() }
    }
}

/// 现任职务 / An office held now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OfficeView {
    /// 职务角色 / Role.
    role: Role,
    /// 任职单位；不以单位为范围的为空 / The unit that it is held for, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 任职街道；不以街道为范围的为空 / The street that it is held for, if any.
    #[schema(max_length = 9, pattern = "^[0-9]{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 任职机构；不以机构为范围的为空 / The body that it is held over, if any.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    body_id: Option<Uuid>,
}

impl From<Position> for OfficeView {
    fn from(position: Position) -> Self {
        let (unit_id, street_code, body_id) = match position.scope {
            Scope::Association => (None, None, None),
            Scope::Branch(street) => (None, Some(street), None),
            Scope::Unit(unit) => (Some(unit), None, None),
            Scope::Body(body) => (None, None, Some(body)),
        };
        Self { role: position.role, unit_id, street_code, body_id }
    }
}

/// Whom a body is about: somebody on file, or somebody to be put on file.
pub(crate) enum Whom {
    OnFile(PersonId),
    New(NewPerson),
}

impl Whom {
    pub(crate) fn of(id: Option<Uuid>, new: Option<&PersonCreate>) -> Result<Self> {
        match (id, new) {
            (Some(id), None) => Ok(Self::OnFile(PersonId(id))),
            (None, Some(person)) => Ok(Self::New(read(person)?)),
            (Some(_), Some(_)) => Err(Refusal::field(
                "/person",
                "not_both",
                "已选登记的人员，不应再登记新人员。",
                "Somebody on file is named, so nobody is put on file.",
            )),
            (None, None) => Err(Refusal::field(
                "/person_id",
                "required",
                "须选登记的人员，或登记新人员。",
                "Name somebody on file, or put a person on file.",
            )),
        }
    }

    pub(crate) async fn on_file(&self, work: &Work<'_>) -> Result<PersonId> {
        match self {
            Self::New(new) => Ok(person::create(work, new.clone()).await?.id),
            Self::OnFile(id) => match person::require(work, *id).await {
                Ok(_) => Ok(*id),
                Err(refusal) => Err(refusal.at("/person_id")),
            },
        }
    }
}

fn read(person: &PersonCreate) -> Result<NewPerson> {
    let phone = person.phone.as_deref().map(Phone::parse).transpose().map_err(|PhoneFault| {
        Refusal::invalid(vec![FieldFault::body("/person/phone", PhoneFault::CODE, PhoneFault::detail())])
    })?;
    Ok(NewPerson { name: person.name.trim().to_owned(), phone, email: person.email.clone() })
}
