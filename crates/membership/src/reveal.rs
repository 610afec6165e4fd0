//! Who may be shown a person's number: the secretariat, which keeps the files (Article 25), and the
//! person's own unit. A department's handler who leads an issue asks through either of them.

use gongjian_identity::privacy::fault::NO_SUCH_PERSON;
use gongjian_identity::privacy::reveal::{self as looks, Need};
use gongjian_identity::{Person, PersonId, Role, person};
use gongjian_kernel::actor::{ANY, authorize};
use gongjian_kernel::{Actor, FaultEntry, Permission, Refusal, Relation, Resource, Result, Scope, Work};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use crate::action::{OWN_UNIT, PERSON_REVEAL, UNIT_READ};
use crate::appointment::store::row as appointment;
use crate::unit::store::{contact, unit};
use crate::unit::{UnitId, UnitType};

/// A person and the units that he speaks or handles issues for now.
#[derive(Debug, Clone)]
struct OnFile {
    person: Person,
    units: Vec<UnitId>,
    /// Every member can read that he speaks for one of them.
    is_listed: bool,
}

impl Resource for OnFile {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        matches!(scope, Scope::Unit(unit) if over == OWN_UNIT && self.units.contains(&UnitId(*unit)))
    }

    fn unknown(&self) -> &'static FaultEntry {
        &NO_SUCH_PERSON
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("person", Some(self.person.id.0))
    }
}

impl OnFile {
    async fn find(db: &impl ConnectionTrait, id: PersonId) -> Result<Self> {
        let person = person::find(db, id).await?.ok_or_else(|| Refusal::of(&NO_SUCH_PERSON))?;
        let spoken_for: Vec<UnitId> = contact::Entity::find()
            .filter(contact::Column::PersonId.eq(id))
            .filter(contact::Column::Until.is_null())
            .select_only()
            .column(contact::Column::UnitId)
            .into_tuple()
            .all(db)
            .await?;
        let handled_for: Vec<UnitId> = appointment::Entity::find()
            .filter(appointment::Column::PersonId.eq(id))
            .filter(appointment::Column::Until.is_null())
            .filter(appointment::Column::UnitId.is_not_null())
            .select_only()
            .column(appointment::Column::UnitId)
            .into_tuple()
            .all(db)
            .await?;
        let is_listed = unit::Entity::find()
            .filter(unit::Column::Id.is_in(spoken_for.iter().copied()))
            .filter(unit::Column::UnitType.ne(UnitType::Military))
            .exists(db)
            .await?;
        Ok(Self { person, units: [spoken_for, handled_for].concat(), is_listed })
    }

    fn allow(&self, actor: &Actor) -> Result<()> {
        let seen_by: &Permission = if self.is_listed { &UNIT_READ } else { &PERSON_REVEAL };
        authorize(actor, &PERSON_REVEAL, seen_by, self)
    }

    /// The office of the actor that carries the permission.
    fn office_of(&self, actor: &Actor) -> Option<Role> {
        let carries = |role: &str, scope: &Scope| {
            let of_role = PERSON_REVEAL.rules.iter().filter(|rule| rule.role == role);
            of_role.into_iter().any(|rule| rule.over == ANY || self.relates(rule.over, scope))
        };
        let office = actor.grants.iter().find(|grant| carries(grant.role, &grant.scope))?;
        Role::parse(office.role)
    }
}

/// Whether the caller may be shown the number at all.
pub async fn may(db: &impl ConnectionTrait, actor: &Actor, id: PersonId) -> Result<()> {
    OnFile::find(db, id).await?.allow(actor)
}

/// Shows the number, and puts on record to whom and what for.
pub async fn reveal(work: &mut Work<'_>, id: PersonId, need: Need) -> Result<String> {
    let on_file = OnFile::find(work.tx(), id).await?;
    on_file.allow(work.actor())?;
    let office = on_file.office_of(work.actor()).ok_or_else(|| Refusal::internal("allowed by no office"))?;
    looks::reveal(work, &on_file.person, office, need).await
}
