//! Filling an office.

use chrono::{Months, NaiveDate};
use gongjian_identity::account::grant::refuse_administrator;
use gongjian_identity::{Identity, PersonId, person};
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Work, policy};
use gongjian_membership::UnitId;
use gongjian_membership::unit::history::member_on;
use sea_orm::{ExprTrait as _, entity::prelude::*};

use super::{Interval, NewTenure, said};
use crate::body::fault::BODY_DISSOLVED;
use crate::body::{self, Body, BodyKind, COUNCIL, EXPERT_COMMITTEE};
use crate::decision::store::row as decisions;
use crate::decision::{DecisionId, Matter};
use crate::office::action::{OFFICE_GRANT, OFFICE_READ, TenureInQuestion};
use crate::office::event::OFFICE_GRANTED;
use crate::office::fault::{
    DECISION_NEEDED, DIRECTORS_OF_ONE_UNIT, NOT_OF_THE_STREET, OFFICE_NEEDS_MEMBER, OFFICE_NOT_GRANTED, OFFICE_TAKEN,
    OWN_OFFICE, TERM_TOO_LONG,
};
use crate::office::store::{self, row};
use crate::office::{OfficeKind, OfficePolicy, RestsOn, Tenure, TenureId};
use crate::post::commands::{head_of, secretary_of};
use crate::post::fault::POST_NOT_FOUND;
use crate::post::store::{holding, row as posts};
use crate::post::{PostId, PostKind};

/// Fills an office from a day on (Articles 12–18): whoever holds the post, or the person, holds it.
pub async fn grant(work: &mut Work<'_>, identity: &Identity, new: NewTenure) -> Result<Tenure> {
    let kind = new.kind;
    if !kind.is_granted() {
        return Err(Refusal::of(&OFFICE_NOT_GRANTED));
    }
    work.authorize(&OFFICE_GRANT, &OFFICE_READ, &TenureInQuestion { id: None, kind, unit: new.unit })?;
    let body = body_of(work, &new).await?;
    let since = new.since.unwrap_or(work.today());
    let until = term(work, kind, since, new.until).await?;
    let interval = Interval::of(since, until)?;
    not_before_decision(work, since, new.decision, new.decided_on).await?;
    if let Some(unit) = new.unit {
        require_member(work, unit, since, &body).await?;
    }
    let (post, person) = holder(work, &new, &body).await?;
    require_decision(work, &new)?;
    let slot = slot(kind, &body, post, person, new.unit);
    if store::of_slot(work.tx(), &slot).await?.iter().any(|held| interval.meets(held)) {
        return Err(Refusal::of(&OFFICE_TAKEN).with_article(Some(kind.facts().article)));
    }
    let tenure = Tenure {
        id: work.new_id::<TenureId>(),
        version: 1,
        kind,
        body_id: body.id,
        post_id: post,
        person_id: person,
        unit_id: new.unit,
        slot,
        method: new.method,
        decided_on: new.decided_on,
        decision_id: new.decision,
        valid_from: since,
        valid_until: until,
        basis: new.basis.into_string(),
        recorded_at: work.now(),
        recorded_by: work.actor().person,
        superseded_at: None,
    };
    two_origins(work, &tenure).await?;
    store::put(work, &tenure).await?;
    if let (Some(decision), Some(matter)) = (new.decision, matter(kind)) {
        crate::decision::spend(work, decision, matter, ("office", tenure.id.0)).await?;
    }
    let event = Event::new(&OFFICE_GRANTED, tenure.id.0, said(&tenure));
    work.record(event);
    identity.forget_callers(work);
    Ok(tenure)
}

/// The body, locked: its offices are filled one after the other.
async fn body_of(work: &Work<'_>, new: &NewTenure) -> Result<Body> {
    let wanted = new.kind.body().ok_or_else(|| Refusal::of(&OFFICE_NOT_GRANTED))?;
    let id = match (wanted, new.body) {
        (BodyKind::Council, None) => COUNCIL,
        (BodyKind::ExpertCommittee, None) => EXPERT_COMMITTEE,
        (_, Some(id)) => id,
        (BodyKind::Committee | BodyKind::Branch | BodyKind::GeneralMeeting, None) => {
            return fault("/body_id", "required", "须填写机构。", "Name the body.");
        }
    };
    let body = body::lock(work, id).await.map_err(|refusal| refusal.at("/body_id"))?;
    if body.dissolved_on.is_some_and(|on| on <= work.today()) {
        return Err(Refusal::of(&BODY_DISSOLVED).at("/body_id"));
    }
    if body.kind != wanted {
        return fault("/body_id", "wrong_body", "该机构没有这一职务。", "The body has no such office.");
    }
    Ok(body)
}

