//! Appointments in force become what they should have been: the president holds the post of party secretary, the
//! secretary-general that of head of organisation, the eldest vice-president that of head of government, each
//! further one a post of his own for the running year, the eldest president of a branch the post of party
//! secretary of its street, the next one its second presidency. They bear the ids of the appointments.

use std::collections::HashSet;

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::QueryResult;
use uuid::Uuid;

use super::default::{GOVERNMENT_HEAD, ORGANISATION_HEAD, PARTY_SECRETARY};

const COUNCIL: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0013);
const ROLES: [&str; 4] = ["president", "vice_president", "secretary_general", "branch_president"];
const ENDED: &str = "转为随公职任职（章程第十二、十三、十八条）";

struct Appointment {
    id: Uuid,
    person: Uuid,
    role: String,
    street: Option<String>,
    basis: String,
    since: DateTime<Utc>,
}

impl Appointment {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get("", "id")?,
            person: row.try_get("", "person_id")?,
            role: row.try_get("", "role")?,
            street: row.try_get("", "street_code")?,
            basis: row.try_get("", "basis")?,
            since: row.try_get("", "since")?,
        })
    }

    /// The civil day in Shanghai.
    fn from(&self) -> NaiveDate {
        (self.since + Duration::hours(8)).date_naive()
    }
}

pub(super) async fn bring(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let all = Query::select()
        .columns(["id", "person_id", "role", "street_code", "basis", "since"])
        .from("appointment")
        .and_where(Expr::col("until").is_null())
        .and_where(Expr::col("role").is_in(ROLES))
        .order_by("since", Order::Asc)
        .order_by("id", Order::Asc)
        .to_owned();
    let rows = db.query_all(&all).await?;
    let appointed = rows.iter().map(Appointment::read).collect::<Result<Vec<_>, _>>()?;
    let generals: HashSet<Uuid> =
        appointed.iter().filter(|one| one.role == "secretary_general").map(|one| one.person).collect();
    let mut head_of_government = false;
    let mut branches: HashSet<String> = HashSet::new();
    let mut second: HashSet<String> = HashSet::new();
    for one in &appointed {
        match (one.role.as_str(), &one.street) {
            ("president", _) => hold(manager, one, Uuid::from_u128(PARTY_SECRETARY)).await?,
            ("secretary_general", _) => hold(manager, one, Uuid::from_u128(ORGANISATION_HEAD)).await?,
            // The head of organisation is a vice-president by his post.
            ("vice_president", _) if generals.contains(&one.person) => {}
            ("vice_president", _) if !head_of_government => {
                head_of_government = true;
                hold(manager, one, Uuid::from_u128(GOVERNMENT_HEAD)).await?;
            }
            ("vice_president", _) => vice_president_of_the_year(manager, one).await?,
            (_, Some(street)) if branches.insert(street.clone()) => branch(manager, one, street).await?,
            (_, Some(street)) if second.insert(street.clone()) => second_president(manager, one, street).await?,
            _ => {}
        }
    }
    let ended = Query::update()
        .table("appointment")
        .value("until", Expr::current_timestamp())
        .value("ended_basis", ENDED)
        .value("version", Expr::col("version").add(1))
        .and_where(Expr::col("until").is_null())
        .and_where(Expr::col("role").is_in(ROLES))
        .to_owned();
    manager.execute(ended).await
}

pub(super) async fn give_back(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let again = Query::update()
        .table("appointment")
        .value("until", None::<DateTime<Utc>>)
        .value("ended_basis", None::<String>)
        .and_where(Expr::col("ended_basis").eq(ENDED))
        .to_owned();
    manager.execute(again).await
}

async fn post(
    manager: &SchemaManager<'_>,
    of: &Appointment,
    kind: &str,
    name: String,
    street: Option<&str>,
) -> Result<(), DbErr> {
    let row = Query::insert()
        .into_table("post")
        .columns(["id", "kind", "name", "street_code", "recorded_at", "version"])
        .values_panic([of.id.into(), kind.into(), name.into(), street.into(), of.since.into(), 1.into()])
        .to_owned();
    manager.execute(row).await
}

