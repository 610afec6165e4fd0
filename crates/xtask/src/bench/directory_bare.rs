//! The bare server of the directory: one statement, one page.

use actix_web::{App, HttpResponse, HttpServer, error, get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::query_as;
use uuid::Uuid;

use super::bare::ADDRESS;
use super::database::{self, Kind};
use crate::Result;

const PAGE: &str = "SELECT unit.id, unit.member_no, unit.name, unit.unit_type, unit.affiliation_level, unit.street_code, \
     unit.handles_issues, unit.status, unit.joined_on FROM unit_term CROSS JOIN unit \
     WHERE unit_term.term = $1 AND unit.member_no = unit_term.member_no ORDER BY unit_term.member_no LIMIT $2";

type Row = (Uuid, String, String, String, String, String, bool, String, Option<NaiveDate>);

#[derive(Debug, Deserialize)]
struct Wanted {
    limit: i64,
    q: String,
}

#[derive(Debug, Serialize)]
struct Unit {
    id: Uuid,
    member_no: String,
    name: String,
    unit_type: String,
    affiliation_level: String,
    street_code: String,
    handles_issues: bool,
    status: String,
    joined_on: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct Page {
    data: Vec<Unit>,
    has_more: bool,
    next_cursor: Option<String>,
}

fn page(rows: Vec<Row>, limit: usize) -> Page {
    let has_more = rows.len() > limit;
    let units = rows.into_iter().take(limit).map(|row| {
        let (id, member_no, name, unit_type, affiliation_level, street_code, handles_issues, status, joined_on) = row;
        Unit { id, member_no, name, unit_type, affiliation_level, street_code, handles_issues, status, joined_on }
    });
    let data: Vec<Unit> = units.collect();
    let next_cursor = data.last().filter(|_| has_more).map(|unit| unit.member_no.clone());
    Page { data, has_more, next_cursor }
}

macro_rules! server {
    ($database:ident, $pool:ty) => {
        mod $database {
            use super::*;

            #[get("/v1/units")]
            async fn list(
                reader: web::Data<$pool>,
                wanted: web::Query<Wanted>,
            ) -> std::result::Result<HttpResponse, actix_web::Error> {
                let found =
                    query_as::<_, Row>(PAGE).bind(&wanted.q).bind(wanted.limit + 1).fetch_all(reader.get_ref()).await;
                let rows = found.map_err(error::ErrorInternalServerError)?;
                Ok(HttpResponse::Ok().json(page(rows, usize::try_from(wanted.limit).unwrap_or_default())))
            }

            pub fn configure(config: &mut web::ServiceConfig) {
                config.service(list);
            }
        }
    };
}

server!(sqlite, sqlx::SqlitePool);
server!(postgres, sqlx::PgPool);

/// Serves until it is killed.
pub fn serve(url: &str) -> Result {
    macro_rules! run {
        ($database:ident, $pools:expr) => {{
            let (_writer, reader) = $pools;
            let reader = web::Data::new(reader);
            let app = move || App::new().app_data(reader.clone()).configure($database::configure);
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
