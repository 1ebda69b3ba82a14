use magewright::call::{Call, customers};
use magewright::json::{Object, Value};
use magewright::outcome::Outcome;
use magewright::plan::{Patch, Verification, verify_created};
use magewright::predict;
use magewright::retry::Repeat;
use magewright::secret::Secret;
use magewright::store::Accounts;

use crate::exchange::document;
use crate::{Client, Error, Refused};

/// A customer that was created.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// The customer as the store shows it.
    pub customer: Value,
    /// Whether no reply came, and the customer was found by its e-mail.
    pub looked_up: bool,
}

/// A customer whom the store keeps although it refused to create it. Until it is mended, the e-mail is
/// taken and every update of the customer is refused.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftBehind {
    /// The refusal.
    pub refused: Refused,
    /// The customer as the store has it.
    pub customer: Value,
    /// What mends it, with [`Client::update`]; or [delete](Client::delete) it.
    pub mend: Patch,
}

impl Client {
    /// Creates a customer.
    ///
    /// A create is never sent again blindly: where no reply came, the customer is looked for by its e-mail, and the
    /// one found is taken for the new one only when it is in all that was asked for. Without a password
    /// the store mails the customer a link to set one.
    ///
    /// # Errors
    /// As [`Client::send`]; [`Error::LeftBehind`] where the store refused and kept the customer all the same.
    pub async fn create(&self, customer: Value, password: Option<&Secret>) -> Result<Created, Error> {
        let account = account_of(&customer).map(|email| (email.to_owned(), website_of(self, &customer)));
        let call = customers::create(customer, password);
        let mut tried = 0;
        loop {
            tried += 1;
            let sent = self.deliver(self.scope(), &call, Repeat::IfUndone, document).await;
            let error = match sent {
                Ok(customer) => return Ok(Created { customer, looked_up: false }),
                Err(error) => error,
            };
            let Some((email, website)) = &account else { return Err(error) };
            if has_cause(&error, "customer_left_behind") {
                return Err(self.left_behind(error, email, *website).await?);
            }
            let unclear = error.setback().is_some_and(|setback| setback.may_be_done);
            let taken = tried > 1 && has_cause(&error, "duplicate_email");
            if !unclear && !taken {
                return Err(error);
            }
            match self.stored_as(email, *website).await? {
                Some(customer) if self.is_what_was_asked(&call, &customer) => {
                    return Ok(Created { customer, looked_up: true });
                }
                Some(_) => return Err(error),
                None => self.pause(tried, Repeat::Always, error).await?,
            }
        }
    }

    /// The customer with an e-mail as a GET without a store code shows it.
    pub(crate) async fn stored_as(&self, email: &str, website: Option<i64>) -> Result<Option<Value>, Error> {
        let found = self.find(email, website).await?;
        match found.and_then(|customer| customer.get("id")?.as_i64()) {
            Some(id) => self.stored(id).await,
            None => Ok(None),
        }
    }

    fn is_what_was_asked(&self, call: &Call<magewright::models::Customer>, customer: &Value) -> bool {
        let body = call.request.body.as_ref();
        let expected = body.and_then(|body| expected(self, body));
        expected.is_some_and(|expected| verify_created(&expected, customer) == Verification::Verified)
    }

    async fn left_behind(&self, error: Error, email: &str, website: Option<i64>) -> Result<Error, Error> {
        let (Error::Refused(refused), Some(customer)) = (&error, self.stored_as(email, website).await?)
        else {
            return Ok(error);
        };
        let Ok(mend) = Patch::new(dangling(&customer)) else { return Ok(error) };
        Ok(Error::LeftBehind(Box::new(LeftBehind { refused: (**refused).clone(), customer, mend })))
    }
}

/// The customer that the store is predicted to create; `None` where it is predicted to refuse.
pub(crate) fn expected(client: &Client, body: &Value) -> Option<Value> {
    let nobody = Accounts::new();
    match predict::create(body.to_string().as_bytes(), client.caller(), &client.store(&nobody)) {
        Outcome::Saved { customer } => Some(customer),
        Outcome::Refused(_) => None,
    }
}

/// Null for each default that is none of the customer's addresses.
fn dangling(customer: &Value) -> Value {
    let addresses = customer.get("addresses").and_then(Value::as_array).unwrap_or_default();
    let has = |id: &str| {
        addresses.iter().any(|a| a.get("id").and_then(Value::as_i64).is_some_and(|own| own.to_string() == id))
    };
    let dangles = |field: &&str| customer.get(field).and_then(Value::as_str).is_some_and(|id| !has(id));
    let fields = ["default_billing", "default_shipping"].into_iter().filter(dangles);
    Value::Object(fields.map(|field| (field, Value::Null)).collect::<Object>())
}

fn account_of(customer: &Value) -> Option<&str> {
    customer.get("email").and_then(Value::as_str)
}

/// The website on which the e-mail of a new customer is taken; `None` for all of them.
pub(crate) fn website_of(client: &Client, customer: &Value) -> Option<i64> {
    let profile = client.profile();
    let named = customer.get("website_id").and_then(Value::as_i64).filter(|id| *id != 0);
    let website = named.or_else(|| Some(profile.default_website()?.id));
    website.filter(|_| !profile.settings.accounts_shared)
}

fn has_cause(error: &Error, code: &str) -> bool {
    error.causes().iter().any(|cause| cause.code == code)
}
