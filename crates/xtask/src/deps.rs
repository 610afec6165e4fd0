//! The direction of the dependencies (ADR 0001), read from `cargo metadata`:
//!
//! kernel ← identity ← membership ← governance ← committees ← projects ← ledger ← api ← server
//!
//! A crate may use every crate to its left. What stands left of `api` reaches no HTTP library, not even
//! through another crate. Tools and tests stand beside the row and are used by nobody.

use std::collections::{BTreeMap, VecDeque};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

use crate::{Result, workspace};

/// The row, from left to right.
const ROW: [&str; 9] = [
    "gongjian-kernel",
    "gongjian-identity",
    "gongjian-membership",
    "gongjian-governance",
    "gongjian-committees",
    "gongjian-projects",
    "gongjian-ledger",
    "gongjian-api",
    "gongjian",
];
/// Up to here no crate knows HTTP.
const FIRST_WITH_HTTP: &str = "gongjian-api";
const MIGRATION: &str = "gongjian-migration";
const TESTKIT: &str = "gongjian-testkit";
const CHARTER: &str = "charter";
const XTASK: &str = "xtask";

/// Libraries that speak HTTP or belong to its edge.
const HTTP: [&str; 9] = [
    "actix-cors",
    "actix-http",
    "actix-web",
    "axum",
    "governor",
    "hyper",
    "reqwest",
    "utoipa-actix-web",
    "utoipa-swagger-ui",
];

pub fn check() -> Result {
    let metadata = MetadataCommand::new().current_dir(workspace::root()).exec()?;
    let mut offences = Vec::new();
    for package in metadata.workspace_packages() {
        offences.extend(wrong_edges(&metadata, package));
        if stands_left_of_http(&package.name) {
            offences.extend(way_to_http(&metadata, &package.id)?);
        }
    }
    if offences.is_empty() {
        println!("deps: {} crates, every edge points left", metadata.workspace_packages().len());
        return Ok(());
    }
    Err(format!("dependencies against ADR 0001:\n  {}", offences.join("\n  ")).into())
}

fn place(name: &str) -> Option<usize> {
    ROW.iter().position(|known| *known == name)
}

fn stands_left_of_http(name: &str) -> bool {
    name == MIGRATION || place(name) < place(FIRST_WITH_HTTP) && place(name).is_some()
}

fn wrong_edges(metadata: &Metadata, package: &Package) -> Vec<String> {
    let own = metadata.workspace_packages();
    let edges = package.dependencies.iter().filter(|dependency| own.iter().any(|known| *known.name == dependency.name));
    edges
        .filter(|dependency| !is_allowed(&package.name, &dependency.name, dependency.kind))
        .map(|dependency| format!("{} → {} ({})", package.name, dependency.name, dependency.kind))
        .collect()
}

/// Who may use whom.
fn is_allowed(user: &str, used: &str, kind: DependencyKind) -> bool {
    let is_test = kind == DependencyKind::Development;
    match (user, used) {
        // The schema stands alone; the server brings it, tests of a crate may use it.
        (MIGRATION, _) => false,
        (_, MIGRATION) => user == "gongjian" || user == TESTKIT || is_test && place(user).is_some(),
        // The charter's tests set up with the crates themselves what no user can.
        (CHARTER, used) => is_test && (used == TESTKIT || place(used).is_some()),
        (_, TESTKIT) => is_test && place(user).is_some(),
        (TESTKIT | XTASK, used) => place(used).is_some(),
        (user, used) => match (place(user), place(used)) {
            (Some(user), Some(used)) => used < user,
            (Some(_) | None, None) | (None, Some(_)) => false,
        },
    }
}

/// The shortest way from a crate to an HTTP library, where there is one.
fn way_to_http(metadata: &Metadata, from: &PackageId) -> Result<Option<String>> {
    let resolve = metadata.resolve.as_ref().ok_or("cargo metadata gave no graph")?;
    let nodes: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut came_from: BTreeMap<&PackageId, Option<&PackageId>> = BTreeMap::from([(from, None)]);
    let mut open = VecDeque::from([from]);
    while let Some(id) = open.pop_front() {
        if HTTP.contains(&metadata[id].name.as_str()) {
            let way = std::iter::successors(Some(id), |id| came_from.get(id).copied().flatten());
            let mut names: Vec<&str> = way.map(|id| metadata[id].name.as_str()).collect();
            names.reverse();
            return Ok(Some(names.join(" → ")));
        }
        let used = nodes.get(id).into_iter().flat_map(|node| &node.deps);
        for dependency in used.filter(|used| used.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)) {
            if !came_from.contains_key(&dependency.pkg) {
                came_from.insert(&dependency.pkg, Some(id));
                open.push_back(&dependency.pkg);
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_point_left() {
        let normal = DependencyKind::Normal;
        assert!(is_allowed("gongjian-ledger", "gongjian-kernel", normal));
        assert!(!is_allowed("gongjian-kernel", "gongjian-ledger", normal));
        assert!(!is_allowed("gongjian-api", "gongjian", normal));
        assert!(!is_allowed("gongjian-ledger", "gongjian-migration", normal));
        assert!(is_allowed("gongjian-ledger", "gongjian-migration", DependencyKind::Development));
        assert!(!is_allowed("gongjian-api", "gongjian-testkit", normal));
        assert!(!is_allowed("gongjian", "charter", normal));
        assert!(!is_allowed("gongjian", "xtask", normal));
        assert!(!is_allowed("a-new-crate", "gongjian-kernel", normal), "a new crate takes its place in the row first");
    }

    #[test]
    fn only_what_stands_left_of_the_edge_is_kept_from_http() {
        assert!(stands_left_of_http("gongjian-ledger"));
        assert!(stands_left_of_http("gongjian-migration"));
        assert!(!stands_left_of_http("gongjian-api"));
        assert!(!stands_left_of_http("xtask"));
    }
}
