//! The bodies of the district, and who holds its offices: the posts of the charter, a branch for each street, the
//! committees with their lead units, directors and members, the functional zones, the council units and the vice-presidents of the year.

use chrono::NaiveDate;
use gongjian_committees::branch::leadership::{self, LeadershipMode, NewLeadership};
use gongjian_committees::zone::NewZone;
use gongjian_committees::zone::commands::file;
use gongjian_governance::body::commands::establish;
use gongjian_governance::body::{self, BodyId, BodyKind, NewBody, members};
use gongjian_governance::office::commands::grant;
use gongjian_governance::office::{NewTenure, OfficeKind, OfficeMethod, filings};
use gongjian_governance::post::commands::{create, record_holder};
use gongjian_governance::post::{NewHolder, NewPost, PostId, PostKind, queries};
use gongjian_identity::{Identity, PersonId, person};
use gongjian_kernel::{Act, Refusal, Result, Store, Target, Text, Work, write};
use gongjian_membership::UnitId;

use super::cast::{Cast, nobody_else, text};
use super::sample::{Branch, Committee, Director, Sample, Zone};

/// What somebody holds whom the demo has an account for.
pub(super) enum Seat<'a> {
    Post(PostId),
    /// The post of the party secretary of its street.
    Branch(&'a Branch),
}

/// The offices of the year begin with it.
fn new_year() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default()
}

fn basis() -> Result<Text<2, 200>> {
    text("青党促理〔2025〕4号")
}

fn office(kind: OfficeKind) -> Result<NewTenure> {
    Ok(NewTenure {
        kind,
        body: None,
        post: None,
        person: None,
        unit: None,
        since: Some(new_year()),
        until: None,
        basis: basis()?,
        method: None,
        decision: None,
        decided_on: None,
    })
}

/// Puts the person into the post; the branch is established with it.
pub(super) async fn take(work: &mut Work<'_>, identity: &Identity, person: PersonId, seat: &Seat<'_>) -> Result<()> {
    let post = match seat {
        Seat::Post(post) => *post,
        Seat::Branch(branch) => {
            let new = NewBody {
                kind: BodyKind::Branch,
                code: None,
                name: text(&branch.name)?,
                street_code: Some(branch.street_code.clone()),
                lead_unit: None,
                founded_on: Some(new_year()),
                basis: basis()?,
                decision: None,
                decided_on: None,
            };
            establish(work, identity, new).await?;
            let post = queries::of_street(work.tx(), &branch.street_code).await?;
            post.ok_or_else(|| Refusal::internal("the branch has no secretary"))?
        }
    };
    let new = NewHolder { person, since: Some(new_year()), until: None, basis: text("青党干〔2026〕1号")? };
    record_holder(work, identity, Target::any(post), new).await.map(drop)
}

