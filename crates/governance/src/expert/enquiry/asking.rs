//! Asking: a unit's representative or liaison, a branch, a director of a committee, the secretariat.

use chrono::Datelike as _;
use gongjian_identity::PersonId;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{Actor, Event, Refusal, Result, Say, Scope, Target, Text, Work, number, policy};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries as members;
use serde_json::json;

use super::sight::{open, save, step};
use super::{AskerKind, Enquiry, EnquiryAction, EnquiryId, EnquiryStatus, Publicity, store};
use crate::body::{self, BodyId};
use crate::expert::action::ENQUIRY_ASK;
use crate::expert::{ExpertPolicy, event};

/// An enquiry to be made.
#[derive(Debug, Clone)]
pub struct NewEnquiry {
    pub asker: AskerChoice,
    pub field: Text<1, 40>,
    pub question: Text<2, 1000>,
    pub purpose: Text<2, 500>,
    pub agreement: Agreement,
}

/// How widely the asker lets the outcome be told; a body is named where it is told to one.
#[derive(Debug, Clone, Copy)]
pub struct Agreement {
    pub publicity: Publicity,
    pub body: Option<BodyId>,
}

/// For whom the question is put, where the caller could put it for several.
#[derive(Debug, Clone, Default)]
pub struct AskerChoice {
    pub kind: Option<AskerKind>,
    pub unit: Option<UnitId>,
    pub street: Option<String>,
    pub body: Option<BodyId>,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    Unit(UnitId),
    Branch(String),
    Committee(BodyId),
    Secretariat,
}

impl Asker {
    fn kind(&self) -> AskerKind {
        match self {
            Self::Unit(_) => AskerKind::Unit,
            Self::Branch(_) => AskerKind::Branch,
            Self::Committee(_) => AskerKind::Committee,
            Self::Secretariat => AskerKind::Secretariat,
        }
    }
}

impl AskerChoice {
    fn admits(&self, asker: &Asker) -> bool {
        let named = match asker {
            Asker::Unit(unit) => self.unit.is_none_or(|named| named == *unit),
            Asker::Branch(street) => self.street.as_ref().is_none_or(|named| named == street),
            Asker::Committee(body) => self.body.is_none_or(|named| named == *body),
            Asker::Secretariat => true,
        };
        let kind = asker.kind();
        let misnamed = (self.unit.is_some() && kind != AskerKind::Unit)
            || (self.street.is_some() && kind != AskerKind::Branch)
            || (self.body.is_some() && kind != AskerKind::Committee);
        named && !misnamed && self.kind.is_none_or(|wanted| wanted == kind)
    }

    /// The one for whom the actor may ask, of those that he chose from.
    pub fn of(&self, actor: &Actor) -> Result<Asker> {
        let mut askers: Vec<Asker> = Vec::new();
        for grant in &actor.grants {
            if !ENQUIRY_ASK.rules.iter().any(|rule| rule.role == grant.role) {
                continue;
            }
            let asker = match &grant.scope {
                Scope::Unit(unit) => Asker::Unit(UnitId(*unit)),
                Scope::Branch(street) => Asker::Branch(street.clone()),
                Scope::Body(body) => Asker::Committee(BodyId(*body)),
                Scope::Association => Asker::Secretariat,
            };
            if self.admits(&asker) && !askers.contains(&asker) {
                askers.push(asker);
            }
        }
        match (askers.pop(), askers.is_empty()) {
            (Some(asker), true) => Ok(asker),
            (Some(_), false) => {
                let zh = "您可代表多方提出咨询，请指明咨询方。";
                Err(Refusal::field("/asker", "required", zh, "You may ask for several; name the one who asks."))
            }
            (None, _) => {
                let zh = "由会员单位、街道分会、专业研究委员会主任或秘书处提出。";
                let en = "Units, branches, directors of committees and the secretariat ask, each for itself.";
                Err(Refusal::new(&FORBIDDEN, Say::fixed(zh, en)).with_article(ENQUIRY_ASK.article))
            }
        }
    }
}

