//! Connections: how many there may be, and how long a client may take to say what it wants.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use super::patience::Patient;

/// The limits on a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How long the head of a request may take, and a connection be idle.
    pub(super) head_timeout: Duration,
    /// How long a client may take none of its reply.
    pub(super) write_timeout: Duration,
    /// How many connections there may be at once; more wait.
    pub(super) connections: usize,
}

/// The largest head of a request, in bytes; a larger one is answered 431.
const HEAD_LIMIT: usize = 64 << 10;

/// How long to wait when no connection can be accepted, as when no file handle is free.
const RESPITE: Duration = Duration::from_millis(50);

/// What a client is told whose head did not come in time.
const LATE: &str = r#"{"message":"the request did not arrive in time: send its head faster"}"#;

/// Serves every connection until the sender of `ended` is dropped.
pub(super) async fn accept(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    mut ended: watch::Receiver<()>,
) {
    let free = Arc::new(Semaphore::new(limits.connections));
    loop {
        let next = async {
            let permit = Arc::clone(&free).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            _ = ended.changed() => return,
        };
        match accepted {
            Ok((stream, _)) => {
                let served = serve(stream, router.clone(), limits, ended.clone());
                tokio::spawn(async move {
                    // A client that goes away is nobody's error.
                    let _ = served.await;
                    drop(permit);
                });
            }
            Err(_) => tokio::time::sleep(RESPITE).await,
        }
    }
}

async fn serve(
    stream: TcpStream,
    router: Router,
    limits: Limits,
    mut ended: watch::Receiver<()>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_timeout).max_header_size(HEAD_LIMIT);
    let stream = Patient::new(stream, limits.write_timeout);
    let mut connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let served = tokio::select! {
        outcome = &mut connection => Some(outcome),
        _ = ended.changed() => None,
    };
    let outcome = match served {
        Some(outcome) => outcome,
        None => {
            Pin::new(&mut connection).graceful_shutdown();
            (&mut connection).await
        }
    };
    let parts = connection.into_parts();
    let is_late = outcome.is_err_and(|error| error.is_timeout());
    // A connection that was idle ends without a word: its client asked for nothing.
    if is_late && !parts.read_buf.is_empty() {
        let mut stream = parts.io.into_inner();
        stream.write_all(late().as_bytes()).await?;
        stream.shutdown().await?;
    }
    Ok(())
}

fn late() -> String {
    format!(
        "HTTP/1.1 408 Request Timeout\r\ncontent-type: application/json; charset=utf-8\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{LATE}",
        LATE.len()
    )
}
