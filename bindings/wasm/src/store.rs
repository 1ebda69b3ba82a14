//! A store that many questions are about.

use std::rc::Rc;

use magewright::desk::{self, Described, Failure};
use magewright::store::Caller;
use magewright::validate::Operation;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::validator::ValidatorHandle;

/// A store described once: its profile and customers are read when it is made.
#[wasm_bindgen]
pub struct StoreHandle(Rc<Described>);

#[wasm_bindgen]
impl StoreHandle {
    /// Reads `{"release", "profile", "accounts", "scope", "now"}`, each of which may be left out.
    ///
    /// # Errors
    /// The failure as JSON text, for a member that does not describe a store.
    #[wasm_bindgen(constructor)]
    pub fn new(description: &str) -> Result<StoreHandle, String> {
        let described = Described::read(description.as_bytes()).map_err(|failure| told(&failure))?;
        Ok(StoreHandle(Rc::new(described)))
    }

    /// Answers one question about the store.
    #[must_use]
    pub fn call(&self, operation: &str, input: &str) -> String {
        desk::call_about(&self.0, operation, input.as_bytes())
    }

    /// A validator for records, or for creates sent by a caller.
    ///
    /// # Errors
    /// The failure as JSON text, when nobody is called so.
    pub fn validator(&self, caller: Option<String>) -> Result<ValidatorHandle, String> {
        let operation = match caller.as_deref() {
            None => Operation::Record,
            Some(name) => Operation::Create { caller: named(name)? },
        };
        Ok(ValidatorHandle::new(Rc::clone(&self.0), operation))
    }
}

fn named(caller: &str) -> Result<Caller, String> {
    desk::caller(caller).map_err(|failure| told(&failure))
}

fn told(failure: &Failure) -> String {
    desk::write_failure(failure).to_string()
}
