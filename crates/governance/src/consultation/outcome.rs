//! What came of a consultation: a pure function of its facts.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Party, Position, Round, Statement};

gongjian_kernel::words! {
    /// How a party was heard. Silence is silence, unless it was announced that it would be consent.
    pub enum Heard as "consultation_heard" ("听取情况", "How a party was heard") {
        Support = "support" ("同意", "Supports"),
        SupportWithComments = "support_with_comments" ("同意并提出意见", "Supports with comments"),
        /// In this round, or in an earlier one without having said anything else since.
        Objects = "objects" ("不同意", "Objects"),
        /// It had the time and said nothing.
        Silent = "silent" ("未表态", "Silent"),
        SilentConsent = "silent_consent" ("未表态，按事先约定视为同意", "Silent, which was announced to be consent"),
        Awaited = "awaited" ("待表态", "Awaited"),
    }
}

/// Parties counted by how they were heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub parties: i64,
    pub support: i64,
    pub support_with_comments: i64,
    pub object: i64,
    pub silent: i64,
    pub silent_consent: i64,
    pub awaited: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody has yet to be heard, and has time.
    Pending,
    /// Everybody was heard or had the time; nobody objects and somebody supports.
    Consensus,
    NotReached,
}

/// How the party was heard in the round, by what it has said in this one and those before.
pub(super) fn heard(
    party: &Party,
    round: &Round,
    statements: &[Statement],
    silence_consents: bool,
    today: NaiveDate,
) -> Heard {
    let latest = statements.iter().filter(|said| said.party_key == party.key).max_by_key(|said| said.round_no);
    match latest.map(|said| (said.position, said.round_no == round.round_no)) {
        // An objection stands until whoever made it says otherwise; a consent was to a text that is no more.
        Some((Position::Object, _)) => Heard::Objects,
        Some((Position::Support, true)) => Heard::Support,
        Some((Position::SupportWithComments, true)) => Heard::SupportWithComments,
        Some((Position::Support | Position::SupportWithComments, false)) | None if today <= round.due_on => {
            Heard::Awaited
        }
        Some((Position::Support | Position::SupportWithComments, false)) | None if silence_consents => {
            Heard::SilentConsent
        }
        Some((Position::Support | Position::SupportWithComments, false)) | None => Heard::Silent,
    }
}

/// What comes of it on that day.
#[must_use]
pub fn assess(heard: impl IntoIterator<Item = Heard>) -> (Outcome, Tally) {
    let mut tally = Tally::default();
    for one in heard {
        tally.parties += 1;
        *match one {
            Heard::Support => &mut tally.support,
            Heard::SupportWithComments => &mut tally.support_with_comments,
            Heard::Objects => &mut tally.object,
            Heard::Silent => &mut tally.silent,
            Heard::SilentConsent => &mut tally.silent_consent,
            Heard::Awaited => &mut tally.awaited,
        } += 1;
    }
    let supported = tally.support + tally.support_with_comments + tally.silent_consent > 0;
    let outcome = if tally.awaited > 0 {
        Outcome::Pending
    } else if tally.object == 0 && supported {
        Outcome::Consensus
    } else {
        Outcome::NotReached
    };
    (outcome, tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consensus_is_everybody_heard_and_nobody_against() {
        use Heard::{Awaited, Objects, Silent, SilentConsent, Support, SupportWithComments};
        let outcome = |all: &[Heard]| assess(all.iter().copied()).0;
        assert_eq!(outcome(&[Support, SupportWithComments]), Outcome::Consensus);
        assert_eq!(outcome(&[Support, Silent]), Outcome::Consensus, "it had the time");
        assert_eq!(outcome(&[Silent, SilentConsent]), Outcome::Consensus);
        assert_eq!(outcome(&[Silent, Silent]), Outcome::NotReached, "silence is not consent");
        assert_eq!(outcome(&[Support, Awaited]), Outcome::Pending);
        assert_eq!(outcome(&[Objects, Awaited]), Outcome::Pending, "everybody is heard first");
        assert_eq!(outcome(&[Support, Support, Objects]), Outcome::NotReached);
        assert_eq!(outcome(&[]), Outcome::NotReached);
    }
}
