//! Senders who are slow or never end, over real connections: actix itself would wait for ever.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use gongjian_api::{ApiSettings, app_with};
use sea_orm_migration::sea_orm::{ConnectionTrait as _, Database};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::ground::{Ground, ground, post, routes, send};

async fn served(settings: ApiSettings) -> (Ground, SocketAddr, ServerHandle) {
    let ground = ground(settings).await;
    let state = ground.state.clone();
    let server = HttpServer::new(move || app_with(state.clone(), routes))
        .client_disconnect_timeout(Duration::from_millis(200))
        .workers(1)
        .bind("127.0.0.1:0")
        .unwrap();
    let address = server.addrs()[0];
    let running = server.run();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    (ground, address, handle)
}

/// Sends the head, then bit after bit of a body, until the server has closed the connection.
async fn dribble(address: SocketAddr, head: &str, bit: &'static [u8]) -> String {
    let (mut answers, mut sender) = TcpStream::connect(address).await.unwrap().into_split();
    sender.write_all(format!("{head}\r\nhost: x\r\ncontent-type: application/json\r\n\r\n").as_bytes()).await.unwrap();
    let dribbling = actix_web::rt::spawn(async move {
        while sender.write_all(bit).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = Vec::new();
    let mut chunk = [0; 1024];
    let closed = async {
        while let Ok(1..) = answers.read(&mut chunk).await.inspect(|read| answer.extend_from_slice(&chunk[..*read])) {}
    };
    assert!(tokio::time::timeout(Duration::from_secs(5), closed).await.is_ok(), "{head}: the connection stays open");
    dribbling.abort();
    String::from_utf8_lossy(&answer).to_lowercase()
}

#[actix_web::test]
async fn a_body_that_nobody_reads_is_cut() {
    let (_ground, address, handle) =
        served(ApiSettings { body_deadline: Duration::from_millis(300), ..ApiSettings::default() }).await;
    for (line, status) in [
        ("POST /nope", 404),
        ("DELETE /v1/me", 405),
        ("OPTIONS /v1/me", 204),
        ("POST /v1/issues", 401),
        ("GET /livez", 200),
        ("POST /v1/notes", 408),
    ] {
        let answer = dribble(address, &format!("{line} HTTP/1.1\r\ntransfer-encoding: chunked"), b"1\r\n \r\n").await;
        assert!(answer.starts_with(&format!("http/1.1 {status}")), "{line}: {answer}");
        assert!(answer.contains("connection: close"), "{line}: {answer}");
    }
    let slow = dribble(address, "POST /v1/notes HTTP/1.1\r\ncontent-length: 100000", b" ").await;
    assert!(slow.starts_with("http/1.1 408") && slow.contains("body_timeout"), "{slow}");
    handle.stop(false).await;
}

#[actix_web::test]
async fn a_body_that_was_read_leaves_the_connection_open() {
    let (_ground, address, handle) = served(ApiSettings::default()).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    for _ in 0..2 {
        let request = b"POST /v1/notes HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\nd\r\n{\"title\":\"a\"}\r\n0\r\n\r\n";
        socket.write_all(request).await.unwrap();
        let mut answer = vec![0; 4096];
        let read = socket.read(&mut answer).await.unwrap();
        assert!(answer[..read].starts_with(b"HTTP/1.1 201"), "{}", String::from_utf8_lossy(&answer[..read]));
    }
    handle.stop(false).await;
}

/// Putting a refusal on record waits for the writer no longer than a handler would.
#[actix_web::test]
async fn one_deadline_holds_to_the_end() {
    let settings = ApiSettings { request_deadline: Duration::from_millis(300), ..ApiSettings::default() };
    let ground = ground(settings).await;
    let other = Database::connect(ground.url()).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let answer = send(&ground, post("{\"title\":\"机密★1年\"}".as_bytes())).await;
    answer.problem(503, "request_timeout");
    other.close().await.unwrap();
}
