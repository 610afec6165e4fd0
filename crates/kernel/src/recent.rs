//! What was read from the database a moment ago. A reader that began before something was forgotten keeps
//! nothing of what it read: it may have seen the state before.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A cache that never keeps what is older than the last change. Cheap to clone.
pub struct Recent<K, V> {
    known: moka::sync::Cache<K, V>,
    /// How many times something was forgotten. Held while an entry is kept or forgotten.
    forgotten: Arc<Mutex<u64>>,
}

impl<K, V> Clone for Recent<K, V> {
    fn clone(&self) -> Self {
        Self { known: self.known.clone(), forgotten: self.forgotten.clone() }
    }
}

impl<K, V> std::fmt::Debug for Recent<K, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recent").finish_non_exhaustive()
    }
}

/// The moment at which reading began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since(u64);

impl<K, V> Recent<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    #[must_use]
    pub fn new(capacity: u64, life: Duration) -> Self {
        let known = moka::sync::Cache::builder().max_capacity(capacity).time_to_live(life).build();
        Self { known, forgotten: Arc::default() }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.known.get(key)
    }

    /// Taken before the database is asked.
    #[must_use]
    pub fn now(&self) -> Since {
        Since(*self.forgotten())
    }

    /// Keeps what was read, unless something was forgotten since.
    pub fn keep(&self, since: Since, key: K, value: V) {
        let forgotten = self.forgotten();
        if *forgotten == since.0 {
            self.known.insert(key, value);
        }
    }

    pub fn forget<Q>(&self, key: &Q)
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let mut forgotten = self.forgotten();
        *forgotten += 1;
        self.known.invalidate(key);
    }

    pub fn forget_all(&self) {
        let mut forgotten = self.forgotten();
        *forgotten += 1;
        self.known.invalidate_all();
    }

    fn forgotten(&self) -> MutexGuard<'_, u64> {
        self.forgotten.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_not_kept() {
        let recent: Recent<&str, u32> = Recent::new(8, Duration::from_secs(60));
        let since = recent.now();
        recent.forget("a");
        recent.keep(since, "a", 1);
        assert_eq!(recent.get("a"), None);
        recent.keep(recent.now(), "a", 2);
        assert_eq!(recent.get("a"), Some(2));
        let since = recent.now();
        recent.forget_all();
        recent.keep(since, "a", 1);
        assert_eq!(recent.get("a"), None);
    }
}
