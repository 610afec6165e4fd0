//! The day that is asked about, and the instant whose knowledge is asked for, in a query.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_governance::post::Moment;
use gongjian_kernel::Store;
use gongjian_kernel::clock::day;
use serde::{Deserialize, Deserializer};

/// A day, or an instant that stands for its day in Shanghai.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsOf(NaiveDate);

impl<'de> Deserialize<'de> for AsOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Ok(civil) = text.parse::<NaiveDate>() {
            return Ok(Self(civil));
        }
        let instant = text.parse::<DateTime<Utc>>();
        instant.map(|instant| Self(day(instant))).map_err(serde::de::Error::custom)
    }
}

/// What is asked about; without a day today, without an instant what is known now.
pub(crate) fn moment(store: &Store, as_of: Option<AsOf>, known_at: Option<DateTime<Utc>>) -> Moment {
    Moment { day: as_of.map_or_else(|| store.today(), |as_of| as_of.0), known_at }
}
