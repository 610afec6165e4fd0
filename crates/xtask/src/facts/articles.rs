//! Article → permissions, events, refusals, tests: what the charter asks for, and where it is kept.

use std::path::Path;

use gongjian_api::faults::catalogue;

use super::{permissions, table};
use crate::{Result, workspace};

/// The charter's articles, by what each is about.
pub const TITLES: [(&str, &str); 27] = [
    ("指导思想", "Guiding ideology"),
    ("共商区域发展", "Consult on the area's development"),
    ("共抓基层党建", "Grass-roots party building"),
    ("共育先进文化", "Advanced culture"),
    ("共促人才成长", "Growth of talent"),
    ("共建和谐城区", "A harmonious district"),
    ("共同服务群众", "Serve residents together"),
    ("会员范围", "Who may be a member"),
    ("会员权利", "Rights of members"),
    ("会员义务", "Duties of members"),
    ("会员大会", "General meeting"),
    ("会长、副会长", "President and vice-presidents"),
    ("理事会与秘书处", "Council and secretariat"),
    ("理事单位", "Council units"),
    ("党建专家咨询委员会", "Expert advisory committee"),
    ("分支机构", "Branches"),
    ("专业研究委员会", "Professional research committees"),
    ("街道分会", "Street branches"),
    ("功能区协调", "Functional-zone coordination"),
    ("理事会统筹", "Coordination by the council"),
    ("项目化运作", "Project-based operation"),
    ("联席会调度", "Joint meetings"),
    ("销号式运行", "The issue ledger"),
    ("信息化管理", "Information management"),
    ("变更与备案", "Change and filing"),
    ("经费", "Funding"),
    ("场所与人员", "Premises and staff"),
];

/// The sentences of an article that one file of tests tells.
struct Told {
    article: u8,
    file: String,
    sentences: Vec<String>,
}

pub fn page() -> Result<String> {
    let told = told(&workspace::root().join("tests"))?;
    let mut text = String::from(
        "# The charter in the code\n\nFor each article that the code carries: the permissions, events and refusals that name \
         it, and the sentences of `tests/` that hold it over HTTP.\n",
    );
    let mut open = Vec::new();
    for (article, (zh, en)) in (1..).zip(TITLES) {
        let parts = [
            ("Permissions", names(permissions::all().filter(|it| it.article == Some(article)).map(|it| it.name))),
            (
                "Events",
                names(gongjian_api::faults::events().filter(|it| it.article == Some(article)).map(|it| it.kind)),
            ),
            ("Refusals", names(catalogue().filter(|it| it.article == Some(article)).map(|it| it.code))),
            ("Tests", told.iter().filter(|it| it.article == article).map(Told::list).collect()),
        ];
        if parts.iter().all(|(_, found)| found.is_empty()) {
            open.push(vec![article.to_string(), zh.to_owned(), en.to_owned()]);
            continue;
        }
        text.push_str(&format!("\n## Article {article}: {zh} / {en}\n"));
        for (title, found) in parts.into_iter().filter(|(_, found)| !found.is_empty()) {
            text.push_str(&format!("\n**{title}**\n\n{found}"));
        }
    }
    text.push_str("\n## Articles that nothing names yet\n\n");
    text.push_str(&table::of(&["article", "中文", "English"], open));
    Ok(text)
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { String::new() } else { format!("{}\n", names.join(" · ")) }
}

impl Told {
    fn list(&self) -> String {
        let items: String = self.sentences.iter().map(|sentence| format!("  * {sentence}\n")).collect();
        format!("* `tests/{}`\n{items}", self.file)
    }
}

/// Reads `article_23_….rs`, and `article_23_…/*.rs` where an article fills a folder.
fn told(folder: &Path) -> Result<Vec<Told>> {
    let mut told = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some(article) = article_of(&name) else { continue };
        let files = if path.is_dir() {
            std::fs::read_dir(&path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?
        } else {
            vec![path]
        };
        for path in files {
            let sentences = sentences_in(&std::fs::read_to_string(&path)?);
            let file = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            if !sentences.is_empty() {
                told.push(Told { article, file, sentences });
            }
        }
    }
    told.sort_by(|a, b| (a.article, &a.file).cmp(&(b.article, &b.file)));
    Ok(told)
}

fn article_of(name: &str) -> Option<u8> {
    name.strip_prefix("article_")?.split('_').next()?.parse().ok()
}

/// The names of the test functions as sentences.
fn sentences_in(source: &str) -> Vec<String> {
    let mut told = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= line.starts_with("#[test") || line.contains("::test");
        } else if let Some(name) = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn ")) {
            if is_test {
                told.push(name.split(['(', '<']).next().unwrap_or(name).replace('_', " "));
            }
            is_test = false;
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_a_sentence() {
        let source = "#[tokio::test]\nasync fn a_number_is_never_used_twice() {\n}\nfn helper() {}\n#[test]\n#[ignore]\nfn two() {}\n";
        assert_eq!(sentences_in(source), ["a number is never used twice", "two"]);
        assert_eq!(article_of("article_23_issue_ledger"), Some(23));
        assert_eq!(article_of("sweep"), None);
    }
}
