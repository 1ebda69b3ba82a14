//! The desk of magewright for JavaScript.
//!
//! Text crosses the border, never objects: building a JavaScript object from
//! Rust costs a call per member, while engines parse JSON text natively.

use wasm_bindgen::prelude::wasm_bindgen;

/// Answers one question: JSON text in, JSON text out.
#[wasm_bindgen]
#[must_use]
pub fn call(operation: &str, input: &str) -> String {
    magewright::desk::call(operation, input.as_bytes())
}
