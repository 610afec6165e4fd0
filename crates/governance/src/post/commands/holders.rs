//! Who holds a post. Offices that rest on it pass by themselves: nothing else is written.

use chrono::NaiveDate;
use gongjian_identity::account::grant::refuse_administrator;
use gongjian_identity::{Identity, PersonId, person};
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work};
use gongjian_membership::fault::UNKNOWN_PERSON;
use gongjian_membership::ties;
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};
use serde_json::json;

use super::{Correction, NewHolder};
use crate::office::tenures_on;
use crate::post::action::{POST_READ, POST_RECORD};
use crate::post::event::{HOLDER_CORRECTED, HOLDER_LEFT, HOLDER_RECORDED};
use crate::post::fault::{HOLDING_NOT_FOUND, HOLDS_POST_ALREADY, OWN_HOLDING, POST_HELD, POST_VACANT};
use crate::post::store::{self, holding, row};
use crate::post::{Holding, HoldingId, Post, PostId, PostInQuestion};

/// Article 25: somebody holds the post from that day, and whoever holds it until then is succeeded.
pub async fn record_holder(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<PostId>,
    new: NewHolder,
) -> Result<Holding> {
    let (post, known) = open(work, target).await?;
    let (since, person) = (new.since.unwrap_or(work.today()), new.person);
    let interval = Interval::of(since, new.until)?;
    not_oneself(work, person)?;
    require_known(work, identity, &post, person).await?;
    person::require(work, person).await.map_err(|refusal| refusal.at("/person_id"))?;
    refuse_administrator(work, person).await?;
    let overlapping: Vec<&Holding> = known.iter().filter(|held| interval.meets(held)).collect();
    match overlapping.as_slice() {
        [] => {}
        [before] if before.person_id == person => return Err(Refusal::of(&HOLDS_POST_ALREADY)),
        // Whoever holds it without a known end, since before, is succeeded.
        [before] if before.valid_until.is_none() && before.valid_from < since => {
            let ended = Holding { valid_until: Some(since), ..next_of(work, before) };
            store::supersede(work, before).await?;
            store::put(work, &ended).await?;
        }
        _ => return Err(Refusal::of(&POST_HELD)),
    }
    let holding = Holding {
        id: work.new_id::<HoldingId>(),
        version: 1,
        post_id: post.id,
        person_id: person,
        brought_along: since < work.today() && !known.iter().any(|held| held.valid_from < since),
        valid_from: since,
        valid_until: new.until,
        basis: new.basis.into_string(),
        recorded_at: work.now(),
        recorded_by: work.actor().person,
        superseded_at: None,
    };
    store::put(work, &holding).await?;
    touch(work, &post).await?;
    work.record(Event::new(&HOLDER_RECORDED, post.id.0, said(&holding)));
    identity.forget_callers(work);
    Ok(holding)
}

/// Article 25: nobody holds the post from that day on, until somebody does.
pub async fn vacate(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<PostId>,
    until: Option<NaiveDate>,
    basis: Text<2, 200>,
) -> Result<Holding> {
    let (post, known) = open(work, target).await?;
    let Some(held) = known.iter().rfind(|held| held.valid_until.is_none_or(|end| end > work.today())) else {
        return Err(Refusal::of(&POST_VACANT));
    };
    let until = until.unwrap_or(work.today());
    Interval::of(held.valid_from, Some(until))?;
    if held.valid_until.is_some_and(|end| end < until) {
        return Err(Refusal::of(&POST_VACANT));
    }
    let ended = Holding { valid_until: Some(until), ..next_of(work, held) };
    store::supersede(work, held).await?;
    store::put(work, &ended).await?;
    touch(work, &post).await?;
    let mut data = said(&ended);
    data["basis"] = json!(basis);
    work.record(Event::new(&HOLDER_LEFT, post.id.0, data));
    identity.forget_callers(work);
    Ok(ended)
}

/// What was recorded was wrong. What was believed until now stays known.
pub async fn correct_holder(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<PostId>,
    correction: Correction,
) -> Result<Option<Holding>> {
    let (post, known) = open(work, target).await?;
    let held = known.iter().find(|held| held.id == correction.holding);
    let held = held.ok_or_else(|| Refusal::of(&HOLDING_NOT_FOUND).at("/holding_id"))?;
    not_oneself(work, held.person_id)?;
    store::supersede(work, held).await?;
    let right = if correction.annulled {
        None
    } else {
        let since = correction.since.unwrap_or(held.valid_from);
        let until = correction.until.unwrap_or(held.valid_until);
        let interval = Interval::of(since, until)?;
        if known.iter().any(|other| other.id != held.id && interval.meets(other)) {
            return Err(Refusal::of(&POST_HELD));
        }
        let right = Holding { valid_from: since, valid_until: until, ..next_of(work, held) };
        store::put(work, &right).await?;
        Some(right)
    };
    touch(work, &post).await?;
    let mut data = said(right.as_ref().unwrap_or(held));
    data["annulled"] = json!(correction.annulled);
    data["reason"] = json!(correction.reason);
    work.record(Event::new(&HOLDER_CORRECTED, post.id.0, data));
    identity.forget_callers(work);
    Ok(right)
}

