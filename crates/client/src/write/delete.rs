use magewright::call::customers;
use magewright::retry::Repeat;

use crate::exchange::model;
use crate::read::number;
use crate::{Client, Error};

impl Client {
    /// Deletes a customer; `false` when there is none.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn delete(&self, id: i64) -> Result<bool, Error> {
        let call = customers::delete(number(id));
        let mut tried = 0;
        loop {
            tried += 1;
            match self.deliver(self.scope(), &call, Repeat::IfUndone, model).await {
                Ok(deleted) => return Ok(deleted),
                // An attempt before, whose reply was lost, has deleted it.
                Err(error) if error.is_no_such_entity() => return Ok(tried > 1),
                // Deleting twice does what once does, but for the answer.
                Err(error) => self.pause(tried, Repeat::Always, error).await?,
            }
        }
    }
}
