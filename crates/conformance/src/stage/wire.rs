//! Requests over real HTTP to the sandbox store, on one connection that stays open.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::PoisonError;
use std::time::Duration;

use magewright::json::{self, Value};
use magewright::oauth::{self, Credentials as Keys, Integration};
use magewright::release::Release;
use magewright::secret::Secret;
use magewright_sandbox::{Credentials, Identity, Request, ServeOptions, Server, SharedApp};
use tokio::runtime::Runtime;

use super::NOW;

/// A served store and the connection to it.
#[derive(Debug)]
pub(super) struct Wire {
    server: Server,
    stream: Option<TcpStream>,
    nonce: u64,
    /// Where the server lives.
    _runtime: Runtime,
}

/// The keys of the integration that signs requests.
fn keys() -> Keys {
    Keys {
        consumer_key: "k".repeat(32),
        consumer_secret: Secret::new("consumer secret"),
        token: "t".repeat(32),
        token_secret: Secret::new("token secret"),
    }
}

/// The integration that the store knows.
pub(super) fn integration() -> Integration {
    let Keys { consumer_key, consumer_secret, token, token_secret } = keys();
    let (active, revoked) = (true, false);
    Integration { consumer_id: 1, consumer_key, consumer_secret, token, token_secret, active, revoked }
}

impl Wire {
    /// Serves a copy of the store. Nothing but requests changes it: no worker, no time between reading
    /// and writing.
    pub(super) fn start(app: &SharedApp) -> Result<(Self, SharedApp), Box<dyn std::error::Error>> {
        let app = app.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let runtime = Runtime::new()?;
        let options = ServeOptions { consumer: None, race: Duration::ZERO, ..ServeOptions::default() };
        let server = runtime.block_on(Server::start(app, options))?;
        let app = server.app();
        Ok((Wire { server, stream: None, nonce: 0, _runtime: runtime }, app))
    }

    /// The header by which a caller known to the suite is known to the store.
    pub(super) fn authorization(&mut self, request: &Request, app: &SharedApp) -> Option<String> {
        match &request.credentials {
            Credentials::None => None,
            Credentials::Header(header) => Some(header.clone()),
            Credentials::Known(Identity::Integration(..)) => Some(self.signed(request)),
            Credentials::Known(identity) => {
                let app = app.lock().unwrap_or_else(PoisonError::into_inner);
                app.token(identity).map(|token| format!("Bearer {token}"))
            }
        }
    }

    fn signed(&mut self, request: &Request) -> String {
        self.nonce += 1;
        let url = format!("{}{}", self.server.url(), request.target);
        let target = oauth::Target { method: &request.method, url: &url };
        oauth::sign(target, &keys(), &format!("n{}", self.nonce), NOW.unsigned_abs(), Release::DEFAULT)
    }

    /// Sends a request and reads its reply; once more when the connection has ended meanwhile.
    pub(super) fn ask(
        &mut self,
        request: &Request,
        authorization: Option<String>,
    ) -> io::Result<(i64, Value)> {
        let bytes = self.written(request, authorization);
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.server.address())?;
            stream.set_nodelay(true)?;
            self.stream = Some(stream);
        }
        let Some(stream) = &mut self.stream else { return Err(io::ErrorKind::NotConnected.into()) };
        let reply = stream.write_all(&bytes).and_then(|()| read(stream));
        match reply {
            Ok((reply, stays)) => {
                if !stays {
                    self.stream = None;
                }
                Ok(reply)
            }
            Err(error) => {
                self.stream = None;
                Err(error)
            }
        }
    }

    fn written(&self, request: &Request, authorization: Option<String>) -> Vec<u8> {
        let mut head =
            format!("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, request.target, self.server.address());
        let headers = [
            ("Authorization", authorization.as_ref()),
            ("Content-Type", request.content_type.as_ref()),
            ("Accept", request.accept.as_ref()),
        ];
        for (name, value) in headers {
            if let Some(value) = value {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", request.body.len()));
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&request.body);
        bytes
    }
}

/// Reads a reply: status, body, and whether the connection stays open.
fn read(stream: &mut TcpStream) -> io::Result<((i64, Value), bool)> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 16 << 10]);
    loop {
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(chunk.get(..count).unwrap_or_default());
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let (head, body) = bytes.split_at(end + 4);
        let head = String::from_utf8_lossy(head);
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let length = header("content-length:").and_then(|length| length.parse().ok()).unwrap_or(0);
        if let Some(body) = body.get(..length) {
            let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
            let is_json = header("content-type:").is_some_and(|kind| kind.starts_with("application/json"));
            let text = || Value::from(String::from_utf8_lossy(body).into_owned());
            let body = if is_json { json::parse(body).unwrap_or_else(|_| text()) } else { text() };
            return Ok(((status, body), header("connection:") != Some("close")));
        }
    }
}
