//! From HTTP to the store and back.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::body::Body;
use axum::http::header::HeaderValue;
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, Request, Response, StatusCode, header};
use magewright::outcome::Refusal;

use super::fault::{Fault, Faults, Schedule};
use super::{Gated, ServeOptions, SharedApp, body, broken, control, cors, lock, pages};
use crate::http::{self, Credentials};

/// The header by which a request asks for a fault of its own.
const FAULT: HeaderName = HeaderName::from_static("x-sandbox-fault");

/// The header by which a request has operations of the queue worked before it is answered.
const WORK: HeaderName = HeaderName::from_static("x-sandbox-work");

/// What every connection needs.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    pub(super) app: SharedApp,
    pub(super) options: Arc<ServeOptions>,
    schedule: Arc<RwLock<Arc<Schedule>>>,
    /// The store as it was at the beginning, where a test may go back to it.
    began: Option<SharedApp>,
}

impl Gate {
    pub(super) fn new(app: SharedApp, options: ServeOptions) -> Self {
        let schedule = Arc::new(Schedule::new(options.faults.clone()));
        let began = options.control.then(|| Arc::new(Mutex::new(lock(&app).clone())));
        Gate { app, options: Arc::new(options), schedule: Arc::new(RwLock::new(schedule)), began }
    }

    /// Lets other things go wrong from now on, counted from the next request.
    pub(super) fn set_faults(&self, faults: Faults) {
        *self.schedule.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Schedule::new(faults));
    }

    fn schedule(&self) -> Arc<Schedule> {
        Arc::clone(&self.schedule.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The store's answer. The lock is held while the store reads and while it writes, not between.
    async fn answer(&self, asked: &http::Request) -> http::Response {
        let window = self.options.race;
        let begun = if window.is_zero() { None } else { lock(&self.app).begin(asked) };
        match begun {
            Some(begun) => {
                tokio::time::sleep(window).await;
                lock(&self.app).finish(asked, begun)
            }
            None => lock(&self.app).handle(asked),
        }
    }
}

/// Hands a request to the store; the lock is never held while a client sends or reads.
pub(super) async fn pass(axum::extract::State(gate): Gated, request: Request<Body>) -> Response<Body> {
    if let Some(folder) = &gate.options.pages
        && let Some(page) = pages::show(folder, request.method(), request.uri().path()).await
    {
        return page;
    }
    // Before pages of another origin are let in: they may ask the store, not its control.
    if let Some(began) = gate.began.as_ref().filter(|_| control::is_at(request.uri().path())) {
        return controlled(&gate, began, request).await;
    }
    let allowed = gate.options.cors.as_ref();
    if let Some(origin) = allowed.filter(|_| request.method() == Method::OPTIONS) {
        return cors::preflight(origin);
    }
    let mut reply = passed(&gate, request).await;
    if let Some(origin) = allowed {
        cors::allow(&mut reply, origin);
    }
    reply
}

async fn controlled(gate: &Gate, began: &SharedApp, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let options = &gate.options;
    let reply = match body::read(&parts.headers, body, options.body_limit, options.body_timeout).await {
        Ok(body) => control::answer(gate, began, &parts, &body),
        Err(refusal) => refusal.into(),
    };
    written(reply).map(Body::from)
}

async fn passed(gate: &Gate, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let options = &gate.options;
    let body = match body::read(&parts.headers, body, options.body_limit, options.body_timeout).await {
        Ok(body) => body,
        Err(refusal) => return written(refusal.into()).map(Body::from),
    };
    let fault = match fault(&parts, gate).await {
        Ok(fault) => fault,
        Err(refusal) => return written(refusal.into()).map(Body::from),
    };
    let steps = parts.headers.get(WORK).and_then(|steps| steps.to_str().ok()?.parse().ok()).unwrap_or(0);
    work(gate, steps);
    faulty(gate, asked(&parts, body), fault).await
}

/// Works so many operations, or as many as wait.
fn work(gate: &Gate, steps: usize) {
    for _ in 0..steps {
        if !lock(&gate.app).work_one() {
            return;
        }
    }
}

/// What goes wrong with a request: what its header says, else what the schedule draws.
async fn fault(parts: &Parts, gate: &Gate) -> Result<Option<Fault>, Refusal> {
    let schedule = gate.schedule();
    if !schedule.latency().is_zero() {
        tokio::time::sleep(schedule.latency()).await;
    }
    let Some(named) = parts.headers.get(FAULT) else { return Ok(schedule.next()) };
    let text = named.to_str().unwrap_or_default();
    text.parse().map(Some).map_err(|error: super::NotAFault| Refusal::new(400, error.to_string()))
}

async fn faulty(gate: &Gate, mut asked: http::Request, fault: Option<Fault>) -> Response<Body> {
    match fault {
        Some(Fault::LostBefore) => return broken::lost(),
        Some(Fault::Status(status)) => return of_a_proxy(status, None),
        Some(Fault::RetryAfter(status, seconds)) => return of_a_proxy(status, Some(seconds)),
        Some(Fault::TokenExpired) => asked.credentials = Credentials::None,
        Some(Fault::Latency(time)) => tokio::time::sleep(time).await,
        Some(Fault::Duplicate) => drop(gate.answer(&asked).await),
        _ => {}
    }
    let reply = written(gate.answer(&asked).await);
    match fault {
        Some(Fault::LostAfter) => broken::lost(),
        Some(Fault::Truncated) => broken::truncated(reply),
        Some(Fault::SlowBody(time)) => broken::slow(reply, time),
        _ => reply.map(Body::from),
    }
}

/// A page as a proxy before the store writes it.
fn of_a_proxy(code: u16, retry_after: Option<u32>) -> Response<Body> {
    let mut out = Response::new(Body::from(format!("<html><body><h1>{code}</h1></body></html>")));
    *out.status_mut() = status(code);
    out.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    if let Some(seconds) = retry_after {
        out.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    out
}

fn asked(parts: &Parts, body: Vec<u8>) -> http::Request {
    let text =
        |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    http::Request {
        method: parts.method.as_str().to_owned(),
        target: target.to_owned(),
        origin: format!("http://{host}"),
        credentials: text(header::AUTHORIZATION).map_or(Credentials::None, Credentials::Header),
        content_type: text(header::CONTENT_TYPE),
        accept: text(header::ACCEPT),
        body,
    }
}

fn written(response: http::Response) -> Response<Vec<u8>> {
    let (code, kind) = (response.status, response.content_type());
    let mut out = Response::new(response.into_bytes());
    *out.status_mut() = status(code);
    if let Some(kind) = kind {
        out.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    out
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
