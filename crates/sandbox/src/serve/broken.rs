//! Replies that break off.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Response, StatusCode, header};
use http_body::Frame;
use tokio::time::Sleep;

/// Time for what was written to leave before the connection ends.
const PAUSE: Duration = Duration::from_millis(20);

/// No reply at all: a body that fails at once makes the server close the connection.
pub(super) fn lost() -> Response<Body> {
    broken_off(Vec::new(), 1, Duration::ZERO)
}

/// Half of a body whose whole length was announced.
pub(super) fn truncated(bytes: Vec<u8>, status: StatusCode) -> Response<Body> {
    let half = bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
    let mut out = broken_off(half, bytes.len(), PAUSE);
    *out.status_mut() = status;
    out
}

fn broken_off(bytes: Vec<u8>, announced: usize, pause: Duration) -> Response<Body> {
    let first = Some(Bytes::from(bytes)).filter(|bytes| !bytes.is_empty());
    let mut out = Response::new(Body::new(BrokenOff { first, pause: Box::pin(tokio::time::sleep(pause)) }));
    out.headers_mut().insert(header::CONTENT_LENGTH, announced.into());
    out
}

/// A body that gives some bytes, waits, and fails.
struct BrokenOff {
    first: Option<Bytes>,
    pause: Pin<Box<Sleep>>,
}

impl HttpBody for BrokenOff {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(bytes) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        ready!(self.pause.as_mut().poll(context));
        Poll::Ready(Some(Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))))
    }
}
