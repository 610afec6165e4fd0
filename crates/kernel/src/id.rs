//! Ids: UUIDv7, never a sequence number. Handed out by an [`IdSource`], so that tests can seed them.

use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

pub trait IdSource: Send + Sync + std::fmt::Debug {
    fn next(&self) -> Uuid;
}

/// Random, ordered by time.
#[derive(Debug, Default, Clone, Copy)]
pub struct RandomIds;

impl IdSource for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// 1, 2, 3 … in the form of UUIDv7, for snapshots.
#[derive(Debug, Default)]
pub struct CountingIds(AtomicU64);

impl IdSource for CountingIds {
    fn next(&self) -> Uuid {
        let n = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&[0x01, 0x98, 0, 0, 0, 0]);
        bytes[8..].copy_from_slice(&n.to_be_bytes());
        uuid::Builder::from_bytes(bytes)
            .with_version(uuid::Version::SortRand)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }
}

/// Declares typed ids: an `IssueId` is no `UnitId`. They are database values as they are.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sea_orm::DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> std::result::Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}
