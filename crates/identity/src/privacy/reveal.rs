//! Showing a number in full. Whoever needs it says what for; the person can see who did (个人信息保护法
//! 44). Who may is decided by the crate that knows whom the person speaks for.

use gongjian_kernel::clock::start_of;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Event, Refusal, Result, Store, Text, Work, policy};
use sea_orm::{PaginatorTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::event::PHONE_REVEALED;
use super::fault::{NO_PHONE, NO_SUCH_PERSON, REVEAL_LIMIT};
use super::{PrivacyPolicy, person_of};
use crate::account::store as accounts;
use crate::person::{self, Person, PersonId};
use crate::role::Role;
use crate::session::account_of;

gongjian_kernel::ids! {
    /// A look at a person's number.
    RevealId;
}

gongjian_kernel::words! {
    /// What a number is needed for.
    pub enum RevealPurpose as "reveal_purpose" ("查看电话号码的用途", "Why a number is needed") {
        IssueHandling = "issue_handling" ("办理台账事项", "Handling an issue"),
        MeetingNotice = "meeting_notice" ("会议和活动通知", "Notice of a meeting or an activity"),
        FilingCheck = "filing_check" ("核对备案信息", "Checking a filing"),
        Urgent = "urgent" ("紧急联络", "Urgent contact"),
        Other = "other" ("其他工作联络", "Other business"),
    }
}

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::{RevealId, RevealPurpose};
    use crate::account::AccountId;
    use crate::person::PersonId;
    use crate::role::Role;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "personal_reveal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RevealId,
        pub person_id: PersonId,
        pub field: String,
        pub purpose: RevealPurpose,
        pub reason: String,
        pub account_id: AccountId,
        pub by_person_id: PersonId,
        /// The office that permitted it.
        pub by_role: Role,
        pub revealed_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Reveal;

/// What somebody says who needs a number.
#[derive(Debug, Clone)]
pub struct Need {
    pub purpose: RevealPurpose,
    pub reason: Text<4, 200>,
}

/// Puts on record that the number is shown, within what an account is shown in a day, and opens it.
/// Part of a command that has been authorized.
pub async fn reveal(work: &mut Work<'_>, person: &Person, by_role: Role, need: Need) -> Result<String> {
    let account = account_of(work.actor())?;
    let by_person_id = person_of(work.actor())?;
    let number = person.phone(&work.store.keys.data)?.ok_or_else(|| Refusal::of(&NO_PHONE))?;
    // Of looks at once, on all instances, each counts those before it.
    accounts::lock(work, account).await?;
    let today = start_of(work.today());
    let shown = row::Entity::find()
        .filter(row::Column::AccountId.eq(account))
        .filter(row::Column::RevealedAt.gte(today))
        .count(work.tx())
        .await?;
    let most = policy::within::<PrivacyPolicy>(work).await?.value.reveals_per_day;
    if shown >= u64::from(most) {
        let tomorrow = today + chrono::Duration::days(1);
        return Err(Refusal::of(&REVEAL_LIMIT).after((tomorrow - work.now()).num_seconds().max(1).unsigned_abs()));
    }
    let look = Reveal {
        id: work.new_id(),
        person_id: person.id,
        field: "phone".to_owned(),
        purpose: need.purpose,
        reason: need.reason.into_string(),
        account_id: account,
        by_person_id,
        by_role,
        revealed_at: work.now(),
    };
    let data = json!({ "reveal": look.id, "purpose": look.purpose, "reason": look.reason });
    let active: row::ActiveModel = look.into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    work.record(Event::new(&PHONE_REVEALED, person.id.0, data));
    Ok(number)
}

/// A look, with who looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevealView {
    pub reveal: Reveal,
    pub by_name: String,
}

/// Who looked at one's own number, the latest first. Nobody else is told.
pub async fn list(
    store: &Store,
    actor: &Actor,
    person: PersonId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<RevealView>> {
    if person_of(actor)? != person {
        return Err(Refusal::of(&NO_SUCH_PERSON));
    }
    let db = store.db.reader();
    let sealed_for = format!("reveals {person}");
    let mut rows = row::Entity::find()
        .filter(row::Column::PersonId.eq(person))
        .order_by_desc(row::Column::Id)
        .limit(limit.saturating_add(1));
    if let Some(cursor) = cursor {
        let before: RevealId = page::open(&store.keys, &sealed_for, cursor)?;
        rows = rows.filter(row::Column::Id.lt(before));
    }
    let page = Page::cut(rows.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_names(db, page.rows).await?, next_cursor: page.next_cursor })
}

pub(super) async fn with_names(db: &impl ConnectionTrait, rows: Vec<Reveal>) -> Result<Vec<RevealView>> {
    let names = names(db, rows.iter().map(|row| row.by_person_id)).await?;
    let named =
        |reveal: Reveal| RevealView { by_name: names.get(&reveal.by_person_id).cloned().unwrap_or_default(), reveal };
    Ok(rows.into_iter().map(named).collect())
}

pub(super) async fn names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<std::collections::HashMap<PersonId, String>> {
    let persons = person::list(db, ids).await?;
    Ok(persons.into_iter().map(|person| (person.id, person.name)).collect())
}
