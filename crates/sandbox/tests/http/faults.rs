//! Faults on purpose, drawn or asked for.

use std::time::{Duration, Instant};

use magewright_sandbox::{Fault, Faults, ServeOptions};

use crate::wire::{Outcome, app, body, call, served, signed_in};

const ADA: &str = r#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L"}}"#;

/// How a POST of a customer ends under a fault, and how many customers there are afterwards.
fn under(fault: Fault) -> Result<(String, usize), Box<dyn std::error::Error>> {
    let mut outcome = (String::new(), 0);
    let faults = Faults { every: 1, kinds: vec![fault], ..Faults::default() };
    let found = std::sync::Mutex::new(&mut outcome);
    served(app(), ServeOptions { faults, ..ServeOptions::default() }, |server| {
        let reply = call(server.address(), "POST", "/rest/V1/customers", "", ADA)?;
        let app = server.app();
        let there = app.lock().map_err(|_| "poisoned")?.customers().count();
        **found.lock().map_err(|_| "poisoned")? = (reply, there);
        Ok(())
    })?;
    Ok(outcome)
}

#[test]
fn faults_strike_before_or_after_the_effect() -> Outcome {
    let (reply, there) = under(Fault::LostBefore)?;
    assert!(!reply.contains("Ada") && there == 0, "{reply}");
    let (reply, there) = under(Fault::LostAfter)?;
    assert!(!reply.contains("Ada") && there == 1, "{reply}");
    let (reply, there) = under(Fault::Truncated)?;
    assert!(reply.starts_with("HTTP/1.1 200") && !body(&reply).ends_with('}') && there == 1, "{reply}");
    let (reply, there) = under(Fault::Duplicate)?;
    assert!(reply.starts_with("HTTP/1.1 400") && there == 1, "{reply}");
    Ok(())
}

#[test]
fn a_proxy_may_say_when_to_come_back() -> Outcome {
    let (reply, there) = under(Fault::Status(503))?;
    assert!(reply.starts_with("HTTP/1.1 503") && reply.contains("<html>") && there == 0, "{reply}");
    assert!(!reply.contains("retry-after"), "{reply}");
    let (reply, there) = under(Fault::RetryAfter(429, 7))?;
    assert!(reply.starts_with("HTTP/1.1 429") && reply.contains("retry-after: 7") && there == 0, "{reply}");
    Ok(())
}

#[test]
fn replies_may_be_late_or_slow() -> Outcome {
    for fault in [Fault::Latency(Duration::from_millis(300)), Fault::SlowBody(Duration::from_millis(300))] {
        let begun = Instant::now();
        let (reply, there) = under(fault)?;
        assert!(reply.starts_with("HTTP/1.1 200") && body(&reply).ends_with('}') && there == 1, "{reply}");
        assert!(begun.elapsed() >= Duration::from_millis(250), "{fault:?}: {:?}", begun.elapsed());
    }
    Ok(())
}

#[test]
fn a_request_asks_for_a_fault_of_its_own() -> Outcome {
    served(app(), ServeOptions::default(), |server| {
        let address = server.address();
        let reply = call(address, "POST", "/rest/V1/customers", "X-Sandbox-Fault: 502\r\n", ADA)?;
        assert!(reply.starts_with("HTTP/1.1 502"), "{reply}");
        let expired = format!("{}X-Sandbox-Fault: token-expired\r\n", signed_in(address)?);
        let reply = call(address, "GET", "/rest/V1/customers/1", &expired, "")?;
        assert!(reply.starts_with("HTTP/1.1 401"), "{reply}");
        let reply = call(address, "POST", "/rest/V1/customers", "X-Sandbox-Fault: nosuch\r\n", ADA)?;
        assert!(reply.starts_with("HTTP/1.1 400") && reply.contains("is no fault"), "{reply}");
        Ok(())
    })
}

#[test]
fn faults_change_while_the_store_is_served() -> Outcome {
    served(app(), ServeOptions::default(), |server| {
        let status = || call(server.address(), "GET", "/rest/V1/directory/currency", "", "");
        assert!(status()?.starts_with("HTTP/1.1 200"));
        server.set_faults("every=2,503".parse()?);
        assert!(status()?.starts_with("HTTP/1.1 200"));
        assert!(status()?.starts_with("HTTP/1.1 503"));
        server.set_faults(Faults::default());
        assert!(status()?.starts_with("HTTP/1.1 200"));
        Ok(())
    })
}
