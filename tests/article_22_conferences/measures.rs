//! Each agreed measure has an owner and a day; the owner shows that it is done, who keeps the conference looks after it.

use super::*;

async fn measure(cast: &Cast, issue: &Thing) -> Thing {
    let rows = cast.office.get(&format!("/v1/measures?issue_id={}", issue.id())).await.rows();
    cast.office.get(&format!("/v1/measures/{}", rows[0]["id"].as_str().unwrap())).await.ok()
}

async fn acts(who: &Persona, it: &Thing, act: &str, body: Value) -> Reply {
    who.post(&format!("/v1/measures/{}/{act}", it.id()), body).seen(it).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_owner_shows_that_it_is_done_and_may_be_sent_back() {
    let cast = App::start().await.cast().await;
    let issue = cast.in_progress().await;
    tracked(&cast, &[&issue]).await;
    let it = measure(&cast, &issue).await;
    assert_eq!(
        (&it["status"], &it["owner"]["id"], &it["is_overdue"]),
        (&json!("open"), &json!(cast.bureau.id), &json!(false))
    );
    let evidence = || json!({ "evidence": "学位已落实。" });
    acts(&cast.office, &it, "complete", evidence()).await.refused(403, "forbidden");
    acts(&cast.helper, &it, "complete", evidence()).await.refused(403, "forbidden");
    acts(&cast.app.outsider().await, &it, "complete", evidence()).await.refused(404, "measure_not_found");
    acts(&cast.handler, &it, "complete", json!({})).await.refused(422, "validation_failed");
    let future = json!({ "evidence": "学位已落实。", "done_on": "2026-11-21" });
    acts(&cast.handler, &it, "complete", future).await.refused(422, "validation_failed");
    let done = acts(&cast.handler, &it, "complete", evidence()).await.ok();
    assert_eq!((&done["status"], &done["done_on"]), (&json!("done"), &json!("2026-11-20")));
    assert_eq!(cast.office.reads(&issue).await.ok()["open_measures"], 0);
    acts(&cast.handler, &done, "complete", evidence()).await.refused(409, "measure_not_open");
    let why = || json!({ "reason": "尚有两名学生未入学。" });
    acts(&cast.handler, &done, "send-back", why()).await.refused(403, "forbidden");
    let again = acts(&cast.office, &done, "send-back", why()).await.ok();
    assert_eq!((&again["status"], &again["reason"]), (&json!("open"), &why()["reason"]));
    assert_eq!(cast.office.reads(&issue).await.ok()["open_measures"], 1, "the issue waits again");

    let early = json!({ "due_on": "2026-12-18", "reason": "汛期停工。" });
    acts(&cast.office, &again, "postpone", early).await.refused(422, "validation_failed");
    let later =
        acts(&cast.office, &again, "postpone", json!({ "due_on": "2027-01-31", "reason": "汛期停工。" })).await.ok();
    assert_eq!(later["due_on"], "2027-01-31");
    cast.app.at("2027-02-01 09:00");
    assert_eq!(cast.handler.get("/v1/measures?overdue=true&status=open").await.rows().len(), 1);
    let dropped = acts(&cast.office, &later, "drop", json!({ "reason": "已由市级统一办理。" })).await.ok();
    assert_eq!(dropped["status"], "dropped");
    assert_eq!(cast.office.reads(&issue).await.ok()["open_measures"], 0);
    acts(&cast.office, &dropped, "send-back", why()).await.refused(409, "measure_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_measure_has_an_owner_and_a_day_within_the_limit() {
    let cast = App::start().await.cast().await;
    let issue = cast.in_progress().await;
    let it = held(&cast, &[&issue]).await;
    let with = |member: &str, value: Value| {
        let mut new = minutes(&cast, &[&issue]);
        new["measures"][0][member] = value;
        new
    };
    for (member, value) in [
        ("owner_unit_id", json!(Uuid::nil())),
        ("due_on", json!("2026-11-19")),
        ("due_on", json!("2028-01-01")),
        ("due_on", Value::Null),
        ("issue_id", json!(Uuid::nil())),
    ] {
        does(&cast.office, &it, "minute", with(member, value)).await.refused(422, "validation_failed");
    }
    assert_eq!(now(&cast.office, &it).await["status"], "held", "nothing is half done");
    assert_eq!(cast.app.count("SELECT count(*) FROM measure").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_at_once_complete_it_once() {
    let cast = App::start().await.cast().await;
    let issue = cast.in_progress().await;
    tracked(&cast, &[&issue]).await;
    let it = measure(&cast, &issue).await;
    let evidence = || json!({ "evidence": "学位已落实。" });
    let (one, other) = tokio::join!(
        acts(&cast.handler, &it, "complete", evidence()),
        acts(&cast.handler, &it, "complete", evidence())
    );
    let mut codes = [one.status, other.status];
    codes.sort_unstable();
    assert_eq!(codes, [200, 412]);
    assert_eq!(cast.office.reads(&issue).await.ok()["open_measures"], 0);
}
