//! How bodies relate to offices, and who may do what with them.

use gongjian_identity::{Role, by};
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use uuid::Uuid;

use super::fault::BODY_NOT_FOUND;
use super::{Body, BodyKind};
use crate::post::action::READERS;

/// The office is held over this very body: its branch, its committee.
pub const OWN_BODY: Relation = Relation("own_body");
/// The body is that of all members (Article 11).
pub const GENERAL: Relation = Relation("general_meeting");
/// The body is the council (Article 13).
pub const THE_COUNCIL: Relation = Relation("council");

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): what the association consists of, and who has a seat where.
    BODY_READ = "body.read" art 9 "查看机构与名册" "read bodies and rosters" READERS;
    /// Articles 16–18; of committees, by decision of the council.
    BODY_ESTABLISH = "body.establish" art 16 "设立分会与专委会" "establish branches and committees" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        Rule { role: BY_RULE, over: ANY },
    ];
}

impl Resource for Body {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match over {
            OWN_BODY => match scope {
                Scope::Branch(street) => self.street_code.as_ref() == Some(street),
                Scope::Body(body) => *body == self.id.0,
                Scope::Association | Scope::Unit(_) => false,
            },
            GENERAL => self.kind == BodyKind::GeneralMeeting,
            THE_COUNCIL => self.kind == BodyKind::Council,
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &BODY_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("body", Some(self.id.0))
    }
}
