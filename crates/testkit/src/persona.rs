//! The people of the charter. They sign in by themselves, and again when their token has grown old.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use gongjian_identity::person::{self, NewPerson};
use gongjian_identity::{AccountId, Login, NewAccount, PersonId, Role, Username, account};
use gongjian_kernel::{Act, Refusal, Scope, Target, Text, Work, write};
use gongjian_membership::UnitId;
use gongjian_membership::appointment::{NewAppointment, Office, commands};
use gongjian_membership::unit::ContactKind;
use gongjian_membership::unit::queries::contacts_of;
use reqwest::Method;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::app::App;
use crate::call::Call;

/// Somebody who uses the app, or nobody in particular.
#[derive(Debug, Clone)]
pub struct Persona {
    pub(crate) app: App,
    key: Key,
}

#[derive(Debug, Clone)]
enum Key {
    None,
    /// A token from elsewhere, good or bad.
    Fixed(String),
    Account(Arc<SignIn>),
}

#[derive(Debug)]
pub(crate) struct SignIn {
    account: AccountId,
    username: String,
    token: Mutex<Option<(String, DateTime<Utc>)>>,
}

impl SignIn {
    /// Opens an account for whoever holds these offices: the person whom the unit has filed, somebody
    /// appointed, an administrator.
    pub(crate) async fn open(app: &App, username: &str, offices: &[(Role, Scope)], must_change: bool) -> Arc<Self> {
        let store = app.store();
        let password = app.identity().accept_password(store, "/password", crate::PASSWORD, &[]).await.unwrap();
        let opened = write(store, &Act::by_rule(store), async |work| {
            let person = match contact(work, offices).await? {
                Some(person) => person,
                None => {
                    let person = NewPerson { name: format!("人员 {username}"), phone: None, email: None };
                    person::create(work, person).await?.id
                }
            };
            let new = NewAccount {
                person,
                username: Username::parse(username)?,
                password: password.clone(),
                must_change_password: must_change,
            };
            let account = account::create(work, new).await?;
            for (role, scope) in offices {
                if role.is_administrator() {
                    account::grant::add(work, app.identity(), Target::any(account.id), *role).await?;
                } else if Office::is_appointed(*role) {
                    let office = Office { role: *role, scope: scope.clone() };
                    let new =
                        NewAppointment {
                            office, basis: Text::parse("青党干〔2026〕1号").unwrap(), event_on: None
                        };
                    commands::file(work, app.identity(), person, new).await?;
                } else {
                    crate::offices::take(work, app.identity(), person, *role, scope).await?;
                }
            }
            Ok(account)
        })
        .await
        .unwrap();
        Arc::new(Self { account: opened.id, username: username.to_owned(), token: Mutex::default() })
    }
}

/// The person who speaks for the unit now, where the offices are such.
async fn contact(work: &Work<'_>, offices: &[(Role, Scope)]) -> Result<Option<PersonId>, Refusal> {
    for (role, scope) in offices {
        let kind = if *role == Role::MemberRepresentative {
            ContactKind::Representative
        } else if *role == Role::MemberLiaison {
            ContactKind::Liaison
        } else {
            continue;
        };
        let Scope::Unit(unit) = scope else { continue };
        let on_file = contacts_of(work.tx(), [UnitId(*unit)]).await?;
        return Ok(on_file.into_iter().find(|contact| contact.kind == kind).map(|contact| contact.person.id));
    }
    Ok(None)
}

impl Persona {
    pub(crate) fn anonymous(app: App) -> Self {
        Self { app, key: Key::None }
    }

    pub(crate) fn of(app: &App, sign_in: Arc<SignIn>) -> Self {
        Self { app: app.clone(), key: Key::Account(sign_in) }
    }

    /// Opens an account with these offices.
    pub async fn open(app: &App, username: &str, offices: &[(Role, Scope)], must_change_password: bool) -> Self {
        Self::of(app, SignIn::open(app, username, offices, must_change_password).await)
    }

    /// Whoever holds this token.
    #[must_use]
    pub fn with_token(app: &App, token: impl Into<String>) -> Self {
        Self { app: app.clone(), key: Key::Fixed(token.into()) }
    }

    /// The same person, asking another instance.
    #[must_use]
    pub fn on(&self, app: &App) -> Self {
        Self { app: app.clone(), key: self.key.clone() }
    }

    #[must_use]
    pub fn account(&self) -> AccountId {
        self.signed_in().account
    }

    #[must_use]
    pub fn username(&self) -> &str {
        &self.signed_in().username
    }

    fn signed_in(&self) -> &SignIn {
        match &self.key {
            Key::Account(sign_in) => sign_in,
            Key::None | Key::Fixed(_) => panic!("this persona has no account"),
        }
    }

    /// The bearer token of now; tokens live ten minutes, and clocks of tests jump.
    pub async fn token(&self) -> Option<String> {
        let sign_in = match &self.key {
            Key::None => return None,
            Key::Fixed(token) => return Some(token.clone()),
            Key::Account(sign_in) => sign_in,
        };
        let mut known = sign_in.token.lock().await;
        let age = |since: &DateTime<Utc>| self.app.now() - *since;
        if let Some((token, since)) = known.as_ref()
            && (Duration::zero()..Duration::minutes(5)).contains(&age(since))
        {
            return Some(token.clone());
        }
        let login = Login {
            username: sign_in.username.clone(),
            password: crate::PASSWORD.to_owned(),
            device_name: Some("测试".to_owned()),
        };
        let act = Act { actor: gongjian_kernel::Actor::anonymous(), ..Act::by_rule(self.app.store()) };
        let signed_in = self.app.identity().login(self.app.store(), &act, login).await.unwrap();
        let tokens = signed_in.tokens().expect("a persona signs in with the password alone");
        *known = Some((tokens.access_token.clone(), self.app.now()));
        Some(tokens.access_token)
    }

    pub fn call(&self, method: Method, path: &str) -> Call {
        Call::new(self.clone(), method, path)
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str, body: Value) -> Call {
        self.call(Method::POST, path).json(&body)
    }

    pub fn put(&self, path: &str, body: Value) -> Call {
        self.call(Method::PUT, path).json(&body)
    }

    pub fn patch(&self, path: &str, body: Value) -> Call {
        self.call(Method::PATCH, path).merge_patch(&body)
    }

    pub fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }
}
