//! What migrations from the twenty-fourth on say in the same words.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// A column that holds one of these words.
pub(crate) fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

/// A column that holds one of these words, or nothing.
pub(crate) fn word_or_none(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len_null(name, 40);
    column.check((constraint, Expr::col(name).is_null().or(Expr::col(name).is_in(words.iter().copied()))));
    column
}

/// The version that `If-Match` names.
pub(crate) fn version(constraint: &'static str) -> ColumnDef {
    let mut column = integer("version");
    column.check((constraint, Expr::col("version").gt(0)));
    column
}

pub(crate) fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

/// Lists are filtered by what stands first and ordered by what follows.
pub(crate) async fn create_indexes(
    manager: &SchemaManager<'_>,
    indexes: &[(&'static str, &'static [&'static str])],
) -> Result<(), DbErr> {
    for (table, columns) in indexes {
        let mut index = Index::create();
        index.name(format!("ix_{table}_{}", columns.join("_"))).table(*table);
        for column in *columns {
            index.col(*column);
        }
        manager.create_index(index).await?;
    }
    Ok(())
}
