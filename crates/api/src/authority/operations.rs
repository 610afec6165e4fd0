//! Which permission each operation asks for, in the order of the document. Reviewed: a line here is a promise
//! that the sweep of the charter's tests holds the operation to, for every office.

use gongjian_identity::action as accounts;
use gongjian_identity::administrator::{ADMINISTRATOR_CONFIRM, ADMINISTRATOR_PROPOSE, ADMINISTRATOR_READ};
use gongjian_identity::configuration::{
    CALENDAR_IMPORT, CONFIGURATION_CHANGE, CONFIGURATION_READ, SECURITY_POLICY_CHANGE,
};
use gongjian_identity::privacy::action as privacy;
use gongjian_identity::trail::{TRAIL_EXPORT, TRAIL_READ, TRAIL_VERIFY};
use gongjian_kernel::Permission;
use gongjian_ledger::action as issues;
use gongjian_membership::action as units;
use gongjian_membership::application::action as applications;
use gongjian_membership::contribution::action as contributions;
use gongjian_membership::filing::action as filings;
use gongjian_membership::standing::action as standing;

/// What an operation asks of its caller.
#[derive(Debug, Clone, Copy)]
pub enum Asks {
    /// Nothing: the body itself holds what proves the caller, or nothing needs proof.
    Nothing,
    /// To be signed in: it is about the caller alone, or told to everybody in the association.
    SignIn,
    /// A permission over the thing that it is about.
    For(&'static Permission),
}

use Asks::{For, Nothing, SignIn};

impl Asks {
    pub fn permissions(self) -> impl Iterator<Item = &'static Permission> {
        match self {
            For(permission) => Some(permission),
            Nothing | SignIn => None,
        }
        .into_iter()
    }
}

/// What the operation asks for; `None` where nobody has said.
#[must_use]
pub fn of(operation: &str) -> Option<Asks> {
    ALL.iter().find(|(id, _)| *id == operation).map(|(_, asks)| *asks)
}

