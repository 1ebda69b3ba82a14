//! The body of a request, read within size and time.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use magewright::outcome::Refusal;

/// How much of a body beyond the limit is read and thrown away, as a multiple of the limit: a
/// client that writes before it reads then still gets the answer rather than a reset.
const THROWN_AWAY: usize = 8;

/// The whole body.
///
/// # Errors
/// 413 for one that is too large, 408 for one that comes too slowly, 400 for one that breaks off.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    within: Duration,
) -> Result<Vec<u8>, Refusal> {
    let announced = body.size_hint().lower();
    if announced == 0 && body.is_end_stream() {
        return Ok(Vec::new());
    }
    // A client that waits to be told to go on is told not to.
    if headers.contains_key(header::EXPECT) && usize::try_from(announced).is_ok_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let whole = tokio::time::timeout(within, collect(body, limit)).await;
    whole.unwrap_or_else(|_| Err(Refusal::new(408, "the body did not arrive in time: send it faster")))
}

async fn collect(mut body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let (mut whole, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let broken = || Refusal::new(400, "the body ended early: send as much as Content-Length says");
        let Ok(data) = frame.map_err(|_| broken())?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            whole.extend_from_slice(&data);
        } else if length > limit.saturating_mul(THROWN_AWAY) {
            break;
        }
    }
    if length > limit { Err(too_large(limit)) } else { Ok(whole) }
}

fn too_large(limit: usize) -> Refusal {
    Refusal::new(413, format!("the body is larger than {limit} bytes: send less at once"))
}
