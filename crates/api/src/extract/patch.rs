//! A member of a JSON Merge Patch (RFC 7396): absent leaves, null clears.

use serde::{Deserialize, Deserializer};

/// A nullable member: `#[serde(default)] #[schema(value_type = Option<NaiveDate>)] due_on: Patch<NaiveDate>`.
/// Members that cannot be cleared are `Option<T>` with `#[serde(default, deserialize_with = "Patch::present")]`
/// and `#[schema(nullable = false)]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Patch<T> {
    #[default]
    Keep,
    Clear,
    Set(T),
}

impl<T> Patch<T> {
    /// The value after the patch.
    pub fn onto(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// For members that may be absent but not null.
    pub fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        T: Deserialize<'de>,
    {
        T::deserialize(deserializer).map(Some)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}
