//! Requests that are no HTTP, too large or too slow.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use magewright_sandbox::{ServeOptions, seed};

use crate::wire::{Outcome, app, call, exchange, served, signed_in};

const CURRENCY: &str = "/rest/V1/directory/currency";

#[test]
fn what_is_no_http_is_refused() -> Outcome {
    served(app(), ServeOptions::default(), |server| {
        for bytes in [
            "\0\0\0\0\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        ] {
            let reply = exchange(server.address(), bytes.as_bytes())?;
            assert!(reply.starts_with("HTTP/1.1 400"), "{bytes:?}: {reply}");
        }
        let still = call(server.address(), "GET", CURRENCY, "", "")?;
        assert!(still.starts_with("HTTP/1.1 200"), "{still}");
        Ok(())
    })
}

#[test]
fn a_head_without_end_is_refused() -> Outcome {
    served(app(), ServeOptions::default(), |server| {
        let long = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(100_000));
        let reply = exchange(server.address(), long.as_bytes())?;
        assert!(reply.starts_with("HTTP/1.1 431"), "{reply}");
        Ok(())
    })
}

#[test]
fn bodies_are_limited_in_size() -> Outcome {
    let options = ServeOptions { body_limit: 1000, ..ServeOptions::default() };
    served(app(), options, |server| {
        let reply = call(server.address(), "POST", "/rest/V1/customers", "", &"x".repeat(1001))?;
        assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
        assert!(reply.contains("the body is larger than 1000 bytes"), "{reply}");
        let announced = "POST /rest/V1/customers HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\
            Content-Length: 99999999\r\n\r\n";
        let reply = exchange(server.address(), announced.as_bytes())?;
        assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
        let chunked = format!(
            "POST /rest/V1/customers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{}0\r\n\r\n",
            format!("64\r\n{}\r\n", "x".repeat(100)).repeat(11)
        );
        let reply = exchange(server.address(), chunked.as_bytes())?;
        assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
        Ok(())
    })
}

#[test]
fn slow_clients_are_told() -> Outcome {
    let soon = Duration::from_millis(200);
    let options = ServeOptions { body_timeout: soon, head_timeout: soon, ..ServeOptions::default() };
    served(app(), options, |server| {
        let body =
            "POST /rest/V1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{";
        let reply = exchange(server.address(), body.as_bytes())?;
        assert!(reply.starts_with("HTTP/1.1 408") && reply.contains("the body did not"), "{reply}");
        let reply = exchange(server.address(), b"GET /rest/V1/customers/1 HTTP/1.1\r\nHo")?;
        assert!(reply.starts_with("HTTP/1.1 408") && reply.ends_with("send its head faster\"}"), "{reply}");
        assert_eq!(exchange(server.address(), b"")?, "", "an idle connection ends without a word");
        Ok(())
    })
}

#[test]
fn connections_beyond_the_limit_wait_their_turn() -> Outcome {
    let options =
        ServeOptions { connections: 1, head_timeout: Duration::from_millis(300), ..ServeOptions::default() };
    served(app(), options, |server| {
        let begun = Instant::now();
        let mut first = TcpStream::connect(server.address())?;
        first.write_all(b"GET /rest")?;
        std::thread::sleep(Duration::from_millis(50));
        let reply = call(server.address(), "GET", CURRENCY, "", "")?;
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        assert!(begun.elapsed() >= Duration::from_millis(250), "{:?}", begun.elapsed());
        let mut told = String::new();
        first.read_to_string(&mut told)?;
        assert!(told.starts_with("HTTP/1.1 408"), "{told}");
        Ok(())
    })
}

#[test]
fn who_does_not_read_is_given_up() -> Outcome {
    let mut full = app();
    seed(&mut full, 2000, 1);
    let write_timeout = Duration::from_millis(200);
    served(full, ServeOptions { connections: 1, write_timeout, ..ServeOptions::default() }, |server| {
        let admin = signed_in(server.address())?;
        let asked =
            format!("GET /rest/V1/customers/search?searchCriteria= HTTP/1.1\r\nHost: x\r\n{admin}\r\n");
        let mut idle = TcpStream::connect(server.address())?;
        // More than the buffers between the two can hold.
        idle.write_all(asked.repeat(20).as_bytes())?;
        std::thread::sleep(Duration::from_millis(50));
        let reply = call(server.address(), "GET", CURRENCY, "", "")?;
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        Ok(())
    })
}
