//! Who reads a passbook, and what others enter into it.

use gongjian_testkit::{App, difficulty, suggestion};
use serde_json::{Value, json};

use super::{gives, passbook, research};

fn kinds(tallies: &Value) -> Vec<(String, i64)> {
    let tallies = tallies.as_array().unwrap().iter();
    tallies.map(|it| (it["kind"].as_str().unwrap().to_owned(), it["line_count"].as_i64().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_issue_ledger_enters_rights_used_and_duties_met() {
    let app = App::start().await;
    let cast = app.cast().await;
    let raised = cast.registered().await;
    let suggested = cast.representative.submits(suggestion()).await.created();
    assert_eq!(kinds(&passbook(&cast.office, &cast.unit).await["duties"]), [], "not before it has a number");
    let suggested = cast.office.registers(&suggested).await.ok();
    let book = passbook(&cast.representative, &cast.unit).await;
    assert_eq!(kinds(&book["rights"]), [("issue_raised".to_owned(), 1)]);
    assert_eq!(kinds(&book["duties"]), [("suggestion_registered".to_owned(), 1)]);
    let path = book["lines"][0]["source"]["path"].as_str().unwrap();
    assert_eq!(cast.representative.get(path).await.ok()["id"], suggested["id"]);

    let issue = cast.office.dispatches(&raised, &cast.bureau, &[&cast.school]).await.ok();
    let issue = cast.handler.signs(&issue).await.ok();
    let issue = cast.helper.contributes(&issue, "本校可接收四名学生。").await.ok();
    cast.helper.contributes(&issue, "另可接收两名学生。").await.is(200);
    let school = passbook(&cast.helper, &cast.school).await;
    assert_eq!(kinds(&school["duties"]), [("issue_assisted".to_owned(), 1)], "once for an issue");
    assert_eq!(passbook(&cast.office, &cast.bureau).await["lines"], json!([]));

    cast.representative.withdraws(&suggested).await.is(200);
    let book = passbook(&cast.representative, &cast.unit).await;
    assert_eq!((kinds(&book["duties"]), &book["lines"][0]["status"]), (vec![], &json!("withdrawn")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_passbook_is_for_the_unit_the_secretariat_and_those_who_read_all() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let bureau = app.department_unit("青禾区教育局").await;
    let url = format!("/v1/units/{}/standing", unit.id);
    for reader in [
        app.representative_of(&unit).await,
        app.liaison_of(&unit).await,
        app.secretariat().await,
        app.secretary_general().await,
        app.president().await,
    ] {
        assert_eq!(reader.get(&url).await.ok()["year"], 2026, "{}", reader.username());
    }
    for other in [app.outsider().await, app.department(&bureau).await, app.branch(&unit.street).await] {
        assert_eq!(other.get(&url).await.refused(403, "forbidden").body["article"], 10, "{}", other.username());
    }
    app.administrator().await.get(&url).await.refused(404, "unit_not_found");
    let nowhere = "/v1/units/0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff/standing";
    app.president().await.get(nowhere).await.refused(404, "unit_not_found");
    for year in ["1999", "2101", "x"] {
        app.president().await.get(&format!("{url}?year={year}")).await.refused(400, "invalid_parameter");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn lines_are_found_by_year_kind_and_status_page_by_page() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    for n in 0..3 {
        gives(&representative, research(&format!("报告{n}"))).await.is(201);
    }
    app.at("2027-01-04 09:00");
    gives(&representative, research("新年报告")).await.is(201);
    let office = app.secretariat().await;
    assert_eq!(passbook(&office, &unit).await["lines"].as_array().unwrap().len(), 3);
    assert_eq!(office.get(&format!("/v1/units/{}/standing", unit.id)).await.ok()["lines"][0]["title"], "新年报告");
    let list = format!("/v1/standing-lines?unit_id={}&year=2026&kind=contributed_research&status=valid", unit.id);
    let first = office.get(&format!("{list}&limit=2")).await;
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let second = office.get(&format!("{list}&limit=2&cursor={cursor}")).await;
    let titles = [first.rows(), second.rows()].concat().iter().map(|row| row["title"].clone()).collect::<Vec<_>>();
    assert_eq!(titles, [json!("报告2"), json!("报告1"), json!("报告0")]);
    for (query, found) in [("?status=disputed", 0), ("?kind=issue_raised", 0), ("?year=2027", 1), ("", 4)] {
        assert_eq!(representative.get(&format!("/v1/standing-lines{query}")).await.rows().len(), found, "{query}");
    }
    assert!(app.outsider().await.get("/v1/standing-lines").await.rows().is_empty());
    app.administrator().await.get("/v1/standing-lines").await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_kind_of_line_is_in_the_dictionary() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let issue = representative.submits(difficulty()).await.created();
    app.secretariat().await.registers(&issue).await.is(200);
    let dictionary = representative.get("/v1/dictionary").await.ok();
    let lists = dictionary["lists"].as_array().unwrap();
    let words = &lists.iter().find(|list| list["name"] == "standing_kind").unwrap()["words"];
    let line = &passbook(&representative, &unit).await["lines"][0];
    let word = words.as_array().unwrap().iter().find(|word| word["value"] == line["kind"]).unwrap();
    assert_eq!((&word["label_zh"], &line["side"], &line["article"]), (&line["label"], &json!("right"), &json!(9)));
}
