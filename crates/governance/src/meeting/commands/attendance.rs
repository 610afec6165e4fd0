//! Who is there, from when to when (Article 10(2)). Leaving ends the interval, so that presence at any instant
//! can be asked for.

use chrono::{DateTime, Utc};
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Refusal, Result, Store, Target, Text, Work, policy};
use gongjian_membership::UnitId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder as _, entity::prelude::*};
use serde_json::json;

use super::session::not_before_lead;
use crate::body::{self, Elector, electorate};
use crate::meeting::action::{READ, Sight, TAKE_ATTENDANCE, TAKE_PART};
use crate::meeting::case::{Case, said, unknown_as};
use crate::meeting::code::{self, CheckInCode};
use crate::meeting::event::{ATTENDANCE_ENTERED, CHECKED_IN, EXCUSED, LEFT};
use crate::meeting::fault::{
    ALREADY_PRESENT, ATTENDANCE_NOT_FOUND, BAD_INTERVAL, MANDATE_NOT_FOUND, NO_VOICE, NOT_PRESENT, WRONG_CODE,
};
use crate::meeting::floor::mandate_of;
use crate::meeting::store::{self, attendance, excuse, mandate};
use crate::meeting::throttle;
use crate::meeting::{
    Attendance, AttendanceId, AttendanceSource, Capacity, Excuse, Mandate, MeetingAction, MeetingId, MeetingPolicy,
};
use crate::office;

/// Somebody who is seen at a meeting.
#[derive(Debug, Clone)]
pub struct NewAttendance {
    pub elector_key: String,
    pub capacity: Capacity,
    /// Who it is; a substitute is named by his mandate.
    pub person_name: Option<Text<1, 50>>,
    pub from: Option<DateTime<Utc>>,
}

/// The code of now, for the screen in the hall.
pub async fn check_in_code(store: &Store, actor: &gongjian_kernel::Actor, id: MeetingId) -> Result<CheckInCode> {
    let db = store.db.reader();
    let meeting = store::get(db, id).await?;
    let body = body::get(db, meeting.body_id).await?;
    let electors = electorate(db, &body, store.now()).await?;
    authorize(actor, &TAKE_ATTENDANCE, &READ, &Sight::of(&meeting, body, &electors))?;
    let policy = policy::current::<MeetingPolicy>(store).await?;
    Ok(code::current(&store.keys, id, store.now(), &policy.value))
}

/// Counts an attempt at a code before it is looked at. Of those alone who may take part: to others the meeting
/// is not there.
pub async fn count_attempt(work: &mut Work<'_>, id: MeetingId) -> Result<()> {
    let meeting = store::get(work.tx(), id).await?;
    let body = body::get(work.tx(), meeting.body_id).await?;
    let electors = electorate(work.tx(), &body, work.now()).await?;
    work.authorize(&TAKE_PART, &READ, &Sight::of(&meeting, body, &electors))?;
    let policy = policy::within::<MeetingPolicy>(work).await?;
    throttle::count(work, &policy.value, id).await
}

/// Article 10(2): whoever acts for a voice, or is its substitute, checks in with the code that is shown.
pub async fn check_in(
    work: &mut Work<'_>,
    meeting: MeetingId,
    unit: Option<UnitId>,
    typed: &str,
) -> Result<Attendance> {
    let case = Case::open(work, Target::any(meeting), MeetingAction::Attend).await?;
    not_before_lead(work, &case.meeting).await?;
    let person = work.actor().person.map(PersonId).ok_or_else(|| Refusal::of(&NO_VOICE))?;
    let (elector, carried) = match carried_by(work, &case, person, unit).await? {
        Some((elector, mandate)) => (elector, Some(mandate)),
        None => (case.own_voice(work, unit).await?, None),
    };
    let policy = policy::within::<MeetingPolicy>(work).await?;
    if !code::holds(&work.store.keys, meeting, work.now(), &policy.value, typed) {
        return Err(Refusal::of(&WRONG_CODE));
    }
    throttle::forget(work, meeting).await?;
    let capacity = match &carried {
        Some(_) => Capacity::Substitute,
        None if office::speaks_for(work.tx(), elector, person, work.now()).await? => Capacity::Voice,
        None => Capacity::Liaison,
    };
    let name = person::require(work, person).await?.name;
    let attendance =
        begin(work, &case, elector, work.now(), (Some(person), name, capacity, AttendanceSource::Code)).await?;
    if let Some(mandate) = carried {
        use_up(work, &mandate).await?;
    }
    let data = json!({ "attendance_id": attendance.id, "by": said(elector), "capacity": capacity });
    case.record(work, &CHECKED_IN, data);
    Ok(attendance)
}

