//! Who may do what, in one place: every permission of every crate, and which of them each operation asks for.
//! The matrix that `cargo xtask facts` prints, `GET /v1/authority`, `GET /v1/me`, and `x-permission` in the
//! document are all made from here.

mod operations;

use gongjian_identity::configuration;
use gongjian_kernel::Permission;

pub use operations::{Asks, of};

/// The lists of all crates, in the order in which the matrix shows them.
#[must_use]
pub fn lists() -> Vec<&'static [&'static Permission]> {
    let mut lists = vec![
        gongjian_identity::PERMISSIONS,
        configuration::PERMISSIONS,
        gongjian_membership::PERMISSIONS,
        gongjian_membership::application::PERMISSIONS,
        gongjian_ledger::action::PERMISSIONS,
        gongjian_ledger::conference::action::PERMISSIONS,
        gongjian_identity::administrator::PERMISSIONS,
        gongjian_identity::trail::PERMISSIONS,
        gongjian_identity::privacy::PERMISSIONS,
    ];
    lists.extend(gongjian_governance::permissions());
    lists.extend(gongjian_committees::permissions());
    lists.extend(gongjian_projects::permissions());
    lists
}

/// Everything that an office can permit.
pub fn permissions() -> impl Iterator<Item = &'static Permission> {
    lists().into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn permissions_have_one_name_and_both_languages() {
        let mut names = BTreeSet::new();
        for permission in permissions() {
            assert!(names.insert(permission.name), "{} is declared twice", permission.name);
            assert!(!permission.label.zh.is_empty() && !permission.label.en.is_empty(), "{}", permission.name);
        }
    }

    /// A new operation says what it asks for, or nobody can hold it against the matrix.
    #[test]
    fn every_operation_says_what_it_asks_for() {
        let known: BTreeSet<_> = permissions().map(|permission| permission.name).collect();
        let paths = crate::document()["paths"].as_object().unwrap();
        let operations = paths.values().flat_map(|item| item.as_object().unwrap().values());
        let mut described = BTreeSet::new();
        for operation in operations {
            let id = operation["operationId"].as_str().unwrap();
            let asks = of(id).unwrap_or_else(|| panic!("{id} stands not in `authority/operations.rs`"));
            for permission in asks.permissions() {
                assert!(known.contains(permission.name), "{id}: {} is in no list", permission.name);
            }
            described.insert(id);
        }
        for (id, _) in operations::ALL {
            assert!(described.contains(id), "there is no operation {id}");
        }
    }
}
