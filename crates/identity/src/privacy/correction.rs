//! Correcting one's own data (个人信息保护法 46): number and address at once, the name by the secretariat,
//! which keeps it on file (Article 25).

use gongjian_kernel::{Event, Refusal, Result, Target, Text, Work};
use serde_json::json;

use super::event::CORRECTED;
use super::person_of;
use super::request::{self, Request, RequestKind};
use crate::identity::Identity;
use crate::person::{self, Person, PersonId};
use crate::phone::Phone;

/// A change of something that may be absent.
#[derive(Debug, Clone, Default)]
pub enum Change<T> {
    #[default]
    Keep,
    Clear,
    Set(T),
}

/// What somebody says is wrong about himself.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    pub name: Option<Text<1, 50>>,
    pub phone: Change<Phone>,
    pub email: Change<String>,
    pub reason: Option<Text<2, 500>>,
}

/// Corrects the caller's own data. Another name becomes a request. `version` is that of the person.
pub async fn correct(work: &mut Work<'_>, seen: Target<()>, new: Correction) -> Result<(Person, Option<Request>)> {
    let id = person_of(work.actor())?;
    let before = person::lock(work, id).await?;
    seen.is_current(before.version)?;
    let mut after = before.clone();
    let mut fields = Vec::new();
    match &new.phone {
        Change::Keep => {}
        Change::Clear => after = after.with_phone(&work.store.keys.data, None)?,
        Change::Set(phone) => after = after.with_phone(&work.store.keys.data, Some(phone))?,
    }
    if !matches!(new.phone, Change::Keep) {
        fields.push("phone");
    }
    match new.email {
        Change::Keep => {}
        Change::Clear => after.email = None,
        Change::Set(email) => after.email = Some(email),
    }
    if after.email != before.email {
        fields.push("email");
    }
    let name = new.name.map(|name| name.trim().to_owned()).filter(|name| *name != before.name);
    if fields.is_empty() && name.is_none() {
        let (zh, en) = ("没有要更正的内容。", "There is nothing to correct.");
        return Err(Refusal::field("", "nothing_to_correct", zh, en));
    }
    if !fields.is_empty() {
        after.version += 1;
        work.update::<person::row::Entity>(&before, &after).await?;
        work.record(Event::new(&CORRECTED, id.0, json!({ "fields": fields })));
    }
    let request = match name {
        Some(name) => {
            let reason = new.reason.map(Text::into_string);
            Some(request::submit(work, RequestKind::NameCorrection, Some(name), reason).await?)
        }
        None => None,
    };
    Ok((after, request))
}

/// Gives the person the name that was asked for, as part of granting that.
pub(super) async fn rename(work: &mut Work<'_>, identity: &Identity, id: PersonId, name: String) -> Result<()> {
    let before = person::require(work, id).await?;
    let after = Person { name, version: before.version + 1, ..before.clone() };
    work.update::<person::row::Entity>(&before, &after).await?;
    work.record(Event::new(&CORRECTED, id.0, json!({ "fields": ["name"] })));
    identity.forget_callers(work);
    Ok(())
}
