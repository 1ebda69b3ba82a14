//! The token of those who log in.

use magewright::call::Call;
use magewright::secret::Secret;
use tokio::sync::Mutex;

use crate::token::Token;
use crate::{Client, Error};

/// The token at hand. Whoever needs a new one holds the lock while it is fetched,
/// so that all others wait for the same login.
#[derive(Default)]
pub(crate) struct Session(Mutex<Option<Token>>);

impl Session {
    /// The token at hand, or a new one by `login`; `refused` is a token that the store has just refused.
    pub(crate) async fn token(
        &self,
        client: &Client,
        login: &Call<Secret>,
        refused: Option<&Token>,
    ) -> Result<Token, Error> {
        let mut held = self.0.lock().await;
        let usable =
            |token: &&Token| !token.is_stale() && refused.is_none_or(|refused| refused.text != token.text);
        if let Some(token) = held.as_ref().filter(usable) {
            return Ok(token.clone());
        }
        let text = client.log_in(login).await.map_err(|error| Error::Login(Box::new(error)))?;
        Ok(held.insert(Token::new(text)).clone())
    }
}