impl Agreement {
    pub(super) async fn check(self, work: &Work<'_>, at: &str) -> Result<()> {
        match (self.publicity, self.body) {
            (Publicity::Body, Some(id)) => {
                let found = body::get(work.tx(), id).await;
                found.map(drop).map_err(|refusal| refusal.at(&format!("{at}/body_id")))
            }
            (Publicity::Body, None) => {
                Err(Refusal::field(&format!("{at}/body_id"), "required", "须指明机构。", "Name the body."))
            }
            (Publicity::Asker | Publicity::Members, Some(_)) => {
                let en = "Only what is told to a body names one.";
                Err(Refusal::field(&format!("{at}/body_id"), "not_allowed", "此范围不填机构。", en))
            }
            (Publicity::Asker | Publicity::Members, None) => Ok(()),
        }
    }
}

/// Article 15: somebody asks the committee.
pub async fn ask(work: &mut Work<'_>, new: NewEnquiry) -> Result<Enquiry> {
    let asker = new.asker.of(work.actor())?;
    if let Asker::Unit(unit) = asker {
        members::require_active(work.tx(), unit).await?;
    }
    new.agreement.check(work, "/agreement").await?;
    let prefix = policy::within::<ExpertPolicy>(work).await?.value.enquiry_prefix.clone();
    let year = work.today().year();
    let number = number::next(work, "enquiry", &prefix, year).await?;
    let (mut unit, mut street, mut committee) = (None, None, None);
    let kind = asker.kind();
    match asker {
        Asker::Unit(id) => unit = Some(id),
        Asker::Branch(code) => street = Some(code),
        Asker::Committee(id) => committee = Some(id),
        Asker::Secretariat => {}
    }
    let enquiry = Enquiry {
        id: work.new_id(),
        number: format!("{prefix}-{year}-{number:04}"),
        asker_kind: kind,
        asker_unit_id: unit,
        asker_street: street,
        asker_body_id: committee,
        asked_by: work.actor().person.map(PersonId),
        asked_at: work.now(),
        field: new.field.into_string(),
        question: new.question.into_string(),
        purpose: new.purpose.into_string(),
        agreed_to: new.agreement.publicity,
        agreed_body_id: new.agreement.body,
        status: EnquiryStatus::Submitted,
        due_on: None,
        due_estimated: false,
        calendar_basis: None,
        remark: None,
        conclusion: None,
        concluded_at: None,
        published_to: None,
        published_body_id: None,
        published_at: None,
        version: 1,
    };
    store::insert(work, &enquiry).await?;
    let data = json!({ "number": enquiry.number, "asker": kind, "unit_id": unit, "field": enquiry.field });
    work.record(Event::new(&event::ENQUIRY_ASKED, enquiry.id.0, data));
    Ok(enquiry)
}

/// The asker says more clearly what is meant.
pub async fn clarify(
    work: &mut Work<'_>,
    target: Target<EnquiryId>,
    question: Text<2, 1000>,
    purpose: Option<Text<2, 500>>,
) -> Result<Enquiry> {
    let before = open(work, target, &ENQUIRY_ASK, EnquiryAction::Clarify).await?.enquiry;
    let after = Enquiry {
        status: step(&before, EnquiryAction::Clarify)?,
        question: question.into_string(),
        purpose: purpose.map_or_else(|| before.purpose.clone(), Text::into_string),
        ..before.clone()
    };
    let data = json!({ "number": after.number, "before": before.question, "after": after.question });
    save(work, &before, after, &event::ENQUIRY_CLARIFIED, data).await
}

/// How widely it may be told is the asker's to say, until it is published.
pub async fn agree(work: &mut Work<'_>, target: Target<EnquiryId>, agreement: Agreement) -> Result<Enquiry> {
    let before = open(work, target, &ENQUIRY_ASK, EnquiryAction::Agree).await?.enquiry;
    agreement.check(work, "").await?;
    let after = Enquiry { agreed_to: agreement.publicity, agreed_body_id: agreement.body, ..before.clone() };
    let data = json!({ "number": after.number, "before": before.agreed_to, "after": after.agreed_to });
    save(work, &before, after, &event::ENQUIRY_AGREED, data).await
}

/// The asker asks no more.
pub async fn withdraw(work: &mut Work<'_>, target: Target<EnquiryId>, reason: Text<2, 500>) -> Result<Enquiry> {
    let before = open(work, target, &ENQUIRY_ASK, EnquiryAction::Withdraw).await?.enquiry;
    let status = step(&before, EnquiryAction::Withdraw)?;
    let after = Enquiry { status, remark: Some(reason.into_string()), ..before.clone() };
    let data = json!({ "number": after.number, "reason": after.remark });
    save(work, &before, after, &event::ENQUIRY_WITHDRAWN, data).await
}
