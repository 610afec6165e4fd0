//! What held on which day, as it was known when.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::clock::day;
use sea_orm::sea_query::{Expr, ExprTrait as _};

/// The day that is asked about, and the instant whose knowledge is asked for; without one, what is known now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Moment {
    pub day: NaiveDate,
    pub known_at: Option<DateTime<Utc>>,
}

impl Moment {
    /// The day of that instant, by what is known now.
    #[must_use]
    pub fn at(at: DateTime<Utc>) -> Self {
        Self::on(day(at))
    }

    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        Self { day, known_at: None }
    }

    /// The row holds on that day, and was known.
    pub(crate) fn holds(self, table: &'static str) -> Expr {
        let until = || Expr::col((table, "valid_until"));
        self.knows(table)
            .and(Expr::col((table, "valid_from")).lte(self.day))
            .and(until().is_null().or(until().gt(self.day)))
    }

    /// The row was known, whatever its days.
    pub(crate) fn knows(self, table: &'static str) -> Expr {
        let superseded = || Expr::col((table, "superseded_at"));
        match self.known_at {
            None => superseded().is_null(),
            Some(instant) => {
                Expr::col((table, "recorded_at")).lte(instant).and(superseded().is_null().or(superseded().gt(instant)))
            }
        }
    }
}
