//! Permissions: two-key consent.

use gongjian_identity::{Role, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use uuid::Uuid;

use super::fault::CONSENT_NOT_FOUND;
use super::{Consent, ConsentStatus};
use crate::body::Body;
use crate::body::action::OWN_BODY;
use crate::decision::action::Paper;

/// The two did not agree in time: it is the council's.
pub const ESCALATED: Relation = Relation("escalated_to_council");

const HOLDERS: &[Rule] = &[over(Role::CommitteeDirector, OWN_BODY), over(Role::BranchPresident, OWN_BODY)];

const READERS: &[Rule] = &[
    by(Role::SecretariatOffice),
    by(Role::SecretaryGeneral),
    by(Role::President),
    by(Role::VicePresident),
    over(Role::CommitteeDirector, OWN_BODY),
    over(Role::BranchPresident, OWN_BODY),
    over(Role::CouncilMember, ESCALATED),
];

gongjian_kernel::permissions! { PERMISSIONS:
    CONSENT_READ = "joint_consent.read" art 17 "查看双签事项" "read consents of both keys" READERS;
    CONSENT_OPEN = "joint_consent.open" art 17 "发起双签" "ask for the consent of both keys" HOLDERS;
    /// Each his own key.
    CONSENT_SIGN = "joint_consent.sign" art 17 "签署双签意见" "turn one's own key" HOLDERS;
}

/// A consent as permissions see it.
#[derive(Debug)]
pub struct Proposal<'a> {
    paper: Paper<'a>,
    status: ConsentStatus,
}

impl<'a> Proposal<'a> {
    #[must_use]
    pub fn new(it: &Consent, body: &'a Body, today: chrono::NaiveDate) -> Self {
        let subject = ("joint_consent", Some(it.id.0));
        let paper = Paper { unknown: &CONSENT_NOT_FOUND, subject, ..Paper::new(body) };
        Self { paper, status: it.status_on(today) }
    }
}

impl Resource for Proposal<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match over {
            ESCALATED => self.status == ConsentStatus::Escalated,
            over => self.paper.relates(over, scope),
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        self.paper.unknown
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        self.paper.subject
    }
}
