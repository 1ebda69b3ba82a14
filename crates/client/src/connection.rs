//! The HTTP side: base URL, connection, what went wrong with either.

use reqwest::header::LOCATION;
use reqwest::{Response, Url, redirect};

use crate::{Error, NetworkFailure, Settings, tls};

/// The HTTP side of a client: follows no redirect, verifies every certificate.
pub(crate) fn connect(base: &Url, settings: &Settings) -> Result<reqwest::Client, Error> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls::config(base.scheme() == "https")?)
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

pub(crate) fn classify(error: &reqwest::Error) -> NetworkFailure {
    match error {
        error if error.is_connect() => NetworkFailure::Connect,
        error if error.is_timeout() => NetworkFailure::Timeout,
        _ => NetworkFailure::Interrupted,
    }
}

pub(crate) fn points_elsewhere(response: &Response) -> bool {
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let target = location.and_then(|location| response.url().join(location).ok());
    target.is_none_or(|target| target.origin() != response.url().origin())
}
