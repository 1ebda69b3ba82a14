//! The token of those who log in.

use std::sync::Arc;
use std::time::Instant;

use magewright::call::Call;
use magewright::secret::Secret;
use tokio::sync::Mutex;

use crate::token::Token;
use crate::{Client, Error};

/// The token at hand. Whoever needs a new one holds the lock while it is fetched,
/// so that all others wait for the same login.
#[derive(Default)]
pub(crate) struct Session(Mutex<Held>);

#[derive(Default)]
struct Held {
    token: Option<Token>,
    /// When the last login failed, and why.
    failure: Option<(Instant, Arc<Error>)>,
}

impl Session {
    /// The token at hand, or a new one by `login`; `refused` is a token that the store has just refused.
    ///
    /// A login that fails has failed for all who waited for it: a store locks an account after a few of them.
    pub(crate) async fn token(
        &self,
        client: &Client,
        login: &Call<Secret>,
        refused: Option<&Token>,
    ) -> Result<Token, Error> {
        let asked = Instant::now();
        let mut held = self.0.lock().await;
        let usable =
            |token: &&Token| !token.is_stale() && refused.is_none_or(|refused| refused.text != token.text);
        if let Some(token) = held.token.as_ref().filter(usable) {
            return Ok(token.clone());
        }
        if let Some((_, error)) = held.failure.as_ref().filter(|(failed, _)| *failed >= asked) {
            return Err(Error::Login(Arc::clone(error)));
        }
        match client.log_in(login).await {
            Ok(text) => Ok(held.token.insert(Token::new(text)).clone()),
            Err(error) => {
                let error = Arc::new(error);
                held.failure = Some((Instant::now(), Arc::clone(&error)));
                Err(Error::Login(error))
            }
        }
    }
}
