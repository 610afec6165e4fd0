//! What can happen, and what can be refused: the two catalogues that programs rely on.

use gongjian_api::faults::{self, catalogue};
use gongjian_api::problem::status;

use super::table;

pub fn events() -> String {
    let rows = faults::events().map(|entry| {
        let kind = format!("`{}`", entry.kind);
        vec![
            kind,
            entry.subject.to_owned(),
            table::article(entry.article),
            entry.label.zh.to_string(),
            entry.label.en.to_string(),
        ]
    });
    format!(
        "# Events\n\nEvery kind of row that the audit trail can hold: what happened, in the past tense. The same rows are \
         the history that a resource shows.\n\n{}",
        table::of(&["kind", "subject", "article", "中文", "English"], rows)
    )
}

pub fn problems() -> String {
    let rows = catalogue().map(|entry| {
        let status = status(entry).as_u16().to_string();
        vec![
            format!("`{}`", entry.code),
            status,
            format!("{:?}", entry.kind),
            table::article(entry.article),
            table::both(&entry.title),
            table::both(&entry.fix),
        ]
    });
    format!(
        "# Problems\n\nEvery refusal that the server can answer with. `code` is stable: programs switch on it. The server \
         publishes the same list at `GET /problems`, and a page for each at `GET /problems/{{code}}`.\n\n{}",
        table::of(&["code", "status", "kind", "article", "title", "what to do"], rows)
    )
}
