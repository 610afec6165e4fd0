//! The bare server: actix and sqlx, the statements of ours, the JSON of ours; no account, no policy, no
//! middleware, no ORM. What a team could not undercut with the same libraries.

use actix_web::{App, HttpResponse, HttpServer, error, get, http::header, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::clock::{Clock as _, SystemClock};
use gongjian_kernel::id::{IdSource as _, RandomIds};
use gongjian_kernel::search;
use serde::Deserialize;
use sqlx::{FromRow as _, query, query_as, query_with};
use uuid::Uuid;

use super::database::{self, Kind};
use super::rows::{Card, Issue};
use super::wire::{CardView, IssueView, Names, Page};
use super::{ours, statements as sql};
use crate::Result;

type Assist = (Uuid, Uuid, NaiveDate);

type Answer = std::result::Result<HttpResponse, actix_web::Error>;

/// Where the bare server listens.
pub const ADDRESS: &str = "127.0.0.1:18732";

const YEAR: i32 = 2026;
const CLOCK: &str = r#"[{"reason":"registered","started_on":"2026-11-20","workdays":10,"due_on":"2026-12-04","calendar":"2026v1","recorded_on":"2026-11-20"}]"#;

#[derive(Debug, Deserialize)]
struct PageQuery {
    limit: i64,
    cursor: Option<Uuid>,
}

#[derive(Debug, Deserialize)]
struct Submission {
    kind: String,
    category: String,
    title: String,
    detail: String,
}

fn failed(fault: impl std::fmt::Debug + std::fmt::Display + 'static) -> actix_web::Error {
    error::ErrorInternalServerError(fault)
}

fn day(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(YEAR, 11, day)
}

fn submitted(new: Submission, number: i64, unit: Uuid, now: DateTime<Utc>) -> Issue {
    Issue {
        id: RandomIds.next(),
        status: "submitted".to_owned(),
        intake_no: Some(format!("{}-{YEAR}-{number:04}", ours::INTAKE)),
        ledger_no: None,
        voided_no: None,
        kind: new.kind,
        urgency: "normal".to_owned(),
        category: new.category,
        title: new.title,
        detail: new.detail,
        goal: None,
        level: "district".to_owned(),
        street_code: Some("990106007".to_owned()),
        committee_code: None,
        attachments: "[]".to_owned(),
        submitter_unit_id: unit,
        submitter_name: "联络员057".to_owned(),
        created_at: now,
        submitted_on: day(20),
        registered_on: None,
        registered_month: None,
        lead_unit_id: None,
        dispatched_on: None,
        sign_due_on: None,
        signed_on: None,
        designated: false,
        return_count: 0,
        round: 1,
        round_started_on: None,
        limit_workdays: 0,
        base_due_on: None,
        due_on: None,
        due_estimated: false,
        extension_workdays: 0,
        extension_pending: None,
        extension_count: 0,
        clock: "[]".to_owned(),
        review_on: None,
        suspension_reason: None,
        forum: None,
        meeting_no: None,
        replied_on: None,
        outcome: None,
        reply: None,
        measures: None,
        reply_signed_by: None,
        handling_workdays: None,
        confirm_due_on: None,
        contacted: None,
        solved: None,
        satisfaction: None,
        feedback_comment: None,
        feedback_excluded: None,
        closure_basis: None,
        ruling: None,
        confirmed_on: None,
        closed_on: None,
        reject_ground: None,
        reject_reason: None,
        reject_channel: None,
        merged_into: None,
        urge_count: 0,
        supervision_level: None,
        version: 1,
        updated_at: now,
        automatic_reopenings: 0,
        instructions: None,
        return_reason: None,
        suggested_unit_id: None,
        extension_reason: None,
        meeting_workdays: 0,
        suspension_plan: None,
        reply_attachments: None,
    }
}

macro_rules! server {
    ($database:ident, $pool:ty, $begin:literal, $lock:expr) => {
        mod $database {
            use super::*;

            pub struct Bare {
                reader: $pool,
                writer: $pool,
                names: Names,
                unit: Uuid,
            }

            impl Bare {
                pub async fn new((writer, reader): ($pool, $pool)) -> sqlx::Result<Self> {
                    let units: Vec<(Uuid, String)> = query_as(sql::UNITS).fetch_all(&reader).await?;
                    let unit = units.first().map(|(id, _)| *id).unwrap_or_default();
                    Ok(Self { reader, writer, names: units.into_iter().collect(), unit })
                }
            }

            #[get("/v1/issues/{id}")]
            async fn one(bare: web::Data<Bare>, id: web::Path<Uuid>) -> Answer {
                let row = query(sql::ISSUE).bind(*id).fetch_one(&bare.reader).await.map_err(failed)?;
                let issue = Issue::from_row(&row).map_err(failed)?;
                let assisting = if issue.dispatched_on.is_some() {
                    query_as(sql::ASSISTING).bind(*id).fetch_all(&bare.reader).await.map_err(failed)?
                } else {
                    Vec::new()
                };
                let assisting = assisting.into_iter().map(|(_, unit, _): Assist| unit).collect();
                Ok(HttpResponse::Ok().json(IssueView::of(&issue, &bare.names, assisting)?))
            }

            #[get("/v1/issues")]
            async fn list(bare: web::Data<Bare>, wanted: web::Query<PageQuery>) -> Answer {
                let limit = wanted.limit + 1;
                let found = match wanted.cursor {
                    None => query_as(sql::FIRST_PAGE).bind("draft").bind(limit).fetch_all(&bare.reader).await,
                    Some(after) => {
                        query_as(sql::NEXT_PAGE).bind("draft").bind(after).bind(limit).fetch_all(&bare.reader).await
                    }
                };
                let mut cards: Vec<Card> = found.map_err(failed)?;
                let has_more = cards.len() as i64 == limit;
                cards.truncate(wanted.limit as usize);
                let data: Vec<CardView<'_>> =
                    cards.iter().map(|card| CardView::of(card, &bare.names)).collect::<serde_json::Result<_>>()?;
                let next_cursor = cards.last().filter(|_| has_more).map(|card| card.id.to_string());
                Ok(HttpResponse::Ok().json(Page { data, has_more, next_cursor }))
            }

            #[post("/v1/issues")]
            async fn submit(bare: web::Data<Bare>, new: web::Json<Submission>) -> Answer {
                let issue = enter(&bare, new.into_inner()).await.map_err(failed)?;
                let location = (header::LOCATION, format!("/v1/issues/{}", issue.id));
                let view = IssueView::of(&issue, &bare.names, Vec::new())?;
                Ok(HttpResponse::Created().insert_header(location).json(view))
            }

            async fn enter(bare: &Bare, new: Submission) -> sqlx::Result<Issue> {
                let now = SystemClock.now();
                let mut tx = bare.writer.begin_with($begin).await?;
                query(sql::UNIT).bind(bare.unit).bind(1_i64).fetch_one(&mut *tx).await?;
                let (.., number) = query_as::<_, (String, String, i32, i64)>(sql::NUMBER)
                    .bind(ours::INTAKE)
                    .bind(ours::BODY)
                    .bind(YEAR)
                    .bind(1_i64)
                    .bind(1_i32)
                    .fetch_one(&mut *tx)
                    .await?;
                let issue = submitted(new, number, bare.unit, now);
                let arguments = issue.$database().map_err(sqlx::Error::Encode)?;
                query_with(sql::INSERT_ISSUE, arguments).execute(&mut *tx).await?;
                let tokens = search::tokens(&format!("{}\n{}", issue.title, issue.detail));
                query(sql::INSERT_SEARCH).bind(issue.id).bind(tokens).execute(&mut *tx).await?;
                let data = format!(
                    r#"{{"from":null,"number":"{}","round":1,"title":"{}","to":"submitted","unit_id":"{}"}}"#,
                    issue.intake_no.as_deref().unwrap_or_default(),
                    issue.title,
                    issue.submitter_unit_id
                );
                audit(&mut tx, "issue.submitted", issue.id, now, data).await?;
                tx.commit().await?;
                Ok(issue)
            }

            #[post("/v1/issues/{id}/register")]
            async fn register(bare: web::Data<Bare>, id: web::Path<Uuid>) -> Answer {
                let (issue, assisting) = number(&bare, *id).await.map_err(failed)?;
                Ok(HttpResponse::Ok().json(IssueView::of(&issue, &bare.names, assisting)?))
            }

            async fn number(bare: &Bare, id: Uuid) -> sqlx::Result<(Issue, Vec<Uuid>)> {
                let now = SystemClock.now();
                let mut tx = bare.writer.begin_with($begin).await?;
                let mut issue: Issue = query_as($lock).bind(id).fetch_one(&mut *tx).await?;
                let assisting: Vec<Assist> = query_as(sql::ASSISTING).bind(id).fetch_all(&mut *tx).await?;
                let (.., number) = query_as::<_, (String, String, i32, i64)>(sql::NUMBER)
                    .bind(ours::LEDGER)
                    .bind(ours::BODY)
                    .bind(YEAR)
                    .bind(1_i64)
                    .bind(1_i32)
                    .fetch_one(&mut *tx)
                    .await?;
                let before = issue.version;
                issue.status = "registered".to_owned();
                issue.ledger_no = Some(format!("{}-{YEAR}-{number:04}", ours::LEDGER));
                issue.registered_on = day(20);
                issue.registered_month = Some("2026-11".to_owned());
                issue.round_started_on = issue.registered_on;
                issue.limit_workdays = 10;
                issue.base_due_on = NaiveDate::from_ymd_opt(YEAR, 12, 4);
                issue.due_on = issue.base_due_on;
                issue.clock = CLOCK.to_owned();
                issue.version += 1;
                issue.updated_at = now;
                query(sql::REGISTER)
                    .bind(&issue.status)
                    .bind(&issue.ledger_no)
                    .bind(issue.registered_on)
                    .bind(&issue.registered_month)
                    .bind(issue.round_started_on)
                    .bind(issue.limit_workdays)
                    .bind(issue.base_due_on)
                    .bind(issue.due_on)
                    .bind(&issue.clock)
                    .bind(issue.version)
                    .bind(issue.updated_at)
                    .bind(id)
                    .bind(before)
                    .execute(&mut *tx)
                    .await?;
                let number = issue.ledger_no.as_deref().unwrap_or_default();
                let data = format!(
                    r#"{{"due_on":"2026-12-04","from":"submitted","ledger_no":"{number}","limit_workdays":10,"number":"{number}","round":1,"to":"registered"}}"#
                );
                audit(&mut tx, "issue.registered", id, now, data).await?;
                tx.commit().await?;
                Ok((issue, assisting.into_iter().map(|(_, unit, _)| unit).collect()))
            }

            /// The three statements of the audit trail, with a hash that is none: hashing is ours to pay.
            async fn audit(
                tx: &mut sqlx::Transaction<'_, <$pool as Db>::Database>,
                kind: &str,
                subject: Uuid,
                now: DateTime<Utc>,
                data: String,
            ) -> sqlx::Result<()> {
                let (_, seq, hash, seal) = query_as::<_, (i32, i64, String, String)>(sql::AUDIT_SEQ)
                    .bind(1_i64)
                    .bind(1_i32)
                    .fetch_one(&mut **tx)
                    .await?;
                query(sql::AUDIT_EVENT)
                    .bind(seq)
                    .bind(RandomIds.next())
                    .bind(now)
                    .bind(kind)
                    .bind("issue")
                    .bind(subject)
                    .bind(Some(subject))
                    .bind("联络员057")
                    .bind(Some(subject))
                    .bind("member_liaison")
                    .bind(Some("127.0.0.1"))
                    .bind(None::<String>)
                    .bind(RandomIds.next())
                    .bind(true)
                    .bind(data)
                    .bind(&hash)
                    .bind(&hash)
                    .execute(&mut **tx)
                    .await?;
                query(sql::AUDIT_HEAD).bind(hash).bind(seal).bind(1_i32).execute(&mut **tx).await?;
                Ok(())
            }

            pub fn configure(config: &mut web::ServiceConfig) {
                config.service(one).service(list).service(submit).service(register);
            }
        }
    };
}

/// The database that a pool belongs to.
trait Db {
    type Database: sqlx::Database;
}

impl<D: sqlx::Database> Db for sqlx::Pool<D> {
    type Database = D;
}

server!(sqlite, sqlx::SqlitePool, "BEGIN IMMEDIATE", sql::ISSUE);
server!(postgres, sqlx::PgPool, "BEGIN", sql::LOCK);

/// Serves until it is killed.
pub fn serve(url: &str) -> Result {
    macro_rules! run {
        ($database:ident, $pools:expr) => {{
            let bare = web::Data::new($database::Bare::new($pools).await?);
            let app = move || App::new().app_data(bare.clone()).configure($database::configure);
            HttpServer::new(app).bind(ADDRESS)?.run().await?;
        }};
    }
    actix_web::rt::System::new().block_on(async {
        match Kind::of(url) {
            Kind::Sqlite => run!(sqlite, database::sqlite_pools(url).await?),
            Kind::Postgres => run!(postgres, database::postgres_pools(url).await?),
        }
        Ok(())
    })
}
