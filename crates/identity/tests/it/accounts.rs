use futures_util::future::join_all;
use gongjian_identity::account::{self, AccountFilter, GrantId, grant};
use gongjian_identity::{Account, AccountState, Role, ensure_first_administrator, set_password_offline};
use gongjian_kernel::{Act, Result, Target, write};

use crate::fixture::{Fixture, PASSWORD, code};

async fn add(at: &Fixture, act: &Act, account: &Account, role: Role) -> Result<GrantId> {
    write(&at.store, act, async |work| Ok(grant::add(work, &at.identity, Target::any(account.id), role).await?.id))
        .await
}

async fn disable(at: &Fixture, act: &Act, account: &Account) -> Result<Account> {
    write(&at.store, act, async |work| account::disable(work, &at.identity, Target::any(account.id)).await).await
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let at = Fixture::new().await;
    let starts = (0..4).map(async |_| ensure_first_administrator(&at.store, &at.second_instance()).await.unwrap());
    let made: Vec<_> = join_all(starts).await.into_iter().flatten().collect();
    let [(name, issued)] = made.as_slice() else { panic!("made {} times", made.len()) };
    let tokens = at.login(name, &issued.text).await.unwrap();
    assert!(tokens.must_change_password);
    let act = at.act(&tokens).await;
    assert!(act.actor.holds("system_administrator"));
    at.identity.change_password(&at.store, &act, &issued.text, PASSWORD, &[]).await.unwrap();
    assert!(!at.login("admin", PASSWORD).await.unwrap().must_change_password);
    assert_eq!(ensure_first_administrator(&at.store, &at.identity).await.unwrap(), None);
    let reset = set_password_offline(&at.store, &at.identity, "ADMIN").await.unwrap();
    assert!(!at.is_live(&tokens).await);
    assert!(at.login("admin", &reset.text).await.unwrap().must_change_password);
}

#[tokio::test]
async fn disabling_ends_every_path_at_once() {
    let at = Fixture::new().await;
    at.open_administrator("root").await;
    let zhang = at.open("zhang").await;
    let root = at.act(&at.login("root", PASSWORD).await.unwrap()).await;
    let tokens = at.login("zhang", PASSWORD).await.unwrap();
    let other = at.second_instance();
    assert!(at.is_live(&tokens).await);
    assert!(other.authenticate(&at.store, &tokens.access_token).await.is_ok());
    let stale = Target { id: zhang.id, version: Some(9) };
    let refused = write(&at.store, &root, async |work| account::disable(work, &at.identity, stale).await).await;
    assert_eq!(code(refused), "version_mismatch");
    let disabled = disable(&at, &root, &zhang).await.unwrap();
    assert_eq!((disabled.state, disabled.version), (AccountState::Disabled, 2));
    assert!(!at.is_live(&tokens).await);
    tokio::time::sleep(std::time::Duration::from_millis(950)).await;
    assert_eq!(code(other.authenticate(&at.store, &tokens.access_token).await), "invalid_token");
    assert_eq!(code(at.refresh(&tokens.refresh_token).await), "invalid_refresh_token");
    let again = disable(&at, &root, &zhang).await.unwrap_err();
    assert_eq!(
        (again.entry.code, again.allowed_actions),
        ("account_state_conflict", Some(vec!["enable", "await_owner"]))
    );
    let enable = async |work: &mut gongjian_kernel::Work<'_>| account::enable(work, Target::any(zhang.id)).await;
    write(&at.store, &root, enable).await.unwrap();
    assert!(!at.is_live(&tokens).await, "an ended session stays ended");
    assert_eq!(code(at.login("zhang", PASSWORD).await), "done");
}

