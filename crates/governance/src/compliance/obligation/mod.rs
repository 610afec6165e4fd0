//! What the charter asks for, as data. A line here says what, by which article, how strictly and how often;
//! its source says which recorded facts meet it.

mod table;

use gongjian_kernel::Say;

use super::source::Source;

gongjian_kernel::words! {
    /// How strictly the charter asks for something.
    pub enum Strength as "obligation_strength" ("要求强度", "Strength of an obligation") {
        Must = "must" ("应当", "Must"),
        /// A breach asks for a reason on record and blocks nothing.
        InPrinciple = "in_principle" ("原则上", "In principle"),
        May = "may" ("可以", "May"),
    }
}

gongjian_kernel::words! {
    /// How often an obligation comes round.
    pub enum Cadence as "obligation_cadence" ("周期", "How often") {
        Yearly = "yearly" ("每年", "Each calendar year"),
        HalfYearly = "half_yearly" ("每半年", "Each half-year"),
        /// Every few months, as the policy of briefings says.
        Regularly = "regularly" ("定期", "At regular intervals"),
        /// Something happens that asks for something else.
        EachTime = "each_time" ("逐次", "Each time"),
    }
}

gongjian_kernel::words! {
    /// Whom or what an obligation is about.
    pub enum SubjectKind as "obligation_subject" ("义务对象", "What an obligation is about") {
        Association = "association" ("本会", "The association"),
        Unit = "unit" ("单位", "A unit"),
        Committee = "committee" ("专业研究委员会", "A committee"),
        Office = "office" ("职务", "An office"),
        Meeting = "meeting" ("会议", "A meeting"),
        OpinionCall = "opinion_call" ("征求意见", "A call for opinion"),
    }
}

/// When a warning is due before the obligation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// From the first day of a month of the year.
    FromMonth,
    /// Days before the end of a half-year.
    CouncilDays,
    /// Days before the end of the interval.
    BriefingDays,
    /// Working days after what set the limit off.
    ReminderWorkdays,
    /// As the policy of filings says.
    FilingReminder,
    /// Days before a term ends.
    TermDays,
    /// On the day itself.
    SameDay,
}

/// Something that the charter asks for.
#[derive(Debug)]
pub struct Obligation {
    pub key: &'static str,
    pub article: u8,
    pub strength: Strength,
    pub label: Say,
    pub cadence: Cadence,
    pub warning: Warning,
    pub subject: SubjectKind,
    /// Article 9(2): every member may know of it.
    pub is_public: bool,
    pub(crate) source: Source,
}

/// All of them, in the order of their articles.
pub fn obligations() -> impl Iterator<Item = &'static Obligation> {
    table::OBLIGATIONS.iter()
}

#[must_use]
pub fn find(key: &str) -> Option<&'static Obligation> {
    obligations().find(|obligation| obligation.key == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_unique_and_the_articles_are_in_order() {
        let keys: BTreeSet<&str> = obligations().map(|it| it.key).collect();
        assert_eq!(keys.len(), obligations().count());
        assert!(obligations().map(|it| it.article).is_sorted());
        assert!(keys.iter().all(|key| find(key).is_some_and(|it| it.key == *key)) && find("nothing").is_none());
    }

    /// domain.md §0, rule 7: what holds in principle is about the association's own meetings and papers.
    #[test]
    fn what_holds_in_principle_may_be_known_to_every_member() {
        assert!(obligations().all(|it| it.strength != Strength::InPrinciple || it.is_public));
    }
}
