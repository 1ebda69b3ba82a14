//! Passwords as the store keeps them, and the locks on guessing them.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::clock::Chance;

/// A hash in the store's form `hash:salt:1`, SHA-256 of salt and password.
///
/// Stores of 2.4 hash new passwords with Argon2 (version 2 and 3) and read all
/// versions; here version 1 is enough, since no hash leaves the sandbox.
pub(crate) fn hash(password: &str, chance: &mut Chance) -> String {
    let salt = chance.hex();
    format!("{}:{salt}:1", digest(&salt, password))
}

/// Whether a password fits a hash. Only version 1 is read: a hash of any other
/// form, as a client may send one, fits nothing.
pub(crate) fn fits(password: &str, hash: &str) -> bool {
    let mut parts = hash.split(':');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(wanted), Some(salt), Some("1"), None) => digest(salt, password) == wanted,
        _ => false,
    }
}

fn digest(salt: &str, password: &str) -> String {
    sha256_hex(format!("{salt}{password}").as_bytes())
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How many failures lock a user name out of the token endpoints, and for how many seconds.
///
/// Source: `oauth/authentication_lock`, module-integration's defaults.
const FAILURES: u32 = 6;
const LOCKED_FOR: i64 = 1800;

/// Failed logins by user name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Throttle(HashMap<String, (u32, i64)>);

impl Throttle {
    /// Whether a user name is locked at a time.
    pub(crate) fn locks(&self, name: &str, now: i64) -> bool {
        self.0.get(name).is_some_and(|(count, last)| *count >= FAILURES && now < last + LOCKED_FOR)
    }

    /// Counts a failure; one after the end of a lock is the first again.
    pub(crate) fn failed(&mut self, name: &str, now: i64) {
        let entry = self.0.entry(name.to_owned()).or_insert((0, now));
        let expired = now >= entry.1 + LOCKED_FOR;
        *entry = (if expired { 1 } else { entry.0 + 1 }, now);
    }

    /// Forgets the failures of a user name.
    pub(crate) fn passed(&mut self, name: &str) {
        self.0.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_hash_only() {
        let kept = hash("Passw0rd!x", &mut Chance::new(Some(3)));
        assert!(fits("Passw0rd!x", &kept));
        assert!(!fits("passw0rd!x", &kept));
        for other in ["", "x", "a:b", "a:b:1:c", "a:b:3_32_2_67108864"] {
            assert!(!fits("", other), "{other}");
        }
    }

    #[test]
    fn six_failures_lock_for_half_an_hour() {
        let mut throttle = Throttle::default();
        (0..6).for_each(|_| throttle.failed("a", 100));
        assert!(throttle.locks("a", 101) && !throttle.locks("b", 101));
        assert!(!throttle.locks("a", 100 + LOCKED_FOR));
        throttle.failed("a", 100 + LOCKED_FOR);
        assert!(!throttle.locks("a", 101 + LOCKED_FOR));
    }
}
