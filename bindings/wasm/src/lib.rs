//! The desk of magewright for JavaScript.
//!
//! Text crosses the border, never objects: building a JavaScript object from
//! Rust costs a call per member, while engines parse JSON text natively. What is
//! asked often is a handle: a store or a validator, made once, that lives here
//! until it is freed. Failures are thrown as the text of the desk's `error`.

mod buffer;
mod store;
mod utf16;
mod validator;

use wasm_bindgen::prelude::wasm_bindgen;

pub use store::StoreHandle;
pub use validator::{StreamHandle, ValidatorHandle};

/// Answers one question: JSON text in, JSON text out.
#[wasm_bindgen]
#[must_use]
pub fn call(operation: &str, input: &str) -> String {
    magewright::desk::call(operation, input.as_bytes())
}

/// The module's memory, for views on the buffers of handles.
#[wasm_bindgen]
#[must_use]
pub fn heap() -> wasm_bindgen::JsValue {
    wasm_bindgen::memory()
}
