//! Persons: those who act for units and hold offices. Accounts and filings refer to them by id.

mod sealing;

use gongjian_kernel::seal::{DataKeys, Sealed};
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use crate::fault::PERSON_NOT_FOUND;
use crate::phone::Phone;

pub use sealing::{UnknownKey, check_keys, introduce_keys, reseal};

gongjian_kernel::ids! {
    /// A person.
    PersonId;
}

pub(crate) mod row {
    use gongjian_kernel::seal::Sealed;
    use sea_orm::entity::prelude::*;

    use super::PersonId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub name: String,
        /// Opened by [`Model::phone`] alone.
        pub phone_sealed: Option<Sealed>,
        /// As others see it, so that lists need no key.
        pub phone_masked: Option<String>,
        pub phone_key: Option<String>,
        pub email: Option<String>,
        /// When the person's data were erased at his own request.
        pub erased_at: Option<DateTimeUtc>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Person;

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

/// What a phone is sealed for: it opens in no other row.
fn place(id: PersonId) -> String {
    format!("person.phone {id}")
}

impl Person {
    /// The number itself. Whoever shows it to somebody else puts that on record.
    pub fn phone(&self, keys: &DataKeys) -> Result<Option<String>> {
        self.phone_sealed.as_ref().map(|sealed| keys.open(&place(self.id), sealed)).transpose()
    }

    /// The person with this number, sealed with the current key.
    pub(crate) fn with_phone(self, keys: &DataKeys, phone: Option<&Phone>) -> Result<Self> {
        let sealed = phone.map(|phone| seal(keys, self.id, phone.as_str())).transpose()?;
        Ok(Self {
            phone_key: sealed.is_some().then(|| keys.current().to_owned()),
            phone_sealed: sealed,
            phone_masked: phone.map(Phone::masked),
            ..self
        })
    }
}

fn seal(keys: &DataKeys, id: PersonId, number: &str) -> Result<Sealed> {
    keys.seal(&place(id), number)
}

/// A person to be put on file.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub phone: Option<Phone>,
    pub email: Option<String>,
}

/// Puts a person on file. Part of a command that records why.
pub async fn create(work: &Work<'_>, new: NewPerson) -> Result<Person> {
    let person = Person {
        id: work.new_id(),
        name: new.name,
        phone_sealed: None,
        phone_masked: None,
        phone_key: None,
        email: new.email,
        erased_at: None,
        version: 1,
        created_at: work.now(),
    };
    let person = person.with_phone(&work.store.keys.data, new.phone.as_ref())?;
    let active: row::ActiveModel = person.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(person)
}

/// Writes a person's data anew: who was named as the contact of an application says so himself, with its code.
pub async fn amend(work: &Work<'_>, id: PersonId, new: NewPerson) -> Result<()> {
    let before = require(work, id).await?;
    let after = Person { name: new.name, email: new.email, version: before.version + 1, ..before.clone() };
    let after = after.with_phone(&work.store.keys.data, new.phone.as_ref())?;
    work.update::<row::Entity>(&before, &after).await
}

pub async fn find(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>> {
    Ok(row::Entity::find_by_id(id).one(db).await?)
}

/// The person, held to the end of the transaction: what he is appointed to, what he administers and whether
/// his data stay are decided one after the other (三员分立). Rows that refer to him can still be written.
pub(crate) async fn lock(work: &Work<'_>, id: PersonId) -> Result<Person> {
    let person = row::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(work.tx()).await?;
    person.ok_or_else(|| Refusal::of(&PERSON_NOT_FOUND))
}

/// Somebody who can take an office or get an account: on file and not erased, nor erased meanwhile.
pub async fn require(work: &Work<'_>, id: PersonId) -> Result<Person> {
    let person = lock(work, id).await?;
    if person.erased_at.is_none() { Ok(person) } else { Err(Refusal::of(&PERSON_NOT_FOUND)) }
}

/// The persons with these ids, in no particular order.
pub async fn list(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = PersonId>) -> Result<Vec<Person>> {
    Ok(row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?)
}
