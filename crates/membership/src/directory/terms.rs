//! What a unit can be found by, and what a query looks for.

use std::collections::BTreeSet;

use pinyin::ToPinyin as _;

use crate::unit::model::name_key;

/// Characters whose initial depends on the word, as names of units use them: 重庆 and 重点, 银行 and 行政,
/// 厦门 and 大厦. Every other character has the one initial of its usual reading; rare and classical
/// readings would find more strangers than units.
const POLYPHONES: &[(char, &str)] = &[
    ('便', "bp"),
    ('传', "cz"),
    ('仇', "cq"),
    ('会', "hk"),
    ('乐', "ly"),
    ('单', "ds"),
    ('卡', "kq"),
    ('厦', "sx"),
    ('参', "cs"),
    ('召', "zs"),
    ('圩', "wx"),
    ('埔', "pb"),
    ('堡', "bp"),
    ('宿', "sx"),
    ('尉', "wy"),
    ('屏', "pb"),
    ('巷', "xh"),
    ('弄', "ln"),
    ('弹', "td"),
    ('强', "qj"),
    ('折', "zs"),
    ('提', "td"),
    ('晟', "sc"),
    ('曾', "zc"),
    ('朝', "cz"),
    ('朴', "pb"),
    ('校', "xj"),
    ('泊', "bp"),
    ('洞', "dt"),
    ('浒', "hx"),
    ('汤', "ts"),
    ('畜', "xc"),
    ('番', "fp"),
    ('盛', "sc"),
    ('种', "zc"),
    ('纤', "xq"),
    ('蔚', "wy"),
    ('藏', "cz"),
    ('行', "xh"),
    ('覃', "qt"),
    ('解', "jx"),
    ('调', "dt"),
    ('车', "cj"),
    ('重', "zc"),
    ('长', "cz"),
    ('降', "jx"),
    ('阿', "ae"),
];

/// More than this no name is spelt; further polyphones keep their first reading.
const SPELLINGS: usize = 16;

/// The initials of the name, once for each spelling: 重庆银行 → zqyh, cqyh, zqyx, cqyx.
fn spellings(key: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in key.chars() {
        let readings = match POLYPHONES.iter().find(|(known, _)| *known == c) {
            Some((_, readings)) => *readings,
            None => match c.to_pinyin() {
                Some(reading) => reading.first_letter(),
                None if c.is_ascii_alphanumeric() => {
                    all.iter_mut().for_each(|spelling| spelling.push(c));
                    continue;
                }
                None => continue,
            },
        };
        let readings = if all.len() * readings.len() > SPELLINGS { &readings[..1] } else { readings };
        all = readings
            .chars()
            .flat_map(|initial| all.iter().map(move |spelling| format!("{spelling}{initial}")))
            .collect();
    }
    all.retain(|spelling| !spelling.is_empty());
    all.sort();
    all.dedup();
    all
}

/// What a row of the index is made of: the normalised name and its spellings, a line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Texts(String);

impl Texts {
    pub(super) fn of<'a>(name_keys: impl Iterator<Item = &'a str>) -> Self {
        let mut lines = Vec::new();
        for name_key in name_keys {
            lines.push(name_key.to_owned());
            lines.extend(spellings(name_key).into_iter().filter(|spelling| spelling != name_key));
        }
        Self(lines.join("\n"))
    }

    pub(super) fn kept(texts: String) -> Self {
        Self(texts)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// All terms that lead to the unit.
    pub(super) fn terms(&self, code: Option<&str>) -> BTreeSet<String> {
        let mut terms = BTreeSet::new();
        for line in self.0.lines() {
            let line: Vec<char> = line.chars().collect();
            terms.extend(windows(&line, PAIR));
            terms.extend(windows(&line, TRIPLE).filter(|triple| is_latin(triple)));
        }
        let code = code.unwrap_or_default();
        terms.extend(CODE_TERMS.iter().filter_map(|length| code.get(..*length)).map(code_term));
        terms
    }
}

const PAIR: usize = 2;
/// Initials are few: three of them tell units apart as well as two Chinese characters do.
const TRIPLE: usize = 3;
/// The beginnings of a credit code that many units share: register and class, then the region.
const CODE_TERMS: [usize; 4] = [2, 4, 6, 8];
/// From here on a code is nearly one unit's own.
pub(super) const CODE_IS_SELECTIVE: usize = 9;
pub(super) const CODE_LENGTH: usize = 18;

