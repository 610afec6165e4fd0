//! Loading the official text: into a draft as often as one likes, into the version that was brought along
//! once. Our digests stay as they are.

use std::collections::HashMap;

use gongjian_kernel::{Event, FieldFault, Refusal, Result, Target, Text, Work};
use serde_json::json;

use super::action::CHARTER_DRAFT;
use super::commands::{not_open, open};
use super::event::CHARTER_TEXT_LOADED;
use super::fault::{CHARTER_ARTICLE_NOT_FOUND, CHARTER_TEXT_LOADED_ALREADY};
use super::{Article, CharterAction, CharterStatus, CharterVersion, CharterVersionId, store};

/// The official wording, and the document that it comes from.
#[derive(Debug, Clone)]
pub struct OfficialText {
    pub document: Text<2, 200>,
    pub preamble: Option<Text<1, 5000>>,
    pub articles: Vec<ArticleText>,
}

#[derive(Debug, Clone)]
pub struct ArticleText {
    pub number: i32,
    pub text: Text<1, 5000>,
    pub clauses: Vec<ClauseText>,
}

#[derive(Debug, Clone)]
pub struct ClauseText {
    pub paragraph: i32,
    pub item: Option<i32>,
    pub text: Text<1, 5000>,
}

/// Article 11: the text that the general meeting has adopted, as the association holds it.
pub async fn load_text(
    work: &mut Work<'_>,
    target: Target<CharterVersionId>,
    official: OfficialText,
) -> Result<CharterVersion> {
    let (before, after) = open(work, target, &CHARTER_DRAFT, CharterAction::LoadText).await?;
    if before.status == CharterStatus::Adopted {
        if !before.brought_along {
            return Err(not_open(&before, CharterAction::LoadText));
        }
        if before.text_loaded_at.is_some() {
            return Err(Refusal::of(&CHARTER_TEXT_LOADED_ALREADY));
        }
    }
    let mut articles = store::articles(work.tx(), after.id).await?;
    let loaded = official.articles.len();
    let faults = write_into(&mut articles, official.articles);
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).with_article(Some(11)));
    }
    let open = articles.iter().find(|article| article.text.is_none());
    if let Some(open) = open.filter(|_| before.status == CharterStatus::Adopted) {
        let (zh, en) = (format!("缺第 {} 条的正文。", open.number), format!("Article {} has no text.", open.number));
        return Err(Refusal::field("/articles", "incomplete", zh, en).with_article(Some(11)));
    }
    let after = CharterVersion {
        preamble_text: official.preamble.map(Text::into_string).or(after.preamble_text),
        text_document: Some(official.document.into_string()),
        text_loaded_at: Some(work.now()),
        ..after
    };
    store::replace(work, after.id, &articles).await?;
    work.update::<store::row::Entity>(&before, &after).await?;
    let data = json!({ "number": after.number, "document": after.text_document, "articles": loaded });
    work.record(Event::new(&CHARTER_TEXT_LOADED, after.id.0, data));
    Ok(after)
}

/// Puts the texts into their places; tells of those that have none.
fn write_into(articles: &mut [Article], texts: Vec<ArticleText>) -> Vec<FieldFault> {
    let mut places: HashMap<i32, &mut Article> = articles.iter_mut().map(|it| (it.number, it)).collect();
    let mut faults = Vec::new();
    let unknown =
        |at: String| FieldFault::body(at, CHARTER_ARTICLE_NOT_FOUND.code, CHARTER_ARTICLE_NOT_FOUND.title.clone());
    for (at, given) in texts.into_iter().enumerate() {
        let Some(article) = places.get_mut(&given.number) else {
            faults.push(unknown(format!("/articles/{at}/number")));
            continue;
        };
        article.text = Some(given.text.into_string());
        for (place, clause) in given.clauses.into_iter().enumerate() {
            let wanted = (clause.paragraph, clause.item.unwrap_or(0));
            match article.clauses.iter_mut().find(|it| it.place() == wanted) {
                Some(own) => own.text = Some(clause.text.into_string()),
                None => faults.push(unknown(format!("/articles/{at}/clauses/{place}"))),
            }
        }
    }
    faults
}