#[tokio::test]
async fn administrators_exclude_each_other_and_every_business_office() {
    let at = Fixture::new().await;
    let root = at.open_administrator("root").await;
    at.open_as("security", Role::SecurityAdministrator).await;
    let (zhang, rep) = (at.open("zhang").await, at.open("rep").await);
    let operator = Act::by_rule(&at.store);
    assert_eq!(code(add(&at, &operator, &rep, Role::AuditAdministrator).await), "incompatible_roles");
    assert_eq!(code(add(&at, &operator, &root, Role::AuditAdministrator).await), "incompatible_roles");
    assert_eq!(code(add(&at, &operator, &root, Role::SystemAdministrator).await), "already_granted");
    assert_eq!(code(add(&at, &operator, &zhang, Role::President).await), "not_an_administrator");
    let system = at.act(&at.login("root", PASSWORD).await.unwrap()).await;
    let security = at.act(&at.login("security", PASSWORD).await.unwrap()).await;
    for alone in [&system, &security] {
        assert_eq!(code(add(&at, alone, &zhang, Role::AuditAdministrator).await), "forbidden");
    }
    assert_eq!(code(disable(&at, &system, &root).await), "own_account");
    assert_eq!(code(disable(&at, &operator, &root).await), "last_administrator");

    let tokens = at.login("zhang", PASSWORD).await.unwrap();
    assert!(at.act(&tokens).await.actor.grants.is_empty());
    add(&at, &operator, &zhang, Role::AuditAdministrator).await.unwrap();
    assert!(at.act(&tokens).await.actor.holds("audit_administrator"), "the next request has the new right");
}

/// Whoever could give an administrator a new password could confirm his own proposals.
#[tokio::test]
async fn no_administrator_takes_over_the_account_of_another() {
    let at = Fixture::new().await;
    let root = at.open_administrator("root").await;
    at.open_as("security", Role::SecurityAdministrator).await;
    let zhang = at.open("zhang").await;
    let security = at.act(&at.login("security", PASSWORD).await.unwrap()).await;
    let issued = at.identity.issue_password().await.unwrap();
    let reset = async |act: &Act, account: &Account| {
        write(&at.store, act, async |work| {
            account::reset_password(work, &at.identity, Target::any(account.id), issued.hash.clone()).await
        })
        .await
    };
    assert_eq!(code(reset(&security, &root).await), "administrator_account");
    assert!(reset(&security, &zhang).await.unwrap().must_change_password);
    let system = at.act(&at.login("root", PASSWORD).await.unwrap()).await;
    assert_eq!(
        code(reset(&system, &zhang).await),
        "forbidden",
        "locks and passwords are not the system administrator's"
    );
    assert!(reset(&Act::by_rule(&at.store), &root).await.is_ok(), "whoever operates the server may");
}

#[tokio::test]
async fn offices_are_what_the_facts_of_other_crates_make_them() {
    let at = Fixture::new().await;
    at.open("rep").await;
    let actor = at.act(&at.login("rep", PASSWORD).await.unwrap()).await.actor;
    assert!(actor.holds("member_representative"));
    assert_eq!(actor.units().count(), 1);
}

#[tokio::test]
async fn accounts_are_for_administrators_only() {
    let at = Fixture::new().await;
    at.open_administrator("root").await;
    let zhang = at.open("zhang").await;
    let root = at.act(&at.login("root", PASSWORD).await.unwrap()).await;
    let own = at.act(&at.login("zhang", PASSWORD).await.unwrap()).await;
    assert_eq!(code(disable(&at, &own, &zhang).await), "account_not_found");
    assert_eq!(code(account::get(&at.store, &at.identity, &own.actor, zhang.id).await), "account_not_found");
    let filter = AccountFilter { state: Some(AccountState::Active) };
    assert_eq!(code(account::list(&at.store, &at.identity, &own.actor, &filter, None, 10).await), "forbidden");
    let view = account::get(&at.store, &at.identity, &root.actor, zhang.id).await.unwrap();
    assert_eq!((view.person.name.as_str(), view.grants.len()), ("人员zhang", 0));
    let first = account::list(&at.store, &at.identity, &root.actor, &filter, None, 1).await.unwrap();
    let cursor = first.next_cursor.unwrap();
    let second = account::list(&at.store, &at.identity, &root.actor, &filter, Some(&cursor), 1).await.unwrap();
    assert_eq!(second.rows[0].account.username, "zhang");
    assert!(second.next_cursor.is_none());
}
