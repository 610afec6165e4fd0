//! The conferences of the year: what took an issue further than one department could, and brought it home (Articles 19,
//! 22).

use chrono::Days;
use gongjian_committees::zone::{ZoneFilter, queries as zones};
use gongjian_kernel::{Act, Refusal, Result, Store, Target, Work, write};
use gongjian_ledger::conference::measure::{self, MeasureFilter, queries as measures};
use gongjian_ledger::conference::{
    Conference, ConferenceFilter, ConferenceLevel, Minutes, NewConference, NewMeasure, NewZoneMeeting, Sitting,
    ZoneAttribute, ZoneDomain, commands, conduct, queries,
};
use gongjian_ledger::issue::input::Escalation;
use gongjian_ledger::issue::{Issue, IssueId, commands as issues, queries as ledger};
use gongjian_ledger::vocabulary::Forum;
use gongjian_membership::UnitId;

use super::cast::Cast;
use super::replay::{Step, text};
use super::sample::{self, Sample};

/// An issue goes before its conference, or comes home from it.
pub(super) async fn take(
    store: &Store,
    sample: &Sample,
    cast: &Cast,
    issue: &sample::Issue,
    step: &Step,
    id: IssueId,
) -> Result<Issue> {
    let of_zone = issue.joint_meeting_no.as_deref().is_some_and(|number| number.starts_with("ZM"));
    match (step, of_zone) {
        (Step::Escalate, false) => joint(store, cast, issue, id).await?,
        (Step::Escalate, true) => zone(store, sample, cast, issue, id).await?,
        _ => home(store, cast, issue, id).await?,
    }
    Ok(ledger::get(store, &cast.secretariat.actor, id).await?.issue)
}

