//! The offices that follow from posts and tenures (Articles 12–18), filled by the commands that HTTP uses.

use chrono::{Datelike as _, NaiveDate};
use gongjian_governance::body::commands::establish;
use gongjian_governance::body::{BodyId, BodyKind, NewBody, branch_of};
use gongjian_governance::office::commands::grant;
use gongjian_governance::office::queries::lead_unit;
use gongjian_governance::office::{NewTenure, OfficeKind};
use gongjian_governance::post::commands::{create, record_holder};
use gongjian_governance::post::{
    GOVERNMENT_HEAD, Moment, NewHolder, NewPost, ORGANISATION_HEAD, PARTY_SECRETARY, PostId, PostKind, queries,
};
use gongjian_identity::{Identity, PersonId, Role, account};
use gongjian_kernel::{Act, Refusal, Result, Scope, Target, Text, Work, write};
use gongjian_membership::UnitId;
use uuid::Uuid;

use crate::app::App;
use crate::persona::Persona;
use crate::units::TestUnit;

/// Long before any test: nothing is left to be filed.
fn long_ago() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).unwrap()
}

fn basis() -> Text<2, 200> {
    Text::parse("青党干〔2020〕1号").unwrap()
}

/// Puts the person into the office that the role follows from, where it follows from one.
pub(crate) async fn take(
    work: &mut Work<'_>,
    identity: &Identity,
    person: PersonId,
    role: Role,
    scope: &Scope,
) -> Result<()> {
    match (role, scope) {
        (Role::President, _) => hold(work, identity, PARTY_SECRETARY, person).await,
        (Role::SecretaryGeneral, _) => hold(work, identity, ORGANISATION_HEAD, person).await,
        (Role::VicePresident, _) => vice_president(work, identity, person).await,
        (Role::BranchPresident, Scope::Branch(street)) => {
            branch(work, identity, street).await?;
            let post = secretary(work, street).await?;
            hold(work, identity, post, person).await
        }
        (Role::CouncilMember, _) => {
            let post = own_post(work, person, PostKind::StandingCommitteeMember).await?;
            hold(work, identity, post, person).await?;
            let kind = OfficeKind::AnnualVicePresidentDesignated;
            let since = NaiveDate::from_ymd_opt(work.today().year(), 1, 1);
            grant(work, identity, NewTenure { post: Some(post), since, ..tenure(kind) }).await.map(drop)
        }
        (Role::Expert, _) => {
            grant(work, identity, NewTenure { person: Some(person), ..tenure(OfficeKind::Expert) }).await.map(drop)
        }
        (Role::CommitteeDirector, Scope::Body(body)) => {
            let (kind, body) = (OfficeKind::CommitteeDirectorLead, BodyId(*body));
            let unit = lead_unit(work.tx(), body, work.today()).await?;
            let new = NewTenure { body: Some(body), person: Some(person), unit, since: None, ..tenure(kind) };
            grant(work, identity, new).await.map(drop)
        }
        _ => Ok(()),
    }
}

/// By the government's head; where somebody is that, for the year.
async fn vice_president(work: &mut Work<'_>, identity: &Identity, person: PersonId) -> Result<()> {
    let held = queries::find(work.tx(), GOVERNMENT_HEAD, Moment::on(work.today())).await?.holder;
    match held {
        None => hold(work, identity, GOVERNMENT_HEAD, person).await,
        Some(_) => Box::pin(take(work, identity, person, Role::CouncilMember, &Scope::Association)).await,
    }
}

async fn hold(work: &mut Work<'_>, identity: &Identity, post: PostId, person: PersonId) -> Result<()> {
    let new = NewHolder { person, since: Some(long_ago()), until: None, basis: basis() };
    record_holder(work, identity, Target::any(post), new).await.map(drop)
}

async fn own_post(work: &mut Work<'_>, person: PersonId, kind: PostKind) -> Result<PostId> {
    let name = Text::parse(&format!("区委常委（{person}）")).map_err(|_| Refusal::internal("name"))?;
    let new = NewPost { kind, name, unit: None, street_code: None, established_on: None };
    Ok(create(work, new).await?.id)
}

async fn secretary(work: &Work<'_>, street: &str) -> Result<PostId> {
    let id = queries::of_street(work.tx(), street).await?;
    id.ok_or_else(|| Refusal::internal("a branch has a secretary"))
}

