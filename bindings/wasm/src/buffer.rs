//! Where JavaScript writes what a handle is to read, so that nothing is allocated for it.

use crate::utf16;

/// Bytes, or text in units of UTF-16, which JavaScript writes and a handle reads.
#[derive(Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    units: Vec<u16>,
    text: Vec<u8>,
}

impl Buffer {
    /// Where to write so many bytes; they stay until the next call.
    pub(crate) fn bytes(&mut self, length: usize) -> *const u8 {
        if self.bytes.len() < length {
            self.bytes.resize(length, 0);
        }
        self.bytes.as_ptr()
    }

    /// Where to write so many units; they stay until the next call.
    pub(crate) fn units(&mut self, length: usize) -> *const u16 {
        let length = length + utf16::BLOCK;
        if self.units.len() < length {
            self.units.resize(length, 0);
        }
        self.units.as_ptr()
    }

    /// The first bytes, or the first units as UTF-8; all of them when there are fewer.
    pub(crate) fn written(&mut self, length: usize, text: bool) -> &[u8] {
        if !text {
            return self.bytes.get(..length).unwrap_or(&self.bytes);
        }
        utf16::encode(&self.units, length, &mut self.text)
    }
}
