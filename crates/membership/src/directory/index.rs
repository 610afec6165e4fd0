//! Keeping the index: whoever puts units on file calls [`add`], whoever changes the name or the code of one
//! calls [`index()`].

use std::collections::BTreeSet;

use gongjian_kernel::work::Store;
use gongjian_kernel::{Act, Result, Work, write};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait as _, QueryOrder, QuerySelect, entity::prelude::*};

use super::terms::Texts;
use crate::unit::history::row as history;
use crate::unit::store::unit;
use crate::unit::{Unit, UnitId};

/// How terms are made. When that changes, the next start makes the whole index anew.
const EDITION: i32 = 1;

pub(super) mod row {
    use sea_orm::entity::prelude::*;

    use crate::unit::UnitId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_search")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        pub edition: i32,
        pub texts: String,
        pub code: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod term {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_term")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub term: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub member_no: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Makes the unit found by the names and the code that it has now, and by its former names.
pub async fn index(work: &Work<'_>, unit: &Unit) -> Result<()> {
    if let Some(old) = row::Entity::find_by_id(unit.id).one(work.tx()).await? {
        let terms = Texts::kept(old.texts).terms(old.code.as_deref());
        term::Entity::delete_many()
            .filter(term::Column::Term.is_in(terms))
            .filter(term::Column::MemberNo.eq(&unit.member_no))
            .exec(work.tx())
            .await?;
        row::Entity::delete_by_id(unit.id).exec(work.tx()).await?;
    }
    add(work, std::slice::from_ref(unit)).await
}

/// Both databases take some thousand values in a statement.
const ROWS_AT_ONCE: usize = 1_000;

/// Adds units that have just been put on file.
pub async fn add(work: &Work<'_>, units: &[Unit]) -> Result<()> {
    let (mut rows, mut terms) = (Vec::new(), BTreeSet::new());
    let former = former_names(work, units).await?;
    for unit in units {
        let former = former.iter().filter(|(id, _)| *id == unit.id).map(|(_, name)| name.as_str());
        let texts = Texts::of(std::iter::once(unit.name_key.as_str()).chain(former));
        let code = unit.credit_code.as_ref().map(ToString::to_string);
        terms.extend(texts.terms(code.as_deref()).into_iter().map(|term| (term, unit.member_no.as_str())));
        rows.push((unit.id, texts, code));
    }
    for some in rows.chunks(ROWS_AT_ONCE) {
        let mut insert = Query::insert();
        insert.into_table(row::Entity).columns([
            row::Column::UnitId,
            row::Column::Edition,
            row::Column::Texts,
            row::Column::Code,
        ]);
        for (id, texts, code) in some {
            insert.values_panic([(*id).into(), EDITION.into(), texts.as_str().into(), code.clone().into()]);
        }
        work.tx().execute(&insert).await?;
    }
    let terms: Vec<_> = terms.into_iter().collect();
    for some in terms.chunks(ROWS_AT_ONCE) {
        let mut insert = Query::insert();
        insert.into_table(term::Entity).columns([term::Column::Term, term::Column::MemberNo]);
        for (term, member_no) in some {
            insert.values_panic([term.as_str().into(), (*member_no).into()]);
        }
        work.tx().execute(&insert).await?;
    }
    Ok(())
}

/// The names that these units bore before: whoever knows a unit by one of them finds it.
async fn former_names(work: &Work<'_>, units: &[Unit]) -> Result<Vec<(UnitId, String)>> {
    let mut all = BTreeSet::new();
    for some in units.chunks(ROWS_AT_ONCE) {
        let former: Vec<(UnitId, String)> = history::Entity::find()
            .select_only()
            .columns([history::Column::UnitId, history::Column::NameKey])
            .filter(history::Column::ValidTo.is_not_null())
            .filter(history::Column::UnitId.is_in(some.iter().map(|unit| unit.id)))
            .into_tuple()
            .all(work.tx())
            .await?;
        all.extend(former);
    }
    let present = |id: UnitId, name: &str| units.iter().any(|unit| unit.id == id && unit.name_key == name);
    Ok(all.into_iter().filter(|(id, name)| !present(*id, name)).collect())
}

const UNITS_AT_ONCE: u64 = 500;

/// Fills the index for units that came before it: SQL cannot compute the initials. To be called at every
/// start; where nothing is missing it only looks.
pub async fn seed(store: &Store) -> Result<()> {
    let act = Act::by_rule(store);
    write(store, &act, async |work| {
        let of_old = row::Entity::find().filter(row::Column::Edition.ne(EDITION)).one(work.tx()).await?;
        if of_old.is_some() {
            term::Entity::delete_many().exec(work.tx()).await?;
            row::Entity::delete_many().exec(work.tx()).await?;
        }
        Ok(())
    })
    .await?;
    let mut after = None;
    loop {
        after = match write(store, &act, async |work| fill(work, after).await).await? {
            Some(last) => Some(last),
            None => return Ok(()),
        };
    }
}

/// Some units that are missing, by id; the last of them.
async fn fill(work: &Work<'_>, after: Option<UnitId>) -> Result<Option<UnitId>> {
    let known = Query::select()
        .column(row::Column::UnitId)
        .from(row::Entity)
        .and_where(Expr::col((row::Entity, row::Column::UnitId)).equals((unit::Entity, unit::Column::Id)))
        .to_owned();
    let mut missing = unit::Entity::find().filter(Expr::exists(known).not());
    if let Some(after) = after {
        missing = missing.filter(unit::Column::Id.gt(after));
    }
    let units = missing.order_by_asc(unit::Column::Id).limit(UNITS_AT_ONCE).all(work.tx()).await?;
    add(work, &units).await?;
    Ok(units.last().map(|unit| unit.id))
}
