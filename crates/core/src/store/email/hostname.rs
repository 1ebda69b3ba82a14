//! Host names of e-mail addresses.

use super::{idn, punycode};
use crate::release::{Band, Release};

/// Releases that match international names against the alphabet of their top-level domain.
const IDN_CHECKED: Band = Band::since(&[(7, 0)]);

/// What is wrong with a host name, in the store's words; empty when nothing is.
pub(super) fn faults(host: &str, release: Release) -> Vec<String> {
    if is_ip_address(host) {
        return vec![format!("'{host}' looks like an IP address, which is not an acceptable format.")];
    }
    match dns_fault(host, release) {
        None => Vec::new(),
        Some(Fault::Punycode) => vec![Fault::Punycode.words(host)],
        Some(fault) => vec![fault.words(host), local_name_fault(host)],
    }
}

enum Fault {
    /// Not shaped like a host name.
    Structure,
    /// No top-level part of two characters.
    NoTopLevel,
    Dash,
    /// A label outside the alphabet of that top-level domain.
    Schema(String),
    Punycode,
}

impl Fault {
    fn words(&self, host: &str) -> String {
        match self {
            Fault::Structure => {
                "The input does not match the expected structure for a DNS hostname".to_owned()
            }
            Fault::NoTopLevel => format!("'{host}' looks like a DNS hostname but cannot extract TLD part."),
            Fault::Dash => {
                format!("'{host}' looks like a DNS hostname but contains a dash in an invalid position.")
            }
            Fault::Schema(top) => format!(
                "'{host}' looks like a DNS hostname but we cannot match it against the hostname schema for TLD '{top}'."
            ),
            Fault::Punycode => format!(
                "'{host}' looks like a DNS hostname but the given punycode notation cannot be decoded."
            ),
        }
    }
}

fn dns_fault(host: &str, release: Release) -> Option<Fault> {
    let length = host.chars().count();
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() < 2 || !(4..=254).contains(&length) {
        return Some(Fault::Structure);
    }
    let last = labels.last().copied().unwrap_or_default();
    let Some(top) = top_level(last) else { return Some(Fault::NoTopLevel) };
    let top = match top.strip_prefix("xn--") {
        Some(encoded) => match punycode::decode(encoded) {
            Some(decoded) => decoded,
            None => return Some(Fault::Punycode),
        },
        None => top.to_ascii_uppercase(),
    };
    let before_last = labels.len().checked_sub(2).and_then(|at| labels.get(at)).copied();
    let mut all_match = true;
    for label in &labels {
        match label_fault(label, before_last, &top, release) {
            Ok(matches) => all_match &= matches,
            Err(fault) => return Some(fault),
        }
    }
    (!all_match).then_some(Fault::Schema(top))
}

/// The last two to sixty-three characters of the last label.
fn top_level(label: &str) -> Option<&str> {
    let count = label.chars().count();
    let from = label.char_indices().nth(count.saturating_sub(63)).map_or(0, |(at, _)| at);
    (count >= 2).then(|| label.get(from..)).flatten()
}

/// Whether a label fits the alphabet, or what else is wrong with it.
fn label_fault(sent: &str, before_last: Option<&str>, top: &str, release: Release) -> Result<bool, Fault> {
    let decoded = match sent.strip_prefix("xn--") {
        Some(encoded) => Some(punycode::decode(encoded).ok_or(Fault::Punycode)?),
        None => None,
    };
    let label = decoded.as_deref().unwrap_or(sent);
    if label.is_empty() {
        return Err(Fault::Structure);
    }
    let dashes = label.chars().nth(2) == Some('-') && label.chars().nth(3) == Some('-');
    if label.starts_with('-') || label.ends_with('-') || dashes {
        return Err(Fault::Dash);
    }
    let subdomain = before_last != Some(label);
    let end = label.strip_suffix('\n').unwrap_or(label);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || (subdomain && c == '_');
    let short = (1..=63).contains(&end.chars().count());
    let unchecked = decoded.is_some() && !IDN_CHECKED.holds(release);
    Ok(short && (unchecked || end.chars().all(plain) || idn::allows(top, end)))
}

/// Either way a name that is no DNS name gets a second message.
fn local_name_fault(host: &str) -> String {
    let body = host.strip_suffix('\n').unwrap_or(host);
    let body = body.strip_suffix('.').unwrap_or(body);
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if body.split('.').all(is_label) {
        format!("'{host}' looks like a local network name, which is not an acceptable format.")
    } else {
        format!("'{host}' does not look like a valid local network name.")
    }
}

fn is_ip_address(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(host: &str) -> String {
        faults(host, Release::DEFAULT).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn labels_have_rules() {
        assert_eq!(first("sub.example.test"), "");
        assert_eq!(first("a_b.example.test"), "");
        assert!(first("-a.test").contains("dash"));
        assert!(first("ab--c.test").contains("dash"));
        assert!(first("exam_ple.test").contains("schema for TLD 'TEST'"));
        assert!(first("example.test.").contains("cannot extract TLD"));
        assert!(first(&format!("{}.test", "a".repeat(64))).contains("schema"));
    }

    #[test]
    fn the_second_message_tells_local_names_apart() {
        assert!(faults("example.test'", Release::DEFAULT)[1].contains("does not look like a valid local"));
        assert!(faults("example.c", Release::DEFAULT)[1].contains("looks like a local network name"));
    }
}
