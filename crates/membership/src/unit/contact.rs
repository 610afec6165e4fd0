//! Article 25: one fixed representative and one liaison for each unit, filed with the secretariat.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_identity::Person;
use gongjian_identity::person::NewPerson;
use gongjian_identity::phone::{Phone, PhoneFault};
use gongjian_kernel::{Say, Text};
use validator::ValidateEmail as _;

use super::UnitId;
use super::model::Faults;
use crate::filing::FilingId;

gongjian_kernel::words! {
    /// Article 25: what a person does for the unit.
    pub enum ContactKind as "contact_kind" ("联系人类别", "Kind of contact") {
        Representative = "representative" ("固定代表", "Fixed representative"),
        Liaison = "liaison" ("联络人", "Liaison"),
    }
}

/// A person to be filed.
#[derive(Debug, Clone)]
pub struct NewContact {
    pub name: Text<1, 50>,
    pub post: Text<1, 50>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// The day on which the secretariat received the filing; today where none is given.
    pub filed_on: Option<NaiveDate>,
}

/// A person who speaks for a unit now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactOnFile {
    pub unit_id: UnitId,
    pub kind: ContactKind,
    pub person: Person,
    pub post: String,
    pub filed_on: NaiveDate,
    pub since: DateTime<Utc>,
    pub filing_id: Option<FilingId>,
}

/// A filing whose fields hold.
#[derive(Debug, Clone)]
pub(crate) struct Filing {
    pub(crate) person: NewPerson,
    pub(crate) post: String,
    pub(crate) filed_on: NaiveDate,
}

const EMAIL_AT_MOST: usize = 254;

impl NewContact {
    /// The filing, as far as it can be read; `at` is where it stands in the body.
    pub(crate) fn read(&self, at: &str, today: NaiveDate, faults: &mut Faults) -> Filing {
        let phone = self.phone.as_deref().and_then(|raw| match Phone::parse(raw) {
            Ok(phone) => Some(phone),
            Err(PhoneFault) => {
                faults.add(format!("{at}/phone"), PhoneFault::CODE, PhoneFault::detail());
                None
            }
        });
        if self.email.as_ref().is_some_and(|email| email.len() > EMAIL_AT_MOST || !email.validate_email()) {
            let detail = Say::fixed("不是有效的电子邮箱地址。", "It is no e-mail address.");
            faults.add(format!("{at}/email"), "invalid_email", detail);
        }
        let filed_on = received_on(self.filed_on, at, today, faults);
        Filing {
            person: NewPerson { name: self.name.as_str().trim().to_owned(), phone, email: self.email.clone() },
            post: self.post.clone().into_string(),
            filed_on,
        }
    }
}

/// The day on which the secretariat received a filing; today where none is given.
pub(super) fn received_on(day: Option<NaiveDate>, at: &str, today: NaiveDate, faults: &mut Faults) -> NaiveDate {
    let day = day.unwrap_or(today);
    if day > today {
        let detail = Say::fixed("日期不能晚于今天。", "It must not lie after today.");
        faults.add(format!("{at}/filed_on"), "in_future", detail);
    }
    day
}
