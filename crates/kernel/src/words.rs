//! Enumerations with their words. One declaration gives the Rust type, its wire and database form,
//! its schema, and its entry in the dictionary (Chinese and English label).

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

use crate::say::Say;

/// One enumeration of the published dictionary.
#[derive(Debug, Clone, Copy)]
pub struct WordList {
    pub name: &'static str,
    pub title: fn() -> Say,
    pub words: fn() -> Vec<(&'static str, Say)>,
}

/// The schema of an enumeration. By hand, because utoipa's derive does not see words that a macro gives.
pub fn schema(title: &str, words: impl Iterator<Item = &'static str>) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).description(Some(title)).enum_values(Some(words)).into()
}

#[macro_export]
macro_rules! words {
    ($(#[doc = $doc:literal])* pub enum $name:ident as $list:literal ($zh:literal, $en:literal) {
        $($(#[default $($d:tt)?])? $(#[doc = $vdoc:literal])* $variant:ident = $word:literal ($vzh:literal, $ven:literal),)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "String(sea_orm::sea_query::StringLen::N(40))")]
        pub enum $name {
            $($(#[doc = $vdoc])* #[serde(rename = $word)] #[sea_orm(string_value = $word)] $variant,)*
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Its entry in the dictionary.
            pub const WORDS: $crate::words::WordList = $crate::words::WordList {
                name: $list,
                title: || $crate::Say::fixed($zh, $en),
                words: || Self::ALL.iter().map(|word| (word.as_str(), word.label())).collect(),
            };

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            #[must_use]
            pub fn label(self) -> $crate::Say {
                match self { $(Self::$variant => $crate::Say::fixed($vzh, $ven)),* }
            }

            /// The word, if it is one.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::words::schema(concat!($zh, " / ", $en), Self::ALL.iter().map(|word| word.as_str()))
            }
        }
        impl utoipa::ToSchema for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
