//! Where JavaScript writes what a handle is to read, so that nothing is allocated for it.

use crate::utf16;

/// Bytes, or text in units of UTF-16, which JavaScript writes at [`Buffer::place`] and a handle reads.
#[derive(Default)]
pub(crate) struct Buffer {
    place: Vec<u8>,
    text: Vec<u8>,
}

impl Buffer {
    /// Where to write so many bytes; they stay until the next call.
    pub(crate) fn place(&mut self, length: usize) -> *const u8 {
        let length = length + utf16::MARGIN;
        if self.place.len() < length {
            self.place.resize(length, 0);
        }
        self.place.as_ptr()
    }

    /// The first bytes, or units as UTF-8; all bytes and no text when there are fewer.
    pub(crate) fn written(&mut self, length: usize, in_units: bool) -> &[u8] {
        match in_units {
            true => utf16::encode(&self.place, length, &mut self.text),
            false => self.place.get(..length).unwrap_or(&self.place),
        }
    }
}
