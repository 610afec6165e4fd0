//! Gapless numbers: a counter row for each (series, body, year), counted up in the transaction that uses
//! the number. A rollback gives the number back; the year is the civil year in Asia/Shanghai.

use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::fault::{Refusal, Result};
use crate::work::Work;

pub mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "number_series")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub series: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub body: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        pub last: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The next number of the series in this year. Take it as late as possible: others wait for the commit.
pub async fn next(work: &Work<'_>, series: &str, body: &str, year: i32) -> Result<i64> {
    let first =
        row::ActiveModel { series: Set(series.to_owned()), body: Set(body.to_owned()), year: Set(year), last: Set(1) };
    let counted = OnConflict::columns([row::Column::Series, row::Column::Body, row::Column::Year])
        .value(row::Column::Last, Expr::col((row::Entity, row::Column::Last)).add(1))
        .to_owned();
    let row = row::Entity::insert(first).on_conflict(counted).exec_with_returning(work.tx()).await?;
    if row.last < 1 {
        return Err(Refusal::internal("a counter ran backwards"));
    }
    Ok(row.last)
}
