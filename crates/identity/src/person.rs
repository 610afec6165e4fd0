//! Persons: those who act for units and hold offices. Accounts and filings refer to them by id.

use gongjian_kernel::{Result, Work};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

gongjian_kernel::ids! {
    /// A person.
    PersonId;
}

mod row {
    use sea_orm::entity::prelude::*;

    use super::PersonId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub name: String,
        /// E.164 where it is a mobile number; shown masked.
        pub phone: Option<String>,
        pub email: Option<String>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Person;

/// A person to be put on file.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Puts a person on file. Part of a command that records why.
pub async fn create(work: &Work<'_>, new: NewPerson) -> Result<Person> {
    let person =
        Person { id: work.new_id(), name: new.name, phone: new.phone, email: new.email, created_at: work.now() };
    let active: row::ActiveModel = person.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(person)
}

pub async fn find(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>> {
    Ok(row::Entity::find_by_id(id).one(db).await?)
}

/// The persons with these ids, in no particular order.
pub async fn list(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = PersonId>) -> Result<Vec<Person>> {
    Ok(row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?)
}

/// The person, held until the transaction ends: of two units that file one person at once, the second
/// finds what the first has filed.
pub async fn lock(work: &Work<'_>, id: PersonId) -> Result<Option<Person>> {
    Ok(row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?)
}
