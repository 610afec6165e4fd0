//! What is said of an instrument in deliberation, and what became of it: the council's members and the officers speak
//! for themselves, the secretariat notes what a member unit has said.

use gongjian_identity::PersonId;
use gongjian_kernel::actor::{Actor, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Event, Refusal, Result, Store, Text, Work};
use gongjian_membership::{UnitId, unit};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::action::{INSTRUMENT_COMMENT, INSTRUMENT_DRAFT, INSTRUMENT_READ};
use super::commands::step;
use super::event::{COMMENT_ANSWERED, INSTRUMENT_COMMENTED};
use super::fault::{COMMENT_ANSWERED_ALREADY, COMMENT_NOT_FOUND};
use super::{CommentId, Instrument, InstrumentAction, InstrumentId, queries, store};

gongjian_kernel::words! {
    /// What became of a comment.
    pub enum CommentResult as "comment_result" ("意见采纳情况", "What became of a comment") {
        Adopted = "adopted" ("采纳", "Adopted"),
        PartlyAdopted = "partly_adopted" ("部分采纳", "Partly adopted"),
        NotAdopted = "not_adopted" ("未采纳", "Not adopted"),
    }
}

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::plan::{CommentId, CommentResult, InstrumentId};

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "instrument_comment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CommentId,
        pub instrument_id: InstrumentId,
        /// The member that said it, where it was noted for a unit.
        pub unit_id: Option<UnitId>,
        pub made_by: Option<PersonId>,
        pub made_at: DateTimeUtc,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub result: Option<CommentResult>,
        pub answer: Option<String>,
        pub answered_by: Option<PersonId>,
        pub answered_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Comment;

#[derive(Debug, Clone)]
pub struct NewComment {
    pub unit: Option<UnitId>,
    pub text: Text<2, 2000>,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub result: CommentResult,
    /// What was done, or why it was not.
    pub text: Text<2, 1000>,
}

pub async fn make(work: &mut Work<'_>, id: InstrumentId, new: NewComment) -> Result<Comment> {
    let instrument = store::lock(work, id).await?;
    // Whoever notes what a unit said keeps the instruments.
    let wanted = if new.unit.is_some() { &INSTRUMENT_DRAFT } else { &INSTRUMENT_COMMENT };
    work.authorize(wanted, &INSTRUMENT_READ, &instrument)?;
    step(&instrument, InstrumentAction::Comment)?;
    if let Some(unit) = new.unit {
        unit::queries::require_active(work.tx(), unit).await.map_err(|refusal| refusal.at("/unit_id"))?;
    }
    let comment = Comment {
        id: work.new_id(),
        instrument_id: id,
        unit_id: new.unit,
        made_by: work.actor().person.map(PersonId),
        made_at: work.now(),
        text: new.text.into_string(),
        result: None,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    row::Entity::insert(row::ActiveModel::from(comment.clone()).reset_all()).exec_without_returning(work.tx()).await?;
    let data = json!({ "comment_id": comment.id, "unit_id": comment.unit_id });
    work.record(Event::new(&INSTRUMENT_COMMENTED, id.0, data));
    Ok(comment)
}

/// What became of it, told once.
pub async fn answer(work: &mut Work<'_>, id: CommentId, given: Answer) -> Result<Comment> {
    let before = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    let before = before.ok_or_else(|| Refusal::of(&COMMENT_NOT_FOUND))?;
    let instrument = queries::require(work.tx(), before.instrument_id).await?;
    may(work.actor(), &instrument, &INSTRUMENT_DRAFT)?;
    let after = Comment {
        result: Some(given.result),
        answer: Some(given.text.into_string()),
        answered_by: work.actor().person.map(PersonId),
        answered_at: Some(work.now()),
        ..before
    };
    let done = row::Entity::update_many()
        .set(row::ActiveModel::from(after.clone()).reset_all())
        .filter(row::Column::Id.eq(id).and(row::Column::AnsweredAt.is_null()))
        .exec(work.tx())
        .await?;
    if done.rows_affected != 1 {
        return Err(Refusal::of(&COMMENT_ANSWERED_ALREADY));
    }
    let data = json!({ "comment_id": id, "result": given.result });
    work.record(Event::new(&COMMENT_ANSWERED, instrument.id.0, data));
    Ok(after)
}

/// Whoever does not take part in the deliberation does not know of the comment.
fn may(actor: &Actor, instrument: &Instrument, wanted: &gongjian_kernel::Permission) -> Result<()> {
    authorize(actor, wanted, &INSTRUMENT_COMMENT, instrument).map_err(|refusal| {
        let hidden = refusal.kind() == gongjian_kernel::FaultKind::NotFound;
        if hidden { Refusal { record: refusal.record, ..Refusal::of(&COMMENT_NOT_FOUND) } } else { refusal }
    })
}

pub async fn get(store: &Store, actor: &Actor, id: CommentId, wanted: &gongjian_kernel::Permission) -> Result<Comment> {
    let db = store.db.reader();
    let found = row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&COMMENT_NOT_FOUND))?;
    may(actor, &queries::require(db, found.instrument_id).await?, wanted)?;
    Ok(found)
}

/// One page of comments on an instrument, the oldest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    instrument: InstrumentId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Comment>> {
    let db = store.db.reader();
    authorize(actor, &INSTRUMENT_COMMENT, &INSTRUMENT_READ, &queries::require(db, instrument).await?)?;
    let sealed_for = serde_json::to_string(&("instrument-comments", instrument))?;
    let mut query = row::Entity::find().filter(row::Column::InstrumentId.eq(instrument));
    if let Some(cursor) = cursor {
        let after: CommentId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(row::Column::Id.gt(after));
    }
    let rows = query.order_by_asc(row::Column::Id).limit(limit + 1).all(db).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |row| row.id)
}

/// The names of those who spoke or answered.
pub async fn names(db: &impl ConnectionTrait, rows: &[Comment]) -> Result<std::collections::HashMap<PersonId, String>> {
    let ids = rows.iter().flat_map(|row| [row.made_by, row.answered_by]).flatten();
    let persons = gongjian_identity::person::list(db, ids).await?;
    Ok(persons.into_iter().map(|person| (person.id, person.name)).collect())
}
