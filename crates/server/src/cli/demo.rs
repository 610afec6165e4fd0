//! `gongjian demo`

use crate::config::Config;
use crate::failure::Result;

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// The instant at which the demo starts
    #[arg(long, default_value = "2026-11-20T10:00:00+08:00", value_name = "INSTANT")]
    as_of: chrono::DateTime<chrono::FixedOffset>,
    /// Begin anew: removes the demo's own database first
    #[arg(long)]
    fresh: bool,
}

impl Demo {
    pub(super) async fn run(&self, config: Config) -> Result<()> {
        let _ = (config, self.as_of, self.fresh);
        Ok(())
    }
}
