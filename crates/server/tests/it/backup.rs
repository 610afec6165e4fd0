use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gongjian::config::Hidden;

use crate::fixture::{Place, Scratch, stderr, stdout, try_once, url};

#[actix_web::test]
async fn a_copy_made_while_writing_is_whole() {
    let place = Place::new();
    let running = place.start().await.unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (store, stop) = (running.store.clone(), stop.clone());
        actix_web::rt::spawn(async move {
            let mut written = 0;
            while !stop.load(Ordering::Relaxed) {
                try_once(&store, written).await;
                written += 1;
            }
            written
        })
    };
    let place = Arc::new(place);
    for copy in ["one.db", "two.db"] {
        let at = place.clone();
        let made = tokio::task::spawn_blocking(move || at.command(&["backup", copy])).await.unwrap();
        assert!(made.status.success(), "{}", stderr(&made));
    }
    stop.store(true, Ordering::Relaxed);
    assert!(writer.await.unwrap() > 0);
    running.stop().await.unwrap();

    let refused = place.command(&["backup", "one.db"]);
    assert!(!refused.status.success() && stderr(&refused).contains("exists already"));

    let mut copy = Place::new();
    copy.config.database.url = Some(Hidden::new(url(&place.file("two.db"))));
    copy.config.secret.file = Some(place.file("test.secret"));
    let verified = copy.command(&["audit", "verify"]);
    assert!(verified.status.success(), "{}{}", stdout(&verified), stderr(&verified));
    let leftovers: Vec<_> = std::fs::read_dir(place.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".part"))
        .collect();
    assert_eq!(leftovers, Vec::<String>::new());
}

#[actix_web::test]
async fn postgres_is_copied_by_pg_dump() {
    let Some(scratch) = Scratch::new().await else { return };
    let mut place = Place::new();
    place.config.database.url = Some(Hidden::new(&scratch.url));
    let copied = place.command(&["backup", "copy.dump"]);
    assert!(copied.status.success(), "{}", stderr(&copied));
    assert!(std::fs::read(place.file("copy.dump")).unwrap().starts_with(b"PGDMP"));
    scratch.drop().await;
}
