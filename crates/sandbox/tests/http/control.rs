//! The control of a test: what it changes, what it refuses, and who does not get there.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use magewright::json;
use magewright_sandbox::{ServeError, ServeOptions, Server};

use crate::wire::{Outcome, app, body, call, exchange, served, signed_in};

const ADA: &str = r#"{"id":7,"group_id":1,"email":"ada@example.test","firstname":"Ada","lastname":"L","store_id":1,"website_id":1,"addresses":[]}"#;

fn controlled(test: impl Fn(SocketAddr) -> Outcome) -> Outcome {
    let options = ServeOptions { control: true, consumer: None, ..ServeOptions::default() };
    served(app(), options, |server| test(server.address()))
}

/// What a control answers: its status line's number and its body.
fn control(address: SocketAddr, method: &str, what: &str, text: &str) -> std::io::Result<(u16, String)> {
    let reply = call(address, method, &format!("/sandbox/{what}"), "", text)?;
    let status = reply.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    Ok((status, body(&reply).to_owned()))
}

fn done(text: &str) -> (u16, String) {
    (200, text.to_owned())
}

#[test]
fn the_clock_is_told_and_given_back() -> Outcome {
    controlled(|address| {
        assert_eq!(
            control(address, "PUT", "clock", r#"{"now":1700000000}"#)?,
            done(r#"{"now":1700000000,"stands":true}"#)
        );
        let new = r#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L"}}"#;
        call(address, "POST", "/rest/V1/customers", "", new)?;
        assert!(control(address, "GET", "customers", "")?.1.contains("2023-11-14 22:13:20"));
        assert!(control(address, "PUT", "clock", r#"{"now":null}"#)?.1.ends_with(r#""stands":false}"#));
        assert!(control(address, "GET", "clock", "")?.1.ends_with(r#""stands":false}"#));
        Ok(())
    })
}

#[test]
fn the_queue_is_worked_when_told() -> Outcome {
    controlled(|address| {
        let admin = signed_in(address)?;
        let item =
            |n: u8| format!(r#"{{"customer":{{"email":"a{n}@b.test","firstname":"A","lastname":"B"}}}}"#);
        let items = format!("[{},{},{}]", item(1), item(2), item(3));
        call(address, "POST", "/rest/async/bulk/V1/customers", &admin, &items)?;
        assert_eq!(control(address, "GET", "queue", "")?, done(r#"{"waiting":3}"#));
        assert_eq!(control(address, "POST", "queue", r#"{"work":1}"#)?, done(r#"{"worked":1,"waiting":2}"#));
        assert_eq!(control(address, "POST", "queue", "")?, done(r#"{"worked":2,"waiting":0}"#));
        assert_eq!(control(address, "POST", "queue", r#"{"work":9}"#)?, done(r#"{"worked":0,"waiting":0}"#));
        Ok(())
    })
}

#[test]
fn customers_are_put_and_read_and_the_store_begins_again() -> Outcome {
    controlled(|address| {
        let put = format!(r#"{{"customers":[{ADA}],"password":"Passw0rd!x"}}"#);
        assert_eq!(control(address, "PUT", "customers", &put)?, done(r#"{"customers":1}"#));
        let login = r#"{"username":"ada@example.test","password":"Passw0rd!x"}"#;
        let token = call(address, "POST", "/rest/V1/integration/customer/token", "", login)?;
        assert!(token.starts_with("HTTP/1.1 200"), "{token}");
        let there = json::parse(control(address, "GET", "customers", "")?.1.as_bytes())?;
        assert_eq!(there.pointer("/customers/0/id").and_then(json::Value::as_i64), Some(7));
        assert_eq!(control(address, "PUT", "customers", r#"{"customers":[]}"#)?, done(r#"{"customers":0}"#));

        control(address, "PUT", "clock", r#"{"now":5}"#)?;
        control(address, "PUT", "customers", &put)?;
        assert_eq!(control(address, "POST", "reset", "{}")?, done(r#"{"customers":0}"#));
        assert!(control(address, "GET", "clock", "")?.1.ends_with(r#""stands":false}"#));
        Ok(())
    })
}

#[test]
fn faults_change_and_do_not_strike_the_control() -> Outcome {
    controlled(|address| {
        let status = || call(address, "GET", "/rest/V1/directory/currency", "", "");
        assert_eq!(control(address, "PUT", "faults", r#"{"faults":"503"}"#)?, done("{}"));
        assert!(status()?.starts_with("HTTP/1.1 503"));
        assert_eq!(control(address, "GET", "queue", "")?, done(r#"{"waiting":0}"#));
        assert_eq!(control(address, "PUT", "faults", r#"{"faults":""}"#)?.0, 200);
        assert!(status()?.starts_with("HTTP/1.1 200"));
        control(address, "PUT", "faults", r#"{"faults":"503"}"#)?;
        control(address, "POST", "reset", "")?;
        assert!(status()?.starts_with("HTTP/1.1 200"));
        Ok(())
    })
}

#[test]
fn what_is_wrong_is_said_and_changes_nothing() -> Outcome {
    controlled(|address| {
        let put = format!(r#"{{"customers":[{ADA}]}}"#);
        control(address, "PUT", "customers", &put)?;
        let broken = format!(r#"{{"customers":[{ADA},{{"email":"eve@example.test"}}]}}"#);
        for (method, what, text, status, says) in [
            ("PUT", "clock", "{}", 400, "seconds since 1970"),
            ("PUT", "clock", r#"{"now":"12"}"#, 400, "seconds since 1970"),
            ("PUT", "clock", r#"{"now":1,"then":2}"#, 400, "send now only"),
            ("PUT", "clock", "[]", 400, "a JSON object"),
            ("PUT", "clock", "{", 400, "a JSON object"),
            ("DELETE", "clock", "", 405, "send GET or PUT"),
            ("POST", "queue", r#"{"work":-1}"#, 400, "a number of operations"),
            ("PUT", "customers", "{}", 400, "as a list"),
            ("PUT", "customers", broken.as_str(), 400, "item 1 is no customer"),
            ("PUT", "customers", r#"{"customers":[],"password":5}"#, 400, "`password` as a text"),
            ("PUT", "faults", "{}", 400, "as a text"),
            ("PUT", "faults", r#"{"faults":"nosuch"}"#, 400, "is no fault"),
            ("POST", "reset", r#"{"all":true}"#, 400, "send {}"),
            ("GET", "nosuch", "", 404, "clock, queue, customers, faults, reset"),
        ] {
            let (answered, reply) = control(address, method, what, text)?;
            assert!(answered == status && reply.contains(says), "{method} {what} {text}: {answered} {reply}");
            assert!(!reply.contains("eve@"), "{reply}");
        }
        assert!(control(address, "GET", "customers", "")?.1.contains(r#""id":7"#));
        Ok(())
    })
}

#[test]
fn no_page_of_another_origin_gets_there() -> Outcome {
    let options = ServeOptions { control: true, cors: Some("*".parse()?), ..ServeOptions::default() };
    served(app(), options, |server| {
        let (address, path) = (server.address(), "/sandbox/reset");
        let plain = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\
             Connection: close\r\n\r\n{{}}"
        );
        assert!(exchange(address, plain.as_bytes())?.starts_with("HTTP/1.1 415"));
        let turned = "GET /sandbox/customers HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n";
        assert!(exchange(address, turned.as_bytes())?.starts_with("HTTP/1.1 403"));
        let preflight = call(address, "OPTIONS", path, "Origin: http://a.test\r\n", "")?;
        assert!(
            preflight.starts_with("HTTP/1.1 405") && !preflight.contains("access-control"),
            "{preflight}"
        );
        Ok(())
    })
}

#[test]
fn there_is_none_unless_asked_for() -> Outcome {
    served(app(), ServeOptions::default(), |server| {
        let (status, reply) = control(server.address(), "POST", "reset", "{}")?;
        assert!(status == 404 && !reply.contains("clock"), "{reply}");
        Ok(())
    })?;
    let runtime = tokio::runtime::Runtime::new()?;
    let address = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let options = ServeOptions { address, expose: true, control: true, ..ServeOptions::default() };
    let refused = runtime.block_on(Server::start(app(), options));
    assert!(matches!(refused, Err(ServeError::ControlExposed(_))));
    Ok(())
}
