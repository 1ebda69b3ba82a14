//! The program itself: what it prints, takes, writes and refuses.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_magewright-sandbox"))
}

/// A started store, and where it says it is; it ends with the test.
struct Running {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
    address: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Result<Self, Box<dyn std::error::Error>> {
        let mut child = program().args(["--port", "0"]).args(arguments).stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut line = String::new();
        lines.read_line(&mut line)?;
        let address = line.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let address = address.ok_or("the store did not start")?.to_owned();
        Ok(Running { child, lines, address })
    }

    /// The next `NAME=VALUE` that it prints.
    fn value(&mut self, name: &str) -> Result<String, Box<dyn std::error::Error>> {
        let mut line = String::new();
        self.lines.read_line(&mut line)?;
        let value = line.trim().strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
        Ok(value.ok_or(line.clone())?.to_owned())
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        let host = &self.address;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             {headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok(reply)
    }

    /// The header of an administrator.
    fn sign_in(&self, name: &str, password: &str) -> std::io::Result<String> {
        let body = format!(r#"{{"username":"{name}","password":"{password}"}}"#);
        let reply = self.ask("POST", "/rest/V1/integration/admin/token", "", &body)?;
        let token = reply.rsplit("\r\n").next().unwrap_or_default().trim_matches('"').to_owned();
        Ok(format!("Authorization: Bearer {token}\r\n"))
    }

    /// Asks it to end, as a service is asked, and waits.
    fn end(mut self) -> Outcome {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        assert!(self.child.wait()?.success());
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn refused(arguments: &[&str]) -> std::io::Result<String> {
    let Output { status, stderr, .. } = program().args(["--port", "0"]).args(arguments).output()?;
    assert!(!status.success(), "{arguments:?}");
    Ok(String::from_utf8_lossy(&stderr).into_owned())
}

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("magewright-program-{}-{name}", std::process::id()))
}

#[test]
fn customers_go_out_and_come_in() -> Outcome {
    let (export, again) = (file("export.ndjson"), file("again.ndjson"));
    Running::start(&["--customers", "5", "--export", &export.to_string_lossy()])?.end()?;
    let first = std::fs::read_to_string(&export)?;
    assert_eq!(first.lines().count(), 5);
    let arguments = ["--import", &export.to_string_lossy(), "--export", &again.to_string_lossy()];
    Running::start(&arguments)?.end()?;
    assert_eq!(std::fs::read_to_string(&again)?, first);
    std::fs::remove_file(export)?;
    std::fs::remove_file(again)?;
    Ok(())
}

#[test]
fn settings_lie_over_the_profile() -> Outcome {
    let store = Running::start(&["--setting", "customer/address/street_lines=3", "--release", "2.4.6-p2"])?;
    let address = r#"{"firstname":"A","lastname":"B","street":["1","2","3"],"city":"c","country_id":"GB","postcode":"1","telephone":"1"}"#;
    let body = format!(
        r#"{{"customer":{{"email":"a@b.test","firstname":"A","lastname":"B","addresses":[{address}]}}}}"#
    );
    let reply = store.ask("POST", "/rest/V1/customers", "", &body)?;
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    store.end()
}

#[test]
fn administrators_have_their_rights_and_integrations_their_keys() -> Outcome {
    let rights = "ada:secret1:Magento_Customer::group";
    let mut store = Running::start(&["--customers", "1", "--administrator", rights, "--integration"])?;
    assert_eq!(store.value("SANDBOX_CONSUMER_KEY")?.len(), 32);
    let ada = store.sign_in("ada", "secret1")?;
    assert!(store.ask("GET", "/rest/V1/customerGroups/1", &ada, "")?.starts_with("HTTP/1.1 200"));
    assert!(store.ask("GET", "/rest/V1/customers/1", &ada, "")?.starts_with("HTTP/1.1 401"));
    store.end()
}

#[test]
fn the_queue_is_worked_when_asked() -> Outcome {
    let store = Running::start(&["--queue", "0", "--time", "1700000000"])?;
    let admin = store.sign_in("admin", "admin123")?;
    let one = |email: &str| format!(r#"{{"customer":{{"email":"{email}","firstname":"A","lastname":"B"}}}}"#);
    let body = format!("[{},{}]", one("a@b.test"), one("c@d.test"));
    store.ask("POST", "/rest/async/bulk/V1/customers", &admin, &body)?;
    let there = |headers: &str| {
        let query = "/rest/V1/customers/search?searchCriteria=&fields=total_count,items[created_at]";
        store.ask("GET", query, &format!("{admin}{headers}"), "")
    };
    assert!(there("")?.ends_with(r#""total_count":0}"#));
    let reply = there("X-Sandbox-Work: 1\r\n")?;
    assert!(reply.contains("2023-11-14 22:13:20") && reply.ends_with(r#""total_count":1}"#), "{reply}");
    assert!(there("X-Sandbox-Work: 9\r\n")?.ends_with(r#""total_count":2}"#));
    store.end()
}

#[test]
fn a_store_begins_again_when_asked() -> Outcome {
    let store = Running::start(&["--customers", "2", "--control"])?;
    let admin = store.sign_in("admin", "admin123")?;
    assert!(store.ask("DELETE", "/rest/V1/customers/1", &admin, "")?.ends_with("true"));
    assert!(store.ask("POST", "/sandbox/reset", "", "{}")?.ends_with(r#"{"customers":2}"#));
    assert!(store.ask("GET", "/rest/V1/customers/1", &admin, "")?.starts_with("HTTP/1.1 200"));
    store.end()
}

#[test]
fn a_store_in_a_file_goes_on_as_it_is() -> Outcome {
    let kept = file("control.sqlite");
    let store = Running::start(&["--control", "--store", &kept.to_string_lossy()])?;
    let reply = store.ask("POST", "/sandbox/reset", "", "{}")?;
    assert!(reply.starts_with("HTTP/1.1 409") && reply.contains("another file"), "{reply}");
    store.end()?;
    std::fs::remove_file(kept)?;
    Ok(())
}

#[test]
fn what_is_wrong_is_said() -> Outcome {
    assert!(refused(&["--address", "0.0.0.0"])?.contains("--expose"));
    assert!(refused(&["--address", "0.0.0.0", "--expose", "--control"])?.contains("leave --control out"));
    assert!(refused(&["--setting", "nosuch=1"])?.contains("nothing in the sandbox depends on it"));
    assert!(refused(&["--setting", "customer/address/street_lines=x"])?.contains("street_lines"));
    assert!(refused(&["--import", "nosuch.ndjson"])?.contains("nosuch.ndjson"));
    assert!(refused(&["--faults", "nosuch"])?.contains("is no fault"));
    assert!(refused(&["--cors", "a.test/path"])?.contains("an origin is"));
    assert!(refused(&["--administrator", "ada"])?.contains("NAME:PASSWORD"));
    Ok(())
}

#[test]
fn a_store_that_others_reach_warns() -> Outcome {
    let mut child = program()
        .args(["--port", "0", "--address", "0.0.0.0", "--expose"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stderr.take().ok_or("no output")?).read_line(&mut line)?;
    child.kill()?;
    child.wait()?;
    assert!(line.starts_with("warning: other machines can reach this store"), "{line}");
    Ok(())
}
