//! `gongjian demo`: the fictional district, with the clock at the end of its year.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use gongjian_identity::Identity;
use gongjian_identity::account::{self, AccountFilter};
use gongjian_kernel::clock::{Clock as _, SetClock, ShiftedClock};
use gongjian_kernel::id::RandomIds;
use gongjian_kernel::{Act, Store};
use indicatif::{ProgressBar, ProgressStyle};

use super::{out, serve};
use crate::config::{Config, Hidden};
use crate::database::{Presence, Turn, prepare};
use crate::demo;
use crate::fact::Fact;
use crate::failure::{Failure, Result};
use crate::listener::Listeners;
use crate::start::{self, SOURCES};

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// The instant at which the demo starts
    #[arg(long, default_value = "2026-11-20T10:00:00+08:00", value_name = "INSTANT")]
    as_of: DateTime<FixedOffset>,
    /// Begin anew: removes the demo's own database first
    #[arg(long)]
    fresh: bool,
}

const DATABASE: &str = "sqlite://gongjian-demo.db";
const LOADED: Fact = Fact("demo");

impl Demo {
    pub(super) async fn run(&self, mut config: Config) -> Result<()> {
        let own = config.database.is_default();
        if own {
            config.database.url = Some(Hidden::new(DATABASE));
        }
        if self.fresh && !own {
            return Err(Failure::settings("--fresh removes the demo's own database only; DATABASE_URL names another"));
        }
        let signals = serve::Signals::new()?;
        let listeners = Listeners::bind(&config, true)?;
        let config = listeners.settings(&config);
        let clock = Arc::new(SetClock::at(self.as_of.to_utc()));
        let turn = Turn::take(&config).await?;
        let ready = async {
            if let Some(file) = config.database.sqlite_file()?.filter(|_| self.fresh) {
                Presence::nobody(&file)?;
                remove(&file)?;
            }
            let (store, identity) = self.ready(&turn, &config, clock.clone()).await?;
            Ok::<_, Failure>((store, identity, Presence::announce(&config)?))
        }
        .await;
        turn.end().await;
        let (mut store, identity, presence) = ready?;
        store.clock = Arc::new(ShiftedClock::starting_at(clock.now().max(self.as_of.to_utc())));
        let running = start::serve(&config, listeners, presence, store, identity, true)?;
        accounts();
        serve::until_asked_to_stop(running, signals).await
    }

    /// The district is loaded into an empty database, once.
    async fn ready(&self, turn: &Turn, config: &Config, clock: Arc<SetClock>) -> Result<(Store, Identity)> {
        let store = prepare(turn, config, clock.clone(), Arc::new(RandomIds)).await?;
        let identity = Identity::new(&store.keys, config.identity_settings(), SOURCES)?;
        match LOADED.read(&store.db).await?.as_deref() {
            Some("loaded") => return Ok((store, identity)),
            Some(_) => {
                return Err(Failure::new("loading the demo was interrupted; begin anew with `gongjian demo --fresh`"));
            }
            None => {}
        }
        let actor = Act::by_rule(&store).actor;
        if !account::list(&store, &identity, &actor, &AccountFilter::default(), None, 1).await?.rows.is_empty() {
            return Err(Failure::new("this database is in use; the demo wants an empty one"));
        }
        LOADED.set(&store.db, "loading").await?;
        let progress = ProgressBar::new(0).with_style(style()?);
        demo::load(&store, &identity, &clock, &progress).await?;
        progress.finish_and_clear();
        LOADED.set(&store.db, "loaded").await?;
        Ok((store, identity))
    }
}

fn style() -> Result<ProgressStyle> {
    ProgressStyle::with_template("{msg:24} [{bar:40}] {pos}/{len}").map_err(|error| Failure::new(error.to_string()))
}

fn remove(database: &Path) -> Result<()> {
    for extension in ["db", "db-wal", "db-shm", "secret", "checkpoints"] {
        let file = database.with_extension(extension);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::new(format!("cannot remove {}: {error}", file.display())));
            }
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

fn accounts() {
    out::line("演示账号 Accounts of the demo");
    for (username, what) in demo::ACCOUNTS {
        out::line(&format!("  {username:18} {what}"));
    }
    out::line(&format!("  密码 password     {}\n", demo::PASSWORD));
}
