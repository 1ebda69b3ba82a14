//! Pages beside the store, of its own origin, so that they may ask it.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, Response, StatusCode};

/// Where the pages stand.
const AT: &str = "/builder/";

/// Nothing but what the folder holds: no scripts or styles written into a page, no other origin, no frames.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
                      img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-cache"),
];

const TYPES: [(&str, &str); 9] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
];

/// The answer to a request for a page; `None` for all other requests.
pub(super) async fn show(folder: &Path, method: &Method, path: &str) -> Option<Response<Body>> {
    if path == AT.trim_end_matches('/') {
        let mut reply = empty(StatusCode::PERMANENT_REDIRECT);
        reply.headers_mut().insert(header::LOCATION, HeaderValue::from_static(AT));
        return Some(reply);
    }
    let name = path.strip_prefix(AT)?;
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Some(empty(StatusCode::METHOD_NOT_ALLOWED));
    }
    let Some(file) = file(folder, name) else { return Some(empty(StatusCode::NOT_FOUND)) };
    let kind = file.extension().and_then(|found| TYPES.iter().find(|(end, _)| found == *end));
    let kind = kind.map_or("application/octet-stream", |(_, kind)| kind);
    let read = tokio::task::spawn_blocking(move || std::fs::read(file)).await;
    let Ok(Ok(bytes)) = read else { return Some(empty(StatusCode::NOT_FOUND)) };
    let mut reply = Response::new(Body::from(bytes));
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in HEADERS {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Some(reply)
}

/// The file of a name; `None` for a name that could lead out of the folder.
fn file(folder: &Path, name: &str) -> Option<PathBuf> {
    let name = if name.is_empty() { "index.html" } else { name };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let segments = || name.split('/');
    let within = segments().all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain));
    within.then(|| segments().fold(folder.to_owned(), |path, part| path.join(part)))
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut reply = Response::new(Body::empty());
    *reply.status_mut() = status;
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = Path::new("pages");
        assert_eq!(file(folder, ""), Some(folder.join("index.html")));
        assert_eq!(file(folder, "assets/a-1.js"), Some(folder.join("assets").join("a-1.js")));
        for name in ["..", "../x", "a/../b", "/etc/passwd", "a//b", ".env", "a\\b", "a%2e", "c:x"] {
            assert_eq!(file(folder, name), None, "{name}");
        }
    }
}
