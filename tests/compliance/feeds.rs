//! The calendar in other calendars: an address that only its owner knows, good as long as his office.

use gongjian_identity::Role;
use gongjian_kernel::Scope;
use gongjian_testkit::{App, Persona, Reply};
use serde_json::json;

const FEEDS: &str = "/v1/compliance-feeds";

/// The path of a new feed of that persona.
async fn feed(app: &App, who: &Persona) -> (String, String) {
    let made = who.post(FEEDS, json!({ "name": "手机日历" })).await;
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.created();
    let url = made["url"].as_str().unwrap();
    let path = url.find("/v1/").map(|at| url[at..].to_owned()).unwrap();
    assert!(app.now() > chrono::DateTime::UNIX_EPOCH && path.ends_with("/calendar"));
    (path, made["feed"]["id"].as_str().unwrap().to_owned())
}

async fn reads(app: &App, path: &str) -> Reply {
    app.anonymous().get(path).header("accept", "text/calendar, */*;q=0.1").await
}

fn unfolded(reply: &Reply) -> String {
    reply.body.as_str().unwrap().replace("\r\n ", "")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_feed_is_a_calendar_after_rfc_5545() {
    let app = App::start().await;
    let long = "青禾区新材料与智能制造产业技术创新联合研究院及其附属实验学校（第一、第二；分部）";
    let unit = app.member_unit(long).await;
    let representative = app.representative_of(&unit).await;
    let (path, _) = feed(&app, &representative).await;
    let reply = app.anonymous().get(&path).header("accept", "text/calendar").await;
    assert_eq!(reply.is(200).header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(reply.header("cache-control"), "no-store");
    let raw = reply.body.as_str().unwrap();
    assert!(raw.starts_with("BEGIN:VCALENDAR\r\n") && raw.ends_with("END:VCALENDAR\r\n"), "{raw}");
    assert!(!raw.replace("\r\n", "").contains(['\r', '\n']), "lines end with CRLF and nothing else");
    assert!(raw.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 octets");
    let calendar = unfolded(&reply);
    let count = |what: &str| calendar.matches(what).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    assert_eq!(count("\r\nDTSTAMP:20261120T020000Z\r\n"), count("BEGIN:VEVENT"));
    assert_eq!(count("\r\nUID:"), count("BEGIN:VEVENT"));
    for line in [
        "\r\nVERSION:2.0\r\n",
        "\r\nUID:general_meeting/2026@",
        "\r\nDTSTART;VALUE=DATE:20261231\r\n",
        "\r\nSUMMARY:每年召开会员大会【即将到期】\r\n",
    ] {
        assert!(calendar.contains(line), "{line:?} in {calendar}");
    }
    assert!(calendar.contains("（第一、第二；分部）"), "characters are whole");
    assert!(calendar.contains("/v1/compliance?obligation=general_meeting&year=2026"));
    let english = app.anonymous().get(&path).header("accept-language", "en").await;
    assert!(unfolded(&english).contains("\r\nSUMMARY:A general meeting each year【Due soon】\r\n"));
    let uids = |text: &str| -> Vec<String> {
        text.split("\r\n").filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    app.at("2026-11-21 10:00");
    assert_eq!(uids(&unfolded(&reads(&app, &path).await)), uids(&calendar), "a duty keeps its UID");
}

/// Whoever holds the address holds nothing more than its owner does now.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_feed_tells_what_its_owner_may_see_now() {
    let app = App::start().await;
    let (unit, other) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let (liaison, office) = (app.liaison_of(&unit).await, app.secretariat().await);
    let ((own, _), (all, _)) = (feed(&app, &liaison).await, feed(&app, &office).await);
    assert!(unfolded(&reads(&app, &own).await).contains(&unit.name));
    assert!(!unfolded(&reads(&app, &own).await).contains(&other.name));
    assert!(unfolded(&reads(&app, &all).await).contains(&other.name));
    // Another takes over (Article 25): the office has left the account, and the calendar with it.
    let person = json!({ "name": "钱进", "post": "干部" });
    let path = format!("/v1/units/{}/liaison", unit.id);
    office.post(&path, person).header("if-match", "*").await.is(200);
    reads(&app, &own).await.refused(404, "feed_not_found");
    let system = app.administrator().await;
    let account = format!("/v1/accounts/{}", office.account().0);
    let seen = system.get(&account).await.ok();
    system.post(&format!("{account}/disable"), json!({})).seen(&seen).await.is(200);
    reads(&app, &all).await.refused(404, "feed_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn its_owner_lists_and_revokes_it_and_nobody_else() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, office) = (app.representative_of(&unit).await, app.secretariat().await);
    let (path, id) = feed(&app, &representative).await;
    let (other, _) = feed(&app, &representative).await;
    let on_file = representative.get(FEEDS).await.rows();
    assert_eq!(on_file.len(), 2);
    assert!(on_file.iter().all(|feed| feed.get("url").is_none() && feed["revoked_at"].is_null()));
    assert!(office.get(FEEDS).await.rows().is_empty());
    let revoke = format!("{FEEDS}/{id}/revoke");
    office.post(&revoke, json!({})).await.refused(404, "feed_not_found");
    reads(&app, &path).await.is(200);
    assert!(representative.post(&revoke, json!({})).await.ok()["revoked_at"].is_string());
    reads(&app, &path).await.refused(404, "feed_not_found");
    reads(&app, &other).await.is(200);
    representative.post(&revoke, json!({})).await.refused(409, "feed_revoked_already");
    for wrong in ["x", "m9n0yA1bC2dE3fG4hI5jK6lM7nO", "m9n0yA1bC2dE3fG4hI5jK6lM7n%00"] {
        reads(&app, &format!("{FEEDS}/{wrong}/calendar")).await.refused(404, "feed_not_found");
    }
    app.administrator().await.post(FEEDS, json!({ "name": "x" })).await.refused(403, "forbidden");
    app.administrator().await.post(FEEDS, json!({})).await.refused(403, "forbidden");
    representative.post(FEEDS, json!({ "name": "" })).await.refused(422, "validation_failed");
    app.anonymous().post(FEEDS, json!({ "name": "x" })).await.refused(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secret_is_shown_once_and_kept_nowhere() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let new = json!({ "name": "手机日历" });
    let first = office.post(FEEDS, new.clone()).key("once").await.created();
    let secret = first["url"].as_str().unwrap().rsplit('/').nth(1).unwrap().to_owned();
    assert!(secret.len() * 6 >= 128);
    let again = office.post(FEEDS, new).key("once").await.created();
    assert_eq!((&again["feed"]["id"], again["url"].is_null()), (&first["feed"]["id"], true));
    for (table, column) in [("compliance_feed", "secret_hash"), ("audit_event", "data"), ("idempotency_key", "answer")]
    {
        let found = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
        assert_eq!(app.count(&found).await, 0, "{table}");
    }
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'compliance.feed_created'").await, 1);
}

/// Nobody fills the table with addresses.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_account_has_twenty_feeds_at_most() {
    let app = App::start().await;
    let staff = [(Role::BranchStaff, Scope::Branch("990106007".to_owned()))];
    let staff = Persona::open(&app, "staff", &staff, false).await;
    let (_, id) = feed(&app, &staff).await;
    for n in 2..=20 {
        staff.post(FEEDS, json!({ "name": format!("{n}") })).await.is(201);
    }
    staff.post(FEEDS, json!({ "name": "21" })).await.refused(409, "too_many_feeds");
    staff.post(&format!("{FEEDS}/{id}/revoke"), json!({})).await.is(200);
    staff.post(FEEDS, json!({ "name": "21" })).await.is(201);
}
