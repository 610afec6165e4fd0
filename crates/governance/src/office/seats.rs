//! Who has which seat on which day: tenures with whoever holds what they rest on. One query for all of them.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use gongjian_identity::PersonId;
use gongjian_kernel::Result;
use gongjian_kernel::clock::start_of;
use gongjian_membership::UnitId;
use gongjian_membership::unit::{ContactKind, UnitStatus};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, JoinType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{OfficeKind, TenureId};
use crate::body::{BodyId, COUNCIL, Elector};
use crate::post::{Moment, PostId, PostKind};

gongjian_kernel::words! {
    /// Articles 11, 13, 15, 17, 18: why somebody has a seat.
    pub enum SeatSource as "seat_source" ("席位来源", "Why somebody has a seat") {
        President = "president" ("会长", "The president"),
        StandingVicePresident = "standing_vice_president" ("常务副会长", "A standing vice-president"),
        AnnualVicePresident = "annual_vice_president" ("年度执行副会长", "An annual executive vice-president"),
        SecretaryGeneral = "secretary_general" ("秘书长", "The secretary-general"),
        LeadUnit = "lead_unit" ("专业研究委员会牵头单位负责人", "Head of the lead unit of a committee"),
        StreetSecretary = "street_secretary" ("各街道党工委书记", "Party secretary of a street"),
        CouncilUnit = "council_unit" ("协商产生的理事单位负责人", "Head of a council unit"),
        CommitteeDirector = "committee_director" ("专业研究委员会主任", "Director of the committee"),
        Expert = "expert" ("专家委员", "Expert"),
        MemberUnit = "member_unit" ("会员单位", "Member unit"),
    }
}

impl SeatSource {
    /// The article that gives the seat.
    #[must_use]
    pub const fn article(self) -> u8 {
        match self {
            Self::President
            | Self::StandingVicePresident
            | Self::AnnualVicePresident
            | Self::SecretaryGeneral
            | Self::LeadUnit
            | Self::StreetSecretary
            | Self::CouncilUnit => 13,
            Self::CommitteeDirector => 17,
            Self::Expert => 15,
            Self::MemberUnit => 11,
        }
    }

    /// The seat in the council that the office gives, if it gives one.
    pub(crate) const fn in_council(kind: OfficeKind) -> Option<Self> {
        match kind {
            OfficeKind::President => Some(Self::President),
            OfficeKind::StandingVicePresidentGovernment | OfficeKind::StandingVicePresidentOrganisation => {
                Some(Self::StandingVicePresident)
            }
            OfficeKind::AnnualVicePresidentDesignated | OfficeKind::AnnualVicePresidentElected => {
                Some(Self::AnnualVicePresident)
            }
            OfficeKind::SecretaryGeneral => Some(Self::SecretaryGeneral),
            OfficeKind::CommitteeLeadUnit => Some(Self::LeadUnit),
            OfficeKind::CouncilUnit => Some(Self::CouncilUnit),
            // domain.md A10: of a committee, only the head of the lead unit.
            OfficeKind::CommitteeDirectorLead
            | OfficeKind::CommitteeDirectorMember
            | OfficeKind::OfficeDirector
            | OfficeKind::OfficeStaff
            | OfficeKind::BranchPresident
            | OfficeKind::BranchCoPresident
            | OfficeKind::Expert
            | OfficeKind::FixedRepresentative
            | OfficeKind::Liaison => None,
        }
    }

    /// The same in the office's own body.
    #[expect(clippy::wildcard_enum_match_arm, reason = "every other kind is alike here")]
    const fn in_own_body(kind: OfficeKind) -> Option<Self> {
        match kind {
            OfficeKind::CommitteeDirectorLead | OfficeKind::CommitteeDirectorMember => Some(Self::CommitteeDirector),
            OfficeKind::Expert => Some(Self::Expert),
            kind => Self::in_council(kind),
        }
    }
}

/// A seat, or an office without one, on a day.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Seat {
    /// None for the party secretary of a street, who needs no tenure.
    pub tenure_id: Option<TenureId>,
    pub kind: Option<OfficeKind>,
    pub body_id: Option<BodyId>,
    pub body_name: Option<String>,
    pub street_code: Option<String>,
    pub post_id: Option<PostId>,
    pub post_name: Option<String>,
    pub unit_id: Option<UnitId>,
    pub unit_name: Option<String>,
    pub person_id: Option<PersonId>,
    pub person_name: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    pub basis: Option<String>,
}

impl Seat {
    /// Why it is one; none where the office gives no seat.
    #[must_use]
    pub fn source(&self) -> Option<SeatSource> {
        match (self.kind, self.unit_id) {
            (Some(kind), _) => SeatSource::in_own_body(kind),
            (None, Some(_)) => Some(SeatSource::MemberUnit),
            (None, None) => Some(SeatSource::StreetSecretary),
        }
    }

    /// The seat's own key; who has several has the first of his keys.
    fn key(&self) -> (u8, String) {
        match (self.unit_id, self.post_id, self.person_id) {
            // A director comes from a unit, but speaks for himself.
            (_, None, Some(person)) => (2, format!("person:{person}")),
            (Some(unit), ..) => (0, format!("unit:{unit}")),
            (None, Some(post), _) => (1, format!("post:{post}")),
            (None, None, None) => (3, String::new()),
        }
    }
}

