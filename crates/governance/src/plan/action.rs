//! Who drafts instruments, who reads and discusses them, who records what was decided.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Scope};
use uuid::Uuid;

use super::fault::INSTRUMENT_NOT_FOUND;
use super::{Instrument, InstrumentStatus};
use crate::charter::action::{ADOPTED, DELIBERATED};

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): what was adopted is every member's; what lies before a body, its own and the officers'.
    INSTRUMENT_READ = "instrument.read" art 9 "查阅计划、报告和制度" "read plans, reports and rules" &[
        by(Role::SecretariatOffice), by(Role::SecretaryGeneral),
        over(Role::President, DELIBERATED), over(Role::VicePresident, DELIBERATED), over(Role::CouncilMember, DELIBERATED),
        over(Role::MemberRepresentative, ADOPTED), over(Role::MemberLiaison, ADOPTED),
    ];
    /// Article 13: what the council has to prepare, its secretariat drafts.
    INSTRUMENT_DRAFT = "instrument.draft" art 13 "起草计划、报告和制度" "draft plans, reports and rules" SECRETARIAT;
    INSTRUMENT_COMMENT = "instrument.comment" art 13 "审议时提出意见" "comment on what is deliberated" &[
        by(Role::SecretariatOffice), by(Role::SecretaryGeneral),
        over(Role::President, DELIBERATED), over(Role::VicePresident, DELIBERATED), over(Role::CouncilMember, DELIBERATED),
    ];
    /// Articles 11 and 13: the secretariat records it; the decision is the body's.
    INSTRUMENT_ADOPT = "instrument.adopt" art 11 "登记通过、公布和废止" "record that an instrument is adopted, published, abolished" SECRETARIAT;
    /// Article 9(2): the figures of a year, which the work report rests on.
    FIGURES_READ = "figures.read" art 9 "查看本会年度数据" "read the association's figures of a year" &[
        by(Role::SecretariatOffice), by(Role::SecretaryGeneral), by(Role::President), by(Role::VicePresident),
        by(Role::CouncilMember), by(Role::MemberRepresentative), by(Role::MemberLiaison),
    ];
}

/// A status stands for all instruments in it: what lists are narrowed to.
impl Resource for InstrumentStatus {
    fn relates(&self, over: Relation, _: &Scope) -> bool {
        match over {
            DELIBERATED => matches!(self, Self::Submitted | Self::Adopted | Self::Published),
            ADOPTED => matches!(self, Self::Adopted | Self::Published),
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &INSTRUMENT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("instrument", None)
    }
}

impl Resource for Instrument {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        self.status.relates(over, scope)
    }

    fn unknown(&self) -> &'static FaultEntry {
        &INSTRUMENT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("instrument", Some(self.id.0))
    }
}
