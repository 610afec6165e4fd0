//! The statements of the bare server: those that the release server sends, taken from PostgreSQL's log
//! (`log_statement = all`). SQLite reads them too, placeholders included; only `FOR UPDATE` is PostgreSQL's.
//! When a query of the ledger changes, they are taken anew.

/// One issue.
pub const ISSUE: &str = include_str!("sql/issue.sql");
/// The units that assist; asked for where the issue was dispatched.
pub const ASSISTING: &str = include_str!("sql/assisting.sql");
/// The newest issues.
pub const FIRST_PAGE: &str = include_str!("sql/first_page.sql");
/// The issues after a cursor.
pub const NEXT_PAGE: &str = include_str!("sql/next_page.sql");
/// The unit that submits.
pub const UNIT: &str = include_str!("sql/unit.sql");
/// The next number of a series.
pub const NUMBER: &str = include_str!("sql/number.sql");
pub const INSERT_ISSUE: &str = include_str!("sql/insert_issue.sql");
pub const INSERT_SEARCH: &str = include_str!("sql/insert_search.sql");
/// What a registration changes.
pub const REGISTER: &str = include_str!("sql/register.sql");
pub const AUDIT_SEQ: &str = include_str!("sql/audit_seq.sql");
pub const AUDIT_EVENT: &str = include_str!("sql/audit_event.sql");
pub const AUDIT_HEAD: &str = include_str!("sql/audit_head.sql");
/// Taken with the issue inside a transaction; SQLite's write transactions are exclusive already.
pub const LOCK: &str = concat!(include_str!("sql/issue.sql"), "FOR UPDATE");
/// Not measured: what an answer names units by.
pub const UNITS: &str = "SELECT id, name FROM unit ORDER BY id";
