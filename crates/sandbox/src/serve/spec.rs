//! Faults as text: what `--faults` and the header `X-Sandbox-Fault` take.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::fault::{Fault, Faults};

/// Text that names no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAFault(String);

impl fmt::Display for NotAFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no fault: give reset-before, reset-after, truncated, token-expired, duplicate, \
             latency=TIME, slow-body=TIME, a status such as 503 or, with Retry-After, 429/2; \
             beside them every=N, seed=N, delay=TIME; times as 200ms or 2s",
            self.0
        )
    }
}

impl std::error::Error for NotAFault {}

impl FromStr for Faults {
    type Err = NotAFault;

    /// Reads `every=10,seed=3,503,429/2,reset-before,reset-after,truncated,token-expired,duplicate,latency=50ms,slow-body=1s`.
    ///
    /// `every` is how seldom one comes, 1 when left out; `delay=20ms` makes every request wait.
    ///
    /// # Errors
    /// [`NotAFault`] for a part that is none of these.
    fn from_str(text: &str) -> Result<Self, NotAFault> {
        let mut faults = Faults { every: 1, ..Faults::default() };
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = || NotAFault(part.to_owned());
            match part.split_once('=') {
                Some(("every", number)) => faults.every = number.parse().map_err(|_| wrong())?,
                Some(("seed", number)) => faults.seed = Some(number.parse().map_err(|_| wrong())?),
                Some(("delay", time)) => faults.latency = duration(time).ok_or_else(wrong)?,
                _ => faults.kinds.push(part.parse()?),
            }
        }
        Ok(faults)
    }
}

impl FromStr for Fault {
    type Err = NotAFault;

    /// Reads one fault, such as `reset-after`, `latency=200ms` or `429/2`.
    ///
    /// # Errors
    /// [`NotAFault`] for what is none.
    fn from_str(text: &str) -> Result<Self, NotAFault> {
        let fault = match text {
            "reset-before" => Some(Fault::LostBefore),
            "reset-after" => Some(Fault::LostAfter),
            "truncated" => Some(Fault::Truncated),
            "token-expired" => Some(Fault::TokenExpired),
            "duplicate" => Some(Fault::Duplicate),
            _ => timed(text).or_else(|| of_a_proxy(text)),
        };
        fault.ok_or_else(|| NotAFault(text.to_owned()))
    }
}

fn timed(text: &str) -> Option<Fault> {
    match text.split_once('=')? {
        ("latency", time) => duration(time).map(Fault::Latency),
        ("slow-body", time) => duration(time).map(Fault::SlowBody),
        _ => None,
    }
}

/// `503`, or `503/2` with the seconds of `Retry-After`.
fn of_a_proxy(text: &str) -> Option<Fault> {
    let status = |text: &str| text.parse().ok().filter(|status| (400..600).contains(status));
    match text.split_once('/') {
        Some((code, seconds)) => Some(Fault::RetryAfter(status(code)?, seconds.parse().ok()?)),
        None => status(text).map(Fault::Status),
    }
}

/// `200ms` or `2s`.
fn duration(text: &str) -> Option<Duration> {
    if let Some(number) = text.strip_suffix("ms") {
        return number.parse().ok().map(Duration::from_millis);
    }
    text.strip_suffix('s')?.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_a_name() {
        let text = "every=10,seed=3,delay=5ms,reset-before,reset-after,truncated,token-expired,duplicate,\
                    latency=50ms,slow-body=1s,503,429/2";
        let faults: Faults = text.parse().unwrap();
        assert_eq!((faults.every, faults.seed, faults.latency), (10, Some(3), Duration::from_millis(5)));
        let expected = [
            Fault::LostBefore,
            Fault::LostAfter,
            Fault::Truncated,
            Fault::TokenExpired,
            Fault::Duplicate,
            Fault::Latency(Duration::from_millis(50)),
            Fault::SlowBody(Duration::from_secs(1)),
            Fault::Status(503),
            Fault::RetryAfter(429, 2),
        ];
        assert_eq!(faults.kinds, expected);
    }

    #[test]
    fn other_text_is_refused() {
        for text in
            ["reset", "200", "latency", "latency=5", "latency=xs", "503/x", "every=x", "seed=", "=", "é"]
        {
            assert!(text.parse::<Faults>().is_err(), "{text}");
        }
        assert!("503,nosuch".parse::<Faults>().unwrap_err().to_string().starts_with("`nosuch`"));
    }
}