/// The voice that the person carries as a substitute: that of the unit named, or the only one.
async fn carried_by<'a>(
    work: &Work<'_>,
    case: &'a Case,
    person: PersonId,
    unit: Option<UnitId>,
) -> Result<Option<(&'a Elector, Mandate)>> {
    let carried = mandate::Entity::find()
        .filter(mandate::Column::SubstituteId.eq(person))
        .filter(mandate::Column::MeetingId.eq(case.meeting.id))
        .filter(mandate::Column::RevokedAt.is_null())
        .order_by_asc(mandate::Column::Id)
        .all(work.tx())
        .await?;
    let own = work.actor().units().next().is_some();
    let carried = carried.into_iter().find(|it| match unit {
        Some(unit) => it.unit_id == Some(unit),
        None => !own,
    });
    let Some(carried) = carried else { return Ok(None) };
    Ok(case.electors.iter().find(|elector| elector.key == carried.elector_key).map(|elector| (elector, carried)))
}

/// Those who keep the list enter whom they see.
pub async fn enter(work: &mut Work<'_>, meeting: MeetingId, new: NewAttendance) -> Result<Attendance> {
    let case = Case::open_by(work, Target::any(meeting), MeetingAction::Attend, &TAKE_ATTENDANCE).await?;
    not_before_lead(work, &case.meeting).await?;
    let elector = case.elector(&new.elector_key).map_err(|refusal| refusal.at("/elector_key"))?;
    let carried = match new.capacity {
        Capacity::Substitute => {
            let carried = mandate_of(work.tx(), meeting, &elector.key, work.now()).await?;
            Some(carried.ok_or_else(|| Refusal::of(&MANDATE_NOT_FOUND).at("/capacity"))?)
        }
        Capacity::Voice | Capacity::Liaison => None,
    };
    let named = new.person_name.map(Text::into_string);
    let (person, name) = match (&carried, named) {
        (Some(carried), _) => (Some(carried.substitute_id), carried.substitute_name.clone()),
        (None, Some(name)) => (None, name),
        (None, None) => {
            let zh = "填写出席人姓名；受委托人除外。";
            return Err(Refusal::field("/person_name", "required", zh, "Say who it is, unless he is a substitute."));
        }
    };
    let from = new.from.unwrap_or_else(|| work.now());
    let by_hand = AttendanceSource::Secretariat;
    let attendance = begin(work, &case, elector, from, (person, name, new.capacity, by_hand)).await?;
    if let Some(carried) = carried {
        use_up(work, &carried).await?;
    }
    let data = json!({
        "attendance_id": attendance.id, "by": said(elector), "capacity": attendance.capacity, "from": attendance.from_at,
    });
    case.record(work, &ATTENDANCE_ENTERED, data);
    Ok(attendance)
}

/// Begins an interval behind those that are on record.
async fn begin(
    work: &Work<'_>,
    case: &Case,
    elector: &Elector,
    from: DateTime<Utc>,
    (person, person_name, capacity, source): (Option<PersonId>, String, Capacity, AttendanceSource),
) -> Result<Attendance> {
    let last = attendance::Entity::find()
        .filter(attendance::Column::MeetingId.eq(case.meeting.id))
        .filter(attendance::Column::ElectorKey.eq(&elector.key))
        .order_by_desc(attendance::Column::FromAt)
        .one(work.tx())
        .await?;
    let ended = match &last {
        Some(last) if last.until_at.is_none() => return Err(Refusal::of(&ALREADY_PRESENT)),
        Some(last) => last.until_at,
        None => None,
    };
    let earliest = ended.or(case.meeting.called_at).unwrap_or(case.meeting.planned_at);
    if from < earliest || from > work.now() {
        return Err(Refusal::of(&BAD_INTERVAL).at("/from"));
    }
    let attendance = Attendance {
        id: work.new_id(),
        meeting_id: case.meeting.id,
        elector_key: elector.key.clone(),
        unit_id: elector.unit_id,
        elector_name: elector.name.clone(),
        person_id: person,
        person_name,
        capacity,
        source,
        from_at: from,
        until_at: None,
        version: 1,
    };
    store::insert(work, attendance.clone()).await?;
    Ok(attendance)
}

