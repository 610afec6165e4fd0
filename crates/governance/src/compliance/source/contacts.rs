//! Article 25: each unit has a representative and a liaison on file, in time after it joined and after a change.

use gongjian_kernel::Result;
use gongjian_membership::filing::vacancies::{self, Search, Vacancy};
use gongjian_membership::unit::ContactKind;
use sea_orm::ConnectionTrait;

use super::Question;
use crate::compliance::{Duty, Fact, Obligation, Period, Subject, SubjectKind};

pub(super) async fn vacancies(db: &impl ConnectionTrait, question: &Question<'_>) -> Result<Vec<Vacancy>> {
    let sight = question.sight;
    let only = (!sight.all).then_some((&sight.units[..], &sight.streets[..]));
    let search = Search { from: question.from(), as_of: question.as_of, only };
    vacancies::search(db, &search, &question.rules.calendar, &question.rules.filing).await
}

pub(super) fn duties(obligation: &'static Obligation, kind: ContactKind, vacancies: &[Vacancy]) -> Vec<Duty> {
    let of_kind = vacancies.iter().filter(|vacancy| vacancy.kind == kind);
    let duty = |vacancy: &Vacancy| {
        let unit = vacancy.unit_id;
        let subject = Subject {
            unit: Some(unit),
            street: Some(vacancy.street_code.clone()),
            ..Subject::of(SubjectKind::Unit, unit.0, vacancy.unit_name.clone())
        };
        let fact = vacancy.filled.map(|filled| {
            let (kind, id, path) = match filled.filing {
                Some(filing) => ("filing", filing.0, format!("/v1/filings/{filing}")),
                None => ("unit_contact", filled.term.0, format!("/v1/units/{unit}/contacts")),
            };
            let title = obligation.label.zh.to_string();
            Fact { kind, id, path, title, on: filled.on, of_year: None }
        });
        Duty {
            warn_on: vacancy.remind_on,
            due_estimated: vacancy.due_estimated,
            facts: fact.into_iter().collect(),
            ..Duty::new(obligation, Period::of_event(vacancy.since_on, vacancy.due_on), subject)
        }
    };
    of_kind.map(duty).collect()
}
