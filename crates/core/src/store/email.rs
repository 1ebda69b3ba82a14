//! E-mail addresses as Laminas checks them on behalf of the store.
//!
//! Source: `laminas-validator` `EmailAddress` and `Hostname`, with the messages
//! of `module-eav/Model/Attribute/Data/AbstractData.php`; recorded.

mod hostname;
mod idn;
mod punycode;

use std::borrow::Cow;

use crate::release::Release;

/// What is wrong with an e-mail address, in the store's words; empty when nothing is.
pub(crate) fn faults(email: &str, label: &str, release: Release) -> Vec<Cow<'static, str>> {
    let not_an_address = format!("\"{label}\" is not a valid email address.");
    let Some((local, host)) = split(email) else { return vec![not_an_address.into()] };
    let mut faults: Vec<Cow<'static, str>> = Vec::new();
    let ascii = punycode::to_ascii(host);
    let host = ascii.as_deref().unwrap_or(host);
    if local.len() > 64 || host.len() > 255 {
        faults.push(format!("\"{label}\" uses too many characters.").into());
    }
    let of_host = hostname::faults(host, release);
    if !of_host.is_empty() {
        faults.push(format!("\"{label}\" is not a valid hostname.").into());
        faults.extend(of_host.into_iter().map(Cow::from));
    }
    if !is_local_part(local) {
        faults.push(not_an_address.into());
    }
    faults
}

/// Local part and host, split at the last `@`; none when there is `..`, a line break before it, or a part is empty.
fn split(email: &str) -> Option<(&str, &str)> {
    let (local, host) = email.rsplit_once('@')?;
    let splits = !email.contains("..") && !local.is_empty() && !local.contains('\n') && !host.is_empty();
    splits.then_some((local, host))
}

fn is_local_part(local: &str) -> bool {
    is_dot_atom(local.strip_suffix('\n').unwrap_or(local)) || is_quoted(local)
}

/// Words of letters, digits and marks between dots; letters beyond ASCII count up to U+FFFF.
fn is_dot_atom(local: &str) -> bool {
    let ends_in_dot = local.starts_with('.') || local.ends_with('.');
    !local.is_empty() && !ends_in_dot && local.chars().all(|c| c == '.' || is_atom_character(c))
}

fn is_atom_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || ('\u{80}'..='\u{ffff}').contains(&c)
}

/// `"…"` of printable ASCII, with `\` before what needs it.
fn is_quoted(local: &str) -> bool {
    let inside = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inside) = inside.filter(|_| local.len() >= 2) else { return false };
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { Some(c).filter(|c| *c != '"') };
        if !escaped.is_some_and(|c| (' '..='~').contains(&c)) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(email: &str) -> String {
        faults(email, "Email", Release::DEFAULT).join("\n")
    }

    #[test]
    fn addresses_that_pass() {
        let good = [
            "a@example.test",
            "A.UPPER@Example.TEST",
            "a+plus@example.test",
            "é1@example.test",
            "\"q\"@example.test",
            "o'h@example.test",
            "a#b@sub.example.test",
            "a@exämple.de",
        ];
        for email in good {
            assert_eq!(text(email), "", "{email}");
        }
    }

    #[test]
    fn recorded_refusals() {
        const ADDRESS: &str = "\"Email\" is not a valid email address.";
        for email in [
            "bad",
            "a@",
            "@example.test",
            "a@@example.test",
            "a..b@example.test",
            ".a@example.test",
            "a b@example.test",
            "a\n@example.test",
        ] {
            assert_eq!(text(email), ADDRESS, "{email}");
        }
        assert_eq!(
            text("a@127.0.0.1"),
            "\"Email\" is not a valid hostname.\n'127.0.0.1' looks like an IP address, which is not an acceptable format."
        );
        assert_eq!(
            text("a@example.c"),
            "\"Email\" is not a valid hostname.\n'example.c' looks like a DNS hostname but cannot extract TLD part.\n\
             'example.c' looks like a local network name, which is not an acceptable format."
        );
        assert_eq!(
            text("a@b"),
            "\"Email\" is not a valid hostname.\nThe input does not match the expected structure for a DNS hostname\n\
             'b' looks like a local network name, which is not an acceptable format."
        );
        assert_eq!(text(&format!("{}@example.test", "x".repeat(65))), "\"Email\" uses too many characters.");
        assert!(
            text("a@exämple.test")
                .contains("'xn--exmple-cua.test' looks like a DNS hostname but we cannot match")
        );
    }

    #[test]
    fn an_international_domain_passed_before_2_4_7() {
        assert!(faults("a@exämple.test", "Email", "2.4.6-p2".parse().unwrap()).is_empty());
    }
}
