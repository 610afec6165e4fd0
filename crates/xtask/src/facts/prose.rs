//! Prose drifts; at least what it points at must be there.

use std::path::Path;

use crate::{Result, workspace};

const PAGES: [&str; 4] = ["ARCHITECTURE.md", "README.md", "README.zh-CN.md", "docs"];
const KINDS: [&str; 6] = [".rs", ".md", ".toml", ".sh", ".yml", ".json"];

/// Links and file names of the pages that lead nowhere.
pub fn dangling() -> Result<Vec<String>> {
    let files = files()?;
    let pages = files.iter().filter(|file| file.ends_with(".md") && PAGES.iter().any(|page| file.starts_with(page)));
    let mut dangling = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(workspace::root().join(page))?;
        let folder = Path::new(page).parent().unwrap_or(Path::new(""));
        let lost_link = |target: &&str| !workspace::root().join(folder).join(target).exists();
        dangling.extend(links(&text).filter(lost_link).map(|target| format!("{page}: {target}")));
        let lost_name = |name: &&str| !files.iter().any(|file| file == name || file.ends_with(&format!("/{name}")));
        dangling.extend(names(&text).filter(lost_name).map(|name| format!("{page}: {name}")));
    }
    Ok(dangling)
}

/// Targets inside the repository.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://")).filter_map(|target| target.split('#').next())
}

/// Files named in code spans with a folder; what starts with a slash is a path of the API.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let spans =
        text.lines().filter(|line| !line.starts_with("    ")).flat_map(|line| line.split('`').skip(1).step_by(2));
    spans
        .filter(|span| span.contains('/') && !span.starts_with('/') && KINDS.iter().any(|kind| span.ends_with(kind)))
        .filter(|span| span.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c)))
}

/// Every file that git knows or will know.
fn files() -> Result<Vec<String>> {
    let listed = workspace::command("", "git", &["ls-files", "--cached", "--others", "--exclude-standard"]).output()?;
    let text = String::from_utf8(listed.stdout)?;
    let present = |file: &&str| workspace::root().join(file).exists();
    Ok(text.lines().filter(present).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_names_are_found() {
        let text = "[a](docs/a.md#b) [b](https://x.example) `crates/kernel/src/work.rs` `work.rs` `GET /v1/x`\n";
        assert_eq!(links(text).collect::<Vec<_>>(), ["docs/a.md"]);
        assert_eq!(names(text).collect::<Vec<_>>(), ["crates/kernel/src/work.rs"]);
    }
}
