//! Keys that were written before.
//!
//! The dicts of one program have the same text objects for keys: names in source are interned, and parsers
//! keep the keys they have met. Such a key is known by its address and copied whole.

use pyo3::prelude::*;
use pyo3::types::PyString;

/// Places for keys, by address; a key may take that of another.
const SLOTS: usize = 256;

/// The longest key that is kept, written with comma, quotes and colon.
const LONGEST: usize = 46;

/// Of so many unknown keys one is kept: where keys are made anew for each dict, keeping them is in vain.
const EVERY: u32 = 8;

#[derive(Default)]
pub(super) struct Keys {
    slots: Vec<Option<Known>>,
    unknown: u32,
}

struct Known {
    /// Kept, so that no other object can be at its address.
    key: Py<PyAny>,
    written: [u8; LONGEST],
    len: u8,
}

impl Keys {
    /// A key as it is written: with the comma before it unless it is the first, and the colon after it.
    pub(super) fn known(&self, key: &Bound<'_, PyAny>, first: bool) -> Option<&[u8]> {
        let known = self.slots.get(slot(key))?.as_ref()?;
        if !known.key.is(key) {
            return None;
        }
        known.written.get(usize::from(first)..usize::from(known.len))
    }

    /// Keeps a key, now and then.
    pub(super) fn learn(&mut self, key: &Bound<'_, PyString>) {
        self.unknown = self.unknown.wrapping_add(1);
        if !self.unknown.is_multiple_of(EVERY) {
            return;
        }
        if let Some(known) = Known::of(key) {
            self.slots.resize_with(SLOTS, || None);
            if let Some(place) = self.slots.get_mut(slot(key)) {
                *place = Some(known);
            }
        }
    }
}

impl Known {
    /// Of a key that is written as it is.
    fn of(key: &Bound<'_, PyString>) -> Option<Self> {
        let text = key
            .to_str()
            .ok()
            .filter(|text| text.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric()))?;
        let whole = format!(",\"{text}\":");
        let mut written = [0; LONGEST];
        written.get_mut(..whole.len())?.copy_from_slice(whole.as_bytes());
        Some(Known { key: key.clone().into_any().unbind(), written, len: u8::try_from(whole.len()).ok()? })
    }
}

/// The place of an object: objects are 16 bytes apart at least.
fn slot(key: &Bound<'_, PyAny>) -> usize {
    let address = key.as_ptr().addr() >> 4;
    (address ^ (address >> 8)) % SLOTS
}
