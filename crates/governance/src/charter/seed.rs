//! The charter that the association brings along: 27 articles in our own digest (`data/charter.json`). Their
//! official text is the association's to load.

use gongjian_kernel::{Act, Event, Result, Store, Work, number, write};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde::Deserialize;
use serde_json::json;

use super::event::CHARTER_BROUGHT_ALONG;
use super::{Article, Both, CharterStatus, CharterVersion, Clause, store};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    preamble: Both,
    chapters: Vec<SeedChapter>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedChapter {
    title: Both,
    articles: Vec<SeedArticle>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedArticle {
    title: Both,
    digest: Both,
    #[serde(default)]
    clauses: Vec<SeedClause>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedClause {
    paragraph: i32,
    item: Option<i32>,
    digest: Both,
}

fn read() -> Result<Seed> {
    Ok(serde_json::from_str(include_str!("../../data/charter.json"))?)
}

fn articles_of(chapters: Vec<SeedChapter>) -> Vec<Article> {
    let chapters = (1..).zip(chapters).flat_map(|(chapter, SeedChapter { title, articles })| {
        articles.into_iter().map(move |article| (chapter, title.clone(), article))
    });
    let article = |(number, (chapter, chapter_title, seed)): (i32, (i32, Both, SeedArticle))| Article {
        number,
        founding: Some(number),
        chapter,
        chapter_title,
        title: seed.title,
        digest: seed.digest,
        text: None,
        clauses: seed.clauses.into_iter().map(Clause::from).collect(),
    };
    (1..).zip(chapters).map(article).collect()
}

impl From<SeedClause> for Clause {
    fn from(SeedClause { paragraph, item, digest }: SeedClause) -> Self {
        Self { paragraph, item, digest, text: None }
    }
}

/// The articles as the code knows them.
pub fn founding_articles() -> Result<Vec<Article>> {
    Ok(articles_of(read()?.chapters))
}

/// The series of numbers of versions.
pub(super) const SERIES: &str = "charter_version";

/// Puts the first version in, where there is none: at the first start.
pub async fn install(store: &Store) -> Result<()> {
    if store::row::Entity::find().count(store.db.reader()).await? > 0 {
        return Ok(());
    }
    write(store, &Act::by_rule(store), async |work| bring_along(work).await).await
}

async fn bring_along(work: &mut Work<'_>) -> Result<()> {
    let Seed { preamble, chapters } = read()?;
    let version = CharterVersion {
        id: work.new_id(),
        number: Some(i32::try_from(number::next(work, SERIES, "", 0).await?).unwrap_or(i32::MAX)),
        status: CharterStatus::Adopted,
        based_on: None,
        note: "本系统启用前已施行的章程".to_owned(),
        preamble_zh: preamble.zh,
        preamble_en: preamble.en,
        preamble_text: None,
        brought_along: true,
        text_document: None,
        text_loaded_at: None,
        meeting_id: None,
        agenda_item_id: None,
        submitted_at: None,
        decision_id: None,
        adopted_at: None,
        effective_from: None,
        reason: None,
        created_by: None,
        created_at: work.now(),
        version: 1,
    };
    let articles = articles_of(chapters);
    store::insert(work, &version).await?;
    store::replace(work, version.id, &articles).await?;
    let data = json!({ "number": version.number, "articles": articles.len() });
    work.record(Event::new(&CHARTER_BROUGHT_ALONG, version.id.0, data));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charter::model::out_of_order;

    #[test]
    fn the_charter_has_twenty_seven_articles_in_order_in_both_languages() {
        let articles = founding_articles().unwrap();
        assert_eq!(articles.len(), 27);
        assert!(out_of_order(&articles, |at| at.to_string()).is_empty());
        for article in &articles {
            let clauses = article.clauses.iter().map(|clause| &clause.digest);
            for words in [&article.title, &article.digest].into_iter().chain(clauses) {
                assert!(!words.zh.is_empty() && words.en.is_ascii(), "{}: {words:?}", article.number);
            }
        }
    }
}
