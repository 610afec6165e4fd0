//! Text search that finds every Chinese word, also those of two characters and of one, on both
//! databases alike: each run of letters becomes its overlapping pairs, each pair an ASCII token, and a
//! query is the phrase of its own pairs. No dictionary, nothing missed, no locale. See ADR 0005.

use unicode_normalization::UnicodeNormalization;

/// The tokens of a text that is to be found.
#[must_use]
pub fn tokens(text: &str) -> String {
    let mut out = String::new();
    for run in runs(text) {
        for at in 0..run.len() {
            if !out.is_empty() {
                out.push(' ');
            }
            push_token(&mut out, &run[at..run.len().min(at + 2)]);
        }
        // A word that no query contains keeps phrases from running over a gap.
        out.push_str(" x");
    }
    out
}

/// The phrases that all must occur. A phrase is a list of tokens; the last one may be a prefix.
#[must_use]
pub fn phrases(query: &str) -> Vec<(String, bool)> {
    runs(query)
        .into_iter()
        .map(|run| {
            if run.len() == 1 {
                let mut token = String::new();
                push_token(&mut token, &run);
                return (token, true);
            }
            let mut phrase = String::new();
            for pair in run.windows(2) {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                push_token(&mut phrase, pair);
            }
            (phrase, false)
        })
        .collect()
}

/// The query in the form that SQLite's FTS5 reads.
#[must_use]
pub fn fts5(query: &str) -> String {
    let quoted: Vec<String> = phrases(query)
        .into_iter()
        .map(|(phrase, prefix)| format!("\"{phrase}\"{}", if prefix { "*" } else { "" }))
        .collect();
    quoted.join(" AND ")
}

/// The query in the form that PostgreSQL's `to_tsquery` reads.
#[must_use]
pub fn tsquery(query: &str) -> String {
    let parts: Vec<String> = phrases(query)
        .into_iter()
        .map(|(phrase, prefix)| {
            let followed = phrase.replace(' ', " <-> ");
            if prefix { format!("{followed}:*") } else { format!("({followed})") }
        })
        .collect();
    parts.join(" & ")
}

fn runs(text: &str) -> Vec<Vec<char>> {
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for c in text.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            run.push(c);
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

fn push_token(out: &mut String, pair: &[char]) {
    use std::fmt::Write as _;
    out.push('u');
    for c in pair {
        let _ = write!(out, "{:06x}", u32::from(*c));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_of_two_characters_is_one_token_of_the_text() {
        let text = tokens("子女入学难，急。");
        let (phrase, prefix) = phrases("入学").remove(0);
        assert!(text.contains(&phrase) && !prefix);
        let (one, prefix) = phrases("急").remove(0);
        assert!(text.contains(&one) && prefix);
        assert!(!text.contains(&phrases("难急").remove(0).0));
        assert_eq!(phrases("%_ \"").len(), 0);
    }
}
