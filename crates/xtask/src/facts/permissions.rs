//! The whole policy as a matrix: who may do what, over which things, by which article.

use std::collections::BTreeSet;

use gongjian_identity::{Role, configuration};
use gongjian_kernel::Permission;
use gongjian_kernel::actor::BY_RULE;

use super::table;

/// Every permission, in the order of the crates.
pub fn all() -> impl Iterator<Item = &'static Permission> {
    [
        gongjian_identity::PERMISSIONS,
        configuration::PERMISSIONS,
        gongjian_membership::PERMISSIONS,
        gongjian_membership::application::PERMISSIONS,
        gongjian_ledger::action::PERMISSIONS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

fn roles() -> impl Iterator<Item = &'static str> {
    Role::ALL.iter().map(|role| role.as_str()).chain([BY_RULE])
}

fn object(permission: &Permission) -> &'static str {
    permission.name.split('.').next().unwrap_or(permission.name)
}

pub fn page() -> String {
    let mut text = String::from(
        "# Who may do what\n\nA row is a permission, a column a role; the cell says over which things: the relation between \
         the thing and what the office is held over. `association` is every thing of the kind. `by_rule` is the \
         association's own rules at work; no account holds it. An empty cell is no. What a relation means stands beside its \
         `Relation` in the `action.rs` of its crate.\n",
    );
    let mut seen = BTreeSet::new();
    for first in all() {
        if seen.insert(object(first)) {
            let ours: Vec<_> = all().filter(|permission| object(permission) == object(first)).collect();
            text.push_str(&format!("\n## {}\n\n{}", object(first), matrix(&ours)));
        }
    }
    text
}

fn matrix(permissions: &[&Permission]) -> String {
    let held = |role: &str| permissions.iter().any(|permission| !over(permission, role).is_empty());
    let columns: Vec<&str> = roles().filter(|role| held(role)).collect();
    let head: Vec<&str> = ["permission", "article", ""].into_iter().chain(columns.iter().copied()).collect();
    let rows = permissions.iter().map(|permission| {
        let mut row =
            vec![format!("`{}`", permission.name), table::article(permission.article), table::both(&permission.label)];
        row.extend(columns.iter().map(|role| over(permission, role).join(", ")));
        row
    });
    table::of(&head, rows)
}

fn over(permission: &Permission, role: &str) -> Vec<&'static str> {
    permission.rules.iter().filter(|rule| rule.role == role).map(|rule| rule.over.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_names_a_role_that_exists() {
        let known: BTreeSet<&str> = roles().collect();
        for permission in all() {
            for rule in permission.rules {
                assert!(known.contains(rule.role), "{}: there is no role {}", permission.name, rule.role);
            }
        }
    }

    #[test]
    fn every_permission_has_a_name_of_its_own() {
        let mut seen = BTreeSet::new();
        for permission in all() {
            assert!(seen.insert(permission.name), "{} is declared twice", permission.name);
        }
    }
}
