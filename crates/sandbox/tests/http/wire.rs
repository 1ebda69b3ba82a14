//! Bytes over a socket, and a store that is served as long as a test runs.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use magewright::profile::Profile;
use magewright::release::Release;
use magewright_sandbox::{App, Options, ServeOptions, Server};

pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

pub(crate) fn app() -> App {
    App::new(Profile::stock(), Release::DEFAULT, Options { seed: Some(1), ..Options::default() })
}

/// Runs a test against a served store; the service ends with the test.
pub(crate) fn served(app: App, options: ServeOptions, test: impl Fn(&Server) -> Outcome) -> Outcome {
    let runtime = tokio::runtime::Runtime::new()?;
    let server = runtime.block_on(Server::start(app, options))?;
    test(&server)
}

/// Sends bytes and reads what comes until the connection ends.
pub(crate) fn exchange(address: SocketAddr, bytes: &[u8]) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(bytes)?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply)?;
    Ok(String::from_utf8_lossy(&reply).into_owned())
}

pub(crate) fn call(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> std::io::Result<String> {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{headers}\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    exchange(address, request.as_bytes())
}

/// The header of an administrator who has signed in.
pub(crate) fn signed_in(address: SocketAddr) -> std::io::Result<String> {
    let login = r#"{"username":"admin","password":"admin123"}"#;
    let reply = call(address, "POST", "/rest/V1/integration/admin/token", "", login)?;
    Ok(format!("Authorization: Bearer {}\r\n", body(&reply).trim_matches('"')))
}

pub(crate) fn body(reply: &str) -> &str {
    reply.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}
