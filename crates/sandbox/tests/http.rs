//! The store over real HTTP on a free port of loopback.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use magewright::profile::Profile;
use magewright::release::Release;
use magewright_sandbox::{App, Fault, Faults, Options, ServeError, ServeOptions, Server, seed};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn app() -> App {
    App::new(Profile::stock(), Release::DEFAULT, Options { seed: Some(1), ..Options::default() })
}

/// Runs a test against a served store; the service ends with the test.
fn served(app: App, options: ServeOptions, test: impl Fn(SocketAddr) -> Outcome) -> Outcome {
    let runtime = tokio::runtime::Runtime::new()?;
    let server = runtime.block_on(Server::start(app, options))?;
    test(server.address())
}

/// Sends bytes and reads what comes until the connection ends.
fn exchange(address: SocketAddr, bytes: &[u8]) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(bytes)?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply)?;
    Ok(String::from_utf8_lossy(&reply).into_owned())
}

fn call(address: SocketAddr, method: &str, path: &str, token: &str, body: &str) -> std::io::Result<String> {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    exchange(address, request.as_bytes())
}

fn body(reply: &str) -> &str {
    reply.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

#[test]
fn a_customer_is_created_read_and_deleted() -> Outcome {
    served(app(), ServeOptions::default(), |address| {
        let login = r#"{"username":"admin","password":"admin123"}"#;
        let reply = call(address, "POST", "/rest/V1/integration/admin/token", "", login)?;
        let token = body(&reply).trim_matches('"').to_owned();
        assert_eq!(token.split('.').count(), 3, "{reply}");

        let ada = r#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L"}}"#;
        let reply = call(address, "POST", "/rest/V1/customers", &token, ada)?;
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        assert!(reply.contains("application/json"), "{reply}");
        let reply = call(address, "GET", "/rest/V1/customers/1?fields=email", &token, "")?;
        assert_eq!(body(&reply), r#"{"email":"ada@example.test"}"#);
        let reply = call(address, "DELETE", "/rest/V1/customers/1", &token, "")?;
        assert_eq!(body(&reply), "true");
        let reply = call(address, "GET", "/rest/V1/customers/1", "no token", "")?;
        assert!(reply.starts_with("HTTP/1.1 401"), "{reply}");
        Ok(())
    })
}

#[test]
fn what_is_no_http_is_refused() -> Outcome {
    served(app(), ServeOptions::default(), |address| {
        for bytes in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
            let reply = exchange(address, bytes.as_bytes())?;
            assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 400"), "{reply}");
        }
        let still = call(address, "GET", "/rest/V1/directory/currency", "", "")?;
        assert!(still.starts_with("HTTP/1.1 200"), "{still}");
        Ok(())
    })
}

#[test]
fn bodies_are_limited_in_size_and_time() -> Outcome {
    let options = ServeOptions {
        body_limit: 1000,
        body_timeout: Duration::from_millis(200),
        ..ServeOptions::default()
    };
    served(app(), options, |address| {
        let reply = call(address, "POST", "/rest/V1/customers", "", &"x".repeat(1001))?;
        assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
        let slow =
            "POST /rest/V1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{";
        let reply = exchange(address, slow.as_bytes())?;
        assert!(reply.starts_with("HTTP/1.1 408"), "{reply}");
        Ok(())
    })
}

#[test]
fn only_loopback_is_served_unless_told() -> Outcome {
    let runtime = tokio::runtime::Runtime::new()?;
    let everywhere = ServeOptions { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), ..ServeOptions::default() };
    let refused = runtime.block_on(Server::start(app(), everywhere));
    assert!(matches!(refused, Err(ServeError::NotLoopback(_))));
    Ok(())
}

#[test]
fn the_service_ends_with_its_server() -> Outcome {
    let runtime = tokio::runtime::Runtime::new()?;
    let server = runtime.block_on(Server::start(app(), ServeOptions::default()))?;
    let address = server.address();
    drop(server);
    for _ in 0..100 {
        if TcpStream::connect(address).is_err() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err("still served two seconds later".into())
}

/// How a POST of a customer ends under a fault, and whether the customer is there afterwards.
fn under(fault: Fault) -> Result<(String, bool), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let faults = Faults { every: 1, kinds: vec![fault], ..Faults::default() };
    let server =
        runtime.block_on(Server::start(app(), ServeOptions { faults, ..ServeOptions::default() }))?;
    let ada = r#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L"}}"#;
    let reply = call(server.address(), "POST", "/rest/V1/customers", "", ada)?;
    let app = server.app();
    let there = app.lock().map_err(|_| "poisoned")?.customers().count() == 1;
    Ok((reply, there))
}

#[test]
fn faults_strike_before_or_after_the_effect() -> Outcome {
    let (reply, there) = under(Fault::LostBefore)?;
    assert!(!reply.contains("Ada") && !there, "{reply}");
    let (reply, there) = under(Fault::LostAfter)?;
    assert!(!reply.contains("Ada") && there, "{reply}");
    let (reply, there) = under(Fault::Status(503))?;
    assert!(reply.starts_with("HTTP/1.1 503") && reply.contains("<html>") && !there, "{reply}");
    let (reply, there) = under(Fault::Truncated)?;
    assert!(reply.starts_with("HTTP/1.1 200") && !body(&reply).ends_with('}') && there, "{reply}");
    Ok(())
}

#[test]
fn seeds_repeat() {
    let made = |seed_number| {
        let mut app = app();
        seed(&mut app, 50, seed_number);
        app.customers().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(made(7), made(7));
    assert_ne!(made(7), made(8));
}
