//! The demo: a fictional district with 60 units and a year of issues, loaded through the same commands
//! that HTTP uses, on the days on which they happened.

mod cast;
mod conferences;
mod government;
mod replay;
mod sample;

use gongjian_identity::Identity;
use gongjian_kernel::clock::SetClock;
use gongjian_kernel::{Result, Store};
use indicatif::ProgressBar;

/// The password of every demo account. A demo only: `gongjian serve` makes no such account.
pub const PASSWORD: &str = "one-issue-one-number-2026";

/// Accounts worth trying, with what they are.
pub const ACCOUNTS: [(&str, &str); 9] = [
    ("secretariat", "秘书处办公室 / the secretariat"),
    ("secretary-general", "秘书长 / the secretary-general"),
    ("rep057", "云栖材料科学研究院 固定代表 / representative of a member unit"),
    ("liaison057", "云栖材料科学研究院 联络人 / liaison of the same unit"),
    ("dept002", "青禾区教育局 承办人 / handler of a department"),
    ("branch007", "书院街道分会 / a street branch"),
    ("sysadmin", "系统管理员 / system administrator"),
    ("secadmin", "安全保密管理员 / security administrator"),
    ("auditadmin", "安全审计员 / audit administrator"),
];

/// Loads the district and replays its year up to 20 November 2026. The store's clock must be `clock`.
pub async fn load(store: &Store, identity: &Identity, clock: &SetClock, progress: &ProgressBar) -> Result<()> {
    let sample = sample::Sample::read()?;
    let mut cast = cast::assemble(store, identity, clock, &sample, progress).await?;
    replay::run(store, clock, &sample, &cast, progress).await?;
    cast.file_late(store, &sample, progress).await
}
