//! What is measured, in interleaved rounds.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::sleep;

use super::database::{Ground, Kind};
use super::load::{Script, rate, request};
use super::process::Server;
use super::report::{Figures, Report, Sample};
use super::{Bench, bare, data, ours};
use crate::Result;

const PAGE: usize = 50;
const DEEP: usize = 100_000;
/// The largest page that the API gives, for walking to the deep one.
const STRIDE: usize = 200;
const SETTLE: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(20);

/// The two servers on the same data.
struct Pair {
    ground: Ground,
    ours: Server,
    bare: Server,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Ours,
    Bare,
}

/// Tokens for ours; the bare server asks for none.
struct Tokens {
    secretariat: String,
    liaison: String,
}

impl Tokens {
    async fn fresh() -> Result<Self> {
        Ok(Self { secretariat: ours::log_in("secretariat").await?, liaison: ours::log_in("liaison057").await? })
    }
}

pub async fn run(bench: &Bench, kind: Kind) -> Result<Report> {
    let ground = Ground::prepare(bench, kind).await?;
    let ours = ours::start(&ground.url, &ground.secret)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "--serve-bare", &ground.url]);
    let bare = Server::start(command, bare::ADDRESS, PATIENCE)?;
    let pair = Pair { ground, ours, bare };
    let tokens = Tokens::fresh().await?;
    let walk = walk(&tokens.secretariat, bench.issues as usize / 2).await?;
    compare(&tokens.secretariat, &walk).await?;

    let mut report = Report::new(kind);
    for round in 0..=bench.rounds {
        // The first round warms both up.
        let length = Duration::from_secs_f64(if round == 0 { 0.5 } else { bench.seconds });
        let tokens = Tokens::fresh().await?;
        let mut figures = Figures::default();
        for (at, (name, sample)) in figures.each().into_iter().enumerate() {
            let sides = if (round + at) % 2 == 0 { [Side::Ours, Side::Bare] } else { [Side::Bare, Side::Ours] };
            for side in sides {
                let script = script(name, side, &tokens, &walk);
                let measured = measure(&pair, side, &script, bench.connections, length).await?;
                match side {
                    Side::Ours => sample.0 = measured,
                    Side::Bare => sample.1 = measured,
                }
                sleep(SETTLE).await;
            }
        }
        if round > 0 {
            report.rounds.push(figures);
        }
    }
    report.memory = pair.ours.memory();
    report.bare_memory = pair.bare.memory();
    pair.bare.stop()?;
    pair.ours.stop()?;
    Ok(report)
}

async fn measure(pair: &Pair, side: Side, script: &Script, connections: usize, length: Duration) -> Result<Sample> {
    let (server, address, application) = match side {
        Side::Ours => (&pair.ours, ours::ADDRESS, "gongjian"),
        Side::Bare => (&pair.bare, bare::ADDRESS, "bare"),
    };
    let (server_before, database_before) = (server.cpu_seconds(), pair.ground.backend_seconds(application).await?);
    let rate = rate(address, script, connections, length).await?;
    let answered = rate * length.as_secs_f64();
    let per_request = |seconds: f64| seconds.max(0.0) * 1e6 / answered.max(1.0);
    Ok(Sample {
        rate,
        server_micros: per_request(server.cpu_seconds() - server_before),
        database_micros: per_request(pair.ground.backend_seconds(application).await? - database_before),
    })
}

/// What walking through the whole list finds: ids to ask for, and the cursor of a deep page.
struct Walk {
    ids: Arc<[String]>,
    cursor: String,
    deep_id: String,
}

async fn walk(token: &str, most: usize) -> Result<Walk> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    while ids.len() < DEEP.min(most) {
        let after = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
        let path = format!("/v1/issues?limit={STRIDE}{after}");
        let page = ours::call(ours::ADDRESS, &request("GET", &path, Some(token), "", "")).await?;
        let rows = page.get("data").and_then(Value::as_array).ok_or_else(|| format!("no page: {page}"))?;
        ids.extend(rows.iter().filter_map(|row| row.get("id")?.as_str().map(str::to_owned)));
        cursor = page.get("next_cursor").and_then(Value::as_str).ok_or("the ledger ended early")?.to_owned();
    }
    let deep_id = ids.last().cloned().unwrap_or_default();
    Ok(Walk { ids: ids.into(), cursor, deep_id })
}

fn script(name: &str, side: Side, tokens: &Tokens, walk: &Walk) -> Script {
    let (secretariat, liaison) = match side {
        Side::Ours => (Some(tokens.secretariat.clone()), Some(tokens.liaison.clone())),
        Side::Bare => (None, None),
    };
    let list = |after: String| {
        let text = request("GET", &format!("/v1/issues?limit={PAGE}{after}"), secretariat.as_deref(), "", "");
        Script::Read(Arc::new(move |_| text.clone()))
    };
    match name {
        Figures::ONE => {
            let ids = walk.ids.clone();
            Script::Read(Arc::new(move |random| {
                let id = random.pick(&ids).map_or("", String::as_str);
                request("GET", &format!("/v1/issues/{id}"), secretariat.as_deref(), "", "")
            }))
        }
        Figures::FIRST => list(String::new()),
        Figures::DEEP => list(match side {
            Side::Ours => format!("&cursor={}", walk.cursor),
            Side::Bare => format!("&cursor={}", walk.deep_id),
        }),
        _ => Script::SubmitAndRegister {
            submit: request("POST", "/v1/issues", liaison.as_deref(), "", &data::submission()),
            register: Arc::new(move |path| {
                let path = format!("{path}/register");
                request("POST", &path, secretariat.as_deref(), "if-match: \"1\"\r\n", "{}")
            }),
        },
    }
}

/// Both servers must answer the same, lights and allowed actions aside.
async fn compare(token: &str, walk: &Walk) -> Result {
    let same = async |ours_path: &str, bare_path: &str| {
        let one = ours::call(ours::ADDRESS, &request("GET", ours_path, Some(token), "", "")).await?;
        let other = ours::call(bare::ADDRESS, &request("GET", bare_path, None, "", "")).await?;
        if plain(one.clone()) == plain(other.clone()) {
            Ok(())
        } else {
            Err(format!("the servers differ on {ours_path}:\n{one}\n{other}").into())
        }
    };
    for id in walk.ids.iter().step_by(walk.ids.len().div_ceil(20)) {
        let path = format!("/v1/issues/{id}");
        same(&path, &path).await?;
    }
    let page = format!("/v1/issues?limit={PAGE}");
    same(&page, &page).await?;
    same(&format!("{page}&cursor={}", walk.cursor), &format!("{page}&cursor={}", walk.deep_id)).await
}

/// The answer without what only rules can say, and without the cursor, which ours signs.
fn plain(mut answer: Value) -> Value {
    let mut strip = |value: &mut Value| {
        if let Some(object) = value.as_object_mut() {
            for name in ["light", "allowed_actions", "next_cursor"] {
                object.remove(name);
            }
        }
    };
    strip(&mut answer);
    answer.get_mut("data").and_then(Value::as_array_mut).into_iter().flatten().for_each(&mut strip);
    answer
}
