//! `gongjian account`: the way back in when nobody can sign in. Works beside a running server, which
//! knows within a second; acts of these commands stand in the audit trail as acts of the system.

use std::sync::Arc;

use gongjian_identity::account::{self, AccountFilter, AccountView, grant};
use gongjian_identity::person::{self, NewPerson};
use gongjian_identity::{Identity, IssuedPassword, NewAccount, Role, Username, set_password_offline};
use gongjian_kernel::clock::SystemClock;
use gongjian_kernel::id::RandomIds;
use gongjian_kernel::{Act, Store, Target, write};

use super::out;
use crate::config::Config;
use crate::database;
use crate::failure::{Failure, Result};
use crate::start::SOURCES;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Account {
    /// List all accounts with their offices
    List,
    /// Open an account of an administrator: the way to the first security and audit administrator
    CreateAdmin {
        username: String,
        /// Which of the three
        #[arg(long, value_enum, default_value = "system")]
        role: Administrator,
        /// The name of the person
        #[arg(long, default_value = "管理员")]
        name: String,
    },
    /// Give an account a new password; its sessions end, a lock is lifted
    ResetPassword { username: String },
    /// Shut an account; its sessions end
    Disable { username: String },
}

/// The three who exclude each other (三员).
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Administrator {
    System,
    Security,
    Audit,
}

impl Administrator {
    fn role(self) -> Role {
        match self {
            Self::System => Role::SystemAdministrator,
            Self::Security => Role::SecurityAdministrator,
            Self::Audit => Role::AuditAdministrator,
        }
    }
}

impl Account {
    pub(super) async fn run(&self, config: &Config) -> Result<()> {
        let store = database::open(config, Arc::new(SystemClock), Arc::new(RandomIds)).await?;
        let identity = Identity::new(&store.keys, config.identity_settings(), SOURCES)?;
        match self {
            Self::List => list(&store, &identity).await?,
            Self::CreateAdmin { username, role, name } => {
                let issued = create_admin(&store, &identity, username, name, role.role()).await?;
                out::password("新的管理员 A new administrator", username, &issued.text);
            }
            Self::ResetPassword { username } => {
                let issued = set_password_offline(&store, &identity, username).await?;
                out::password("密码已重置 The password was reset", username, &issued.text);
            }
            Self::Disable { username } => {
                disable(&store, &identity, username).await?;
                out::line(&format!("账号已停用 disabled: {username}"));
            }
        }
        store.db.close().await;
        Ok(())
    }
}

async fn create_admin(
    store: &Store,
    identity: &Identity,
    username: &str,
    name: &str,
    role: Role,
) -> Result<IssuedPassword> {
    let username = Username::parse(username)?;
    let issued = identity.issue_password().await?;
    write(store, &Act::by_rule(store), async |work| {
        let person = NewPerson { name: name.to_owned(), phone: None, email: None };
        let person = person::create(work, person).await?.id;
        let account = NewAccount {
            person,
            username: username.clone(),
            password: issued.hash.clone(),
            must_change_password: true,
        };
        let account = account::create(work, account).await?;
        grant::add(work, identity, Target::any(account.id), role).await
    })
    .await?;
    Ok(issued)
}

async fn disable(store: &Store, identity: &Identity, username: &str) -> Result<()> {
    let found = all(store, identity).await?.into_iter().find(|view| view.account.username == username);
    let found = found.ok_or_else(|| Failure::new(format!("there is no account {username}")))?;
    write(store, &Act::by_rule(store), async |work| {
        account::disable(work, identity, Target::any(found.account.id)).await
    })
    .await?;
    Ok(())
}

const PAGE: u64 = 200;

async fn all(store: &Store, identity: &Identity) -> Result<Vec<AccountView>> {
    let actor = Act::by_rule(store).actor;
    let (mut views, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let page = account::list(store, identity, &actor, &AccountFilter::default(), cursor.as_deref(), PAGE).await?;
        views.extend(page.rows);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(views);
        }
    }
}

async fn list(store: &Store, identity: &Identity) -> Result<()> {
    for AccountView { account, person, grants, positions } in all(store, identity).await? {
        let administers = grants.iter().map(|grant| grant.role);
        let offices = administers.chain(positions.iter().map(|position| position.role));
        let offices: Vec<&str> = offices.map(Role::as_str).collect();
        out::line(&format!("{}\t{}\t{}\t{}", account.username, account.state, person.name, offices.join(",")));
    }
    Ok(())
}
