//! Settings: by the environment, then by a file, then the defaults that stand here. `gongjian config`
//! prints all of them with their documentation.

mod sections;
mod value;

use std::path::{Path, PathBuf};

use confique::meta::{FieldKind, Meta};
use confique::{Config as _, File, FileFormat, Layer as _};

use crate::failure::{Failure, Result};

pub(crate) use sections::read_secret_file;
pub use sections::{AuditSection, DatabaseSection, HttpSection, IdentitySection, LogFormat, LogSection, SecretSection};
pub use value::{Address, BaseUrl, Hidden};

/// The file that is read where it exists and no other one is named.
pub const DEFAULT_FILE: &str = "gongjian.toml";
pub const FILE_VARIABLE: &str = "GONGJIAN_CONFIG";

/// Settings of Gongjian. The environment goes before this file.
#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct Config {
    #[config(nested)]
    pub database: DatabaseSection,
    #[config(nested)]
    pub http: HttpSection,
    #[config(nested)]
    pub secret: SecretSection,
    #[config(nested)]
    pub identity: IdentitySection,
    #[config(nested)]
    pub audit: AuditSection,
    #[config(nested)]
    pub log: LogSection,
}

impl Config {
    /// Reads the settings. A file that was named must exist; the default one need not.
    pub fn load(file: Option<&Path>) -> Result<Self> {
        known_variables(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
        let environment = ConfigLayer::from_env().map_err(|error| at_fault(&error))?;
        Self::layered(environment, file)
    }

    /// The defaults alone: what a test starts from.
    pub fn defaults() -> Result<Self> {
        Self::from_layer(ConfigLayer::default_values()).map_err(|error| at_fault(&error))
    }

    fn layered(environment: ConfigLayer, file: Option<&Path>) -> Result<Self> {
        let source = match file {
            Some(named) => File::with_format(named, FileFormat::Toml).required(),
            None => File::with_format(DEFAULT_FILE, FileFormat::Toml),
        };
        let from_file: ConfigLayer = source.load().map_err(|error| at_fault(&error))?;
        let merged = environment.with_fallback(from_file).with_fallback(ConfigLayer::default_values());
        let config = Self::from_layer(merged).map_err(|error| at_fault(&error))?;
        config.database.settings()?;
        Ok(config)
    }

    /// All settings, each with its documentation and its default, as a file to start from.
    #[must_use]
    pub fn template() -> String {
        confique::toml::template::<Self>(confique::toml::FormatOptions::default())
    }

    /// Where audit checkpoints are kept: outside the database, beside its file where it has one.
    pub fn checkpoint_file(&self) -> Result<PathBuf> {
        match &self.audit.checkpoint_file {
            Some(file) => Ok(file.clone()),
            None => Ok(self
                .database
                .sqlite_file()?
                .map_or_else(|| PathBuf::from("gongjian.checkpoints"), |file| file.with_extension("checkpoints"))),
        }
    }
}

type ConfigLayer = <Config as confique::Config>::Layer;

/// One line: what is wrong where. The excerpt of the file is left out, it may show a secret.
fn at_fault(error: &confique::Error) -> Failure {
    let mut line = error.to_string();
    if let Some(source) = std::error::Error::source(error) {
        let excerpt = |line: &&str| !line.trim_start().starts_with(|c: char| c == '|' || c.is_ascii_digit());
        let said = source.to_string();
        let said: Vec<&str> = said.lines().filter(excerpt).collect();
        line = format!("{line}: {}", said.join(": "));
    }
    Failure::settings(line)
}

/// A misspelled variable must not be ignored in silence. `GONGJIAN_TEST_…` belongs to the tests.
fn known_variables(names: impl Iterator<Item = String>) -> Result<()> {
    let mut known = vec![FILE_VARIABLE];
    variables_of(&Config::META, &mut known);
    let stranger = |name: &String| {
        name.starts_with("GONGJIAN_") && !name.starts_with("GONGJIAN_TEST_") && !known.contains(&name.as_str())
    };
    match names.into_iter().find(stranger) {
        Some(name) => {
            Err(Failure::settings(format!("the environment variable {name} is no setting; see `gongjian config`")))
        }
        None => Ok(()),
    }
}

fn variables_of(meta: &Meta, known: &mut Vec<&'static str>) {
    for field in meta.fields {
        match &field.kind {
            FieldKind::Leaf { env, .. } => known.extend(env),
            FieldKind::Nested { meta } => variables_of(meta, known),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(text: &str) -> Result<Config> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.toml");
        std::fs::write(&file, text).unwrap();
        Config::layered(ConfigLayer::empty(), Some(&file))
    }

    #[test]
    fn the_defaults_stand_alone() {
        let config = Config::defaults().unwrap();
        assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.http.metrics_listen.0.unwrap().to_string(), "127.0.0.1:9090");
        assert_eq!(config.http.base_url(), "http://127.0.0.1:8080");
        assert_eq!(config.database.settings().unwrap().url, "sqlite://gongjian.db");
        assert_eq!(config.checkpoint_file().unwrap(), Path::new("gongjian.checkpoints"));
        assert!(Config::template().contains("GONGJIAN_TRUSTED_PROXIES"), "every variable is documented");
    }

    #[test]
    fn the_template_is_a_file_of_settings() {
        let enabled = Config::template();
        let config = from_file(&enabled).unwrap();
        assert_eq!(format!("{config:?}"), format!("{:?}", Config::defaults().unwrap()));
    }

    #[test]
    fn a_file_sets_what_it_names() {
        let config = from_file(
            "[http]\nlisten = '0.0.0.0:80'\nmetrics_listen = ''\npublic_base_url = 'https://gongjian.example.org/'\n\
             trusted_proxies = ['10.0.0.0/8']\n[database]\nurl = 'postgres://u:p@db/gongjian'\n",
        )
        .unwrap();
        assert_eq!(config.http.metrics_listen, Address(None));
        assert_eq!(config.http.base_url(), "https://gongjian.example.org");
        assert_eq!(config.http.trusted_proxies.len(), 1);
        assert!(!format!("{config:?}").contains("u:p"), "Debug shows no secret");
    }

    #[test]
    fn bad_settings_are_one_clear_line() {
        for (text, wanted) in [
            ("[http]\nlistne = '1'\n", "unknown field `listne`"),
            ("[htp]\n", "unknown field `htp`"),
            ("[http]\nlisten = 'here'\n", "invalid socket address"),
            ("[http]\ntrusted_proxies = ['10.0.0.0/40']\n", "invalid"),
            ("[http]\npublic_base_url = 'gongjian.example.org'\n", "must start with https:// or http://"),
            ("[http]\ncors_origins = ['*']\n", "is no origin"),
            ("[http]\ncors_origins = ['https://portal.example.org/']\n", "is no origin"),
            ("[http]\ncors_origins = ['https://portal.example.org:99999']\n", "is no origin"),
            ("[http]\ncors_origins = ['portal.example.org']\n", "is no origin"),
            ("[database]\nconnections = 0\n", "at least 1"),
            ("[database]\nurl = 'mysql://localhost/x'\n", "sqlite: or postgres:"),
            ("[database]\nurl = 'sqlite::memory:'\n", "needs a file"),
            ("[identity]\naccess_token_seconds = 3600\n", "at most 600"),
            ("[log]\nformat = 'xml'\n", "unknown variant `xml`"),
            ("http = 3", "invalid type"),
            ("[http\n", "line 1"),
        ] {
            let failure = from_file(text).unwrap_err();
            let line = failure.to_string();
            assert_eq!(failure.exit_code, 2, "{text}");
            assert!(line.contains(wanted) && !line.contains('\n'), "{text}: {line}");
        }
        assert!(Config::layered(ConfigLayer::empty(), Some(Path::new("no-such-file.toml"))).is_err());
    }

    #[test]
    fn misspelled_variables_are_refused() {
        assert!(known_variables(["GONGJIAN_LISTEN", "GONGJIAN_TEST_X", "PATH"].map(str::to_owned).into_iter()).is_ok());
        let failure = known_variables(["GONGJIAN_LISTNE".to_owned()].into_iter()).unwrap_err();
        assert!(failure.to_string().contains("GONGJIAN_LISTNE"));
    }

    #[test]
    fn a_broken_file_does_not_show_its_secret() {
        let line = from_file("[secret]\nvalue = \"hush-hush-hush\" x\n").unwrap_err().to_string();
        assert!(!line.contains("hush"), "{line}");
    }
}
