//! A file of units, put on file together (Article 8): all of them or none, and each of them once.

mod check;
mod columns;
mod commands;
mod line;
mod store;

use gongjian_kernel::Say;

pub use check::preview;
pub use columns::{COLUMNS, Column};
pub use commands::commit;
pub use line::Line;

gongjian_kernel::ids! {
    /// An import of a file.
    ImportId;
}

/// More units than a file holds no district has.
pub const ROWS_AT_MOST: usize = 5_000;
pub const COLUMNS_AT_MOST: usize = 64;
pub const CELL_AT_MOST: usize = 2_000;

/// A file, read into its cells.
#[derive(Debug, Clone)]
pub struct File {
    /// Of the bytes as they came.
    pub digest: String,
    pub header: Vec<String>,
    pub lines: Vec<Line>,
}

/// What is wrong with one cell, or, without a column, with the whole row.
#[derive(Debug, Clone)]
pub struct RowFault {
    pub row: u32,
    pub column: Option<&'static Column>,
    pub code: &'static str,
    pub detail: Say,
}

/// What an import would do, or has done.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub row_count: usize,
    pub added_count: usize,
    /// Units that are on file already, by the numbers of their rows.
    pub unchanged_rows: Vec<u32>,
    pub faults: Vec<RowFault>,
    /// The very same file was imported before.
    pub imported_before: bool,
}
