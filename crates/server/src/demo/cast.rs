//! Who plays: the association, its units, their people and accounts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use gongjian_governance::post::{ORGANISATION_HEAD, PARTY_SECRETARY};
use gongjian_identity::person::{self, NewPerson};
use gongjian_identity::{Account, Identity, NewAccount, PasswordHash, PersonId, Role, Username, account};
use gongjian_kernel::clock::{SetClock, instant};
use gongjian_kernel::{Act, Actor, Grant, Refusal, Result, Scope, Store, Target, Text, Work, policy, write};
use gongjian_ledger::policy::LedgerPolicy;
use gongjian_membership::AssociationPolicy;
use gongjian_membership::application::NewApplication;
use gongjian_membership::application::commands::apply;
use gongjian_membership::appointment::{self, NewAppointment, Office};
use gongjian_membership::association::{Committee, District, Street, Zone};
use gongjian_membership::unit::{
    Consent, ContactKind, Membership, NewContact, NewUnit, Unit, UnitId, UnitStatus, UnitType, commands, queries,
};
use indicatif::ProgressBar;

use super::PASSWORD;
use super::government::{self, Seat};
use super::sample::{Contact, Member, Sample};

/// The acts that the replay is made of.
#[derive(Debug)]
pub(super) struct Cast {
    pub secretariat: Act,
    pub secretary_general: Act,
    opener: Opener,
    units: BTreeMap<String, Player>,
    /// The presidents of the branches, by street.
    branches: BTreeMap<String, Act>,
}

#[derive(Debug)]
struct Player {
    id: UnitId,
    representative: Option<Act>,
    liaison: Option<Act>,
    handler: Option<Act>,
}

impl Cast {
    fn player(&self, member: &str) -> Result<&Player> {
        self.units.get(member).ok_or_else(|| Refusal::internal(format!("the sample has no unit {member}")))
    }

    pub(super) fn unit(&self, member: &str) -> Result<UnitId> {
        Ok(self.player(member)?.id)
    }

    pub(super) fn representative(&self, member: &str) -> Result<&Act> {
        speaks(member, self.player(member)?.representative.as_ref())
    }

    pub(super) fn liaison(&self, member: &str) -> Result<&Act> {
        speaks(member, self.player(member)?.liaison.as_ref())
    }

    pub(super) fn branch(&self, street: &str) -> Result<&Act> {
        self.branches.get(street).ok_or_else(|| Refusal::internal(format!("{street} has no branch")))
    }

    pub(super) fn handler(&self, member: &str) -> Result<&Act> {
        let handler = self.player(member)?.handler.as_ref();
        handler.ok_or_else(|| Refusal::internal(format!("{member} handles no issues")))
    }
}

fn speaks<'a>(member: &str, act: Option<&'a Act>) -> Result<&'a Act> {
    act.ok_or_else(|| Refusal::internal(format!("nobody speaks for {member}")))
}

/// Puts the association, its units and its accounts on file, in January.
pub(super) async fn assemble(
    store: &Store,
    identity: &Identity,
    clock: &SetClock,
    sample: &Sample,
    progress: &ProgressBar,
) -> Result<Cast> {
    let morning = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    let january = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default();
    clock.set(instant(january, morning));
    progress.set_message("单位与人员 / units");
    progress.inc_length(sample.members.len() as u64);
    let opener = Opener {
        store: store.clone(),
        identity: identity.clone(),
        rule: Act::by_rule(store),
        password: identity.accept_password(store, "/password", PASSWORD, &[]).await?,
    };
    write(store, &opener.rule, async |work| {
        policy::change(work, Target::any(()), |_| Ok(association(sample))).await?;
        policy::change(work, Target::any(()), |_| Ok(ledger(sample))).await
    })
    .await?;

    opener.administrator("系统管理员", "sysadmin", Role::SystemAdministrator).await?;
    opener.administrator("安全保密管理员", "secadmin", Role::SecurityAdministrator).await?;
    opener.administrator("安全审计员", "auditadmin", Role::AuditAdministrator).await?;
    let secretariat = opener.staff("秘书处办公室", "secretariat", Role::SecretariatOffice, Scope::Association).await?;
    let secretary_general = opener
        .holder(
            "秘书长",
            "secretary-general",
            Role::SecretaryGeneral,
            Scope::Association,
            Seat::Post(ORGANISATION_HEAD),
        )
        .await?;
    opener.holder("会长", "president", Role::President, Scope::Association, Seat::Post(PARTY_SECRETARY)).await?;
    let mut branches = BTreeMap::new();
    for branch in &sample.branches {
        let number = branch.street_code.get(6..).unwrap_or_default();
        let scope = Scope::Branch(branch.street_code.clone());
        let (name, username) = (format!("{}会长", branch.name), format!("branch{number}"));
        let president = opener.holder(&name, &username, Role::BranchPresident, scope, Seat::Branch(branch)).await?;
        branches.insert(branch.street_code.clone(), president);
    }

    let mut cast = Cast { secretariat, secretary_general, opener, units: BTreeMap::new(), branches };
    let known = sample.members.iter().filter(|member| member.applied_on <= Some(january));
    cast.file(store, sample, known, progress).await?;
    government::constitute(store, identity, sample, &cast).await?;
    Ok(cast)
}

