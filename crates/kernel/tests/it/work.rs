use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use gongjian_kernel::{Act, Refusal, Result, write};
use sea_orm::ConnectionTrait as _;
use tokio::sync::Notify;

use crate::fixture::Fixture;

const DOCUMENT: &str = "document";

async fn read(at: &Fixture, value: u32) -> u32 {
    *at.store.document(DOCUMENT, async || Ok(value)).await.unwrap()
}

#[tokio::test]
async fn a_reader_from_before_the_commit_leaves_nothing_behind() {
    let at = Fixture::new().await;
    let (read_old, committed) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = at.store.document(DOCUMENT, async || {
        read_old.notify_one();
        committed.notified().await;
        Ok(1_u32)
    });
    let change = async {
        read_old.notified().await;
        write(&at.store, &Act::by_rule(&at.store), async |work| {
            work.forget_document(DOCUMENT);
            let own = work.document(DOCUMENT, async || Ok(2_u32)).await?;
            assert_eq!(*own, 2);
            Ok(())
        })
        .await
        .unwrap();
        committed.notify_one();
    };
    let (old, ()) = tokio::join!(slow, change);
    assert_eq!(*old.unwrap(), 1);
    assert_eq!(read(&at, 3).await, 3, "neither the old state nor the uncommitted one was kept");
    assert_eq!(read(&at, 4).await, 3);
}

#[tokio::test]
async fn what_is_read_between_the_change_and_the_commit_is_forgotten() {
    let at = Fixture::new().await;
    write(&at.store, &Act::by_rule(&at.store), async |work| {
        work.forget_document(DOCUMENT);
        assert_eq!(read(&at, 1).await, 1);
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(read(&at, 2).await, 2);
}

#[tokio::test]
async fn a_crowd_reads_a_document_once() {
    let at = Fixture::new().await;
    let loads = AtomicU32::new(0);
    let one = async || {
        let load = async || {
            tokio::task::yield_now().await;
            Ok(loads.fetch_add(1, Ordering::SeqCst))
        };
        *at.store.document(DOCUMENT, load).await.unwrap()
    };
    assert_eq!(tokio::join!(one(), one(), one()), (0, 0, 0));
}

#[tokio::test]
async fn a_duplicate_that_nobody_reckoned_with_is_our_fault() {
    let at = Fixture::new().await;
    let runs = AtomicU32::new(0);
    let refused: Result<(), Refusal> = write(&at.store, &Act::by_rule(&at.store), async |work| {
        runs.fetch_add(1, Ordering::SeqCst);
        work.tx().execute_unprepared("INSERT INTO audit_head (id, seq, hash, seal) VALUES (1, 0, '', '')").await?;
        Ok(())
    })
    .await;
    let refusal = refused.unwrap_err();
    assert_eq!(refusal.entry.code, "internal_error");
    assert!(refusal.source.is_some());
    assert!(runs.load(Ordering::SeqCst) > 1, "another may have come first: it is run again");
}
