//! What a request carries to say who sends it.

use std::time::{SystemTime, UNIX_EPOCH};

use magewright::call::{Request, tokens};
use magewright::error::TokenAge;
use magewright::oauth::{Target, sign};
use magewright::secret::Secret;

use crate::token::Token;
use crate::{Client, Credentials, Error, NetworkFailure};

/// The `Authorization` header of a request, and what is known of it.
pub(crate) struct Authorization {
    pub(crate) header: Option<Secret>,
    pub(crate) age: TokenAge,
    /// The token that was used, when a login can replace it.
    pub(crate) token: Option<Token>,
}

impl Authorization {
    pub(crate) fn guest() -> Self {
        Authorization { header: None, age: TokenAge::Absent, token: None }
    }

    /// The header for a request to `url`; `refused` is the token that the store has just refused.
    pub(crate) async fn of(
        client: &Client,
        request: &Request,
        url: &str,
        refused: Option<&Token>,
    ) -> Result<Self, Error> {
        let login = match &client.connection().credentials {
            Credentials::Guest => return Ok(Authorization::guest()),
            Credentials::Bearer(token) => return Ok(Authorization::with(bearer(token), TokenAge::Unknown)),
            Credentials::Integration(credentials) => {
                let nonce = nonce().ok_or_else(|| Error::network(request, NetworkFailure::Randomness))?;
                let target = Target { method: request.method.as_str(), url };
                let header = sign(target, credentials, &nonce, now(), client.settings().release);
                return Ok(Authorization::with(header.into(), TokenAge::Fresh));
            }
            Credentials::Admin { username, password } => tokens::admin(username, password),
            Credentials::Customer { email, password } => tokens::customer(email, password),
        };
        let token = client.connection().session.token(client, &login, refused).await?;
        Ok(Authorization { header: Some(bearer(&token.text)), age: token.age(), token: Some(token) })
    }

    fn with(header: Secret, age: TokenAge) -> Self {
        Authorization { header: Some(header), age, token: None }
    }
}

fn bearer(token: &Secret) -> Secret {
    format!("Bearer {}", token.reveal()).into()
}

/// 128 random bits in hex: as long as the store's column.
pub(crate) fn nonce() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A number from 0 to 1, in the middle where the operating system gives no random bytes.
pub(crate) fn chance() -> f64 {
    getrandom::u32().map_or(0.5, |drawn| f64::from(drawn) / f64::from(u32::MAX))
}

/// Unix time in seconds; a clock before 1970 is taken for 1970, which a store takes too.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |elapsed| elapsed.as_secs())
}
