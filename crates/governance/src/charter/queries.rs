//! Reading the charter. What is adopted is everybody's; of what is not, the `WHERE` asks the office.

use chrono::NaiveDate;
use gongjian_kernel::actor::{Actor, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Say, Store};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::action::CHARTER_READ;
use super::difference::{self, Difference};
use super::fault::{CHARTER_ARTICLE_NOT_FOUND, CHARTER_VERSION_NOT_FOUND};
use super::store::row::{Column, Entity};
use super::{Article, CharterStanding, CharterStatus, CharterVersion, CharterVersionId, store};

/// A version with what it says, and what it is on the day that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharterOnFile {
    pub charter: CharterVersion,
    pub standing: CharterStanding,
    /// The day before which it holds, where another version follows.
    pub effective_until: Option<NaiveDate>,
    pub articles: Vec<Article>,
}

/// The version in force on that day: of those that have begun, the last.
pub async fn in_force(db: &impl ConnectionTrait, day: NaiveDate) -> Result<CharterVersion> {
    let begun = Column::EffectiveFrom.is_null().or(Column::EffectiveFrom.lte(day));
    let found = Entity::find().filter(Column::Number.is_not_null()).filter(begun);
    let found = found.order_by_desc(Column::Number).one(db).await?;
    found.ok_or_else(|| Refusal::of(&CHARTER_VERSION_NOT_FOUND))
}

/// The version that was adopted last, in force or to be.
pub(super) async fn last_adopted(db: &impl ConnectionTrait) -> Result<Option<CharterVersion>> {
    let adopted = Entity::find().filter(Column::Number.is_not_null());
    Ok(adopted.order_by_desc(Column::Number).one(db).await?)
}

/// The first day of each adopted version, by number.
async fn beginnings(db: &impl ConnectionTrait) -> Result<Vec<(i32, Option<NaiveDate>)>> {
    let rows: Vec<(Option<i32>, Option<NaiveDate>)> = Entity::find()
        .select_only()
        .columns([Column::Number, Column::EffectiveFrom])
        .filter(Column::Number.is_not_null())
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(number, day)| Some((number?, day))).collect())
}

fn standing(
    charter: &CharterVersion,
    beginnings: &[(i32, Option<NaiveDate>)],
    day: NaiveDate,
) -> (CharterStanding, Option<NaiveDate>) {
    let Some(number) = charter.number else { return (CharterStanding::NotAdopted, None) };
    let until = beginnings.iter().find(|(other, _)| *other > number).and_then(|(_, first)| *first);
    let standing = match (charter.effective_from, until) {
        (Some(first), _) if first > day => CharterStanding::Upcoming,
        (_, Some(until)) if until <= day => CharterStanding::Superseded,
        (Some(_) | None, Some(_) | None) => CharterStanding::InForce,
    };
    (standing, until)
}

/// The version with its articles.
pub async fn on_file(db: &impl ConnectionTrait, charter: CharterVersion, day: NaiveDate) -> Result<CharterOnFile> {
    let (standing, effective_until) = standing(&charter, &beginnings(db).await?, day);
    let articles = store::articles(db, charter.id).await?;
    Ok(CharterOnFile { charter, standing, effective_until, articles })
}

/// The charter as it was, is or will be in force on that day.
pub async fn charter(store: &Store, day: NaiveDate) -> Result<CharterOnFile> {
    let db = store.db.reader();
    on_file(db, in_force(db, day).await?, day).await
}

/// The version, where the actor may read it.
pub async fn find(store: &Store, actor: &Actor, id: CharterVersionId) -> Result<CharterVersion> {
    let found = Entity::find_by_id(id).one(store.db.reader()).await?;
    let found = found.ok_or_else(|| Refusal::of(&CHARTER_VERSION_NOT_FOUND))?;
    if found.status != CharterStatus::Adopted {
        authorize(actor, &CHARTER_READ, &CHARTER_READ, &found)?;
    }
    Ok(found)
}

