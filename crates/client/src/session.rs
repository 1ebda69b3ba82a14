//! The token of those who log in.

use magewright::call::{Call, tokens};
use magewright::secret::Secret;
use tokio::sync::Mutex;

use crate::token::Token;
use crate::{Client, Credentials, Error};

/// The token at hand. Whoever needs a new one holds the lock while it is fetched,
/// so that all others wait for the same login.
#[derive(Default)]
pub(crate) struct Session(Mutex<Option<Token>>);

impl Session {
    /// The token at hand, or a new one; `refused` is a token that the store has just refused.
    pub(crate) async fn token(&self, client: &Client, refused: Option<&Token>) -> Result<Token, Error> {
        let mut held = self.0.lock().await;
        let usable =
            |token: &&Token| !token.is_stale() && refused.is_none_or(|refused| refused.text != token.text);
        if let Some(token) = held.as_ref().filter(usable) {
            return Ok(token.clone());
        }
        let Some(login) = login(client.credentials()) else { return Err(no_login()) };
        let text = client.send_as_guest(&login).await.map_err(|error| Error::Login(Box::new(error)))?;
        Ok(held.insert(Token::new(text)).clone())
    }
}

fn login(credentials: &Credentials) -> Option<Call<Secret>> {
    match credentials {
        Credentials::Admin { username, password } => Some(tokens::admin(username, password)),
        Credentials::Customer { email, password } => Some(tokens::customer(email, password)),
        _ => None,
    }
}

fn no_login() -> Error {
    Error::Settings("these credentials have no login".to_owned())
}