fn tenure(kind: OfficeKind) -> NewTenure {
    NewTenure {
        kind,
        body: None,
        post: None,
        person: None,
        unit: None,
        since: Some(long_ago()),
        until: None,
        basis: basis(),
        method: None,
        decision: None,
        decided_on: None,
    }
}

async fn branch(work: &mut Work<'_>, identity: &Identity, street: &str) -> Result<BodyId> {
    if let Some(body) = branch_of(work.tx(), street).await? {
        return Ok(body.id);
    }
    let name = Text::parse(&format!("街道分会{street}")).map_err(|_| Refusal::internal("name"))?;
    let new = NewBody {
        kind: BodyKind::Branch,
        code: None,
        name,
        street_code: Some(street.to_owned()),
        lead_unit: None,
        founded_on: Some(long_ago()),
        basis: basis(),
        decision: None,
        decided_on: None,
    };
    Ok(establish(work, identity, new).await?.id)
}

impl App {
    async fn by_rule<T>(&self, run: impl AsyncFn(&mut Work<'_>) -> Result<T>) -> T {
        write(self.store(), &Act::by_rule(self.store()), run).await.unwrap()
    }

    /// The branch of the street, established if need be.
    pub async fn branch_body(&self, street: &str) -> Uuid {
        self.by_rule(async |work| branch(work, self.identity(), street).await).await.0
    }

    /// A committee that this unit leads.
    pub async fn committee(&self, code: &str, lead: &TestUnit) -> Uuid {
        let made = self.by_rule(async |work| {
            let new = NewBody {
                kind: BodyKind::Committee,
                code: Some(Text::parse(code).unwrap()),
                name: Text::parse(&format!("{code}专业研究委员会")).unwrap(),
                street_code: None,
                lead_unit: Some(UnitId(lead.id)),
                founded_on: Some(work.today()),
                basis: basis(),
                decision: None,
                decided_on: Some(long_ago()),
            };
            establish(work, self.identity(), new).await
        });
        made.await.id.0
    }

    /// A member unit with a seat in the council, by a decision from before.
    pub async fn council_unit(&self, name: &str) -> TestUnit {
        let unit = self.member_unit(name).await;
        self.by_rule(async |work| {
            let (since, decided_on) = (Some(work.today()), Some(long_ago()));
            let unit = Some(UnitId(unit.id));
            grant(work, self.identity(), NewTenure { unit, since, decided_on, ..tenure(OfficeKind::CouncilUnit) }).await
        })
        .await;
        unit
    }

    /// The director of the committee whom its lead unit has sent.
    pub async fn director_of(&self, body: Uuid) -> Persona {
        let office = [(Role::CommitteeDirector, Scope::Body(body))];
        Persona::open(self, &format!("director.{}", &body.simple().to_string()[20..]), &office, false).await
    }

    /// A member of the expert advisory committee.
    pub async fn expert(&self) -> Persona {
        Persona::open(self, "expert", &[(Role::Expert, Scope::Association)], false).await
    }

    /// The head of the unit.
    pub async fn head_of(&self, unit: &TestUnit) -> Persona {
        let head = Persona::open(self, &format!("head.{}", unit.key()), &[], false).await;
        let account = head.account();
        self.by_rule(async |work| {
            let account = account::find(self.identity(), work.tx(), account, work.today()).await?;
            let person = account.ok_or_else(|| Refusal::internal("account"))?.person.id;
            let post = match queries::of_unit(work.tx(), UnitId(unit.id)).await? {
                Some(post) => post,
                None => {
                    let name = Text::parse(&format!("{}负责人", unit.name)).unwrap();
                    let (kind, unit) = (PostKind::UnitHead, Some(UnitId(unit.id)));
                    create(work, NewPost { kind, name, unit, street_code: None, established_on: None }).await?.id
                }
            };
            hold(work, self.identity(), post, person).await
        })
        .await;
        head
    }

    /// Makes the person one of the two directors of a committee, from that unit.
    pub async fn directs(&self, body: Uuid, kind: OfficeKind, person: PersonId, from: &TestUnit) {
        self.by_rule(async |work| {
            let (since, unit) = (Some(work.today()), Some(UnitId(from.id)));
            let office = NewTenure { body: Some(BodyId(body)), person: Some(person), unit, since, ..tenure(kind) };
            grant(work, self.identity(), office).await
        })
        .await;
    }
}
