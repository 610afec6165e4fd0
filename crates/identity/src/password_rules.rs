//! How long a password must be, and of how many kinds of characters: NIST SP 800-63B-4 or 等保.

use gongjian_kernel::{FieldFault, Refusal, Result, Say};

use crate::policy::{AccountPolicy, PasswordProfile};

pub const MAX_CHARACTERS: usize = 128;
/// NIST SP 800-63B-4 §3.1.1.2: enough where a second factor stands beside it.
pub const MIN_BESIDE_SECOND_FACTOR: usize = 8;

/// What a password must be, beyond hard to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordRules {
    pub min_characters: usize,
    /// Of capital letters, small letters, digits, others.
    pub min_classes: usize,
}

impl PasswordRules {
    /// The rules in force; `usual` is the least length that the operator has set.
    pub(crate) fn of(policy: &AccountPolicy, usual: usize, has_second_factor: bool) -> Self {
        match policy.profile {
            PasswordProfile::Nist => {
                let beside = usual.min(MIN_BESIDE_SECOND_FACTOR);
                let min_characters = if has_second_factor { beside } else { usual };
                Self { min_characters, min_classes: 1 }
            }
            PasswordProfile::Mlps => {
                let size = |n: u32| usize::try_from(n).unwrap_or(MAX_CHARACTERS);
                Self { min_characters: size(policy.mlps_min_length), min_classes: size(policy.mlps_character_classes) }
            }
        }
    }

    pub(crate) fn refuse(&self, pointer: &str, normal: &str) -> Result<()> {
        let (min, max) = (self.min_characters, MAX_CHARACTERS);
        let count = normal.chars().count();
        let (code, zh, en) = if count < min {
            ("too_short", format!("密码至少 {min} 个字符。"), format!("At least {min} characters."))
        } else if count > max {
            ("too_long", format!("密码至多 {max} 个字符。"), format!("At most {max} characters."))
        } else if classes(normal) < self.min_classes {
            let least = self.min_classes;
            let zh = format!("密码须含大写字母、小写字母、数字、其他字符中的至少 {least} 类。");
            ("too_few_classes", zh, format!("At least {least} of: capital letters, small letters, digits, others."))
        } else {
            return Ok(());
        };
        Err(refusal(pointer, code, zh, en))
    }
}

fn classes(password: &str) -> usize {
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_ascii_uppercase(),
        |c| c.is_ascii_lowercase(),
        |c| c.is_ascii_digit(),
        |c| !c.is_ascii_alphanumeric(),
    ];
    kinds.into_iter().filter(|kind| password.chars().any(kind)).count()
}

pub(crate) fn refusal(pointer: &str, code: &'static str, zh: String, en: String) -> Refusal {
    Refusal::invalid(vec![FieldFault::body(pointer, code, Say::new(zh, en))])
}
