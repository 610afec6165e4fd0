//! What a unit files about its representative or liaison, and whether it can be read.

use chrono::NaiveDate;
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::Association;
use gongjian_kernel::clock::day;
use gongjian_kernel::{Refusal, Result, Say, Text, Work};

use super::contact::{Filing, NewContact, received_on};
use super::model::Faults;
use super::{Term, Unit};
use crate::filing::action::FILING_CHECK;
use crate::filing::gaps::vacant_since;

/// What a unit files about its representative or its liaison: somebody new by name, or somebody on file.
#[derive(Debug, Clone)]
pub struct ContactFiling {
    pub name: Option<Text<1, 50>>,
    /// Of this unit, or anybody on file where the secretariat files.
    pub person: Option<PersonId>,
    pub post: Text<1, 50>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub filed_on: Option<NaiveDate>,
    /// The day of the change that makes the succession necessary; the day of the filing where none is given.
    pub event_on: Option<NaiveDate>,
}

impl From<NewContact> for ContactFiling {
    fn from(new: NewContact) -> Self {
        let NewContact { name, post, phone, email, filed_on } = new;
        Self { name: Some(name), person: None, post, phone, email, filed_on, event_on: None }
    }
}

pub(super) enum Who {
    New(person::NewPerson),
    OnFile(PersonId),
}

/// A filing whose fields hold, with the day from which the time to file is counted.
pub(super) struct Proposal {
    pub(super) who: Who,
    pub(super) post: String,
    pub(super) filed_on: NaiveDate,
    pub(super) event_on: NaiveDate,
}

pub(super) fn read(
    work: &Work<'_>,
    new: ContactFiling,
    unit: &Unit,
    present: Option<&Term>,
    terms: &[Term],
) -> Result<Proposal> {
    let mut faults = Faults::default();
    let today = work.today();
    let (event_on, backdated) = (new.event_on, new.filed_on.is_some_and(|on| on < today));
    // Else a unit could file late and say that it did not.
    if backdated && !work.actor().may(&FILING_CHECK, &Association) {
        let en = "The secretariat says when it received the filing.";
        faults.add("/filed_on", "not_allowed", Say::fixed("收到日期由秘书处填写。", en));
    }
    let read = who(new, today, &mut faults);
    let filed_on = read.as_ref().map_or(today, |(.., filed_on)| *filed_on);
    match (event_on, present) {
        (Some(_), None) => {
            let en = "Nobody holds it; the time is counted from joining or from the last end.";
            faults.add("/event_on", "not_allowed", Say::fixed("目前无人担任，时限自入会或离任之日起算。", en));
        }
        (Some(on), Some(present)) if on > filed_on || on < day(present.since) => {
            let en = "It lies between the beginning of the present term and the filing.";
            faults.add("/event_on", "out_of_order", Say::fixed("应在现任任职之后、报备之前。", en));
        }
        (Some(_) | None, _) => {}
    }
    match read {
        Some((who, post, filed_on)) if faults.0.is_empty() => {
            let ends: Vec<_> = terms.iter().map(|term| term.until).collect();
            let vacant = unit.joined_on.and_then(|joined_on| vacant_since(joined_on, &ends));
            Ok(Proposal { who, post, filed_on, event_on: event_on.or(vacant).unwrap_or(filed_on) })
        }
        Some(_) | None => Err(Refusal::invalid(faults.0)),
    }
}

/// Who is meant: exactly one of somebody new and somebody on file.
fn who(new: ContactFiling, today: NaiveDate, faults: &mut Faults) -> Option<(Who, String, NaiveDate)> {
    let ContactFiling { name, person, post, phone, email, filed_on, .. } = new;
    match (name, person) {
        (Some(name), None) => {
            let Filing { person, post, filed_on } =
                NewContact { name, post, phone, email, filed_on }.read("", today, faults);
            Some((Who::New(person), post, filed_on))
        }
        (None, Some(person)) => {
            let filed_on = received_on(filed_on, "", today, faults);
            for (at, given) in [("/phone", phone.is_some()), ("/email", email.is_some())] {
                if given {
                    let en = "Somebody on file is named; only somebody new has it.";
                    faults.add(at, "not_allowed", Say::fixed("已选登记的人员，不填此项。", en));
                }
            }
            Some((Who::OnFile(person), post.into_string(), filed_on))
        }
        (Some(_), Some(_)) => {
            let en = "Somebody on file is named, so nobody is put on file.";
            faults.add("/name", "not_both", Say::fixed("已选登记的人员，不应再登记新人员。", en));
            None
        }
        (None, None) => {
            let en = "Name somebody new, or somebody on file.";
            faults.add("/name", "required", Say::fixed("须登记新人员，或选登记的人员。", en));
            None
        }
    }
}
