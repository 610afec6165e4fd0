//! Authorization is three words: **actor, action, scope**. Domain crates declare their permissions as
//! data ([`Permission`]); one function decides, and it also decides between "not found" and "not
//! allowed". See ADR 0002.

use std::borrow::Cow;

use uuid::Uuid;

use crate::audit::{Event, EventEntry};
use crate::fault::{FORBIDDEN, FaultEntry, Refusal, Result};
use crate::say::Say;

/// Where an office is held.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole association.
    Association,
    /// One street branch, by the code of the street.
    Branch(String),
    /// One unit.
    Unit(Uuid),
    /// One body, such as a committee.
    Body(Uuid),
}

/// An office that the actor holds today.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Grant {
    pub role: &'static str,
    pub scope: Scope,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub account: Option<Uuid>,
    pub session: Option<Uuid>,
    pub person: Option<Uuid>,
    pub name: Cow<'static, str>,
    pub grants: Vec<Grant>,
}

impl Actor {
    #[must_use]
    pub fn anonymous() -> Self {
        Self { account: None, session: None, person: None, name: Cow::Borrowed("匿名"), grants: Vec::new() }
    }

    /// The association's own rules at work: automatic confirmation, sheets issued by rule.
    #[must_use]
    pub fn by_rule() -> Self {
        Self {
            name: Cow::Borrowed("系统规则"),
            grants: vec![Grant { role: BY_RULE, scope: Scope::Association }],
            ..Self::anonymous()
        }
    }

    #[must_use]
    pub fn holds(&self, role: &str) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The units that the actor acts for, without repetition.
    pub fn units(&self) -> impl Iterator<Item = Uuid> + '_ {
        self.grants.iter().enumerate().filter_map(|(at, grant)| match grant.scope {
            Scope::Unit(unit) if !self.grants[..at].iter().any(|g| g.scope == grant.scope) => Some(unit),
            Scope::Unit(_) | Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
        })
    }

    /// Whether an office of the actor carries the permission over the resource.
    #[must_use]
    pub fn may(&self, permission: &Permission, resource: &dyn Resource) -> bool {
        self.grants.iter().any(|grant| {
            permission
                .rules
                .iter()
                .any(|rule| rule.role == grant.role && (rule.over == ANY || resource.relates(rule.over, &grant.scope)))
        })
    }

    /// Whether an office over the whole association carries the permission, be it over some things only.
    #[must_use]
    pub fn may_widely(&self, permission: &Permission) -> bool {
        let carries = |grant: &Grant| permission.rules.iter().any(|rule| rule.role == grant.role);
        self.grants.iter().any(|grant| grant.scope == Scope::Association && carries(grant))
    }

    /// Permissions that the actor has somewhere, for `GET /v1/me`.
    pub fn has_some(&self, permission: &Permission) -> bool {
        permission.rules.iter().any(|rule| self.holds(rule.role))
    }
}

/// The role of the association's own rules; no account can hold it.
pub const BY_RULE: &str = "by_rule";

/// How a resource relates to the scope of an office: `submitter`, `lead`, `branch` …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relation(pub &'static str);

/// Every resource of the kind.
pub const ANY: Relation = Relation("association");

/// Who holds a permission, over what.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub role: &'static str,
    pub over: Relation,
}

/// Something that a caller may be allowed to do: policy as data.
#[derive(Debug)]
pub struct Permission {
    /// `issue.register`: object and action.
    pub name: &'static str,
    pub article: Option<u8>,
    pub label: Say,
    pub rules: &'static [Rule],
}

/// Declares permissions and the list of them: `NAME = "object.action" art 23 "中文" "English" rules;`.
#[macro_export]
macro_rules! permissions {
    ($list:ident: $($(#[doc = $doc:literal])* $name:ident = $id:literal art $article:literal $zh:literal $en:literal $rules:expr;)*) => {
        $($(#[doc = $doc])* pub static $name: $crate::Permission =
            $crate::Permission { name: $id, article: Some($article), label: $crate::Say::fixed($zh, $en), rules: $rules };)*
        pub static $list: &[&$crate::Permission] = &[$(&$name),*];
    };
}

/// A thing that permissions are about.
pub trait Resource {
    /// Whether it stands in that relation to the scope of an office.
    fn relates(&self, over: Relation, scope: &Scope) -> bool;
    /// The refusal when it is not there. A stranger gets the same one.
    fn unknown(&self) -> &'static FaultEntry;
    /// What the audit trail calls it.
    fn subject(&self) -> (&'static str, Option<Uuid>);
}

/// The association as a whole, for permissions that are about no single thing.
#[derive(Debug, Clone, Copy)]
pub struct Association;

impl Resource for Association {
    /// It stands in no narrower relation: only a rule over [`ANY`] thing reaches it.
    fn relates(&self, _: Relation, _: &Scope) -> bool {
        false
    }
    fn unknown(&self) -> &'static FaultEntry {
        &FORBIDDEN
    }
    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("association", None)
    }
}

pub static ACCESS_DENIED: EventEntry =
    EventEntry::new("access.denied", "security", None, "越权操作被拒绝", "an attempt without permission was refused");

/// The one decision: allowed, not allowed (the caller may see the thing), or not found (it may not).
pub fn authorize(actor: &Actor, wanted: &Permission, seen_by: &Permission, resource: &dyn Resource) -> Result<()> {
    if actor.may(wanted, resource) {
        return Ok(());
    }
    let (kind, id) = resource.subject();
    let event = Event::new(
        &ACCESS_DENIED,
        id.unwrap_or_default(),
        serde_json::json!({ "permission": wanted.name, "subject": kind }),
    )
    .refused();
    if actor.may(seen_by, resource) {
        let detail = Say::new(
            format!("您的职务无权办理“{}”。", wanted.label.zh),
            format!("Your office does not permit “{}”.", wanted.label.en),
        );
        Err(Refusal::new(&FORBIDDEN, detail).with_article(wanted.article).recorded(event))
    } else {
        Err(Refusal::of(resource.unknown()).recorded(event))
    }
}
