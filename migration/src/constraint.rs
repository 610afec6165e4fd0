//! A CHECK that says something else from now on. SQLite knows no way to alter one: there the table is made anew under
//! its name, inside the transaction of the migration, with its rows and indexes as they were.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, FromQueryResult, Statement};

#[derive(FromQueryResult)]
struct Known {
    sql: String,
}

/// Puts `expression` in the place of what the constraint of the table said.
pub(crate) async fn replace(
    manager: &SchemaManager<'_>,
    table: &str,
    name: &str,
    expression: &str,
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() != DbBackend::Sqlite {
        db.execute_unprepared(&format!("ALTER TABLE \"{table}\" DROP CONSTRAINT \"{name}\"")).await?;
        let added = format!("ALTER TABLE \"{table}\" ADD CONSTRAINT \"{name}\" CHECK ({expression})");
        return db.execute_unprepared(&added).await.map(drop);
    }
    let known = |kind: &str| {
        let sql = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL";
        Known::find_by_statement(Statement::from_sql_and_values(DbBackend::Sqlite, sql, [table.into(), kind.into()]))
    };
    let definition = known("table").one(db).await?.ok_or_else(|| DbErr::Custom(format!("no table {table}")))?.sql;
    let indexes = known("index").all(db).await?;
    let anew = rewritten(&definition, name, expression)
        .ok_or_else(|| DbErr::Custom(format!("{table} has no constraint {name}")))?;
    let aside = format!("{table}_aside");
    // Rows that refer to the table are without what they refer to until it is filled again.
    let steps = [
        "PRAGMA defer_foreign_keys = ON".to_owned(),
        format!("CREATE TABLE \"{aside}\" AS SELECT * FROM \"{table}\""),
        format!("DROP TABLE \"{table}\""),
        anew,
        format!("INSERT INTO \"{table}\" SELECT * FROM \"{aside}\""),
        format!("DROP TABLE \"{aside}\""),
    ];
    for step in steps.into_iter().chain(indexes.into_iter().map(|index| index.sql)) {
        db.execute_unprepared(&step).await?;
    }
    Ok(())
}

/// The definition with another expression in the constraint of that name.
fn rewritten(definition: &str, name: &str, expression: &str) -> Option<String> {
    let head = format!("CONSTRAINT \"{name}\" CHECK (");
    let from = definition.find(&head)? + head.len();
    let mut depth = 1_u32;
    let length = definition[from..].char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    Some(format!("{}{expression}{}", &definition[..from], &definition[from + length..]))
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn another_expression_stands_in_its_place() {
        let table = "CREATE TABLE \"t\" ( \"a\" int CONSTRAINT \"ck_a\" CHECK ((\"a\") IN (1, 2)), \"b\" int )";
        let anew = "CREATE TABLE \"t\" ( \"a\" int CONSTRAINT \"ck_a\" CHECK (\"a\" > 0), \"b\" int )";
        assert_eq!(rewritten(table, "ck_a", "\"a\" > 0").as_deref(), Some(anew));
        assert_eq!(rewritten(table, "ck_b", "1"), None);
    }
}
