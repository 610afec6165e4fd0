//! Positions: the offices that a person holds because of something else on file. The unit has filed its
//! representative (Article 25), the secretariat has filed an appointment. Whoever keeps that fact tells
//! the positions; none is copied, so each begins and ends with what it rests on.

use std::pin::Pin;

use chrono::NaiveDate;
use gongjian_kernel::{Grant, Result, Scope};
use sea_orm::DatabaseExecutor;

use crate::person::PersonId;
use crate::role::Role;

/// An office that a person holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    pub person: PersonId,
    pub role: Role,
    pub scope: Scope,
}

impl Position {
    #[must_use]
    pub fn for_actor(&self) -> Grant {
        Grant { role: self.role.as_str(), scope: self.scope.clone() }
    }
}

/// The positions that these persons hold today, by what one crate keeps on file. No query per person.
pub type Source = for<'a> fn(&'a DatabaseExecutor<'a>, &'a [PersonId], NaiveDate) -> Found<'a>;
pub type Found<'a> = Pin<Box<dyn Future<Output = Result<Vec<Position>>> + Send + 'a>>;
