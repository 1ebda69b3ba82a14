//! Letting pages of another origin ask the store, which no store does by itself.

use axum::body::Body;
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderName, Response, StatusCode};

/// What a page may send: the methods and headers of the API.
const ALLOWED: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, X-Sandbox-Fault"),
    (header::ACCESS_CONTROL_MAX_AGE, "600"),
];

/// The answer to a browser that asks before it sends.
pub(super) fn preflight(origin: &HeaderValue) -> Response<Body> {
    let mut reply = Response::new(Body::empty());
    *reply.status_mut() = StatusCode::NO_CONTENT;
    for (name, value) in ALLOWED {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    allow(&mut reply, origin);
    reply
}

/// Lets a page of that origin read a reply.
pub(super) fn allow(reply: &mut Response<Body>, origin: &HeaderValue) {
    reply.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    reply.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
}
