//! What a database knows about itself: the fingerprint of its secret, how far the demo was loaded.

use gongjian_kernel::db::Database;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use crate::failure::Result;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "instance_fact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub value: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One fact, by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fact(pub(crate) &'static str);

impl Fact {
    pub(crate) async fn read(self, db: &Database) -> Result<Option<String>> {
        Ok(row::Entity::find_by_id(self.0).one(db.writer()).await?.map(|fact| fact.value))
    }

    /// The fact as it stands afterwards: whoever comes first sets it.
    pub(crate) async fn settle(self, db: &Database, value: &str) -> Result<String> {
        self.insert(db, value, OnConflict::column(row::Column::Name).do_nothing().to_owned()).await?;
        Ok(self.read(db).await?.unwrap_or_default())
    }

    pub(crate) async fn set(self, db: &Database, value: &str) -> Result<()> {
        let replace = OnConflict::column(row::Column::Name).update_column(row::Column::Value).to_owned();
        self.insert(db, value, replace).await
    }

    async fn insert(self, db: &Database, value: &str, known: OnConflict) -> Result<()> {
        let fact = row::ActiveModel { name: Set(self.0.to_owned()), value: Set(value.to_owned()) };
        row::Entity::insert(fact).on_conflict(known).exec_without_returning(db.writer()).await?;
        Ok(())
    }
}