fn windows(line: &[char], length: usize) -> impl Iterator<Item = String> + '_ {
    line.windows(length).map(|window| window.iter().collect())
}

fn is_latin(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// No name has this term: keys are in lower case.
fn code_term(beginning: &str) -> String {
    format!("CODE{beginning}")
}

/// A query as the index understands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// As the name's own key is made.
    pub(super) key: String,
    /// All of them lead to the units that are looked for; none for a single character.
    pub(super) terms: Vec<String>,
    /// The terms alone decide; otherwise the text is compared.
    pub(super) exact: bool,
    /// The same in capitals, where it can begin a credit code or member number.
    pub(super) number: Option<String>,
}

impl Wanted {
    pub(super) fn of(q: &str) -> Self {
        let key = name_key(q);
        let chars: Vec<char> = key.chars().collect();
        let length = if is_latin(&key) && chars.len() >= TRIPLE { TRIPLE } else { PAIR };
        let terms: BTreeSet<String> = windows(&chars, length).collect();
        let exact = chars.len() == length;
        let digits = key.bytes().any(|byte| byte.is_ascii_digit());
        let number = digits && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let number = number.then(|| key.to_ascii_uppercase());
        Self { key, terms: terms.into_iter().collect(), exact, number }
    }
}

/// The longest term that the beginning of a code has, if it is short enough to need one.
pub(super) fn term_of_code(beginning: &str) -> Option<String> {
    let length = CODE_TERMS.into_iter().rev().find(|length| *length <= beginning.len())?;
    beginning.get(..length).map(code_term)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(name: &str, q: &str) -> bool {
        let texts = Texts::of(std::iter::once(name_key(name).as_str()));
        let (terms, wanted) = (texts.terms(None), Wanted::of(q));
        let by_terms = wanted.terms.iter().all(|term| terms.contains(term));
        let by_text = texts.as_str().contains(&wanted.key);
        assert!(by_terms || !by_text, "{name} has {q}, but the terms do not lead there");
        by_terms && (wanted.exact || by_text)
    }

    #[test]
    fn initials_follow_the_reading_that_the_word_has() {
        for (name, initials) in [
            ("青禾区教育局", "qhqjyj"),
            ("重庆银行青禾支行", "cqyhqhzh"),
            ("区行政审批局", "qxzspj"),
            ("厦门大厦物业公司", "xmdswygs"),
            ("长安学校", "caxx"),
            ("曾家会计师事务所", "zjkjssws"),
            ("西藏中路街道", "xzzljd"),
            ("收藏家协会", "scjxh"),
            ("音乐学院", "yyxy"),
            ("ＩＢＭ（中国）公司", "ibmzggs"),
            ("第101中学", "d101zx"),
            ("绿地集团", "ldjt"),
            ("女子学院", "nzxy"),
        ] {
            assert!(finds(name, initials), "{name} is not found by {initials}");
            assert!(finds(name, &initials[1..4]), "{name} is not found by a part of {initials}");
        }
        assert!(!finds("青禾区教育局", "jyq"));
    }

    #[test]
    fn a_name_of_many_polyphones_is_spelt_a_bounded_number_of_times() {
        let name = "重行长乐会校".repeat(16);
        assert!(spellings(&name).len() <= SPELLINGS);
        assert!(finds(&name, "zxclhx"));
    }

    #[test]
    fn every_part_of_a_name_leads_to_it_and_signs_stand_for_themselves() {
        let name = "Ａ_百分之100%（青禾）有限公司";
        let key: Vec<char> = name_key(name).chars().collect();
        for from in 0..key.len() {
            for until in from + 2..=key.len() {
                assert!(finds(name, &key[from..until].iter().collect::<String>()));
            }
        }
        assert!(!finds("青禾有限公司", "%_") && !finds("青禾有限公司", "青_"));
    }

    #[test]
    fn only_what_can_begin_a_number_is_taken_for_one() {
        assert_eq!(Wanted::of("hy-0001").number.as_deref(), Some("HY-0001"));
        assert_eq!(Wanted::of("1199").number.as_deref(), Some("1199"));
        assert_eq!((Wanted::of("jyj").number, Wanted::of("第101").number), (None, None));
        assert_eq!(term_of_code("11990").as_deref(), Some("CODE1199"));
        assert_eq!(term_of_code("1"), None);
    }
}