/// Article 12: an annual office ends by itself, after a year at most. No office begins before its body.
async fn term(
    work: &Work<'_>,
    kind: OfficeKind,
    since: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Option<NaiveDate>> {
    if !kind.facts().annual {
        return Ok(until);
    }
    let policy = policy::within::<OfficePolicy>(work).await?;
    let until = until.unwrap_or_else(|| policy.value.end_of_annual_term(since));
    within_a_year(since, until)?;
    Ok(Some(until))
}

pub(super) fn within_a_year(since: NaiveDate, until: NaiveDate) -> Result<()> {
    let year = since.checked_add_months(Months::new(12)).unwrap_or(since);
    if until > year { Err(Refusal::of(&TERM_TOO_LONG)) } else { Ok(()) }
}

/// domain.md A13, Article 14: the unit is a member when the office begins; of a branch, one of its street.
pub(super) async fn require_member(work: &Work<'_>, unit: UnitId, since: NaiveDate, body: &Body) -> Result<()> {
    let Some(street) = member_on(work.tx(), unit, since).await? else {
        return Err(Refusal::of(&OFFICE_NEEDS_MEMBER));
    };
    match &body.street_code {
        Some(own) if *own != street => Err(Refusal::of(&NOT_OF_THE_STREET)),
        _ => Ok(()),
    }
}

/// What the office rests on. Nobody grants himself one, and no administrator holds one (三员分立).
async fn holder(work: &mut Work<'_>, new: &NewTenure, body: &Body) -> Result<(Option<PostId>, Option<PersonId>)> {
    let rests_on = new.kind.facts().rests_on;
    let needs_unit = matches!(new.kind, OfficeKind::CommitteeDirectorLead | OfficeKind::CommitteeDirectorMember)
        || rests_on == RestsOn::UnitHead;
    if needs_unit != new.unit.is_some() {
        return fault("/unit_id", "required", "该职务须填或不填单位。", "The office is held for a unit, or for none.");
    }
    if (rests_on == RestsOn::Post) != new.post.is_some() {
        return fault(
            "/post_id",
            "required",
            "该职务须填或不填公职。",
            "The office rests on a post that you name, or on none.",
        );
    }
    if (rests_on == RestsOn::Person) != new.person.is_some() {
        return fault("/person_id", "required", "该职务须填或不填人员。", "The office rests on a person, or on none.");
    }
    let post = match (rests_on, new.unit, new.post) {
        (RestsOn::UnitHead, Some(unit), _) => Some(head_of(work, unit).await?.id),
        (RestsOn::StreetSecretary, _, _) => {
            let street = body.street_code.as_deref().unwrap_or_default();
            Some(secretary_of(work, street).await?.id)
        }
        (RestsOn::Post, _, Some(post)) => Some(free_post(work, post).await?),
        _ => None,
    };
    if let Some(person) = new.person {
        person::require(work, person).await.map_err(|refusal| refusal.at("/person_id"))?;
        refuse_administrator(work, person).await?;
    }
    not_his_own(work, post, new.person).await?;
    Ok((post, new.person))
}

/// Nobody gives himself an office or more of one.
pub(super) async fn not_his_own(work: &Work<'_>, post: Option<PostId>, person: Option<PersonId>) -> Result<()> {
    let own = work.actor().person.map(PersonId);
    let is_own = own.is_some() && (person == own || holds(work, post, own).await?);
    if is_own { Err(Refusal::of(&OWN_OFFICE)) } else { Ok(()) }
}

/// Articles 12 to 14: what the council decides begins when it has decided.
pub(super) async fn not_before_decision(
    work: &Work<'_>,
    since: NaiveDate,
    decision: Option<DecisionId>,
    decided_on: Option<NaiveDate>,
) -> Result<()> {
    let effective_from = match decision {
        Some(id) => decisions::Entity::find_by_id(id).one(work.tx()).await?.and_then(|found| found.effective_from),
        None => decided_on,
    };
    if effective_from.is_some_and(|from| since < from) {
        return fault(
            "/since",
            "before_decision",
            "任期不能早于决定生效之日。",
            "It begins with its decision, not before.",
        );
    }
    Ok(())
}

/// A post that is neither a unit's nor a street's.
async fn free_post(work: &Work<'_>, post: PostId) -> Result<PostId> {
    let found = posts::Entity::find_by_id(post).one(work.tx()).await?;
    let found = found.ok_or_else(|| Refusal::of(&POST_NOT_FOUND).at("/post_id"))?;
    if matches!(found.kind, PostKind::UnitHead | PostKind::StreetSecretary) {
        return fault("/post_id", "wrong_post", "该职务不由这一公职担任。", "The office does not rest on such a post.");
    }
    Ok(post)
}

async fn holds(work: &Work<'_>, post: Option<PostId>, person: Option<PersonId>) -> Result<bool> {
    let (Some(post), Some(person)) = (post, person) else { return Ok(false) };
    let held = holding::Entity::find()
        .filter(holding::Column::PostId.eq(post))
        .filter(holding::Column::PersonId.eq(person))
        .filter(holding::Column::SupersededAt.is_null())
        .filter(holding::Column::ValidUntil.is_null().or(holding::Column::ValidUntil.gt(work.today())));
    Ok(held.exists(work.tx()).await?)
}

/// What the council decides before the office is filled.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other kind is alike here")]
fn matter(kind: OfficeKind) -> Option<Matter> {
    match kind {
        OfficeKind::AnnualVicePresidentElected => Some(Matter::AnnualVicePresident),
        OfficeKind::CouncilUnit => Some(Matter::CouncilUnit),
        _ => None,
    }
}

/// Articles 13(6) and 14: by decision of the council, or by the document of one from before.
fn require_decision(work: &Work<'_>, new: &NewTenure) -> Result<()> {
    let decides = matter(new.kind);
    if new.method.is_some() != (new.kind == OfficeKind::AnnualVicePresidentElected) {
        return fault(
            "/method",
            "required",
            "协商或选举产生的年度执行副会长须填产生方式，其他职务不填。",
            "It is said of consulted or elected vice-presidents alone, and of each.",
        );
    }
    if decides.is_none() && new.decision.is_some() {
        return fault(
            "/decision_id",
            "not_allowed",
            "该职务不由理事会决定产生。",
            "No decision of the council fills it.",
        );
    }
    match (decides, new.decision, new.decided_on) {
        (Some(matter), None, None) => {
            Err(Refusal::of(&DECISION_NEEDED).with_article(matter.decided_by().map(|(_, article)| article)))
        }
        (_, _, Some(on)) if on > work.today() => {
            fault("/decided_on", "in_future", "日期不能晚于今天。", "It must not lie after today.")
        }
        _ => Ok(()),
    }
}

/// What can be held once at a time: an office of one seat, or one of several by the same post, person or unit.
pub(super) fn slot(
    kind: OfficeKind,
    body: &Body,
    post: Option<PostId>,
    person: Option<PersonId>,
    unit: Option<UnitId>,
) -> String {
    let office = format!("{kind}:{}", body.id);
    match (kind.facts().seats, unit, post, person) {
        (Some(_), ..) => office,
        (None, Some(unit), ..) => format!("{office}:unit:{unit}"),
        (None, None, Some(post), _) => format!("{office}:post:{post}"),
        (None, None, None, Some(person)) => format!("{office}:person:{person}"),
        (None, None, None, None) => office,
    }
}

/// Article 17 「双主任制」: of different origin, so not of one unit.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other kind is alike here")]
pub(super) async fn two_origins(work: &Work<'_>, new: &Tenure) -> Result<()> {
    let other = match new.kind {
        OfficeKind::CommitteeDirectorLead => OfficeKind::CommitteeDirectorMember,
        OfficeKind::CommitteeDirectorMember => OfficeKind::CommitteeDirectorLead,
        _ => return Ok(()),
    };
    let others = row::Entity::find()
        .filter(row::Column::BodyId.eq(new.body_id))
        .filter(row::Column::Kind.eq(other))
        .filter(row::Column::SupersededAt.is_null())
        .all(work.tx())
        .await?;
    let interval = Interval::of(new.valid_from, new.valid_until)?;
    let same = |held: &Tenure| interval.meets(held) && (held.unit_id == new.unit_id || held.person_id == new.person_id);
    if others.iter().any(same) { Err(Refusal::of(&DIRECTORS_OF_ONE_UNIT)) } else { Ok(()) }
}

fn fault<T>(at: &str, code: &'static str, zh: &'static str, en: &'static str) -> Result<T> {
    Err(Refusal::invalid(vec![FieldFault::body(at, code, Say::fixed(zh, en))]))
}
