//! The name that one signs in with.

use gongjian_kernel::{Refusal, Result};
use unicode_normalization::UnicodeNormalization as _;

/// A name as it was written, and the key that makes it unique: width and case make no difference.
///
/// Letters are the basic Latin ones and Chinese characters: no name looks like another one in a foreign
/// alphabet, none holds a character that cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username {
    written: String,
    key: String,
}

const LENGTH: std::ops::RangeInclusive<usize> = 2..=32;

/// Parts of names that only administrators give out.
const RESERVED: &[&str] = &[
    "管理员",
    "审计员",
    "安全员",
    "系统",
    "秘书处",
    "促进会",
    "客服",
    "admin",
    "audit",
    "root",
    "system",
    "gongjian",
    "invited-",
];

impl Username {
    pub fn parse(raw: &str) -> Result<Self> {
        let key = key(raw);
        if LENGTH.contains(&key.chars().count()) && raw.trim().nfkc().all(is_allowed) {
            Ok(Self { written: raw.trim().nfc().collect(), key })
        } else {
            Err(Refusal::field(
                "/username",
                "invalid_username",
                "用户名为 2–32 个字符：汉字、拉丁字母、数字及 . _ - @。",
                "2–32 characters: Chinese characters, Latin letters, digits and . _ - @.",
            ))
        }
    }

    /// A name that somebody chose for himself: none that poses as the service or as who runs it.
    pub fn chosen(raw: &str) -> Result<Self> {
        let name = Self::parse(raw)?;
        if RESERVED.iter().any(|word| name.key.contains(word)) {
            let (zh, en) = ("该用户名为系统保留，请换一个。", "The name is reserved; choose another.");
            return Err(Refusal::field("/username", "reserved_username", zh, en));
        }
        Ok(name)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

/// The key of whatever somebody typed, acceptable or not: attempts are counted by it.
pub(crate) fn key(raw: &str) -> String {
    let folded: String = raw.nfkc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect();
    folded.trim().to_owned()
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '.' | '_' | '-' | '@')
        || matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// Forms of one name that differ in these only must share a counter.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || matches!(c, '\u{E0000}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_share_a_key() {
        for form in ["user", "User", " user ", "ｕｓｅｒ", "us\u{AD}er", "user\0", "us\u{200D}er", "USER\u{3000}"] {
            assert_eq!(key(form), "user", "{form:?}");
        }
    }

    #[test]
    fn nobody_chooses_a_name_that_poses_as_an_administrator() {
        for posing in
            ["管理员", "系统管理员2", "ＡＤＭＩＮ", "Ad\u{AD}min", "超级管理员", "gongjian.kefu", "invited-abc"]
        {
            assert!(Username::chosen(posing).is_err(), "{posing}");
        }
        assert!(Username::parse("管理员").is_ok(), "the system administrator may give it out");
        assert!(Username::chosen("王芳").is_ok());
    }

    #[test]
    fn names_that_look_like_others_are_refused() {
        for bad in ["", "a", "us er", "usеr", "user/..", "a\nb", &"x".repeat(33), "user\u{301}"] {
            assert_eq!(Username::parse(bad).unwrap_err().entry.code, "validation_failed", "{bad:?}");
        }
        for good in ["admin", "张伟", "li.na-2@qinghe", "Ｗang_5"] {
            assert_eq!(Username::parse(good).unwrap().as_str(), good);
        }
    }
}
