//! `gongjian migrate`

use super::out;
use crate::config::Config;
use crate::database;
use crate::failure::Result;

#[derive(Debug, clap::Args)]
pub(super) struct Migrate {
    /// Only say what has been applied and what is pending
    #[arg(long)]
    status: bool,
}

impl Migrate {
    pub(super) async fn run(&self, config: &Config) -> Result<()> {
        let db = if self.status { database::existing(config).await? } else { database::migrate(config).await? };
        for name in database::applied(&db).await? {
            out::line(&format!("applied  {name}"));
        }
        for name in database::pending(&db).await? {
            out::line(&format!("pending  {name}"));
        }
        db.close().await;
        Ok(())
    }
}
