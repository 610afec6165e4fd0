//! What a version says: articles with their clauses, each with a digest in our own words and, where the
//! association has loaded it, its official text.

use std::collections::HashSet;

use gongjian_kernel::{FieldFault, Say};
use serde::{Deserialize, Serialize};

/// Words in both languages that are kept as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

/// An article (条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub number: i32,
    /// Its number in the first version, which code, refusals and permissions name; `None` where it is new.
    pub founding: Option<i32>,
    pub chapter: i32,
    pub chapter_title: Both,
    pub title: Both,
    pub digest: Both,
    pub text: Option<String>,
    pub clauses: Vec<Clause>,
}

/// A paragraph of an article (款), or an item of that paragraph (项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub paragraph: i32,
    pub item: Option<i32>,
    pub digest: Both,
    pub text: Option<String>,
}

impl Clause {
    #[must_use]
    pub fn place(&self) -> (i32, i32) {
        (self.paragraph, self.item.unwrap_or(0))
    }
}

/// Whatever is out of order in the articles of a version: numbers and chapters without a gap, paragraphs and
/// their items in order, no article of the first version twice.
#[must_use]
pub fn out_of_order(articles: &[Article], pointer: impl Fn(usize) -> String) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |at: String, code: &'static str, zh: &'static str, en: &'static str| {
        faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
    };
    let mut founding = HashSet::new();
    let mut before: Option<&Article> = None;
    for ((at, article), number) in articles.iter().enumerate().zip(1..) {
        let here = pointer(at);
        if article.number != number {
            let (zh, en) = ("条号应自一起连续。", "Articles are numbered from one without a gap.");
            fault(format!("{here}/number"), "out_of_order", zh, en);
        }
        let chapter = before.map_or(0, |before| before.chapter);
        if article.chapter != chapter && article.chapter != chapter + 1 {
            let (zh, en) = ("章号应自一起连续。", "Chapters are numbered from one without a gap.");
            fault(format!("{here}/chapter"), "out_of_order", zh, en);
        } else if before.is_some_and(|it| it.chapter == article.chapter && it.chapter_title != article.chapter_title) {
            let (zh, en) = ("同一章的标题应一致。", "A chapter has one title.");
            fault(format!("{here}/chapter_title"), "inconsistent", zh, en);
        }
        if article.founding.is_some_and(|number| !founding.insert(number)) {
            let (zh, en) = ("首版的一条只能对应一条。", "An article of the first version goes on in one article.");
            fault(format!("{here}/founding_number"), "duplicate", zh, en);
        }
        if let Some(wrong) = misplaced(&article.clauses) {
            let (zh, en) =
                ("款、项应依次排列，不得缺漏。", "Paragraphs and their items follow each other without a gap.");
            fault(format!("{here}/clauses/{wrong}"), "out_of_order", zh, en);
        }
        before = Some(article);
    }
    faults
}

/// The first clause that does not follow the one before it: the next item of the paragraph, or the next
/// paragraph.
fn misplaced(clauses: &[Clause]) -> Option<usize> {
    let mut before = (0, 0);
    clauses.iter().position(|clause| {
        let (place, (paragraph, item)) = (clause.place(), before);
        before = place;
        let next_item = paragraph > 0 && clause.item.is_some() && place == (paragraph, item + 1);
        let next_paragraph = clause.item.is_none() && place == (paragraph + 1, 0);
        !next_item && !next_paragraph
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(paragraph: i32, item: Option<i32>) -> Clause {
        Clause { paragraph, item, digest: Both { zh: "摘要".to_owned(), en: "digest".to_owned() }, text: None }
    }

    #[test]
    fn clauses_follow_each_other() {
        let tree = |places: &[(i32, Option<i32>)]| places.iter().map(|(p, i)| clause(*p, *i)).collect::<Vec<_>>();
        assert_eq!(misplaced(&tree(&[(1, None), (1, Some(1)), (1, Some(2)), (2, None), (2, Some(1))])), None);
        assert_eq!(misplaced(&tree(&[(1, Some(1))])), Some(0), "an item needs its paragraph");
        assert_eq!(misplaced(&tree(&[(1, None), (1, Some(2))])), Some(1));
        assert_eq!(misplaced(&tree(&[(1, None), (3, None)])), Some(1));
        assert_eq!(misplaced(&tree(&[(1, None), (1, None)])), Some(1), "twice");
        assert_eq!(misplaced(&tree(&[(1, None), (1, Some(0))])), Some(1));
    }
}