impl Cast {
    /// Puts those on file who came after the beginning of the year.
    pub(super) async fn file_late(&mut self, store: &Store, sample: &Sample, progress: &ProgressBar) -> Result<()> {
        let late: Vec<&Member> = sample.members.iter().filter(|m| !self.units.contains_key(&m.id)).collect();
        self.file(store, sample, late, progress).await
    }

    async fn file<'a>(
        &mut self,
        store: &Store,
        sample: &Sample,
        members: impl IntoIterator<Item = &'a Member>,
        progress: &ProgressBar,
    ) -> Result<()> {
        let leads: BTreeSet<&str> =
            sample.issues.iter().filter_map(|issue| issue.lead_department_id.as_deref()).collect();
        for member in members {
            let handles_issues = member.unit_type == UnitType::PartyGov || leads.contains(member.id.as_str());
            let Some(status) = member.status.membership() else {
                let applicant = Act { actor: Actor::anonymous(), ..Act::by_rule(store) };
                apply(store, &applicant, application(member)?).await?;
                progress.inc(1);
                continue;
            };
            let new = new_unit(member, status, handles_issues)?;
            let create = write(store, &self.secretariat, async |work| commands::create_unit(work, new.clone()).await);
            let unit = create.await?;
            let player = self.opener.of_unit(member, &unit).await?;
            self.units.insert(member.id.clone(), player);
            progress.inc(1);
        }
        Ok(())
    }
}

fn association(sample: &Sample) -> AssociationPolicy {
    let district = &sample.district;
    AssociationPolicy {
        name: district.associations.first().cloned().unwrap_or_default(),
        member_prefix: "QHCJH".to_owned(),
        district: District { code: district.code.clone(), name: district.name.clone(), city: district.city.clone() },
        streets: sample
            .streets
            .iter()
            .map(|street| Street { code: street.code.clone(), name: street.name.clone() })
            .collect(),
        zones: sample
            .zones
            .iter()
            .map(|zone| Zone {
                code: zone.code.clone(),
                name: zone.name.clone(),
                street_codes: zone.street_codes.clone(),
            })
            .collect(),
        committees: sample
            .committees
            .iter()
            .map(|committee| Committee { code: committee.code.clone(), name: committee.name.clone() })
            .collect(),
    }
}

/// The district's own values: its prefixes, its categories, and three weeks before silence counts.
fn ledger(sample: &Sample) -> LedgerPolicy {
    let mut policy = LedgerPolicy {
        intake_prefix: "QHSL".to_owned(),
        ledger_prefix: "QHYJ".to_owned(),
        silence_workdays: 15,
        ..LedgerPolicy::default()
    };
    for issue in &sample.issues {
        if !policy.categories.contains(&issue.category) {
            policy.categories.push(issue.category.clone());
        }
    }
    policy
}

pub(super) fn text<const MIN: usize, const MAX: usize>(raw: &str) -> Result<Text<MIN, MAX>> {
    Text::parse(raw).map_err(|fault| Refusal::internal(format!("the sample has a text that is {}", fault.code())))
}

fn contact(contact: &Contact) -> Result<NewContact> {
    Ok(NewContact {
        name: text(&contact.name)?,
        post: text(&contact.post)?,
        phone: Some(contact.phone.clone()),
        email: Some(contact.email.clone()),
        filed_on: contact.filed_on,
    })
}

/// One that has only applied: it is no unit of the association yet.
fn application(member: &Member) -> Result<NewApplication> {
    Ok(NewApplication {
        name: text(&member.name)?,
        unit_type: member.unit_type,
        affiliation_level: member.affiliation_level,
        credit_code: member.credit_code.clone(),
        credit_code_exempt_reason: member.credit_code_exempt_reason.as_deref().map(text).transpose()?,
        street_code: member.street_code.clone(),
        zone_codes: member.zone_codes.clone(),
        address: text(&member.address)?,
        party_org_name: text(&member.party_org_name)?,
        party_org_kind: member.party_org_kind,
        party_member_count: member.party_member_count,
        contact: contact(&member.fixed_representative)?,
        consent: None,
        applied_on: member.applied_on,
    })
}

