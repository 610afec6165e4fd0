//! The three rates and the other figures.

use gongjian_testkit::{App, Cast, opinion, suggestion};
use serde_json::{Value, json};

async fn groups(cast: &Cast, query: &str) -> Vec<Value> {
    let figures = cast.office.get(&format!("/v1/statistics/issues{query}")).await.ok();
    figures["groups"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_empty_denominator_gives_null() {
    let app = App::start().await;
    let cast = app.cast().await;
    let empty = groups(&cast, "").await;
    assert!(empty[0]["rates"].as_object().unwrap().values().all(Value::is_null), "{:#}", empty[0]);
    assert!(empty[0]["counts"].as_object().unwrap().values().all(|count| *count == 0));
    assert!(groups(&cast, "?group_by=month").await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn rates_are_over_valid_feedback() {
    let app = App::start().await;
    let cast = app.cast().await;
    for (contacted, solved, satisfaction) in
        [(true, true, "satisfied"), (true, true, "basically_satisfied"), (false, true, "satisfied")]
    {
        let said = json!({ "contacted": contacted, "solved": solved, "satisfaction": satisfaction });
        cast.representative.acts(&cast.replied().await, "confirm", said).await.is(200);
    }
    let told = cast.handler.replies(&cast.in_progress().await, "explained").await.ok();
    cast.representative.confirms(&told, false, "basically_satisfied").await.is(200);
    let rates = groups(&cast, "").await[0]["rates"].clone();
    assert_eq!((&rates["response_rate"], &rates["solution_rate"]), (&json!(75.0), &json!(75.0)));
    // (2 + 0.9 × 2) ÷ 4
    assert_eq!(rates["satisfaction_rate"], 95.0);
    assert_eq!(rates["score"], 83.0);
    assert_eq!((&rates["cancellation_rate"], &rates["reply_in_time_rate"]), (&json!(0.0), &json!(100.0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn figures_are_broken_down_by_month_category_kind_department_and_street() {
    let app = App::start().await;
    let cast = app.cast().await;
    app.at("2026-10-30 10:00");
    cast.in_progress().await;
    app.at("2026-11-20 10:00");
    for submission in [suggestion(), opinion()] {
        let issue = cast.representative.submits(submission).await.created();
        cast.office.registers(&issue).await.is(200);
    }
    let keys = |groups: &[Value]| -> Vec<(String, i64)> {
        let key = |group: &Value| {
            let name = group["key"].as_str().or(group["department"]["name"].as_str()).unwrap_or_default().to_owned();
            (name, group["counts"]["registered"].as_i64().unwrap())
        };
        groups.iter().map(key).collect()
    };
    let pair = |key: &str, count| (key.to_owned(), count);
    let months = groups(&cast, "?group_by=month").await;
    assert_eq!(keys(&months), [pair("2026-10", 1), pair("2026-11", 2)]);
    assert_eq!(months[0]["counts"]["overdue"], 1);
    let mut kinds = keys(&groups(&cast, "?group_by=kind").await);
    kinds.sort();
    assert_eq!(kinds, [pair("difficulty", 1), pair("opinion", 1), pair("suggestion", 1)]);
    assert_eq!(groups(&cast, "?group_by=category").await.len(), 3);
    assert_eq!(keys(&groups(&cast, "?group_by=street").await), [pair(&cast.unit.street, 3)]);
    let mut departments = keys(&groups(&cast, "?group_by=department").await);
    departments.sort();
    assert_eq!(departments, [pair("", 2), pair("青禾区教育局", 1)]);
    let november = groups(&cast, "?registered_on_gte=2026-11-01&registered_on_lte=2026-11-30").await;
    assert_eq!(november[0]["counts"]["registered"], 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn members_may_know_the_figures_and_administrators_hold_no_business() {
    let app = App::start().await;
    let cast = app.cast().await;
    for reader in [&cast.representative, &cast.liaison, &cast.handler, &app.president().await] {
        reader.get("/v1/statistics/issues").await.is(200);
    }
    for administrator in [app.administrator().await, app.auditor().await] {
        administrator.get("/v1/statistics/issues").await.refused(403, "forbidden");
    }
}
