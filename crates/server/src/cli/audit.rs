//! `gongjian audit`

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use gongjian_kernel::audit::{Verdict, verify};
use gongjian_kernel::clock::SystemClock;
use gongjian_kernel::id::RandomIds;

use super::out;
use crate::checkpoint;
use crate::config::Config;
use crate::database;
use crate::failure::{Failure, Result};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Audit {
    /// Read the whole trail and hold it against its seal and the checkpoints; exit code 1 where it is broken
    Verify {
        /// A further file of checkpoints, such as one kept on another machine
        #[arg(long, value_name = "FILE")]
        checkpoints: Vec<PathBuf>,
    },
}

impl Audit {
    pub(super) async fn run(&self, config: &Config) -> Result<ExitCode> {
        let Self::Verify { checkpoints } = self;
        let store = database::open(config, Arc::new(SystemClock), Arc::new(RandomIds)).await?;
        let own = Some(config.checkpoint_file()?).filter(|file| file.exists());
        let mut marks = Vec::new();
        for file in own.iter().chain(checkpoints) {
            let (of_file, strange) = checkpoint::read(file, &store.keys)
                .map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))?;
            if strange > 0 {
                out::error_line(&format!("{}: {strange} lines hold no seal of this secret", file.display()));
            }
            marks.extend(of_file);
        }
        let verdict = verify(store.db.reader(), &store.keys, &marks).await?;
        store.db.close().await;
        Ok(match verdict {
            Verdict::Whole { rows } => {
                out::line(&format!("完整 whole: {rows} rows, {} checkpoints", marks.len()));
                ExitCode::SUCCESS
            }
            Verdict::Broken { at, why } => {
                out::line(&format!("已损坏 BROKEN at row {at}: {}", why.label().en));
                ExitCode::FAILURE
            }
        })
    }
}
