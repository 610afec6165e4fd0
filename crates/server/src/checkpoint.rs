//! The file of audit checkpoints: the end of the trail, noted outside the database, one line each. With
//! it `gongjian audit verify` notices rows cut off at the end even if the head was put back as well.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use gongjian_kernel::audit::{self, Checkpoint};
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Refusal, Store};

/// Appends to the file where the trail has grown since.
#[derive(Debug)]
pub(crate) struct Notebook {
    file: PathBuf,
    noted: i64,
}

impl Notebook {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self { file, noted: 0 }
    }

    pub(crate) async fn note(&mut self, store: &Store) -> Result<(), Refusal> {
        let mark = audit::checkpoint(store.db.reader()).await?;
        if mark.seq == self.noted {
            return Ok(());
        }
        let (file, line) = (self.file.clone(), String::from(&mark));
        tokio::task::spawn_blocking(move || append(&file, &line))
            .await
            .map_err(Refusal::internal)?
            .map_err(Refusal::internal)?;
        self.noted = mark.seq;
        Ok(())
    }
}

fn append(file: &Path, line: &str) -> std::io::Result<()> {
    let mut out = File::options().create(true).append(true).open(file)?;
    out.write_all(format!("{line}\n").as_bytes())?;
    out.sync_all()
}

/// The checkpoints of a file, and how many lines of it hold no seal of ours.
pub fn read(file: &Path, keys: &Keys) -> std::io::Result<(Vec<Checkpoint>, usize)> {
    Ok(audit::checkpoints(&std::fs::read_to_string(file)?, keys))
}
