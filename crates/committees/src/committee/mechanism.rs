//! How a committee works (Article 17: 嵌入既有机制或新建机制), by the consent of both its directors.

use gongjian_governance::body::BodyId;
use gongjian_governance::consent::{ConsentId, ConsentStatus, queries as consents};
use gongjian_governance::decision::fault::{
    RESULT_NOT_CARRIED, RESULT_NOT_CONCLUDED, RESULT_NOT_FOUND, RESULT_OF_ANOTHER_BODY, RESULT_USED,
};
use gongjian_identity::PersonId;
use gongjian_kernel::{Event, Refusal, Result, Text, Work};
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::action::{Affair, COMMITTEE_MECHANISM};
use super::commands::standing;
use super::event::MECHANISM_SET;

gongjian_kernel::ids! {
    /// A mechanism of a committee.
    MechanismId;
}

gongjian_kernel::words! {
    /// Article 17: where a committee works.
    pub enum MechanismKind as "committee_mechanism_kind" ("运行机制", "How a committee works") {
        Embedded = "embedded" ("嵌入既有机制", "Embedded in an existing mechanism"),
        New = "new" ("新建机制", "A mechanism of its own"),
    }
}

pub(super) mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_governance::consent::ConsentId;
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use super::{MechanismId, MechanismKind};

    /// How a committee works from a day on; the latest is in force, the others are its history.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_mechanism")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MechanismId,
        pub body_id: BodyId,
        pub kind: MechanismKind,
        pub name: String,
        pub description: String,
        pub consent_id: ConsentId,
        pub since: Date,
        pub set_by: Option<PersonId>,
        pub set_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Mechanism;

/// What both directors have agreed on.
#[derive(Debug, Clone)]
pub struct NewMechanism {
    pub kind: MechanismKind,
    pub name: Text<2, 100>,
    pub description: Text<2, 2000>,
    pub consent: ConsentId,
}

/// Article 17: a director enters what both have signed. A consent serves once.
pub async fn set(work: &mut Work<'_>, id: BodyId, new: NewMechanism) -> Result<Mechanism> {
    let body = super::commands::lock(work, id).await?;
    work.authorize(&COMMITTEE_MECHANISM, &COMMITTEE_MECHANISM, &Affair::of(&body))?;
    standing(work, &body)?;
    let found = consents::find(work.tx(), new.consent).await;
    let consent = found.map_err(|_| Refusal::of(&RESULT_NOT_FOUND).at("/consent_id"))?.consent;
    let refused = |entry| Err(Refusal::of(entry).with_article(Some(17)));
    if consent.body_id != body.id {
        return refused(&RESULT_OF_ANOTHER_BODY);
    }
    match consent.status_on(work.today()) {
        ConsentStatus::Agreed => {}
        ConsentStatus::Open => return refused(&RESULT_NOT_CONCLUDED),
        ConsentStatus::Declined | ConsentStatus::Withdrawn | ConsentStatus::Escalated => {
            return refused(&RESULT_NOT_CARRIED);
        }
    }
    let mechanism = Mechanism {
        id: work.new_id(),
        body_id: body.id,
        kind: new.kind,
        name: new.name.into_string(),
        description: new.description.into_string(),
        consent_id: consent.id,
        since: work.today(),
        set_by: work.actor().person.map(PersonId),
        set_at: work.now(),
    };
    let active: row::ActiveModel = mechanism.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &RESULT_USED).with_article(Some(17)))?;
    let data = json!({ "kind": mechanism.kind, "name": mechanism.name, "consent_id": mechanism.consent_id });
    work.record(Event::new(&MECHANISM_SET, body.id.0, data));
    Ok(mechanism)
}
