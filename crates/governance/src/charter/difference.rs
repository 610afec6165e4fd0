//! How two versions differ, article by article.

use std::collections::BTreeMap;

use super::Article;

gongjian_kernel::words! {
    /// What became of an article.
    pub enum Change as "charter_change" ("条文变化", "Change of an article") {
        Added = "added" ("新增", "Added"),
        Changed = "changed" ("修改", "Changed"),
        Removed = "removed" ("删除", "Removed"),
    }
}

/// An article that differs, as it was and as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub change: Change,
    pub before: Option<Article>,
    pub after: Option<Article>,
}

/// What keeps an article itself while numbers move: the article of the first version that goes on in it, or
/// its number where it came later.
fn identity(article: &Article) -> (Option<i32>, i32) {
    (article.founding, if article.founding.is_some() { 0 } else { article.number })
}

/// The differences, in the order of the later version; what was removed comes last.
#[must_use]
pub fn between(before: Vec<Article>, after: Vec<Article>) -> Vec<Difference> {
    let mut old: BTreeMap<_, Article> = before.into_iter().map(|article| (identity(&article), article)).collect();
    let mut differences: Vec<Difference> = after
        .into_iter()
        .filter_map(|after| match old.remove(&identity(&after)) {
            Some(before) if before == after => None,
            Some(before) => Some(Difference { change: Change::Changed, before: Some(before), after: Some(after) }),
            None => Some(Difference { change: Change::Added, before: None, after: Some(after) }),
        })
        .collect();
    let gone =
        old.into_values().map(|before| Difference { change: Change::Removed, before: Some(before), after: None });
    differences.extend(gone);
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charter::founding_articles;

    #[test]
    fn an_article_that_moves_is_changed_and_not_another_one() {
        let before = founding_articles().unwrap();
        assert!(between(before.clone(), before.clone()).is_empty());
        let mut after = before.clone();
        after.remove(0);
        for (article, number) in after.iter_mut().zip(1..) {
            article.number = number;
        }
        after.push(Article { number: 27, founding: None, ..before[26].clone() });
        let found = between(before, after);
        let count = |change: Change| found.iter().filter(|it| it.change == change).count();
        assert_eq!((count(Change::Added), count(Change::Changed), count(Change::Removed)), (1, 26, 1));
        assert_eq!(found.last().unwrap().before.as_ref().unwrap().number, 1);
    }
}
