//! How an enquiry stands to whoever looks at it.

use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Actor, FaultEntry, Permission, Refusal, Relation, Resource, Result, Scope, Target, Work};
use gongjian_membership::action::{BRANCH, OWN_UNIT};
use sea_orm::{Condition, ConnectionTrait, entity::prelude::*};
use uuid::Uuid;

use super::store::{self, reader};
use super::{AskerKind, Assignment, Enquiry, EnquiryAction, EnquiryId, EnquiryStatus, Publicity};
use crate::acting;
use crate::body::action::OWN_BODY;
use crate::expert::action::{ASSIGNED, ENQUIRY_READ, OF_SECRETARIAT, TOLD};
use crate::expert::fault::{ENQUIRY_NOT_FOUND, ENQUIRY_NOT_OPEN};
use crate::expert::{ExpertId, store as experts};

/// An enquiry with its assignments, and what of it is the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    pub enquiry: Enquiry,
    pub assignments: Vec<Assignment>,
    /// The reader's own profile, if he is an expert.
    pub me: Option<ExpertId>,
    /// The outcome is published to the reader.
    pub is_told: bool,
}

impl Sight {
    pub(super) async fn of(db: &impl ConnectionTrait, actor: &Actor, enquiry: Enquiry) -> Result<Self> {
        let assignments = store::assignments(db, [enquiry.id]).await?;
        let me = match actor.person {
            Some(person) => experts::of_person(db, PersonId(person)).await?.map(|expert| expert.id),
            None => None,
        };
        let is_told = match enquiry.published_to {
            None | Some(Publicity::Asker) => false,
            Some(Publicity::Members) => true,
            Some(Publicity::Body) => {
                let told =
                    reader::Entity::find().filter(reader::Column::EnquiryId.eq(enquiry.id)).filter(voices(actor));
                told.exists(db).await?
            }
        };
        Ok(Self { enquiry, assignments, me, is_told })
    }

    /// The reader's own part in it.
    #[must_use]
    pub fn mine(&self) -> Option<&Assignment> {
        let me = self.me?;
        self.assignments.iter().find(|assignment| assignment.expert_id == me && assignment.status.is_his())
    }
}

/// The voices that the actor speaks for or is.
pub(super) fn voices(actor: &Actor) -> Condition {
    let units = Condition::any().add(reader::Column::UnitId.is_in(actor.units()));
    units.add_option(actor.person.map(|person| reader::Column::PersonId.eq(person)))
}

impl Resource for Sight {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let it = &self.enquiry;
        match (over, scope) {
            (ASSIGNED, _) => self.mine().is_some(),
            (TOLD, _) => self.is_told,
            (OF_SECRETARIAT, Scope::Association) => it.asker_kind == AskerKind::Secretariat,
            (OWN_UNIT, Scope::Unit(unit)) => it.asker_unit_id.is_some_and(|own| own.0 == *unit),
            (BRANCH, Scope::Branch(street)) => it.asker_street.as_ref() == Some(street),
            (OWN_BODY, Scope::Body(body)) => it.asker_body_id.is_some_and(|own| own.0 == *body),
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &ENQUIRY_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("enquiry", Some(self.enquiry.id.0))
    }
}

/// Loads, authorizes, and refuses what is stale or not open now.
pub(super) async fn open(
    work: &Work<'_>,
    target: Target<EnquiryId>,
    wanted: &Permission,
    action: EnquiryAction,
) -> Result<Sight> {
    let enquiry = store::lock(work, target.id).await?;
    let sight = Sight::of(work.tx(), work.actor(), enquiry).await?;
    work.authorize(wanted, &ENQUIRY_READ, &sight)?;
    target.is_current(sight.enquiry.version)?;
    step(&sight.enquiry, action)?;
    Ok(sight)
}

pub(super) fn step(enquiry: &Enquiry, action: EnquiryAction) -> Result<EnquiryStatus> {
    enquiry.status.next(action).ok_or_else(|| {
        let open = enquiry.status.open_actions().map(EnquiryAction::as_str).collect();
        let words = (enquiry.status.label(), action.label());
        acting::not_open(&ENQUIRY_NOT_OPEN, ("咨询", "enquiry"), words, open)
    })
}

/// Writes what the action made of the enquiry.
pub(super) async fn save(
    work: &mut Work<'_>,
    before: &Enquiry,
    after: Enquiry,
    event: &'static gongjian_kernel::EventEntry,
    data: serde_json::Value,
) -> Result<Enquiry> {
    let after = Enquiry { version: before.version + 1, ..after };
    work.update::<store::row::Entity>(before, &after).await?;
    work.record(gongjian_kernel::Event::new(event, after.id.0, data));
    Ok(after)
}

/// No such part in it.
pub(super) fn unassigned() -> Refusal {
    Refusal::of(&crate::expert::fault::ASSIGNMENT_NOT_FOUND)
}
