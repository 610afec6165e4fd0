//! The lives of filings, contributions and lines of passbooks, and the kinds of lines there are.

use gongjian_api::routes::standing_kinds;
use gongjian_kernel::lifecycle::matrix;
use gongjian_membership::contribution::ContributionStatus;
use gongjian_membership::filing::FilingStatus;
use gongjian_membership::standing::LineStatus;

use super::table;

pub fn page() -> String {
    let kinds = standing_kinds().map(|kind| {
        let row = [format!("`{}`", kind.name), kind.side.to_string(), table::article(Some(kind.article))];
        row.into_iter().chain([kind.label.zh.to_string(), kind.label.en.to_string()]).collect()
    });
    format!(
        "# Filings, passbooks, contributions (Articles 9, 10, 25)\n\nThe state after each action, or – where the action is \
         not open.\n\n\
         ## The life of a filing\n\nIt is in effect in every state; what is filed by those who check the form of filings \
         begins as `accepted`. The table is `crates/membership/src/filing/lifecycle.rs`.\n\n{}\n\
         ## The life of a line of a passbook\n\n`withdraw` follows the source of the line, nobody asks for it. The table is \
         `crates/membership/src/standing/lifecycle.rs`.\n\n{}\n\
         ## The life of a contribution\n\nThe table is `crates/membership/src/contribution/lifecycle.rs`.\n\n{}\n\
         ## Kinds of lines\n\nDeclared by the crate that enters them.\n\n{}",
        matrix::<FilingStatus>(),
        matrix::<LineStatus>(),
        matrix::<ContributionStatus>(),
        table::of(&["kind", "side", "article", "中文", "English"], kinds)
    )
}
