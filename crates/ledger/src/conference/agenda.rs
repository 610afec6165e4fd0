//! The travel of issues (Articles 19, 22, 23): onto the agenda of a conference, and home again with its conclusion.

use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;

use super::fault::ISSUE_OUT_OF_SCOPE;
use super::{Conference, ConferenceKind, ConferenceLevel, store};
use crate::action::{ESCALATE, READ};
use crate::fault::ISSUE_NOT_FOUND;
use crate::issue::{Issue, IssueId, commands as issues};
use crate::vocabulary::Forum;

impl Conference {
    #[must_use]
    pub(crate) fn forum(&self) -> Forum {
        match self.kind {
            ConferenceKind::Joint => Forum::JointMeeting,
            ConferenceKind::Zone => Forum::ZoneMeeting,
        }
    }

    /// Whether the issue is one for it: a street takes up what lies in it.
    pub(crate) fn takes(&self, issue: &Issue) -> Result<()> {
        let foreign = self.level == Some(ConferenceLevel::Street) && issue.street_code != self.street_code;
        if foreign { Err(Refusal::of(&ISSUE_OUT_OF_SCOPE)) } else { Ok(()) }
    }
}

/// Puts issues on the agenda of what was requested; they travel when it is approved. Who convenes a zone brings what its
/// own unit leads; the secretariat brings any.
pub(super) async fn put(work: &Work<'_>, it: &Conference, issues: &[IssueId], convenes: Option<UnitId>) -> Result<()> {
    for (at, id) in issues.iter().enumerate() {
        let pointer = format!("/issue_ids/{at}");
        let issue = issues::known(work, *id).await.map_err(|refusal| refusal.at(&pointer))?;
        if !issues::may(work, &issue, &READ).await? {
            return Err(Refusal::of(&ISSUE_NOT_FOUND).at(&pointer));
        }
        let leads = convenes.is_some() && issue.lead_unit_id == convenes;
        let raises = issues::may(work, &issue, &ESCALATE).await?;
        let of_street = it.level == Some(ConferenceLevel::Street) && issue.street_code == it.street_code;
        if !(leads || raises || of_street) {
            return Err(Refusal::of(&ISSUE_OUT_OF_SCOPE).at(&pointer));
        }
        it.takes(&issue).map_err(|refusal| refusal.at(&pointer))?;
        store::put_on_agenda(work, it.id, *id).await?;
    }
    Ok(())
}

/// All that is on the agenda goes before the conference, under the number that it has.
pub(super) async fn escalate(work: &mut Work<'_>, it: &Conference, workdays: u32) -> Result<()> {
    for on_agenda in store::agenda(work.tx(), it.id).await? {
        issues::bring_before(work, on_agenda.issue_id, it, workdays).await?;
    }
    Ok(())
}

/// All that is still before the conference comes home with what was concluded on it.
pub(super) async fn bring_home(work: &mut Work<'_>, it: &Conference, otherwise: &str) -> Result<usize> {
    let mut home = 0;
    for on_agenda in store::agenda(work.tx(), it.id).await? {
        let conclusion = on_agenda.conclusion.as_deref().unwrap_or(otherwise);
        home += usize::from(issues::bring_home(work, on_agenda.issue_id, it, conclusion).await?);
    }
    Ok(home)
}