/// All offices in force at that moment, with their holders. The unit of each is a member that day.
pub(crate) fn select(moment: Moment) -> SelectStatement {
    let of = |table: &'static str, column: &'static str| Expr::col((table, column));
    let dissolved = || of("b", "dissolved_on");
    let left = || of("u", "valid_to");
    let holder = Func::coalesce([of("t", "person_id"), of("h", "person_id"), of("c", "person_id")]);
    // Article 18: for a unit presides whoever represents it at the end of that day.
    let (evening, relieved) = (start_of(moment.day + Duration::days(1)), || of("c", "until"));
    let represents = of("c", "unit_id")
        .equals(("t", "unit_id"))
        .and(of("t", "kind").eq(OfficeKind::BranchCoPresident.as_str()))
        .and(of("c", "kind").eq(ContactKind::Representative.as_str()))
        .and(of("c", "since").lt(evening))
        .and(relieved().is_null().or(relieved().gte(evening)));
    Query::select()
        .expr_as(of("t", "id"), "tenure_id")
        .expr_as(of("t", "kind"), "kind")
        .expr_as(of("t", "body_id"), "body_id")
        .expr_as(of("b", "name"), "body_name")
        .expr_as(of("b", "street_code"), "street_code")
        .expr_as(of("t", "post_id"), "post_id")
        .expr_as(of("p", "name"), "post_name")
        .expr_as(of("t", "unit_id"), "unit_id")
        .expr_as(of("u", "name"), "unit_name")
        .expr_as(of("n", "id"), "person_id")
        .expr_as(of("n", "name"), "person_name")
        .expr_as(of("t", "valid_from"), "valid_from")
        .expr_as(of("t", "valid_until"), "valid_until")
        .expr_as(of("t", "basis"), "basis")
        .from_as("office_tenure", "t")
        .join_as(JoinType::InnerJoin, "body", "b", of("b", "id").equals(("t", "body_id")))
        .join_as(JoinType::LeftJoin, "post", "p", of("p", "id").equals(("t", "post_id")))
        .join_as(
            JoinType::LeftJoin,
            "post_holding",
            "h",
            of("h", "post_id").equals(("t", "post_id")).and(moment.holds("h")),
        )
        .join_as(JoinType::LeftJoin, "unit_contact", "c", represents)
        .join_as(JoinType::LeftJoin, "person", "n", of("n", "id").eq(holder))
        .join_as(
            JoinType::LeftJoin,
            "unit_version",
            "u",
            of("u", "unit_id")
                .equals(("t", "unit_id"))
                .and(of("u", "status").eq(UnitStatus::Active.as_str()))
                .and(of("u", "valid_from").lte(moment.day))
                .and(left().is_null().or(left().gt(moment.day))),
        )
        .and_where(moment.holds("t"))
        .and_where(of("t", "unit_id").is_null().or(of("u", "unit_id").is_not_null()))
        .and_where(of("b", "founded_on").is_null().or(of("b", "founded_on").lte(moment.day)))
        .and_where(dissolved().is_null().or(dissolved().gt(moment.day)))
        .order_by(("t", "id"), Order::Asc)
        .to_owned()
}

/// Article 13: the party secretaries of the streets, with the names of their posts.
pub(crate) fn select_secretaries(moment: Moment) -> SelectStatement {
    let of = |table: &'static str, column: &'static str| Expr::col((table, column));
    let mut known = Query::select();
    known
        .expr_as(of("p", "street_code"), "street_code")
        .expr_as(of("p", "id"), "post_id")
        .expr_as(of("p", "name"), "post_name")
        .expr_as(of("n", "id"), "person_id")
        .expr_as(of("n", "name"), "person_name")
        .expr_as(of("h", "valid_from"), "valid_from")
        .expr_as(of("h", "valid_until"), "valid_until")
        .expr_as(of("h", "basis"), "basis")
        .from_as("post", "p")
        .join_as(JoinType::LeftJoin, "post_holding", "h", of("h", "post_id").equals(("p", "id")).and(moment.holds("h")))
        .join_as(JoinType::LeftJoin, "person", "n", of("n", "id").equals(("h", "person_id")))
        .and_where(of("p", "kind").eq(PostKind::StreetSecretary.as_str()))
        .and_where(of("p", "established_on").is_null().or(of("p", "established_on").lte(moment.day)))
        .order_by(("p", "street_code"), Order::Asc);
    if let Some(instant) = moment.known_at {
        known.and_where(of("p", "recorded_at").lte(instant));
    }
    known.to_owned()
}

