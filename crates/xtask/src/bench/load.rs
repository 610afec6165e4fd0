//! The load generator: keep-alive HTTP/1.1 over plain sockets, on one thread beside the servers. It looks
//! at no more of an answer than it must, because it shares the machine with what it measures.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::Result;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// SplitMix64: the same numbers in every run.
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// What one client does again and again.
#[derive(Clone)]
pub enum Script {
    Read(Arc<dyn Fn(&mut Random) -> String + Send + Sync>),
    /// A submission, then the registration of what it made.
    SubmitAndRegister {
        submit: String,
        register: Arc<dyn Fn(&str) -> String + Send + Sync>,
    },
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

/// An answer, as far as it was read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub body: Vec<u8>,
}

/// One kept connection.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    pub async fn connect(address: &str) -> std::result::Result<Self, Fault> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    pub async fn send(&mut self, request: &str) -> std::result::Result<Answer, Fault> {
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let head_end = loop {
            let from = self.buffer.len().saturating_sub(3);
            self.fill().await?;
            if let Some(at) = self.buffer[from..].windows(4).position(|four| four == b"\r\n\r\n") {
                break from + at + 4;
            }
        };
        let head = std::str::from_utf8(&self.buffer[..head_end])?;
        let field = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        };
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let length: usize = field("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let location = field("location").map(str::to_owned);
        while self.buffer.len() < head_end + length {
            self.fill().await?;
        }
        Ok(Answer { status, location, body: self.buffer[head_end..head_end + length].to_vec() })
    }

    async fn fill(&mut self) -> std::result::Result<(), Fault> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }

    async fn expect(&mut self, request: &str, status: u16) -> std::result::Result<Answer, Fault> {
        let answer = self.send(request).await?;
        if answer.status == status {
            return Ok(answer);
        }
        Err(format!("expected {status}: {} {}", answer.status, String::from_utf8_lossy(&answer.body)).into())
    }

    async fn play(&mut self, script: &Script, random: &mut Random) -> std::result::Result<(), Fault> {
        match script {
            Script::Read(request) => self.expect(&request(random), 200).await.map(drop),
            Script::SubmitAndRegister { submit, register } => {
                let made = self.expect(submit, 201).await?;
                let path = made.location.ok_or("the submission has no Location")?;
                self.expect(&register(&path), 200).await.map(drop)
            }
        }
    }
}

/// Rounds of the script that were answered in a second.
pub async fn rate(address: &str, script: &Script, connections: usize, length: Duration) -> Result<f64> {
    let mut clients = JoinSet::new();
    let started = Instant::now();
    for number in 0..connections {
        let (address, script) = (address.to_owned(), script.clone());
        clients.spawn(async move {
            let mut client = Client::connect(&address).await?;
            let mut random = Random(number as u64);
            let mut done = 0_u64;
            while started.elapsed() < length {
                client.play(&script, &mut random).await?;
                done += 1;
            }
            Ok::<_, Fault>(done)
        });
    }
    let mut total = 0;
    while let Some(done) = clients.join_next().await {
        total += done?.map_err(|fault| fault.to_string())?;
    }
    Ok(total as f64 / started.elapsed().as_secs_f64())
}

/// A request line and headers; the body follows where there is one.
pub fn request(method: &str, path: &str, token: Option<&str>, more: &str, body: &str) -> String {
    let authorization = token.map_or_else(String::new, |token| format!("authorization: Bearer {token}\r\n"));
    let length = if method == "GET" {
        String::new()
    } else {
        format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len())
    };
    format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{authorization}{more}{length}\r\n{body}")
}
