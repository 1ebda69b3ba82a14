//! Replies that break off, or that come slowly.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Response, header};
use http_body::Frame;
use tokio::time::{Instant, Sleep};

/// Time for what was written to leave before the connection ends.
const PAUSE: Duration = Duration::from_millis(20);

/// How many pieces a slow body comes in, at most.
const PIECES: usize = 8;

/// No reply at all: a body that fails at once makes the server close the connection.
pub(super) fn lost() -> Response<Body> {
    let nothing = Pieces::new(VecDeque::new(), Duration::ZERO, true);
    announced(Response::new(Body::new(nothing)), 1)
}

/// A reply of which half the body comes, though all of it was announced.
pub(super) fn truncated(reply: Response<Vec<u8>>) -> Response<Body> {
    let (parts, bytes) = reply.into_parts();
    let half = Bytes::copy_from_slice(bytes.get(..bytes.len() / 2).unwrap_or_default());
    let pieces = Pieces::new(VecDeque::from([half]), PAUSE, true);
    announced(Response::from_parts(parts, Body::new(pieces)), bytes.len())
}

/// A whole reply whose body takes so long to come.
pub(super) fn slow(reply: Response<Vec<u8>>, over: Duration) -> Response<Body> {
    let (parts, bytes) = reply.into_parts();
    let length = bytes.len();
    let pieces: VecDeque<Bytes> =
        bytes.chunks(length.div_ceil(PIECES).max(1)).map(Bytes::copy_from_slice).collect();
    let between = over.checked_div(u32::try_from(pieces.len()).unwrap_or(1)).unwrap_or(over);
    announced(Response::from_parts(parts, Body::new(Pieces::new(pieces, between, false))), length)
}

fn announced(mut reply: Response<Body>, length: usize) -> Response<Body> {
    reply.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    reply
}

/// A body that gives its pieces with a pause after each, and may fail in the end.
struct Pieces {
    rest: VecDeque<Bytes>,
    between: Duration,
    fails: bool,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    fn new(rest: VecDeque<Bytes>, between: Duration, fails: bool) -> Self {
        Pieces { rest, between, fails, pause: None }
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        Poll::Ready(())
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        ready!(self.wait(context));
        match self.rest.pop_front() {
            Some(piece) => {
                self.pause = Some(Box::pin(tokio::time::sleep_until(Instant::now() + self.between)));
                Poll::Ready(Some(Ok(Frame::data(piece))))
            }
            None if self.fails => {
                Poll::Ready(Some(Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))))
            }
            None => Poll::Ready(None),
        }
    }
}
