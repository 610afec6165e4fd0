//! Refusals: one error type for all domain crates. What differs between them is data: an entry of a
//! catalogue (code, kind, titles, article) and the detail of the occurrence. See ADR 0003.

use crate::audit::Event;
use crate::say::Say;

pub type Result<T, E = Refusal> = std::result::Result<T, E>;

/// What went wrong, in the terms of the domain. `api` maps it to a status in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// Not there, or not for the caller to know about.
    NotFound,
    /// The state of things forbids it now.
    Conflict,
    /// The caller saw another version.
    Stale,
    /// Nobody is known to be asking.
    Unauthenticated,
    /// The caller may see it but not do it.
    Denied,
    /// Asked too often.
    Limited,
    /// The request itself is not valid.
    Invalid,
    /// A dependency is away; later it may work.
    Unavailable,
    /// Our fault.
    Internal,
}

/// One kind of refusal: a stable code and what it means.
#[derive(Debug, PartialEq, Eq)]
pub struct FaultEntry {
    /// Stable, snake_case; programs switch on it.
    pub code: &'static str,
    pub kind: FaultKind,
    /// The charter article that the refusal rests on.
    pub article: Option<u8>,
    pub title: Say,
    /// What the caller can do about it.
    pub fix: Say,
}

/// Declares the entries of a crate and the list of them, which the published catalogue is made of.
#[macro_export]
macro_rules! faults {
    ($list:ident: $($name:ident = $kind:ident $code:literal $(art $article:literal)? : $zh:literal, $en:literal; $fix_zh:literal, $fix_en:literal;)*) => {
        $(pub static $name: $crate::FaultEntry = $crate::FaultEntry {
            code: $code,
            kind: $crate::FaultKind::$kind,
            article: $crate::faults!(@article $($article)?),
            title: $crate::Say::fixed($zh, $en),
            fix: $crate::Say::fixed($fix_zh, $fix_en),
        };)*
        pub static $list: &[&$crate::FaultEntry] = &[$(&$name),*];
    };
    (@article $article:literal) => { Some($article) };
    (@article) => { None };
}

/// A fault of one field. Exactly one locator; `pointer` is a JSON Pointer without the leading `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    pub at: Locator,
    pub code: &'static str,
    pub detail: Say,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    Pointer(String),
    Parameter(String),
    Header(String),
}

impl FieldFault {
    pub fn body(pointer: impl Into<String>, code: &'static str, detail: Say) -> Self {
        Self { at: Locator::Pointer(pointer.into()), code, detail }
    }
}

/// One refusal as it happened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.summary())]
pub struct Refusal {
    pub entry: &'static FaultEntry,
    pub detail: Say,
    /// Overrides the entry's article, for refusals whose article depends on the action.
    pub article: Option<u8>,
    pub fields: Vec<FieldFault>,
    /// What the caller may do instead, where a lifecycle refused.
    pub allowed_actions: Option<Vec<&'static str>>,
    pub retry_after_seconds: Option<u64>,
    /// Refusals that the audit trail keeps (denials, classified content).
    pub record: Option<Box<Event>>,
    /// For the log only; never leaves the server.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Refusal {
    #[must_use]
    pub fn new(entry: &'static FaultEntry, detail: Say) -> Self {
        Self {
            entry,
            detail,
            article: entry.article,
            fields: Vec::new(),
            allowed_actions: None,
            retry_after_seconds: None,
            record: None,
            source: None,
        }
    }

    /// The title says it all.
    #[must_use]
    pub fn of(entry: &'static FaultEntry) -> Self {
        Self::new(entry, entry.title.clone())
    }

    #[must_use]
    pub fn invalid(fields: Vec<FieldFault>) -> Self {
        Self { fields, ..Self::of(&VALIDATION_FAILED) }
    }

    #[must_use]
    pub fn field(pointer: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::invalid(vec![FieldFault::body(pointer, code, Say::new(zh.into(), en.into()))])
    }

    /// One line for logs and the command line: no values that people wrote.
    fn summary(&self) -> String {
        let mut line = format!("{}: {}", self.entry.code, self.detail.en);
        for field in &self.fields {
            let (Locator::Pointer(at) | Locator::Parameter(at) | Locator::Header(at)) = &field.at;
            line.push_str(&format!("; {at}: {}", field.code));
        }
        if let Some(source) = &self.source {
            line.push_str(&format!(" ({source})"));
        }
        line
    }

