//! The directory: 100,000 units, searched by two characters and by initials, one page, ours beside the bare
//! server with the best statement that we know.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use super::database::Kind;
use super::load::{Random, Script, rate, request};
use super::process::Server;
use super::report::verdict;
use super::{Bench, bare, data, ours};
use crate::{Result, workspace};

const NAME: &str = "gongjian_bench_directory";
const PAGE: usize = 50;
const PATIENCE: Duration = Duration::from_secs(20);
const TARGET: f64 = 0.5;

const PLACES: [&str; 12] =
    ["云栖", "青禾", "滨江", "松涛", "书院", "金桂", "望湖", "晨光", "文澜", "重庆", "厦门", "长安"];
const WORDS: [&str; 16] = [
    "材料", "教育", "医疗", "数字", "生物", "环境", "建筑", "交通", "文化", "金融", "能源", "农业", "航空", "海洋",
    "软件", "机械",
];
const KINDS: [&str; 8] =
    ["研究院", "科技有限公司", "学院", "第一医院", "设计院", "银行支行", "服务中心", "股份有限公司"];

/// What is searched for; each is one term of the index and finds hundreds to tens of thousands.
const CHARACTERS: [&str; 6] = ["医疗", "学院", "公司", "航空", "银行", "研究"];
const INITIALS: [&str; 6] = ["yjy", "sjy", "yhz", "hky", "jyx", "kjy"];

/// `docs/benchmarks-directory.md`
pub fn write(bench: &Bench, units: u32, lines: &[String]) -> Result {
    let text = format!(
        "# Benchmark of the directory\n\n\
         Written by `cargo xtask bench --directory --write`. {units} units, searched by one of six words or six initials, one \
         page of {PAGE}: the release server and a bare actix + sqlx server with the best statement that we know, on the \
         same database in the same run, {} interleaved rounds of {} s with {} connections. Medians; the target is {TARGET} \
         of the bare server.\n\n{}\n",
        bench.rounds,
        bench.seconds,
        bench.connections,
        lines.iter().map(|line| format!("* {line}")).collect::<Vec<_>>().join("\n")
    );
    std::fs::write(workspace::root().join("docs/benchmarks-directory.md"), text)?;
    Ok(())
}

/// A line for each way of searching.
pub async fn run(bench: &Bench, units: u32, kind: Kind) -> Result<Vec<String>> {
    let (url, secret) = seed(bench, units, kind).await?;
    let ours = ours::start(&url, &secret)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "--directory", "0", "--serve-bare", &url]);
    let bare = Server::start(command, bare::ADDRESS, PATIENCE)?;
    let mut lines = Vec::new();
    for (name, queries) in [("two characters", CHARACTERS), ("pinyin initials", INITIALS)] {
        compare(&queries).await?;
        let (mut ratios, mut rates) = (Vec::new(), Vec::new());
        for round in 0..=bench.rounds {
            let length = Duration::from_secs_f64(if round == 0 { 0.5 } else { bench.seconds });
            let token = ours::log_in("secretariat").await?;
            let own = rate(ours::ADDRESS, &script(queries, Some(token)), bench.connections, length).await?;
            let other = rate(bare::ADDRESS, &script(queries, None), bench.connections, length).await?;
            if round > 0 {
                ratios.push(own / other);
                rates.push(own);
            }
        }
        let (ratio, rate) = (median(ratios), median(rates));
        let line = format!(
            "{}, {name}: {rate:.0}/s, {ratio:.2} of the bare server ({})",
            kind.name(),
            verdict(ratio >= TARGET)
        );
        println!("{line}");
        lines.push(line);
    }
    bare.stop()?;
    ours.stop()?;
    Ok(lines)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn path(q: &str) -> String {
    let encoded: String = q.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/v1/units?limit={PAGE}&q={encoded}")
}