async fn read(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<Seat>> {
    let rows = db.query_all(query).await?;
    Ok(rows.iter().map(|row| Seat::from_query_result(row, "")).collect::<std::result::Result<_, _>>()?)
}

/// The seats that a query finds.
pub(super) async fn found(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<Seat>> {
    read(db, query).await
}

/// Article 13: the seats of the council from the six sources, in their order. Two queries.
pub(crate) async fn at_council(db: &impl ConnectionTrait, moment: Moment) -> Result<Vec<Seat>> {
    let kinds = OfficeKind::ALL.iter().filter(|kind| SeatSource::in_council(**kind).is_some());
    let query = select(moment).and_where(Expr::col(("t", "kind")).is_in(kinds.map(|kind| kind.as_str()))).to_owned();
    let mut seats = read(db, &query).await?;
    seats.extend(read(db, &select_secretaries(moment)).await?);
    seats.sort_by_key(|seat| seat.source());
    Ok(seats)
}

/// The seats that offices of the body give in it: directors and lead unit of a committee, experts.
pub(crate) async fn seats_of(db: &impl ConnectionTrait, body: BodyId, moment: Moment) -> Result<Vec<Seat>> {
    if body == COUNCIL {
        return at_council(db, moment).await;
    }
    let query = select(moment).and_where(Expr::col(("t", "body_id")).eq(body.0)).to_owned();
    let mut seats = read(db, &query).await?;
    seats.retain(|seat| seat.source().is_some());
    Ok(seats)
}

/// The offices of the body of these kinds, with their holders.
pub(crate) async fn holders(
    db: &impl ConnectionTrait,
    body: BodyId,
    kinds: &[OfficeKind],
    moment: Moment,
) -> Result<Vec<Seat>> {
    let query = select(moment)
        .and_where(Expr::col(("t", "body_id")).eq(body.0))
        .and_where(Expr::col(("t", "kind")).is_in(kinds.iter().map(|kind| kind.as_str())))
        .to_owned();
    read(db, &query).await
}

/// Article 17: lead units and directors of all committees, with their holders. One query.
pub async fn of_committees(db: &impl ConnectionTrait, moment: Moment) -> Result<Vec<Seat>> {
    let kinds = OfficeKind::OF_COMMITTEE.map(OfficeKind::as_str);
    read(db, &select(moment).and_where(Expr::col(("t", "kind")).is_in(kinds)).to_owned()).await
}

/// These tenures, as far as they are in force.
pub(super) async fn by_id(db: &impl ConnectionTrait, ids: Vec<uuid::Uuid>, moment: Moment) -> Result<Vec<Seat>> {
    read(db, &select(moment).and_where(Expr::col(("t", "id")).is_in(ids)).to_owned()).await
}

/// Article 18: the presidents of all branches, with their holders. One query.
pub async fn of_branches(db: &impl ConnectionTrait, moment: Moment) -> Result<Vec<Seat>> {
    let kinds = [OfficeKind::BranchPresident, OfficeKind::BranchCoPresident].map(OfficeKind::as_str);
    read(db, &select(moment).and_where(Expr::col(("t", "kind")).is_in(kinds)).to_owned()).await
}

/// Whoever has several seats has one voice: by person, and while nobody holds a post, by the post. The key is that
/// of the unit or post and not of its holder, so that a change of holder neither loses nor doubles a voice. Each
/// seat comes with the place of its voice in the list.
pub(crate) fn voices(seats: &[Seat]) -> (Vec<Elector>, Vec<usize>) {
    let mut leader: Vec<usize> = (0..seats.len()).collect();
    let mut first: HashMap<String, usize> = HashMap::new();
    for (at, seat) in seats.iter().enumerate() {
        let by_person = seat.person_id.map(|person| format!("person:{person}"));
        for key in [Some(seat.key().1), by_person].into_iter().flatten() {
            let other = *first.entry(key).or_insert(at);
            let (one, other) = (root(&leader, at), root(&leader, other));
            leader[one.max(other)] = one.min(other);
        }
    }
    let mut place: HashMap<usize, usize> = HashMap::new();
    let mut voices: Vec<(u8, Elector)> = Vec::new();
    let mut of_seat = Vec::with_capacity(seats.len());
    for (at, seat) in seats.iter().enumerate() {
        let (rank, key) = seat.key();
        let group = root(&leader, at);
        let voice = *place.entry(group).or_insert_with(|| {
            voices.push((
                u8::MAX,
                Elector { key: String::new(), unit_id: None, post_id: None, person_id: None, name: String::new() },
            ));
            voices.len() - 1
        });
        of_seat.push(voice);
        let (best, elector) = &mut voices[voice];
        if rank < *best || (rank == *best && key < elector.key) {
            *best = rank;
            elector.key = key;
            elector.name = name(seat);
        }
        elector.unit_id =
            elector.unit_id.or(seat.unit_id.filter(|_| seat.post_id.is_some() || seat.person_id.is_none()));
        elector.post_id = elector.post_id.or(seat.post_id.filter(|_| seat.unit_id.is_none()));
        elector.person_id = elector.person_id.or(seat.person_id);
    }
    (voices.into_iter().map(|(_, elector)| elector).collect(), of_seat)
}

fn root(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
    }
    at
}

fn name(seat: &Seat) -> String {
    let names = [&seat.unit_name, &seat.post_name, &seat.person_name];
    names.into_iter().flatten().next().cloned().unwrap_or_default()
}
