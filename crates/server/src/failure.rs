//! Why a command ended: one clear line for the terminal and an exit code.

use gongjian_kernel::Refusal;

/// The settings are at fault: nothing has been touched yet.
const SETTINGS: u8 = 2;
const FAILED: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}")]
pub struct Failure {
    pub exit_code: u8,
    line: String,
}

impl Failure {
    pub fn new(line: impl AsRef<str>) -> Self {
        Self { exit_code: FAILED, line: one_line(line.as_ref()) }
    }

    pub fn settings(line: impl AsRef<str>) -> Self {
        Self { exit_code: SETTINGS, line: one_line(line.as_ref()) }
    }
}

/// Errors of libraries come on several lines; the reader of a log gets one.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match &refusal.source {
            Some(source) => Self::new(format!("{refusal} ({source})")),
            None => Self::new(refusal.to_string()),
        }
    }
}

impl From<sea_orm::DbErr> for Failure {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::new(format!("the database: {error}"))
    }
}

pub type Result<T, E = Failure> = std::result::Result<T, E>;
