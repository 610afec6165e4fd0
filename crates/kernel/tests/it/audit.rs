use gongjian_kernel::audit::{Checkpoint, Verdict, verify};
use gongjian_kernel::calendar;
use sea_orm::ConnectionTrait as _;

use crate::fixture::Fixture;

async fn verdict(at: &Fixture, marks: &[Checkpoint]) -> Verdict {
    verify(at.store.db.reader(), &at.store.keys, marks).await.unwrap()
}

async fn run(at: &Fixture, statement: &str) {
    at.store.db.writer().execute_unprepared(statement).await.unwrap();
}

#[tokio::test]
async fn a_trail_that_is_being_written_is_whole() {
    let at = Fixture::new().await;
    calendar::seed(&at.store).await.unwrap();
    let writing = async {
        for _ in 0..150 {
            at.happen().await.unwrap();
        }
    };
    let verifying = async {
        for _ in 0..60 {
            let found = verdict(&at, &[]).await;
            assert!(matches!(found, Verdict::Whole { .. }), "{found:?}");
        }
    };
    tokio::join!(writing, verifying);
    assert!(matches!(verdict(&at, &[]).await, Verdict::Whole { rows } if rows > 150));
}

#[tokio::test]
async fn an_emptied_trail_is_broken() {
    let at = Fixture::new().await;
    calendar::seed(&at.store).await.unwrap();
    run(&at, "DROP TRIGGER audit_event_no_delete").await;
    run(&at, "DELETE FROM audit_event").await;
    let genesis = gongjian_kernel::audit::GENESIS;
    run(&at, &format!("UPDATE audit_head SET seq = 0, hash = '{genesis}', seal = ''")).await;
    assert!(matches!(verdict(&at, &[]).await, Verdict::Broken { at: 0, .. }));
    calendar::seed(&at.store).await.unwrap();
    assert!(matches!(verdict(&at, &[]).await, Verdict::Broken { at: 0, .. }), "a restart does not seal it again");
}

#[tokio::test]
async fn a_row_beyond_the_head_is_noticed() {
    let at = Fixture::new().await;
    calendar::seed(&at.store).await.unwrap();
    at.happen().await.unwrap();
    run(&at, "UPDATE audit_head SET seq = seq - 1").await;
    assert!(matches!(verdict(&at, &[]).await, Verdict::Broken { .. }));
}
