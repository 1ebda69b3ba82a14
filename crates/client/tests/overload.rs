//! A store that bears few requests at once.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::join_all;
use magewright::retry::Retry;
use magewright_client::{Client, Credentials, Settings};
use tokio::net::TcpListener;

/// How many requests the store bears at once.
const BEARS: usize = 3;

/// What the store has seen.
#[derive(Default)]
struct Load {
    under_way: AtomicUsize,
    answered: AtomicUsize,
    refused: AtomicUsize,
}

impl Load {
    /// Answers a request after a while, or refuses it at once when there are too many.
    async fn answer(self: Arc<Self>) -> Response {
        let before = self.under_way.fetch_add(1, Ordering::SeqCst);
        let reply = if before < BEARS {
            tokio::time::sleep(Duration::from_millis(10)).await;
            self.answered.fetch_add(1, Ordering::SeqCst);
            r#"{"id":5}"#.into_response()
        } else {
            self.refused.fetch_add(1, Ordering::SeqCst);
            (StatusCode::SERVICE_UNAVAILABLE, "too busy").into_response()
        };
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        reply
    }
}

/// Serves what a router answers, and gives a client of it that asks for 16 things at once.
async fn client(router: Router) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let retry = Retry { attempts: 12, first: Duration::from_millis(5), longest: Duration::from_secs(2) };
    let settings = Settings { concurrency: 16, retry, ..Settings::default() };
    Client::with_settings(&base, Credentials::Guest, settings).unwrap()
}

#[tokio::test]
async fn a_store_that_is_too_busy_is_asked_for_less_at_once() {
    let load = Arc::new(Load::default());
    let seen = Arc::clone(&load);
    let client = client(Router::new().fallback(move || Arc::clone(&load).answer())).await;
    for reply in join_all((0..200).map(|_| client.get(5))).await {
        reply.unwrap();
    }
    let (answered, refused) = (seen.answered.load(Ordering::SeqCst), seen.refused.load(Ordering::SeqCst));
    assert_eq!(answered, 200);
    // Asked sixteen at a time to the end, it would refuse thirteen for three that it answers.
    assert!((1..=100).contains(&refused), "refused {refused} times");
}

#[tokio::test]
async fn a_store_is_waited_for_as_long_as_it_asks() {
    let asked = Arc::new(AtomicUsize::new(0));
    let handle = move || {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        std::future::ready(match first {
            true => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "1")], "").into_response(),
            false => r#"{"id":5}"#.into_response(),
        })
    };
    let client = client(Router::new().fallback(handle)).await;
    let begun = Instant::now();
    client.get(5).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
}
