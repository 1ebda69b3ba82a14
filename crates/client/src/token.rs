//! A token and how old it is.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use magewright::error::TokenAge;
use magewright::json::{self, Value};
use magewright::secret::Secret;

/// A new token is asked for this long before the old one expires.
const MARGIN: Duration = Duration::from_secs(60);

/// A token this young is taken not to have expired.
const FRESH: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) text: Secret,
    issued: Instant,
    lifetime: Option<Duration>,
}

impl Token {
    pub(crate) fn new(text: Secret) -> Self {
        let lifetime = lifetime(text.reveal());
        Token { text, issued: Instant::now(), lifetime }
    }

    /// Whether it will expire within the margin; a token that does not tell is used until it is refused.
    pub(crate) fn is_stale(&self) -> bool {
        self.lifetime.is_some_and(|lifetime| self.issued.elapsed() + MARGIN.min(lifetime / 2) >= lifetime)
    }

    pub(crate) fn age(&self) -> TokenAge {
        match self.issued.elapsed() {
            elapsed if elapsed < FRESH => TokenAge::Fresh,
            elapsed if self.lifetime.is_some_and(|lifetime| elapsed >= lifetime) => TokenAge::Old,
            _ => TokenAge::Unknown,
        }
    }
}

/// How long a JWT says it lives, from its `iat` to its `exp`; `None` for any other token.
///
/// Nothing is verified and nothing hangs on it: a wrong answer costs a login.
fn lifetime(token: &str) -> Option<Duration> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims = json::parse(&claims).ok()?;
    let seconds = |name: &str| claims.get(name).and_then(Value::as_i64);
    u64::try_from(seconds("exp")?.checked_sub(seconds("iat")?)?).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(claims: &str) -> String {
        format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn a_jwt_tells_its_lifetime() {
        assert_eq!(
            lifetime(&jwt(r#"{"uid":1,"iat":1700000000,"exp":1700003600}"#)),
            Some(Duration::from_secs(3600))
        );
    }

    #[test]
    fn other_tokens_tell_nothing() {
        let claims = [r#"{"exp":5}"#, r#"{"iat":9,"exp":5}"#, r#"{"iat":"0","exp":5}"#, "[]", "{"];
        for token in claims.map(jwt).iter().map(String::as_str).chain(["", "abc", "a.b.c", "a.%.c"]) {
            assert_eq!(lifetime(token), None, "{token}");
        }
    }

    #[test]
    fn a_token_is_renewed_before_it_expires() {
        let fresh = Token::new(Secret::new(jwt(r#"{"iat":0,"exp":3600}"#)));
        assert!(!fresh.is_stale());
        assert_eq!(fresh.age(), TokenAge::Fresh);
        let expired = Token::new(Secret::new(jwt(r#"{"iat":0,"exp":0}"#)));
        assert!(expired.is_stale());
        assert!(!Token::new(Secret::new("opaque")).is_stale());
    }
}
