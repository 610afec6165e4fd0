//! Items of the execution book as permissions see them.

use gongjian_identity::Role;
use gongjian_kernel::{Actor, FaultEntry, Relation, Resource, Scope};
use uuid::Uuid;

use super::{Item, OwnerKind};
use crate::body::Body;
use crate::body::action::OWN_BODY;
use crate::decision::action::{OWNER, Paper};
use crate::decision::fault::ITEM_NOT_FOUND;

/// An item and how it relates to offices.
#[derive(Debug)]
pub struct Task<'a> {
    paper: Paper<'a>,
    item: &'a Item,
    /// The actor is the person, or holds the office, that carries it out.
    is_his: bool,
}

impl<'a> Task<'a> {
    #[must_use]
    pub fn new(actor: &Actor, item: &'a Item, body: &'a Body) -> Self {
        let subject = ("execution_item", Some(item.id.0));
        let paper = Paper { unknown: &ITEM_NOT_FOUND, subject, is_issued: true, ..Paper::new(body) };
        Self { paper, item, is_his: is_owner(actor, item, body) }
    }
}

/// Whether the actor is the person that carries it out, or holds the office that does: over the association, or over
/// the body whose decision it is.
#[must_use]
pub fn is_owner(actor: &Actor, item: &Item, body: &Body) -> bool {
    match item.owner_kind {
        OwnerKind::Unit => false,
        OwnerKind::Person => actor.person.is_some() && actor.person == item.person_id.map(|person| person.0),
        OwnerKind::Office => actor.grants.iter().any(|grant| {
            item.office.map(Role::as_str) == Some(grant.role)
                && (grant.scope == Scope::Association || body.relates(OWN_BODY, &grant.scope))
        }),
    }
}

impl Resource for Task<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match over {
            OWNER => {
                self.is_his || matches!(scope, Scope::Unit(unit) if self.item.unit_id.is_some_and(|own| own.0 == *unit))
            }
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
