//! Lists and minutes to be printed: PDF with the Chinese font embedded.

use gongjian_testkit::{App, Persona};
use serde_json::json;

use super::{checks_in, closes, code, general, members, opens, path};

/// The bytes of a document; the test kit reads answers as text.
async fn prints(app: &App, who: &Persona, path: &str) -> (reqwest::header::HeaderMap, Vec<u8>) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let token = who.token().await.unwrap();
    let request = client.get(app.url(path)).bearer_auth(token).header("accept", "application/pdf");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    (answer.headers().clone(), answer.bytes().await.unwrap().to_vec())
}

fn holds(bytes: &[u8], what: &str) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what.as_bytes()).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_attendance_list_and_the_minutes_are_printed_with_their_font() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 45).await;
    let meeting = opens(&app, &office, general()).await;
    checks_in(&app.representative_of(&units[0]).await, &meeting, &code(&office, &meeting).await).await.is(201);
    let (headers, list) = prints(&app, &office, &path(&meeting, "attendance-list")).await;
    assert_eq!(headers["content-type"], "application/pdf");
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(
        disposition.contains("filename=\"attendance-list.pdf\"") && disposition.contains("filename*=UTF-8''%E5%87%BA")
    );
    assert_eq!(headers["cache-control"], "no-store");
    assert!(list.starts_with(b"%PDF-1.") && list.ends_with(b"%%EOF"), "a whole PDF");
    assert_eq!(holds(&list, "/Type/Page/") + holds(&list, "/Type /Page\n"), 2, "45 rows need two pages");
    assert!(holds(&list, "/FontFile3") == 1, "the font is embedded");
    assert!(holds(&list, "NotoSansCJKsc") > 0 && holds(&list, "/ToUnicode") > 0, "its text can be searched");
    assert!(list.len() < 200_000, "cut down to what is used: {}", list.len());

    let closed = closes(&office, &meeting).await;
    let words = json!({ "summary": "会议由会长主持。喆堃🙂", "items": [] });
    let drafted = office.put(&path(&closed, "minutes"), words).seen(&closed).await.ok();
    let (headers, minutes) = prints(&app, &office, &path(&drafted, "minutes-document")).await;
    assert!(headers["content-disposition"].to_str().unwrap().contains("filename=\"minutes.pdf\""));
    assert!(holds(&minutes, "/FontFile3") == 1 && minutes.starts_with(b"%PDF-1."));
    let member = app.representative_of(&units[1]).await;
    member.get(&path(&drafted, "minutes-document")).await.refused(409, "no_minutes_yet");
}
