//! Consents in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::{CONSENT_NOT_FOUND, KEY_TURNED};
use super::{Consent, ConsentId, Signature};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::body::BodyId;
    use crate::consent::{ConsentId, ConsentStatus};

    /// What two are to agree on. Its text never changes: both sign the same.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "joint_consent")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ConsentId,
        pub body_id: BodyId,
        pub subject: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        /// Open, agreed, declined or withdrawn.
        pub status: ConsentStatus,
        pub opened_by: Option<PersonId>,
        pub opened_at: DateTimeUtc,
        pub due_on: Date,
        pub ended_at: Option<DateTimeUtc>,
        pub withdraw_reason: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod signature {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::consent::ConsentId;

    /// What the holder of a key has said.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "joint_consent_signature")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub consent_id: ConsentId,
        /// The office that holds it.
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub person_id: PersonId,
        pub name: String,
        pub agrees: bool,
        pub reason: Option<String>,
        pub signed_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

pub(super) async fn insert(work: &Work<'_>, consent: &Consent) -> Result<()> {
    let active: row::ActiveModel = consent.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn sign(work: &Work<'_>, signature: Signature) -> Result<()> {
    let active: signature::ActiveModel = signature.into();
    signature::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &KEY_TURNED))?;
    Ok(())
}

/// The consent, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ConsentId) -> Result<Consent> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&CONSENT_NOT_FOUND))
}

pub(super) async fn signatures(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ConsentId>,
) -> Result<Vec<Signature>> {
    let found = signature::Entity::find().filter(signature::Column::ConsentId.is_in(ids));
    Ok(found.order_by_asc(signature::Column::SignedAt).all(db).await?)
}
