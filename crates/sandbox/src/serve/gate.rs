//! From HTTP to the store and back.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, Request, Response, StatusCode, header};
use magewright::outcome::Refusal;

use super::fault::{Fault, Schedule};
use super::{Gated, ServeOptions, SharedApp, broken, lock};
use crate::http::{self, Credentials};

/// What every connection needs.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    app: SharedApp,
    options: Arc<ServeOptions>,
    schedule: Arc<Schedule>,
}

impl Gate {
    pub(super) fn new(app: SharedApp, options: ServeOptions) -> Self {
        let schedule = Arc::new(Schedule::new(options.faults.clone()));
        Gate { app, options: Arc::new(options), schedule }
    }
}

/// Hands a request to the store; the lock is held for the answer only, never while a client sends.
pub(super) async fn pass(axum::extract::State(gate): Gated, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = match read(body, gate.options.body_limit, gate.options.body_timeout).await {
        Ok(body) => body,
        Err(refusal) => return written(&http::Response::from(refusal)),
    };
    let mut asked = asked(parts.method.as_str(), &parts.uri, &parts.headers, body);
    tokio::time::sleep(gate.schedule.latency()).await;
    let fault = gate.schedule.next();
    match fault {
        Some(Fault::LostBefore) => return broken::lost(),
        Some(Fault::Status(status)) => return of_a_proxy(status),
        Some(Fault::TokenExpired) => asked.credentials = Credentials::None,
        _ => {}
    }
    let response = lock(&gate.app).handle(&asked);
    match fault {
        Some(Fault::LostAfter) => broken::lost(),
        Some(Fault::Truncated) => broken::truncated(response.bytes(), status(response.status)),
        _ => written(&response),
    }
}

/// A page as a proxy before the store writes it.
fn of_a_proxy(code: u16) -> Response<Body> {
    let mut out = Response::new(Body::from(format!("<html><body><h1>{code}</h1></body></html>")));
    *out.status_mut() = status(code);
    out.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html"));
    out
}

/// The whole body, within size and time.
async fn read(body: Body, limit: usize, within: Duration) -> Result<Vec<u8>, Refusal> {
    match tokio::time::timeout(within, to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(error)) if is_too_large(&error) => {
            Err(Refusal::new(413, format!("the body is larger than {limit} bytes: send less at once")))
        }
        Ok(Err(_)) => Err(Refusal::new(400, "the body ended early: send as much as Content-Length says")),
        Err(_) => Err(Refusal::new(408, "the body did not arrive in time: send it faster")),
    }
}

/// The limit's error is the only one with that name below it.
fn is_too_large(error: &axum::Error) -> bool {
    error.source().is_some_and(|source| source.to_string().contains("length limit"))
}

fn asked(method: &str, uri: &axum::http::Uri, headers: &HeaderMap, body: Vec<u8>) -> http::Request {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let host = text(header::HOST).unwrap_or_else(|| "127.0.0.1".to_owned());
    http::Request {
        method: method.to_owned(),
        target: target.to_owned(),
        origin: format!("http://{host}"),
        credentials: text(header::AUTHORIZATION).map_or(Credentials::None, Credentials::Header),
        content_type: text(header::CONTENT_TYPE),
        accept: text(header::ACCEPT),
        body,
    }
}

fn written(response: &http::Response) -> Response<Body> {
    let mut out = Response::new(Body::from(response.bytes()));
    *out.status_mut() = status(response.status);
    if let Some(kind) = response.content_type() {
        out.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    }
    out
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