async fn hold(manager: &SchemaManager<'_>, of: &Appointment, post: Uuid) -> Result<(), DbErr> {
    let row = Query::insert()
        .into_table("post_holding")
        .columns(["id", "version", "post_id", "person_id", "brought_along", "valid_from", "basis", "recorded_at"])
        .values_panic([
            of.id.into(),
            1.into(),
            post.into(),
            of.person.into(),
            true.into(),
            of.from().into(),
            of.basis.as_str().into(),
            of.since.into(),
        ])
        .to_owned();
    manager.execute(row).await
}

/// An office that rests on the appointment's own post, or on its person.
async fn tenure(
    manager: &SchemaManager<'_>,
    of: &Appointment,
    (kind, body): (&str, Uuid),
    (post, person): (Option<Uuid>, Option<Uuid>),
    until: Option<NaiveDate>,
) -> Result<(), DbErr> {
    let slot = match (kind, post) {
        ("annual_vice_president_designated", Some(post)) => format!("{kind}:{body}:post:{post}"),
        _ => format!("{kind}:{body}"),
    };
    let row = Query::insert()
        .into_table("office_tenure")
        .columns([
            "id",
            "version",
            "kind",
            "body_id",
            "post_id",
            "person_id",
            "slot",
            "valid_from",
            "valid_until",
            "basis",
            "recorded_at",
        ])
        .values_panic([
            of.id.into(),
            1.into(),
            kind.into(),
            body.into(),
            post.into(),
            person.into(),
            slot.into(),
            of.from().into(),
            until.into(),
            of.basis.as_str().into(),
            of.since.into(),
        ])
        .to_owned();
    manager.execute(row).await
}

/// Article 12: for the year in which the appointment began or, where that is over, the one in which it is
/// brought along.
async fn vice_president_of_the_year(manager: &SchemaManager<'_>, of: &Appointment) -> Result<(), DbErr> {
    let now = manager.get_connection().query_one(&Query::select().expr(Expr::current_timestamp()).to_owned()).await?;
    let now: Option<DateTime<Utc>> = now.and_then(|row| row.try_get_by_index(0).ok());
    let year = now.map_or(of.from().year(), |now| Ord::max((now + Duration::hours(8)).year(), of.from().year()));
    post(manager, of, "standing_committee_member", format!("副会长（{} {}）", of.basis, of.id), None).await?;
    hold(manager, of, of.id).await?;
    let until = NaiveDate::from_ymd_opt(year + 1, 1, 1);
    tenure(manager, of, ("annual_vice_president_designated", COUNCIL), (Some(of.id), None), until).await
}

/// Article 18: the branch of the street, whose party secretary is its president.
async fn branch(manager: &SchemaManager<'_>, of: &Appointment, street: &str) -> Result<(), DbErr> {
    let body = Query::insert()
        .into_table("body")
        .columns(["id", "kind", "code", "name", "street_code", "version"])
        .values_panic([
            of.id.into(),
            "branch".into(),
            street.into(),
            format!("街道分会（{street}）").into(),
            street.into(),
            1.into(),
        ])
        .to_owned();
    manager.execute(body).await?;
    post(manager, of, "street_secretary", format!("街道党工委书记（{street}）"), Some(street)).await?;
    hold(manager, of, of.id).await?;
    tenure(manager, of, ("branch_president", of.id), (Some(of.id), None), None).await
}

/// Article 18 knows a second president beside the secretary.
async fn second_president(manager: &SchemaManager<'_>, of: &Appointment, street: &str) -> Result<(), DbErr> {
    let body = Query::select().column("id").from("body").and_where(Expr::col("street_code").eq(street)).to_owned();
    let Some(found) = manager.get_connection().query_one(&body).await? else { return Ok(()) };
    let body: Uuid = found.try_get("", "id")?;
    tenure(manager, of, ("branch_co_president", body), (None, Some(of.person)), None).await
}
