//! Text that people write, checked in one place so that both databases and every client agree:
//! no NUL, no control or bidirectional-override characters, NFC, a length in characters, and no
//! classification marking (domain rule 20; 保守国家秘密法: classified content may not enter).

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

use crate::say::Say;

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    Blank,
    TooShort(usize),
    TooLong(usize),
    ForbiddenCharacter,
    Classified,
}

impl TextFault {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::TooShort(_) => "too_short",
            Self::TooLong(_) => "too_long",
            Self::ForbiddenCharacter => "forbidden_character",
            Self::Classified => CLASSIFIED,
        }
    }

    #[must_use]
    pub fn detail(self) -> Say {
        match self {
            Self::Blank => Say::fixed("不能为空白。", "It must not be blank."),
            Self::TooShort(min) => Say::new(format!("至少 {min} 个字符。"), format!("At least {min} characters.")),
            Self::TooLong(max) => Say::new(format!("至多 {max} 个字符。"), format!("At most {max} characters.")),
            Self::ForbiddenCharacter => Say::fixed(
                "含有控制字符、双向文本控制符或非字符。",
                "It holds control, bidirectional-override or non-characters.",
            ),
            Self::Classified => Say::fixed(
                "含有国家秘密标志，涉密内容不得进入本系统。",
                "It bears a classification marking; classified content may not enter this system.",
            ),
        }
    }
}

/// The code of the refusal that is also put on record.
pub const CLASSIFIED: &str = "classified_marking";

/// For the schema: the characters that [`check`] refuses, as ECMA 262 and Rust both read it.
pub const PATTERN: &str =
    r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]*$";

/// A text of `MIN..=MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Text<const MIN: usize, const MAX: usize>(String);

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    pub fn parse(raw: &str) -> Result<Self, TextFault> {
        let text: String = raw.nfc().collect();
        check(&text)?;
        let count = text.chars().count();
        if MIN > 0 && text.trim_matches(is_blank).is_empty() {
            return Err(TextFault::Blank);
        }
        if count < MIN {
            return Err(TextFault::TooShort(MIN));
        }
        if count > MAX {
            return Err(TextFault::TooLong(MAX));
        }
        Ok(Self(text))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MIN: usize, const MAX: usize> From<Text<MIN, MAX>> for String {
    fn from(text: Text<MIN, MAX>) -> Self {
        text.0
    }
}

impl<const MIN: usize, const MAX: usize> std::fmt::Display for Text<MIN, MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MIN: usize, const MAX: usize> std::ops::Deref for Text<MIN, MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

/// The prefix that lets the edge read the code out of serde's message.
pub const FAULT_PREFIX: &str = "text:";

impl<'de, const MIN: usize, const MAX: usize> Deserialize<'de> for Text<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = String::deserialize(deserializer)?;
        Self::parse(&raw).map_err(|fault| {
            let limit = match fault {
                TextFault::TooShort(n) | TextFault::TooLong(n) => n,
                TextFault::Blank | TextFault::ForbiddenCharacter | TextFault::Classified => 0,
            };
            serde::de::Error::custom(format!("{FAULT_PREFIX}{}:{limit}", fault.code()))
        })
    }
}

/// The fault named in a message that [`Text`] gave to serde.
#[must_use]
pub fn fault_in(message: &str) -> Option<TextFault> {
    let mut parts = message.split_once(FAULT_PREFIX)?.1.split([':', ' ']);
    let code = parts.next()?;
    let limit = parts.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    [
        TextFault::Blank,
        TextFault::TooShort(limit),
        TextFault::TooLong(limit),
        TextFault::ForbiddenCharacter,
        TextFault::Classified,
    ]
    .into_iter()
    .find(|fault| fault.code() == code)
}

impl<const MIN: usize, const MAX: usize> utoipa::PartialSchema for Text<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length((MIN > 0).then_some(MIN))
            .max_length(Some(MAX))
            .pattern(Some(PATTERN))
            .into()
    }
}

impl<const MIN: usize, const MAX: usize> utoipa::ToSchema for Text<MIN, MAX> {
    /// Each length is a schema of its own.
    fn name() -> std::borrow::Cow<'static, str> {
        format!("Text{MIN}To{MAX}").into()
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}')
        || code & 0xFFFE == 0xFFFE
}

/// What every text must pass, whatever its length.
pub fn check(text: &str) -> Result<(), TextFault> {
    if text.chars().any(is_forbidden) {
        return Err(TextFault::ForbiddenCharacter);
    }
    if bears_marking(text) {
        return Err(TextFault::Classified);
    }
    Ok(())
}

/// A grade. What stands between its characters is a disguise.
const GRADE: &str = r"(?:绝[\p{P}\p{S}\n]{0,3}密|机[\p{P}\p{S}\n]{0,3}密|秘[\p{P}\p{S}\n]{0,3}密)级?";
/// The star of 国家秘密定密管理暂行规定, and those that look like it.
const STAR: &str = r"[★☆⋆✦-❋⭐-⭒⚝🌟🌠🟀-🟘*∗]";