fn script(queries: [&'static str; 6], token: Option<String>) -> Script {
    Script::Read(Arc::new(move |random| {
        let q = random.pick(&queries).copied().unwrap_or_default();
        request("GET", &path(q), token.as_deref(), "", "")
    }))
}

/// Both answer the same rows, and some.
async fn compare(queries: &[&str]) -> Result {
    let token = ours::log_in("secretariat").await?;
    for q in queries {
        let own = ours::call(ours::ADDRESS, &request("GET", &path(q), Some(&token), "", "")).await?;
        let other = ours::call(bare::ADDRESS, &request("GET", &path(q), None, "", "")).await?;
        if own["data"] != other["data"] || own["data"].as_array().is_none_or(Vec::is_empty) {
            return Err(format!("the servers differ on {q}:\n{own}\n{other}").into());
        }
    }
    Ok(())
}

/// A database with the demo and so many units more; the server indexes them when it starts.
async fn seed(bench: &Bench, units: u32, kind: Kind) -> Result<(String, std::path::PathBuf)> {
    let folder = tempfile::tempdir()?.keep();
    let secret = folder.join("secret");
    std::fs::write(&secret, "a secret of a benchmark that guards nothing at all: 8fK2-x")?;
    std::fs::create_dir_all(workspace::root().join("target/bench"))?;
    let url = match kind {
        Kind::Sqlite => format!("sqlite://{}", folder.join("directory.db").display()),
        Kind::Postgres => {
            let mut admin = PgConnection::connect(&bench.postgres).await?;
            for statement in [format!("DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"), format!("CREATE DATABASE {NAME}")]
            {
                admin.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await?;
            }
            let server = bench.postgres.rsplit_once('/').ok_or("the URL names no database")?.0;
            format!("{server}/{NAME}")
        }
    };
    data::district(&url, &secret).await?;
    let rows: Vec<String> = (0..units).map(|number| unit(number, kind)).collect();
    let statements = rows.chunks(500).map(|rows| format!("INSERT INTO unit ({COLUMNS}) VALUES {}", rows.join(",")));
    let all = std::iter::once("BEGIN".to_owned()).chain(statements).chain(["COMMIT".to_owned(), "ANALYZE".to_owned()]);
    match kind {
        Kind::Sqlite => {
            let mut connection = SqliteConnection::connect(&url).await?;
            for statement in all.filter(|statement| statement != "ANALYZE") {
                connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await?;
            }
            connection.close().await?;
        }
        Kind::Postgres => {
            let mut connection = PgConnection::connect(&url).await?;
            for statement in all {
                connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await?;
            }
            connection.close().await?;
        }
    }
    let started = std::time::Instant::now();
    ours::start(&url, &secret)?.stop()?;
    println!("{}: indexed at the first start in {:.1} s", kind.name(), started.elapsed().as_secs_f64());
    if kind == Kind::Postgres {
        let mut connection = PgConnection::connect(&url).await?;
        connection.execute("VACUUM (ANALYZE)").await?;
        connection.close().await?;
    }
    Ok((url, secret))
}

const COLUMNS: &str = "id, member_no, name, name_key, unit_type, affiliation_level, credit_code_exempt_reason, \
     street_code, zone_codes, address, party_org_name, party_org_kind, handles_issues, status, joined_on, version, \
     created_at, updated_at";

fn unit(number: u32, kind: Kind) -> String {
    let mut random = Random(number.into());
    let mut pick = |from: &[&'static str]| random.pick(from).copied().unwrap_or_default();
    let name = format!("{}{}{}{number}", pick(&PLACES), pick(&WORDS), pick(&KINDS));
    let id =
        uuid::Builder::from_random_bytes(u128::from(Random(number.into()).next() ^ u64::from(number)).to_be_bytes())
            .into_uuid();
    let id = match kind {
        Kind::Sqlite => format!("X'{}'", id.simple()),
        Kind::Postgres => format!("'{}'", id),
    };
    let member_no = format!("BM-{number:06}");
    let street = pick(&["990106003", "990106004", "990106007"]);
    format!(
        "({id},'{member_no}','{name}','{name}','research','district','筹建期间尚未取得代码','{street}','[]','示例路{number}号',\
         '中共某单位党组','party_group',FALSE,'active','2024-06-30',1,'2024-06-30T00:00:00+00:00','2024-06-30T00:00:00+00:00')"
    )
}
