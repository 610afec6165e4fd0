//! Keyset paging. A cursor holds the sort key and id of the last row and belongs to one filter; it is
//! signed, so that a changed one is refused rather than obeyed.

use data_encoding::BASE64URL_NOPAD;
use serde::{Serialize, de::DeserializeOwned};

use crate::fault::{INVALID_CURSOR, Refusal, Result};
use crate::keys::{Keys, mac};

/// One page and what follows it.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// From `limit + 1` rows that were read: the surplus one only tells that there are more.
    pub fn cut<K: Serialize>(
        mut rows: Vec<T>,
        limit: u64,
        keys: &Keys,
        filter: &str,
        key_of: impl Fn(&T) -> K,
    ) -> Result<Self> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = match rows.last() {
            Some(last) if more => Some(seal(keys, filter, &key_of(last))?),
            Some(_) | None => None,
        };
        Ok(Self { rows, next_cursor })
    }
}

/// `filter` is any text that is equal for equal filters and sort orders.
fn seal<K: Serialize>(keys: &Keys, filter: &str, key: &K) -> Result<String> {
    let key = serde_json::to_string(key)?;
    let tag = mac(&keys.cursor, format!("{filter}\n{key}").as_bytes());
    Ok(BASE64URL_NOPAD.encode(format!("{}.{key}", &tag[..22]).as_bytes()))
}

pub fn open<K: DeserializeOwned + Serialize>(keys: &Keys, filter: &str, cursor: &str) -> Result<K> {
    let refused = || Refusal::of(&INVALID_CURSOR);
    let raw = BASE64URL_NOPAD.decode(cursor.as_bytes()).map_err(|_| refused())?;
    let text = String::from_utf8(raw).map_err(|_| refused())?;
    let (_, key) = text.split_once('.').ok_or_else(refused)?;
    let key: K = serde_json::from_str(key).map_err(|_| refused())?;
    if seal(keys, filter, &key)? == cursor { Ok(key) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_filter_and_cannot_be_changed() {
        let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
        let page = Page::cut(vec![1, 2, 3], 2, &keys, "a", |n| (*n, "id")).unwrap();
        let cursor = page.next_cursor.unwrap();
        assert_eq!(page.rows, [1, 2]);
        assert_eq!(open::<(i32, String)>(&keys, "a", &cursor).unwrap(), (2, "id".to_owned()));
        assert!(open::<(i32, String)>(&keys, "b", &cursor).is_err());
        assert!(open::<(i32, String)>(&keys, "a", &cursor[1..]).is_err());
        assert!(Page::cut(vec![1, 2], 2, &keys, "a", |n| *n).unwrap().next_cursor.is_none());
    }
}
