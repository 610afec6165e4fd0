//! Rows of lists, read by the position of their columns. SeaORM looks each column up by its name and writes
//! an error text for every NULL: of a page of fifty, that is a tenth of the server's CPU.

use sea_orm::sqlx::{Row as _, ValueRef as _};
use sea_orm::{DbErr, QueryResult, TryGetable};

/// Declares a part of an entity's columns. They are selected in the order of the fields, and read in it:
/// `DerivePartialModel` is told not to read them, `#[sea_orm(entity = "…", from_query_result = "false")]`.
#[macro_export]
macro_rules! row_by_position {
    ($(#[$($meta:tt)*])* pub struct $name:ident {
        $(pub $field:ident: $type:ident $(<$of:ident>)?,)*
    }) => {
        #[derive(Debug, Clone, sea_orm::DerivePartialModel)]
        $(#[$($meta)*])*
        pub struct $name { $(pub $field: $type $(<$of>)?,)* }

        impl sea_orm::FromQueryResult for $name {
            fn from_query_result(row: &sea_orm::QueryResult, _: &str) -> Result<Self, sea_orm::DbErr> {
                let mut positions = 0_usize..;
                let mut next = || positions.next().unwrap_or(usize::MAX);
                Ok(Self { $($field: $crate::row_by_position!(@read $type $($of)?)(row, next())?,)* })
            }
        }
    };
    (@read Option $of:ident) => { $crate::row::nullable::<$of> };
    (@read $type:ident $($of:ident)?) => { sea_orm::QueryResult::try_get_by_index };
}

/// A column that may be NULL.
pub fn nullable<T: TryGetable>(row: &QueryResult, at: usize) -> Result<Option<T>, DbErr> {
    let is_null = match (row.try_as_sqlite_row(), row.try_as_pg_row()) {
        (Some(row), _) => row.try_get_raw(at).is_ok_and(|value| value.is_null()),
        (None, Some(row)) => row.try_get_raw(at).is_ok_and(|value| value.is_null()),
        (None, None) => false,
    };
    if is_null { Ok(None) } else { row.try_get_by_index(at).map(Some) }
}
