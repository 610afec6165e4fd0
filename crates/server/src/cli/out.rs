//! What a command says on the terminal. A reader that goes away (`gongjian openapi | head`) is no fault.

use std::io::Write as _;

pub(super) fn text(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

pub(super) fn line(line: &str) {
    text(&format!("{line}\n"));
}

pub(super) fn error_line(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

const RULE: &str = "════════════════════════════════════════════════════════════════════════";

/// A password that is shown here and nowhere else.
pub(super) fn password(title: &str, username: &str, password: &str) {
    text(&format!(
        "{RULE}\n  {title}\n\n  用户名 username: {username}\n  密  码 password: {password}\n\n  \
         仅此一次显示，首次登录后须修改。Shown only once; to be changed at the first sign-in.\n{RULE}\n"
    ));
}
