//! The binary itself, as operators start and lose it.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::OnceLock;

use gongjian::config::Config;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// A process that serves. It is killed when it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Read on, so that the process never waits for its reader.
    _out: Lines<BufReader<ChildStdout>>,
    /// `http://127.0.0.1:…`
    pub url: String,
    log: PathBuf,
}

impl Process {
    pub(crate) async fn start(config: &Config, database_url: &str, log_filter: &str) -> Self {
        let mut command = Command::new(binary());
        let secret = config.secret.value.as_ref().expect("tests have a secret").reveal();
        let checkpoints = config.checkpoint_file().unwrap();
        let log = checkpoints.with_extension(format!("{log_filter}.log"));
        command
            .env("DATABASE_URL", database_url)
            .env("GONGJIAN_SECRET", secret)
            .env("GONGJIAN_CHECKPOINT_FILE", checkpoints)
            .env("GONGJIAN_LISTEN", "127.0.0.1:0")
            .env("GONGJIAN_METRICS_LISTEN", "")
            .env("GONGJIAN_REQUESTS_PER_MINUTE", "0")
            .env("GONGJIAN_ANONYMOUS_REQUESTS_PER_MINUTE", "0")
            .env("GONGJIAN_ARGON2_MEMORY_KIB", "8")
            .env("GONGJIAN_ARGON2_ITERATIONS", "1")
            .env("GONGJIAN_LOG", log_filter)
            .stderr(std::fs::File::create(&log).unwrap())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = loop {
            let line = out.next_line().await.unwrap().expect("the process says where it listens");
            if let Some(at) = line.find("http://") {
                break line[at..].trim().to_owned();
            }
        };
        Self { child, _out: out, url, log }
    }

    /// What it has logged.
    #[must_use]
    pub fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id().expect("the process runs")
    }

    /// `kill -9`
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// The path of the binary, built like the tests.
fn binary() -> &'static str {
    static BINARY: OnceLock<String> = OnceLock::new();
    BINARY.get_or_init(|| {
        let built = std::process::Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "gongjian", "--bin", "gongjian", "--message-format", "json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(built.status.success(), "the binary builds");
        let messages = built.stdout.split(|byte| *byte == b'\n');
        let artifacts = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
        let mut paths = artifacts.filter_map(|artifact| artifact["executable"].as_str().map(str::to_owned));
        paths.next_back().expect("cargo tells where the binary is")
    })
}
