//! Versions, articles and clauses in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::CHARTER_VERSION_NOT_FOUND;
use super::{Article, Both, CharterVersion, CharterVersionId, Clause};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::charter::{CharterStatus, CharterVersionId};
    use crate::decision::DecisionId;
    use crate::meeting::{AgendaItemId, MeetingId};

    /// A version of the charter.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "charter_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CharterVersionId,
        /// 1, 2, 3 … from its adoption on.
        pub number: Option<i32>,
        pub status: CharterStatus,
        pub based_on: Option<CharterVersionId>,
        /// What it changes, and why.
        pub note: String,
        pub preamble_zh: String,
        pub preamble_en: String,
        #[sea_orm(column_type = "Text")]
        pub preamble_text: Option<String>,
        /// It was in force before this system was.
        pub brought_along: bool,
        /// The document that the official text was taken from.
        pub text_document: Option<String>,
        pub text_loaded_at: Option<DateTimeUtc>,
        pub meeting_id: Option<MeetingId>,
        pub agenda_item_id: Option<AgendaItemId>,
        pub submitted_at: Option<DateTimeUtc>,
        pub decision_id: Option<DecisionId>,
        pub adopted_at: Option<DateTimeUtc>,
        /// The first day; open where it was brought along.
        pub effective_from: Option<Date>,
        /// Why it was returned or discarded last.
        pub reason: Option<String>,
        pub created_by: Option<PersonId>,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod article {
    use sea_orm::entity::prelude::*;

    use crate::charter::CharterVersionId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "charter_article")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: CharterVersionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub founding: Option<i32>,
        pub chapter: i32,
        pub chapter_zh: String,
        pub chapter_en: String,
        pub title_zh: String,
        pub title_en: String,
        #[sea_orm(column_type = "Text")]
        pub digest_zh: String,
        #[sea_orm(column_type = "Text")]
        pub digest_en: String,
        #[sea_orm(column_type = "Text")]
        pub text: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod clause {
    use sea_orm::entity::prelude::*;

    use crate::charter::CharterVersionId;

    /// Item 0 is the paragraph itself.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "charter_clause")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: CharterVersionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub article: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub paragraph: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub item: i32,
        #[sea_orm(column_type = "Text")]
        pub digest_zh: String,
        #[sea_orm(column_type = "Text")]
        pub digest_en: String,
        #[sea_orm(column_type = "Text")]
        pub text: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

pub(super) async fn insert(work: &Work<'_>, version: &CharterVersion) -> Result<()> {
    let active: row::ActiveModel = version.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The version, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: CharterVersionId) -> Result<CharterVersion> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&CHARTER_VERSION_NOT_FOUND))
}

/// The first version, held: whoever puts another one into force waits for his turn here.
pub(super) async fn lock_first(work: &Work<'_>) -> Result<Option<CharterVersion>> {
    Ok(row::Entity::find().filter(row::Column::Number.eq(1)).lock_exclusive().one(work.tx()).await?)
}

/// The articles of a version with their clauses, in order: two queries.
pub(super) async fn articles(db: &impl ConnectionTrait, id: CharterVersionId) -> Result<Vec<Article>> {
    let rows = article::Entity::find()
        .filter(article::Column::VersionId.eq(id))
        .order_by_asc(article::Column::Number)
        .all(db)
        .await?;
    let mut clauses = clause::Entity::find()
        .filter(clause::Column::VersionId.eq(id))
        .order_by_asc(clause::Column::Article)
        .order_by_asc(clause::Column::Paragraph)
        .order_by_asc(clause::Column::Item)
        .all(db)
        .await?
        .into_iter()
        .peekable();
    let with_clauses = rows.into_iter().map(|row| {
        let own = std::iter::from_fn(|| clauses.next_if(|clause| clause.article == row.number));
        let own = own.map(|clause| Clause {
            paragraph: clause.paragraph,
            item: (clause.item > 0).then_some(clause.item),
            digest: Both { zh: clause.digest_zh, en: clause.digest_en },
            text: clause.text,
        });
        Article {
            clauses: own.collect(),
            number: row.number,
            founding: row.founding,
            chapter: row.chapter,
            chapter_title: Both { zh: row.chapter_zh, en: row.chapter_en },
            title: Both { zh: row.title_zh, en: row.title_en },
            digest: Both { zh: row.digest_zh, en: row.digest_en },
            text: row.text,
        }
    });
    Ok(with_clauses.collect())
}

/// Writes the articles of a version in the place of those that it has. The version is held.
pub(super) async fn replace(work: &Work<'_>, id: CharterVersionId, articles: &[Article]) -> Result<()> {
    clause::Entity::delete_many().filter(clause::Column::VersionId.eq(id)).exec(work.tx()).await?;
    article::Entity::delete_many().filter(article::Column::VersionId.eq(id)).exec(work.tx()).await?;
    let rows = articles.iter().map(|it| {
        let row = article::Model {
            version_id: id,
            number: it.number,
            founding: it.founding,
            chapter: it.chapter,
            chapter_zh: it.chapter_title.zh.clone(),
            chapter_en: it.chapter_title.en.clone(),
            title_zh: it.title.zh.clone(),
            title_en: it.title.en.clone(),
            digest_zh: it.digest.zh.clone(),
            digest_en: it.digest.en.clone(),
            text: it.text.clone(),
        };
        article::ActiveModel::from(row).reset_all()
    });
    article::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    let clauses = articles.iter().flat_map(|article| article.clauses.iter().map(|it| (article.number, it)));
    let clauses: Vec<_> = clauses
        .map(|(number, it)| {
            let row = clause::Model {
                version_id: id,
                article: number,
                paragraph: it.paragraph,
                item: it.item.unwrap_or(0),
                digest_zh: it.digest.zh.clone(),
                digest_en: it.digest.en.clone(),
                text: it.text.clone(),
            };
            clause::ActiveModel::from(row).reset_all()
        })
        .collect();
    // Seven columns a row; both databases take some thousands of values in a statement.
    for some in clauses.chunks(200) {
        clause::Entity::insert_many(some.to_vec()).exec_without_returning(work.tx()).await?;
    }
    Ok(())
}