pub(super) static ALL: &[(&str, Asks)] = &[
    ("listAccounts", For(&accounts::ACCOUNT_READ)),
    ("createAccount", For(&accounts::ACCOUNT_CREATE)),
    ("getAccount", For(&accounts::ACCOUNT_READ)),
    ("disableAccount", For(&accounts::ACCOUNT_DISABLE)),
    ("enableAccount", For(&accounts::ACCOUNT_DISABLE)),
    ("resetAccountPassword", For(&accounts::ACCOUNT_RESET_PASSWORD)),
    ("listGrantProposals", For(&ADMINISTRATOR_READ)),
    ("proposeGrant", For(&ADMINISTRATOR_PROPOSE)),
    ("getGrantProposal", For(&ADMINISTRATOR_READ)),
    ("confirmGrantProposal", For(&ADMINISTRATOR_CONFIRM)),
    ("declineGrantProposal", For(&ADMINISTRATOR_CONFIRM)),
    ("withdrawGrantProposal", For(&ADMINISTRATOR_PROPOSE)),
    ("listAppointments", For(&units::APPOINTMENT_READ)),
    ("fileAppointment", For(&units::APPOINTMENT_FILE)),
    ("getAppointment", For(&units::APPOINTMENT_READ)),
    ("endAppointment", For(&units::APPOINTMENT_FILE)),
    ("listAuditEvents", For(&TRAIL_READ)),
    ("exportAuditEvents", For(&TRAIL_EXPORT)),
    ("getAuditEvent", For(&TRAIL_READ)),
    ("listAuditVerifications", For(&TRAIL_VERIFY)),
    ("verifyAuditTrail", For(&TRAIL_VERIFY)),
    ("getAuditVerification", For(&TRAIL_VERIFY)),
    ("logIn", Nothing),
    ("logOut", SignIn),
    ("changePassword", SignIn),
    ("refreshTokens", Nothing),
    ("getAuthority", SignIn),
    ("listCalendarYears", For(&CONFIGURATION_READ)),
    ("getCalendarYear", For(&CONFIGURATION_READ)),
    ("importCalendarYear", For(&CALENDAR_IMPORT)),
    ("getDictionary", SignIn),
    ("listIssues", For(&issues::READ)),
    ("submitIssue", For(&issues::SUBMIT)),
    ("getIssue", For(&issues::READ)),
    ("updateIssue", For(&issues::SUBMIT)),
    ("cancelIssue", For(&issues::CANCEL)),
    ("concludeMeeting", For(&issues::CONCLUDE_MEETING)),
    ("confirmIssue", For(&issues::CONFIRM)),
    ("contributeToIssue", For(&issues::CONTRIBUTE)),
    ("decideExtension", For(&issues::DECIDE_EXTENSION)),
    ("dispatchIssue", For(&issues::DISPATCH)),
    ("escalateIssue", For(&issues::ESCALATE)),
    ("listIssueEvents", For(&issues::READ)),
    ("excludeFeedback", For(&issues::EXCLUDE_FEEDBACK)),
    ("mergeIssue", For(&issues::MERGE)),
    ("listIssueNotes", For(&issues::READ_NOTES)),
    ("reassignIssue", For(&issues::REASSIGN)),
    ("registerIssue", For(&issues::REGISTER)),
    ("rejectIssue", For(&issues::REJECT)),
    ("reopenIssue", For(&issues::REOPEN)),
    ("replyToIssue", For(&issues::REPLY)),
    ("reportProgress", For(&issues::REPORT_PROGRESS)),
    ("requestExtension", For(&issues::REQUEST_EXTENSION)),
    ("resumeIssue", For(&issues::RESUME)),
    ("returnIssue", For(&issues::RETURN)),
    ("ruleOnIssue", For(&issues::RULE_ON)),
    ("signIssue", For(&issues::SIGN)),
    ("listSimilarIssues", For(&issues::MERGE)),
    ("submitDraft", For(&issues::SUBMIT)),
    ("superviseIssue", For(&issues::SUPERVISE)),
    ("listSupervisionSheets", For(&issues::READ_PAPERS)),
    ("suspendIssue", For(&issues::SUSPEND)),
    ("urgeIssue", For(&issues::URGE)),
    ("withdrawIssue", For(&issues::WITHDRAW)),
    ("getMe", SignIn),
    ("getGrantPolicy", For(&CONFIGURATION_READ)),
    ("updateGrantPolicy", For(&SECURITY_POLICY_CHANGE)),
    ("getAssociationPolicy", For(&CONFIGURATION_READ)),
    ("updateAssociationPolicy", For(&CONFIGURATION_CHANGE)),
    ("getLedgerPolicy", For(&CONFIGURATION_READ)),
    ("updateLedgerPolicy", For(&CONFIGURATION_CHANGE)),
    ("listSessions", SignIn),
    ("revokeSession", SignIn),
    ("getIssueStatistics", For(&issues::STATISTICS)),
    ("listUnits", For(&units::UNIT_READ)),
    ("createUnit", For(&units::UNIT_CREATE)),
    ("getUnit", For(&units::UNIT_READ)),
    ("fileLiaison", For(&units::UNIT_CONTACT_CHANGE)),
    ("fileRepresentative", For(&units::UNIT_CONTACT_CHANGE)),
    ("computeDueDate", For(&CONFIGURATION_READ)),
    ("getFilingPolicy", For(&CONFIGURATION_READ)),
    ("updateFilingPolicy", For(&CONFIGURATION_CHANGE)),
    ("getJoiningPolicy", For(&CONFIGURATION_READ)),
    ("updateJoiningPolicy", For(&CONFIGURATION_CHANGE)),
    ("getPrivacyPolicy", For(&CONFIGURATION_READ)),
    ("updatePrivacyPolicy", For(&CONFIGURATION_CHANGE)),
    ("getAccountPolicy", For(&CONFIGURATION_READ)),
    ("updateAccountPolicy", For(&SECURITY_POLICY_CHANGE)),
    ("applyForMembership", Nothing),
    ("trackApplication", Nothing),
    ("correctApplication", Nothing),
    ("consentToMembership", Nothing),
    ("withdrawApplication", Nothing),
    ("nominateUnit", For(&applications::APPLICATION_NOMINATE)),
    ("recommendUnit", For(&applications::APPLICATION_RECOMMEND)),
    ("listApplications", For(&applications::APPLICATION_READ)),
    ("getApplication", For(&applications::APPLICATION_READ)),
    ("enterConsent", For(&applications::APPLICATION_CONSENT)),
    ("findApplicantEligible", For(&applications::APPLICATION_DECIDE)),
    ("admitApplicant", For(&applications::APPLICATION_DECIDE)),
    ("rejectApplication", For(&applications::APPLICATION_DECIDE)),
    ("returnApplication", For(&applications::APPLICATION_DECIDE)),
    ("withdrawUnit", For(&units::UNIT_WITHDRAW)),
    ("dissolveUnit", For(&units::UNIT_DISSOLVE)),
    ("listHandover", For(&units::UNIT_HANDOVER)),
    ("renameUnit", For(&units::UNIT_RENAME)),
    ("mergeUnit", For(&units::UNIT_REFORM)),
    ("splitUnit", For(&units::UNIT_REFORM)),
    ("listUnitHistory", For(&units::UNIT_READ)),
    ("importUnits", For(&units::UNIT_IMPORT)),
    ("exportUnits", For(&units::UNIT_EXPORT)),
    ("getImportTemplate", For(&units::UNIT_IMPORT)),
    ("endLiaison", For(&units::UNIT_CONTACT_CHANGE)),
    ("endRepresentative", For(&units::UNIT_CONTACT_CHANGE)),
    ("listUnitContacts", For(&units::UNIT_CONTACT_HISTORY)),
    ("listFilings", For(&filings::FILING_READ)),
    ("getFiling", For(&filings::FILING_READ)),
    ("acceptFiling", For(&filings::FILING_CHECK)),
    ("returnFiling", For(&filings::FILING_CHECK)),
    ("listFilingGaps", For(&filings::FILING_CHECK)),
    ("getUnitStanding", For(&standing::STANDING_READ)),
    ("listStandingLines", For(&standing::STANDING_READ)),
    ("getStandingLine", For(&standing::STANDING_READ)),
    ("disputeStandingLine", For(&standing::STANDING_DISPUTE)),
    ("answerStandingDispute", For(&standing::STANDING_ANSWER)),
    ("listContributions", For(&contributions::CONTRIBUTION_READ)),
    ("getContribution", For(&contributions::CONTRIBUTION_READ)),
    ("submitContribution", For(&contributions::CONTRIBUTION_SUBMIT)),
    ("withdrawContribution", For(&contributions::CONTRIBUTION_SUBMIT)),
    ("acknowledgeContribution", For(&contributions::CONTRIBUTION_ACKNOWLEDGE)),
    ("getPrivacyNotice", Nothing),
    ("getPersonalData", SignIn),
    ("correctPersonalData", SignIn),
    ("requestDeletion", SignIn),
    ("giveConsent", SignIn),
    ("withdrawConsent", SignIn),
    ("listPrivacyRequests", For(&privacy::PRIVACY_REQUEST_READ)),
    ("getPrivacyRequest", SignIn),
    ("withdrawPrivacyRequest", SignIn),
    ("grantPrivacyRequest", For(&privacy::PRIVACY_REQUEST_ANSWER)),
    ("refusePrivacyRequest", For(&privacy::PRIVACY_REQUEST_ANSWER)),
    ("revealPhone", For(&units::PERSON_REVEAL)),
    ("listReveals", SignIn),
    ("lockAccount", For(&accounts::ACCOUNT_LOCK)),
    ("unlockAccount", For(&accounts::ACCOUNT_LOCK)),
    ("listAccountSessions", For(&accounts::ACCOUNT_SESSIONS)),
    ("revokeAccountSession", For(&accounts::ACCOUNT_SESSIONS)),
    ("resetSecondFactor", For(&accounts::ACCOUNT_RESET_SECOND_FACTOR)),
    ("createInvitation", For(&accounts::ACCOUNT_INVITE)),
    ("listInvitations", For(&accounts::ACCOUNT_INVITE)),
    ("getInvitation", For(&accounts::ACCOUNT_INVITE)),
    ("revokeInvitation", For(&accounts::ACCOUNT_INVITE)),
    ("redeemInvitation", Nothing),
    ("listPasswordResets", For(&accounts::ACCOUNT_RESET_PASSWORD)),
    ("issueResetCode", For(&accounts::ACCOUNT_RESET_PASSWORD)),
    ("dismissPasswordReset", For(&accounts::ACCOUNT_RESET_PASSWORD)),
    ("requestPasswordReset", Nothing),
    ("redeemPasswordReset", Nothing),
    ("getPasswordPolicy", Nothing),
    ("showSecondFactor", Nothing),
    ("getMySecondFactor", SignIn),
    ("enrolMySecondFactor", SignIn),
    ("confirmMySecondFactor", SignIn),
    ("disableMySecondFactor", SignIn),
    ("revokeOtherSessions", SignIn),
];
