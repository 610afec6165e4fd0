//! Where the workspace is, and how its tools are run.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// The root of the workspace: two folders above this crate.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// A program that starts in a folder of the workspace.
pub fn command(folder: &str, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root().join(folder)).args(arguments);
    command
}

/// Runs to the end; an exit code other than 0 is an error.
pub fn run(mut command: Command) -> Result {
    let line = format!("{:?}", command).replace('"', "");
    let status = command.status().map_err(|error| format!("{line}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{line}: {status}").into()) }
}

/// The cargo that runs us.
pub fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command("", &program, arguments)
}
