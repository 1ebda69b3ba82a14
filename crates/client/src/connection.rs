//! The HTTP side: base URL, connection, bodies of replies.

use reqwest::header::LOCATION;
use reqwest::{Response, Url, redirect};

use crate::network::{NetworkFailure, classify};
use crate::{Error, Settings, tls};

/// The HTTP side of a client: follows no redirect, verifies every certificate.
pub(crate) fn connect(base: &Url, settings: &Settings) -> Result<reqwest::Client, Error> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls::config(base.scheme() == "https", &settings.roots)?)
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.timeout)
        .user_agent(concat!("magewright/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| Error::Settings(format!("the client cannot be set up: {}", error.without_url())))
}

/// A base URL that requests can be made to, without query and fragment.
pub(crate) fn base(text: &str, carries_secrets: bool, settings: &Settings) -> Result<Url, Error> {
    let refused = |problem: &str| Err(Error::Settings(format!("the base URL {problem}")));
    let Ok(mut base) = Url::parse(text) else {
        return refused("is none: give one such as https://shop.example/");
    };
    if !matches!(base.scheme(), "http" | "https") {
        return refused("is neither https nor http");
    }
    if !base.username().is_empty() || base.password().is_some() {
        return refused("holds a user name or password: give credentials instead");
    }
    let exposed = base.scheme() == "http" && !is_loopback(&base) && carries_secrets;
    if exposed && !settings.plain_http {
        return refused("would take credentials over plain HTTP: use https, or set `plain_http` to allow it");
    }
    base.set_query(None);
    base.set_fragment(None);
    Ok(base)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

pub(crate) fn points_elsewhere(response: &Response) -> bool {
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let target = location.and_then(|location| response.url().join(location).ok());
    target.is_none_or(|target| target.origin() != response.url().origin())
}

/// The most room that is made for a body before it comes.
const ROOM: usize = 4 << 20;

/// The whole body of a reply, within a limit in bytes.
pub(crate) async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, NetworkFailure> {
    // What is announced is believed up to the limit, and of a compressed reply nothing is.
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    let mut body = Vec::with_capacity(announced.unwrap_or_default().min(limit).min(ROOM));
    while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(NetworkFailure::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
