//! The store over real HTTP on a free port of loopback.

mod control;
mod faults;
mod limits;
mod race;
mod wire;

use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::time::Duration;

use magewright_sandbox::{ServeError, ServeOptions, Server, seed};
use wire::{Outcome, app, body, call, served, signed_in};

#[test]
fn a_customer_is_created_read_and_deleted() -> Outcome {
    served(app(), ServeOptions::default(), |server| {
        let address = server.address();
        let admin = signed_in(address)?;
        assert_eq!(admin.split('.').count(), 3, "{admin}");

        let ada = r#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L"}}"#;
        let reply = call(address, "POST", "/rest/V1/customers", &admin, ada)?;
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        assert!(reply.contains("application/json"), "{reply}");
        let reply = call(address, "GET", "/rest/V1/customers/1?fields=email", &admin, "")?;
        assert_eq!(body(&reply), r#"{"email":"ada@example.test"}"#);
        let reply = call(address, "DELETE", "/rest/V1/customers/1", &admin, "")?;
        assert_eq!(body(&reply), "true");
        let reply = call(address, "GET", "/rest/V1/customers/1", "Authorization: Bearer no\r\n", "")?;
        assert!(reply.starts_with("HTTP/1.1 401"), "{reply}");
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

#[test]
fn pages_of_an_allowed_origin_may_ask() -> Outcome {
    let path = "/rest/V1/directory/currency";
    served(app(), ServeOptions::default(), |server| {
        let reply = call(server.address(), "GET", path, "Origin: http://a.test\r\n", "")?;
        assert!(!reply.contains("access-control"), "{reply}");
        Ok(())
    })?;
    let options = ServeOptions { cors: Some("http://a.test".parse()?), ..ServeOptions::default() };
    served(app(), options, |server| {
        let reply = call(server.address(), "OPTIONS", path, "Origin: http://a.test\r\n", "")?;
        assert!(
            reply.starts_with("HTTP/1.1 204") && reply.contains("access-control-allow-methods"),
            "{reply}"
        );
        let reply = call(server.address(), "GET", path, "Origin: http://a.test\r\n", "")?;
        assert!(reply.contains("access-control-allow-origin: http://a.test"), "{reply}");
        Ok(())
    })
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

#[test]
fn pages_beside_the_store_come_with_a_strict_policy() -> Outcome {
    let folder = std::env::temp_dir().join(format!("magewright-pages-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("assets"))?;
    std::fs::write(folder.join("index.html"), "<!doctype html>")?;
    std::fs::write(folder.join("assets/main.wasm"), [0, 97])?;
    let options = ServeOptions { pages: Some(folder.clone()), ..ServeOptions::default() };
    served(app(), options, |server| {
        let address = server.address();
        let page = call(address, "GET", "/builder/", "", "")?;
        assert!(page.contains("content-security-policy: default-src 'none'"), "{page}");
        assert_eq!(body(&page), "<!doctype html>");
        assert!(call(address, "GET", "/builder/assets/main.wasm", "", "")?.contains("application/wasm"));
        assert!(call(address, "GET", "/builder", "", "")?.contains("location: /builder/"));
        assert!(call(address, "GET", "/builder/../Cargo.toml", "", "")?.starts_with("HTTP/1.1 404"));
        assert!(call(address, "POST", "/builder/", "", "")?.starts_with("HTTP/1.1 405"));
        assert!(call(address, "GET", "/rest/V1/directory/currency", "", "")?.starts_with("HTTP/1.1 200"));
        Ok(())
    })?;
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