async fn use_up(work: &Work<'_>, mandate: &Mandate) -> Result<()> {
    if mandate.used_at.is_some() {
        return Ok(());
    }
    let used = Mandate { used_at: Some(work.now()), version: mandate.version + 1, ..mandate.clone() };
    work.update::<mandate::Entity>(mandate, &used).await
}

/// Somebody leaves before the end, as those who keep the list see it.
pub async fn leave(work: &mut Work<'_>, target: Target<AttendanceId>, at: Option<DateTime<Utc>>) -> Result<Attendance> {
    let known = attendance::Entity::find_by_id(target.id).one(work.tx()).await?;
    let known = known.ok_or_else(|| Refusal::of(&ATTENDANCE_NOT_FOUND))?;
    let unknown = unknown_as(&ATTENDANCE_NOT_FOUND);
    let case = Case::open_by(work, Target::any(known.meeting_id), MeetingAction::Attend, &TAKE_ATTENDANCE)
        .await
        .map_err(unknown)?;
    let before = store::lock_row::<attendance::Entity>(work, target.id, &ATTENDANCE_NOT_FOUND).await?;
    target.is_current(before.version)?;
    if before.until_at.is_some() {
        return Err(Refusal::of(&NOT_PRESENT));
    }
    end(work, &case, before, at.unwrap_or_else(|| work.now())).await
}

/// Whoever acts for a voice says that it leaves.
pub async fn check_out(work: &mut Work<'_>, target: Target<MeetingId>, unit: Option<UnitId>) -> Result<Attendance> {
    let case = Case::open(work, target, MeetingAction::Attend).await?;
    let meeting = target.id;
    let elector = case.own_voice(work, unit).await?;
    let before = attendance::Entity::find()
        .filter(attendance::Column::MeetingId.eq(meeting))
        .filter(attendance::Column::ElectorKey.eq(&elector.key))
        .filter(attendance::Column::UntilAt.is_null())
        .one(work.tx())
        .await?;
    let before = before.ok_or_else(|| Refusal::of(&NOT_PRESENT))?;
    end(work, &case, before, work.now()).await
}

async fn end(work: &mut Work<'_>, case: &Case, before: Attendance, until: DateTime<Utc>) -> Result<Attendance> {
    if until < before.from_at || until > work.now() {
        return Err(Refusal::of(&BAD_INTERVAL).at("/at"));
    }
    let after = Attendance { until_at: Some(until), version: before.version + 1, ..before.clone() };
    work.update::<attendance::Entity>(&before, &after).await?;
    let data = json!({ "attendance_id": after.id, "elector_key": after.elector_key, "until": after.until_at });
    case.record(work, &LEFT, data);
    Ok(after)
}

/// A voice will not be there. Said again, the last reason counts.
pub async fn excuse(
    work: &mut Work<'_>,
    meeting: MeetingId,
    unit: Option<UnitId>,
    reason: Text<2, 500>,
) -> Result<Excuse> {
    let case = Case::open(work, Target::any(meeting), MeetingAction::Excuse).await?;
    let elector = case.own_voice(work, unit).await?;
    let excuse = Excuse {
        id: work.new_id(),
        meeting_id: case.meeting.id,
        elector_key: elector.key.clone(),
        unit_id: elector.unit_id,
        elector_name: elector.name.clone(),
        reason: reason.into_string(),
        reported_by: work.actor().person.map(PersonId),
        reported_at: work.now(),
    };
    let active: excuse::ActiveModel = excuse.clone().into();
    let again = OnConflict::columns([excuse::Column::MeetingId, excuse::Column::ElectorKey])
        .update_columns([excuse::Column::Reason, excuse::Column::ReportedBy, excuse::Column::ReportedAt])
        .to_owned();
    excuse::Entity::insert(active.reset_all()).on_conflict(again).exec_without_returning(work.tx()).await?;
    let data = json!({ "by": said(elector), "reason": excuse.reason });
    case.record(work, &EXCUSED, data);
    Ok(excuse)
}
