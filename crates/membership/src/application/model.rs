//! What an application says, and what must hold before it is taken.

use chrono::NaiveDate;
use gongjian_identity::Phone;
use gongjian_identity::person::NewPerson;
use gongjian_kernel::keys::{random_token, sha256};
use gongjian_kernel::{Refusal, Result, Text};

use super::Application;
use super::vocabulary::{ApplicationOrigin, ApplicationStatus, ConsentVia};
use crate::association::AssociationPolicy;
use crate::unit::model::{Faults, check_count, check_places, name_key, read_credit_code};
use crate::unit::{AffiliationLevel, NewContact, PartyOrgKind, UnitType, ZoneCodes};

/// What the unit says of itself, and whom to ask.
#[derive(Debug, Clone)]
pub struct NewApplication {
    pub name: Text<2, 100>,
    pub unit_type: UnitType,
    pub affiliation_level: AffiliationLevel,
    pub credit_code: Option<String>,
    pub credit_code_exempt_reason: Option<Text<1, 200>>,
    pub street_code: String,
    pub zone_codes: Vec<String>,
    pub address: Text<1, 200>,
    pub party_org_name: Text<2, 100>,
    pub party_org_kind: PartyOrgKind,
    pub party_member_count: Option<i32>,
    pub contact: NewContact,
    pub consent: Option<ConsentOnRecord>,
    /// The day on which the application was received; today where none is given.
    pub applied_on: Option<NaiveDate>,
}

/// Who consented for the unit, in which post, when, and by which document.
#[derive(Debug, Clone)]
pub struct ConsentOnRecord {
    pub name: Text<1, 50>,
    pub post: Text<1, 50>,
    pub basis: Text<2, 200>,
    pub on: NaiveDate,
}

/// 256 random bits that stand for the applicant. The text is shown once; the database has its hash.
#[derive(Clone)]
pub struct TrackingCode(String);

impl std::fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrackingCode(***)")
    }
}

impl TrackingCode {
    pub(super) fn draw() -> Result<Self> {
        let random = random_token::<32>().map_err(Refusal::internal)?;
        Ok(Self(format!("rh_{random}")))
    }

    /// What somebody sent as a code.
    #[must_use]
    pub fn sent(code: String) -> Self {
        Self(code)
    }

    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> String {
        sha256(&[b"application", self.0.as_bytes()])
    }
}

impl NewApplication {
    /// Writes what is said onto the application, as far as it can be read.
    pub(super) fn onto(
        &self,
        before: Application,
        today: NaiveDate,
        association: &AssociationPolicy,
    ) -> Result<Application> {
        let mut faults = Faults::default();
        let reason = self.credit_code_exempt_reason.as_ref().map(Text::as_str);
        let credit_code = read_credit_code(self.unit_type, self.credit_code.as_deref(), reason, &mut faults);
        check_places(&self.street_code, &self.zone_codes, association, &mut faults);
        check_count(self.party_member_count, &mut faults);
        let contact = self.contact.read("/contact", today, &mut faults);
        if let Some(consent) = &self.consent {
            consent.check("/consent", today, &mut faults);
        }
        if !faults.0.is_empty() {
            return Err(Refusal::invalid(faults.0));
        }
        Ok(Application {
            name: self.name.as_str().trim().to_owned(),
            name_key: name_key(&self.name),
            unit_type: self.unit_type,
            affiliation_level: self.affiliation_level,
            credit_code,
            credit_code_exempt_reason: self.credit_code_exempt_reason.clone().map(Text::into_string),
            street_code: self.street_code.clone(),
            zone_codes: ZoneCodes(self.zone_codes.clone()),
            address: self.address.clone().into_string(),
            party_org_name: self.party_org_name.clone().into_string(),
            party_org_kind: self.party_org_kind,
            party_member_count: self.party_member_count,
            contact_name: contact.person.name,
            contact_post: contact.post,
            contact_phone_masked: contact.person.phone.as_ref().map(Phone::masked),
            ..before
        })
    }
}

impl NewApplication {
    /// Whom to ask about it, to be put on file.
    pub(super) fn contact_person(&self) -> Result<NewPerson> {
        let mut faults = Faults::default();
        let contact = self.contact.read("/contact", NaiveDate::MAX, &mut faults);
        if faults.0.is_empty() { Ok(contact.person) } else { Err(Refusal::invalid(faults.0)) }
    }
}

impl ConsentOnRecord {
    fn check(&self, at: &str, today: NaiveDate, faults: &mut Faults) {
        if self.on > today {
            let detail = gongjian_kernel::Say::fixed("日期不能晚于今天。", "It must not lie after today.");
            faults.add(format!("{at}/consented_on"), "in_future", detail);
        }
    }

    /// The application with this consent on it.
    pub(super) fn onto(self, before: Application, today: NaiveDate, via: ConsentVia) -> Result<Application> {
        let mut faults = Faults::default();
        self.check("", today, &mut faults);
        if !faults.0.is_empty() {
            return Err(Refusal::invalid(faults.0));
        }
        Ok(Application {
            consent_name: Some(self.name.into_string()),
            consent_post: Some(self.post.into_string()),
            consent_basis: Some(self.basis.into_string()),
            consent_on: Some(self.on),
            consent_via: Some(via),
            ..before
        })
    }
}

impl Application {
    /// Who speaks for the unit has agreed that it joins.
    #[must_use]
    pub fn has_consent(&self) -> bool {
        self.consent_via.is_some()
    }

    /// A consent was to the joining of the unit that was named: of another one it says nothing.
    pub(super) fn without_consent(self) -> Self {
        Self {
            consent_name: None,
            consent_post: None,
            consent_basis: None,
            consent_on: None,
            consent_via: None,
            ..self
        }
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        ApplicationStatus::OPEN.contains(&self.status)
    }

    #[must_use]
    pub fn is_public(&self) -> bool {
        self.origin == ApplicationOrigin::SelfApplied
    }
}