    #[must_use]
    pub fn kind(&self) -> FaultKind {
        self.entry.kind
    }

    /// The same refusal as a fault of the field that named the thing: a reference in a body that leads
    /// nowhere is the body's fault, not a missing page.
    #[must_use]
    pub fn at(self, pointer: &str) -> Self {
        match self.entry.kind {
            FaultKind::NotFound | FaultKind::Conflict | FaultKind::Invalid => {
                let article = self.article;
                Self::invalid(vec![FieldFault::body(pointer, self.entry.code, self.detail)]).with_article(article)
            }
            FaultKind::Stale
            | FaultKind::Unauthenticated
            | FaultKind::Denied
            | FaultKind::Limited
            | FaultKind::Unavailable
            | FaultKind::Internal => self,
        }
    }

    #[must_use]
    pub fn with_article(mut self, article: Option<u8>) -> Self {
        self.article = article.or(self.article);
        self
    }

    #[must_use]
    pub fn recorded(mut self, event: Event) -> Self {
        self.record = Some(Box::new(event));
        self
    }

    #[must_use]
    pub fn after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    #[must_use]
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::of(&INTERNAL_ERROR) }
    }
}

faults! { KERNEL_FAULTS:
    VALIDATION_FAILED = Invalid "validation_failed": "请求内容不符合要求", "The request is not valid";
        "按 errors 中的逐项说明修改后重新提交。", "Correct each item listed in errors and send it again.";
    FORBIDDEN = Denied "forbidden": "无权进行此项操作", "Not allowed";
        "由具有相应职务的人员办理。", "Somebody who holds the office must do this.";
    VERSION_MISMATCH = Stale "version_mismatch": "内容已被他人更新", "Somebody changed it meanwhile";
        "重新读取后再提交。", "Read it again, then repeat.";
    IDEMPOTENCY_KEY_REUSED = Invalid "idempotency_key_reused": "幂等键已用于另一请求", "The idempotency key was used for another request";
        "换用新的 Idempotency-Key。", "Use a new Idempotency-Key.";
    IDEMPOTENCY_IN_PROGRESS = Conflict "idempotency_in_progress": "同一请求正在处理", "The same request is still running";
        "稍后以同一幂等键重试。", "Retry with the same key a little later.";
    BUSY = Unavailable "service_unavailable": "服务暂不可用", "The service is not available now";
        "稍后重试；写入请求的结果可能未知，请以同一 Idempotency-Key 重发。", "Retry later. The outcome of a write may be unknown: repeat it with the same Idempotency-Key.";
    INTERNAL_ERROR = Internal "internal_error": "系统内部错误", "Internal error";
        "请将 trace_id 告知系统管理员。", "Give the trace_id to the administrator.";
    ALREADY_EXISTS = Conflict "already_exists": "已存在相同记录", "It exists already";
        "查看已有记录。", "Look at the existing record.";
    INVALID_CURSOR = Invalid "invalid_cursor": "分页游标无效", "The cursor is not valid";
        "去掉 cursor 从第一页读取；更换筛选条件后游标失效。", "Start again without a cursor; it belongs to one filter.";
    YEAR_NOT_FOUND = NotFound "calendar_year_not_found": "没有该年度的工作日历", "No calendar for that year";
        "由系统管理员导入国务院办公厅放假通知。", "An administrator imports the State Council's notice.";
    POLICY_NOT_FOUND = NotFound "policy_not_found": "该配置不存在", "No such policy";
        "查看可用的配置名称。", "See which policies there are.";
}

impl Refusal {
    /// A database error, or the entry where a unique index refused the row: for a statement that knows
    /// which index that is.
    #[must_use]
    pub fn unless_taken(error: sea_orm::DbErr, entry: &'static FaultEntry) -> Self {
        if crate::db::is_duplicate(&error) {
            Self { source: Some(Box::new(error)), ..Self::of(entry) }
        } else {
            error.into()
        }
    }
}

/// Database errors become refusals here and nowhere else. A unique index that nobody reckoned with is
/// our fault: see [`Refusal::unless_taken`].
impl From<sea_orm::DbErr> for Refusal {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::DbErr;
        let away = matches!(&error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) || crate::db::is_transient(&error);
        let entry = if away { &BUSY } else { &INTERNAL_ERROR };
        let mut refusal = Self::of(entry);
        if away {
            refusal.retry_after_seconds = Some(2);
        }
        refusal.source = Some(Box::new(error));
        refusal
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