/// The forms of a marking. A star after the grade counts at its end, before a period, or where the grade
/// opens the text, a line or a clause: 「公开的秘密★五星推荐」 is none. A star before it counts where
/// nothing but the marking follows.
fn markings() -> Result<Regex, regex::Error> {
    let forms = [
        format!(r"{GRADE}{STAR}+(?:$|[\n\p{{N}}]|[一二三四五六七八九十百两]+[年个月日]|长期|期限|解密|启用)"),
        format!(r"(?:^|[\n\p{{P}}\p{{S}}]){GRADE}{STAR}"),
        format!(r"{STAR}{GRADE}(?:$|[\n\p{{N}}\p{{P}}\p{{S}}]|长期)"),
        format!(r"密级[^\p{{Han}}\w、，。；]{{0,3}}(?:为|是|定为)?[^\p{{Han}}\w、，。；]{{0,3}}{GRADE}"),
        format!(r"[\[【〔(〈《「『]{GRADE}[\]】〕)〉》」』]"),
        format!(r"^[\p{{P}}\p{{S}}]*{GRADE}[\p{{P}}\p{{S}}]*$"),
    ];
    Regex::new(&format!("(?m){}", forms.join("|")))
}

/// The text as it is read: without what is not seen, in one form of each character, lines kept apart.
fn folded(text: &str) -> Option<String> {
    static UNSEEN: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[\p{Default_Ignorable_Code_Point}\p{M}\p{C}\s--\n]+").ok());
    let one_form = text.nfkc().map(|c| match c {
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '機' => '机',
        '祕' => '秘',
        '絕' | '絶' => '绝',
        '級' => '级',
        '長' => '长',
        '為' | '爲' => '为',
        '個' => '个',
        c => c,
    });
    let one_form: String = one_form.collect();
    UNSEEN.as_ref().map(|unseen| unseen.replace_all(&one_form, "").into_owned())
}

/// Whether the text bears a marking of a state secret: a grade with the star and its period
/// (`机密★1年`), a 密级 field, a grade alone in brackets or on a line. The word in 商业秘密 is no marking.
#[must_use]
pub fn bears_marking(text: &str) -> bool {
    static MARKING: LazyLock<Option<Regex>> = LazyLock::new(|| markings().ok());
    if !text.contains('密') {
        return false;
    }
    MARKING.as_ref().zip(folded(text)).is_some_and(|(marking, folded)| marking.is_match(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marking_is_refused_and_the_mere_word_passes() {
        assert!(markings().is_ok() && folded("").is_some());
        for marked in [
            "机密★1年",
            "关于××的报告（秘密）",
            "密级：绝密",
            "【机 密】内部",
            "秘密 ★ 长期",
            "机密＊5年",
            "机\u{E0100}密★1年",
            "机密\u{FE0F}★1年",
            "机\u{34F}密★1年",
            "機密★1年",
            "机密✪1年",
            "机·密★1年",
            "机、密★十年",
            "机\n密★1年",
            "机密\u{20DD}★1年",
            "关于××的通知 绝密级★30年",
            "★机密",
            "内部资料★秘密",
            "内部资料★秘密，不得外传",
            "绝密",
            "机密",
            "秘密",
            "绝密级",
            "機密級",
            " 秘密 ",
            "【绝密】",
            "青禾街道\n机密\n正文",
            "件一：秘密★",
            "密级為機密",
            "秘密★五星推荐",
        ] {
            assert!(bears_marking(marked), "{marked:?}");
        }
        for plain in [
            "商业秘密保护",
            "保密教育",
            "机密仪器采购",
            "侵犯商业秘密案",
            "秘密花园",
            "秘密花园★五星推荐",
            "公开的秘密★五星推荐",
            "★秘密花园读书会",
            "★★★★★秘密花园",
            "绝密级、机密级、秘密级文件均不得录入",
            "保密级别",
            "他的秘密。",
            "司机、密码与门禁",
            "不得录入绝密、机密、秘密内容",
            "关于《商业秘密保护条例》的宣讲",
        ] {
            assert!(!bears_marking(plain), "{plain:?}");
        }
    }

    #[test]
    fn characters_that_databases_or_readers_disagree_on_are_refused() {
        for bad in ["a\0b", "a\u{202E}b", "a\u{2066}b", "a\u{7}b", "a\u{FFFE}b"] {
            assert_eq!(Text::<1, 10>::parse(bad), Err(TextFault::ForbiddenCharacter), "{bad:?}");
        }
        for good in ["𠀀字", "🙂", "line\nline", "O'Neil; DROP", "<b>"] {
            assert_eq!(Text::<1, 20>::parse(good).unwrap().as_str(), good);
        }
        assert_eq!(Text::<1, 10>::parse(" \u{200B}\u{3000}"), Err(TextFault::Blank));
        assert_eq!(Text::<1, 3>::parse("四个汉字"), Err(TextFault::TooLong(3)));
        assert_eq!(Text::<1, 3>::parse("e\u{301}").unwrap().as_str(), "é");
    }

    #[test]
    fn the_schema_pattern_compiles_and_agrees() {
        let message = serde_json::from_str::<Text<1, 4>>("\"a\\u0000\"").unwrap_err().to_string();
        assert_eq!(fault_in(&message), Some(TextFault::ForbiddenCharacter));
        let message = serde_json::from_str::<Text<1, 4>>("\"12345\"").unwrap_err().to_string();
        assert_eq!(fault_in(&message), Some(TextFault::TooLong(4)));
    }
}
