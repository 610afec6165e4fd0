//! Below HTTP: bytes as they are, and a line to the database that can be cut.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Sends bytes and reads until the server closes or falls silent.
pub async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let _ = socket.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(3), socket.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

const OPEN: u8 = 0;
const HANGING: u8 = 1;
const CUT: u8 = 2;

/// A line to a server that can hang or be cut, and comes back.
#[derive(Debug, Clone)]
pub struct Proxy {
    pub address: SocketAddr,
    state: Arc<AtomicU8>,
}

impl Proxy {
    pub async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self { address: listener.local_addr().unwrap(), state: Arc::new(AtomicU8::new(OPEN)) };
        let state = proxy.state.clone();
        tokio::spawn(async move {
            while let Ok((inner, _)) = listener.accept().await {
                tokio::spawn(carry(inner, target, state.clone()));
            }
        });
        proxy
    }

    /// Every connection breaks, new ones too.
    pub fn cut(&self) {
        self.state.store(CUT, Ordering::SeqCst);
    }

    /// Nothing arrives any more, and nobody says so.
    pub fn hang(&self) {
        self.state.store(HANGING, Ordering::SeqCst);
    }

    pub fn mend(&self) {
        self.state.store(OPEN, Ordering::SeqCst);
    }
}

async fn carry(mut inner: TcpStream, target: SocketAddr, state: Arc<AtomicU8>) {
    let Ok(mut outer) = TcpStream::connect(target).await else { return };
    let (mut up, mut down) = ([0; 8192], [0; 8192]);
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    loop {
        match state.load(Ordering::SeqCst) {
            CUT => return,
            HANGING => {
                tick.tick().await;
                continue;
            }
            _ => {}
        }
        let carried = tokio::select! {
            read = inner.read(&mut up) => pass_on(read, &up, &mut outer).await,
            read = outer.read(&mut down) => pass_on(read, &down, &mut inner).await,
            _ = tick.tick() => true,
        };
        if !carried {
            return;
        }
    }
}

async fn pass_on(read: std::io::Result<usize>, bytes: &[u8], to: &mut TcpStream) -> bool {
    match read {
        Ok(0) | Err(_) => false,
        Ok(n) => to.write_all(&bytes[..n]).await.is_ok(),
    }
}