fn new_unit(member: &Member, status: UnitStatus, handles_issues: bool) -> Result<NewUnit> {
    Ok(NewUnit {
        member_no: Some(text(&member.member_no)?),
        name: text(&member.name)?,
        unit_type: member.unit_type,
        affiliation_level: member.affiliation_level,
        credit_code: member.credit_code.clone(),
        credit_code_exempt_reason: member.credit_code_exempt_reason.as_deref().map(text).transpose()?,
        street_code: member.street_code.clone(),
        zone_codes: member.zone_codes.clone(),
        address: text(&member.address)?,
        party_org_name: text(&member.party_org_name)?,
        party_org_kind: member.party_org_kind,
        party_member_count: member.party_member_count,
        handles_issues,
        membership: Membership {
            status,
            applied_on: member.applied_on,
            joined_on: member.joined_on,
            withdrawn_on: member.withdrawn_on,
        },
        consent: Consent {
            basis: text("党组织会议决定")?,
            on: member.joined_on.or(member.applied_on).unwrap_or_default(),
        },
        representative: Some(contact(&member.fixed_representative)?),
        liaison: Some(contact(&member.liaison)?),
    })
}

/// Opens accounts for those who are on file.
#[derive(Debug)]
struct Opener {
    store: Store,
    identity: Identity,
    rule: Act,
    password: PasswordHash,
}

impl Opener {
    /// Accounts for those who speak for a unit, and for its handler where it is a department.
    async fn of_unit(&self, member: &Member, unit: &Unit) -> Result<Player> {
        let number = member.id.trim_start_matches('M');
        let contacts = queries::contacts_of(self.store.db.reader(), [unit.id]).await?;
        let scope = || Scope::Unit(unit.id.0);
        let speaker = async |kind: ContactKind, role: Role, username: String| {
            let contact = contacts.iter().find(|contact| contact.kind == kind);
            let Some(contact) = contact else { return Ok(None) };
            let (person, name) = (contact.person.id, &contact.person.name);
            write(&self.store, &self.rule, async |work| {
                let account = self.account(work, person, &username).await?;
                Ok(Some(act(work, &account, name, role, scope())))
            })
            .await
        };
        let (representative, liaison) = (format!("rep{number}"), format!("liaison{number}"));
        let handles = unit.handles_issues && unit.status == UnitStatus::Active;
        Ok(Player {
            id: unit.id,
            representative: speaker(ContactKind::Representative, Role::MemberRepresentative, representative).await?,
            liaison: speaker(ContactKind::Liaison, Role::MemberLiaison, liaison).await?,
            handler: if handles {
                let (name, username) = (format!("{}承办人", member.name), format!("dept{number}"));
                Some(self.staff(&name, &username, Role::DepartmentHandler, scope()).await?)
            } else {
                None
            },
        })
    }

    /// Somebody who is appointed to an office.
    async fn staff(&self, name: &str, username: &str, role: Role, scope: Scope) -> Result<Act> {
        write(&self.store, &self.rule, async |work| {
            let person = person::create(work, nobody_else(name)).await?;
            let office = Office { role, scope: scope.clone() };
            let new = NewAppointment { office, basis: text("青党干〔2026〕1号")?, event_on: None };
            appointment::commands::file(work, &self.identity, person.id, new).await?;
            let account = self.account(work, person.id, username).await?;
            Ok(act(work, &account, name, role, scope.clone()))
        })
        .await
    }

    /// Somebody whose office follows from a post.
    async fn holder(&self, name: &str, username: &str, role: Role, scope: Scope, seat: Seat<'_>) -> Result<Act> {
        write(&self.store, &self.rule, async |work| {
            let person = person::create(work, nobody_else(name)).await?;
            government::take(work, &self.identity, person.id, &seat).await?;
            let account = self.account(work, person.id, username).await?;
            Ok(act(work, &account, name, role, scope.clone()))
        })
        .await
    }

    async fn administrator(&self, name: &str, username: &str, role: Role) -> Result<()> {
        write(&self.store, &self.rule, async |work| {
            let person = person::create(work, nobody_else(name)).await?;
            let account = self.account(work, person.id, username).await?;
            account::grant::add(work, &self.identity, Target::any(account.id), role).await?;
            Ok(())
        })
        .await
    }

    async fn account(&self, work: &mut Work<'_>, person: PersonId, username: &str) -> Result<Account> {
        let new = NewAccount {
            person,
            username: Username::parse(username)?,
            password: self.password.clone(),
            must_change_password: false,
        };
        account::create(work, new).await
    }
}

pub(super) fn nobody_else(name: &str) -> NewPerson {
    NewPerson { name: name.to_owned(), phone: None, email: None }
}

fn act(work: &Work<'_>, account: &Account, name: &str, role: Role, scope: Scope) -> Act {
    let actor = Actor {
        account: Some(account.id.0),
        session: None,
        person: Some(account.person_id.0),
        name: name.to_owned().into(),
        grants: vec![Grant { role: role.as_str(), scope }],
    };
    Act { actor, request_id: work.new_id(), ip: None, user_agent: Some("gongjian demo".to_owned()) }
}
