//! Whom a unit cannot file, and who cannot file for a unit.

use futures_util::future::join_all;
use gongjian_testkit::{App, Thing};
use serde_json::{Value, json};

use super::{files, leaves, path, person};

fn on_file(unit: &Thing, office: &str) -> Value {
    json!({ "person_id": unit[office]["person_id"], "post": "党委书记" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_speaks_for_two_units() {
    let app = App::start().await;
    let (unit, other) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let office = app.secretariat().await;
    let there = office.get(&format!("/v1/units/{}", other.id)).await.ok();
    for taken in ["representative", "liaison"] {
        for wanted in ["representative", "liaison"] {
            let refused = files(&office, &unit, wanted, on_file(&there, taken)).await;
            assert_eq!(refused.refused(409, "speaks_for_another_unit").body["article"], 25, "{taken} as {wanted}");
        }
    }
    files(&office, &other, "liaison", person("钱进")).await.is(200);
    let after = files(&office, &unit, "liaison", on_file(&there, "liaison")).await.ok();
    assert_eq!(after["liaison"]["person_id"], there["liaison"]["person_id"], "free after the succession there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn representative_and_liaison_are_one_person_each() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let now = representative.get(&format!("/v1/units/{}", unit.id)).await.ok();
    for (taken, wanted) in [("representative", "liaison"), ("liaison", "representative")] {
        let refused = files(&representative, &unit, wanted, on_file(&now, taken)).await;
        assert_eq!(refused.refused(409, "one_person_for_each").body["article"], 25);
    }
    assert_eq!(app.count("SELECT count(*) FROM unit_contact").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn persons_of_other_units_do_not_exist_for_a_unit() {
    let app = App::start().await;
    let (unit, other) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let there = app.secretariat().await.get(&format!("/v1/units/{}", other.id)).await.ok();
    let representative = app.representative_of(&unit).await;
    let nowhere = json!({ "person_id": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff", "post": "党委书记" });
    for body in [on_file(&there, "liaison"), nowhere] {
        let refused = files(&representative, &unit, "liaison", body).await;
        assert!(refused.refused(422, "validation_failed").has_fault("#/person_id", "person_not_found"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_the_units_own_representative_and_the_secretariat_file() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let denied = [app.liaison_of(&unit).await, app.outsider().await, app.president().await];
    for other in &denied {
        for answer in [files(other, &unit, "liaison", person("钱进")).await, leaves(other, &unit, "liaison").await] {
            assert_eq!(answer.refused(403, "forbidden").body["article"], 25, "{}", other.username());
        }
    }
    for other in [app.administrator().await, app.auditor().await] {
        files(&other, &unit, "liaison", person("钱进")).await.refused(404, "unit_not_found");
        leaves(&other, &unit, "liaison").await.refused(404, "unit_not_found");
        other.get(&path(&unit, "contacts")).await.refused(404, "unit_not_found");
    }
    app.outsider().await.get(&path(&unit, "contacts")).await.refused(403, "forbidden");
    assert_eq!(app.count("SELECT count(*) FROM unit_contact WHERE until IS NULL").await, 4, "those of two units");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn all_that_is_wrong_with_a_filing_is_told_at_once() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let now = representative.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let mut both = on_file(&now, "liaison");
    both["name"] = json!("钱进");
    let mut reachable = on_file(&now, "liaison");
    reachable["phone"] = json!("13800000009");
    let late = json!({ "name": "钱进", "post": "主任", "filed_on": "2026-11-18", "event_on": "2026-11-01" });
    for (body, faults) in [
        (json!({ "post": "主任" }), vec![("#/name", "required")]),
        (both, vec![("#/name", "not_both")]),
        (reachable, vec![("#/phone", "not_allowed")]),
        (late, vec![("#/event_on", "out_of_order"), ("#/filed_on", "not_allowed")]),
    ] {
        let refused = files(&representative, &unit, "liaison", body).await;
        let expected: Vec<_> = faults.iter().map(|(at, code)| ((*at).to_owned(), (*code).to_owned())).collect();
        assert_eq!(refused.refused(422, "validation_failed").faults(), expected);
    }
    leaves(&representative, &unit, "liaison").await.is(200);
    leaves(&representative, &unit, "liaison").await.refused(409, "contact_vacant");
    let vacant = json!({ "name": "钱进", "post": "主任", "event_on": "2026-11-20" });
    let refused = files(&representative, &unit, "liaison", vacant).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/event_on", "not_allowed"));
    let unknown = json!({ "name": "钱进", "post": "主任", "unit_id": unit.id, "status": "accepted" });
    files(&representative, &unit, "liaison", unknown).await.refused(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_filings_at_once_one_is_in_effect() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (office, twin) = (app.secretariat().await, app.another_instance());
    let seen = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let at = |n: usize| if n.is_multiple_of(2) { office.clone() } else { office.on(&twin) };
    let answers = join_all(
        (0..8).map(async |n| at(n).post(&path(&unit, "representative"), person(&format!("代表{n}"))).seen(&seen).await),
    );
    let statuses: Vec<_> = answers.await.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 412].contains(status)), "{statuses:?}");
    let any = join_all((0..8).map(async |n| files(&at(n), &unit, "representative", person(&format!("代表{n}"))).await));
    assert!(any.await.iter().all(|answer| answer.status == 200), "each succeeds the one before");
    let live = "SELECT count(*) FROM unit_contact WHERE kind = 'representative' AND until IS NULL";
    assert_eq!(app.count(live).await, 1);
    assert_eq!(app.count("SELECT last FROM number_series WHERE series = 'filing'").await, 12, "a receipt for each");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_units_that_file_one_person_at_once_one_does() {
    let app = App::start().await;
    let (first, second) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let third = app.member_unit("云栖书店").await;
    let (office, twin) = (app.secretariat().await, app.another_instance());
    let former = on_file(&office.get(&format!("/v1/units/{}", third.id)).await.ok(), "representative");
    leaves(&office, &third, "representative").await.is(200);
    let at_the_twin = office.on(&twin);
    let both = [(&office, &first), (&at_the_twin, &second)];
    let answers = join_all(both.map(async |(who, unit)| files(who, unit, "liaison", former.clone()).await)).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}