async fn by<T>(store: &Store, act: &Act, run: impl AsyncFn(&mut Work<'_>) -> Result<T>) -> Result<T> {
    let act = Act { request_id: store.ids.next(), ..act.clone() };
    write(store, &act, run).await
}

fn parties(cast: &Cast, issue: &sample::Issue) -> Result<Vec<UnitId>> {
    let lead = issue.lead_department_id.iter();
    let named = lead.chain(&issue.assisting_unit_ids).chain(std::iter::once(&issue.submitted_by));
    named.map(|unit| cast.unit(unit)).collect()
}

/// The office asks, the secretary-general approves: nobody approves what he has requested.
async fn joint(store: &Store, cast: &Cast, issue: &sample::Issue, id: IssueId) -> Result<()> {
    let asked = by(store, &cast.secretariat, async |work| {
        let new = NewConference {
            level: ConferenceLevel::District,
            street_code: None,
            title: text(&format!("{}联席会", issue.title))?,
            purpose: text(issue.note.as_deref().unwrap_or("需多部门共同解决。"))?,
            invitees: parties(cast, issue)?,
            issues: vec![id],
        };
        commands::request(work, new).await
    });
    let asked = asked.await?;
    by(store, &cast.secretary_general, async |work| {
        commands::approve(work, Target::any(asked.id), issue.extension_workdays).await
    })
    .await?;
    scheduled(store, cast, &asked).await
}

async fn scheduled(store: &Store, cast: &Cast, it: &Conference) -> Result<()> {
    by(store, &cast.secretariat, async |work| {
        let sitting =
            Sitting { starts_at: work.now(), place: text("区会议中心")?, chair: Some(text("秘书长")?) };
        conduct::schedule(work, Target::any(it.id), sitting).await
    })
    .await
    .map(drop)
}

/// The zone has met in the spring already; now it takes up the issue.
async fn zone(store: &Store, sample: &Sample, cast: &Cast, issue: &sample::Issue, id: IssueId) -> Result<()> {
    let filter = ZoneFilter { street_code: Some(issue.street_code.clone()), lead_unit: None };
    let known = zones::list(store, &cast.secretariat.actor, &filter, 1, None).await?.rows.pop();
    let known = known.ok_or_else(|| Refusal::internal("the street lies in no zone"))?;
    let lead = sample.members.iter().find(|member| cast.unit(&member.id).ok() == Some(known.zone.lead_unit_id));
    let lead = lead.ok_or_else(|| Refusal::internal("a zone that nobody convenes"))?;
    let meets = async |title: &str, purpose: &str, invitees: Vec<UnitId>| {
        by(store, cast.representative(&lead.id)?, async |work| {
            let new = NewZoneMeeting {
                domain: ZoneDomain::EconomicDevelopment,
                attribute: ZoneAttribute::CrossStreet,
                title: text(title)?,
                purpose: text(purpose)?,
                starts_at: work.now(),
                place: text("功能区会商室")?,
                chair: None,
                invitees: invitees.clone(),
                streets: known.streets.clone(),
                issues: Vec::new(),
            };
            commands::convene(work, known.zone.id, new).await
        })
        .await
    };
    let earlier = meets("功能区企业服务例会", "通报重点项目进展，听取企业意见。", Vec::new()).await?;
    by(store, cast.representative(&lead.id)?, async |work| {
        conduct::hold(work, Target::any(earlier.id), Vec::new(), None).await?;
        let minutes = Minutes {
            text: text("会议通报了重点项目进展，未议定措施。")?,
            conclusions: Vec::new(),
            measures: Vec::new(),
        };
        conduct::minute(work, Target::any(earlier.id), minutes).await?;
        conduct::track(work, Target::any(earlier.id)).await?;
        conduct::close(work, Target::any(earlier.id)).await
    })
    .await?;
    let purpose = issue.note.as_deref().unwrap_or("涉及跨街道事项。");
    let made = meets(&format!("{}协调会", issue.title), purpose, parties(cast, issue)?).await?;
    by(store, &cast.secretariat, async |work| {
        let order = Escalation {
            forum: Forum::ZoneMeeting,
            conference_id: Some(made.id.0),
            agenda_item_id: None,
            meeting_no: None,
            reason: text(purpose)?,
            extension_workdays: issue.extension_workdays,
        };
        issues::escalate(work, Target::any(id), order).await
    })
    .await
    .map(drop)
}

/// The conference has met and agreed on a measure; the issue comes home with it, and the owner carries it out.
async fn home(store: &Store, cast: &Cast, issue: &sample::Issue, id: IssueId) -> Result<()> {
    let filter = ConferenceFilter { issue_id: Some(id.0), ..ConferenceFilter::default() };
    let known = queries::list(store, &cast.secretariat.actor, &filter, 1, None).await?.rows.pop();
    let it = known.ok_or_else(|| Refusal::internal("the issue is before no conference"))?.conference;
    let lead = issue.lead_department_id.as_deref().unwrap_or_default();
    by(store, &cast.secretariat, async |work| {
        conduct::hold(work, Target::any(it.id), parties(cast, issue)?, None).await?;
        let measure = NewMeasure {
            issue: Some(id),
            task: text("按会议方案组织实施并反馈结果。")?,
            owner: cast.unit(lead)?,
            due_on: work.today() + Days::new(7),
        };
        let minutes = Minutes {
            text: text("会议形成方案，明确分工和时限。")?,
            conclusions: vec![(id, text("会议形成方案，按方案办理。")?)],
            measures: vec![measure],
        };
        conduct::minute(work, Target::any(it.id), minutes).await?;
        conduct::track(work, Target::any(it.id)).await
    })
    .await?;
    let filter = MeasureFilter { conference_id: Some(it.id.0), ..MeasureFilter::default() };
    for agreed in measures::list(store, &cast.secretariat.actor, &filter, 10, None).await?.rows {
        by(store, cast.handler(lead)?, async |work| {
            measure::complete(work, Target::any(agreed.measure.id), text("方案已落实。")?, None).await
        })
        .await?;
    }
    by(store, &cast.secretariat, async |work| conduct::close(work, Target::any(it.id)).await).await.map(drop)
}