pub async fn get(store: &Store, actor: &Actor, id: CharterVersionId) -> Result<CharterOnFile> {
    let found = find(store, actor, id).await?;
    on_file(store.db.reader(), found, store.today()).await
}

/// One page of versions, the latest first, without what they say.
pub async fn list(
    store: &Store,
    actor: &Actor,
    status: &[CharterStatus],
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<CharterOnFile>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("charter-versions", status))?;
    let readable = CharterStatus::ALL.iter().copied().filter(|status| may_read(actor, *status));
    let wanted = readable.filter(|it| status.is_empty() || status.contains(it));
    let mut query = Entity::find().filter(Column::Status.is_in(wanted)).order_by_desc(Column::Id).limit(limit + 1);
    if let Some(cursor) = cursor {
        let before: CharterVersionId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let (beginnings, today) = (beginnings(db).await?, store.today());
    let rows = page.rows.into_iter().map(|charter| {
        let (standing, effective_until) = standing(&charter, &beginnings, today);
        CharterOnFile { charter, standing, effective_until, articles: Vec::new() }
    });
    Ok(Page { rows: rows.collect(), next_cursor: page.next_cursor })
}

fn may_read(actor: &Actor, status: CharterStatus) -> bool {
    status == CharterStatus::Adopted || actor.may(&CHARTER_READ, &status)
}

/// An article of the version in force on that day.
pub async fn article(store: &Store, day: NaiveDate, number: i32) -> Result<(CharterVersion, Article)> {
    let db = store.db.reader();
    let charter = in_force(db, day).await?;
    let found = store::articles(db, charter.id).await?.into_iter().find(|article| article.number == number);
    let article = found.ok_or_else(|| {
        let detail = Say::new(
            format!("施行中的章程没有第 {number} 条。"),
            format!("The charter in force has no Article {number}."),
        );
        Refusal::new(&CHARTER_ARTICLE_NOT_FOUND, detail)
    })?;
    Ok((charter, article))
}

/// One page of the articles in force on that day that hold all these words, in order.
pub async fn search(
    store: &Store,
    day: NaiveDate,
    q: Option<&str>,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Article>> {
    let db = store.db.reader();
    let charter = in_force(db, day).await?;
    let sealed_for = serde_json::to_string(&("charter-articles", charter.id, q))?;
    let after: i32 = cursor.map_or(Ok(0), |cursor| page::open(&store.keys, &sealed_for, cursor))?;
    let words: Vec<String> = q.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let found = store::articles(db, charter.id).await?.into_iter().filter(|article| {
        let text = text_of(article);
        article.number > after && words.iter().all(|word| text.contains(word))
    });
    Page::cut(found.collect(), limit, &store.keys, &sealed_for, |article: &Article| article.number)
}

/// All that an article says, for searching.
fn text_of(article: &Article) -> String {
    let own = [&article.title, &article.digest];
    let clauses = article.clauses.iter();
    let words = own.into_iter().chain(clauses.clone().map(|clause| &clause.digest));
    let texts = article.text.iter().chain(clauses.filter_map(|clause| clause.text.as_ref()));
    let all = words.flat_map(|words| [&words.zh, &words.en]).chain(texts);
    all.map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n")
}

/// How a version differs from another one: from the version that it rests on, where none is named.
pub async fn differences(
    store: &Store,
    actor: &Actor,
    id: CharterVersionId,
    from: Option<CharterVersionId>,
) -> Result<(CharterVersion, Option<CharterVersion>, Vec<Difference>)> {
    let db = store.db.reader();
    let after = find(store, actor, id).await?;
    let before = match from.or(after.based_on) {
        Some(from) => Some(find(store, actor, from).await?),
        None => None,
    };
    let was = match &before {
        Some(before) => store::articles(db, before.id).await?,
        None => Vec::new(),
    };
    let found = difference::between(was, store::articles(db, after.id).await?);
    Ok((after, before, found))
}
