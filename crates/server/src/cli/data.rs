//! `gongjian data`

use std::sync::Arc;

use gongjian_identity::person::reseal;
use gongjian_kernel::clock::SystemClock;
use gongjian_kernel::id::RandomIds;

use super::out;
use crate::config::Config;
use crate::database;
use crate::failure::{Failure, Result};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Data {
    /// Seal all phone numbers with the current data key; beside running servers, and again where it was stopped
    Reseal,
}

impl Data {
    pub(super) async fn run(&self, config: &Config) -> Result<()> {
        let Self::Reseal = self;
        let store = database::open(config, Arc::new(SystemClock), Arc::new(RandomIds)).await?;
        let sealed = reseal(&store).await?;
        let current = store.keys.data.current().to_owned();
        store.db.close().await;
        let sealed = sealed.ok_or_else(|| {
            Failure::new(format!("no server has started with the data key {current:?} yet; start all of them first"))
        })?;
        out::line(&format!("sealed with {current}: {sealed}"));
        Ok(())
    }
}
