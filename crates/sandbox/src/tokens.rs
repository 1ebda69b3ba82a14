//! Bearer tokens: JSON Web Tokens signed with HMAC-SHA256, as stores issue them from 2.4.4 on.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use magewright::json::{self, Object, Value};
use sha2::Sha256;

use crate::clock::Chance;

/// How long a token is good for, in seconds: `webapi/jwtauth` is one hour for everybody.
const LIFETIME: i64 = 3600;

/// The numbers of the kinds of users in a token.
const ADMIN: i64 = 2;
const CUSTOMER: i64 = 3;

/// Whom a token names: the kind and the id of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearer {
    Admin(i64),
    Customer(i64),
}

/// Issues tokens and reads them back.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    key: String,
    lifetime: i64,
    /// Up to when the tokens of a customer are revoked.
    revoked: BTreeMap<i64, i64>,
}

impl Tokens {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        Tokens { key: chance.hex(), lifetime: LIFETIME, revoked: BTreeMap::new() }
    }

    /// Makes tokens issued from now on last that many seconds.
    pub(crate) fn set_lifetime(&mut self, seconds: i64) {
        self.lifetime = seconds;
    }

    pub(crate) fn issue(&self, bearer: Bearer, now: i64) -> String {
        let (id, kind) = match bearer {
            Bearer::Admin(id) => (id, ADMIN),
            Bearer::Customer(id) => (id, CUSTOMER),
        };
        let claims = Object::from_iter([
            ("uid", id),
            ("utypid", kind),
            ("iat", now),
            ("exp", now.saturating_add(self.lifetime)),
        ]);
        let header = URL_SAFE_NO_PAD.encode(r#"{"kid":"1","alg":"HS256"}"#);
        let claims = URL_SAFE_NO_PAD.encode(Value::Object(claims).to_string());
        let signed = format!("{header}.{claims}");
        let signature = URL_SAFE_NO_PAD.encode(self.mac(&signed).finalize().into_bytes());
        format!("{signed}.{signature}")
    }

    /// Whom a token names; `None` for one that is expired, revoked or not of this store.
    pub(crate) fn read(&self, token: &str, now: i64) -> Option<Bearer> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.mac(signed).verify_slice(&signature).ok()?;
        let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.')?.1).ok()?;
        let claims = json::parse(&claims).ok()?;
        let claim = |name| claims.get(name).and_then(Value::as_i64);
        let (id, issued) = (claim("uid")?, claim("iat")?);
        if claim("exp")? <= now {
            return None;
        }
        match claim("utypid")? {
            ADMIN => Some(Bearer::Admin(id)),
            CUSTOMER if self.revoked.get(&id).is_none_or(|until| issued > *until) => {
                Some(Bearer::Customer(id))
            }
            _ => None,
        }
    }

    /// Revokes every token a customer has, those of this very second included.
    pub(crate) fn revoke(&mut self, customer: i64, now: i64) {
        self.revoked.insert(customer, now);
    }

    /// The key that signs, for a store that is kept.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Signs with a key from before, so that tokens issued then are still good.
    pub(crate) fn set_key(&mut self, key: &str) {
        key.clone_into(&mut self.key);
    }

    /// The customers whose tokens are revoked, and up to when.
    pub(crate) fn revoked(&self) -> impl Iterator<Item = (i64, i64)> {
        self.revoked.iter().map(|(customer, until)| (*customer, *until))
    }

    fn mac(&self, text: &str) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.key.as_bytes())
            .unwrap_or_else(|_| <Hmac<Sha256> as Mac>::new(&Default::default()));
        mac.update(text.as_bytes());
        mac
    }
}

/// The token of an `Authorization: Bearer` header: one space, any case of the word.
pub(crate) fn bearer_token(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && !token.contains(' ')).then_some(token)
}

/// Whom an `Authorization` header of a signed-in user names.
pub(crate) fn caller(tokens: &Tokens, header: &str, now: i64) -> Option<Bearer> {
    tokens.read(bearer_token(header)?, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        Tokens::new(&mut Chance::new(Some(1)))
    }

    #[test]
    fn a_token_lasts_an_hour() {
        let tokens = tokens();
        let token = tokens.issue(Bearer::Admin(1), 1000);
        assert_eq!(token.split('.').count(), 3);
        assert_eq!(tokens.read(&token, 1000 + LIFETIME - 1), Some(Bearer::Admin(1)));
        assert_eq!(tokens.read(&token, 1000 + LIFETIME), None);
    }

    #[test]
    fn a_revoked_or_foreign_token_names_nobody() {
        let mut tokens = tokens();
        let token = tokens.issue(Bearer::Customer(4), 1000);
        tokens.revoke(4, 1000);
        assert_eq!(tokens.read(&token, 1001), None);
        assert!(tokens.read(&tokens.issue(Bearer::Customer(4), 1001), 1001).is_some());
        let other = Tokens::new(&mut Chance::new(Some(2)));
        assert_eq!(other.read(&token, 1000), None);
        for text in ["", ".", "a.b.c", "a.b", "é.é.é"] {
            assert_eq!(tokens.read(text, 0), None);
        }
    }

    #[test]
    fn the_header_is_taken_literally() {
        assert_eq!(bearer_token("bearer x.y.z"), Some("x.y.z"));
        for header in ["Bearer  x", "Token x", "Bearer", "Bearer ", "Bearer x y"] {
            assert_eq!(bearer_token(header), None, "{header}");
        }
    }
}