/// The committees, the council units, the vice-presidents of the year.
pub(super) async fn constitute(store: &Store, identity: &Identity, sample: &Sample, cast: &Cast) -> Result<()> {
    let rule = Act::by_rule(store);
    for committee in &sample.committees {
        write(store, &rule, async |work| found(work, identity, cast, committee).await).await?;
    }
    for known in &sample.zones {
        write(store, &rule, async |work| zone(work, sample, cast, known).await).await?;
    }
    for branch in &sample.branches {
        write(store, &rule, async |work| preside(work, identity, cast, branch).await).await?;
    }
    for seat in &sample.council {
        let unit = seat.unit_id.as_deref().map(|member| cast.unit(member)).transpose()?;
        write(store, &rule, async |work| {
            let decided_on = new_year().pred_opt();
            match (seat.source.as_str(), unit) {
                ("EXEC_VP_ANNUAL_MEMBER", Some(_)) => {
                    let (kind, method) = (OfficeKind::AnnualVicePresidentElected, Some(OfficeMethod::Consultation));
                    let new = NewTenure { unit, method, decided_on, ..office(kind)? };
                    grant(work, identity, new).await?;
                }
                ("EXEC_VP_ANNUAL_STANDING_COMMITTEE", _) => {
                    let name = text(&seat.holder)?;
                    let kind = PostKind::StandingCommitteeMember;
                    let new = NewPost { kind, name, unit: None, street_code: None, established_on: None };
                    let post = Some(create(work, new).await?.id);
                    let kind = OfficeKind::AnnualVicePresidentDesignated;
                    grant(work, identity, NewTenure { post, ..office(kind)? }).await?;
                }
                (_, Some(_)) if seat.basis == "协商产生的理事单位" => {
                    let new = NewTenure { unit, decided_on, ..office(OfficeKind::CouncilUnit)? };
                    grant(work, identity, new).await?;
                }
                _ => {}
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// The lead unit and the directors of a committee that the charter names, who are filed with the council where the sample has them filed.
async fn found(work: &mut Work<'_>, identity: &Identity, cast: &Cast, committee: &Committee) -> Result<()> {
    let known = body::all(work.tx()).await?.into_iter().find(|body| body.code == committee.code);
    let body = known.ok_or_else(|| Refusal::internal("the charter names no such committee"))?.id;
    let lead = Some(cast.unit(&committee.lead_unit_id)?);
    grant(work, identity, NewTenure { body: Some(body), unit: lead, ..office(OfficeKind::CommitteeLeadUnit)? }).await?;
    let directors = [
        (OfficeKind::CommitteeDirectorLead, &committee.director_gov),
        (OfficeKind::CommitteeDirectorMember, &committee.director_member),
    ];
    for (kind, director) in directors {
        direct(work, identity, (body, kind), cast.unit(&director.from_unit_id)?, director).await?;
    }
    for member in &committee.member_unit_ids {
        members::enter(work, body, cast.unit(member)?).await?;
    }
    Ok(())
}

/// Article 18: who presides beside the secretary, by what the branch agreed on before the year began.
async fn preside(work: &mut Work<'_>, identity: &Identity, cast: &Cast, branch: &Branch) -> Result<()> {
    let body = body::branch_of(work.tx(), &branch.street_code).await?;
    let body = body.ok_or_else(|| Refusal::internal("the street has no branch"))?.id;
    let turns: Vec<UnitId> = branch.rotation.iter().map(|turn| cast.unit(&turn.unit_id)).collect::<Result<_>>()?;
    let first = match (turns.first(), &branch.co_president_unit_id) {
        (Some(first), _) => Some(*first),
        (None, Some(unit)) => Some(cast.unit(unit)?),
        (None, None) => None,
    };
    // Two preside before they take turns.
    let steps = match (branch.mode, first) {
        (LeadershipMode::Single, _) | (_, None) => Vec::new(),
        (LeadershipMode::Dual, Some(first)) => vec![(LeadershipMode::Dual, vec![first])],
        (LeadershipMode::DualRotating, Some(first)) => {
            vec![(LeadershipMode::Dual, vec![first]), (LeadershipMode::DualRotating, turns)]
        }
    };
    for (mode, units) in steps {
        let new = NewLeadership {
            mode,
            units,
            period_months: None,
            since: Some(new_year()),
            consultation: None,
            document: Some((text("分会会员协商纪要〔2025〕1号")?, new_year() - chrono::Days::new(10))),
        };
        leadership::commands::set(work, identity, Target::any(body), new).await?;
    }
    Ok(())
}

/// A functional zone with its streets; the unit that convenes is named by its name.
async fn zone(work: &mut Work<'_>, sample: &Sample, cast: &Cast, zone: &Zone) -> Result<()> {
    let lead = sample.members.iter().find(|member| member.name == zone.lead_unit);
    let lead = lead.ok_or_else(|| Refusal::internal("a zone that nobody convenes"))?;
    let new = NewZone {
        code: text(&zone.code)?,
        name: text(&zone.name)?,
        focus: text(&zone.focus)?,
        lead_unit: cast.unit(&lead.id)?,
        streets: zone.street_codes.clone(),
        since: Some(new_year()),
    };
    file(work, new).await.map(drop)
}

async fn direct(
    work: &mut Work<'_>,
    identity: &Identity,
    (body, kind): (BodyId, OfficeKind),
    unit: UnitId,
    director: &Director,
) -> Result<()> {
    let person = person::create(work, nobody_else(&director.person)).await?.id;
    let new = NewTenure { body: Some(body), person: Some(person), unit: Some(unit), ..office(kind)? };
    let tenure = grant(work, identity, new).await?;
    if director.filed_on.is_some() {
        filings::file(work, Target::any(tenure.id), None).await?;
    }
    Ok(())
}
