//! The phones as a whole: which keys they are sealed with, and sealing them anew.

use gongjian_kernel::seal::{DataKeys, Sealed};
use gongjian_kernel::{Act, Event, Result, Store, Work, write};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{PersonId, place, seal};
use crate::phone::masked_phone;
use crate::privacy::event::PHONES_SEALED;

mod key {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "data_key")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub fingerprint: String,
        pub first_used_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The columns of a person that hold his number, and the one that held it as it is.
mod phone {
    use gongjian_kernel::seal::Sealed;
    use sea_orm::entity::prelude::*;

    use crate::person::PersonId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub phone: Option<String>,
        pub phone_sealed: Option<Sealed>,
        pub phone_masked: Option<String>,
        pub phone_key: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Some phones are sealed with a key that this instance does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "phones in this database are sealed with the data key {id:?}, which {why}: put it back into GONGJIAN_DATA_KEYS \
     (the key \"secret\" is derived from the master secret)"
)]
pub struct UnknownKey {
    id: String,
    why: &'static str,
}

/// Holds the keys of this instance against those that phones are sealed with. A look into an index for
/// each key that was ever used.
pub async fn check_keys(db: &impl ConnectionTrait, keys: &DataKeys) -> Result<Option<UnknownKey>> {
    for used in key::Entity::find().all(db).await? {
        let why = match keys.fingerprint(&used.id) {
            Some(known) if known == used.fingerprint => continue,
            Some(_) => "is another one here",
            None => "is not listed",
        };
        if phone::Entity::find().filter(phone::Column::PhoneKey.eq(&used.id)).exists(db).await? {
            return Ok(Some(UnknownKey { id: used.id, why }));
        }
    }
    Ok(None)
}

/// A server begins: notes its keys, and seals phones that still stand there as they are.
pub async fn introduce_keys(store: &Store) -> Result<u64> {
    let keys = &store.keys.data;
    write(store, &Act::by_rule(store), async |work| {
        let rows = keys.ids().filter_map(|id| {
            let fingerprint = keys.fingerprint(id)?.to_owned();
            Some(key::ActiveModel {
                id: Set(id.to_owned()),
                fingerprint: Set(fingerprint),
                first_used_at: Set(work.now()),
            })
        });
        let known = OnConflict::column(key::Column::Id).update_column(key::Column::Fingerprint).to_owned();
        key::Entity::insert_many(rows).on_conflict(known).exec_without_returning(work.tx()).await?;
        Ok(())
    })
    .await?;
    seal_all(store, &phone::Column::Phone.is_not_null()).await
}

/// Seals with the current key whatever is not: phones of other keys, phones that stand there as they
/// are. In portions, each its own transaction, so that it can stop and go on, beside servers that write.
/// `None` where no server has begun with the current key yet: none could open what is sealed with it.
pub async fn reseal(store: &Store) -> Result<Option<u64>> {
    let keys = &store.keys.data;
    let introduced = key::Entity::find_by_id(keys.current()).one(store.db.reader()).await?;
    if introduced.is_none_or(|key| keys.fingerprint(&key.id) != Some(key.fingerprint.as_str())) {
        return Ok(None);
    }
    let mut sealed = seal_all(store, &phone::Column::Phone.is_not_null()).await?;
    // Each other key is a stretch of the index.
    for other in key::Entity::find().filter(key::Column::Id.ne(keys.current())).all(store.db.reader()).await? {
        sealed += seal_all(store, &phone::Column::PhoneKey.eq(other.id)).await?;
    }
    Ok(Some(sealed))
}

const PORTION: u64 = 500;

async fn seal_all(store: &Store, which: &Expr) -> Result<u64> {
    let mut done = 0;
    let mut after = PersonId(Uuid::nil());
    loop {
        let portion = write(store, &Act::by_rule(store), async |work| seal_portion(work, which, after).await).await?;
        let Some((last, sealed)) = portion else { return Ok(done) };
        after = last;
        done += sealed;
    }
}

/// The next persons, locked, so that a number that changes meanwhile is not put back.
async fn seal_portion(work: &mut Work<'_>, which: &Expr, after: PersonId) -> Result<Option<(PersonId, u64)>> {
    let rows = phone::Entity::find()
        .filter(which.clone())
        .filter(phone::Column::Id.gt(after))
        .order_by_asc(phone::Column::Id)
        .limit(PORTION)
        .lock_exclusive()
        .all(work.tx())
        .await?;
    let Some(last) = rows.last().map(|row| row.id) else { return Ok(None) };
    let keys = &work.store.keys.data;
    let mut sealed = 0;
    for row in &rows {
        let Some(number) = number(keys, row)? else { continue };
        phone::Entity::update_many()
            .col_expr(phone::Column::PhoneSealed, Expr::val(seal(keys, row.id, &number)?))
            .col_expr(phone::Column::PhoneMasked, Expr::val(masked_phone(&number)))
            .col_expr(phone::Column::PhoneKey, Expr::val(keys.current()))
            .col_expr(phone::Column::Phone, Expr::val(None::<String>))
            .filter(phone::Column::Id.eq(row.id))
            .exec(work.tx())
            .await?;
        sealed += 1;
    }
    let data = serde_json::json!({ "key": keys.current(), "phones": sealed });
    work.record(Event::new(&PHONES_SEALED, Uuid::nil(), data));
    Ok(Some((last, sealed)))
}

/// An older server beside this one may have written the number as it is: then that is the newer one.
fn number(keys: &DataKeys, row: &phone::Model) -> Result<Option<String>> {
    match (&row.phone, &row.phone_sealed) {
        (Some(plain), _) => Ok(Some(plain.clone())),
        (None, Some(sealed)) => opened(keys, row.id, sealed).map(Some),
        (None, None) => Ok(None),
    }
}

fn opened(keys: &DataKeys, id: PersonId, sealed: &Sealed) -> Result<String> {
    keys.open(&place(id), sealed)
}