/// Loads the post with its holders, locked, and asks whether the actor may record them.
async fn open(work: &Work<'_>, target: Target<PostId>) -> Result<(Post, Vec<Holding>)> {
    let post = store::lock(work, target.id).await?;
    let known = store::known_of(work.tx(), post.id).await?;
    let asked = question(work.tx(), post.clone(), work.today()).await?;
    work.authorize(&POST_RECORD, &POST_READ, &asked)?;
    target.is_current(post.version)?;
    Ok((post, known))
}

/// Whether the actor may record who holds the post.
pub async fn may_record(work: &Work<'_>, id: PostId) -> Result<()> {
    open(work, Target::any(id)).await.map(drop)
}

/// The post with what rests on it that day.
pub async fn question(db: &impl ConnectionTrait, post: Post, today: NaiveDate) -> Result<PostInQuestion> {
    let carried = tenures_on(db, post.id, today).await?;
    let held = holding::Entity::find()
        .filter(holding::Column::PostId.eq(post.id))
        .filter(holding::Column::SupersededAt.is_null())
        .filter(holding::Column::ValidUntil.is_null().or(holding::Column::ValidUntil.gt(today)))
        .exists(db)
        .await?;
    Ok(PostInQuestion {
        carries_top: carried.iter().any(|kind| kind.is_top()),
        awaits_secretary_general: !held && carried.contains(&crate::office::OfficeKind::SecretaryGeneral),
        post,
    })
}

/// Days from the first to the one after the last.
struct Interval {
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl Interval {
    fn of(from: NaiveDate, until: Option<NaiveDate>) -> Result<Self> {
        if until.is_some_and(|until| until <= from) {
            let detail = Say::fixed(
                "离任日期应晚于任职日期；误登的记录请更正。",
                "The end comes after the beginning; correct what was recorded by mistake.",
            );
            return Err(Refusal::invalid(vec![FieldFault::body("/until", "not_after_since", detail)]));
        }
        Ok(Self { from, until })
    }

    fn meets(&self, held: &Holding) -> bool {
        self.until.is_none_or(|until| held.valid_from < until) && held.valid_until.is_none_or(|until| self.from < until)
    }
}

fn not_oneself(work: &Work<'_>, person: PersonId) -> Result<()> {
    if work.actor().person == Some(person.0) { Err(Refusal::of(&OWN_HOLDING)) } else { Ok(()) }
}

/// A unit names its own people, and people who are new: to it, those of others do not exist.
async fn require_known(work: &Work<'_>, identity: &Identity, post: &Post, person: PersonId) -> Result<()> {
    let (Some(unit), false) = (post.unit_id, work.actor().may_widely(&POST_RECORD)) else { return Ok(()) };
    if work.actor().units().all(|own| own != unit.0) {
        return Ok(());
    }
    let is_somebody = ties::has_any(work, person).await?
        || !identity.positions(work.tx(), &[person], work.today()).await?.is_empty()
        || holding::Entity::find().filter(holding::Column::PersonId.eq(person)).exists(work.tx()).await?;
    if !is_somebody || ties::to_unit(work, person, unit).await? || held_before(work, post, person).await? {
        Ok(())
    } else {
        Err(Refusal::of(&UNKNOWN_PERSON))
    }
}

async fn held_before(work: &Work<'_>, post: &Post, person: PersonId) -> Result<bool> {
    let held = holding::Entity::find()
        .filter(holding::Column::PostId.eq(post.id))
        .filter(holding::Column::PersonId.eq(person));
    Ok(held.exists(work.tx()).await?)
}

/// The same time as it is known from now on.
fn next_of(work: &Work<'_>, held: &Holding) -> Holding {
    Holding {
        version: held.version + 1,
        recorded_at: work.now(),
        recorded_by: work.actor().person,
        superseded_at: None,
        ..held.clone()
    }
}

async fn touch(work: &Work<'_>, post: &Post) -> Result<()> {
    let after = Post { version: post.version + 1, ..post.clone() };
    work.update::<row::Entity>(post, &after).await
}

fn said(holding: &Holding) -> serde_json::Value {
    json!({
        "person": holding.person_id,
        "since": holding.valid_from,
        "until": holding.valid_until,
        "basis": holding.basis,
    })
}
