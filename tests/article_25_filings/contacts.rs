//! The unit decides who speaks for it.

use gongjian_testkit::{App, difficulty};
use serde_json::json;

use super::{path, person};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_successor_takes_over_and_the_predecessor_stays_on_file() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    for (office_of, since) in [("representative", "赵强"), ("liaison", "钱进")] {
        let before = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
        let after = office.post(&path(&unit, office_of), person(since)).seen(&before).await.ok();
        assert_eq!(after[office_of]["name"], since);
        assert_eq!(after["version"].as_i64().unwrap(), before["version"].as_i64().unwrap() + 1);
        office.post(&path(&unit, office_of), person("孙行")).seen(&before).await.refused(412, "version_mismatch");
    }
    assert_eq!(app.count("SELECT count(*) FROM unit_contact").await, 4);
    assert_eq!(app.count("SELECT count(*) FROM unit_contact WHERE until IS NULL").await, 2, "one of each at a time");
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'unit.contact_filed'").await, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_unit_decides_and_the_secretariat_files() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let liaison = app.liaison_of(&unit).await;
    let file = async |who: &gongjian_testkit::Persona| {
        who.post(&path(&unit, "liaison"), person("钱进")).header("if-match", "*").await
    };
    for other in [&liaison, &app.outsider().await, &app.president().await] {
        assert_eq!(file(other).await.refused(403, "forbidden").body["article"], 25, "{}", other.username());
    }
    file(&app.representative_of(&unit).await).await.is(200);
    file(&app.secretariat().await).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn with_the_filing_the_office_of_the_predecessors_account_ends() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&unit).await);
    representative.submits(difficulty()).await.is(201);
    let call = app.secretariat().await.post(&path(&unit, "representative"), person("赵强")).header("if-match", "*");
    call.await.is(200);
    representative.submits(difficulty()).await.refused(403, "forbidden");
    liaison.submits(difficulty()).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn faults_of_a_filing_are_told_at_once() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let bad = json!({ "name": "", "post": "书记", "phone": "123", "email": "nobody", "filed_on": "2027-01-01" });
    let refused = app.secretariat().await.post(&path(&unit, "liaison"), bad).header("if-match", "*").await;
    let at: Vec<_> = refused.refused(422, "validation_failed").faults().into_iter().map(|(at, _)| at).collect();
    assert!(at.contains(&"#/name".to_owned()), "{at:?}");
    assert_eq!(app.count("SELECT count(*) FROM unit_contact").await, 2);
}
